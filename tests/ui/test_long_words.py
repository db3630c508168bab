"""English is twice as long: on every screen and every page of the settings no label and no button loses letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.staff import Role
from app.words import SOURCE_LANGUAGE
from tests.support.desk import Station
from tests.support.window import Opened, open_window
from ui.frame import screens_found
from ui.language import speech
from ui.parts.buttons import Button
from ui.parts.chips import Chip
from ui.parts.text import Text
from ui.screens.settings.section import sections_found


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    speech.use("en")
    yield
    speech.use(SOURCE_LANGUAGE)


def cut(window: QWidget) -> set[str]:
    """The words that have less room than they need."""
    shown = [label for label in window.findChildren(Text) if label.isVisible() and label.text()]
    labels = [label for label in shown if not label.wordWrap()]
    found = {label.text() for label in labels if _width(label) > label.width() + 1}
    paragraphs = [label for label in shown if label.wordWrap()]
    found |= {
        label.accessibleName() or label.text()
        for label in paragraphs
        if label.heightForWidth(label.width()) > label.height() + 2
    }
    buttons: list[QAbstractButton] = [*window.findChildren(Button), *window.findChildren(Chip)]
    return found | {
        button.text()
        for button in buttons
        if button.isVisible() and button.text() and button.sizeHint().width() > button.width() + 1
    }


def _width(label: QLabel) -> int:
    return label.fontMetrics().horizontalAdvance(label.text())


def settle(qtbot: QtBot, opened: Opened) -> None:
    """Wait until the worker has answered what was asked."""
    answered: list[object] = []
    opened.jobs.read(opened.window, lambda _desk, _query: None, None, done=answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    qtbot.wait(1)


SIZES = [((1366, 660), False), ((1024, 540), False), ((1366, 660), True), ((1024, 540), True)]


@pytest.mark.parametrize("size, large", SIZES)
def test_nothing_is_cut(qtbot: QtBot, station: Station, size: tuple[int, int], large: bool) -> None:
    station.sit(Role.ADMINISTRATOR)
    found: dict[str, set[str]] = {}
    kept = {"large": "true" if large else "false"}
    with open_window(station.desk, *screens_found(), size=size, kept=kept) as opened:
        for entry in screens_found():
            opened.frame.go(entry.key)
            settle(qtbot, opened)
            found[entry.key] = cut(opened.window)
        for section in sections_found():
            opened.frame.go("settings", section.key)
            settle(qtbot, opened)
            found[section.key] = cut(opened.window)
    assert {place: words for place, words in found.items() if words} == {}


def test_what_is_cut_is_seen(show: Callable[[QWidget], QWidget]) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    for widget in (
        Text("Certificates"),
        Button("Approve hours"),
        Text("A sentence of several words", wrap=True),
    ):
        widget.setFixedSize(60, 20)
        column.addWidget(widget)
    show(page)
    assert cut(page) == {"Certificates", "Approve hours", "A sentence of several words"}
