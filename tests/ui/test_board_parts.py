"""What the board is made of: keys for every step, room shared among columns, readings laid over one another."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from app.actions.board import Card, Column
from app.domain import orders as rules
from app.domain.orders import State
from app.sentences import orders as words
from app.sentences.categories import category_name
from app.words import LANGUAGES
from ui.parts import paint
from ui.screens.board import sayings, steps
from ui.screens.board.asking import FORMS
from ui.screens.board.cards import OrderModel
from ui.screens.board.choosing import _lines
from ui.screens.board.column import BoardColumn
from ui.screens.board.columns import GAP, MARGIN, NARROWEST, share
from ui.screens.board.wording import card_of, shape_of

NOW = datetime(2026, 4, 7, 6, 5, tzinfo=UTC)
_INSIDE_PANE = 320 - 1 - 2 * 20 - 12
"""Of the pane: without its line, the margins of an order and the bar."""
USUAL = [column for column in Column if column not in (Column.HANDED_UP, Column.ENDED)]


def card(number: int, **changes: Any) -> Card:
    made = Card(
        id=f"{number:032x}",
        short=f"{number:04}-1A",
        state=State.WAITING,
        category="errands.shopping",
        urgent=False,
        what="买米",
        who="王*",
        place="曹村",
        team="",
        due_at=NOW + timedelta(minutes=40),
        wanted_at=None,
        submitted_at=NOW,
        refusals=0,
        asked_again=0,
        call_back_open=False,
        money_open=False,
        stars=None,
        steps=("dispatch",),
    )
    return replace(made, **changes)


class TestSteps:
    def test_every_step_has_a_key_a_name_a_way_and_a_sentence(self) -> None:
        every = {step for after in rules._STEPS.values() for step in after}
        assert every <= set(steps.KEYS)
        assert set(FORMS) | steps.AT_ONCE == set(steps.KEYS)
        assert not set(FORMS) & steps.AT_ONCE
        assert set(sayings.ACTIONS) == set(sayings._SAYINGS) == set(steps.KEYS)
        assert all(steps.step_name(step) for step in steps.KEYS)

    @pytest.mark.parametrize("state", list(State))
    def test_no_order_has_two_steps_with_one_key(self, state: State) -> None:
        keys = Counter(steps.KEYS[step] for step in (*rules._STEPS[state], "serve"))
        assert [key for key, count in keys.items() if count > 1] == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_buttons_share_a_line_only_where_both_show_their_words(
        self, show: Callable[[QWidget], QWidget], speak: Callable[[str], None], language: str
    ) -> None:
        speak(language)
        around = QScrollArea()  # as the pane is
        around.setWidgetResizable(True)
        around.setFrameShape(QScrollArea.Shape.NoFrame)
        around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        around.resize(_INSIDE_PANE, 400)
        show(around)
        for state in State:
            made = steps.Steps()
            made.set_steps(rules._STEPS[state])  # before it has its width
            around.setWidget(made)
            QTest.qWait(0)
            assert made.width() == _INSIDE_PANE
            for button in made.buttons:
                assert button.width() >= button.sizeHint().width(), button.text()
                assert made.rect().contains(button.geometry()), button.text()
        made = steps.Steps()
        made.set_steps(("dispatch", "grab", "edit"))
        around.setWidget(made)
        QTest.qWait(0)
        assert made.buttons[1].y() == made.buttons[2].y(), "two short ones stand beside each other"


def test_a_card_has_fewer_words_for_its_time_where_its_category_needs_the_room() -> None:
    assert card_of(card(1), NOW).brief == "40分"
    late = card(1, due_at=NOW - timedelta(hours=3))
    assert card_of(late, NOW).brief == "3小时"
    wanted = NOW + timedelta(days=1)
    appointment = card_of(card(1, due_at=wanted, wanted_at=wanted), NOW)
    assert (appointment.time, appointment.brief) == ("明天 14:05", "明天")
    assert card_of(card(1, state=State.CANCELLED), NOW).brief == ""


@pytest.mark.parametrize("is_folded", [False, True])
def test_a_column_does_not_say_what_was_not_read(show: Callable[[QWidget], QWidget], is_folded: bool) -> None:
    pictures, said = [], []
    for count in (None, 3, 0):
        column = BoardColumn(Column.ENDED)
        column.fold(is_folded)
        column.resize(160, 200)
        if count is not None:  # those that have ended are counted before their cards are read
            column.lay_orders((), count, NOW)
        show(column)
        shown = column.strip if is_folded else column.head
        pictures.append((shown.grab().toImage(), column.list.viewport().grab().toImage()))
        said.append(shown.accessibleName().removesuffix("，按 Enter 打开"))
    heads, lists = zip(*pictures, strict=True)
    assert said == ["已结", "已结 3 单", "已结 0 单"]
    assert len({picture.constBits().tobytes() for picture in heads}) == 3
    assert lists[0] == lists[1]
    assert is_folded or lists[1] != lists[2]


class TestRoom:
    def test_at_1366_five_columns_of_166_beside_the_pane_and_of_230_without(self) -> None:
        assert share(974, 36, USUAL, ()).width == 166
        assert share(1294, 36, USUAL, ()).width == 230

    @pytest.mark.parametrize("width, strip", [(939, 36), (934, 40)])
    def test_nothing_is_pushed_out_beside_the_pane_by_long_words_or_larger_letters(
        self, width: int, strip: int
    ) -> None:
        assert share(width, strip, USUAL, ()).total == width

    def test_first_the_strips_are_pushed_out(self) -> None:
        room = share(888, 36, USUAL, set(USUAL))
        assert (room.open, room.width) == (tuple(USUAL), 166.4)
        assert room.total == 888 + 2 * (36 + GAP)

    def test_then_empty_columns_become_strips(self) -> None:
        room = share(800, 36, USUAL, {Column.OFFERED})
        assert Column.OFFERED not in room.open
        assert room.width >= NARROWEST

    def test_then_columns_stop_and_the_board_scrolls(self) -> None:
        room = share(600, 36, USUAL, ())
        assert (len(room.open), room.width) == (5, NARROWEST)
        assert room.total == 2 * MARGIN + 5 * NARROWEST + 4 * GAP + 2 * (36 + GAP)

    def test_an_opened_strip_is_a_column_like_the_others(self) -> None:
        room = share(1294, 36, [*USUAL, Column.HANDED_UP], ())
        assert room.open == (*USUAL, Column.HANDED_UP)


class TestReadingAgain:
    def test_any_reading_can_be_laid_over_any_other(self) -> None:
        model = OrderModel()
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for count in [random.randint(0, 120) for _ in range(60)]:
            orders = [card(number) for number in random.sample(range(150), count)]
            orders = [replace(one, urgent=random.random() < 0.2) for one in orders]
            kept = {
                one.id: QPersistentModelIndex(model.index(row)) for row, one in enumerate(model.worded.orders)
            }
            model.lay(orders)
            assert model.worded.orders == orders
            for row, one in enumerate(orders):
                if one.id in kept:
                    assert kept[one.id].row() == row
            gone = set(kept) - {one.id for one in orders}
            assert not any(kept[key].isValid() for key in gone)

    def test_only_what_is_painted_is_put_into_words(self) -> None:
        model = OrderModel()
        model.lay([card(number) for number in range(2_000)])
        assert model.worded._said == {}
        assert model.worded[7].head == "代购"
        assert len(model.worded._said) == 1


class TestWords:
    def test_how_long_is_left_or_when_it_is_wanted(self) -> None:
        assert card_of(card(1), NOW).time == "还剩40分"
        tomorrow = NOW + timedelta(hours=19, minutes=25)
        assert card_of(card(1, due_at=tomorrow, wanted_at=tomorrow), NOW).time == "明天 09:30"
        late = card_of(card(1, due_at=NOW - timedelta(minutes=20)), NOW)
        assert (late.time, late.is_overdue) == ("超时20分", True)
        assert card_of(card(1, due_at=None, state=State.CLOSED, stars=5), NOW).time == "5 星"
        assert card_of(card(1, due_at=None, state=State.REJECTED), NOW).time == "不予受理"

    def test_the_third_line_says_where_or_who_and_what_is_open(self) -> None:
        assert card_of(card(1), NOW).who == "王* · 曹村"
        assert card_of(card(1, team="爱心理发队"), NOW).who == "王* · 爱心理发队"
        assert card_of(card(1, refusals=2, asked_again=1), NOW).who == "王* · 曹村 · 拒过 2 次 · 又问 1 次"
        rated = card(1, state=State.RATED, stars=2, call_back_open=True, money_open=True, team="代购队")
        assert card_of(rated, NOW).who == "王* · 代购队 · 2 星要回访 · 款没结"

    def test_a_card_is_spoken_as_a_whole(self) -> None:
        said = card_of(card(1, urgent=True), NOW).spoken
        assert said == "待派，急，代购，买米，王* · 曹村，还剩40分"

    @pytest.mark.parametrize("state", list(State))
    def test_every_state_has_a_shape_and_a_word(self, state: State) -> None:
        assert shape_of(state).word == words.state(state)

    def test_a_category_that_left_the_table_stands_for_itself(self) -> None:
        assert category_name("gone.long.ago") == "gone.long.ago"


def test_reasons_of_a_proposal_take_as_many_lines_as_they_need() -> None:
    reasons = "Takes Haircut · Qualified · Same town · 2 open · Three stars last time"
    narrow = _lines(reasons, 200.0)
    assert len(narrow) > 2
    assert " · ".join(narrow) == reasons
    assert all(paint.text_width(line, "secondary") <= 200.0 for line in narrow)
    assert _lines(reasons, 2000.0) == [reasons]
