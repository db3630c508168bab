"""The gift counter (兑换): points for gifts once a quarter, what is refused, and a reversal after which it is all as
before.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QAbstractButton, QWidget

from app.actions.gifts import ShelfQuery, Tile, shelf
from app.actions.people_list import PeopleQuery, people_list
from app.actions.redemptions import RedemptionEntry, RedemptionsQuery, redemptions
from app.actions.wallets import CounterPerson, counter_person
from app.domain.calendar import quarter_of
from app.domain.points import MOST_CENTS
from app.facts import Id
from app.sentences.points import figure
from ui.demo_day.day import Day
from ui.demo_day.promises import promise

_MANY = 1_000
_LARGE_BALANCE_CENTS = 1_500
_CLERK = 1
CUSTOMER = "customer"


@dataclass(frozen=True)
class Sums:
    """What somebody has, and what is left of a gift."""

    points_cents: int
    minutes: int
    stock: int


def redeem(day: Day) -> None:
    """The card is scanned, a key takes the gift, Enter shows what will be left, Enter gives it out."""
    day.stage.pass_time(day.clock.until(16, 30))
    with day.step("redeem", "刷卡，拿礼品，两次回车") as step:
        _sit(day, day.station.tiles[_CLERK].name)
        someone = customer(day, _LARGE_BALANCE_CENTS)
        tile, key = _affordable(day, someone.balance_cents)
        before, keys = _sums(day, someone.person, tile), day.hands.keys
        day.go("兑换")
        day.picture("counter")
        day.hands.scan(someone.volunteer_number)
        day.eyes.read(someone.name, "可以兑换")
        day.hands.press(str(key))
        day.eyes.read(figure(before.points_cents), figure(before.points_cents - tile.points_cents))
        day.hands.press("Enter")
        day.picture("counter-basket")
        day.hands.press("Enter")
        day.eyes.read("谢谢您", "凭证")
        day.picture("counter-thanks")
        after, entry = _sums(day, someone.person, tile), _newest(day, someone.person)
        gone = Sums(before.points_cents - tile.points_cents, before.minutes, before.stock - 1)
        promise(after == gone, "积分扣了，礼品少一件，时长一分不动", before=before, after=after)
        step.note(
            volunteer=someone.name,
            voucher=entry.number,
            gift=tile.name,
            points_before=before.points_cents / 100,
            points_after=after.points_cents / 100,
            stock_before=before.stock,
            stock_after=after.stock,
            minutes=after.minutes,
            keys_pressed=day.hands.keys - keys,
        )
    with day.step("receipt", "兑换凭证") as step:
        day.save_paper("gift-receipt", entry.number, tile.name, entry.who, press="F10")
        turn(day, "兑换登记")
        _point(day, entry)
        day.picture("gift-register")
        step.note(voucher=entry.number)
    day.persons[CUSTOMER] = someone.person


def refuse_second(day: Day) -> None:
    """One sentence with the next day, and the line is ready for the next card."""
    day.stage.pass_time(2)
    with day.step("second redemption", "本季度再来，一句话说清") as step:
        before = _newest(day, day.persons[CUSTOMER])
        someone = day.stage.look(counter_person, day.persons[CUSTOMER])
        promise(someone.next_day is not None, "有下一次的日子")
        turn(day, "兑换")
        say_name(day, someone.person)
        said = day.eyes.line("起可以再兑换")
        assert someone.next_day is not None
        promise(f"{someone.next_day.month}月{someone.next_day.day}日" in said, "说了从哪天起", said=said)
        promise(day.eyes.focus_is_in("哪位志愿者"), "下一位马上可以来")
        day.picture("counter-refused")
        promise(_newest(day, day.persons[CUSTOMER]) == before, "什么也没有扣")
        step.note(refused=said, next_day=someone.next_day.isoformat())


def reverse_and_redeem(day: Day) -> None:
    """The wrong gift comes back: points, quarter and stock as before; then the right one, by its own code."""
    person = day.persons[CUSTOMER]
    wrong = _newest(day, person)
    with day.step("reverse", "拿错了，撤销兑换") as step:
        tile = next(one for one in day.stage.look(shelf, ShelfQuery()) if one.gift == wrong.gifts[0].gift)
        before = _sums(day, person, tile)
        turn(day, "兑换登记")
        _point(day, wrong)
        day.hands.press("R")
        day.hands.click(day.eyes.button("拿错了礼品"))
        day.picture("reverse")
        day.hands.press("Ctrl+Enter")
        day.said("撤销了")
        after = _sums(day, person, tile)
        restored = Sums(before.points_cents + wrong.points_cents, before.minutes, before.stock + 1)
        promise(after == restored, "积分、库存都回到原样", before=before, after=after)
        step.note(voucher=wrong.number, points=after.points_cents / 100, stock=after.stock)
    with day.step("redeem again", "同一季度重新兑换，扫礼品上的码") as step:
        someone = day.stage.look(counter_person, person)
        other, _key = _affordable(day, someone.balance_cents, other_than=tile.gift)
        before = _sums(day, person, other)
        turn(day, "兑换")
        say_name(day, someone.person)
        day.eyes.read(someone.name, "可以兑换")
        day.hands.scan(other.code)
        day.hands.press("Enter", "Enter")
        day.eyes.read("谢谢您")
        after, entry = _sums(day, person, other), _newest(day, person)
        gone = Sums(before.points_cents - other.points_cents, before.minutes, before.stock - 1)
        promise(after == gone, "这一次照样扣", before=before, after=after)
        quarter = [one for one in _of(day, person) if one.quarter == wrong.quarter]
        promise(
            sum(one.reversed_at is None for one in quarter) == 1 and len(quarter) >= 2,
            "一个季度算数的只有一次",
            seen=[one.number for one in quarter],
        )
        turn(day, "兑换登记")
        _point(day, entry)
        day.save_paper("gift-receipt-again", entry.number, other.name)
        step.note(
            voucher=entry.number,
            gift=other.name,
            points_after=after.points_cents / 100,
            stock_after=after.stock,
        )


# --- again and again


def turn(day: Day, title: str) -> None:
    """To another page of the counter, by its tab."""
    tabs = day.eyes.named("兑换的各页", QWidget)
    day.hands.click(next(one for one in tabs.findChildren(QAbstractButton) if one.text() == title))


def _sit(day: Day, clerk: str) -> None:
    if day.stage.frame().clerk.name != clerk:
        day.switch(clerk)


def customer(day: Day, least_cents: int, most_cents: int = MOST_CENTS) -> CounterPerson:
    """A volunteer who may redeem and has so many points."""
    own = set(day.volunteers_at_desk().values())
    rows = [row for row in day.stage.look(people_list, PeopleQuery(limit=_MANY)).rows if row.id not in own]
    rows.sort(key=lambda row: row.number or "")
    day.rng.shuffle(rows)
    for row in rows:
        person = day.stage.look(counter_person, row.id)
        if person.obstacle is None and least_cents <= person.balance_cents <= most_cents:
            return person
    raise LookupError("nobody in the sample town can redeem")


def say_name(day: Day, person: Id) -> None:
    """Without the card, by name."""
    name, typed = day.named(person)
    day.enter("哪位志愿者")
    day.hands.write(typed)
    day.eyes.until(day.eyes.proposals, f"按名字找得到{name}")
    day.hands.press("Enter")


def _affordable(day: Day, balance_cents: int, *, other_than: Id = "") -> tuple[Tile, int]:
    """A gift of the first page that is there and can be paid, and its key."""
    first_page = list(enumerate(day.stage.look(shelf, ShelfQuery())[:9], start=1))
    able = [
        (tile, key)
        for key, tile in first_page
        if tile.stock and tile.points_cents <= balance_cents and tile.gift != other_than
    ]
    promise(able, "货架上有换得起的")
    return day.rng.choice(able)


def _sums(day: Day, person: Id, tile: Tile) -> Sums:
    it = day.stage.look(counter_person, person)
    left = next(one.stock for one in day.stage.look(shelf, ShelfQuery()) if one.gift == tile.gift)
    return Sums(it.balance_cents, it.minutes, left)


def _of(day: Day, person: Id) -> tuple[RedemptionEntry, ...]:
    return day.stage.look(redemptions, RedemptionsQuery(person=person)).rows


def _newest(day: Day, person: Id) -> RedemptionEntry:
    entry = _of(day, person)[0]
    promise(entry.quarter == str(quarter_of(day.clock().date())), "记在这个季度", quarter=entry.quarter)
    return entry


def _point(day: Day, entry: RedemptionEntry) -> None:
    view, index = day.eyes.row(entry.number, within="兑换登记")
    day.hands.click_row(view, index)
    day.eyes.read("补打凭证", entry.number)
