"""A field whose text is understood while it is typed (什么时候): "+2", "m9", "8" and what they mean, echoed inside it.

The understanding is a rule of the domain and is handed in; the field only shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent

from app.domain.problems import Refusal
from app.sentences import sentence
from app.words import _
from ui.parts import paint
from ui.parts.fields import CodeField
from ui.theme import theme

T = TypeVar("T")


class EchoField(CodeField, Generic[T]):
    """``understand(text)`` answers a meaning or raises a Refusal; ``say(meaning)`` is shown at the right.

    An empty text is handed to ``understand`` too, for fields where empty means something (尽快).
    """

    def __init__(
        self,
        understand: Callable[[str], T],
        say: Callable[[T], str],
        placeholder: str = "",
        *,
        name: str = "",
    ) -> None:
        super().__init__(placeholder, name=name)
        self._understand, self._say = understand, say
        self._echo, self._is_understood = "", True
        self.textChanged.connect(self._read_again)

    def meaning(self) -> T:
        """What the text means now; raises the Refusal when it means nothing."""
        return self._understand(self.value())

    def echo(self) -> str:
        return self._echo

    def _read_again(self) -> None:
        try:
            self._echo, self._is_understood = self._say(self.meaning()), True
        except Refusal as refusal:
            self._echo, self._is_understood = _shortly(sentence(refusal)), False
        if self.is_empty():
            self._echo = ""
        self.setAccessibleDescription(self._echo)
        room = paint.text_width(self._echo, "body") + 12 if self._echo else 0
        self.setTextMargins(0, 0, min(round(room), self.width() // 2), 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._echo:
            return
        painter = QPainter(self)
        right = QRectF(self.width() / 2, 0, self.width() / 2 - 14, self.height())
        colour = theme.colour("focus" if self._is_understood else "trouble")
        paint.line(painter, right, self._echo, "body", colour, align="right")


def _shortly(said: str) -> str:
    """What is the matter; what could be written instead has no room beside the text, and comes when it is saved."""
    return said.split(_("。"))[0]
