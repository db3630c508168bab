"""What was copied in this program (剪贴板): forgotten when the window is locked or closed, and a long number (a phone,
an ID) a minute after it was copied. What others copied stays theirs.
"""

from __future__ import annotations

import re
import sys

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

NUMBER_KEPT_MS = 60_000

# A phone or an ID; what letters lead in to is the number of a paper.
_LONG_NUMBER = re.compile(r"(?<![\w-])(\d[ -]?){7}")
# Asks programs that keep a history of the clipboard to leave this out of it: KDE's and others', Windows'.
_WINDOWS = 'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"'
_NOT_KEPT = _WINDOWS if sys.platform == "win32" else "x-kde-passwordManagerHint"


class Copied(QObject):
    """Watches the clipboard from now on."""

    def __init__(self, parent: QObject, number_kept_ms: int = NUMBER_KEPT_MS) -> None:
        super().__init__(parent)
        self._text = ""
        self._passing = QTimer(self, singleShot=True, interval=number_kept_ms)
        self._passing.timeout.connect(self._forget_copied)
        QGuiApplication.clipboard().dataChanged.connect(self._on_changed)

    def forget(self) -> None:
        """Empty the clipboard if what lies in it came from here, and what is marked with the mouse."""
        self._forget_copied()
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)

    def _forget_copied(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if self._text and clipboard.text() == self._text:
            clipboard.clear()
        self._text = ""
        self._passing.stop()

    def _on_changed(self) -> None:
        """A program in front is the one somebody copies in."""
        clipboard = QGuiApplication.clipboard()
        is_ours = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        self._text = clipboard.text() if is_ours else ""
        self._passing.stop()
        if _LONG_NUMBER.search(self._text) is None:
            return
        self._passing.start()
        if not clipboard.mimeData().hasFormat(_NOT_KEPT):
            clipboard.setMimeData(_not_kept(self._text))


def _not_kept(text: str) -> QMimeData:
    content = QMimeData()
    content.setText(text)
    content.setData(_NOT_KEPT, b"secret")
    return content
