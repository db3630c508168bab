"""All categories (全部类别), opened by 0: typed to narrow down, arrows and Enter to choose."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.categories import Category, menu
from app.domain.tokens import matched
from app.words import _
from ui.parts import keys
from ui.parts.fields import TextField
from ui.parts.overlay import Overlay
from ui.parts.rows import Row, RowList, marks
from ui.parts.text import Text
from ui.theme import theme

_ROWS_SHOWN = 8


class _Filter(TextField):
    """Typing narrows the list, up and down walk in it."""

    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self.walked.emit(steps[key])
            return
        super().keyPressEvent(event)


class CategoryTree(Overlay):
    """``picked`` carries the code of a category."""

    picked = Signal(str)

    def __init__(self, host: QWidget, current: str) -> None:
        super().__init__(host, width=520)
        self.setAccessibleName(_("全部类别"))
        self._filter = _Filter(_("写名字或拼音找，如 liangxueya"), name=_("找类别"))
        self._list = RowList(name=_("全部类别"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = self.panel.column
        column.addWidget(Text(_("全部类别"), "section", bold=True))
        column.addWidget(self._filter)
        column.addWidget(self._list)
        self._list.setFixedHeight(
            min(_ROWS_SHOWN, (host.window().height() - 220) // theme.metrics.row) * theme.metrics.row
        )
        self._filter.textChanged.connect(self._narrow)
        self._filter.walked.connect(self._walk_rows)
        self._list.clicked.connect(lambda _index: self._take())
        self._narrow("")
        self._list.set_value(current)

    def open(self) -> None:
        super().open()
        self._filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event):
            self._take()
            return
        super().keyPressEvent(event)

    def _narrow(self, typed: str) -> None:
        rows: list[Row] = []
        for main in menu().mains:
            inside = [row for child in menu().children(main.code) if (row := _row(child, typed))]
            own = _row(main, typed)
            if own or inside:
                rows.append(own or Row(main.title, is_heading=True))
                rows += inside
        self._list.set_rows(rows or [Row(_("没有这样的类别"), is_heading=True)])
        if typed.strip() or not self._list.currentIndex().isValid():
            self._point_best(typed)

    def _point_best(self, typed: str) -> None:
        """The first whose name begins with what was typed, else the first."""
        listed = self._list.rows.rows
        first = next((row.value for row in listed if row.value and row.title.startswith(typed.strip())), None)
        if typed.strip() and first is not None:
            self._list.set_value(first)
        else:
            self._list.point_first()

    def _walk_rows(self, step: int) -> None:
        places = [place for place, row in enumerate(self._list.rows.rows) if not row.is_heading]
        if not places:
            return
        here = self._list.currentIndex().row()
        at = places.index(here) if here in places else -1
        place = places[min(max(at + step, 0), len(places) - 1)]
        self._list.setCurrentIndex(self._list.rows.index(place))

    def _take(self) -> None:
        code = self._list.value()
        if code:
            self.close_overlay()
            self.picked.emit(code)


def _row(category: Category, typed: str) -> Row | None:
    """The category as a row, if it fits what was typed; those under a main one are set in."""
    places = matched(category.title, typed) if typed.strip() else frozenset()
    if typed.strip() and not places:
        return None
    if category.parent is None:
        return Row(
            category.title, (_("全类"),), right=category.key or "", marks=marks(places), value=category.code
        )
    return Row(category.title, marks=marks(places), value=category.code, indent=1)
