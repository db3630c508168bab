"""A masked value with an eye (遮住的信息): the eye asks the reason once, then the screen fetches and shows the value.

That a look is logged is the action's business; this part only asks and hides again.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.words import N_, _
from ui.parts.buttons import Button
from ui.parts.question import Answer, Answered, Question, ask
from ui.parts.text import Text

_REASONS = (N_("打电话联系"), N_("核对本人"), N_("开证明"), N_("改资料"))


class MaskedValue(QWidget):
    """``asked`` carries the reason; the screen runs its action and calls ``show_value``; ``hide_value`` masks again."""

    asked = Signal(str)

    def __init__(self, masked: str = "", *, name: str = "", wraps: bool = False) -> None:
        """``wraps``: for what may be longer than a line; the eye then stands at the right end."""
        super().__init__()
        self._masked = masked
        self._name = name
        self._reason = ""
        self._words = Text(masked, wrap=wraps)
        self._eye = Button(kind="quiet", icon="eye", name=_("看完整的"))
        self._eye.clicked.connect(lambda _checked: self._on_eye())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._words, int(wraps))
        row.addWidget(self._eye)
        row.addStretch(int(not wraps))
        self._tell()
        self.setFocusProxy(self._eye)

    def masked(self) -> str:
        return self._masked

    def words(self) -> str:
        """What can be read now."""
        return self._words.text()

    def set_masked(self, masked: str) -> None:
        """Another person's value: what was seen and why is forgotten."""
        self._masked, self._reason = masked, ""
        self._tell()
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
        ask_why(self, self._name, self._on_answer)

    def _on_answer(self, answer: Answered) -> None:
        self._reason = answer.reason
        self.asked.emit(answer.reason)

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._name} {self._masked}".strip())

    def _name_eye(self, name: str) -> None:
        self._eye.setAccessibleName(name)
        self._eye.setToolTip(name)
        self._eye.update()


def ask_why(host: QWidget, name: str, answered: Callable[[Answered], None]) -> None:
    """Ask for the reason to look at something hidden, and say that the look is noted."""
    look = Answer(_("看"), "look", _("会记下谁在什么时候、为什么看过。"), "primary")
    question = Question(
        _("为什么要看{name}？").format(name=name),
        (look,),
        reasons=tuple(_(reason) for reason in _REASONS),
        stay=_("不看了"),
    )
    ask(host, question, answered)
