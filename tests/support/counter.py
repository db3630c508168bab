"""Gifts, stock and volunteers with points for tests of the gift counter, made through the actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from app.actions.desk import Desk
from app.actions.gifts import GiftForm, ListGift, list_gift
from app.actions.stock import ReceiveBatch, receive_batch
from app.actions.wallets import BasketLine, Redeemed, RedeemGifts, redeem_gifts
from app.domain.policies import Policy
from app.domain.staff import Role
from app.domain.stock import Source
from app.facts import Id
from app.facts.policies import PolicySet
from app.storage.ids import new_id
from tests.support import served
from tests.support.desk import Station
from tests.support.recording import record_facts

TOWEL_POINTS = 5


def gift(station: Station, name: str = "毛巾", points: int = TOWEL_POINTS, **form: Any) -> Id:
    """A gift on the shelf, listed by the administrator; then who sat there before sits there again."""
    before, made = station.desk.signed_in, new_id()
    known: dict[str, Any] = {"unit": "条", "low_stock": 2} | form
    listed = ListGift(gift=made, form=GiftForm(name=name, points_cents=points * 100, **known))
    list_gift(station.sit(Role.ADMINISTRATOR), listed)
    station.desk.signed_in = before
    return made


def batch(desk: Desk, gift: Id, quantity: int = 10, expires_on: date | None = None, **more: Any) -> Id:
    """Pieces that came in today."""
    made = new_id()
    known: dict[str, Any] = {"source": Source.PURCHASE} | more
    received = ReceiveBatch(batch=made, gift=gift, quantity=quantity, expires_on=expires_on, **known)
    receive_batch(desk, received)
    return made


def stocked(
    station: Station,
    name: str = "毛巾",
    points: int = TOWEL_POINTS,
    quantity: int = 10,
    *,
    expires_on: date | None = None,
    **form: Any,
) -> Id:
    """A gift with pieces that came in today."""
    made = gift(station, name, points, **form)
    batch(station.desk, made, quantity, expires_on)
    return made


def with_points(desk: Desk, points: int, name: str = "王小明", **profile: Any) -> Id:
    """A volunteer whose service earned so many points, until yesterday."""
    person = served.volunteer(desk, name, **profile)
    earn(desk, person, points)
    return person


def earn(desk: Desk, person: Id, points: int, begin: datetime | None = None) -> list[Id]:
    """Approved records that earn so many points, up to twelve a day; the latest is at ``begin``."""
    begun, made = begin or served.at(6), []
    while points > 0:
        hours = min(points, 12)
        made.append(served.approved(desk, person, begun, hours * 60))
        points -= hours
        begun -= timedelta(days=1)
    return made


def basket(person: Id, *gifts: Id, **more: Any) -> RedeemGifts:
    """A request for one piece of each."""
    lines = tuple(BasketLine(gift=one) for one in gifts)
    return RedeemGifts(redemption=new_id(), person=person, lines=lines, **more)


def redeemed(desk: Desk, person: Id, *gifts: Id, **more: Any) -> Redeemed:
    """One piece of each was given out."""
    return redeem_gifts(desk, basket(person, *gifts, **more)).value


def set_policy(station: Station, policy: Policy) -> None:
    """A policy that has long held."""
    value = msgspec.json.encode(policy).decode()
    record_facts(station.desk, PolicySet(policy=policy.name, value=value, valid_from=date(2026, 1, 1)))
