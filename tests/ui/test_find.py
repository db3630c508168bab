"""Ctrl+K: people, orders and teams in one list, found by what a clerk types, opened where they are shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.actions.orders import Step, screen_order
from app.actions.people import LeaveVolunteering, leave_volunteering
from app.actions.search import shown_nouns
from app.actions.teams import CloseTeam, close_team
from app.domain.numbers import short_order_number
from app.domain.people import Group
from app.domain.staff import Role
from app.facts import Id
from app.storage import orders as storage
from app.storage.engine import reading
from app.storage.fold import indexed
from tests.support.desk import Station
from tests.support.hands import CTRL, Hands, signpost
from tests.support.people import order, resident, team, volunteer
from tests.support.window import open_window
from ui.find import ROWS_AND_HEADINGS, finder, kinds, shares
from ui.parts.find import Found


def found(desk: Desk, text: str) -> list[Found]:
    return [one for group in finder(desk, text) for one in group.finds]


def titles(desk: Desk, text: str) -> list[str]:
    return [group.title for group in finder(desk, text)]


def test_what_is_indexed_is_found_and_shown() -> None:
    assert indexed() == shown_nouns() == kinds().keys()


@pytest.mark.parametrize("typed", ["曾小", "zengxiaoxian", "zxx", "zengxx", "13812340001", "0001"])
def test_people_are_found_by_name_pinyin_initials_and_phone(desk: Desk, typed: str) -> None:
    person = resident(desk, "曾小贤", phone="13812340001")
    [one] = found(desk, typed)
    assert (one.screen, one.object_id, one.title) == ("volunteers", person, "曾小贤")


def test_people_are_found_by_the_tail_of_their_document(desk: Desk) -> None:
    person = resident(desk, "曾小贤", id_number="11010519491231002X")
    assert [one.object_id for one in found(desk, "002x")] == [person]


def test_a_person_is_told_from_others_of_the_name(desk: Desk) -> None:
    mother = resident(desk, "王秀英", phone="13812340001", groups=(Group.RURAL, Group.ALONE))
    gone = volunteer(desk, "王秀英")
    leave_volunteering(desk, LeaveVolunteering(person=gone, reason="搬走了"))
    details = {one.object_id: one.details for one in found(desk, "王秀英")}
    assert details[mother] == ("尾号 0001", "独居、农村居民")
    assert details[gone] == ("45 岁", "曾是志愿者", "尾号 1234")


def test_the_letters_that_were_hit_stand_out(desk: Desk) -> None:
    resident(desk, "曾小贤")
    [one] = found(desk, "xiaox")
    assert one.marks == ((1, 2), (2, 3))


def test_orders_and_teams_are_found_beside_people(desk: Desk) -> None:
    asked = order(desk, resident(desk, "王秀英"), what="想理个发")
    squad = team(desk, "王家村理发队")
    with reading(desk.engine) as connection:
        row = storage.order_row(connection, asked)
    assert row is not None
    groups = {group.title: group.finds for group in finder(desk, "wang")}
    assert list(groups) == ["人", "订单", "队伍"]
    [of_order] = groups["订单"]
    assert (of_order.screen, of_order.object_id) == ("board", asked)
    assert of_order.title == f"{short_order_number(row.number)} 上门理发"
    assert of_order.details == ("王*英", "想理个发")
    assert of_order.state is not None and of_order.state.word == "待审"
    [of_team] = groups["队伍"]
    assert (of_team.screen, of_team.object_id, of_team.details[0]) == ("teams", squad, "服务队/小队")
    assert [one.object_id for one in found(desk, row.number[-6:])] == [asked]


def test_a_closed_team_says_so(desk: Desk) -> None:
    squad = team(desk, "王家村理发队")
    close_team(desk, CloseTeam(team=squad, reason="并队"))
    [one] = found(desk, "wjc")
    assert one.state is not None and one.state.word == "队伍已解散"


def test_all_headings_are_seen_and_people_give_way_last(desk: Desk) -> None:
    assert shares([9, 9, 9]) == [3, 2, 2]
    assert shares([9]) == [9]
    assert shares([2, 9, 1]) == [2, 4, 1]
    assert shares([]) == []
    for counts in ([9, 9, 9], [9], [2, 9, 1]):
        assert sum(shares(counts)) + len(counts) <= ROWS_AND_HEADINGS


def test_it_is_said_when_there_is_more(desk: Desk) -> None:
    for number in range(12):
        resident(desk, "王秀英", phone=f"1381234{number:04}")
    assert titles(desk, "王") == ["人（还有，再多打几个字）"]
    assert len(found(desk, "王")) == 9


def test_nothing_is_found_for_nothing(desk: Desk) -> None:
    resident(desk, "曾小贤")
    assert finder(desk, "  ") == []
    assert finder(desk, "尉迟") == []


def test_an_auditor_finds_masked_names(station: Station) -> None:
    resident(station.desk, "曾小贤", groups=(Group.ALONE,), phone="13812340001")
    [one] = found(station.sit(Role.AUDITOR), "曾小贤")
    assert (one.title, one.marks, one.details) == ("曾*贤", (), ("尾号 0001",))


@pytest.mark.parametrize(
    ("typed", "screen"), [("wangxiuying", "volunteers"), ("想理", "board"), ("lifadui", "teams")]
)
def test_enter_opens_the_right_screen_at_the_right_row(
    qtbot: QtBot, desk: Desk, typed: str, screen: str
) -> None:
    person = resident(desk, "王秀英")
    asked = order(desk, person, what="想理个发")
    screen_order(desk, Step(order=asked))
    squad = team(desk, "桃源理发队")
    went: list[Id] = []
    posts = [signpost(key, went) for key in ("today", "volunteers", "board", "teams")]
    with open_window(desk, *posts) as opened:
        hands = Hands(opened, qtbot)
        hands.key(Qt.Key.Key_K, CTRL)
        if typed.isascii():
            hands.write(typed)
        else:
            hands.say(typed)
        hands.enter()
        hands.until(lambda: went)
        assert opened.frame.current() == screen
        assert went == [{"volunteers": person, "board": asked, "teams": squad}[screen]]
