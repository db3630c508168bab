"""Fields: grouping while typing, clean copies, no input method where it hurts, Caps Lock, echoes, lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.samples import UnclearTime, say_when, understand_when
from ui.parts.choice import Choice
from ui.parts.fields import CodeField, TextArea, TextField, to_plain_width
from ui.parts.grouped import GroupedField, IdentityField, PhoneField, cut, phone_groups
from ui.parts.keyrow import KeyRow
from ui.parts.keys import takes_input_method
from ui.parts.passphrase import PassphraseField
from ui.parts.tick import Tick
from ui.parts.when import EchoField
from ui.theme import theme

Show = Callable[[QWidget], QWidget]


@pytest.mark.parametrize(
    "typed, shown",
    [
        ("13800001234", "138 0000 1234"),
        ("138", "138"),
        ("1380", "138 0"),
        ("057188881234", "0571 8888 1234"),
        ("01088881234", "010 8888 1234"),
        ("12345", "123 45"),
        ("96345", "96345"),
    ],
)
def test_a_phone_is_grouped_while_it_is_typed(qtbot: QtBot, typed: str, shown: str) -> None:
    field = PhoneField()
    qtbot.addWidget(field)
    QTest.keyClicks(field, typed)
    assert (field.text(), field.value()) == (shown, typed)


def test_an_id_number_is_grouped_and_its_last_letter_is_a_capital(qtbot: QtBot) -> None:
    field = IdentityField()
    qtbot.addWidget(field)
    QTest.keyClicks(field, "33010519971210812x")
    assert (field.text(), field.value()) == ("330105 1997 1210 812x", "33010519971210812X")


def test_digits_typed_in_the_middle_stay_where_the_cursor_is(qtbot: QtBot) -> None:
    field = PhoneField()
    qtbot.addWidget(field)
    QTest.keyClicks(field, "1381234")
    field.setCursorPosition(3)
    QTest.keyClicks(field, "00")
    assert field.text() == "138 0012 34"
    QTest.keyClicks(field, "9")
    assert field.value() == "1380091234"


def test_a_grouped_number_is_copied_and_cut_clean(qtbot: QtBot) -> None:
    field = PhoneField()
    qtbot.addWidget(field)
    field.set_value("13800001234")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "13800001234"
    field.setSelection(0, 4)
    QTest.keyClick(field, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert (QGuiApplication.clipboard().text(), field.text()) == ("138", "0000 1234")


def test_a_number_pasted_from_anywhere_is_cleaned(qtbot: QtBot) -> None:
    field = PhoneField()
    qtbot.addWidget(field)
    QGuiApplication.clipboard().setText("１３８-0000 1234")
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert (field.text(), field.value()) == ("138 0000 1234", "13800001234")
    field.clear()
    QGuiApplication.clipboard().setText("\u202d138 0000 1234\u202c\n")  # copied from a mobile's contacts
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert (field.text(), field.value()) == ("138 0000 1234", "13800001234")


def test_what_was_pasted_into_a_line_is_a_line(qtbot: QtBot) -> None:
    field = TextField()
    qtbot.addWidget(field)
    QGuiApplication.clipboard().setText("爱心理发队\r\n 曹村\t一组\n")
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.value() == "爱心理发队 曹村 一组"


def test_a_grouped_field_takes_no_more_than_its_number(qtbot: QtBot) -> None:
    field = GroupedField(lambda number: cut(number, 6, 3, 3), at_most=12)
    qtbot.addWidget(field)
    QTest.keyClicks(field, "3301051012019")
    assert field.text() == "330105 101 201"


def test_grouping_loses_no_digit() -> None:
    numbers = ["", "1", "0571", "13800001234567890", "8888"]
    assert [phone_groups(number).replace(" ", "") for number in numbers] == numbers


def test_full_width_becomes_plain() -> None:
    assert to_plain_width("１２３　ａｂ－王") == "123 ab-王"


@pytest.mark.parametrize("make", [CodeField, PhoneField, IdentityField])
def test_the_input_method_stays_off_for_codes(qtbot: QtBot, make: Callable[[], CodeField]) -> None:
    field = make()
    qtbot.addWidget(field)
    field.setReadOnly(True)
    field.setReadOnly(False)  # Qt switches it on again here
    assert not takes_input_method(field)


def test_the_input_method_stays_off_for_passphrases(qtbot: QtBot) -> None:
    field = PassphraseField()
    qtbot.addWidget(field)
    assert not takes_input_method(field.line)


def test_the_input_method_is_on_for_words(qtbot: QtBot) -> None:
    field = TextField()
    qtbot.addWidget(field)
    assert takes_input_method(field)


def test_composing_is_known(qtbot: QtBot) -> None:
    field = TextField()
    qtbot.addWidget(field)
    QApplication.sendEvent(field, QInputMethodEvent("wang", []))
    assert field.is_composing()
    done = QInputMethodEvent("", [])
    done.setCommitString("王")
    QApplication.sendEvent(field, done)
    assert (field.is_composing(), field.value()) == (False, "王")


def press(field: QWidget, letter: str, modifier: Qt.KeyboardModifier) -> None:
    """A key with the letter that the system says it typed."""
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, letter))


@pytest.mark.parametrize(
    "letter, modifier, is_on",
    [
        ("a", Qt.KeyboardModifier.NoModifier, False),
        ("A", Qt.KeyboardModifier.ShiftModifier, False),
        ("A", Qt.KeyboardModifier.NoModifier, True),
        ("a", Qt.KeyboardModifier.ShiftModifier, True),
    ],
)
def test_caps_lock_is_known_from_the_letters(
    qtbot: QtBot, show: Show, letter: str, modifier: Qt.KeyboardModifier, is_on: bool
) -> None:
    field = PassphraseField()
    show(field)
    height = field.sizeHint().height()
    press(field.line, letter, modifier)
    assert (field.sizeHint().height() > height) is is_on
    assert field.value() == letter


def test_a_digit_says_nothing_about_caps_lock(qtbot: QtBot, show: Show) -> None:
    field = PassphraseField()
    show(field)
    with qtbot.assertNotEmitted(field.line.caps_lock):
        press(field.line, "7", Qt.KeyboardModifier.NoModifier)


def test_a_passphrase_keeps_its_spaces_and_hides_its_letters(qtbot: QtBot) -> None:
    field = PassphraseField()
    qtbot.addWidget(field)
    QTest.keyClicks(field.line, " a b ")
    assert field.value() == " a b "
    assert " a b " not in field.line.displayText()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_passphrase_is_entered_by_both_enters(qtbot: QtBot, key: Qt.Key) -> None:
    field = PassphraseField()
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.entered):
        QTest.keyClick(field.line, key)


def test_a_time_is_echoed_while_it_is_typed(qtbot: QtBot) -> None:
    field = EchoField(understand_when, say_when)
    qtbot.addWidget(field)
    QTest.keyClicks(field, "m9")
    assert field.echo() == "明天 4月8日 09:00"
    QTest.keyClicks(field, "x")
    assert field.echo() == "看不懂这个时间"
    with pytest.raises(UnclearTime):
        field.meaning()
    field.clear()
    assert (field.echo(), field.meaning()) == ("", None)


def test_a_choice_is_not_changed_by_scrolling(qtbot: QtBot, show: Show) -> None:
    choice = Choice([("a", "甲"), ("b", "乙")])
    show(choice)
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(choice.mapToGlobal(QPoint(5, 5))),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, wheel)
    assert choice.value() == "a"


def test_a_choice_with_a_hint_is_empty_until_somebody_chooses(qtbot: QtBot, show: Show) -> None:
    choice = Choice([("a", "甲"), ("b", "乙")], hint="先不指定")
    show(choice)
    assert (choice.is_empty(), choice.value()) == (True, None)
    choice.set_value("b")
    assert (choice.is_empty(), choice.value()) == (False, "b")
    with qtbot.waitSignal(choice.edited):
        QTest.keyClick(choice, Qt.Key.Key_Up)
    assert choice.value() == "a"


def test_an_area_of_text_leaves_enter_to_the_form_and_takes_shift_enter(qtbot: QtBot) -> None:
    area = TextArea()
    qtbot.addWidget(area)
    QTest.keyClicks(area, "a")
    QTest.keyClick(area, Qt.Key.Key_Return)
    QTest.keyClick(area, Qt.Key.Key_Enter)
    QTest.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(area, "b")
    assert area.value().splitlines() == ["a", "b"]


def test_only_the_person_edits(qtbot: QtBot) -> None:
    area, field, tick = TextArea(), TextField(), Tick("已口头同意")
    for widget in (area, field, tick):
        qtbot.addWidget(widget)
    heard: list[str] = []
    area.edited.connect(lambda: heard.append("area"))
    field.edited.connect(lambda: heard.append("field"))
    tick.edited.connect(lambda: heard.append("tick"))
    area.set_value("a")
    field.set_value("b")
    tick.set_value(True)
    assert heard == []
    QTest.keyClicks(area, "c")
    QTest.keyClicks(field, "d")
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert heard == ["area", "field", "tick"]
    assert not tick.value()


def test_a_choice_waits_for_what_was_chosen_before_it_is_offered(show: Show) -> None:
    choice: Choice[str] = Choice([("", "全部队伍")])
    show(choice)
    heard: list[str | None] = []
    choice.edited.connect(lambda: heard.append(choice.value()))
    choice.set_value("a")
    assert choice.value() is None
    choice.offer([("", "全部队伍"), ("b", "夕阳红代购队")])
    assert (choice.value(), heard) == ("", [])
    choice.offer([("", "全部队伍"), ("a", "爱心理发队")])
    assert (choice.value(), heard) == ("a", ["a"])
    choice.offer([("", "全部队伍"), ("b", "夕阳红代购队"), ("a", "爱心理发队")])
    assert (choice.value(), heard) == ("a", ["a"]), "what is chosen stays, and is not told again"
    choice.offer([("", "全部队伍")])
    assert (choice.value(), choice.currentText()) == ("a", "爱心理发队"), "also when it is offered no more"
    choice.set_value("")
    choice.offer([("", "全部队伍")])
    assert (choice.value(), choice.count(), heard) == ("", 1, ["a"])


def test_a_choice_has_the_room_of_what_it_offers_later(qtbot: QtBot, show: Show) -> None:
    around = QWidget()
    row = QHBoxLayout(around)
    choice: Choice[int] = Choice([(0, "今天")])
    row.addWidget(choice)
    row.addStretch(1)
    show(around)
    around.resize(600, 100)
    choice.set_options([(0, "今天"), (1, "2025年11月16日")])
    qtbot.waitUntil(lambda: choice.width() == choice.sizeHint().width())


def test_a_hint_of_several_lines_follows_the_size_of_the_letters(show: Callable[[QWidget], QWidget]) -> None:
    area = TextArea("别的原因")
    show(area)
    theme.use_large(True)
    assert area.viewport().font().pixelSize() == area.font().pixelSize() == 24


def test_names_stand_whole_on_their_keys_in_the_pane(show: Callable[[QWidget], QWidget]) -> None:
    theme.use_large(True)
    keys = KeyRow(
        [(name, name) for name in ("林云燕", "王依诺", "魏可馨", "徐文平")], more="别人…", columns=3
    )
    show(keys)
    keys.setFixedWidth(340)
    QTest.qWait(0)
    assert all(key.width() >= key.least_width() for key in keys._keys)


def test_keys_are_entered_at_the_one_that_is_chosen(show: Show) -> None:
    keys = KeyRow([(1, "林云燕"), (2, "王依诺"), (3, "魏可馨")])
    show(keys)
    keys.set_value(2)
    keys.setFocus()
    assert keys._keys[1].hasFocus()


def test_a_field_of_several_lines_never_scrolls_sideways(show: Show) -> None:
    area = TextArea()
    area.set_value("师傅又去换了电源线，现在好用了")
    show(area)
    for width in (253, 290):
        area.setFixedWidth(width)
        theme.use_large(width == 253)
        QTest.qWait(0)
        assert not area.horizontalScrollBar().isVisible()
    assert area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
