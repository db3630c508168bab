"""What the clipboard gives away: nothing after the lock or the end of the program, no long number after a minute."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.copied import _NOT_KEPT, NUMBER_KEPT_MS, Copied
from ui.parts.grouped import PhoneField

PHONE = "13987650123"


@pytest.fixture
def clipboard(qtbot: QtBot) -> Iterator[QClipboard]:
    """The clipboard while a window of the program is in front."""
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield QGuiApplication.clipboard()
    QGuiApplication.clipboard().clear()


@pytest.fixture
def parent() -> Iterator[QObject]:
    owner = QObject()
    yield owner
    owner.deleteLater()


@pytest.mark.parametrize("number", [PHONE, "139 8765 0123", "11010519491231002X", "0537-4361234"])
def test_a_long_number_is_forgotten_after_a_while(
    qtbot: QtBot, clipboard: QClipboard, parent: QObject, number: str
) -> None:
    assert NUMBER_KEPT_MS <= 60_000
    Copied(parent, number_kept_ms=1)
    clipboard.setText(number)
    qtbot.waitUntil(lambda: clipboard.text() == "")


def test_a_number_from_a_field_is_kept_out_of_the_history_of_the_clipboard(
    qtbot: QtBot, clipboard: QClipboard, parent: QObject
) -> None:
    Copied(parent)
    field = PhoneField()
    qtbot.addWidget(field)
    field.set_value(PHONE)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == PHONE
    assert clipboard.mimeData().hasFormat(_NOT_KEPT)


@pytest.mark.parametrize("text", ["0417-3K", "ZM-370883102204-2026-A1000001-7", "理个发，下午 3 点"])
def test_what_is_no_number_of_a_person_stays_until_the_lock(
    clipboard: QClipboard, parent: QObject, text: str
) -> None:
    copied = Copied(parent, number_kept_ms=0)
    clipboard.setText(text)
    QTest.qWait(1)
    assert clipboard.text() == text
    assert not clipboard.mimeData().hasFormat(_NOT_KEPT)
    copied.forget()
    assert clipboard.text() == ""


def test_a_number_copied_again_is_kept_for_its_own_while(clipboard: QClipboard, parent: QObject) -> None:
    copied = Copied(parent)
    clipboard.setText(PHONE)
    assert copied._passing.isActive()
    clipboard.setText("理个发")
    assert not copied._passing.isActive()


def test_what_others_copied_stays_theirs(
    clipboard: QClipboard, parent: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = Copied(parent)
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: Qt.ApplicationState.ApplicationInactive)
    clipboard.setText(PHONE)
    copied.forget()
    assert clipboard.text() == PHONE
