from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.counts import (
    Cause,
    CauseMissing,
    CountIncomplete,
    NothingToCount,
    NothingToExplain,
    NotOnTheSheet,
    count,
    differences,
    explain,
    sheet,
)
from app.domain.stock import Batch, QuantityImpossible, StockReasonMissing
from app.facts import encode_fact
from app.facts.stock import CountedBatch

TODAY, MAY = date(2026, 4, 7), date(2026, 5, 1)
STOCK, COUNT, TOWEL, MILK = (letter * 32 for letter in "abcd")


def batch(number: int, quantity: int, gift: str = TOWEL, expires_on: date | None = None) -> Batch:
    return Batch(id=f"{number:032x}", gift=gift, quantity=quantity, expires_on=expires_on)


def test_the_sheet_holds_what_the_book_has_and_what_ran_out() -> None:
    batches = [batch(1, 0), batch(2, 0, expires_on=MAY), batch(3, 2, MILK, MAY), batch(4, 0, MILK)]
    assert sheet(batches, [TOWEL, MILK]) == [(MILK, MAY), (TOWEL, MAY)]
    assert sheet(batches, [MILK]) == [(MILK, MAY)]


@given(quantities=st.lists(st.integers(-3, 5), min_size=1, max_size=4).filter(any), there=st.integers(0, 30))
def test_the_book_follows_the_count(quantities: list[int], there: int) -> None:
    """Also where it says less than nothing, since facts before it were lost with a disk."""
    batches = [batch(number, quantity) for number, quantity in enumerate(quantities)]
    body = count(STOCK, COUNT, {(TOWEL, None): there}, batches=batches, offered=[TOWEL], today=TODAY)
    assert sum(one.counted for one in body.batches) == there
    assert [one.book for one in body.batches] == [*filter(None, quantities[:-1]), quantities[-1]]
    assert all(one.counted >= 0 for one in body.batches)
    encode_fact(body)
    if there <= sum(max(0, quantity) for quantity in quantities):
        assert all(one.counted <= max(0, one.book) for one in body.batches)
    book = sum(quantities)
    differ = book != there or min(quantities) < 0
    assert differences(body.batches) == ({TOWEL: (book, there)} if differ else {})


def test_batches_that_even_out_differ_all_the_same() -> None:
    lines = [
        CountedBatch(gift=TOWEL, batch="1" * 32, book=2, counted=1),
        CountedBatch(gift=TOWEL, batch="2" * 32, book=2, counted=3),
    ]
    assert differences(lines) == {TOWEL: (4, 4)}


def test_every_line_is_counted_and_no_other() -> None:
    batches = [batch(1, 2)]

    def counted(**there: int) -> object:
        groups = {(TOWEL, MAY if name == "may" else None): pieces for name, pieces in there.items()}
        return count(STOCK, COUNT, groups, batches=batches, offered=[], today=TODAY)

    with pytest.raises(CountIncomplete):
        counted()
    with pytest.raises(QuantityImpossible):
        counted(never=-1)
    with pytest.raises(NotOnTheSheet):
        counted(never=2, may=1)
    with pytest.raises(NothingToCount):
        count(STOCK, COUNT, {}, batches=[], offered=[TOWEL], today=TODAY)


def test_every_difference_has_its_cause() -> None:
    causes = {TOWEL: Cause.LOST}
    body = explain(STOCK, COUNT, causes, differing=[TOWEL], reason="找不到")
    assert [(one.gift, one.cause) for one in body.gifts] == [(TOWEL, "lost")]
    with pytest.raises(CauseMissing) as refused:
        explain(STOCK, COUNT, causes, differing=[TOWEL, MILK], reason="找不到")
    assert refused.value.field == "gifts.1.cause"
    with pytest.raises(StockReasonMissing):
        explain(STOCK, COUNT, causes, differing=[TOWEL], reason="")
    with pytest.raises(NothingToExplain):
        explain(STOCK, COUNT, causes, differing=[], reason="找不到")
