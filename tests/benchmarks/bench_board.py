"""The board with 2,000 open orders, scrolled, walked and read again after steps: the longest frames.

A frame is one round of the event loop, from the wheel or the answer that arrives to the finished painting. The
reference is a bare ``QListView`` with as many plain rows, scrolled in the same window system.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication, QListView

from app.actions.board import BoardFilter, Column, board
from app.actions.orders import Step, screen_order
from app.demo.fill import fill
from tests.benchmarks import Bench, percentile
from tests.support.desk import Station, open_station
from tests.support.window import Opened, open_window
from ui.screens.board import SCREEN
from ui.screens.board.screen import BoardScreen
from ui.theme import theme

FRAME_MS = 16.0
OPEN_ORDERS = 2_000
_SCROLLS = 300
_REFRESHES = 25


def run() -> Bench:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.install("light")
    with tempfile.TemporaryDirectory() as folder:
        station = open_station(Path(folder) / "station")
        fill(station.desk, people=600, open_orders=OPEN_ORDERS)
        with open_window(station.desk, SCREEN) as opened:
            frames = _frames(application, station, opened)
        reference = _bare_frames(application)
        station.close()
    ours = percentile(frames, 0.99)
    return Bench(
        bench="board",
        ours=ours,
        reference=percentile(reference, 0.99),
        unit="ms a frame, p99",
        goal=f"<= {FRAME_MS:g} ms",
        holds=ours <= FRAME_MS,
    )


def _frames(application: QApplication, station: Station, opened: Opened) -> list[float]:
    screen = opened.screen()
    assert isinstance(screen, BoardScreen)
    _until(application, lambda: sum(one.count for one in screen.columns.columns.values()) >= OPEN_ORDERS)
    longest = max(screen.columns.columns.values(), key=lambda one: one.list.orders.rowCount()).list
    _settle(application)
    frames = []
    for step in range(_SCROLLS):
        frames.append(_frame(application, lambda at=step: longest.verticalScrollBar().setValue(at * 61)))
    waiting = board(station.desk, BoardFilter()).columns[Column.SCREENING]
    for card in waiting[:_REFRESHES]:
        screen_order(station.desk, Step(order=card.id))
        screen.refresh(frozenset({"order"}))
        frames += _while_reading(application)
    return frames


def _bare_frames(application: QApplication) -> list[float]:
    view = QListView()
    view.setUniformItemSizes(True)
    view.setModel(QStringListModel([f"row {row}" for row in range(OPEN_ORDERS)]))
    view.resize(240, 560)
    view.show()
    _settle(application)
    bar = view.verticalScrollBar()
    frames = [_frame(application, lambda at=step: bar.setValue(at * 3)) for step in range(_SCROLLS)]
    view.close()
    return frames


def _frame(application: QApplication, move: object) -> float:
    began = time.perf_counter()
    assert callable(move)
    move()
    application.processEvents()
    return (time.perf_counter() - began) * 1_000


def _while_reading(application: QApplication, quiet_s: float = 0.08) -> list[float]:
    """The frames until nothing has happened for a while; idle rounds do not count."""
    frames = []
    last = time.perf_counter()
    while time.perf_counter() - last < quiet_s:
        spent = _frame(application, lambda: None)
        if spent > 0.3:
            frames.append(spent)
            last = time.perf_counter()
        time.sleep(0.001)
    return frames


def _settle(application: QApplication) -> None:
    _while_reading(application, 0.3)


def _until(application: QApplication, reached: object, longest_s: float = 20.0) -> None:
    assert callable(reached)
    end = time.perf_counter() + longest_s
    while not reached():
        application.processEvents()
        assert time.perf_counter() < end, "the board never came"
        time.sleep(0.002)


if __name__ == "__main__":
    print(run())
