"""The kit under test: a dressed application, a running line of jobs, and a window with the sample screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from tests.support.board import Board, OpenBoard
from tests.support.desk import Station
from tests.support.hands import signpost
from tests.support.register import WENT, Clerk
from tests.support.town import Town, settle_town
from tests.support.window import open_window
from tests.ui import samples
from ui.frame import Frame
from ui.jobs import Jobs
from ui.screens import board as board_screen
from ui.screens import volunteers as volunteers_screen
from ui.theme import theme
from ui.window import Window


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    theme.install("light")
    return qapp


@pytest.fixture(autouse=True)
def plain_looks(dressed: QApplication) -> Iterator[None]:
    """Every test begins light and of normal size."""
    yield
    if theme.large:
        theme.use_large(False)
    theme.use_roomy(False)
    if theme.scheme != "light":
        theme.use_scheme("light")


@pytest.fixture
def sample_jobs(qtbot: QtBot) -> Iterator[Jobs]:
    line = Jobs(samples.Desk())
    yield line
    line.close()


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    """Show a widget as an active window, so that it can have the focus; it lives as long as the test."""
    kept: list[QWidget] = []

    def shown(widget: QWidget) -> QWidget:
        kept.append(widget)
        qtbot.addWidget(widget)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    return shown


@pytest.fixture
def store() -> dict[str, str]:
    return {"scheme": '"light"'}


@pytest.fixture
def window(
    qtbot: QtBot, sample_jobs: Jobs, store: dict[str, str], show: Callable[[QWidget], QWidget]
) -> Window:
    made = Window()
    made.resize(1366, 660)
    show(made)
    made.set_frame(
        Frame(sample_jobs, samples.CLERK, samples.kept(store), samples.ENTRIES, samples.SURROUNDINGS)
    )
    return made


@pytest.fixture
def frame(window: Window) -> Frame:
    made = window.frame()
    assert made is not None
    return made


@pytest.fixture
def town(station: Station) -> Town:
    return settle_town(station.desk)


@pytest.fixture
def board(station: Station, town: Town, qtbot: QtBot) -> Iterator[OpenBoard]:
    """Open the window at the board; everything that is opened is closed at the end of the test."""
    with ExitStack() as open_ones:

        def open_board(size: tuple[int, int] = (1366, 660), **kept: str) -> Board:
            opened = open_window(station.desk, board_screen.SCREEN, size=size, kept=kept)
            return Board(open_ones.enter_context(opened), station.desk, qtbot)

        yield open_board


@pytest.fixture(autouse=True)
def nowhere() -> Iterator[None]:
    """Every test begins with nothing shown elsewhere."""
    yield
    WENT.clear()


@pytest.fixture
def clerk(qtbot: QtBot, desk: Desk) -> Iterator[Clerk]:
    """Somebody at the screen of people; what lies around only notes what it was asked to show."""
    around = (signpost(key, WENT) for key in ("board", "teams", "certificates"))
    with open_window(desk, volunteers_screen.SCREEN, *around) as opened:
        yield Clerk(opened, qtbot)
