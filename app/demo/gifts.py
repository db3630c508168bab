"""The gift counter of the sample town (礼品兑换): a shelf, deliveries, three redemption days a month, weekly counts.

All of it happens at the desk with the real actions. It draws from a generator of its own, so that the town around it
is the same with and without a counter.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from app.actions.closings import CloseDay, close_day
from app.actions.counts import (
    CountedGift,
    CountStock,
    ExplainCount,
    Explanation,
    count_stock,
    explain_count,
)
from app.actions.desk import Work
from app.actions.gifts import GiftForm, ListGift, list_gift
from app.actions.stock import ReceiveBatch, WriteOffStock, receive_batch, write_off
from app.actions.wallets import (
    Agent,
    BasketLine,
    RedeemGifts,
    ReverseRedemption,
    redeem_gifts,
    reverse_redemption,
)
from app.demo.town import Helper, Town
from app.domain import counts as count_rules
from app.domain.calendar import instant_at, quarter_of, shanghai_day, shipped
from app.domain.counts import Cause
from app.domain.stock import Batch, Source, WriteOff, is_expired
from app.facts import Id
from app.storage import closings, points, stock
from app.storage.ids import new_id


@dataclass(frozen=True)
class Offer:
    """A gift of the sample station. ``many`` are kept in stock; what expires does so after ``months``."""

    name: str
    spec: str
    unit: str
    points: int
    many: int
    yuan_cents: int
    months: int | None = None


OFFERS = (
    Offer("毛巾", "纯棉 34×74 厘米", "条", 5, 60, 650),
    Offer("牙膏", "120 克", "支", 6, 50, 790, 30),
    Offer("香皂", "三块装", "盒", 6, 40, 850, 30),
    Offer("洗衣液", "1 千克", "瓶", 10, 40, 1290, 24),
    Offer("洗洁精", "1.1 千克", "瓶", 8, 30, 990, 18),
    Offer("抽纸", "六包", "提", 10, 30, 1190),
    Offer("雨伞", "三折", "把", 15, 20, 2190),
    Offer("保温杯", "500 毫升", "个", 25, 16, 3900),
    Offer("食用油", "1.8 升", "桶", 28, 16, 3290, 18),
    Offer("大米", "5 千克", "袋", 30, 16, 3590, 12),
    Offer("电水壶", "1.7 升", "个", 40, 8, 5900),
    Offer("电热毯", "150×120 厘米", "条", 60, 6, 8900),
)
_ORIGINS = (
    (Source.PURCHASE, "云溪镇供销社"),
    (Source.PURCHASE, "云溪镇供销社"),
    (Source.DONATION, "好邻居超市"),
    (Source.GRANT, "县新时代文明实践中心"),
)
_RELATIONS = ("女儿", "儿子", "老伴", "邻居")
_DAYS_OF_MONTH = (6, 16, 26)
_AGENT_SHARE, _CHECKED_SHARE, _REVERSED_SHARE, _MISCOUNTED_SHARE = 0.07, 0.3, 0.02, 0.08
_NEAR_THE_END_DAYS = 60
_FRIDAY = 4
_CANDIDATES = 40
_FEWEST_RECORDS = 3


@dataclass(eq=False, slots=True)
class GiftCounter:
    """Where points are given for gifts, about ``redemptions`` times in all."""

    town: Town
    redemptions: int
    _rng: random.Random = field(init=False)
    _gifts: dict[Id, Offer] = field(default_factory=dict)
    _used: dict[Id, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._rng = random.Random(repr(self.town.rng.getstate()))

    def plan(self) -> None:
        if not self.redemptions:
            return
        agenda, days = self.town.agenda, list(self._redemption_days())
        agenda.at(instant_at(self.town.first, 16, 30), self._open)
        for number, day in enumerate(days):
            # More come as the years go by.
            people = 2 * self.redemptions * (number + 1) / (len(days) * (len(days) + 1))
            for _each in range(int(people + self._rng.random())):
                moment = instant_at(day, self._rng.randrange(9, 12), self._rng.randrange(60))
                agenda.at(moment, self._serve)
            agenda.at(instant_at(day, 17, 5), self._close)
        for day in self._fridays():
            agenda.at(instant_at(day, 15, 30), self._look_after)
        lately = max(days[0], self.town.last - timedelta(days=_NEAR_THE_END_DAYS // 2))
        agenda.at(instant_at(lately, 16), self._given_by_the_shop)

    def _redemption_days(self) -> Iterator[date]:
        """The working days on or after the 6th, 16th and 26th, and the last day of all."""
        town = self.town
        for after in range(14, town.days):
            day = town.first + timedelta(days=after)
            if day.day in _DAYS_OF_MONTH:
                yield next(one for one in _days_from(day) if shipped().is_working_day(one))
        yield town.last

    def _fridays(self) -> Iterator[date]:
        town = self.town
        for after in range(1, town.days):
            day = town.first + timedelta(days=after)
            if day.weekday() == _FRIDAY and shipped().is_working_day(day):
                yield day

    def _open(self, now: datetime) -> None:
        """The administrator fills the catalogue and the shelf."""
        for offer in OFFERS:
            gift = new_id()
            self._gifts[gift] = offer
            form = GiftForm(
                name=offer.name,
                spec=offer.spec,
                unit=offer.unit,
                points_cents=offer.points * 100,
                low_stock=max(2, offer.many // 8),
            )
            self.town.do(list_gift, ListGift(gift=gift, form=form), now, self.town.crew.administrator)
        for gift in self._gifts:
            self._deliver(gift, now)

    def _deliver(self, gift: Id, now: datetime) -> None:
        offer, (source, origin) = self._gifts[gift], self._rng.choice(_ORIGINS)
        lives = timedelta(days=30 * (offer.months or 0) - self._rng.randrange(60))
        delivery = ReceiveBatch(
            batch=new_id(),
            gift=gift,
            quantity=offer.many,
            source=source,
            origin=origin,
            expires_on=None if offer.months is None else shanghai_day(now) + lives,
            unit_cost_cents=offer.yuan_cents if source is Source.PURCHASE else None,
        )
        self.town.do(receive_batch, delivery, now)

    def _given_by_the_shop(self, now: datetime) -> None:
        """A shop gives what it cannot sell before it expires."""
        soap = next(gift for gift, offer in self._gifts.items() if offer.months is not None)
        delivery = ReceiveBatch(
            batch=new_id(),
            gift=soap,
            quantity=8,
            source=Source.DONATION,
            origin="好邻居超市",
            remark="临期，尽快发完",
            expires_on=self.town.last + timedelta(days=20),
        )
        self.town.do(receive_batch, delivery, now)

    def _serve(self, now: datetime) -> None:
        """Somebody comes who has points and has not been here this quarter."""
        town, rng = self.town, self._rng
        quarter = str(quarter_of(shanghai_day(now)))
        by = town.crew.at_desk(now)
        work = town.book.work(now, by)
        left = {gift: self._good(batches, now) for gift, batches in self._left(work).items()}
        for helper in self._candidates(quarter, town.crew.persons.get(by.staff)):
            purse = points.purse(work.connection, helper.person.id, None)
            affordable = [
                gift
                for gift, offer in self._gifts.items()
                if left.get(gift) and offer.points * 100 <= purse.balance_cents - purse.owed_cents
            ]
            if not affordable:
                continue
            gift = rng.choices(affordable, [self._gifts[one].points for one in affordable])[0]
            request = RedeemGifts(
                redemption=new_id(),
                person=helper.person.id,
                lines=(BasketLine(gift=gift),),
                checker=town.crew.administrator.staff if rng.random() < _CHECKED_SHARE else None,
                agent=self._agent(),
            )
            self.town.do(redeem_gifts, request, now, by)
            self._used[helper.person.id] = quarter
            if rng.random() < _REVERSED_SHARE:
                later = now + timedelta(minutes=rng.randrange(4, 40))
                town.agenda.at(later, partial(self._reverse, request.redemption))
            return

    def _candidates(self, quarter: str, operator: Id | None) -> list[Helper]:
        """Some who could come, the busiest first."""
        helpers = self.town.helpers
        drawn = self._rng.sample(helpers, min(_CANDIDATES, len(helpers)))
        able = [
            one
            for one in drawn
            if one.gone_on is None
            and len(one.approved) >= _FEWEST_RECORDS
            and self._used.get(one.person.id) != quarter
            and one.person.id != operator
        ]
        return sorted(able, key=lambda one: len(one.approved), reverse=True)

    def _agent(self) -> Agent | None:
        rng, residents = self._rng, self.town.residents
        if not residents or rng.random() > _AGENT_SHARE:
            return None
        return Agent(name=rng.choice(residents).details.name, relation=rng.choice(_RELATIONS))

    def _reverse(self, redemption: Id, now: datetime) -> None:
        self.town.do(
            reverse_redemption, ReverseRedemption(redemption=redemption, reason="拿错了，换一样"), now
        )

    def _look_after(self, now: datetime) -> None:
        """At the end of a week what expired goes out, what is there is counted, and what lacks is ordered."""
        work = self.town.book.work(now, self.town.crew.at_desk(now))
        left = self._left(work)
        for batch in [one for batches in left.values() for one in batches]:
            if batch.quantity and is_expired(batch, shanghai_day(now)):
                gone = WriteOffStock(
                    write_off=new_id(),
                    batch=batch.id,
                    quantity=batch.quantity,
                    cause=WriteOff.EXPIRED,
                    reason="到期没有发完",
                )
                self.town.do(write_off, gone, now)
        self._count(now)
        if now + timedelta(days=_NEAR_THE_END_DAYS) > self.town.until:
            return  # the last order has not come yet, so something is low
        for gift, batches in left.items():
            if self._good(batches, now) <= self._gifts[gift].many // 3:
                self._deliver(gift, now)

    def _count(self, now: datetime) -> None:
        work = self.town.book.work(now, self.town.crew.at_desk(now))
        batches = stock.every_batch(work.connection, self.town.station.id)
        book: dict[tuple[Id, date | None], int] = {}
        for group in count_rules.sheet(batches, self._gifts):
            book[group] = sum(one.quantity for one in batches if (one.gift, one.expires_on) == group)
        lacking = [group for group, pieces in book.items() if pieces]
        if lacking and self._rng.random() < _MISCOUNTED_SHARE:
            book[self._rng.choice(lacking)] -= 1
        lines = [CountedGift(gift=gift, expires_on=day, counted=there) for (gift, day), there in book.items()]
        count = CountStock(count=new_id(), lines=tuple(lines))
        self.town.do(count_stock, count, now)
        differing = dict.fromkeys(self._differing(book, batches))
        if differing:
            causes = tuple(Explanation(gift=gift, cause=Cause.UNKNOWN) for gift in differing)
            why = ExplainCount(count=count.count, gifts=causes, reason="逐笔核对过，没有查到去向")
            self.town.do(explain_count, why, now)

    def _differing(self, there: dict[tuple[Id, date | None], int], batches: list[Batch]) -> Iterator[Id]:
        for (gift, day), pieces in there.items():
            if pieces != sum(one.quantity for one in batches if (one.gift, one.expires_on) == (gift, day)):
                yield gift

    def _close(self, now: datetime) -> None:
        work = self.town.book.work(now, self.town.crew.at_desk(now))
        if not closings.figures_since(work.connection, self.town.station.id).is_empty:
            self.town.do(close_day, CloseDay(closing=new_id()), now)

    def _left(self, work: Work) -> dict[Id, list[Batch]]:
        return stock.batches_left(work.connection, self.town.station.id)

    def _good(self, batches: list[Batch], now: datetime) -> int:
        return sum(one.quantity for one in batches if not is_expired(one, shanghai_day(now)))


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += timedelta(days=1)
