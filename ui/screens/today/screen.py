"""The day at the desk as a screen (今日): four blocks side by side, or below each other where there is little room."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.actions.today import Today, today
from app.domain.staff import Role
from app.words import _
from ui.parts.empty import Empty
from ui.parts.facts import FactLine, Facts
from ui.parts.text import Paragraph
from ui.screen import Screen, Services
from ui.screens.today import wording
from ui.screens.today.blocks import Block, Door, Doors
from ui.screens.today.chart import MonthChart
from ui.theme import theme

_BESIDE_FROM = 840
_BESIDE_FROM_LARGE = 1500


class TodayScreen(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self.read: Today | None = None
        self._has_entered = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._build()
        self.app.minute_passed.connect(self._on_minute)
        self.tell_key("↑ ↓", _("走到别的事"))
        self.tell_key("Enter", _("去办这件事"))
        self.tell_key("Tab", _("到下一块"))

    # --- as every screen

    def enter(self) -> None:
        self._has_entered = True
        if self.read is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # until there is something to point at
            self._read()
        else:
            self._take_focus()
            self._show(self.read)  # what is left of the time has changed meanwhile

    def refresh(self, changed: frozenset[str]) -> None:
        self._read()

    # --- building

    def _build(self) -> None:
        self.chores = Doors(name=_("要办的事"))
        self.done = Paragraph("", "body", "secondary", centred=True)
        self.people = Doors(name=_("今天的人"))
        self.nobody = Paragraph(_("今天没有约好的服务。"), "body", "secondary")
        self.days = Facts()
        self.ratings = Doors(name=_("评价"))
        self.chart = MonthChart()
        self.month = Paragraph("", "body", "ink")
        self._page = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._page)
        self._columns.setSpacing(16)
        self._columns.addLayout(self._column(self._to_do()), 11)
        self._columns.addLayout(self._column(*self._beside()), 9)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._page)
        self._page.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)
        self._new = Empty(
            _("还没有订单。按 F2 记第一单，这里就有今天要办的事。"),
            _("记第一单"),
            partial(self.app.go, "intake"),
            key="F2",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        column.addWidget(self._new)
        self._area.hide()
        self._new.hide()
        for listed in self._lists():
            listed.opened.connect(self._open)
            listed.passed.connect(partial(self._pass_on, listed))
            listed.seen.connect(partial(self._keep_in_sight, listed))
        self._lay()
        theme.changed.connect(self._lay)

    def _column(self, *blocks: Block) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(16)
        for block in blocks:
            column.addWidget(block)
        column.addStretch()
        return column

    def _to_do(self) -> Block:
        self._chores_block = Block(_("要办的事"))
        self._chores_block.add(self.chores, is_inset=False)
        self._chores_block.add(self.done)
        return self._chores_block

    def _beside(self) -> tuple[Block, Block, Block]:
        self._people_block, self._since, self._month_block = (
            Block(_("今天的人")),
            Block(_("昨天以来")),
            Block(_("这个月")),
        )
        self._people_block.add(self.people, is_inset=False)
        self._people_block.add(self.nobody)
        self._since.add(self.days)
        self._since.add(self.ratings, is_inset=False)
        self._month_block.add(self.month)
        self._month_block.add(self.chart)
        return self._people_block, self._since, self._month_block

    def _lists(self) -> tuple[Doors, ...]:
        return self.chores, self.people, self.ratings

    # --- reading

    def _read(self) -> None:
        self.app.jobs.read(self, today, None, done=self._on_read)

    def _on_read(self, it: Today) -> None:
        is_first, self.read = self.read is None, it
        # A list that empties hides, and Qt would hand its focus on to the search box.
        takes_focus = self._has_entered and self._is_free() and (is_first or self._has_focus())
        self._show(it)
        if takes_focus:
            self._take_focus()

    def _show(self, it: Today) -> None:
        self._area.setVisible(not it.is_new)
        self._new.setVisible(it.is_new)
        now = self.app.now()
        may_act = self.app.clerk.role != Role.AUDITOR
        rows = [wording.chore_row(chore, now, may_act=may_act) for chore in it.chores]
        self.done.setVisible(not rows)
        self.done.set_sentence(_("今天的事都办完了"))
        self.chores.show_doors([*rows, *map(wording.policy_row, it.new_policies)])
        self._show_people(it)
        self.days.say(
            [
                FactLine(_("昨日"), wording.day_words(it.yesterday)),
                FactLine(_("今日"), wording.day_words(it.today)),
                FactLine(_("积分"), wording.points_words(it)),
            ]
        )
        self.ratings.show_doors([wording.rating_row(one) for one in it.ratings])
        self.month.set_sentence(wording.month_words(it))
        self.chart.show_days(it.month, it.day)

    def _show_people(self, it: Today) -> None:
        now = self.app.now()
        rows = [wording.appointment_row(one, now) for one in it.appointments]
        more = it.appointment_count - len(rows)
        if more:
            rows.append(wording.more_row(more))
        self.people.show_doors(rows)
        self.nobody.setVisible(not rows)
        count = it.appointment_count
        self._people_block.aside.setText(_("{count} 位").format(count=count) if count else "")

    def _on_minute(self) -> None:
        if self.isVisible():
            self._read()

    # --- focus

    def _take_focus(self) -> None:
        if self.read is not None and self.read.is_new:
            self._new.button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        lists = [one for one in self._lists() if one.isVisibleTo(self)]
        target = next((one for one in lists if one.hasFocus()), lists[0] if lists else self)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_focus(self) -> bool:
        focused: QWidget | None = self.window().focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def _is_free(self) -> bool:
        """Nobody types elsewhere, such as in the search box."""
        focused: QWidget | None = self.window().focusWidget()
        return focused is None or not focused.isVisible() or self._has_focus()

    def _pass_on(self, listed: Doors, step: int) -> None:
        lists = [one for one in self._lists() if one.isVisibleTo(self)]
        place = lists.index(listed) + step
        if 0 <= place < len(lists):
            lists[place].point_end(step)

    def _keep_in_sight(self, listed: Doors, row: QRect) -> None:
        spot = listed.viewport().mapTo(self._page, row.center())
        self._area.ensureVisible(spot.x(), spot.y(), 0, row.height())

    def _open(self, door: Door | None) -> None:
        if door is not None:
            self.app.go(door.screen, door.object_id)

    # --- looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        """Two columns, or one below the other; what is to be done always comes first."""
        is_beside = self.width() >= (_BESIDE_FROM_LARGE if theme.large else _BESIDE_FROM)
        wanted = QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != wanted:
            self._columns.setDirection(wanted)
        self._columns.setStretch(0, 11 if is_beside else 0)
        self._columns.setStretch(1, 9 if is_beside else 1)
        margin = theme.metrics.margin
        self._columns.setContentsMargins(margin, margin, margin, margin)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour("paper"))
