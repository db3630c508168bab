"""Starting Qt (启动界面): the application, its looks, its language for Qt's own words, and the input method.

Which window opens and with which desk is decided by ``ui.__main__``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from app.words import _
from ui.report import catch_everything
from ui.theme import theme


def application(arguments: Sequence[str]) -> QApplication:
    """The running application, dressed; call it once, before any widget is made."""
    _use_fcitx_through_ibus()
    running = QApplication(list(arguments))
    running.setApplicationName("yizhan")
    running.setApplicationDisplayName(_("驿站"))
    _speak_chinese(running)
    catch_everything()
    theme.install()
    return running


def run(running: QApplication) -> int:
    """Run until the last window is closed; take the windows apart while everything they use is still there."""
    code = running.exec()
    for widget in running.topLevelWidgets():
        if shiboken6.isValid(widget):
            shiboken6.delete(widget)
    return code


def _use_fcitx_through_ibus() -> None:
    """Our Qt carries no fcitx part, but fcitx 5 answers as ibus, too."""
    if not sys.platform.startswith("linux"):
        return
    asked = os.environ.get("QT_IM_MODULE", "")
    spoken = os.environ.get("XMODIFIERS", "")
    if asked.startswith("fcitx") or (not asked and "fcitx" in spoken):
        os.environ["QT_IM_MODULE"] = "ibus"


def _speak_chinese(running: QApplication) -> None:
    """Qt's own words: the context menus of fields."""
    words = QTranslator(running)
    if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        running.installTranslator(words)
