"""The day close through its actions: everything since the last one, and it adds up."""

from __future__ import annotations

import pytest

from app.actions.closings import CloseDay, close_day, closings, day_sheet, open_day
from app.actions.counts import ExplainCount, Explanation, count_stock, explain_count
from app.actions.services import Page
from app.actions.wallets import ReverseRedemption, reverse_redemption
from app.domain.closings import ClosingUnknown, CountNotExplained, NothingToClose
from app.domain.counts import Cause
from app.domain.stock import WriteOff
from app.facts.stock import StockWrittenOff
from app.storage.ids import new_id
from tests.actions.test_counts import counted
from tests.support import counter
from tests.support.desk import Station
from tests.support.recording import record_facts


def test_a_day_adds_up(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station, quantity=10)
    first = counter.redeemed(desk, counter.with_points(desk, 12), towel)
    counter.redeemed(desk, counter.with_points(desk, 8, "李梅"), towel)
    reverse_redemption(desk, ReverseRedemption(redemption=first.redemption, reason="退回"))
    request = CloseDay(closing=new_id())
    sheet = close_day(desk, request).value
    assert (sheet.redemptions, sheet.reversals) == (2, 1)
    assert (sheet.redeemed_cents, sheet.restored_cents) == (1_000, 500)
    (line,) = sheet.lines
    assert (line.before, line.received, line.redeemed, line.returned, line.after) == (0, 10, 2, 1, 9)
    assert (sheet.closed_by, sheet.since) == ("陈芳", None)
    assert close_day(desk, request).changed == frozenset()
    assert day_sheet(desk, request.closing) == sheet
    with pytest.raises(NothingToClose):
        close_day(desk, CloseDay(closing=new_id()))


def test_who_comes_after_the_close_counts_for_the_next(station: Station) -> None:
    """Even at the very same moment."""
    desk, towel = station.desk, counter.stocked(station, quantity=10)
    first = close_day(desk, CloseDay(closing=new_id())).value
    counter.redeemed(desk, counter.with_points(desk, 12), towel)
    still_open = open_day(desk, None)
    assert (still_open.closing, still_open.redemptions, still_open.since) == (None, 1, first.closed_at)
    station.clock.forward(hours=8)
    second = close_day(desk, CloseDay(closing=new_id())).value
    assert (second.redemptions, second.redeemed_cents, second.since) == (1, 500, first.closed_at)
    (line,) = second.lines
    assert (line.before, line.received, line.redeemed, line.after) == (10, 0, 1, 9)
    assert closings(desk, Page()) == (second, first)
    assert open_day(desk, None).redemptions == 0


def test_closings_stand_as_they_came_though_the_clock_was_put_right(station: Station) -> None:
    desk = station.desk
    counter.stocked(station)
    station.clock.forward(hours=9)
    late = close_day(desk, CloseDay(closing=new_id())).value
    station.clock.forward(hours=-1)
    counter.stocked(station, "雨伞")
    right = close_day(desk, CloseDay(closing=new_id())).value
    assert [sheet.closing for sheet in closings(desk, Page())] == [right.closing, late.closing]
    assert day_sheet(desk, right.closing or "").since == late.closed_at
    assert day_sheet(desk, late.closing or "").since is None
    assert open_day(desk, None).since == right.closed_at


def test_a_day_can_be_closed_though_a_delivery_was_lost(station: Station) -> None:
    """A mirror with a hole gave back what was written off, but not what had come in."""
    desk, towel = station.desk, counter.stocked(station, quantity=10)
    gone = StockWrittenOff(
        stock=desk.device.station,
        write_off=new_id(),
        batch=new_id(),
        gift=towel,
        quantity=12,
        cause=WriteOff.LOST,
    )
    record_facts(desk, gone)
    (line,) = close_day(desk, CloseDay(closing=new_id())).value.lines
    assert (line.received, line.written_off, line.after) == (10, 12, -2)


def test_a_count_without_reasons_keeps_the_day_open(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station, quantity=10)
    card = count_stock(desk, counted(station, 毛巾=8)).value
    with pytest.raises(CountNotExplained):
        close_day(desk, CloseDay(closing=new_id()))
    why = ExplainCount(
        count=card.count, gifts=(Explanation(gift=towel, cause=Cause.UNKNOWN),), reason="查不出"
    )
    explain_count(desk, why)
    (line,) = close_day(desk, CloseDay(closing=new_id())).value.lines
    assert (line.received, line.difference, line.after) == (10, -2, 8)


def test_there_is_no_such_closing(station: Station) -> None:
    with pytest.raises(ClosingUnknown):
        day_sheet(station.desk, new_id())
