"""The tree of teams (队伍树): every team below the one it belongs to, found by typing, closed ones on demand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.teams import TeamNode
from app.domain.tokens import matched
from app.words import _
from ui.parts import keys
from ui.parts.buttons import Button
from ui.parts.fields import TextField
from ui.parts.rows import Row, RowList, State, marks
from ui.parts.text import Text
from ui.parts.tick import Tick

_CLOSED = State("dash", "closed")


class _Search(TextField):
    """Typing narrows the tree; up and down walk in it, Enter goes on to the team."""

    walked = Signal(int)
    stepped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self.walked.emit(steps[key])
        elif keys.is_enter(event):
            self.stepped.emit()
        else:
            super().keyPressEvent(event)


class TeamTree(QWidget):
    """``pointed`` and ``opened`` carry the id of a team; ``closed_asked`` whether closed teams are wanted, too."""

    pointed = Signal(str)
    opened = Signal(str)
    closed_asked = Signal(bool)
    new_asked = Signal()

    def __init__(self, *, may_edit: bool) -> None:
        super().__init__()
        self._nodes: Sequence[TeamNode] = ()
        self.search = _Search(_("队名或拼音"), name=_("找队伍"))
        self.new = Button(_("成立"), icon="plus", key="Ctrl+N")
        self.list = RowList(name=_("队伍"))
        self.with_closed = Tick(_("已解散的也看"))
        self._count = Text("", "secondary", "secondary")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.search, 1)
        head.addWidget(self.new)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 8, 0)
        foot.addWidget(self.with_closed)
        foot.addStretch()
        foot.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 8, 4)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self.new.setVisible(may_edit)
        self._connect()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._narrow)
        self.search.walked.connect(self._walk)
        self.search.stepped.connect(self._on_opened)
        self.list.pointed.connect(lambda team: self.pointed.emit(team or ""))
        self.list.opened.connect(lambda _team: self._on_opened())
        self.with_closed.edited.connect(lambda: self.closed_asked.emit(self.with_closed.value()))
        self.new.clicked.connect(lambda _checked: self.new_asked.emit())

    def show_nodes(self, nodes: Sequence[TeamNode], point: str = "") -> None:
        """The whole tree; the current team stays current, or ``point`` becomes it."""
        self._nodes = nodes
        self._count.setText(_("{count} 支").format(count=sum(not node.closed for node in nodes)))
        self._narrow("")
        if point:
            self.go_to(point)
        elif self.list.value() is None:
            self.list.point_first()

    def go_to(self, team: str) -> None:
        if not any(row.value == team for row in self.list.rows.rows):
            self.search.set_value("")
        self.list.set_value(team)
        self.list.scrollTo(self.list.currentIndex())

    def team(self) -> str:
        return self.list.value() or ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.hasFocus():
            self.search.set_value("")
            self.list.setFocus()
            return
        super().keyPressEvent(event)

    def _on_opened(self) -> None:
        if self.team():
            self.opened.emit(self.team())

    def _walk(self, step: int) -> None:
        place = self.list.currentIndex().row() + step
        if 0 <= place < len(self.list.rows.rows):
            self.list.setCurrentIndex(self.list.rows.index(place))

    def _narrow(self, _text: str) -> None:
        typed = self.search.text()
        rows = [row for node in self._nodes if (row := _row(node, typed)) is not None]
        self.list.set_rows(rows or [Row(_("没有这样的队伍"), is_heading=True)])
        if typed.strip() and self.list.value() is None:
            self.list.point_first()


def _row(node: TeamNode, typed: str) -> Row | None:
    """The team as a row, if it fits what is typed; then it stands without the tree around it."""
    is_sought = bool(typed.strip())
    places = matched(node.name, typed) if is_sought else frozenset()
    if is_sought and not places:
        return None
    counts = [_("{count} 人").format(count=node.members)] if node.members else []
    counts += [_("手上 {count} 单").format(count=node.open_orders)] if node.open_orders else []
    return Row(
        node.name,
        right=_("队伍已解散") if node.closed else " · ".join(counts),
        marks=marks(places),
        value=node.id,
        state=_CLOSED if node.closed else None,
        indent=0 if is_sought else node.depth,
    )
