"""The basket that was not confirmed yet (没兑完的篮子): safe within a second, and there again after a crash.

Its draft has the id of the redemption that becomes of it, so whatever happened in between it is given out once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer

from app.actions.desk import Desk, new_id
from app.actions.drafts import (
    ForgetDraft,
    SavedDraft,
    SaveDraft,
    forget_draft,
    my_drafts,
    read_draft,
    save_draft,
)
from app.actions.gifts import ShelfQuery, Tile, shelf
from app.actions.wallets import Agent, CounterPerson, counter_person
from app.facts import Id
from ui.jobs import Jobs
from ui.screens.counter.basket import Basket
from ui.screens.counter.person import PersonSide

KIND = "basket"
QUIET_MS = 700


class Half(msgspec.Struct, frozen=True):
    """Who stands at the counter and what they have picked, (gift, how many)."""

    person: Id
    lines: tuple[tuple[Id, int], ...]
    agent: tuple[str, str] | None = None
    checker: Id | None = None


class Unfinished(QObject):
    """``redemption`` is the id of what will be given out. ``show`` is told who stood there when it is found again."""

    def __init__(
        self, jobs: Jobs, person: PersonSide, basket: Basket, show: Callable[[CounterPerson], None]
    ) -> None:
        super().__init__(basket)
        self._jobs, self._person, self._basket, self._show = jobs, person, basket, show
        self.redemption = new_id()
        self.is_sent = False  # on its way to be given out
        self._is_stored = False
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.save_now)
        basket.changed.connect(self._timer.start)
        for field in (person.agent, person.agent_name, person.relation, person.checker):
            field.edited.connect(self._timer.start)

    def load(self) -> None:
        """Bring back what was not confirmed, unless somebody is being served already."""
        self._jobs.read(self, my_drafts, KIND, done=self._on_drafts)

    def save_now(self) -> None:
        """Save it as it stands; an empty basket is forgotten."""
        self._timer.stop()
        if self.is_sent or self._jobs.is_closed():
            return
        half = self._half()
        if half is not None:
            self._is_stored = True
            body = msgspec.json.encode(half).decode()
            self._run(save_draft, SaveDraft(draft=self.redemption, kind=KIND, body=body))
        elif self._is_stored:
            self._forget()

    def send(self) -> None:
        """It is on its way: what would be saved now came too late."""
        self._timer.stop()
        self.is_sent = True

    def stay(self) -> None:
        """It was not given out."""
        self.is_sent = False
        self._timer.start()

    def end(self) -> None:
        """It was given out, and forgotten with that; the next one begins."""
        self._timer.stop()
        self.is_sent = self._is_stored = False
        self.redemption = new_id()

    def _half(self) -> Half | None:
        shown = self._person.shown
        if shown is None or self._basket.is_empty():
            return None
        agent = self._person.agent_typed()
        return Half(
            shown.person,
            tuple(self._basket.taken().items()),
            (agent.name, agent.relation) if agent else None,
            self._person.checker.value(),
        )

    def _forget(self) -> None:
        self._is_stored = False
        self._run(forget_draft, ForgetDraft(draft=self.redemption))

    def _run(self, action: Any, request: object) -> None:
        # While the desk is locked nothing can be saved; it is saved with the next change.
        self._jobs.run(self, action, request, done=lambda _nothing: None, refused=lambda _no: None)

    # --- again

    def _on_drafts(self, kept: tuple[SavedDraft, ...]) -> None:
        half = read_draft(kept[-1], Half) if kept else None
        if half is not None and self._is_free():
            done = partial(self._restore, kept[-1].id, half)
            self._jobs.read(self, _again, half, done=done, refused=lambda _gone: None)

    def _is_free(self) -> bool:
        return self._person.shown is None and self._basket.is_empty()

    def _restore(self, draft: Id, half: Half, found: tuple[CounterPerson, tuple[Tile, ...]]) -> None:
        """What is not on the shelf any more is left out; who may redeem nothing now has no basket."""
        if not self._is_free():
            return
        person, tiles = found
        self.redemption, self._is_stored = draft, True
        if person.obstacle is not None:
            self._forget()
            self.redemption = new_id()
            return
        self._show(person)
        if half.agent is not None:
            self._person.show_agent(Agent(name=half.agent[0], relation=half.agent[1]))
        self._person.checker.set_value(half.checker)
        offered = {tile.gift: tile for tile in tiles}
        self._basket.fill([(offered[gift], count) for gift, count in half.lines if gift in offered])


def _again(desk: Desk, half: Half) -> tuple[CounterPerson, tuple[Tile, ...]]:
    return counter_person(desk, half.person), shelf(desk, ShelfQuery())
