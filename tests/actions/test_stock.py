"""The stock of gifts through its actions: what comes in, what goes out, and what is told in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.actions.stock import (
    MovesQuery,
    ReceiveBatch,
    WriteOffStock,
    batches_of,
    moves_of,
    receive_batch,
    stock_warnings,
    write_off,
)
from app.actions.undo import undo
from app.domain.custody import NotTheHolder
from app.domain.gifts import GiftUnknown
from app.domain.stock import (
    BatchUnknown,
    CostImpossible,
    ExpiredWhenReceived,
    GiftExpired,
    MoveKind,
    NotExpiredYet,
    NotInStock,
    QuantityImpossible,
    ReceivedInTheFuture,
    Source,
    StockReasonMissing,
    WriteOff,
)
from app.storage.device import Device
from app.storage.ids import new_id
from tests.support import counter
from tests.support.desk import Station

TODAY = date(2026, 4, 7)


def test_a_batch_comes_in_once(station: Station) -> None:
    desk, towel = station.desk, counter.gift(station)
    request = ReceiveBatch(
        batch=new_id(),
        gift=towel,
        quantity=20,
        source=Source.DONATION,
        origin="好邻居超市",
        received_on=date(2026, 4, 1),
        expires_on=date(2027, 4, 1),
        unit_cost_cents=450,
    )
    receive_batch(desk, request)
    assert receive_batch(desk, request).changed == frozenset()
    (row,) = batches_of(desk, towel)
    assert (row.quantity, row.received, row.source, row.origin) == (20, 20, Source.DONATION, "好邻居超市")
    assert (row.received_on, row.expires_on, row.unit_cost_cents, row.is_expired) == (
        date(2026, 4, 1),
        date(2027, 4, 1),
        450,
        False,
    )


def test_what_cannot_come_in(station: Station) -> None:
    desk, towel = station.desk, counter.gift(station)
    request = ReceiveBatch(batch=new_id(), gift=towel, quantity=1, source=Source.PURCHASE)
    for change, refusal in (
        ({"quantity": 0}, QuantityImpossible),
        ({"received_on": date(2026, 4, 8)}, ReceivedInTheFuture),
        ({"expires_on": date(2026, 4, 6)}, ExpiredWhenReceived),
        ({"unit_cost_cents": -1}, CostImpossible),
        ({"gift": new_id()}, GiftUnknown),
    ):
        with pytest.raises(refusal):
            receive_batch(desk, replace(request, **change))
    assert batches_of(desk, towel) == ()


def test_what_expires_first_goes_first_and_nothing_expired_goes(station: Station) -> None:
    desk, milk = station.desk, counter.gift(station, "牛奶")
    late = counter.batch(desk, milk, 2, date(2026, 5, 1))
    never = counter.batch(desk, milk, 1)
    early = counter.batch(desk, milk, 1, TODAY)
    person = counter.with_points(desk, 12)
    counter.redeemed(desk, person, milk)
    left = {row.batch: row.quantity for row in batches_of(desk, milk)}
    assert left == {late: 2, never: 1, early: 0}


def test_only_expired_pieces_are_left(station: Station) -> None:
    desk, milk = station.desk, counter.gift(station, "牛奶")
    counter.batch(desk, milk, 2, TODAY)
    person = counter.with_points(desk, 12)
    station.clock.forward(days=1)
    with pytest.raises(GiftExpired):
        counter.redeemed(desk, person, milk)


def test_pieces_are_written_off_for_a_reason(station: Station) -> None:
    desk, towel = station.desk, counter.gift(station)
    batch = counter.batch(desk, towel, 5)
    gone = WriteOffStock(
        write_off=new_id(), batch=batch, quantity=2, cause=WriteOff.DAMAGED, reason="被水泡了"
    )
    write_off(desk, gone)
    assert write_off(desk, gone).changed == frozenset()
    move = moves_of(desk, MovesQuery(gift=towel)).rows[0]
    assert (move.kind, move.quantity, move.source) == (MoveKind.WRITTEN_OFF, -2, gone.write_off)
    again = replace(gone, write_off=new_id())
    with pytest.raises(NotInStock):
        write_off(desk, replace(again, quantity=4))
    with pytest.raises(NotExpiredYet):
        write_off(desk, replace(again, cause=WriteOff.EXPIRED))
    with pytest.raises(StockReasonMissing):
        write_off(desk, replace(again, reason=""))
    with pytest.raises(BatchUnknown):
        write_off(desk, replace(again, batch=new_id()))
    station.clock.forward(days=30)
    milk = counter.batch(desk, towel, 1, date(2026, 5, 7))
    station.clock.forward(days=1)
    write_off(desk, replace(again, batch=milk, quantity=1, cause=WriteOff.EXPIRED))


def test_a_delivery_recorded_by_mistake_goes_out_again(station: Station) -> None:
    desk, towel = station.desk, counter.gift(station)
    counter.batch(desk, towel, 5)
    undo(desk)
    assert moves_of(desk, MovesQuery(gift=towel)).stock == 0


def test_another_pc_takes_nothing_in(station: Station) -> None:
    desk, towel = station.desk, counter.gift(station)
    here = desk.device
    desk.device = Device(new_id(), 1, "B7", here.private_key, here.station, here.newest_at)
    with pytest.raises(NotTheHolder):
        counter.batch(desk, towel, 5)


def test_what_the_counter_should_look_after(station: Station) -> None:
    desk = station.desk
    empty = stock_warnings(desk, None)
    assert (empty.low, empty.expiring, empty.count_due) == ((), (), False)
    towel = counter.stocked(station, quantity=3)
    milk = counter.gift(station, "牛奶", low_stock=0)
    counter.batch(desk, milk, 4, date(2026, 5, 7))
    counter.batch(desk, milk, 4, date(2026, 5, 8))
    told = stock_warnings(desk, None)
    assert told.low == ()
    assert [(one.gift, one.quantity, one.expires_on) for one in told.expiring] == [
        (milk, 4, date(2026, 5, 7))
    ]
    assert (told.to_explain, told.last_counted_on, told.count_due) == (None, None, True)
    counter.redeemed(desk, counter.with_points(desk, 6), towel)
    assert [(one.gift, one.quantity) for one in stock_warnings(desk, None).low] == [(towel, 2)]
