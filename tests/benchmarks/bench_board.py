"""The board with 2,000 open orders: frames of scrolling, of walking, and of scrolling while a change is read.

A wheel notch or an arrow key falls due sixty times a second. Its frame lasts until the column is painted and nothing
waits on the UI thread, so whatever the worker holds the interpreter for, and whatever an answer takes to lay, counts.
The reference is a bare ``QListView`` with as many plain rows under the same wheel.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QStringListModel, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

from app.actions.board import Column
from app.actions.orders import Step, screen_order
from app.facts import Id
from tests.benchmarks import Bench, percentile_of_rounds
from tests.benchmarks.ground import frame_of, program, station, until
from ui.program import Program
from ui.screens.board.cards import OrderList
from ui.screens.board.screen import BoardScreen

GOAL_MS = 16.0
OPEN_ORDERS = 2_000
_FRAME_S = 1 / 60
_ROUNDS = 3
_SCROLLS = 120
_WALKS = 60
_CHANGES = 10
_LONGEST_CHANGE_FRAMES = 300
_AFTER_A_CHANGE_FRAMES = 6
_NOTCH = 120
_NOTCHES_ONE_WAY = 24
_PAUSE_MS = 300

Move = Callable[[int], None]


def run() -> Bench:
    with program(station(OPEN_ORDERS)) as opened:
        ours = percentile_of_rounds(board_frames(opened), 0.99)
        reference = percentile_of_rounds([_bare_frames() for _ in range(_ROUNDS)], 0.99)
    return Bench(
        bench="board",
        ours=ours,
        reference=reference,
        unit="ms a frame, p99",
        goal=f"<= {GOAL_MS:g} ms with {OPEN_ORDERS:,} open orders",
        holds=ours <= GOAL_MS,
    )


def board_frames(opened: Program) -> list[list[float]]:
    """Milliseconds of every frame, round by round: scrolling, walking, and scrolling amid changes."""
    frame_of(opened).go("board")
    screen = frame_of(opened).shown_screen()
    assert isinstance(screen, BoardScreen)
    columns = {column: one.list for column, one in screen.columns.columns.items()}
    until(lambda: sum(listed.orders.rowCount() for listed in columns.values()) >= OPEN_ORDERS)
    longest = max(columns.values(), key=lambda listed: listed.orders.rowCount())
    to_screen = [order.id for order in columns[Column.SCREENING].orders.worded.orders]
    assert len(to_screen) >= _ROUNDS * _CHANGES
    longest.setFocus()
    QTest.qWait(_PAUSE_MS)
    rounds = []
    for _ in range(_ROUNDS):
        longest.point_row(0)
        changing, to_screen = to_screen[:_CHANGES], to_screen[_CHANGES:]
        frames = Frames(longest)
        frames.play(_wheel(longest), _SCROLLS)
        frames.play(_arrows(longest), _WALKS)
        _play_changes(opened, frames, columns[Column.WAITING], changing)
        rounds.append(frames.ms)
    return rounds


def _play_changes(opened: Program, frames: Frames, target: OrderList, orders: list[Id]) -> None:
    """The wheel turns while an order takes a step elsewhere and the board is read and laid again."""
    turn = _wheel(frames.listed)
    for order in orders:
        opened.jobs.run(opened.window, screen_order, Step(order=order), done=lambda _value: None)
        until_frame = len(frames.ms) + _LONGEST_CHANGE_FRAMES
        while target.orders.place_of(order) < 0:
            frames.play(turn, 1)
            assert len(frames.ms) < until_frame, "the board never showed the change"
        frames.play(turn, _AFTER_A_CHANGE_FRAMES)


class Frames(QObject):
    """Plays moves that fall due sixty times a second on ``listed`` and measures each until it is painted."""

    def __init__(self, listed: QListView) -> None:
        super().__init__()
        self.listed = listed
        self.ms: list[float] = []
        self._is_painted = False
        self._moves = 0
        listed.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self._is_painted = self._is_painted or event.type() == QEvent.Type.Paint
        return False

    def play(self, move: Move, count: int) -> None:
        due_s = time.perf_counter()
        for _ in range(count):
            due_s = max(due_s + _FRAME_S, time.perf_counter())
            time.sleep(max(0.0, due_s - time.perf_counter()))
            self._is_painted = False
            move(self._moves)
            while not self._is_painted:
                self.listed.viewport().update()
                QApplication.processEvents()
            self.ms.append((time.perf_counter() - due_s) * 1_000)
            self._moves += 1


def _wheel(listed: QListView) -> Move:
    """A notch down, and up again after some."""

    def turn(count: int) -> None:
        is_down = count // _NOTCHES_ONE_WAY % 2 == 0
        place = QPointF(listed.viewport().rect().center())
        event = QWheelEvent(
            place,
            QPointF(listed.viewport().mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, -_NOTCH if is_down else _NOTCH),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(listed.viewport(), event)

    return turn


def _arrows(listed: QListView) -> Move:
    """A held arrow key."""
    return lambda _count: QTest.keyPress(listed, Qt.Key.Key_Down)


def _bare_frames() -> list[float]:
    view = QListView()
    view.setUniformItemSizes(True)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setModel(QStringListModel([f"row {row}" for row in range(OPEN_ORDERS)]))
    view.resize(240, 560)
    view.show()
    QTest.qWait(_PAUSE_MS)
    frames = Frames(view)
    frames.play(_wheel(view), _SCROLLS)
    view.close()
    return frames.ms
