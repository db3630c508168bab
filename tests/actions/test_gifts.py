"""The catalogue through its actions, and the shelf that people stand before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.actions.codes import CodeMeaning, CodeUnknown, resolve_code
from app.actions.desk import Desk, NotAllowed
from app.actions.gifts import (
    EditGift,
    GiftForm,
    GiftRow,
    ListGift,
    ShelfQuery,
    edit_gift,
    gift_picture,
    gift_rows,
    list_gift,
    offer_gift_again,
    shelf,
    withdraw_gift,
)
from app.actions.undo import undo
from app.domain.gifts import (
    AlreadyWithdrawn,
    GiftCodeTaken,
    GiftNameMissing,
    GiftUnknown,
    LowStockImpossible,
    NotWithdrawn,
    PointsImpossible,
    UnitMissing,
)
from app.domain.numbers import NumberWrongForm
from app.domain.staff import Role
from app.storage.ids import new_id
from tests.support import counter
from tests.support.desk import Station
from tests.support.served import JPEG

TOWEL = GiftForm(name="毛巾", spec="纯棉 34×74", unit="条", points_cents=500, low_stock=3)


@pytest.fixture
def admin(station: Station) -> Desk:
    return station.sit(Role.ADMINISTRATOR)


def row(desk: Desk) -> GiftRow:
    (only,) = gift_rows(desk, None)
    return only


def test_a_gift_is_listed_once(admin: Desk) -> None:
    request = ListGift(gift=new_id(), form=replace(TOWEL, picture=JPEG))
    listed = list_gift(admin, request)
    assert (len(listed.value.code), list_gift(admin, request).changed) == (10, frozenset())
    there = row(admin)
    assert (there.name, there.unit, there.points_cents, there.low_stock) == ("毛巾", "条", 500, 3)
    assert there.picture is not None and gift_picture(admin, there.picture) == JPEG
    assert resolve_code(admin, listed.value.code) == CodeMeaning(noun="gift", object=request.gift)
    with pytest.raises(CodeUnknown):
        resolve_code(admin, "99999999")


@pytest.mark.parametrize(
    ("form", "refusal"),
    [
        (replace(TOWEL, name=" "), GiftNameMissing),
        (replace(TOWEL, unit=""), UnitMissing),
        (replace(TOWEL, points_cents=0), PointsImpossible),
        (replace(TOWEL, low_stock=-1), LowStockImpossible),
        (replace(TOWEL, code="12"), NumberWrongForm),
    ],
)
def test_what_no_gift_can_be(admin: Desk, form: GiftForm, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        list_gift(admin, ListGift(gift=new_id(), form=form))
    assert gift_rows(admin, None) == ()


def test_digits_on_the_label_are_one_gift_s_own(admin: Desk) -> None:
    list_gift(admin, ListGift(gift=new_id(), form=replace(TOWEL, code="6901234567892")))
    with pytest.raises(GiftCodeTaken) as refused:
        list_gift(admin, ListGift(gift=new_id(), form=replace(TOWEL, name="牙膏", code="6901234567892")))
    assert refused.value.name == "毛巾"


def test_an_entry_is_put_right(admin: Desk) -> None:
    gift = new_id()
    list_gift(admin, ListGift(gift=gift, form=replace(TOWEL, picture=JPEG)))
    before = row(admin)
    assert edit_gift(admin, EditGift(gift=gift, form=TOWEL)).changed == frozenset()
    edit_gift(admin, EditGift(gift=gift, form=replace(TOWEL, points_cents=600)))
    assert row(admin) == replace(before, points_cents=600)
    undo(admin)
    assert row(admin) == before
    with pytest.raises(GiftUnknown):
        edit_gift(admin, EditGift(gift=new_id(), form=TOWEL))


def test_a_gift_leaves_the_shelf_and_comes_back(admin: Desk) -> None:
    gift = new_id()
    listed = list_gift(admin, ListGift(gift=gift, form=TOWEL)).value
    withdraw_gift(admin, gift)
    assert shelf(admin, ShelfQuery()) == () and row(admin).withdrawn
    with pytest.raises(CodeUnknown):
        resolve_code(admin, listed.code)
    with pytest.raises(AlreadyWithdrawn):
        withdraw_gift(admin, gift)
    offer_gift_again(admin, gift)
    with pytest.raises(NotWithdrawn):
        offer_gift_again(admin, gift)
    undo(admin)
    assert row(admin).withdrawn
    undo(admin)
    assert not row(admin).withdrawn


def test_a_gift_listed_by_mistake_leaves_the_shelf(admin: Desk) -> None:
    list_gift(admin, ListGift(gift=new_id(), form=TOWEL))
    undo(admin)
    assert row(admin).withdrawn


def test_only_administrators_say_what_there_is(station: Station) -> None:
    with pytest.raises(NotAllowed):
        list_gift(station.desk, ListGift(gift=new_id(), form=TOWEL))


def test_the_shelf_says_what_somebody_lacks(station: Station) -> None:
    desk = station.desk
    kettle = counter.stocked(station, "电水壶", 80, quantity=2)
    towel = counter.gift(station)
    counter.batch(desk, towel, 5, date(2026, 4, 7))
    person = counter.with_points(desk, 12)
    cheap, dear = shelf(desk, ShelfQuery(person=person))
    assert (cheap.gift, cheap.stock, cheap.missing_cents, cheap.is_low) == (towel, 5, 0, False)
    assert (dear.gift, dear.stock, dear.missing_cents, dear.is_low) == (kettle, 2, 6_800, True)
    assert [tile.missing_cents for tile in shelf(desk, ShelfQuery())] == [0, 0]
    station.clock.forward(days=1)
    assert [tile.stock for tile in shelf(desk, ShelfQuery())] == [0, 2]
    there = gift_rows(desk, None)[0]
    assert (there.stock, there.expired, there.expires_on, there.is_low) == (5, 5, date(2026, 4, 7), True)
