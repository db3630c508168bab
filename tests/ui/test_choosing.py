"""Chips, the row of keys, stars, tiles and tabs: complete by keyboard, one Tab stop each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.parts.chips import Chips, ManyChips
from ui.parts.keyrow import KeyRow
from ui.parts.stars import Stars
from ui.parts.tabs import DraftTabs
from ui.parts.tiles import Tile, Tiles

Show = Callable[[QWidget], QWidget]
CHANNELS = [("walk", "来人"), ("call", "电话"), ("swallow", "飞燕")]


def focused(widget: QWidget) -> QWidget:
    found = widget.window().focusWidget()
    assert found is not None
    return found


def tab_stops(widget: QWidget) -> int:
    return sum(child.focusPolicy() == Qt.FocusPolicy.StrongFocus for child in widget.findChildren(QWidget))


def test_arrows_choose_among_chips_and_there_is_one_tab_stop(qtbot: QtBot, show: Show) -> None:
    chips = Chips(CHANNELS, chosen="walk")
    show(chips)
    chips.setFocus()
    with qtbot.waitSignal(chips.edited):
        QTest.keyClick(focused(chips), Qt.Key.Key_Right)
    assert chips.value() == "call"
    QTest.keyClick(focused(chips), Qt.Key.Key_End)
    assert (chips.value(), tab_stops(chips)) == ("swallow", 1)
    QTest.keyClick(focused(chips), Qt.Key.Key_Right)
    assert chips.value() == "swallow"


def test_a_key_goes_round_the_chips(qtbot: QtBot) -> None:
    chips = Chips(CHANNELS, chosen="call")
    qtbot.addWidget(chips)
    values = []
    for _round in range(3):
        chips.next()
        values.append(chips.value())
    assert values == ["swallow", "walk", "call"]


def test_a_chosen_chip_cannot_be_unchosen(qtbot: QtBot, show: Show) -> None:
    chips = Chips(CHANNELS, chosen="walk")
    show(chips)
    chips.setFocus()
    QTest.keyClick(focused(chips), Qt.Key.Key_Space)
    assert chips.value() == "walk"


def test_many_chips_are_toggled_by_space(qtbot: QtBot, show: Show) -> None:
    chips = ManyChips([("alone", "独居"), ("dog", "有狗"), ("ill", "传染")])
    show(chips)
    chips.setFocus()
    QTest.keyClick(focused(chips), Qt.Key.Key_Space)
    QTest.keyClick(focused(chips), Qt.Key.Key_Right)
    QTest.keyClick(focused(chips), Qt.Key.Key_Right)
    QTest.keyClick(focused(chips), Qt.Key.Key_Space)
    assert chips.value() == ("alone", "ill")
    QTest.keyClick(focused(chips), Qt.Key.Key_Space)
    assert (chips.value(), chips.is_empty()) == (("alone",), False)


@pytest.fixture
def kinds(qtbot: QtBot, show: Show) -> KeyRow[str]:
    row = KeyRow([(kind, kind) for kind in ("代购", "理发", "送餐", "陪诊", "维修", "保洁")])
    show(row)
    row.setFocus()
    return row


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier])
def test_a_plain_digit_picks(qtbot: QtBot, kinds: KeyRow[str], modifier: Qt.KeyboardModifier) -> None:
    with qtbot.waitSignal(kinds.picked) as picked:
        QTest.keyClick(focused(kinds), Qt.Key.Key_3, modifier)
    assert (picked.args, kinds.value()) == (["送餐"], "送餐")


def test_a_digit_without_a_key_picks_nothing(qtbot: QtBot, kinds: KeyRow[str]) -> None:
    with qtbot.assertNotEmitted(kinds.picked):
        QTest.keyClick(focused(kinds), Qt.Key.Key_9)
    assert kinds.is_empty()


def test_zero_opens_everything_and_what_is_chosen_there_stands_on_the_last_key(
    qtbot: QtBot, kinds: KeyRow[str]
) -> None:
    with qtbot.waitSignal(kinds.opened):
        QTest.keyClick(focused(kinds), Qt.Key.Key_0)
    kinds.set_value("法律咨询", "法律咨询")
    assert kinds.value() == "法律咨询"
    QTest.keyClick(focused(kinds), Qt.Key.Key_1)
    assert kinds.value() == "代购"


def test_arrows_walk_the_keys_in_both_directions_and_choose_nothing(qtbot: QtBot, kinds: KeyRow[str]) -> None:
    QTest.keyClick(focused(kinds), Qt.Key.Key_Down)
    QTest.keyClick(focused(kinds), Qt.Key.Key_Left)
    assert kinds.is_empty()
    QTest.keyClick(focused(kinds), Qt.Key.Key_Space)
    assert (kinds.value(), tab_stops(kinds)) == ("维修", 1)


def test_long_words_stand_in_fewer_columns_and_the_arrows_follow(qtbot: QtBot, show: Show) -> None:
    row = KeyRow([(kind, f"Rehabilitation {kind}") for kind in "abcdef"])
    row.setFixedWidth(600)
    show(row)
    row.setFocus()
    here = focused(row)
    QTest.keyClick(here, Qt.Key.Key_Down)
    below = focused(row)
    assert (below.x(), below.y() > here.y()) == (here.x(), True)
    QTest.keyClick(below, Qt.Key.Key_Space)
    assert row.value() == "d", "three in a line"
    row.setFixedWidth(1400)
    qtbot.waitUntil(lambda: below.y() == here.y())


def test_stars_are_given_by_digit_and_arrow_and_taken_back_by_zero(qtbot: QtBot, show: Show) -> None:
    stars = Stars()
    show(stars)
    assert (stars.value(), stars.is_empty()) == (None, True)
    QTest.keyClick(stars, Qt.Key.Key_4)
    assert (stars.value(), stars.accessibleName()) == (4, "评分 4 星")
    for _press in range(3):
        QTest.keyClick(stars, Qt.Key.Key_Right)
    assert stars.value() == 5
    QTest.keyClick(stars, Qt.Key.Key_7)
    assert stars.value() == 5
    QTest.keyClick(stars, Qt.Key.Key_0)
    assert (stars.value(), stars.accessibleName()) == (None, "评分 还没评")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_tile_is_chosen_after_walking_to_it(qtbot: QtBot, show: Show, key: Qt.Key) -> None:
    tiles = Tiles([Tile("1", "李敏"), Tile("2", "王建国"), Tile("3", "赵晓燕")], columns=2)
    show(tiles)
    tiles.setFocus()
    QTest.keyClick(focused(tiles), Qt.Key.Key_Down)
    with qtbot.waitSignal(tiles.chosen) as chosen:
        QTest.keyClick(focused(tiles), key)
    assert (chosen.args, tiles.value(), tab_stops(tiles)) == (["3"], "3", 1)


def test_a_tile_is_chosen_by_its_digit(qtbot: QtBot, show: Show) -> None:
    tiles = Tiles([Tile("1", "李敏"), Tile("2", "王建国")])
    show(tiles)
    tiles.setFocus()
    with qtbot.waitSignal(tiles.chosen) as chosen:
        QTest.keyClick(focused(tiles), Qt.Key.Key_2)
    assert chosen.args == ["2"]


def test_tiles_that_are_set_anew_can_have_the_focus_at_once(qtbot: QtBot, show: Show) -> None:
    tiles = Tiles([Tile("1", "李敏"), Tile("2", "王建国")])
    show(tiles)
    tiles.setFocus()
    tiles.set_tiles([Tile("1", "李敏"), Tile("2", "王建国"), Tile("3", "赵晓燕")])
    tiles.setFocus()
    with qtbot.waitSignal(tiles.chosen) as chosen:
        QTest.keyClick(focused(tiles), Qt.Key.Key_3)
    assert chosen.args == ["3"]


@pytest.mark.parametrize(
    "name, mark, lines",
    [
        ("李敏", "敏", ("李敏",)),
        ("欧阳建国（东院）", "国", ("欧阳建国", "（东院）")),
        ("李敏2", "敏", ("李敏2",)),
        ("adili·maimaiti", "A", ("adili·", "maimaiti")),
        ("Maimaitiniyazi", "M", ("Maimaitini", "yazi")),
    ],
)
def test_a_long_name_has_two_lines_and_a_mark_of_its_own(
    name: str, mark: str, lines: tuple[str, ...]
) -> None:
    tile = Tile("1", name)
    assert tile.mark == mark
    assert tile.lines(90.0) == lines


def test_a_chosen_tile_looks_otherwise_even_without_colours(qtbot: QtBot) -> None:
    tiles = Tiles([Tile("1", "李敏"), Tile("2", "王建国")])
    qtbot.addWidget(tiles)
    inks = []
    for value in (None, "1"):
        tiles.set_value(value)
        seen = tiles.grab().toImage().convertToFormat(QImage.Format.Format_Mono)
        inks.append(bytes(seen.constBits()))
    assert inks[0] != inks[1]


def test_tiles_are_lower_where_there_is_little_room(qtbot: QtBot) -> None:
    tiles = Tiles([Tile(str(at), "李敏", "操作员") for at in range(6)], columns=3)
    qtbot.addWidget(tiles)
    high = tiles.sizeHint().height()
    tiles.fit(high - 1)
    low = tiles.sizeHint().height()
    assert low < high - 1
    tiles.fit(high + 12)
    assert tiles.sizeHint().height() == high


def test_tabs_go_round_and_keep_the_focus_when_they_change(qtbot: QtBot, show: Show) -> None:
    tabs = DraftTabs()
    tabs.set_tabs([("a", "王秀芳 代购"), ("b", "新的一单")], "a")
    show(tabs)
    chosen: list[str] = []
    tabs.chosen.connect(chosen.append)
    tabs.next()
    tabs.next()
    assert (chosen, tabs.current()) == (["b", "a"], "a")
    tabs.findChildren(QWidget)[1].setFocus()
    tabs.set_tabs([("b", "新的一单")], "b")
    tabs.next()
    assert (chosen, tabs.current()) == (["b", "a"], "b")
