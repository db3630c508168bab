"""The register of certificates (证明登记簿): every one that was issued, void ones too, found by number or by person.

A code scanned from a paper into the search line says what the paper is worth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.certificates import (
    CertificateEntry,
    Checked,
    RegisterQuery,
    certificate_register,
    check_certificate,
)
from app.domain.calendar import shanghai_day
from app.domain.certificates import Standing
from app.domain.moments import say_date
from app.domain.problems import Refusal
from app.facts import Id
from app.sentences import sentence
from app.sentences.certificates import verdict
from app.sentences.services import hours
from app.words import N_, _
from ui.parts.buttons import Button
from ui.parts.chips import Chips
from ui.parts.empty import Empty
from ui.parts.fields import TextField
from ui.parts.form import Page
from ui.parts.table import Cell, Column, PageQuery, Table, TablePage
from ui.parts.text import Paragraph, Text
from ui.screen import Services
from ui.screens.certificates.records import number_end
from ui.states import certificate_state

_FILTERS: tuple[tuple[Standing | None, str], ...] = (
    (None, N_("全部")),
    (Standing.TO_VOID, N_("该作废的")),
    (Standing.VOID, N_("已作废")),
)
_SEAL_BEGINS = "YZ1."
_QUIET_MS = 120


class Register(QWidget):
    """``pointed`` carries the entry under the cursor, or None; ``opened`` comes from Enter."""

    pointed = Signal(object)
    opened = Signal(object)
    make_asked = Signal()

    def __init__(self, app: Services) -> None:
        super().__init__()
        self.app = app
        self.search = TextField(
            _("编号、姓名、拼音，或扫证明上的二维码"), name=_("在登记簿里找"), at_most=400
        )
        self.filters = Chips([(value, _(text)) for value, text in _FILTERS], name=_("看哪些"))
        self.filters.set_value(None)
        self._verdict = Paragraph("", "body")
        self._count = Text("", "secondary", "secondary")
        self.table: Table[CertificateEntry] = Table(
            app.jobs,
            self._columns(),
            lambda entry: entry.certificate,
            app.remembered,
            name="certificates",
            order="issued",
            accessible=_("证明登记簿"),
        )
        self.empty = Empty(_("还没有开过证明。"), _("开第一份"), self.make_asked.emit)
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._find)
        self._build()
        self._connect()
        self._find()

    def _build(self) -> None:
        self._make = Button(_("开证明"), key="F6")
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.search)
        inner.addWidget(self._verdict)
        inner.addWidget(self.filters)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.empty, 1)
        self._verdict.hide()
        self.empty.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Page(body, left=(self._count,), right=(self._make,), widest=1200))
        # Auditors read the register and issue nothing.
        self._make.setVisible(self.app.clerk.role != "auditor")

    def _connect(self) -> None:
        self.search.edited.connect(self._on_typed)
        self.search.returnPressed.connect(self._on_enter)
        self.filters.edited.connect(self._find)
        self.table.pointed.connect(self.pointed)
        self.table.opened.connect(self.opened)
        self.table.counted.connect(self._on_counted)
        self._make.clicked.connect(lambda _checked: self.make_asked.emit())

    def _columns(self) -> tuple[Column[CertificateEntry], ...]:
        return (
            _column("number", _("编号"), 136, lambda one: number_end(one.number)),
            _column("who", _("姓名"), 108, lambda one: one.who),
            _column("standing", _("状态"), 112, _standing_cell),
            _column("minutes", _("时长"), 128, lambda one: hours(one.minutes), is_number=True),
            _column("day", _("签发日"), 152, self._day),
        )

    def _day(self, one: CertificateEntry) -> Cell:
        return Cell(say_date(one.issued_on, shanghai_day(self.app.now())), is_quiet=True)

    # --- what is shown

    def refresh(self) -> None:
        self.table.refresh()

    def start(self) -> None:
        target: QWidget = self.search if self.empty.isVisibleTo(self) else self.table
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def point(self, certificate: Id) -> None:
        """Show this one, whatever was searched for before."""
        self.search.set_value("")
        self.filters.set_value(None)
        self._verdict.hide()
        self._find()
        self.table.point(certificate)

    def _find(self) -> None:
        query = RegisterQuery(standing=self.filters.value(), text=self.search.value())
        self.table.show_rows(partial(_page, query))

    def _on_typed(self) -> None:
        self._verdict.hide()
        if self.search.value().startswith(_SEAL_BEGINS):
            self._quiet.stop()
        else:
            self._quiet.start()

    def _on_enter(self) -> None:
        payload = self.search.value()
        if payload.startswith(_SEAL_BEGINS):
            self.app.jobs.read(
                self, check_certificate, payload, done=self._on_checked, refused=self._on_no_seal
            )
        elif self.table.total():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_checked(self, checked: Checked) -> None:
        if checked.entry is not None:
            self.point(checked.entry.certificate)
        is_good = checked.genuine and checked.entry is not None and checked.entry.voided_on is None
        self._say(verdict(checked), is_good=is_good)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def _on_no_seal(self, refusal: Refusal) -> None:
        self._say(sentence(refusal), is_good=False)
        self.search.selectAll()

    def _say(self, words: str, *, is_good: bool) -> None:
        self._verdict.set_sentence(words)
        self._verdict.set_colour("done" if is_good else "trouble")
        self._verdict.show()

    def _on_counted(self, count: int) -> None:
        is_all = not self.search.value() and self.filters.value() is None
        if count == 0:
            self.empty.set_sentence(_("还没有开过证明。") if is_all else _("没有找到这样的证明。"))
            self.pointed.emit(None)
        self.empty.button.setVisible(is_all and self.app.clerk.role != "auditor")
        self.empty.setVisible(count == 0)
        self.table.setVisible(count > 0)
        self._count.setText(_("共 {count} 份").format(count=count) if count else "")


def _column(
    key: str,
    title: str,
    width: int,
    cell: Callable[[CertificateEntry], Cell | str],
    *,
    is_number: bool = False,
) -> Column[CertificateEntry]:
    """A register has one order, the newest first."""
    return Column(key, title, width, cell, is_number=is_number, can_order=False)


def _page(query: RegisterQuery, desk: Any, page: PageQuery) -> TablePage[CertificateEntry]:
    asked = replace(query, offset=page.first, limit=page.count, find=page.find or None)
    found = certificate_register(desk, asked)
    return TablePage(found.count, page.first, found.rows, found.found)


def _standing_cell(entry: CertificateEntry) -> Cell:
    state = certificate_state(entry)
    return Cell(state.word, state)
