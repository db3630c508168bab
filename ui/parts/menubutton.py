"""A button that offers several deeds in words (菜单按钮): a small menu below it, walked with Down and Enter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ui.parts.buttons import Button


class MenuButton(Button):
    """Quiet, an icon; ``name`` says what is chosen among. Its key opens the menu: whoever owns the button binds it."""

    def __init__(self, *, icon: str, name: str, key: str) -> None:
        super().__init__(kind="quiet", icon=icon, name=name, key=key)
        self.menu_of_deeds = QMenu(self)
        self.clicked.connect(lambda _checked: self.open_menu())

    def offer(
        self, text: str, run: Callable[[], None], key: str = "", *, when: Callable[[], bool] = lambda: True
    ) -> None:
        """One more line; ``key`` does the same from anywhere on the screen. It is there ``when`` it can be done."""
        action = QAction(f"{text}\t{key}" if key else text, self)
        action.triggered.connect(lambda _checked: run())
        self.menu_of_deeds.addAction(action)
        self.menu_of_deeds.aboutToShow.connect(lambda: action.setVisible(when()))

    def part(self) -> None:
        """What is offered from here on is of another kind."""
        self.menu_of_deeds.addSeparator()

    def open_menu(self) -> None:
        if self.isEnabled():
            below = self.mapToGlobal(self.rect().bottomLeft())
            self.menu_of_deeds.popup(QPoint(below.x(), below.y() + 2))
