"""The calm line above the columns (筛选): how many orders there are, what they are narrowed to, and what waits beside.

Ctrl+F opens the choices in the same line; Esc goes back to the board and keeps them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.actions.board import Board, BoardChoices, BoardFilter, Column
from app.sentences.categories import category_name
from app.words import _
from ui.parts.buttons import Button
from ui.parts.chips import ManyChips
from ui.parts.choice import Choice
from ui.parts.text import Text
from ui.theme import theme

_EVERY = ""


class FilterLine(QStackedWidget):
    """``changed`` carries the new ``BoardFilter``; ``left`` gives the focus back; ``hours_asked`` for 待核时长."""

    changed = Signal(object)
    left = Signal()
    hours_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.filter = BoardFilter()
        self._board: Board | None = None
        self._names: dict[str, str] = {}
        self._build_calm()
        self._build_open()
        self._dress()
        theme.changed.connect(self._dress)

    # --- what is shown

    def show_board(self, board: Board) -> None:
        self._board = board
        self._tell()

    def show_choices(self, choices: BoardChoices) -> None:
        """What can be chosen now; what is chosen stays."""
        self._names |= {  # what is chosen keeps its name, even when the last such order leaves
            **{code: category_name(code) for code in choices.categories},
            **dict(choices.regions),
            **dict(choices.teams),
        }
        _offer(self.category, _("全部类别"), choices.categories, self._names)
        _offer(self.team, _("全部队伍"), [team for team, _name in choices.teams], self._names)
        _offer(self.region, _("全部村居"), dict(choices.regions), self._names)
        self.region.setVisible(len(choices.regions) > 1 or bool(self.filter.region))

    def show_hours(self, waiting: int) -> None:
        """Service records that wait for approval."""
        self.hours.setText(_("待核时长 {count}").format(count=waiting))
        self.hours.setVisible(waiting > 0)
        self.hours.updateGeometry()

    def is_narrowed(self) -> bool:
        return self.filter != BoardFilter(ended=self.filter.ended)

    def open(self) -> None:
        self.setCurrentIndex(1)
        self.category.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        for choice in (self.category, self.team, self.region):
            choice.set_value(_EVERY)
        self.only.set_value(())
        self._on_edited()
        self.setCurrentIndex(0)

    # --- building

    def _build_calm(self) -> None:
        calm = QWidget()
        row = QHBoxLayout(calm)
        row.setContentsMargins(14, 0, 12, 0)
        row.setSpacing(8)
        self.summary = Text("", "secondary", "secondary")
        self.narrow = Button(_("筛选"), kind="quiet", icon="filter", key="Ctrl+F")
        self.narrow.clicked.connect(lambda _checked: self.open())
        self.reset = Button(_("不筛了"), kind="quiet", icon="close")
        self.reset.clicked.connect(lambda _checked: self.clear())
        self.reset.hide()
        self.hours = Button("", kind="quiet", icon="services", key="F4")
        self.hours.clicked.connect(lambda _checked: self.hours_asked.emit())
        self.hours.hide()
        row.addWidget(self.summary)
        row.addWidget(self.reset)
        row.addStretch()
        row.addWidget(self.hours)
        row.addWidget(self.narrow)
        self.addWidget(calm)

    def _build_open(self) -> None:
        opened = _Open(self._on_escape)
        row = QHBoxLayout(opened)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        self.category: Choice[str] = Choice(name=_("类别"))
        self.team: Choice[str] = Choice(name=_("队伍"))
        self.region: Choice[str] = Choice(name=_("村居"))
        self.only = ManyChips([("urgent", _("急")), ("overdue", _("超时"))], name=_("只看"))
        close = Button(kind="quiet", icon="check", name=_("好了"), key="Esc")
        close.clicked.connect(lambda _checked: self._on_escape())
        for choice in (self.category, self.team, self.region):
            choice.setMinimumWidth(112)
            choice.setMaximumWidth(260)
            choice.edited.connect(self._on_edited)
            row.addWidget(choice, 1)
        self.only.edited.connect(self._on_edited)
        row.addWidget(self.only, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(close)
        self.addWidget(opened)
        self.show_choices(BoardChoices(categories=(), regions=(), teams=()))

    # --- what happens

    def _on_edited(self) -> None:
        only = self.only.value()
        wanted = BoardFilter(
            categories=frozenset(filter(None, (self.category.value(),))),
            team=self.team.value() or None,
            region=self.region.value() or "",
            urgent_only="urgent" in only,
            overdue_only="overdue" in only,
            ended=self.filter.ended,
        )
        if wanted != self.filter:
            self.filter = wanted
            self.changed.emit(wanted)

    def _on_escape(self) -> None:
        self.setCurrentIndex(0)
        self.left.emit()

    def _tell(self) -> None:
        if self._board is None:
            return
        count = sum(len(cards) for column, cards in self._board.columns.items() if column is not Column.ENDED)
        self.summary.setText(self._summary(count))
        self.reset.setVisible(self.is_narrowed())

    def _summary(self, count: int) -> str:
        told = _("{count} 单在办").format(count=count)
        return " · ".join((*self._narrowed_to(), told))

    def _narrowed_to(self) -> list[str]:
        wanted = self.filter
        codes = [*sorted(wanted.categories), *filter(None, (wanted.team, wanted.region))]
        parts = [self._names.get(code, code) for code in codes]
        return parts + [_("急")] * wanted.urgent_only + [_("超时")] * wanted.overdue_only

    def _dress(self) -> None:
        self.setFixedHeight(theme.metrics.row + 4)


class _Open(QWidget):
    def __init__(self, left: Callable[[], None]) -> None:
        super().__init__()
        self._left = left

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._left()
        elif event.text().strip() and event.text().isprintable():
            event.accept()  # no step by a letter typed here
        else:
            super().keyPressEvent(event)


def _offer(choice: Choice[str], every: str, codes: Any, names: dict[str, str]) -> None:
    choice.offer([(_EVERY, every), *((code, names[code]) for code in codes)])
