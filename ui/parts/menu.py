"""The clerk's menu (我的菜单): looks, keys, another clerk, lock. What was chosen is remembered for the clerk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.words import N_, _
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

    def __init__(self, parent: QWidget, remembered: Remembered) -> None:
        super().__init__(parent)
        self._remembered = remembered
        self._large = self._add(_("大字") + "\tCtrl+0", self.toggle_large)
        self._large.setCheckable(True)
        self.addSeparator()
        self._add_schemes()
        self.addSeparator()
        self._add(_("按键一览") + "\tF1", self.keys_asked.emit)
        self.addSeparator()
        self._add(_("换人"), self.switch_asked.emit)
        self._add(_("锁上") + "\tCtrl+L", self.lock_asked.emit)
        self._mark()
        theme.changed.connect(self._mark)

    def toggle_large(self) -> None:
        theme.use_large(not theme.large)
        self._remembered.put("large", theme.large)

    def _add(self, text: str, run: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda _checked: run())
        self.addAction(action)
        return action

    def _add_schemes(self) -> None:
        self._schemes: dict[Scheme, QAction] = {}
        group = QActionGroup(self)
        for scheme, text in SCHEMES:
            action = self._add(_(text), partial(self._use, scheme))
            action.setCheckable(True)
            group.addAction(action)
            self._schemes[scheme] = action

    def _use(self, scheme: Scheme) -> None:
        theme.use_scheme(scheme)
        self._remembered.put("scheme", scheme)

    def _mark(self) -> None:
        self._large.setChecked(theme.large)
        self._schemes[theme.scheme].setChecked(True)
