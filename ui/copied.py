"""What was copied in this program (剪贴板): forgotten when the window is locked. What others copied stays theirs."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication


class Copied(QObject):
    """Watches the clipboard from now on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = ""
        QGuiApplication.clipboard().dataChanged.connect(self._on_changed)

    def forget(self) -> None:
        """Empty the clipboard if what lies in it came from here."""
        clipboard = QGuiApplication.clipboard()
        if self._text and clipboard.text() == self._text:
            clipboard.clear()
        self._text = ""

    def _on_changed(self) -> None:
        """A program in front is the one somebody copies in."""
        is_ours = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        self._text = QGuiApplication.clipboard().text() if is_ours else ""
