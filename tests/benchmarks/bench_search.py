"""A keystroke in the search box (Ctrl+K) and in the line 谁 of a new order, until the list is painted with its answer.

Names are typed as an input method commits them, in full pinyin and by initials; phones by head and tail, orders by
tail. The reference is the bare full-text query of the same texts on the same database, on this thread.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import Connection

from app.actions import startup
from app.demo.station import DemoStation
from app.domain import pinyin, tokens
from app.storage.engine import reading
from tests.benchmarks import Bench, milliseconds_of, percentile, percentile_of_rounds
from tests.benchmarks.ground import PEOPLE, clerk_of, frame_of, program, station
from ui.parts.find import FindBox
from ui.parts.rows import RowList
from ui.parts.typeahead import TypeAhead
from ui.program import Program, now

GOAL_MS = 16.0
SEED = 1
_ROUNDS = 3
_PEOPLE_A_ROUND = 10
_ORDERS_A_ROUND = 10


@dataclass(frozen=True)
class Typed:
    """The same texts for ours and the reference."""

    about_people: tuple[str, ...]
    about_orders: tuple[str, ...]


def run() -> Bench:
    at = station()
    rounds, bare_ms = _rounds_and_reference(at)
    with program(at) as opened:
        ours = percentile_of_rounds(keystrokes_ms(opened, rounds), 0.99)
    return Bench(
        bench="search",
        ours=ours,
        reference=percentile(bare_ms, 0.99),
        unit="ms a keystroke, p99",
        goal=f"<= {GOAL_MS:g} ms at {PEOPLE:,} people",
        holds=ours <= GOAL_MS,
    )


def keystrokes_ms(opened: Program, rounds: Sequence[Typed]) -> list[list[float]]:
    """Every keystroke of every text, in both lines, round by round."""
    frame = frame_of(opened)
    frame.go("intake")
    lines = [line for line in opened.window.findChildren(TypeAhead) if line.isVisible()]
    box = Keystrokes(next(line for line in lines if isinstance(line, FindBox)))
    who = Keystrokes(next(line for line in lines if not isinstance(line, FindBox)))
    return [
        [*box.type((*texts.about_people, *texts.about_orders)), *who.type(texts.about_people)]
        for texts in rounds
    ]


class Keystrokes(QObject):
    """Types into a line and waits each time until the answer stands in its list."""

    def __init__(self, line: TypeAhead) -> None:
        super().__init__()
        listed = line.findChild(RowList)
        assert isinstance(listed, RowList)
        self._line, self._waiting = line, QEventLoop()
        self._is_answered = self._is_painted = False
        listed.rows.modelReset.connect(self._on_answer)
        listed.viewport().installEventFilter(self)

    def type(self, texts: Iterable[str]) -> list[float]:
        spent_ms = []
        for text in texts:
            self._line.setFocus()
            self._line.clear()
            self._line.close_list()
            spent_ms += [milliseconds_of(partial(self._press, letter)) for letter in text]
        self._line.clear()
        self._line.close_list()
        return spent_ms

    def _press(self, letter: str) -> None:
        self._is_answered = self._is_painted = False
        if letter.isascii():
            QTest.keyClicks(self._line, letter)
        else:
            committed = QInputMethodEvent()
            committed.setCommitString(letter)
            QApplication.sendEvent(self._line, committed)
        if not self._is_painted:
            self._waiting.exec()

    def _on_answer(self) -> None:
        self._is_answered = True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._is_answered and not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self._waiting.quit)  # when it is painted
        return False


def _rounds_and_reference(at: DemoStation) -> tuple[list[Typed], list[float]]:
    desk = startup.sign_in(at.folder, clerk_of(at), at.passphrase, now)
    try:
        with reading(desk.engine) as connection:
            rounds = _rounds(connection)
            prefixes = [
                text[: end + 1]
                for typed in rounds
                for text in (*typed.about_people, *typed.about_orders)
                for end in range(len(text))
            ]
            return rounds, [milliseconds_of(partial(_bare, connection, prefix)) for prefix in prefixes]
    finally:
        startup.close(desk)


def _rounds(connection: Connection) -> list[Typed]:
    by_chance = random.Random(SEED)
    people = connection.exec_driver_sql("SELECT name, phone FROM people WHERE phone != '' ORDER BY id").all()
    orders = connection.exec_driver_sql("SELECT number FROM orders ORDER BY id").all()
    return [
        Typed(
            tuple(text for row in by_chance.sample(people, _PEOPLE_A_ROUND) for text in _about(*row)),
            tuple(number[6:] for (number,) in by_chance.sample(orders, _ORDERS_A_ROUND)),
        )
        for _ in range(_ROUNDS)
    ]


def _about(name: str, phone: str) -> tuple[str, ...]:
    syllables = [min(readings) for readings in pinyin.syllables_of_name(name)]
    return name, "".join(syllables), "".join(one[0] for one in syllables), phone[:7], phone[-4:]


def _bare(connection: Connection, typed: str) -> None:
    query = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid LIMIT 10"
    connection.exec_driver_sql(query, (tokens.match(typed),)).all()
