"""The team that is pointed at (这支队伍): what it is and takes, its figures, what can be done with it, what was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.actions.desk import Desk
from app.actions.history import Told, history_of
from app.actions.teams import TeamCard, team_card
from app.domain.calendar import shanghai_day
from app.domain.moments import full_date, say_exactly, say_moment
from app.domain.phones import grouped
from app.facts import Id
from app.sentences import teams as words
from app.words import _
from ui.categories import category_names
from ui.parts.buttons import Button
from ui.parts.facts import FactLine, Facts
from ui.parts.figure import Figure
from ui.parts.flow import Flow, flowing
from ui.parts.link import Link
from ui.parts.text import Paragraph, Text
from ui.parts.timeline import Event, Timeline
from ui.places import Places, places

MEMBERS, IN_HAND, RATED = "members", "in_hand", "rated"
_EVENTS_SHOWN = 30


@dataclass(frozen=True)
class TeamWhole:
    """Everything the pane shows of a team."""

    card: TeamCard
    places: Places
    history: tuple[Told, ...]


def team_whole(desk: Desk, team: Id) -> TeamWhole:
    return TeamWhole(team_card(desk, team), places(desk), tuple(history_of(desk, f"team:{team}")))


class TeamPane(QWidget):
    """``figure_opened`` carries members, in_hand or rated; ``team_opened`` the id of the team above."""

    figure_opened = Signal(str)
    team_opened = Signal(object)
    edit_asked = Signal()
    close_asked = Signal()
    left = Signal()

    def __init__(self, now: Callable[[], datetime], *, may_edit: bool) -> None:
        super().__init__()
        self._now, self._may_edit = now, may_edit
        self.whole: TeamWhole | None = None
        self._name = Text("", "title", bold=True, wrap=True)
        self._about = Paragraph("", "body", "secondary")
        self._facts = Facts()
        self._facts.opened.connect(self.team_opened)
        self._history = Timeline()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(self._name)
        column.addWidget(self._about)
        column.addLayout(self._figure_grid())
        column.addWidget(self._buttons())
        column.addWidget(self._facts)
        column.addSpacing(4)
        column.addWidget(Text(_("经过"), "secondary", "secondary", bold=True))
        column.addWidget(self._history)
        column.addStretch()

    def show_whole(self, it: TeamWhole) -> None:
        self.whole = it
        card = it.card
        self._name.setText(card.name)
        self._about.set_sentence(_about(it))
        self.figures[MEMBERS].say(_("{count} 人").format(count=card.members_count))
        self.figures[IN_HAND].say(_("{count} 单").format(count=card.open_orders))
        self.figures[RATED].say(_rated(card))
        self.edit.setVisible(self._may_edit and card.closed_at is None)
        self.close_team.setVisible(self._may_edit and card.closed_at is None)
        self._facts.say(_fact_lines(it))
        self._history.set_events([self._event(told) for told in reversed(it.history[-_EVENTS_SHOWN:])])

    def first_stop(self) -> QWidget:
        return self.figures[MEMBERS]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _figure_grid(self) -> QGridLayout:
        self.figures = {
            MEMBERS: Figure(_("队员"), key="1"),
            IN_HAND: Figure(_("手上的单"), key="2"),
            RATED: Figure(_("一年来的评价"), key="3"),
        }
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setSpacing(8)
        grid.addWidget(self.figures[MEMBERS], 0, 0)
        grid.addWidget(self.figures[IN_HAND], 0, 1)
        grid.addWidget(self.figures[RATED], 1, 0, 1, 2)
        for name, figure in self.figures.items():
            figure.clicked.connect(lambda _checked, name=name: self.figure_opened.emit(name))
        return grid

    def _buttons(self) -> QWidget:
        self.edit = Button(_("改资料"), key="E")
        self.edit.clicked.connect(lambda _checked: self.edit_asked.emit())
        self.close_team = Link(_("解散队伍"))
        self.close_team.clicked.connect(lambda _checked: self.close_asked.emit())
        buttons = QWidget()
        flow = Flow(flowing(buttons), gap=16)
        flow.addWidget(self.edit)
        flow.addWidget(self.close_team)
        return buttons

    def _event(self, told: Told) -> Event:
        return Event(say_moment(told.at, self._now()), told.text, told.by, say_exactly(told.at))


def _about(it: TeamWhole) -> str:
    said = f"{words.level(it.card.level)} · {it.places.said(it.card.region)}"
    if it.card.closed_at is None:
        return said
    day = full_date(shanghai_day(it.card.closed_at))
    return said + "\n" + _("{day}解散：{reason}").format(day=day, reason=it.card.closed_reason)


def _rated(card: TeamCard) -> str:
    if card.average_stars_tenths is None:
        return _("还没有评价")
    whole, tenth = divmod(card.average_stars_tenths, 10)
    return _("平均 {stars} 星（{count} 次）").format(stars=f"{whole}.{tenth}", count=card.ratings)


def _fact_lines(it: TeamWhole) -> list[FactLine]:
    card = it.card
    return [
        FactLine(_("上级"), card.parent_name, card.parent),
        FactLine(_("队长"), card.leader_name or _("暂时没有")),
        FactLine(_("电话"), grouped(card.phone) if card.phone else ""),
        FactLine(_("服务项目"), category_names(card.categories)),
        FactLine(_("服务区域"), _("、").join(map(it.places.said, card.regions))),
        FactLine(_("资质"), _("、").join(card.qualifications)),
        FactLine(_("成立日期"), full_date(shanghai_day(card.founded_at))),
    ]
