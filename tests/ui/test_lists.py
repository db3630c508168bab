"""Lists, cards and the fast table: keys, what stays current, what is remembered, and a window of rows in memory."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import samples
from tests.ui.samples import Volunteer, volunteers
from ui.jobs import Jobs
from ui.parts.cards import Card, CardList
from ui.parts.facts import FactLine, Facts
from ui.parts.keys import takes_input_method
from ui.parts.paint import pieces
from ui.parts.rows import Row, RowList
from ui.parts.table import WINDOW_ROWS, Column, PageQuery, Table, TablePage
from ui.parts.text import Text
from ui.theme import theme

Show = Callable[[QWidget], QWidget]
ROWS = [Row("今天", is_heading=True), *(Row(f"第 {n} 件", value=n) for n in range(5))]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_row_is_opened_by_both_enters_and_headings_are_stepped_over(
    qtbot: QtBot, show: Show, key: Qt.Key
) -> None:
    rows = RowList()
    rows.set_rows(ROWS)
    show(rows)
    rows.point_first()
    QTest.keyClick(rows, Qt.Key.Key_Down)
    with qtbot.waitSignal(rows.opened) as opened:
        QTest.keyClick(rows, key)
    assert opened.args == [1]
    QTest.keyClick(rows, Qt.Key.Key_Home)
    assert rows.value() == 0


def test_the_current_row_stays_current_when_others_come_and_go(qtbot: QtBot) -> None:
    rows = RowList()
    qtbot.addWidget(rows)
    rows.set_rows(ROWS)
    rows.set_value(3)
    rows.set_rows([Row("新的", value=9), *ROWS[2:]])
    assert rows.value() == 3
    rows.set_rows(ROWS[:2])
    assert rows.value() is None


@pytest.fixture(params=[RowList, CardList])
def twenty(request: pytest.FixtureRequest, show: Show) -> RowList | CardList:
    made: RowList | CardList = request.param()
    if isinstance(made, RowList):
        made.set_rows([Row(f"第 {n} 件", value=n) for n in range(20)])
    else:
        made.set_cards(
            [replace(card, key=str(at)) for at, card in enumerate(samples.cards(20, samples.WAITING))]
        )
    made.resize(300, 400)
    show(made)
    return made


def _is_seen(listed: RowList | CardList) -> bool:
    return listed.viewport().rect().contains(listed.visualRect(listed.currentIndex()))


def test_the_current_one_stays_in_sight_in_another_size(qtbot: QtBot, twenty: RowList | CardList) -> None:
    twenty.setCurrentIndex(twenty.indexAt(QPoint(20, 350)))
    twenty.resize(300, 200)
    qtbot.waitUntil(lambda: _is_seen(twenty))
    twenty.resize(300, 400)
    twenty.setCurrentIndex(twenty.indexAt(QPoint(20, 350)))
    theme.use_large(True)
    qtbot.waitUntil(lambda: _is_seen(twenty))


def test_who_has_scrolled_away_stays_there(twenty: RowList | CardList) -> None:
    twenty.setCurrentIndex(twenty.model().index(0, 0))
    twenty.verticalScrollBar().setValue(300)
    twenty.resize(300, 200)
    theme.use_large(True)
    QApplication.processEvents()
    assert twenty.verticalScrollBar().value() >= 300
    assert not _is_seen(twenty)


def test_why_there_is_nothing_has_the_room_of_a_row(show: Show) -> None:
    """The same words are a low heading as soon as something stands below them."""
    listed = RowList()
    show(listed)
    nothing = Row("没有找到", is_heading=True)
    heights = []
    for rows in ([nothing], [nothing, Row("第 1 件")]):
        listed.set_rows(rows)
        heights.append(listed.sizeHintForRow(0))
    assert heights[0] == listed.sizeHintForRow(1) > heights[1]


def test_letters_never_search_in_a_list(qtbot: QtBot, show: Show) -> None:
    rows = RowList()
    rows.set_rows([Row("abc", value=1), Row("dog", value=2)])
    show(rows)
    rows.point_first()
    QTest.keyClick(rows, Qt.Key.Key_D)
    assert rows.value() == 1
    assert not takes_input_method(rows)


def test_marks_cut_a_text() -> None:
    assert pieces("王秀芳", ((0, 1),)) == [("王", True), ("秀芳", False)]
    assert pieces("王秀芳", ((2, 3), (0, 1))) == [("王", True), ("秀", False), ("芳", True)]
    assert pieces("王秀芳", ()) == [("王秀芳", False)]


def test_a_card_is_spoken_whole_and_keeps_its_place(qtbot: QtBot, show: Show) -> None:
    cards = CardList(name="待派")
    made = samples.cards(5, samples.WAITING)
    cards.set_cards(made)
    show(cards)
    cards.point(made[2].key)
    cards.set_cards(made[1:])
    assert cards.current() == made[2].key
    spoken = cards.cards.data(cards.cards.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "理发，上门理发，腿脚不便，李* · 曹村三组，还剩2小时"
    with qtbot.waitSignal(cards.opened) as opened:
        QTest.keyClick(cards, Qt.Key.Key_Enter)
    assert opened.args == [made[2].key]


def test_a_long_time_leaves_the_head_of_a_card_its_line(show: Show) -> None:
    """In a narrow column it stands below, in the language of long words."""
    heads = []
    for time in ("", "tomorrow 13:00"):
        cards = CardList(name="待派")
        cards.set_cards([Card("1", "Counselling", "孩子不愿上学", "李*", time, samples.WAITING)])
        cards.resize(160, 200)
        show(cards)
        heads.append(cards.viewport().grab(QRect(8, 8, 100, 22)).toImage())
    assert heads[0] == heads[1]


def test_cards_of_one_column_say_their_times_in_one_way(show: Show) -> None:
    """One that has no room for the long words decides for all, and the mouse still says them."""
    short = Card("1", "代购", "买米", "李*", "还剩1天", samples.WAITING, brief="1天")
    long = replace(short, key="2", head="智能手机帮教", time="还剩7小时", brief="7小时")
    pictures, whole = [], []
    for others in ([], [long]):
        cards = CardList(name="待派")
        cards.set_cards([short, *others])
        cards.resize(160, 300)
        show(cards)
        first = cards.visualRect(cards.at(0))
        pictures.append(cards.viewport().grab(first).toImage())
        whole.append(cards.words_at(first.center()))
    assert pictures[0] != pictures[1]
    assert whole == ["", "代购<br>买米<br>李*<br>还剩1天"]


def test_what_is_cut_in_a_narrow_card_is_read_whole_where_the_mouse_rests(show: Show) -> None:
    cards = CardList(name="待派")
    cards.set_cards(
        [
            Card(
                "1",
                "Homework help",
                "孩子的<作业>没人辅导，一周两次",
                "李*",
                "tomorrow 13:00",
                samples.WAITING,
                "急",
            ),
            Card("2", "理发", "上门", "李*", "1时", samples.WAITING),
        ]
    )
    cards.resize(160, 260)
    show(cards)
    spots = [cards.visualRect(cards.at(row)).center() for row in range(2)]
    whole = "Homework help · 急<br>孩子的&lt;作业&gt;没人辅导，一周两次<br>李*<br>tomorrow 13:00"
    assert [cards.words_at(spot) for spot in spots] == [whole, ""]
    shown = QHelpEvent(QEvent.Type.ToolTip, spots[0], cards.viewport().mapToGlobal(spots[0]))
    QApplication.sendEvent(cards.viewport(), shown)
    assert QToolTip.text() == whole
    QToolTip.hideText()
    cards.resize(700, 260)
    QApplication.processEvents()
    assert cards.words_at(spots[0]) == ""


def test_letters_digits_and_sideways_arrows_are_left_to_the_board(qtbot: QtBot, show: Show) -> None:
    heard: list[int] = []

    class Board(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            heard.append(event.key())

    board = Board()
    cards = CardList()
    cards.setParent(board)
    cards.set_cards(samples.cards(3, samples.WAITING))
    show(board)
    pressed = [Qt.Key.Key_D, Qt.Key.Key_1, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space]
    for key in pressed:
        QTest.keyClick(cards, key)
    assert heard == pressed


# --- the fast table


@dataclass
class Asked:
    """A reading that keeps what it was asked."""

    queries: list[PageQuery]

    def __call__(self, desk: samples.Desk, query: PageQuery) -> TablePage[Volunteer]:
        self.queries.append(query)
        return volunteers(desk, query)


COLUMNS: list[Column[Volunteer]] = [
    Column("name", "姓名", 120, lambda v: v.name),
    Column("team", "队伍", 180, lambda v: v.team),
    Column("minutes", "时长", 120, lambda v: str(v.minutes), is_number=True),
    Column("phone", "电话", 150, lambda v: v.phone, can_order=False),
]


@pytest.fixture
def asked() -> Asked:
    return Asked([])


@pytest.fixture
def make(
    qtbot: QtBot, sample_jobs: Jobs, show: Show, asked: Asked
) -> Callable[[dict[str, str]], Table[Volunteer]]:
    def made(store: dict[str, str]) -> Table[Volunteer]:
        table = Table(sample_jobs, COLUMNS, lambda v: v.id, samples.kept(store), name="people")
        table.resize(900, 500)
        show(table)
        table.show_rows(asked)
        qtbot.waitUntil(lambda: table.total() > 0)
        qtbot.waitUntil(table.verticalScrollBar().isVisible)  # beside it the columns have their widths
        table.setFocus()
        return table

    return made


Make = Callable[[dict[str, str]], Table[Volunteer]]


def test_200000_rows_need_one_window_of_rows(qtbot: QtBot, make: Make, asked: Asked) -> None:
    table = make({})
    assert table.total() == 200_000
    assert [query.count for query in asked.queries] == [WINDOW_ROWS]


def test_the_current_row_stays_in_sight_in_another_size(make: Make) -> None:
    table = make({})
    table.setCurrentIndex(table.model().index(9, 0))
    table.verticalScrollBar().setValue(0)
    theme.use_large(True)
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))
    table.resize(900, 200)
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))


def test_the_last_row_of_a_table_stays_in_sight_in_another_size(qtbot: QtBot, make: Make) -> None:
    table = make({})
    QTest.keyClick(table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: table.row() is not None and table.currentIndex().row() == 199_999)
    theme.use_large(True)
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))
    table.resize(900, 200)
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))


def test_scrolling_far_brings_the_rows_there(qtbot: QtBot, make: Make) -> None:
    table = make({})
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum() // 2)
    middle = table.rowAt(10)
    assert 90_000 < middle < 110_000
    qtbot.waitUntil(
        lambda: table.model().data(table.model().index(middle, 3)) == samples.volunteer(middle).phone
    )


def test_a_small_scroll_asks_for_nothing(qtbot: QtBot, make: Make, asked: Asked) -> None:
    table = make({})
    table.verticalScrollBar().setValue(44 * 50)
    qtbot.waitUntil(lambda: table.rowAt(0) == 50)
    assert len(asked.queries) == 1


def test_end_and_home_reach_both_ends(qtbot: QtBot, make: Make) -> None:
    table = make({})
    QTest.keyClick(table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: table.row() is not None)
    last = table.row()
    assert last is not None
    assert last.id == samples.volunteer(199_999).id
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert table.currentIndex().row() == 0


def test_the_order_goes_by_key_and_by_click_and_is_remembered(qtbot: QtBot, make: Make, asked: Asked) -> None:
    store: dict[str, str] = {}
    table = make(store)
    QTest.keyClick(table, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: asked.queries[-1].is_descending)
    assert asked.queries[-1].order == "team"
    table.horizontalHeader().sectionClicked.emit(2)
    qtbot.waitUntil(lambda: asked.queries[-1].order == "minutes")
    table.horizontalHeader().sectionClicked.emit(3)  # this column has no order
    assert json.loads(store["people.order"]) == "minutes"
    make(store)
    assert (asked.queries[-1].order, asked.queries[-1].is_descending) == ("minutes", False)


def test_the_row_is_remembered_and_found_again(qtbot: QtBot, make: Make, asked: Asked) -> None:
    store: dict[str, str] = {}
    table = make(store)
    table.point(samples.volunteer(5).id)
    qtbot.waitUntil(lambda: table.currentIndex().row() == 5)
    again = make(store)
    qtbot.waitUntil(lambda: again.currentIndex().row() == 5)
    assert asked.queries[-1].find == samples.volunteer(5).id


def test_pointing_at_a_far_row_goes_there(qtbot: QtBot, make: Make) -> None:
    table = make({})
    table.point(samples.volunteer(150_000).id)
    qtbot.waitUntil(lambda: table.currentIndex().row() == 150_000)
    qtbot.waitUntil(lambda: table.row() is not None)
    shown = range(table.rowAt(0), table.rowAt(table.viewport().height() - 1) + 1)
    assert 150_000 in shown


def test_widths_are_remembered_and_the_last_column_stretches(qtbot: QtBot, make: Make) -> None:
    store: dict[str, str] = {}
    table = make(store)
    table.horizontalHeader().resizeSection(0, 200)
    again = make(store)
    assert again.columnWidth(0) == 200
    assert sum(again.columnWidth(place) for place in range(4)) == again.viewport().width()


def test_a_width_that_is_chosen_in_a_narrow_place_is_none_for_what_has_no_room_there(make: Make) -> None:
    table = make({})
    before = [table.columnWidth(place) for place in range(4)]
    table.resize(300, 300)
    assert [table.isColumnHidden(place) for place in range(4)] == [False, False, True, True]
    table.horizontalHeader().resizeSection(0, 130)
    table.resize(900, 500)
    assert [table.columnWidth(place) for place in (0, 1, 2)] == [130, *before[1:3]]


def test_words_that_are_cut_take_what_is_left_until_a_width_is_chosen(
    qtbot: QtBot, sample_jobs: Jobs, show: Show
) -> None:
    columns = [replace(column, grows=column.key == "team") for column in COLUMNS]
    store: dict[str, str] = {}
    table = Table(sample_jobs, columns, lambda v: v.id, samples.kept(store), name="people")
    show(table)
    table.resize(1200, 300)
    own = columns[1].least_width()
    assert table.columnWidth(1) == 2 * own  # never more than its own width again
    assert sum(table.columnWidth(place) for place in range(4)) == table.viewport().width()
    table.horizontalHeader().resizeSection(1, own)
    table.resize(1300, 300)
    assert table.columnWidth(1) == own


def test_columns_are_wider_for_larger_letters(qtbot: QtBot, make: Make) -> None:
    table = make({})
    table.resize(1600, 300)
    before = table.columnWidth(0)
    theme.use_roomy(True)
    assert table.columnWidth(0) == pytest.approx(before * 18 / 16, abs=1)
    theme.use_roomy(False)
    assert table.columnWidth(0) == before


def test_columns_give_way_in_a_narrow_place(qtbot: QtBot, make: Make) -> None:
    table = make({})
    table.resize(420, 300)
    assert sum(table.columnWidth(place) for place in range(4)) == table.viewport().width()


def test_large_mode_keeps_three_columns(qtbot: QtBot, make: Make) -> None:
    table = make({})
    before = [table.columnWidth(place) for place in range(4)]
    clock = QElapsedTimer()
    clock.start()
    theme.use_large(True)
    assert clock.elapsed() < 2000  # with 200,000 rows, too
    assert [table.isColumnHidden(place) for place in range(4)] == [False, False, False, True]
    assert table.rowHeight(0) == 60
    theme.use_large(False)
    assert [table.columnWidth(place) for place in range(4)] == before


@pytest.mark.parametrize("is_large, width", [(True, 1200), (False, 260)])
def test_a_column_that_stays_leaves_after_those_that_do_not(
    qtbot: QtBot, sample_jobs: Jobs, show: Show, is_large: bool, width: int
) -> None:
    columns = [replace(column, stays=column is COLUMNS[-1]) for column in COLUMNS]
    table = Table(sample_jobs, columns, lambda v: v.id, samples.kept({}), name="people")
    show(table)
    theme.use_large(is_large)
    table.resize(width, 300)
    hidden = [table.isColumnHidden(place) for place in range(4)]
    assert hidden in ([False, False, True, False], [False, True, True, False])
    assert sum(table.columnWidth(place) for place in range(4)) == table.viewport().width()


def test_refreshing_keeps_the_place(qtbot: QtBot, make: Make, asked: Asked) -> None:
    table = make({})
    table.verticalScrollBar().setValue(4000)
    table.setCurrentIndex(table.model().index(95, 0))
    asked_before = len(asked.queries)
    table.refresh()
    qtbot.waitUntil(lambda: len(asked.queries) > asked_before)
    qtbot.waitUntil(lambda: table.row() is not None)
    assert (table.verticalScrollBar().value(), table.currentIndex().row()) == (4000, 95)


@pytest.mark.parametrize("place, then", [(0, 0), (2, 2), (4, 3)])
def test_where_a_row_leaves_the_next_one_is_current(
    qtbot: QtBot, sample_jobs: Jobs, show: Show, place: int, then: int
) -> None:
    rows = [samples.volunteer(at) for at in range(5)]

    def listed(_desk: samples.Desk, query: PageQuery) -> TablePage[Volunteer]:
        found = next((at for at, row in enumerate(rows) if row.id == query.find), None)
        return TablePage(len(rows), 0, tuple(rows), found)

    table = Table(sample_jobs, COLUMNS, lambda v: v.id, samples.kept({}), name="queue")
    show(table)
    table.show_rows(listed)
    qtbot.waitUntil(lambda: table.total() == 5)
    table.setCurrentIndex(table.model().index(place, 0))
    del rows[place]
    table.refresh()
    qtbot.waitUntil(lambda: table.total() == 4)
    assert table.row() == rows[then]
    others = tuple(
        samples.volunteer(at) for at in range(100, 104)
    )  # as many: the list is another all the same
    table.show_rows(lambda _desk, _query: TablePage(len(others), 0, others))
    qtbot.waitUntil(lambda: table.row() == others[0])


def test_a_frame_of_the_table_is_quick(qtbot: QtBot, make: Make) -> None:
    table = make({})
    clock = QElapsedTimer()
    frames: list[int] = []
    for step in range(20):
        clock.start()
        table.verticalScrollBar().setValue(step * 30)
        table.viewport().repaint()
        frames.append(clock.elapsed())
    assert sorted(frames)[len(frames) // 2] <= 50  # the benchmark holds the real limit on a quiet machine


def test_a_text_is_as_low_as_before_after_large_letters(show: Show) -> None:
    """Somebody may measure it when the style sheet is taken off, which brings its former font back."""
    texts: list[Text] = []

    def measure() -> None:
        for one in texts:
            one.sizeHint()

    theme.changed.connect(measure)
    text = Text("谁去", "secondary")
    texts.append(text)
    show(text)
    before = text.sizeHint()
    theme.use_large(True)
    theme.use_large(False)
    theme.changed.disconnect(measure)
    assert text.sizeHint() == before


def test_a_label_stands_beside_its_link_after_the_look_changed_too(show: Show) -> None:
    facts = Facts()
    facts.say([FactLine("谁", "王秀英", door="wang"), FactLine("哪里", "曹村")])
    show(facts)
    theme.use_scheme("dark")
    theme.use_scheme("light")
    QTest.qWait(0)
    label, link = facts._labels[0], facts.link("wang")
    assert label.geometry().center().y() == link.geometry().center().y()
