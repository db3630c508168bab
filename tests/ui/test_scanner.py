"""The scanner: what comes at its pace is a code and nothing else, what comes by hand is typing and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.gun import Gun
from tests.support.window import PATIENCE_MS
from ui.parts.passphrase import PassphraseField
from ui.scanner import GAP_MS, SHORTEST, Scanner

CODE = "1022040010000425"
QR = "YZ1.ZM-370883102204-2026-A1000012-Q.abc_DEF-123.xyz"


class _Keys(QWidget):
    """Notes every key it gets, as a board does."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.got: list[str] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.got.append(event.text() or Qt.Key(event.key()).name)


class Desk(QWidget):
    """A window with a line, a passphrase, something that takes keys, a button, and a scanner that listens."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.second, self.secret = QLineEdit(), QLineEdit(), PassphraseField(name="口令")
        self.keys, self.button = _Keys(), QPushButton("记下")
        self.pressed: list[bool] = []
        self.button.setDefault(True)
        self.button.clicked.connect(lambda _checked: self.pressed.append(True))
        self.line.returnPressed.connect(lambda: self.pressed.append(True))
        column = QVBoxLayout(self)
        for widget in (self.line, self.second, self.secret, self.keys, self.button):
            column.addWidget(widget)
        self.is_open = True
        self.codes: list[str] = []
        self.scanner = Scanner(self, lambda: self.is_open)
        self.scanner.scanned.connect(self.codes.append)


@pytest.fixture
def desk(show: Callable[[QWidget], QWidget]) -> Iterator[Desk]:
    made = Desk()
    show(made)
    made.line.setFocus()
    yield made
    shiboken6.delete(made.scanner)  # the window goes later, and two would listen


@pytest.fixture
def gun(desk: Desk) -> Gun:
    return Gun(desk)


def commit(text: str, preedit: str = "") -> QInputMethodEvent:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text)
    return event


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_burst_ended_by_enter_is_a_code_and_nothing_is_typed(desk: Desk, gun: Gun, end: Qt.Key) -> None:
    gun.scan(CODE, end)
    assert (desk.codes, desk.line.text(), desk.pressed) == ([CODE], "", [])
    assert desk.line.hasFocus()


@pytest.mark.parametrize("code", [CODE[:SHORTEST], QR, "ABCDEFGH"])
def test_short_codes_and_letters_count_too(desk: Desk, gun: Gun, code: str) -> None:
    desk.keys.setFocus()
    gun.scan(code, gap_ms=GAP_MS)
    assert (desk.codes, desk.keys.got) == ([code], [])


def test_digits_that_come_slower_are_typed_in_order_with_their_enter(desk: Desk, gun: Gun) -> None:
    gun.type("13812340001", gap_ms=GAP_MS + 1)
    gun.press(Qt.Key.Key_Return, gap_ms=GAP_MS + 1)
    assert (desk.codes, desk.line.text(), desk.pressed) == ([], "13812340001", [True])


def test_a_burst_that_is_too_short_is_typed_before_its_enter(desk: Desk, gun: Gun) -> None:
    gun.scan(CODE[: SHORTEST - 1])
    assert (desk.codes, desk.line.text(), desk.pressed) == ([], CODE[: SHORTEST - 1], [True])


def test_an_enter_that_comes_late_is_a_hand(desk: Desk, gun: Gun) -> None:
    gun.scan(CODE, end=None)
    gun.press(Qt.Key.Key_Return, gap_ms=GAP_MS + 1)
    assert (desk.codes, desk.line.text(), desk.pressed) == ([], CODE, [True])


def test_a_burst_without_enter_is_typed_after_a_moment(qtbot: QtBot, desk: Desk, gun: Gun) -> None:
    gun.scan(CODE, end=None)
    assert desk.line.text() == ""
    qtbot.waitUntil(lambda: desk.line.text() == CODE, timeout=PATIENCE_MS)
    assert desk.codes == []


@pytest.mark.parametrize("key, left", [(Qt.Key.Key_Backspace, "12"), (Qt.Key.Key_Home, "123")])
def test_another_key_comes_after_what_was_typed_before_it(
    desk: Desk, gun: Gun, key: Qt.Key, left: str
) -> None:
    gun.type("123", gap_ms=20)
    gun.press(key, gap_ms=20)
    assert desk.line.text() == left


def test_what_was_typed_goes_where_the_focus_was(desk: Desk, gun: Gun) -> None:
    gun.type("12", gap_ms=20)
    desk.second.setFocus()
    assert (desk.line.text(), desk.second.text()) == ("12", "")


def test_a_click_comes_after_what_was_typed(desk: Desk, gun: Gun) -> None:
    gun.type("12", gap_ms=20)
    QTest.mouseClick(desk.windowHandle(), Qt.MouseButton.LeftButton, pos=desk.second.geometry().center())
    assert desk.line.text() == "12"


def test_a_typed_key_is_still_a_shortcut_and_a_scanned_one_is_not(desk: Desk, gun: Gun) -> None:
    done: list[str] = []
    for key in ("1", "D", "Return"):
        shortcut = QShortcut(QKeySequence(key), desk)
        shortcut.activated.connect(lambda key=key: done.append(key))
    desk.keys.setFocus()
    gun.scan("1D111111")
    assert (desk.codes, done) == (["1D111111"], [])
    gun.type("1d2")
    desk.scanner.let_go()
    assert (done, desk.keys.got) == (["1", "D"], ["2"])
    desk.line.setFocus()
    gun.type("1")
    desk.scanner.let_go()
    assert (done, desk.line.text()) == (["1", "D"], "1")


def test_a_key_that_is_held_down_is_no_scanner(desk: Desk, gun: Gun) -> None:
    gun.press(Qt.Key.Key_1, "1")
    for _time in range(12):
        gun.press(Qt.Key.Key_1, "1", gap_ms=30, repeats=True)
    gun.press(Qt.Key.Key_Return, gap_ms=30)
    assert (desk.codes, desk.line.text()) == ([], "1" * 13)


def test_the_same_code_again_within_two_seconds_is_one(desk: Desk, gun: Gun) -> None:
    gun.scan(CODE)
    gun.scan(CODE)
    gun.scan(CODE[::-1])
    assert desk.codes == [CODE, CODE[::-1]]
    gun.now_ms += 2_000
    gun.scan(CODE[::-1])
    assert desk.codes == [CODE, CODE[::-1], CODE[::-1]]


def test_a_second_enter_of_the_scanner_is_swallowed_and_one_of_a_hand_is_not(desk: Desk, gun: Gun) -> None:
    gun.scan(CODE)
    gun.press(Qt.Key.Key_Return, gap_ms=8)
    assert desk.pressed == []
    gun.press(Qt.Key.Key_Return, gap_ms=120)
    assert (desk.pressed, desk.codes) == ([True], [CODE])


def test_digits_that_an_input_method_hands_over_are_a_code_too(desk: Desk, gun: Gun) -> None:
    wide = "１０２２０４００１００００４２５"
    for digit in wide:
        QCoreApplication.sendEvent(desk.line, commit(digit))
    assert desk.line.text() == ""
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(desk.windowHandle(), event)
    assert (desk.codes, desk.line.text(), desk.pressed) == ([CODE], "", [])


def test_what_an_input_method_writes_is_typed_in_order(qtbot: QtBot, desk: Desk, gun: Gun) -> None:
    gun.type("3")
    QCoreApplication.sendEvent(desk.line, commit("", "dan"))
    assert desk.line.text() == "3"
    QCoreApplication.sendEvent(desk.line, commit("单"))
    QCoreApplication.sendEvent(desk.line, commit("５"))
    qtbot.waitUntil(lambda: desk.line.text() == "3单５", timeout=PATIENCE_MS)
    assert desk.codes == []


def test_a_scan_while_composing_never_presses_enter(desk: Desk, gun: Gun) -> None:
    """The input method takes the first digit as the choice of a character; the rest and the Enter are the scanner's."""
    QCoreApplication.sendEvent(desk.line, commit("", "dan"))
    QCoreApplication.sendEvent(desk.line, commit("单"))
    gun.scan(CODE[1:])
    assert (desk.codes, desk.line.text(), desk.pressed) == ([CODE[1:]], "单", [])


def test_a_passphrase_is_typed_and_never_scanned(desk: Desk, gun: Gun) -> None:
    entered: list[bool] = []
    desk.secret.entered.connect(lambda: entered.append(True))
    desk.secret.setFocus()
    gun.scan(CODE)
    assert (desk.codes, desk.secret.value(), entered) == ([], "", [])
    gun.type("Chunfeng-2026")
    gun.press(Qt.Key.Key_Return)
    assert (desk.secret.value(), entered) == ("Chunfeng-2026", [True])


def test_while_nobody_sits_at_the_desk_codes_are_dropped_but_fields_can_be_filled(
    desk: Desk, gun: Gun
) -> None:
    desk.is_open = False
    desk.keys.setFocus()
    gun.scan(CODE)
    assert (desk.codes, desk.keys.got) == ([], [])
    desk.line.setFocus()
    gun.scan(CODE)
    assert (desk.codes, desk.line.text(), desk.pressed) == ([], CODE, [True])


def test_a_scanner_that_ends_with_a_line_feed_is_one_too(desk: Desk, gun: Gun) -> None:
    gun.scan(CODE, end=None)
    gun.press(Qt.Key(10), "\n", gap_ms=8)
    assert (desk.codes, desk.line.text()) == ([CODE], "")


def test_a_button_with_the_focus_is_not_pressed(desk: Desk, gun: Gun) -> None:
    desk.button.setFocus()
    gun.scan(CODE)
    assert (desk.codes, desk.pressed) == ([CODE], [])
