"""Saying aloud (播报) what appears by itself, for whoever listens to a screen reader instead of looking."""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

# Qt knows announcements from 6.8 on; the newest that old systems on ARM take is 6.7.
_CAN_ANNOUNCE = hasattr(QtGui, "QAccessibleAnnouncementEvent")


def announce(widget: QWidget, words: str) -> None:
    """Have ``words`` said now, whatever has the focus; on Qt before 6.8 they are found by reading on."""
    if words and _CAN_ANNOUNCE and QAccessible.isActive():
        QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(widget, words))
