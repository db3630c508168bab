"""Two PCs of a station that meet only now and then: whatever they do meanwhile, nothing is given out twice.

Both are real desks with real databases. One holds the counter; the other registers people and hours, revokes some,
and now and then *lies*: it gives out gifts although it holds nothing, as a cloned disk would. A sequencer stands for
the county and asks the rule of custody for its verdicts. With that rule switched off, the same runs go wrong.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.actions.desk import Desk, do
from app.actions.services import ServiceReason, reverse_service
from app.actions.wallets import ReverseRedemption, redeem_gifts, reverse_redemption
from app.domain.custody import Custody, NotTheHolder, Verdict, begun, verdict
from app.domain.problems import Refusal
from app.facts import Claim, Id, decode_body, decode_envelope
from app.facts.wallets import BatchPart, GiftRedeemed, RedeemedGift
from app.storage import fold
from app.storage.device import Device
from app.storage.engine import reading, writing
from app.storage.history import FOLDED, log, log_private
from app.storage.ids import new_id
from app.storage.log import Log, Mirrored, Received
from app.storage.points import point_debts, point_entries
from app.storage.redemptions import redemptions
from app.storage.stock import stock_moves
from tests.support import counter, served
from tests.support.desk import Station, open_station

SEEDS = range(5)
STEPS = 45
PEOPLE = 3
Judge = Callable[[Any, tuple[Claim, ...], Id, dict[str, Custody]], str]


class Sequencer:
    """Gives each fact a position and the verdict of ``judge``."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._custodies: dict[str, Custody] = {}
        self.facts: list[Received] = []

    def push(self, one: Mirrored) -> None:
        envelope = decode_envelope(one.raw)
        body = decode_body(envelope)
        assert body is not None
        said = self._judge(body, envelope.claims, envelope.device, self._custodies)
        custody = begun(body)
        if custody is not None and said == FOLDED:
            self._custodies[body.object] = custody
        self.facts.append(Received(one.raw, one.parts, len(self.facts) + 1, said))


@dataclass
class Site:
    """One PC, what it has pushed and how far it has pulled."""

    station: Station
    records: list[Id] = field(default_factory=list)
    pushed: int = 0
    pulled: int = 0

    @property
    def desk(self) -> Desk:
        return self.station.desk

    def push(self, sequencer: Sequencer, limit: int) -> None:
        for one in list(self._own())[:limit]:
            sequencer.push(one)
            self.pushed += 1

    def pull(self, sequencer: Sequencer, limit: int) -> None:
        facts = sequencer.facts[self.pulled : self.pulled + limit]
        with writing(self.desk.engine) as connection:
            theirs = Log(connection, self.desk.device.chain)
            theirs.receive(facts)
            theirs.finish()
        self.pulled += len(facts)

    def _own(self) -> Iterator[Mirrored]:
        with reading(self.desk.engine) as connection:
            rows = connection.execute(
                select(log.c.fact, log.c.raw)
                .where(log.c.device == self.desk.device.id, log.c.seq > self.pushed)
                .order_by(log.c.seq)
            ).all()
            for row in rows:
                parts = connection.execute(select(log_private).where(log_private.c.fact == row.fact))
                yield Mirrored(row.raw, {part.person: part.sealed for part in parts})


class World:
    """The counter, the PC beside it, and everything they do."""

    def __init__(self, folder: Path, rng: random.Random, judge: Judge) -> None:
        self.rng, self.sequencer = rng, Sequencer(judge)
        self.counter, self.beside = (Site(open_station(folder / name)) for name in ("counter", "beside"))
        self.sites = [self.counter, self.beside]
        here = self.beside.desk.device
        self.beside.desk.device = Device(new_id(), 1, "B7", here.private_key, here.station, here.newest_at)
        self.beside.desk.mirror = None
        self.gift = counter.stocked(self.counter.station, quantity=9)
        self.people = [
            served.volunteer(self.counter.desk, name, phone=f"1371111000{number}")
            for number, name in enumerate(("王小明", "李秀英", "赵强"))
        ]
        self.slots = 0
        self.done: list[Id] = []
        self.refused = 0
        for person in self.people:
            self.earn(self.counter, person)
        self.meet()

    def close(self) -> None:
        for site in self.sites:
            site.station.close()

    def meet(self) -> None:
        """The line is there, and everything goes over it."""
        for site in self.sites:
            site.push(self.sequencer, 10_000)
        for site in self.sites:
            site.pull(self.sequencer, 10_000)

    def step(self, lies: bool) -> None:
        rng, site = self.rng, self.rng.choice(self.sites)
        match rng.choice(("earn", "revoke", "redeem", "reverse", "lie", "push", "pull", "days")):
            case "earn":
                self.earn(site, rng.choice(self.people))
            case "revoke" if site.records:
                service = site.records.pop(rng.randrange(len(site.records)))
                reverse_service(site.desk, ServiceReason(service=service, reason="没有去"))
            case "redeem":
                for person in self.people:
                    self.redeem(site, person)
            case "reverse" if self.done:
                redemption = self.done.pop()
                reversal = ReverseRedemption(redemption=redemption, reason="拿错了")
                reverse_redemption(self.counter.desk, reversal)
            case "lie" if lies:
                self.lie()
            case "push":
                site.push(self.sequencer, rng.randint(1, 9))
            case "pull":
                site.pull(self.sequencer, rng.randint(1, 9))
            case "days":
                for one in self.sites:
                    one.station.clock.forward(days=rng.choice((1, 30, 36)))
                    served.resident(one.desk)

    def earn(self, site: Site, person: Id) -> None:
        """Each record has a day of its own."""
        self.slots += 1
        begin = served.at(6, day=date(2026, 4, 6) - timedelta(days=self.slots))
        site.records += counter.earn(site.desk, person, self.rng.randint(2, 9), begin)

    def redeem(self, site: Site, person: Id) -> None:
        request = counter.basket(person, self.gift)
        try:
            redeem_gifts(site.desk, request)
        except NotTheHolder:
            assert site is self.beside
        except Refusal:
            assert site is self.counter
            self.refused += 1
        else:
            assert site is self.counter
            self.done.append(request.redemption)

    def lie(self) -> None:
        """The PC beside gives out a gift, claiming terms that are not its own."""
        person, desk = self.rng.choice(self.people), self.beside.desk
        with reading(desk.engine) as connection:
            batch = connection.execute(select(stock_moves.c.batch)).scalars().first()
        assert batch is not None
        gift = RedeemedGift(
            gift=self.gift,
            code="",
            name="毛巾",
            spec="",
            unit="条",
            points_cents=500,
            quantity=1,
            stock_before=1,
            stock_after=0,
            batches=(BatchPart(batch=batch, quantity=1),),
        )
        body = GiftRedeemed(
            wallet=person,
            redemption=new_id(),
            number="DH-B7000001-0",
            stock=desk.device.station,
            unit="",
            quarter=f"{desk.today().year}Q{(desk.today().month + 2) // 3}",
            redeemed_on=desk.today(),
            gifts=(gift,),
            points_cents=500,
            balance_before_cents=500,
        )
        claims = [Claim(name, 1) for name in body.relies_on()]
        do(desk, lambda work: work.record(body, claims=claims))


def broken(site: Site) -> list[str]:
    """What must never be and is."""
    found = []
    with reading(site.desk.engine) as connection:
        for what, key, amount in (
            ("balance", point_entries.c.person, point_entries.c.points_cents),
            ("stock", stock_moves.c.batch, stock_moves.c.quantity),
        ):
            query = select(key, func.sum(amount)).group_by(key).having(func.sum(amount) < 0)
            found += [f"negative {what}: {row}" for row in connection.execute(query)]
        used = redemptions.c.wallet_id, redemptions.c.quarter
        query = select(*used).where(redemptions.c.reversed_at.is_(None)).group_by(*used)
        twice = connection.execute(query.having(func.count() > 1))
        found += [f"two in a quarter: {row}" for row in twice]
    return found


def rows(site: Site) -> dict[str, list[Any]]:
    with reading(site.desk.engine) as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in fold.folded_tables()
        }


def live(folder: Path, seed: str, judge: Judge, *, lies: bool) -> tuple[World, list[str]]:
    """One history; what was found broken at the counter at any time, and everywhere in the end."""
    print(f"seed {seed}")
    world = World(folder, random.Random(seed), judge)
    wrong: list[str] = []
    for _ in range(STEPS):
        world.step(lies)
        wrong += broken(world.counter)
        wrong += [] if lies else broken(world.beside)
    world.meet()
    return world, wrong + broken(world.counter) + broken(world.beside)


@pytest.mark.parametrize("number", SEEDS)
@pytest.mark.parametrize("lies", [False, True], ids=["apart", "with a liar"])
def test_apart_for_however_long_nothing_is_given_twice(number: int, lies: bool, tmp_path: Path) -> None:
    seed = f"{number}/{random.getrandbits(32)}"
    world, wrong = live(tmp_path, seed, verdict, lies=lies)
    try:
        assert wrong == []
        assert rows(world.counter) == rows(world.beside)
        _expect_sums(world)
    finally:
        world.close()


def test_without_the_rule_of_custody_it_goes_wrong(tmp_path: Path) -> None:
    """The guard is switched off: some history has to break what must hold."""
    for number in range(40):
        world, wrong = live(tmp_path / f"{number}", f"off/{number}", _anything_goes, lies=True)
        world.close()
        if wrong:
            return
    raise AssertionError("nothing went wrong without the rule, so the test sees nothing")


def _anything_goes(body: Any, claimed: tuple[Claim, ...], device: Id, custodies: dict[str, Custody]) -> str:
    return Verdict.FOLDED


def _expect_sums(world: World) -> None:
    """Everything earned is there, was given for a gift, or was taken back; and what is owed is what is missing."""
    with reading(world.counter.desk.engine) as connection:
        total = connection.execute(select(func.sum(point_entries.c.points_cents))).scalar_one()
        earned = _sum_of(connection, "earned")
        redeemed = _sum_of(connection, "redeemed") + _sum_of(connection, "restored")
        taken = _sum_of(connection, "taken_back")
        owed = connection.execute(select(func.coalesce(func.sum(point_debts.c.points_cents), 0))).scalar_one()
        given = connection.execute(
            select(func.coalesce(func.sum(redemptions.c.points_cents), 0)).where(
                redemptions.c.reversed_at.is_(None)
            )
        ).scalar_one()
        left = connection.execute(select(func.sum(stock_moves.c.quantity))).scalar_one()
        standing = connection.execute(
            select(func.count()).select_from(redemptions).where(redemptions.c.reversed_at.is_(None))
        ).scalar_one()
    assert total == earned + redeemed + taken
    assert redeemed == -given
    assert owed >= 0
    assert left == 9 - standing


def _sum_of(connection: Any, kind: str) -> int:
    query = select(func.coalesce(func.sum(point_entries.c.points_cents), 0))
    return int(connection.execute(query.where(point_entries.c.kind == kind)).scalar_one())
