"""The kit under test: a dressed application, a running line of jobs, and a window with the sample screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import samples
from ui.frame import Frame
from ui.jobs import Jobs
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
