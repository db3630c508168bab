"""The rows behind a figure (明细) as a page: hours and points line by line, certificates, orders; Esc goes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.actions.certificates import CertificateEntry
from app.words import _
from ui.parts.buttons import Button
from ui.parts.empty import Empty
from ui.parts.table import Column, Table
from ui.parts.text import Paragraph, Text
from ui.screen import Services
from ui.screens.volunteers.ledger_rows import (
    HEADS,
    READINGS,
    LedgerLine,
    OrderLine,
    certificate_columns,
    ledger_columns,
    order_columns,
)
from ui.screens.volunteers.whole import Whole


class Ledgers(QWidget):
    """``pointed`` carries the evidence of the current line, or None; ``opened`` a certificate's or order's id."""

    pointed = Signal(object)
    entered = Signal()
    certificate_opened = Signal(str)
    order_opened = Signal(str)
    left = Signal()

    def __init__(self, app: Services) -> None:
        super().__init__()
        self.shown = ""
        self._title = Text("", "section", bold=True, wrap=True)
        self._words = Paragraph("", "secondary", "secondary")
        self.back = Button(_("回名册"), kind="quiet", icon="left", key="Esc")
        self.back.clicked.connect(lambda _checked: self.left.emit())
        self._tables = _tables(app)
        self._empty = Empty("")
        around = QWidget()
        self._stack = QStackedLayout(around)
        for table in {id(table): table for table in self._tables.values()}.values():
            self._stack.addWidget(table)
            table.pointed.connect(self._on_pointed)
            table.opened.connect(self._on_opened)
            table.counted.connect(self._on_counted)
        self._stack.addWidget(self._empty)
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 16, 0)
        head.setSpacing(12)
        head.addWidget(self.back)
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        below = QHBoxLayout()
        below.setContentsMargins(16, 0, 16, 8)
        below.addWidget(self._words)
        column.addLayout(below)
        table_row = QHBoxLayout()
        table_row.setContentsMargins(16, 0, 8, 0)
        table_row.addWidget(around)
        column.addLayout(table_row, 1)

    def table(self) -> Table[Any]:
        return self._tables[self.shown]

    def show_figure(self, name: str, it: Whole) -> None:
        """Show the rows behind one figure of a person."""
        is_other = self.shown != name
        self.shown = name
        title, words, nothing = HEADS[name](it)
        self._title.setText(_("{name} · {figure}").format(name=it.card.name, figure=title))
        self._words.set_sentence(words)
        self._words.setVisible(bool(words))
        self._empty.set_sentence(nothing)
        self._stack.setCurrentWidget(self.table())
        self.table().show_rows(READINGS[name](it.card.id))
        if is_other:
            self.pointed.emit(None)

    def show_heading(self, it: Whole) -> None:
        """The figures have changed under the rows."""
        if self.shown:
            title, words, _nothing = HEADS[self.shown](it)
            self._title.setText(_("{name} · {figure}").format(name=it.card.name, figure=title))
            self._words.set_sentence(words)

    def take_focus(self) -> None:
        shown = self._stack.currentWidget()
        (self.back if shown is self._empty else self.table()).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _on_pointed(self, line: object) -> None:
        if self.sender() is self.table():
            self.pointed.emit(line.evidence if isinstance(line, LedgerLine) else None)

    def _on_opened(self, line: object) -> None:
        if isinstance(line, CertificateEntry):
            self.certificate_opened.emit(line.certificate)
        elif isinstance(line, OrderLine):
            self.order_opened.emit(line.order.id)
        else:
            self.entered.emit()

    def _on_counted(self, total: int) -> None:
        if self.sender() is not self.table():
            return
        had_focus = self.table().hasFocus() or self._empty.isVisible()
        self._stack.setCurrentWidget(self.table() if total else self._empty)
        if had_focus:
            self.take_focus()


def _tables(app: Services) -> dict[str, Table[Any]]:
    def table(name: str, columns: list[Column[Any]], key: Callable[[Any], str], said: str) -> Table[Any]:
        kept = f"volunteers.{name}"
        return Table(app.jobs, columns, key, app.remembered, name=kept, is_descending=True, accessible=said)

    hours = table("hours", ledger_columns(_("时长")), lambda line: line.key, _("时长明细"))
    given = table("points", ledger_columns(_("积分")), lambda line: line.key, _("积分明细"))
    papers = table("certificates", certificate_columns(), lambda one: one.certificate, _("证明"))
    orders = table("orders", order_columns(), lambda one: one.order.id, _("点过的单"))
    return {"hours": hours, "points": given, "stars": hours, "certificates": papers, "orders": orders}
