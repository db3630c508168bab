"""The book (账本) that the sample station is written into: the real log, in the order of time.

Facts of one moment by one person are recorded together, and one transaction holds a month: thousands of small ones
would take longer than all the rest. Actions can join it through ``work``, which first settles what was written before.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection

from app.actions.desk import Desk, SignedIn, Work
from app.facts import Fact, Id, Private
from app.storage import device as device_storage
from app.storage.engine import writing
from app.storage.log import Draft, Log


@contextlib.contextmanager
def opened(desk: Desk) -> Iterator[Book]:
    """The book of a founded station; everything is durable when the block is left."""
    book = Book(desk)
    with book.page:
        yield book
        book.turn_page()


class Book:
    """Writes facts of a station."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.page = contextlib.ExitStack()
        self._connection: Connection | None = None
        self._at: datetime | None = None
        self._by: Id = ""
        self._waiting: list[Draft] = []

    @property
    def register(self) -> str:
        return self._desk.device.register

    @property
    def device(self) -> Id:
        return self._desk.device.id

    def write(self, at: datetime, by: Id, *bodies: Fact, parts: Mapping[Id, Private] | None = None) -> None:
        """Record facts at ``at``, which never lies before what was written last. ``parts`` belong to every body
        that knows private parts.
        """
        self._open(at, by)
        self._waiting += [Draft(body, parts if parts and body.private else {}) for body in bodies]

    def number(self, at: datetime, name: str) -> int:
        """The next value of one of this device's counters."""
        return device_storage.next_number(self._open(at, self._by), name)

    def work(self, at: datetime, by: SignedIn) -> Work:
        """A transaction for an action's ``inside``, in which everything written so far is in the tables."""
        connection = self._open(at, by.staff)
        self._send()
        self._log.finish()
        return Work(self._desk, connection, at, by, log=self._log)

    def settle(self) -> None:
        """Send what an action recorded to the tables."""
        self._log.finish()

    def _open(self, at: datetime, by: Id) -> Connection:
        if self._at is not None and at.month != self._at.month:
            self.turn_page()
        elif (at, by) != (self._at, self._by):
            self._send()
        if self._connection is None:
            self._connection = self.page.enter_context(writing(self._desk.engine))
            self._log = Log(self._connection, self._desk.device.chain)
        assert self._at is None or at >= self._at, "a chain is written in the order of time"
        self._at, self._by = at, by
        return self._connection

    def _send(self) -> None:
        if self._waiting:
            assert self._at is not None
            self._log.append(self._waiting, at=self._at, by=self._by)
            self._waiting = []

    def turn_page(self) -> None:
        """End the month's transaction."""
        if self._connection is None:
            return
        assert self._at is not None
        self._send()
        self._log.finish()
        device_storage.saw(self._connection, self._at)
        self._connection = None
        self.page.close()
