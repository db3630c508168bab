"""The gift counter through its actions: once a quarter, never more than there is, back again exactly once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.actions.closings import open_day
from app.actions.desk import Desk, NotAllowed
from app.actions.gifts import ShelfQuery, gift_rows, shelf, withdraw_gift
from app.actions.points import PointsQuery, points_of
from app.actions.redemptions import redemption
from app.actions.services import ServiceReason, reverse_service
from app.actions.staff import EditStaff, edit_staff
from app.actions.stock import MovesQuery, moves_of, stock_warnings
from app.actions.undo import undo
from app.actions.wallets import (
    Agent,
    BasketLine,
    DonatePoints,
    ReverseRedemption,
    counter_person,
    donate_points,
    expire_points,
    may_donate,
    redeem_gifts,
    reverse_redemption,
)
from app.domain.calendar import SHANGHAI
from app.domain.custody import NotTheHolder
from app.domain.gifts import GiftUnknown
from app.domain.people import NotAVolunteer, PersonUnknown
from app.domain.redemptions import (
    AgentMissing,
    AlreadyRedeemed,
    AlreadyReversed,
    BelowThreshold,
    CheckerUnfit,
    GiftNotOffered,
    RedemptionPolicy,
    RedemptionUnknown,
    ServesThemselves,
)
from app.domain.staff import Role
from app.domain.stock import MoveKind, NotInStock, StockReasonMissing
from app.domain.wallets import (
    DonationNotAllowed,
    DonationPolicy,
    ExpiryPolicy,
    HandlesOwnPoints,
    NotEnoughPoints,
    Owing,
    PointKind,
)
from app.facts import Id, decode_envelope
from app.facts.grants import PointsGranted
from app.facts.wallets import WalletOpened
from app.storage.device import Device
from app.storage.engine import reading, writing
from app.storage.history import log
from app.storage.ids import new_id
from app.storage.log import Draft, Log
from tests.support import counter, served
from tests.support.desk import STATION_NAME, Station
from tests.support.facts import OtherDevice
from tests.support.people import resident
from tests.support.recording import record_facts
from tests.support.statements import statements_of


def balance(station: Station, person: Id) -> int:
    return points_of(station.desk, PointsQuery(person=person)).points_cents


def test_a_gift_is_given_out_for_points(station: Station) -> None:
    desk = station.desk
    towel = counter.stocked(station, quantity=3)
    person = counter.with_points(desk, 12)
    done = counter.redeemed(desk, person, towel)
    assert (done.number[:11], done.points_cents, done.after_cents) == ("DH-A1000001", 500, 700)
    entry = redemption(desk, done.redemption)
    assert (entry.who, entry.quarter, entry.before_cents, entry.after_cents) == ("王*明", "2026Q2", 1200, 700)
    assert (entry.operator, entry.unit, entry.pieces) == ("陈芳", STATION_NAME, 1)
    line = entry.gifts[0]
    assert (line.name, line.stock_before, line.stock_after, line.deducted_cents) == ("毛巾", 3, 2, 500)
    card = counter_person(desk, person)
    assert (card.balance_cents, card.minutes, card.name) == (700, 720, "王小明")
    assert isinstance(card.obstacle, AlreadyRedeemed)
    assert (card.next_day, card.used) == (date(2026, 7, 1), entry)


def test_sent_twice_it_is_one_redemption(station: Station) -> None:
    person, towel = counter.with_points(station.desk, 20), counter.stocked(station)
    request = counter.basket(person, towel)
    first = redeem_gifts(station.desk, request)
    again = redeem_gifts(station.desk, request)
    assert (again.value, again.changed) == (first.value, frozenset())
    assert balance(station, person) == 1500


def test_a_gift_on_two_lines_is_one_wish(station: Station) -> None:
    person, towel = counter.with_points(station.desk, 20), counter.stocked(station, quantity=3)
    lines = (BasketLine(gift=towel), BasketLine(gift=towel, quantity=2))
    done = redeem_gifts(station.desk, replace(counter.basket(person), lines=lines)).value
    assert [(one.quantity, one.stock_after) for one in redemption(station.desk, done.redemption).gifts] == [
        (3, 0)
    ]


def test_once_a_quarter_and_again_in_the_next(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station)
    person = counter.with_points(desk, 24)
    counter.redeemed(desk, person, towel)
    with pytest.raises(AlreadyRedeemed) as refused:
        counter.redeemed(desk, person, towel)
    assert (refused.value.redeemed_on, refused.value.unit) == (date(2026, 4, 7), STATION_NAME)
    assert (refused.value.next_day, refused.value.field) == (date(2026, 7, 1), "person")
    for month, day in ((4, 30), (5, 30), (6, 30), (7, 1)):
        station.clock.now = datetime(2026, month, day, 0, 0, 1, tzinfo=SHANGHAI)
        if month < 7:
            with pytest.raises(AlreadyRedeemed):
                counter.redeemed(desk, person, towel)
            record_clock(station)
    assert counter.redeemed(desk, person, towel).after_cents == 1400


def record_clock(station: Station) -> None:
    """Something happens, so that the clock is believed."""
    resident(station.desk, "赵大爷")


def test_a_reversal_restores_everything_once(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station, quantity=2)
    person = counter.with_points(desk, 12)
    done = counter.redeemed(desk, person, towel)
    reversal = ReverseRedemption(redemption=done.redemption, reason="拿错了")
    reverse_redemption(desk, reversal)
    assert balance(station, person) == 1200
    assert moves_of(desk, MovesQuery(gift=towel)).stock == 2
    entry = redemption(desk, done.redemption)
    assert (entry.reversed_by, entry.reason) == ("陈芳", "拿错了")
    with pytest.raises(AlreadyReversed):
        reverse_redemption(desk, reversal)
    again = counter.redeemed(desk, person, towel)
    assert again.number != done.number
    assert [line.kind for line in points_of(desk, PointsQuery(person=person)).lines[:3]].count(
        PointKind.REDEEMED
    ) == 2


def test_a_reversal_needs_a_reason_and_a_redemption(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station)
    done = counter.redeemed(desk, counter.with_points(desk, 12), towel)
    with pytest.raises(StockReasonMissing):
        reverse_redemption(desk, ReverseRedemption(redemption=done.redemption, reason=" "))
    with pytest.raises(RedemptionUnknown):
        reverse_redemption(desk, ReverseRedemption(redemption=new_id(), reason="拿错了"))


def test_nobody_serves_themselves(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station)
    person = counter.with_points(desk, 12, "陈芳")
    clerk = station.staff[Role.CLERK]
    edit_staff(station.sit(Role.ADMINISTRATOR), EditStaff(staff=clerk, name="陈芳", person=person))
    station.sit(Role.CLERK)
    assert isinstance(counter_person(desk, person).obstacle, ServesThemselves)
    with pytest.raises(ServesThemselves):
        counter.redeemed(desk, person, towel)
    station.sit(Role.ADMINISTRATOR)
    with pytest.raises(CheckerUnfit):
        counter.redeemed(desk, person, towel, checker=clerk)
    done = counter.redeemed(desk, person, towel)
    station.sit(Role.CLERK)
    with pytest.raises(ServesThemselves):
        reverse_redemption(desk, ReverseRedemption(redemption=done.redemption, reason="拿错了"))


def test_a_checker_is_somebody_else(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station)
    person = counter.with_points(desk, 12)
    for staff in (station.staff[Role.CLERK], new_id()):
        with pytest.raises(CheckerUnfit):
            counter.redeemed(desk, person, towel, checker=staff)
    done = counter.redeemed(desk, person, towel, checker=station.staff[Role.ADMINISTRATOR])
    assert redemption(desk, done.redemption).checker == "沈静"


def test_an_agent_is_noted_and_masked(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station)
    person = counter.with_points(desk, 12)
    for agent, field in (
        (Agent(name=" ", relation="女儿"), "name"),
        (Agent(name="王芳", relation=""), "relation"),
    ):
        with pytest.raises(AgentMissing) as refused:
            counter.redeemed(desk, person, towel, agent=agent)
        assert refused.value.field == f"agent.{field}"
    done = counter.redeemed(desk, person, towel, agent=Agent(name="王丽芳", relation="女儿"))
    entry = redemption(desk, done.redemption)
    assert (entry.agent, entry.relation) == ("王*芳", "女儿")


def test_what_is_refused(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station, quantity=1)
    blanket = counter.stocked(station, "电热毯", 99)
    person = counter.with_points(desk, 12)
    with pytest.raises(NotEnoughPoints) as poor:
        counter.redeemed(desk, person, blanket)
    assert poor.value.missing_cents == 8_700
    with pytest.raises(NotInStock) as gone:
        redeem_gifts(desk, replace(counter.basket(person), lines=(BasketLine(gift=towel, quantity=2),)))
    assert (gone.value.left, gone.value.field) == (1, "lines.0.quantity")
    with pytest.raises(GiftUnknown):
        counter.redeemed(desk, person, new_id())
    with pytest.raises(PersonUnknown):
        counter.redeemed(desk, new_id(), towel)
    with pytest.raises(NotAVolunteer):
        counter.redeemed(desk, resident(desk, "赵大爷"), towel)
    withdraw_gift(station.sit(Role.ADMINISTRATOR), towel)
    with pytest.raises(GiftNotOffered):
        counter.redeemed(desk, person, towel)
    station.sit(Role.AUDITOR)
    with pytest.raises(NotAllowed):
        counter.redeemed(desk, person, towel)


def test_a_refusal_draws_no_number(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station, quantity=1)
    with pytest.raises(NotEnoughPoints):
        counter.redeemed(desk, served.volunteer(desk, "李梅"), towel)
    assert counter.redeemed(desk, counter.with_points(desk, 5), towel).number.startswith("DH-A1000001")


def test_another_pc_says_where_the_counter_is(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station)
    person = counter.with_points(desk, 12)
    here = desk.device
    desk.device = Device(new_id(), 1, "B7", here.private_key, here.station, here.newest_at)
    with pytest.raises(NotTheHolder) as refused:
        counter.redeemed(desk, person, towel)
    assert refused.value.unit == STATION_NAME
    assert isinstance(counter_person(desk, person).obstacle, NotTheHolder)


def test_a_threshold(station: Station) -> None:
    """Some counties want a balance of 20 points before anything is given."""
    desk, towel = station.desk, counter.stocked(station)
    counter.set_policy(station, RedemptionPolicy(least_balance_cents=2_000))
    person = counter.with_points(desk, 12)
    with pytest.raises(BelowThreshold):
        counter.redeemed(desk, person, towel)
    assert isinstance(counter_person(desk, person).obstacle, BelowThreshold)
    counter.earn(desk, person, 8, served.at(6, day=date(2026, 3, 20)))
    assert counter.redeemed(desk, person, towel).after_cents == 1_500


def test_revoked_hours_are_taken_back_and_the_rest_is_owed(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station)
    person = served.volunteer(desk)
    (service,) = counter.earn(desk, person, 6)
    counter.redeemed(desk, person, towel)
    reverse_service(desk, ServiceReason(service=service, reason="没有去"))
    statement = points_of(desk, PointsQuery(person=person))
    assert (statement.points_cents, statement.owed_cents) == (0, 500)
    taken = statement.lines[0]
    assert (taken.kind, taken.points_cents) == (PointKind.TAKEN_BACK, -100)
    assert taken.evidence is not None and taken.evidence.service == service
    station.clock.now = datetime(2026, 4, 30, 9, tzinfo=SHANGHAI)
    record_clock(station)
    station.clock.now = datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)
    record_clock(station)
    station.clock.now = datetime(2026, 7, 1, 9, tzinfo=SHANGHAI)
    record_clock(station)
    card = counter_person(desk, person)
    assert isinstance(card.obstacle, Owing) and card.owed_cents == 500
    with pytest.raises(Owing):
        counter.redeemed(desk, person, towel)
    counter.earn(desk, person, 11, served.at(6, day=date(2026, 6, 30)))
    statement = points_of(desk, PointsQuery(person=person))
    assert (statement.points_cents, statement.owed_cents) == (600, 0)
    assert counter.redeemed(desk, person, towel).after_cents == 100


def test_a_reversal_settles_what_is_owed_first(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station)
    person = served.volunteer(desk)
    (service,) = counter.earn(desk, person, 5)
    done = counter.redeemed(desk, person, towel)
    reverse_service(desk, ServiceReason(service=service, reason="没有去"))
    reverse_redemption(desk, ReverseRedemption(redemption=done.redemption, reason="退回"))
    statement = points_of(desk, PointsQuery(person=person))
    assert (statement.points_cents, statement.owed_cents) == (0, 0)


def test_points_expire_after_a_year(station: Station) -> None:
    """Seen in several counties: a year after they were earned."""
    desk, towel = station.desk, counter.stocked(station)
    counter.set_policy(station, ExpiryPolicy(after_months=12))
    person = counter.with_points(desk, 12)
    counter.redeemed(desk, person, towel)
    assert expire_points(desk, None).value == 0
    for month in range(5, 13):
        station.clock.now = datetime(2026, month, 7, 9, tzinfo=SHANGHAI)
        record_clock(station)
    for month in range(1, 4):
        station.clock.now = datetime(2027, month, 7, 9, tzinfo=SHANGHAI)
        record_clock(station)
    counter.earn(desk, person, 2, served.at(6, day=date(2027, 3, 1)))
    station.clock.now = datetime(2027, 4, 7, 9, tzinfo=SHANGHAI)
    assert counter_person(desk, person).balance_cents == 900
    assert expire_points(desk, None).value == 0
    station.clock.now = datetime(2027, 4, 8, 9, tzinfo=SHANGHAI)
    assert counter_person(desk, person).balance_cents == 200
    assert [tile.missing_cents for tile in shelf(desk, ShelfQuery(person=person))] == [300]
    deed = desk.deeds.done[-1]
    assert (expire_points(desk, None).value, expire_points(desk, None).value) == (1, 0)
    assert desk.deeds.done[-1] is deed, "what expires by itself is nobody's deed to undo"
    statement = points_of(desk, PointsQuery(person=person))
    assert (statement.points_cents, statement.lines[0].kind) == (200, PointKind.EXPIRED)


def test_a_grant_below_nothing_is_spent_like_anything_else(station: Station) -> None:
    """Nobody here makes one, but a fact may say so: expiring ends all the same, and tells the same as the counter."""
    desk = station.desk
    counter.set_policy(station, ExpiryPolicy(after_months=0))
    person = counter.with_points(desk, 12)
    less = PointsGranted(
        grant=new_id(),
        person=person,
        points_cents=-500,
        cause="lead",
        source=new_id(),
        granted_on=desk.today(),
    )
    record_facts(desk, less)
    station.clock.forward(days=1)
    counter.earn(desk, person, 1, served.at(6, day=desk.today() - timedelta(days=1)))
    assert (expire_points(desk, None).value, expire_points(desk, None).value) == (1, 0)
    assert balance(station, person) == counter_person(desk, person).balance_cents == 100


def from_newer_program(desk: Desk, person: Id) -> None:
    """Something happened to the wallet that only a newer program understands."""
    opened = Draft(WalletOpened(wallet=person, holder=new_id(), term=2, unit=STATION_NAME))
    with writing(desk.engine) as connection:
        received = Log(connection, desk.device.chain)
        received.receive([OtherDevice(new_id()).make(opened, 1, version=9)])
        received.finish()


def test_a_wallet_of_a_newer_program_keeps_nobody_elses_points(station: Station) -> None:
    desk = station.desk
    counter.set_policy(station, ExpiryPolicy(after_months=0))
    old, newer, other = (counter.with_points(desk, 3, name) for name in ("王小明", "李梅", "孙福"))
    from_newer_program(desk, newer)
    station.clock.forward(days=1)
    asked = statements_of(desk.engine, lambda: expire_points(desk, None))
    assert sum(one.startswith("INSERT INTO log ") for one in asked) == 1
    assert expire_points(desk, None).value == 0
    assert [balance(station, person) for person in (old, newer, other)] == [0, 300, 0]


def test_a_wallet_of_a_newer_program_keeps_no_hours_from_being_revoked(station: Station) -> None:
    """What they earned is owed, and settled by who understands the wallet."""
    desk = station.desk
    person = served.volunteer(desk)
    (service,) = counter.earn(desk, person, 3)
    from_newer_program(desk, person)
    reverse_service(desk, ServiceReason(service=service, reason="没有去"))
    statement = points_of(desk, PointsQuery(person=person))
    assert (statement.points_cents, statement.owed_cents) == (300, 300)


def test_whoever_comes_first_is_tidied_there_and_then(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station)
    person = counter.with_points(desk, 12)
    counter.set_policy(station, ExpiryPolicy(after_months=0, at_year_end=True))
    for month in (5, 6, 7, 8, 9, 10, 11, 12):
        station.clock.now = datetime(2026, month, 5, 9, tzinfo=SHANGHAI)
        record_clock(station)
    station.clock.now = datetime(2027, 1, 4, 9, tzinfo=SHANGHAI)
    counter.earn(desk, person, 6, served.at(6, day=date(2027, 1, 2)))
    assert counter.redeemed(desk, person, towel).after_cents == 100
    assert balance(station, person) == 100


def test_points_are_given_away_where_it_is_allowed(station: Station) -> None:
    desk = station.desk
    giver, taker = counter.with_points(desk, 12), served.volunteer(desk, "李梅")
    given = DonatePoints(donation=new_id(), person=giver, to=taker, points_cents=300)
    assert not may_donate(desk, None)
    with pytest.raises(DonationNotAllowed):
        donate_points(desk, given)
    counter.set_policy(station, DonationPolicy(allowed=True))
    assert may_donate(desk, None)
    donate_points(desk, given)
    assert donate_points(desk, given).changed == frozenset()
    assert (balance(station, giver), balance(station, taker)) == (900, 300)
    line = points_of(desk, PointsQuery(person=taker)).lines[0]
    assert (line.kind, line.other) == (PointKind.RECEIVED, "王*明")
    with pytest.raises(PersonUnknown):
        donate_points(desk, replace(given, donation=new_id(), to=new_id()))


def test_nobody_gets_points_by_their_own_hand(station: Station) -> None:
    desk = station.desk
    giver, clerk = counter.with_points(desk, 12), served.volunteer(desk, "陈芳", phone="13900001111")
    counter.set_policy(station, DonationPolicy(allowed=True))
    oneself = EditStaff(staff=station.staff[Role.CLERK], name="陈芳", person=clerk)
    edit_staff(station.sit(Role.ADMINISTRATOR), oneself)
    given = DonatePoints(donation=new_id(), person=giver, to=clerk, points_cents=300)
    with pytest.raises(HandlesOwnPoints):
        donate_points(station.sit(Role.CLERK), given)
    donate_points(station.sit(Role.ADMINISTRATOR), given)
    assert balance(station, clerk) == 300


def test_what_stands_behind_each_move(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station, quantity=4)
    done = counter.redeemed(desk, counter.with_points(desk, 12), towel)
    page = moves_of(desk, MovesQuery(gift=towel))
    assert {(one.kind, one.quantity, one.number) for one in page.rows} == {
        (MoveKind.RECEIVED, 4, ""),
        (MoveKind.REDEEMED, -1, done.number),
    }
    assert (page.count, page.stock, page.rows[0].by) == (2, 3, "陈芳")


def test_nobody_unknown_stands_at_the_counter(station: Station) -> None:
    with pytest.raises(PersonUnknown):
        counter_person(station.desk, new_id())


def test_a_claim_names_the_terms(station: Station) -> None:
    """The redemption says which terms of wallet and stock it relies on."""
    desk, towel = station.desk, counter.stocked(station)
    person = counter.with_points(desk, 12)
    counter.redeemed(desk, person, towel)
    with reading(desk.engine) as connection:
        raw = connection.execute(log.select().where(log.c.kind == "wallet.gift_redeemed")).one().raw
    claims = decode_envelope(raw).claims
    assert {(one.object, one.term) for one in claims} == {
        (f"wallet:{person}", 1),
        (f"stock:{desk.device.station}", 1),
    }


def test_the_counter_asks_as_often_whatever_there_is(station: Station) -> None:
    """A redemption, the card and the shelf know how many statements they take."""
    desk, towel = station.desk, counter.stocked(station)
    few = counter.with_points(desk, 12)
    taken = [statements(desk, lambda: counter.redeemed(desk, few, towel))]
    looked = [statements(desk, lambda: look_at_the_counter(desk, few))]
    many = counter.with_points(desk, 48, "李梅")
    for name in ("牙膏", "香皂", "雨伞"):
        counter.stocked(station, name)
        counter.batch(desk, towel, 3, date(2027, 1, 1))
    taken.append(statements(desk, lambda: counter.redeemed(desk, many, towel)))
    looked.append(statements(desk, lambda: look_at_the_counter(desk, many)))
    assert taken[0] == taken[1] <= 33
    assert looked[0] == looked[1] <= 25


def test_the_counter_reads_no_ledger(station: Station) -> None:
    """What is there, what is open and what is due is known without adding up what ever happened."""
    desk = station.desk
    counter.redeemed(desk, counter.with_points(desk, 12), counter.stocked(station))
    counter.set_policy(station, ExpiryPolicy(after_months=12))

    def look_around() -> None:
        assert [tile.stock for tile in shelf(desk, ShelfQuery())] == [
            row.stock for row in gift_rows(desk, None)
        ]
        assert open_day(desk, None).redemptions == 1
        assert not stock_warnings(desk, None).low
        assert expire_points(desk, None).value == 0

    asked = statements_of(desk.engine, look_around)
    assert any("batch_sums" in one for one in asked)
    ledgers = re.compile(
        r"(FROM|JOIN) (stock_moves|counter_entries|closed_gifts|point_entries|redemptions)\b"
    )
    assert [one for one in asked if ledgers.search(one)] == []


def look_at_the_counter(desk: Desk, person: Id) -> None:
    counter_person(desk, person)
    shelf(desk, ShelfQuery(person=person))


def statements(desk: Desk, work: Callable[[], object]) -> int:
    return len(statements_of(desk.engine, work))


def test_a_redemption_is_undone_by_one_key(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station)
    person = counter.with_points(desk, 12)
    done = counter.redeemed(desk, person, towel)
    undo(desk)
    assert balance(station, person) == 1200
    assert redemption(desk, done.redemption).reversed_at is not None
    assert counter_person(desk, person).obstacle is None
