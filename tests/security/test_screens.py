"""What a window gives away to whoever may look at titles or ask as a screen reader does: no passphrase, no name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.desk import PASSPHRASE
from ui.parts.passphrase import PassphraseField


@pytest.mark.usefixtures("dressed")
def test_a_passphrase_is_told_to_no_screen_reader_and_cannot_be_copied(qtbot: QtBot) -> None:
    field = PassphraseField()
    qtbot.addWidget(field)
    QTest.keyClicks(field.line, PASSPHRASE)
    told = QAccessible.queryAccessibleInterface(field.line)
    assert field.value() == PASSPHRASE
    assert PASSPHRASE not in told.text(QAccessible.Text.Value)
    assert PASSPHRASE not in told.textInterface().text(0, len(PASSPHRASE))
    QGuiApplication.clipboard().clear()
    field.line.selectAll()
    QTest.keyClick(field.line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == ""
