"""The lines above the table (筛选): what is searched, who is shown, and what the list is narrowed to.

The first line is always there. F3 opens the choices below it; they stay as long as one of them narrows the list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.actions.people_list import PeopleChoices, Who
from app.domain import masking
from app.domain.categories import menu
from app.domain.villages import VillageNames
from app.words import _
from ui.parts import keys
from ui.parts.buttons import Button
from ui.parts.chips import Chips
from ui.parts.choice import Choice
from ui.parts.fields import TextField
from ui.parts.flow import Flow, flowing
from ui.parts.menubutton import MenuButton
from ui.parts.text import Text
from ui.places import Places
from ui.screens.volunteers.wording import stars
from ui.theme import theme

_ALL = ""
_GONE = "left"


@dataclass(frozen=True)
class Narrowed:
    """What the clerk wants to see; everything when nothing is set. ``stars`` is a level, 0 for none yet."""

    who: Who = Who.VOLUNTEERS
    text: str = ""
    team: str = ""
    region: str = ""
    category: str = ""
    left: bool = False
    stars: int | None = None

    def is_narrow(self) -> bool:
        return self != Narrowed(who=self.who)


def _kind_words(wanted: Narrowed) -> str:
    if wanted.who is Who.VOLUNTEERS:
        return _("已离开的志愿者") if wanted.left else _("在册的志愿者")
    return _("居民") if wanted.who is Who.RESIDENTS else _("志愿者和居民")


class SearchField(TextField):
    """``stepped`` comes with Enter and Down: on to what was found."""

    stepped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event) or event.key() == Qt.Key.Key_Down:
            self.stepped.emit()
            return
        super().keyPressEvent(event)


class _Count(Text):
    """It stands beside the first line of the chips."""

    def __init__(self) -> None:
        super().__init__("", "secondary", "secondary")

    def _dress(self) -> None:
        super()._dress()
        self.setFixedHeight(theme.metrics.row)


class FilterLines(QWidget):
    """``changed`` carries what is wanted now; ``left`` gives the focus back to the table."""

    changed = Signal(object)
    left = Signal()
    new_asked = Signal()
    narrow_asked = Signal()
    stars_asked = Signal()

    def __init__(self, *, may_register: bool) -> None:
        super().__init__()
        self.narrowed = Narrowed()
        flowing(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        column.addLayout(self._first_line())
        self.choices = _Choices(self._on_escape)
        column.addWidget(self.choices)
        self._wire()
        self.choices.hide()
        self.new.setVisible(may_register)

    # --- what is shown

    def show_choices(self, choices: PeopleChoices, named: Places) -> None:
        """What can be chosen now; what is chosen stays."""
        self.choices.offer(choices, named)
        if self.choices.is_narrow():
            self.choices.show()

    def fields(self) -> dict[str, Any]:
        """What narrows the list, by name."""
        more = self.choices
        return {
            "search": self.search,
            "who": self.who,
            "team": more.team,
            "region": more.region,
            "category": more.category,
            "left": more.left,
            "stars": more.stars,
        }

    def show_count(self, total: int) -> None:
        self._count.setText(_("{count} 人").format(count=f"{total:,}"))
        self.print.setEnabled(total > 0)

    def about(self) -> str:
        """Whom the list shows, in words: 在册的志愿者 · 桃园村."""
        wanted, more = self.narrowed, self.choices
        typed = masking.scanned(wanted.text.strip())
        parts = (
            _kind_words(wanted),
            _("找“{typed}”").format(typed=typed) if typed else "",
            more.team.currentText() if wanted.team else "",
            more.region.currentText() if wanted.region else "",
            more.category.currentText() if wanted.category else "",
            more.stars.currentText() if wanted.stars is not None else "",
        )
        return " · ".join(filter(None, parts))

    def open(self) -> None:
        self.choices.show()
        self.choices.team.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def show_all(self, who: Who) -> None:
        """Everybody of a kind, narrowed to nothing."""
        self.who.set_value(who)
        self.clear()

    def clear(self) -> None:
        self._forget()
        self.choices.hide()
        self._on_edited()

    def _forget(self) -> None:
        self.search.set_value("")
        self.choices.clear()

    # --- building

    def _first_line(self) -> QHBoxLayout:
        self.search = SearchField(_("姓名、拼音、电话或证件尾号"), name=_("在名册里找"))
        self.search.setMinimumWidth(180)
        self.search.setMaximumWidth(340)
        self.who: Chips[Who] = Chips(
            [(Who.VOLUNTEERS, _("志愿者")), (Who.RESIDENTS, _("居民")), (Who.EVERYBODY, _("全部"))],
            name=_("看谁"),
            chosen=Who.VOLUNTEERS,
        )
        self.narrow = Button(_("筛选"), kind="quiet", icon="filter", key="F3")
        self.new = Button(_("登记"), icon="plus", key="Ctrl+N")
        self.print = MenuButton(icon="print", name=_("打印"), key="Ctrl+P")
        self.print.setEnabled(False)
        self.stars = Button(_("星级评定"), kind="quiet", icon="star", key="S")
        self._count = _Count()
        row = QHBoxLayout()
        row.setSpacing(8)
        self.who.setSizePolicy(
            QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed
        )  # in one line, whatever happens
        tools = QWidget()
        flow = Flow(flowing(tools))  # on below where there is no room for all in a line
        deeds = QWidget()
        together = QHBoxLayout(deeds)
        together.setContentsMargins(0, 0, 0, 0)
        together.setSpacing(8)
        for button in (self.new, self.print, self.stars):
            together.addWidget(button)
        for widget in (self.who, self.narrow, deeds):
            flow.addWidget(widget)
        row.addWidget(self.search, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(tools, 5)
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _wire(self) -> None:
        self.search.textChanged.connect(lambda _text: self._on_edited())
        self.search.stepped.connect(self.left)
        self.who.edited.connect(self._on_edited)
        self.narrow.clicked.connect(lambda _checked: self.narrow_asked.emit())
        self.new.clicked.connect(lambda _checked: self.new_asked.emit())
        self.stars.clicked.connect(lambda _checked: self.stars_asked.emit())
        self.choices.edited.connect(self._on_edited)
        self.choices.reset.clicked.connect(lambda _checked: self.clear())

    # --- what happens

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        else:
            super().keyPressEvent(event)

    def _on_escape(self) -> None:
        """The first Esc empties the search line, the next goes back to the table."""
        if self.search.hasFocus() and self.search.text():
            self.search.set_value("")
            return
        self.choices.setVisible(self.choices.is_narrow())
        self.left.emit()

    def _on_edited(self) -> None:
        if self.search.is_composing():
            return
        who = self.who.value() or Who.VOLUNTEERS
        self.choices.fit(who)
        wanted = self.choices.narrowed(who, self.search.value())
        if wanted != self.narrowed:
            self.narrowed = wanted
            self.changed.emit(wanted)


class _Choices(QWidget):
    """Five choices and the button that takes all of them back."""

    edited = Signal()

    def __init__(self, escaped: Callable[[], None]) -> None:
        super().__init__()
        self._escaped = escaped
        self.team: Choice[str] = Choice(name=_("队伍"))
        self.region: Choice[str] = Choice(name=_("村社区"))
        self.category: Choice[str] = Choice(name=_("服务类别"))
        self.left: Choice[str] = Choice(name=_("在不在队"))
        self.stars: Choice[int] = Choice(name=_("星级"))
        self.reset = Button(kind="quiet", icon="close", name=_("不筛了"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for choice in self._all():
            choice.setMinimumWidth(96)
            choice.setMaximumWidth(240)
            choice.edited.connect(self.edited)
            row.addWidget(choice, 1)
        row.addWidget(self.reset)
        row.addStretch()
        self.category.set_options(
            [(_ALL, _("全部类别")), *((main.code, main.title) for main in menu().mains)]
        )
        self.left.set_options([(_ALL, _("在服务")), (_GONE, _("已离开"))])
        self.offer(PeopleChoices(regions=(), teams=(), levels=0), Places(VillageNames(), ""))

    def offer(self, choices: PeopleChoices, named: Places) -> None:
        regions = sorted(((code, named.said(code)) for code in choices.regions), key=lambda one: one[0])
        self.team.offer([(_ALL, _("全部队伍")), *choices.teams])
        self.region.offer([(_ALL, _("全部村社区")), *regions])
        levels = [(level, stars(level)) for level in range(1, choices.levels + 1)]
        self.stars.offer([(-1, _("全部星级")), (0, _("还没有星级")), *levels])

    def fit(self, who: Who) -> None:
        """Residents are in no team and have no stars."""
        for choice in (self.team, self.category, self.stars):
            choice.setVisible(who is not Who.RESIDENTS)
        self.left.setVisible(who is Who.VOLUNTEERS)

    def narrowed(self, who: Who, text: str) -> Narrowed:
        region = self.region.value() or ""
        if who is Who.RESIDENTS:
            return Narrowed(who, text, region=region)
        level = self.stars.value()
        return Narrowed(
            who,
            text,
            team=self.team.value() or "",
            region=region,
            category=self.category.value() or "",
            left=who is Who.VOLUNTEERS and self.left.value() == _GONE,
            stars=level if level is not None and level >= 0 else None,
        )

    def is_narrow(self) -> bool:
        return any(choice.currentIndex() > 0 for choice in self._all())

    def clear(self) -> None:
        for choice in self._all():
            choice.setCurrentIndex(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event):
            self._escaped()
        else:
            super().keyPressEvent(event)

    def _all(self) -> tuple[Choice[str] | Choice[int], ...]:
        return (self.team, self.region, self.category, self.left, self.stars)
