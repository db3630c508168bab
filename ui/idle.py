"""Nobody there (无人操作): tells when neither key nor mouse has been touched for some minutes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

_SIGNS = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)


class Idle(QObject):
    """Watches what is watched with ``watch``; ``passed`` once after so many milliseconds without a sign of life, from
    when it was first told how many.
    """

    passed = Signal()

    def __init__(self, parent: QObject, after_ms: int = 0) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.passed)
        if after_ms:
            self.wait(after_ms)

    def wait(self, after_ms: int) -> None:
        """Wait for so long from now on."""
        self._timer.start(after_ms)

    def watch(self, watched: QObject) -> None:
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS and self._timer.interval():
            self._timer.start()
        return False
