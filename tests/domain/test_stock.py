from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.policies import PolicyMakesNoSense, parse_policy
from app.domain.stock import (
    Batch,
    CostImpossible,
    ExpiredWhenReceived,
    GiftExpired,
    NotExpiredYet,
    NotInStock,
    QuantityImpossible,
    ReceivedInTheFuture,
    Source,
    StockPolicy,
    StockReasonMissing,
    WriteOff,
    is_expired,
    open_stock,
    receive,
    take,
    write_off,
)
from app.facts.wallets import BatchPart

TODAY = date(2026, 4, 7)
STOCK, GIFT = "a" * 32, "b" * 32


def batch(number: int, quantity: int, expires_on: date | None = None) -> Batch:
    return Batch(id=f"{number:032x}", gift=GIFT, quantity=quantity, expires_on=expires_on)


def taken(batches: list[Batch], quantity: int) -> list[tuple[int, int]]:
    parts = take("毛巾", batches, quantity, today=TODAY, field="lines.0.quantity")
    assert all(isinstance(part, BatchPart) for part in parts)
    return [(int(part.batch, 16), part.quantity) for part in parts]


def test_what_expires_first_goes_first() -> None:
    batches = [batch(1, 5), batch(2, 2, date(2026, 6, 1)), batch(3, 2, TODAY), batch(4, 0, TODAY)]
    assert taken(batches, 3) == [(3, 2), (2, 1)]
    assert taken(batches, 9) == [(3, 2), (2, 2), (1, 5)]


def test_expired_pieces_stay_where_they_are() -> None:
    old = batch(1, 5, TODAY - timedelta(days=1))
    assert taken([old, batch(2, 1)], 1) == [(2, 1)]
    with pytest.raises(NotInStock) as refused:
        taken([old, batch(2, 1)], 2)
    assert refused.value.left == 1
    with pytest.raises(GiftExpired):
        taken([old], 1)
    with pytest.raises(NotInStock):
        taken([], 1)


def test_through_its_day_a_batch_is_good() -> None:
    assert not is_expired(batch(1, 1), TODAY)
    assert not is_expired(batch(1, 1, TODAY), TODAY)
    assert is_expired(batch(1, 1, TODAY - timedelta(days=1)), TODAY)


def received(there: Batch, **more: Any) -> object:
    asked: dict[str, Any] = {
        "source": Source.GRANT,
        "received_on": TODAY,
        "unit_cost_cents": None,
        "today": TODAY,
    } | more
    return receive(STOCK, there, **asked)


def test_what_can_come_in() -> None:
    assert received(batch(1, 3, TODAY))
    assert received(batch(1, 3), unit_cost_cents=0)
    for there, more, refusal in (
        (batch(1, 0), {}, QuantityImpossible),
        (batch(1, 10**7), {}, QuantityImpossible),
        (batch(1, 1), {"received_on": TODAY + timedelta(days=1)}, ReceivedInTheFuture),
        (batch(1, 1, TODAY - timedelta(days=1)), {}, ExpiredWhenReceived),
        (batch(1, 1), {"unit_cost_cents": 10**9}, CostImpossible),
    ):
        with pytest.raises(refusal):
            received(there, **more)


def gone(there: Batch, quantity: int, cause: WriteOff = WriteOff.LOST, reason: str = "不见了") -> object:
    return write_off(
        STOCK, there, "c" * 32, name="毛巾", quantity=quantity, cause=cause, reason=reason, today=TODAY
    )


def test_what_can_go_out() -> None:
    assert gone(batch(1, 3), 3)
    old = batch(1, 3, TODAY - timedelta(days=1))
    assert gone(old, 3, WriteOff.EXPIRED)
    with pytest.raises(QuantityImpossible):
        gone(old, 0)
    with pytest.raises(NotInStock):
        gone(old, 4)
    with pytest.raises(NotExpiredYet):
        gone(replace(old, expires_on=TODAY), 1, WriteOff.EXPIRED)
    with pytest.raises(StockReasonMissing):
        gone(old, 1, reason=" ")


def test_a_stock_begins_with_its_first_device() -> None:
    assert open_stock(STOCK, holder="d" * 32, unit="桃源村").term == 1


def test_reminders_are_within_a_year() -> None:
    assert parse_policy(StockPolicy, '{"expires_soon_days": 60}').expires_soon_days == 60
    with pytest.raises(PolicyMakesNoSense):
        parse_policy(StockPolicy, '{"count_every_days": 0}')
