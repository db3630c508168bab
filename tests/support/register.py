"""Somebody at the screen of people: its list, its pane and its form."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.facts import Id
from tests.support.hands import Hands
from tests.support.window import Opened
from ui.screens.volunteers.screen import Volunteers

WENT: list[Id] = []
"""What the screens around were asked to show."""


class Clerk(Hands):
    """At the screen of people."""

    def __init__(self, opened: Opened, qtbot: QtBot) -> None:
        super().__init__(opened, qtbot)
        self.settle()

    @property
    def screen(self) -> Volunteers:
        shown = self.opened.screen()
        assert isinstance(shown, Volunteers)
        return shown

    def names(self) -> list[str]:
        """What the table shows in its first column."""
        table = self.screen.register.table()
        return [table.model().index(place, 0).data() for place in range(table.total())]

    def pointed(self) -> str:
        whole = self.screen.pane.whole
        return whole.card.name if whole is not None else ""

    def go(self, person: Id) -> None:
        self.opened.frame.go("volunteers", person)
        self.until(lambda: self.screen.register.person() == person)
        self.until(lambda: self.screen.pane.whole is not None and self.screen.pane.whole.card.id == person)
        self.settle()

    def figure(self, name: str) -> str:
        return self.screen.pane.figure(name).text()

    def refusal(self, field: str) -> str:
        """What stands under a field of the form; empty while nothing does."""
        form = self.screen.form.form
        row = next(row for name, row in form._rows if name == field)
        return row.refusal._words.accessibleName() if row.refusal.isVisibleTo(form) else ""
