"""Gifts, stock and points for tests, made through the actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.actions.desk import Desk
from app.actions.gifts import GiftForm, ListGift, list_gift
from app.actions.stock import ReceiveBatch, receive_batch
from app.actions.wallets import BasketLine, Redeemed, RedeemGifts, redeem_gifts
from app.domain.staff import Role
from app.domain.stock import Source
from app.facts import Id
from app.storage.ids import new_id
from tests.support import served
from tests.support.desk import Station


def gift(station: Station, name: str = "毛巾", points: int = 12, *, stock: int = 40, **words: Any) -> Id:
    """A gift on the shelf and ``stock`` pieces of it; the clerk sits at the desk afterwards."""
    made = new_id()
    known: dict[str, Any] = {"unit": "条", "low_stock": 5} | words
    expires_on = known.pop("expires_on", None)
    form = GiftForm(name=name, points_cents=points * 100, **known)
    list_gift(station.sit(Role.ADMINISTRATOR), ListGift(gift=made, form=form))
    station.sit(Role.CLERK)
    if stock:
        delivered(station.desk, made, stock, expires_on=expires_on)
    return made


def delivered(desk: Desk, gift: Id, quantity: int, *, expires_on: date | None = None) -> Id:
    """Pieces that came in."""
    batch = new_id()
    receive_batch(
        desk,
        ReceiveBatch(
            batch=batch, gift=gift, quantity=quantity, source=Source.PURCHASE, expires_on=expires_on
        ),
    )
    return batch


def saver(desk: Desk, name: str = "王小明", hours: int = 8, **profile: Any) -> Id:
    """A volunteer who has earned a point for each of these hours, at most eight a day."""
    person = served.volunteer(desk, name, **profile)
    for day in range(-(-hours // 8)):
        begin = served.at(9, day=date(2026, 3, 2 + day))
        served.approved(desk, person, begin, 60 * min(8, hours - 8 * day))
    return person


def redeemed(desk: Desk, person: Id, *gifts: Id) -> Redeemed:
    """One piece of each of these gifts given out."""
    lines = tuple(BasketLine(gift=gift) for gift in gifts)
    return redeem_gifts(desk, RedeemGifts(redemption=new_id(), person=person, lines=lines)).value
