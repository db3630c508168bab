"""An empty screen or list (空白页): one sentence that teaches, and at most one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.parts.buttons import Button
from ui.parts.text import Paragraph


class Empty(QWidget):
    """``Empty("还没有订单。按 F2 记第一单。", "记一单", self.begin, key="F2")``."""

    def __init__(
        self, sentence: str, button: str = "", pressed: Callable[[], None] | None = None, *, key: str = ""
    ) -> None:
        super().__init__()
        self._sentence = Paragraph(sentence, "body", "secondary", centred=True)
        self._sentence.setMaximumWidth(480)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._sentence, 1000)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(2)
        column.addLayout(across)
        if button and pressed is not None:
            self.button = Button(button, key=key)
            self.button.clicked.connect(lambda _checked: pressed())
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def sentence(self) -> str:
        return self._sentence.accessibleName()

    def set_sentence(self, sentence: str) -> None:
        self._sentence.set_sentence(sentence)
