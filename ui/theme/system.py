"""What the system asks for (系统外观): a dark scheme, high contrast. ``Theme`` decides what to do with it."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication


def asks_dark() -> bool:
    """Plain X11 does not say; then light, which the clerk can change in the menu."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def asks_contrast() -> bool:
    """Windows tells through its accessibility settings; elsewhere the clerk chooses high contrast in the menu."""
    if sys.platform != "win32":
        return False
    return _windows_high_contrast()


def _windows_high_contrast() -> bool:
    import ctypes  # only there is ctypes.windll, and only there is it worth importing

    class HighContrast(ctypes.Structure):
        _fields_ = [("size", ctypes.c_uint), ("flags", ctypes.c_uint), ("scheme", ctypes.c_wchar_p)]

    asked = HighContrast(size=ctypes.sizeof(HighContrast))
    get_high_contrast, is_on = 0x0042, 0x0001
    windll = getattr(ctypes, "windll")  # noqa: B009 - a checker on another system does not know the name
    windll.user32.SystemParametersInfoW(get_high_contrast, asked.size, ctypes.byref(asked), 0)
    return bool(asked.flags & is_on)
