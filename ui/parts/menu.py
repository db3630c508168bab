"""The clerk's menu (我的菜单): looks, keys, another clerk, lock. What was chosen is remembered for the clerk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.words import N_, _
from ui.language import speech
from ui.remember import Remembered
from ui.theme import Scheme, theme

SCHEMES: tuple[tuple[Scheme, str], ...] = (
    ("system", N_("跟随系统")),
    ("light", N_("浅色")),
    ("dark", N_("深色")),
    ("contrast", N_("高对比")),
)


class ClerkMenu(QMenu):
    switch_asked = Signal()
    lock_asked = Signal()
    keys_asked = Signal()
    guide_asked = Signal()
    passphrase_asked = Signal()

    def __init__(self, parent: QWidget, remembered: Remembered) -> None:
        super().__init__(parent)
        self._remembered = remembered
        self._said: dict[QAction, tuple[str, str]] = {}
        self._large = self._add(N_("大字"), self.toggle_large, "Ctrl+0")
        self._large.setCheckable(True)
        self.addSeparator()
        self._add_schemes()
        self.addSeparator()
        self._add(N_("按键一览"), self.keys_asked.emit, "F1")
        self._add(N_("帮助"), self.guide_asked.emit, "Shift+F1")
        self.addSeparator()
        self._add(N_("换口令"), self.passphrase_asked.emit)
        self._add(N_("换人"), self.switch_asked.emit)
        self._add(N_("锁上"), self.lock_asked.emit, "Ctrl+L")
        self._say()
        self._mark()
        theme.changed.connect(self._mark)
        speech.changed.connect(self._say)

    def toggle_large(self) -> None:
        theme.use_large(not theme.large)
        self._remembered.put("large", theme.large)

    def _add(self, text: str, run: Callable[[], None], key: str = "") -> QAction:
        """``text`` is marked with ``N_``."""
        action = QAction(self)
        self._said[action] = (text, f"\t{key}" if key else "")
        action.triggered.connect(lambda _checked: run())
        self.addAction(action)
        return action

    def _add_schemes(self) -> None:
        self._schemes: dict[Scheme, QAction] = {}
        group = QActionGroup(self)
        for scheme, text in SCHEMES:
            action = self._add(text, partial(self._use, scheme))
            action.setCheckable(True)
            group.addAction(action)
            self._schemes[scheme] = action

    def _use(self, scheme: Scheme) -> None:
        theme.use_scheme(scheme)
        self._remembered.put("scheme", scheme)

    def _say(self) -> None:
        for action, (text, key) in self._said.items():
            action.setText(_(text) + key)

    def _mark(self) -> None:
        self._large.setChecked(theme.large)
        self._schemes[theme.scheme].setChecked(True)
