"""Counting the stock through its actions: blind, whole, explained."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from app.actions.counts import (
    CountedGift,
    CountStock,
    ExplainCount,
    Explanation,
    SheetLine,
    count_card,
    count_sheet,
    count_stock,
    counts,
    explain_count,
)
from app.actions.services import Page
from app.actions.stock import batches_of, stock_warnings
from app.domain.counts import (
    Cause,
    CauseMissing,
    CountIncomplete,
    CountUnknown,
    NothingToCount,
    NothingToExplain,
    NotOnTheSheet,
)
from app.domain.stock import QuantityImpossible, StockReasonMissing
from app.facts import Id
from app.storage.ids import new_id
from tests.support import counter
from tests.support.desk import Station

MAY = date(2026, 5, 1)


def counted(station: Station, **there: int) -> CountStock:
    """A whole count of the sheet; ``there`` are pieces by the gift's name."""
    lines = tuple(
        CountedGift(gift=line.gift, expires_on=line.expires_on, counted=there[line.name])
        for line in count_sheet(station.desk, None)
    )
    return CountStock(count=new_id(), lines=lines)


def left(station: Station, gift: Id) -> list[int]:
    return [row.quantity for row in batches_of(station.desk, gift)]


def test_the_sheet_does_not_tell_the_book(station: Station) -> None:
    counter.stocked(station)
    assert not {"book", "quantity", "stock"} & {field.name for field in fields(SheetLine)}
    milk = counter.gift(station, "牛奶")
    for expires_on in (date(2026, 6, 1), MAY, MAY):
        counter.batch(station.desk, milk, 2, expires_on)
    sheet = [(line.name, line.expires_on) for line in count_sheet(station.desk, None)]
    assert sheet == [("毛巾", None), ("牛奶", MAY), ("牛奶", date(2026, 6, 1))]


def test_a_gift_that_ran_out_is_still_counted(station: Station) -> None:
    towel = counter.stocked(station, quantity=1)
    counter.redeemed(station.desk, counter.with_points(station.desk, 6), towel)
    assert [line.gift for line in count_sheet(station.desk, None)] == [towel]
    card = count_stock(station.desk, counted(station, 毛巾=2)).value
    assert [(one.book, one.counted) for one in card.differences] == [(0, 2)]
    assert left(station, towel) == [2]


def test_everything_is_there(station: Station) -> None:
    counter.stocked(station, quantity=7)
    request = counted(station, 毛巾=7)
    card = count_stock(station.desk, request).value
    assert (card.gifts, card.pieces, card.differences, card.to_explain) == (1, 7, (), False)
    assert count_stock(station.desk, request).changed == frozenset()
    assert card.counted_by == "陈芳"
    with pytest.raises(NothingToExplain):
        explain_count(station.desk, ExplainCount(count=card.count, gifts=(), reason="无"))
    told = stock_warnings(station.desk, None)
    assert (told.last_counted_on, told.count_due) == (date(2026, 4, 7), False)


def test_what_lacks_comes_from_the_oldest_and_wants_a_reason(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station, quantity=2)
    counter.batch(desk, towel, 5)
    card = count_stock(desk, counted(station, 毛巾=4)).value
    assert left(station, towel) == [0, 4]
    assert [(one.name, one.book, one.counted, one.cause) for one in card.differences] == [
        ("毛巾", 7, 4, None)
    ]
    assert card.to_explain and stock_warnings(desk, None).to_explain == card.count
    why = ExplainCount(count=card.count, gifts=(), reason="搬家时少了")
    with pytest.raises(CauseMissing):
        explain_count(desk, why)
    why = replace(why, gifts=(Explanation(gift=towel, cause=Cause.LOST),))
    with pytest.raises(StockReasonMissing):
        explain_count(desk, replace(why, reason=""))
    explain_count(desk, why)
    known = count_card(desk, card.count)
    assert (known.differences[0].cause, known.reason, known.to_explain) == (Cause.LOST, "搬家时少了", False)
    assert counts(desk, Page()) == (known,)
    with pytest.raises(NothingToExplain):
        explain_count(desk, why)


def test_surplus_goes_to_the_newest(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station, quantity=2)
    counter.batch(desk, towel, 5)
    count_stock(desk, counted(station, 毛巾=9))
    assert left(station, towel) == [2, 7]


def test_what_no_count_is(station: Station) -> None:
    desk = station.desk
    with pytest.raises(NothingToCount):
        count_stock(desk, CountStock(count=new_id(), lines=()))
    towel = counter.stocked(station)
    request = counted(station, 毛巾=10)
    with pytest.raises(CountIncomplete) as refused:
        count_stock(desk, replace(request, lines=()))
    assert refused.value.missing == 1
    with pytest.raises(QuantityImpossible):
        count_stock(desk, counted(station, 毛巾=-1))
    more = CountedGift(gift=towel, expires_on=MAY, counted=1)
    with pytest.raises(NotOnTheSheet):
        count_stock(desk, replace(request, lines=(*request.lines, more)))
    with pytest.raises(CountUnknown):
        count_card(desk, new_id())
