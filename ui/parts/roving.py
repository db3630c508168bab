"""Several buttons as one Tab stop (同组按钮): arrows walk among them, Home and End go to the ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.parts import keys


class Roving(QObject):
    """Walks ``buttons`` in their order; ``columns`` says how many stand in one line (0: all of them).

    ``moved`` is called with the button the arrows arrived at.
    """

    def __init__(
        self, owner: QWidget, columns: int = 0, moved: Callable[[QAbstractButton], None] | None = None
    ) -> None:
        super().__init__(owner)
        self._buttons: list[QAbstractButton] = []
        self._moved = moved
        self.columns = columns

    def take(self, buttons: Sequence[QAbstractButton]) -> None:
        self._buttons = list(buttons)
        for button in self._buttons:
            button.installEventFilter(self)
        self.stop_at(self._buttons[0] if self._buttons else None)

    def stop_at(self, current: QAbstractButton | None) -> None:
        """Make ``current`` the one that Tab reaches."""
        for button in self._buttons:
            is_stop = button is current
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QAbstractButton):
            self.stop_at(watched)
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if keys.modifiers(event) != Qt.KeyboardModifier.NoModifier or watched not in self._buttons:
            return False
        place = self._next(self._buttons.index(watched), Qt.Key(event.key()))
        if place is None:
            return False
        self._go(self._buttons[place])
        return True

    def _next(self, place: int, key: Qt.Key) -> int | None:
        last = len(self._buttons) - 1
        line = self.columns or 1
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -line, Qt.Key.Key_Down: line}
        if key == Qt.Key.Key_Home:
            return 0
        if key == Qt.Key.Key_End:
            return last
        if key not in steps:
            return None
        if not self.columns and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return None  # a single line: up and down belong to whoever stands around it
        target = place + steps[key]
        return target if 0 <= target <= last else place

    def _go(self, button: QAbstractButton) -> None:
        self.stop_at(button)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        if self._moved is not None:
            self._moved(button)
