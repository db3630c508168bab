"""A masked value with an eye (遮住的信息): the eye asks the reason once for each person and sitting, then the screen
fetches and shows the value.

That a look is logged is the action's business; this part only asks and hides again.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.words import N_, _
from ui.parts.buttons import Button
from ui.parts.question import Answer, Answered, Question, ask
from ui.parts.text import Text

_REASONS = (N_("打电话联系"), N_("核对本人"), N_("开证明"), N_("改资料"))


class Reasons(QObject):
    """Why the clerk who is signed in looks at somebody: asked once for each person until they leave the desk. What was
    seen with a reason is hidden with it, wherever it stands: ``forgotten``.
    """

    forgotten = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._given: dict[str, str] = {}

    def of(self, person: str) -> str:
        return self._given.get(person, "")

    def give(self, person: str, reason: str) -> None:
        if person:
            self._given[person] = reason

    def forget(self) -> None:
        """Somebody else may sit down now."""
        self._given.clear()
        self.forgotten.emit()


reasons = Reasons()


class MaskedValue(QWidget):
    """``asked`` carries the reason; the screen runs its action and calls ``show_value``; ``hide_value`` masks again."""

    asked = Signal(str)

    def __init__(
        self, masked: str = "", *, name: str = "", wraps: bool = False, may_look: bool = True
    ) -> None:
        """``wraps``: for what may be longer than a line; the eye then stands at the right end. Auditors ``may_look``
        at nothing hidden, and there is no eye for them.
        """
        super().__init__()
        self._masked = masked
        self._name = name
        self._person = ""
        self._words = Text(masked, wrap=wraps)
        self._eye = Button(kind="quiet", icon="eye", name=_("看完整的"))
        self._eye.clicked.connect(lambda _checked: self._on_eye())
        if not may_look:
            self._eye.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._words, int(wraps))
        row.addWidget(self._eye)
        row.addStretch(int(not wraps))
        self._tell()
        self.setFocusProxy(self._eye)
        reasons.forgotten.connect(self.hide_value)

    def masked(self) -> str:
        return self._masked

    def words(self) -> str:
        """What can be read now."""
        return self._words.text()

    def set_masked(self, masked: str, person: str = "") -> None:
        """Another value, of ``person``: what was seen is forgotten."""
        self._masked, self._person = masked, person
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
        else:
            ask_why(self, self._name, self.asked.emit, self._person)

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._name} {self._masked}".strip())

    def _name_eye(self, name: str) -> None:
        self._eye.setAccessibleName(name)
        self._eye.setToolTip(name)
        self._eye.update()


def ask_why(host: QWidget, name: str, told: Callable[[str], None], person: str = "") -> None:
    """Ask for the reason to look at something hidden of ``person``, and say that the look is noted; who has said so
    once is not asked again.
    """
    known = reasons.of(person)
    if known:
        told(known)
        return

    def answered(answer: Answered) -> None:
        reasons.give(person, answer.reason)
        told(answer.reason)

    look = Answer(_("看"), "look", _("会记下谁在什么时候、为什么看过。"), "primary")
    question = Question(
        _("为什么要看{name}？").format(name=name),
        (look,),
        reasons=tuple(_(reason) for reason in _REASONS),
        stay=_("不看了"),
    )
    ask(host, question, answered)
