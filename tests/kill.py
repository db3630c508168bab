"""Pulling the plug (断电): a real process amid real actions is killed, again and again, and nothing may be missing.

``packaging/test kill --runs N`` prints ``{"kills": …, "acknowledged": …, "lost": 0, "half_done": 0}``. The clerk runs
in a process of its own that says, through a pipe, what it is about to do (and how many facts that takes) and what
was done. After SIGKILL another process opens the station as the program does and compares: what was said to be done
is there (else *lost*); what was under way is there whole or not at all (else *half done*).
"""

from __future__ import annotations

import argparse
import functools
import itertools
import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.actions import orders as deeds
from app.actions.certificates import CertificateDraft, IssueCertificate, issue_certificate
from app.actions.desk import Desk
from app.actions.drafts import SaveDraft, my_drafts, save_draft
from app.actions.gifts import GiftForm, ListGift, ShelfQuery, list_gift, shelf
from app.actions.people import RegisterPerson, register_person
from app.actions.selfcheck import self_check
from app.actions.services import ApproveServices, RecordServices, Served, approve_services, record_services
from app.actions.startup import FoundStation, close, found_station, sign_in
from app.actions.stock import ReceiveBatch, receive_batch
from app.actions.wallets import (
    BasketLine,
    RedeemGifts,
    ReverseRedemption,
    counter_person,
    redeem_gifts,
    reverse_redemption,
)
from app.domain.orders import RatedHow
from app.domain.people import Profile
from app.domain.stations import StationLevel
from app.domain.stock import Source
from app.facts import Id
from app.storage.engine import reading
from app.storage.history import chain_head
from app.storage.ids import new_id
from tests.support.desk import OPENING, PASSPHRASE, REGION, STATION_NAME, SettableClock
from tests.support.town import Town, request, settle_town

DRAFT_KIND = "kill"


@dataclass
class Promise:
    """What the clerk said before the plug was pulled."""

    acknowledged_seq: int = 0
    under_way_facts: int = 0
    acknowledged: int = 0
    draft: str = ""
    draft_under_way: str = ""
    failure: str = ""


@dataclass
class Tally:
    """What ``--runs`` kills came to."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    half_done: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.half_done or self.differences)


class Clerk:
    """Does one action after the other at a real desk and says so, until the plug is pulled."""

    def __init__(self, desk: Desk, clock: SettableClock, town: Town, rng: random.Random, say: int) -> None:
        self._desk = desk
        self._clock = clock
        self._town = town
        self._rng = rng
        self._say = say
        self._draft = new_id()

    def work(self) -> None:
        for step in self._days():
            self._clock.forward(minutes=1)
            step()

    def _days(self) -> Iterator[Callable[[], None]]:
        while True:
            order = new_id()
            yield functools.partial(self._save_draft, order)
            yield self._register
            yield from self._order(order)
            yield from self._redemption()

    def _order(self, order: Id) -> Iterator[Callable[[], None]]:
        town = self._town
        step = deeds.Step(order=order)
        yield lambda: self._do(1, deeds.submit_order, request(town, order=order))
        yield lambda: self._do(1, deeds.screen_order, step)
        yield lambda: self._do(1, deeds.dispatch_order, deeds.ToTeam(order=order, team=town.team))
        if self._rng.random() < 0.3:
            yield lambda: self._do(1, deeds.refuse_order, deeds.Reasoned(order=order, reason="没有人手"))
            yield lambda: self._do(1, deeds.grab_order, deeds.ToTeam(order=order, team=town.team))
        else:
            yield lambda: self._do(1, deeds.accept_order, deeds.AcceptOrder(order=order))
        yield lambda: self._do(1, deeds.start_order, deeds.StartOrder(order=order))
        self._clock.forward(minutes=40)
        yield lambda: self._do(1, deeds.finish_order, deeds.FinishOrder(order=order))
        services = (new_id(), new_id())
        now = self._desk.now()
        stretches = tuple(
            Served(
                service=service,
                person=town.volunteer,
                started_at=now - timedelta(minutes=15 * (2 - part)),
                ended_at=now - timedelta(minutes=15 * (1 - part)),
            )
            for part, service in enumerate(services)
        )
        recorded = RecordServices(
            stretches=stretches, activity="上门理发", category="haircut", content="理发", order=order
        )
        yield lambda: self._do(2, record_services, recorded)
        yield lambda: self._do(2, approve_services, ApproveServices(services=services))
        stars = self._rng.choice((1, 5))
        rated = deeds.RateOrder(order=order, stars=stars, how=RatedHow.PHONE)
        yield lambda: self._do(2 if stars == 5 else 1, deeds.rate_order, rated)
        issued = IssueCertificate(
            certificate=new_id(),
            draft=CertificateDraft(person=town.volunteer, services=services),
            consented=True,
        )
        yield lambda: self._do(1, issue_certificate, issued)

    def _redemption(self) -> Iterator[Callable[[], None]]:
        """A delivery, and a gift that is given out and taken back, so that the quarter is free for the next."""
        person = self._town.volunteer
        gift = shelf(self._desk, ShelfQuery())[0].gift
        delivery = ReceiveBatch(batch=new_id(), gift=gift, quantity=2, source=Source.PURCHASE)
        yield lambda: self._do(1, receive_batch, delivery)
        used = counter_person(self._desk, person).used
        if used is not None:  # the plug was pulled before it was taken back
            yield lambda: self._reverse(used.redemption)
        redeemed = RedeemGifts(redemption=new_id(), person=person, lines=(BasketLine(gift=gift),))
        yield lambda: self._do(1, redeem_gifts, redeemed)
        yield lambda: self._reverse(redeemed.redemption)

    def _reverse(self, redemption: Id) -> None:
        self._do(1, reverse_redemption, ReverseRedemption(redemption=redemption, reason="拿错了"))

    def _register(self) -> None:
        profile = Profile(name="吴秀英", phone=f"139{self._rng.randrange(10**8):08}")
        self._do(1, register_person, RegisterPerson(person=new_id(), profile=profile))

    def _save_draft(self, order: Id) -> None:
        body = json.dumps({"what": f"买米、降压药 {order}"}, ensure_ascii=False)
        self._tell(draft=body)
        save_draft(self._desk, SaveDraft(draft=self._draft, kind=DRAFT_KIND, body=body))
        self._tell(drafted=body)

    def _do(self, facts: int, action: Callable[[Desk, Any], object], asked: object) -> None:
        self._tell(facts=facts)
        action(self._desk, asked)
        self._tell(seq=_head_seq(self._desk))

    def _tell(self, **what: object) -> None:
        os.write(self._say, json.dumps(what).encode() + b"\n")


def run(runs: int, seed: int, folder: Path) -> Tally:
    """Kill a clerk ``runs`` times over one station in ``folder``."""
    rng = random.Random(seed)
    tally = Tally()
    found = _in_child(lambda: _found(folder))
    town, staff = Town(*found["town"]), found["staff"]
    seq = found["seq"]
    for kill in range(runs):
        promise = _kill_a_clerk(folder, town, staff, kill, rng)
        tally.kills += 1
        tally.acknowledged += promise.acknowledged
        if promise.failure:
            tally.differences.append(promise.failure)
            return tally
        there = _in_child(functools.partial(_look, folder, staff, kill))
        tally.differences += there["differences"]
        promised_seq, seq = promise.acknowledged_seq or seq, there["seq"]
        if seq < promised_seq:
            tally.lost += 1
        elif seq not in (promised_seq, promised_seq + promise.under_way_facts):
            tally.half_done += 1
        if promise.draft and not {promise.draft, promise.draft_under_way} & set(there["drafts"]):
            tally.lost += 1
    return tally


def _found(folder: Path) -> dict[str, Any]:
    """Found the station as the first start does; its administrator works at the desk."""
    asked = FoundStation(
        name=STATION_NAME,
        region=REGION,
        level=StationLevel.STATION,
        admin_name="沈静",
        passphrase=PASSPHRASE,
    )
    desk = found_station(folder, asked, SettableClock()).desk
    town = settle_town(desk)
    list_gift(desk, ListGift(gift=new_id(), form=GiftForm(name="毛巾", unit="条", points_cents=5)))
    assert desk.signed_in is not None
    there = {
        "town": [town.resident, town.volunteer, town.team],
        "staff": desk.signed_in.staff,
        "seq": _head_seq(desk),
    }
    close(desk)
    return there


def _head_seq(desk: Desk) -> int:
    with reading(desk.engine) as connection:
        return chain_head(connection, desk.device.chain)[0]


def _kill_a_clerk(folder: Path, town: Town, staff: Id, kill: int, rng: random.Random) -> Promise:
    """One life of a clerk, ended by SIGKILL after a random number of words and a random moment."""
    seed, patience_lines, patience_s = rng.random(), rng.randrange(1, 60), rng.random() * 0.01
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        _be_a_clerk(folder, town, staff, kill, random.Random(seed), say)
    os.close(say)
    promise = Promise()
    with os.fdopen(hear, "rb") as heard:
        for line in itertools.islice(heard, patience_lines):
            _note(promise, json.loads(line))
        time.sleep(patience_s)
        os.kill(child, signal.SIGKILL)
        for line in heard:
            if line.endswith(b"\n"):
                _note(promise, json.loads(line))
    os.waitpid(child, 0)
    return promise


def _be_a_clerk(folder: Path, town: Town, staff: Id, kill: int, rng: random.Random, say: int) -> None:
    try:
        clock = _clock(kill)
        desk = sign_in(folder, staff, PASSPHRASE, clock)
        Clerk(desk, clock, town, rng, say).work()
    except BaseException:  # noqa: BLE001 - told to the parent, then this process ends
        os.write(say, json.dumps({"failure": traceback.format_exc()}).encode() + b"\n")
    finally:
        os._exit(1)


def _note(promise: Promise, said: dict[str, Any]) -> None:
    match said:
        case {"failure": str(failure)}:
            promise.failure = failure
        case {"facts": int(facts)}:
            promise.under_way_facts = facts
        case {"seq": int(seq)}:
            promise.acknowledged_seq, promise.under_way_facts = seq, 0
            promise.acknowledged += 1
        case {"draft": str(body)}:
            promise.draft_under_way = body
        case {"drafted": str(body)}:
            promise.draft = body
            promise.acknowledged += 1


def _look(folder: Path, staff: Id, kill: int) -> dict[str, Any]:
    """Open the station as the program does, and read what is there."""
    desk = sign_in(folder, staff, PASSPHRASE, _clock(kill, hours=12))
    checked = self_check(desk, None)
    differences = [str(checked.first)] if checked.differences else []
    if desk.device.incarnation != 1:
        differences.append(f"incarnation {desk.device.incarnation}")
    there = {
        "seq": _head_seq(desk),
        "drafts": [draft.body for draft in my_drafts(desk, DRAFT_KIND)],
        "differences": differences,
    }
    close(desk)
    return there


def _clock(kill: int, hours: int = 0) -> SettableClock:
    """Each life has a day of its own, so that nobody serves twice at once."""
    return SettableClock(OPENING + timedelta(days=kill + 1, hours=hours))


def _in_child(work: Callable[[], Any]) -> Any:
    """Run ``work`` in a forked process, so that this one never holds a database over a fork."""
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(say, json.dumps(work()).encode())
            os._exit(0)
        except BaseException:  # noqa: BLE001 - told to the parent, then this process ends
            traceback.print_exc()
            os._exit(1)
    os.close(say)
    with os.fdopen(hear, "rb") as heard:
        answer = heard.read()
    _pid, status = os.waitpid(child, 0)
    if status:
        raise RuntimeError("the process that looks after the kill failed; see above")
    return json.loads(answer)


def main() -> int:
    parser = argparse.ArgumentParser(prog="packaging/test kill", description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**9))
    asked = parser.parse_args()
    print(f"seed {asked.seed}", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="yizhan-kill-") as folder:
        tally = run(asked.runs, asked.seed, Path(folder) / "station")
    for difference in tally.differences:
        print(difference, file=sys.stderr)
    print(
        json.dumps(
            {
                "kills": tally.kills,
                "acknowledged": tally.acknowledged,
                "lost": tally.lost,
                "half_done": tally.half_done,
            }
        )
    )
    return 0 if tally.clean else 1


if __name__ == "__main__":
    sys.exit(main())
