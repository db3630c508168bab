"""The steps of an order as buttons with keys (步骤按钮). Which steps there are is a rule; here are only their keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.actions.board import OrderView
from app.domain.orders import State
from app.sentences import orders as words
from app.words import N_, _
from ui.parts.buttons import Button, ButtonKind
from ui.theme import theme

KEYS = {
    "screen": "S",
    "reject": "X",
    "dispatch": "D",
    "grab": "G",
    "withdraw": "W",
    "accept": "A",
    "refuse": "R",
    "give_back": "R",
    "edit": "E",
    "cancel": "Delete",
    "escalate": "U",
    "refer": "T",
    "take": "Q",
    "answer": "H",
    "contact": "L",
    "start": "B",
    "finish": "F",
    "settle": "M",
    "rate": "P",
    "call_back": "C",
    "close": "J",
    "serve": "V",
}
"""Every step of ``app.domain.orders.steps``, and recording who served. No order has two steps with one key."""

AT_ONCE = frozenset({"screen", "withdraw", "contact", "close"})
"""Steps that ask nothing."""

_GAP = 8
_SERVED = frozenset({State.ACCEPTED, State.IN_SERVICE, State.DONE, State.RATED})
_OWN_WORDS = {
    "serve": N_("记服务"),
    "screen": N_("审核通过"),
    "refuse": N_("队伍拒单"),
    "give_back": N_("队伍退回"),
}


def step_name(step: str) -> str:
    own = _OWN_WORDS.get(step)
    return _(own) if own is not None else words.step(step)


def step_in_full(step: str) -> str:
    """Where it is asked: beside 先不, a bare 取消 would be read as leaving the form."""
    return _("取消这一单") if step == "cancel" else step_name(step)


def steps_of(order: OrderView) -> tuple[str, ...]:
    """What can be done now, the usual one first; recording the service stands second once somebody has gone."""
    steps = order.steps
    if order.state in _SERVED:
        steps = (*steps[:1], "serve", *steps[1:])
    return steps


def step_for(order: OrderView, key: str) -> str | None:
    """The step of this order that the key stands for."""
    return next((step for step in steps_of(order) if KEYS[step] == key), None)


class StepButton(Button):
    """A button that always shows its key: the clerk learns it by looking."""

    def __init__(self, step: str, *, is_usual: bool) -> None:
        plain: ButtonKind = "danger" if step in ("cancel", "reject") else "plain"
        kind: ButtonKind = "primary" if is_usual else plain
        super().__init__(step_name(step), kind=kind, key=KEYS[step], is_key_told=True)
        self.step = step
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """It asks for no width: the pane has one, and ``Steps`` gives each button as much of it as its words need."""
        return QSize(0, self.sizeHint().height())

    def _side(self) -> int:
        return 5


class Steps(QWidget):
    """The buttons, two in a line where both have room, the usual step across the whole width. ``pressed`` carries
    the step.
    """

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[str, ...] = ()
        self.buttons: list[StepButton] = []
        self._laid: list[list[tuple[StepButton, int]]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        theme.changed.connect(self._lay)

    def set_steps(self, steps: Sequence[str]) -> None:
        if tuple(steps) != self._steps:
            self._build(tuple(steps))
            self.setVisible(bool(steps))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _build(self, steps: tuple[str, ...]) -> None:
        self._steps = steps
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [StepButton(step, is_usual=place == 0) for place, step in enumerate(steps)]
        for button in self.buttons:
            button.clicked.connect(lambda _checked, step=button.step: self.pressed.emit(step))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay()

    def _lay(self) -> None:
        lines = self._lines()
        if lines == self._laid:
            return
        self._laid = lines
        for row, line in enumerate(lines):
            for column, (button, columns) in enumerate(line):
                self._grid.addWidget(button, row, column, 1, columns)

    def _lines(self) -> list[list[tuple[StepButton, int]]]:
        """The buttons of each line, and how many of the two columns each has."""
        half = 0 if theme.large else (self.width() - _GAP) // 2
        lines: list[list[tuple[StepButton, int]]] = []
        rest = list(self.buttons)
        while rest:
            short = [button for button in rest[:2] if lines and button.sizeHint().width() <= half]
            is_last = len(rest) == 1
            line = short if len(short) == 2 or (is_last and short) else rest[:1]
            lines.append([(button, 1 if line is short else 2) for button in line])
            del rest[: len(line)]
        return lines
