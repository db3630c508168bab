"""Which team (选队伍): three proposals that explain themselves, 1/2/3 and Enter; 0 finds another team by typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.actions.board import OrderView
from app.actions.desk import Desk
from app.actions.orders import ToTeam
from app.actions.search import FindQuery, Group, find
from app.actions.teams import Proposals, TeamHit, proposals
from app.domain.problems import Refusal
from app.domain.proposals import Proposal
from app.sentences import sentence
from app.sentences.teams import reasons
from app.words import _
from ui.parts import keys, paint
from ui.parts.buttons import Button
from ui.parts.flow import Flow, flowing
from ui.parts.form import RefusalLine
from ui.parts.rows import Row, marks
from ui.parts.text import Text
from ui.parts.typeahead import TypeAhead
from ui.screen import Services
from ui.screens.board.steps import step_name
from ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
_PROPOSAL = Qt.ItemDataRole.UserRole
_TEAMS = frozenset({"team"})
_ENTER = 10
_DOT = " · "
_BELOW, _SIDES, _FEWEST_LINES = 8, 18, 2


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.proposals: list[Proposal] = []

    def set_proposals(self, proposals: Sequence[Proposal]) -> None:
        self.beginResetModel()
        self.proposals = list(proposals)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.proposals)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        proposal = self.proposals[index.row()]
        if role == _PROPOSAL:
            return proposal
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _("，").join((f"{index.row() + 1} {proposal.name}", reasons(proposal)))
        return None


class _Delegate(QStyledItemDelegate):
    """The key, the team in bold, and below it why."""

    def __init__(self, parent: ProposalList) -> None:
        super().__init__(parent)
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self._list.proposal_height() + _BELOW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Any = option
        proposal: Proposal = index.data(_PROPOSAL)
        painter.save()
        paint.begin(painter)
        area = QRectF(shown.rect).adjusted(0, 0, 0, -_BELOW)
        is_current = bool(shown.state & QStyle.StateFlag.State_Selected)
        paint.fill(painter, area, theme.colour("selection" if is_current else "surface"))
        width = max(paint.hairline(painter.device()), theme.metrics.border)
        paint.frame(painter, area, width, theme.colour("ink" if is_current else "border"))
        if is_current and shown.state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, area)
        height = theme.line_box("body")
        cap = QRectF(area.left() + 10, area.top() + 4, height, height)
        paint.key_cap(painter, cap, str(index.row() + 1), "ink")
        left = cap.right() + 10
        name = QRectF(left, area.top() + 4, area.right() - left - 8, height)
        paint.line(painter, name, proposal.name, "body", bold=True)
        below = QRectF(
            area.left() + 10, name.bottom() - 1, area.width() - _SIDES, theme.line_box("secondary")
        )
        for line in _lines(reasons(proposal), below.width()):
            paint.line(painter, below, line, "secondary", "secondary")
            below.translate(0, below.height())
        painter.restore()


def _lines(why: str, width: float) -> list[str]:
    """The reasons on as many lines as they need, broken between two of them."""
    lines: list[str] = []
    for part in why.split(_DOT):
        longer = _DOT.join((*lines[-1:], part))
        if lines and paint.text_width(longer, "secondary") <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


class ProposalList(QListView):
    """``taken`` when Enter is pressed on a team, ``others_wanted`` for 0."""

    taken = Signal()
    others_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._early: list[int] = []  # keys of a quick hand, before the proposals are there
        self._is_loaded = False
        self.rows = _Model()
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(_("建议的队伍"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keys.without_input_method(self)
        theme.changed.connect(self._fit)

    def show_proposals(self, proposals: Sequence[Proposal], current: int = 0) -> None:
        self.rows.set_proposals(proposals)
        if proposals:
            self.setCurrentIndex(self.rows.index(current))
        self._fit()
        self._is_loaded = True
        for digit in self._early:
            self._choose(digit)
        self._early = []

    def proposal_height(self) -> int:
        """72: the name and two lines of reasons; more where words are long. All are of one height."""
        width = self.viewport().width() - _SIDES
        lines = max([_FEWEST_LINES, *(len(_lines(reasons(one), width)) for one in self.rows.proposals)])
        return theme.line_box("body") + lines * theme.line_box("secondary") + 8

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def chosen(self) -> Proposal | None:
        index = self.currentIndex()
        return self.rows.proposals[index.row()] if index.isValid() else None

    def keyboardSearch(self, search: str) -> None:
        """Digits choose; letters are nobody's here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = keys.digit(event)
        if digit == 0:
            self.others_wanted.emit()
        elif digit is not None or keys.is_enter(event) or keys.is_save(event):
            if self._is_loaded:
                self._choose(digit or _ENTER)
            else:
                self._early.append(digit or _ENTER)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        elif event.text().strip() and event.text().isprintable():
            event.accept()
        else:
            event.ignore()

    def _choose(self, digit: int) -> None:
        if digit == _ENTER:
            self.taken.emit()
        elif digit <= self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(digit - 1))

    def _fit(self) -> None:
        self.setFixedHeight(max(1, self.rows.rowCount()) * (self.proposal_height() + _BELOW))
        self.scheduleDelayedItemsLayout()


class ChooseTeam(QWidget):
    """Dispatch, or grab: the same question. It behaves as a ``StepForm`` does."""

    saved = Signal(object)
    left = Signal()
    is_touched = False  # proposals are always asked for afresh

    def __init__(self, app: Services, order: OrderView, step: str) -> None:
        super().__init__()
        self.app, self.order, self.step = app, order, step
        self._rest: dict[str, Proposal] = {}
        self._best: tuple[Proposal, ...] = ()
        self.list = ProposalList()
        self.list.taken.connect(self._on_save)
        self.list.others_wanted.connect(self._ask_other)
        self.list.left.connect(self.left)
        self.list.doubleClicked.connect(lambda _index: self._on_save())
        self.other = TypeAhead(app.jobs, _teams_called, self._rows, _("队名或拼音"), name=_("另找一支队伍"))
        self.other.chosen.connect(self._take_other)
        self.other.hide()
        self.another = Button(_("另找一支"), kind="quiet", key="0")
        self.another.clicked.connect(lambda _checked: self._ask_other())
        self.save = Button(step_name(step), kind="primary", key="Enter")
        self.save.clicked.connect(lambda _checked: self._on_save())
        self.refusal = RefusalLine()
        buttons = QWidget()
        flow = Flow(flowing(buttons))
        flow.addWidget(self.save)
        flow.addWidget(self.another)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        title = _("派给谁") if step == "dispatch" else _("哪支队伍抢单")
        column.addWidget(Text(title, "section", bold=True))
        column.addWidget(self.list)
        column.addWidget(self.other)
        column.addWidget(self.refusal)
        column.addWidget(buttons)
        app.jobs.read(self, proposals, order.id, done=self._show)

    def start(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, refusal: Refusal) -> None:
        self.save.setEnabled(True)
        self.refusal.say(sentence(refusal))
        self.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().strip() and event.text().isprintable():
            event.accept()
        else:
            super().keyPressEvent(event)

    def _show(self, proposed: Proposals) -> None:
        self._best = proposed.best
        self._rest = {one.team: one for one in (*proposed.best, *proposed.rest)}
        self.list.show_proposals(proposed.best)
        if not proposed.best:
            self.refusal.say(_("还没有能接单的队伍，先到“队伍”里建一支。"))

    def _ask_other(self) -> None:
        self.other.show()
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rows(self, groups: Sequence[Group]) -> list[Row]:
        hits: list[TeamHit] = [hit for group in groups for hit in group.hits if hit.id in self._rest]
        return [
            Row(
                hit.name,
                (reasons(self._rest[hit.id]),),
                marks=marks(hit.matched),
                value=hit.id,
            )
            for hit in hits
        ]

    def _take_other(self, team: str) -> None:
        """The team that was found stands first below the three, and is chosen."""
        shown = [one for one in self._best if one.team != team] + [self._rest[team]]
        self.list.show_proposals(shown, len(shown) - 1)
        self.other.clear()
        self.other.hide()
        self.start()

    def _on_save(self) -> None:
        proposal = self.list.chosen()
        if proposal is None or not self.save.isEnabled():
            return
        self.save.hold()
        self.refusal.clear()
        self.saved.emit(ToTeam(order=self.order.id, team=proposal.team))

    def team_name(self) -> str:
        chosen = self.list.chosen()
        return chosen.name if chosen is not None else ""


def _teams_called(desk: Desk, text: str) -> tuple[Group, ...]:
    return find(desk, FindQuery(text=text, nouns=_TEAMS, limit=6))
