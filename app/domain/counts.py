"""The rules of counting the stock (盘点): weekly, and blind (盲盘).

Whoever counts does not see the book. The book follows the count at once; every difference then needs a reason before
the day can be closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from app.domain.gifts import MOST_PIECES
from app.domain.problems import Refusal
from app.domain.stock import Batch, QuantityImpossible, expect_reason
from app.facts import Id
from app.facts.stock import CountedBatch, CountExplained, ExplainedGift, StockCounted


class Cause(StrEnum):
    """Why a count differed from the book."""

    LOST = "lost"
    DAMAGED = "damaged"
    MISRECORDED = "misrecorded"
    FOUND = "found"
    UNKNOWN = "unknown"


Group = tuple[Id, date | None]
"""What can be told apart on a shelf: the gift and the expiry day printed on it."""


class CountIncomplete(Refusal):
    """A gift of the sheet was not counted; ``missing`` is how many lines are empty."""

    missing: int


class NothingToCount(Refusal):
    """Nothing has come in yet."""


class NotOnTheSheet(Refusal):
    """Something was counted that has no batch; it comes in as a delivery."""


class CountUnknown(Refusal):
    """There is no such count."""


class NothingToExplain(Refusal):
    """The count has no differences, or they have their reasons already."""


class CauseMissing(Refusal):
    """A difference has no cause yet."""


def sheet(batches: Sequence[Batch], offered: Iterable[Id]) -> list[Group]:
    """What is to be counted: whatever the book has, and the newest batch of each offered gift that has run out."""
    groups = dict.fromkeys((batch.gift, batch.expires_on) for batch in batches if batch.quantity)
    present = {gift for gift, _expires_on in groups}
    run_out = {batch.gift: batch for batch in batches if batch.gift not in present}
    for gift in offered:
        if gift in run_out:
            groups[gift, run_out[gift].expires_on] = None
    return list(groups)


def count(
    stock: Id,
    count: Id,
    counted: Mapping[Group, int],
    *,
    batches: Sequence[Batch],
    offered: Iterable[Id],
    today: date,
) -> StockCounted:
    """What was there, by batch. ``batches`` in the order in which they came, the oldest first: pieces that lack are
    taken from what goes first, surplus goes to what came last.
    """
    wanted = sheet(batches, offered)
    if not wanted:
        raise NothingToCount
    missing = [group for group in wanted if group not in counted]
    if missing:
        raise CountIncomplete(missing=len(missing), field="lines")
    lines: list[CountedBatch] = []
    for line, (group, there) in enumerate(counted.items()):
        if group not in wanted:
            raise NotOnTheSheet(field=f"lines.{line}")
        if not 0 <= there <= MOST_PIECES:
            raise QuantityImpossible(most=MOST_PIECES, field=f"lines.{line}.counted")
        lines += _spread([batch for batch in batches if (batch.gift, batch.expires_on) == group], there)
    return StockCounted(stock=stock, count=count, counted_on=today, batches=tuple(lines))


def differences(batches: Iterable[CountedBatch]) -> dict[Id, tuple[int, int]]:
    """Book and count of each gift where they differ."""
    sums: dict[Id, tuple[int, int]] = {}
    for one in batches:
        book, counted = sums.get(one.gift, (0, 0))
        sums[one.gift] = book + one.book, counted + one.counted
    differing = {one.gift for one in batches if one.book != one.counted}
    return {gift: both for gift, both in sums.items() if gift in differing}


def explain(
    stock: Id, count: Id, causes: Mapping[Id, Cause], *, differing: Sequence[Id], reason: str
) -> CountExplained:
    """The reasons of a count's differences; ``differing`` are the gifts that still want one."""
    if not differing:
        raise NothingToExplain
    for line, gift in enumerate(differing):
        if gift not in causes:
            raise CauseMissing(field=f"gifts.{line}.cause")
    expect_reason(reason)
    gifts = tuple(ExplainedGift(gift=gift, cause=causes[gift]) for gift in differing)
    return CountExplained(stock=stock, count=count, gifts=gifts)


def _spread(batches: Sequence[Batch], there: int) -> list[CountedBatch]:
    """``there`` pieces over the batches of a group; no batch has less than nothing. Of those that have run out only the
    last is told.
    """
    lines: list[CountedBatch] = []
    *before, last = batches
    batches = [*(batch for batch in before if batch.quantity), last]
    surplus = there - sum(max(0, batch.quantity) for batch in batches)
    for batch in batches:
        left = max(0, batch.quantity)
        lacking = min(left, max(0, -surplus))
        surplus += lacking
        lines.append(_counted(batch, left - lacking))
    if surplus:
        lines[-1] = _counted(batches[-1], lines[-1].counted + surplus)
    return lines


def _counted(batch: Batch, counted: int) -> CountedBatch:
    return CountedBatch(gift=batch.gift, batch=batch.id, book=batch.quantity, counted=counted)
