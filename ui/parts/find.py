"""The search box (搜索, Ctrl+K): people, orders, teams and gifts in one list, grouped under headings.

What is found is handed in as a reading; this part only shows it and says where to go.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent

from app.words import _
from ui.jobs import Jobs
from ui.language import speech
from ui.parts import paint
from ui.parts.rows import Row, State
from ui.parts.typeahead import TypeAhead


@dataclass(frozen=True)
class Found:
    """One find: ``screen`` and ``object_id`` say where Enter goes."""

    screen: str
    object_id: str
    title: str
    details: tuple[str, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()
    state: State | None = None
    icon: str = ""


@dataclass(frozen=True)
class FoundGroup:
    title: str
    finds: tuple[Found, ...]


_KEY = "Ctrl+K"

Finder = Callable[[Any, str], Sequence[FoundGroup]]


class FindBox(TypeAhead):
    """``chosen`` carries a ``Found``."""

    most_rows = 10
    widest = 640
    takes_first = True

    def __init__(self, jobs: Jobs, finder: Finder) -> None:
        super().__init__(jobs, finder, _grouped, _("搜索人、订单、队伍、礼品"), name=_("搜索"))
        speech.changed.connect(self._call_itself)

    def _call_itself(self) -> None:
        self.setPlaceholderText(_("搜索人、订单、队伍、礼品"))
        self.setAccessibleName(_("搜索"))

    def paintEvent(self, event: QPaintEvent) -> None:
        cap_room = 0 if self.text() or self.hasFocus() else round(paint.key_cap_width(_KEY)) + 8
        if self.textMargins().right() != cap_room:
            self.setTextMargins(0, 0, cap_room, 0)  # the hint ends before the key cap
        super().paintEvent(event)
        if self.text() or self.hasFocus():
            return
        painter = QPainter(self)
        paint.begin(painter)
        width, height = paint.key_cap_width(_KEY), 24.0
        cap = QRectF(self.width() - width - 10, (self.height() - height) / 2, width, height)
        paint.key_cap(painter, cap, _KEY)


def _grouped(groups: Sequence[FoundGroup]) -> list[Row]:
    rows: list[Row] = []
    for group in groups:
        if not group.finds:
            continue
        rows.append(Row(group.title, is_heading=True))
        rows += [
            Row(find.title, find.details, marks=find.marks, value=find, state=find.state, icon=find.icon)
            for find in group.finds
        ]
    return rows or [Row(_("没有找到。可以试试拼音首字母或号码的末几位。"), is_heading=True)]
