"""A masked value with an eye (遮住的信息): the eye asks the reason once, then the screen fetches and shows the value.

That a look is logged is the action's business; this part only asks and hides again.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.words import N_, _
from ui.parts.buttons import Button
from ui.parts.question import Answer, Answered, Question, ask
from ui.parts.text import Text

_REASONS = (N_("打电话联系"), N_("核对本人"), N_("开证明"))


class MaskedValue(QWidget):
    """``asked`` carries the reason; the screen runs its action and calls ``show_value``; ``hide_value`` masks again."""

    asked = Signal(str)

    def __init__(self, masked: str = "", *, name: str = "") -> None:
        super().__init__()
        self._masked = masked
        self._name = name
        self._reason = ""
        self._words = Text(masked)
        self._eye = Button(kind="quiet", icon="eye", name=_("看完整的"))
        self._eye.clicked.connect(lambda _checked: self._on_eye())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._words)
        row.addWidget(self._eye)
        row.addStretch()
        self.setAccessibleName(f"{name} {masked}".strip())
        self.setFocusProxy(self._eye)

    def set_masked(self, masked: str) -> None:
        """Another person's value: what was seen and why is forgotten."""
        self._masked, self._reason = masked, ""
        self.hide_value()

    def show_value(self, value: str) -> None:
        self._words.setText(value)
        self._eye.icon_name = "eye-off"
        self._name_eye(_("遮起来"))

    def hide_value(self) -> None:
        self._words.setText(self._masked)
        self._eye.icon_name = "eye"
        self._name_eye(_("看完整的"))

    def _on_eye(self) -> None:
        if self._eye.icon_name == "eye-off":
            self.hide_value()
        elif self._reason:
            self.asked.emit(self._reason)
        else:
            self._ask()

    def _ask(self) -> None:
        look = Answer(_("看"), "look", _("会记下谁在什么时候、为什么看过。"), "primary")
        question = Question(
            _("为什么要看{name}？").format(name=self._name),
            (look,),
            reasons=tuple(_(reason) for reason in _REASONS),
            stay=_("不看了"),
        )
        ask(self, question, self._on_answer)

    def _on_answer(self, answer: Answered) -> None:
        self._reason = answer.reason
        self.asked.emit(answer.reason)

    def _name_eye(self, name: str) -> None:
        self._eye.setAccessibleName(name)
        self._eye.setToolTip(name)
        self._eye.update()
