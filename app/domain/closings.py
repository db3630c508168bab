"""The rules of the day close (日结): what happened at the counter since the last one, and that it adds up.

Who comes after the close is served as well; it counts for the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.problems import Refusal
from app.facts import Id
from app.facts.stock import ClosedGift, DayClosed


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What happened since the last closing."""

    redemptions: int
    reversals: int
    redeemed_cents: int
    restored_cents: int
    gifts: Sequence[ClosedGift]

    @property
    def is_empty(self) -> bool:
        return not (self.redemptions or self.reversals or any(map(_moved, self.gifts)))


class NothingToClose(Refusal):
    """Nothing happened since the last closing."""


class CountNotExplained(Refusal):
    """A count has differences without reasons."""

    counted_on: date


class ClosingUnknown(Refusal):
    """There is no such closing."""


def close(stock: Id, closing: Id, figures: Figures, *, unexplained: date | None, today: date) -> DayClosed:
    """Close the day. ``unexplained`` is the day of a count whose differences have no reasons yet."""
    if unexplained is not None:
        raise CountNotExplained(counted_on=unexplained)
    if figures.is_empty:
        raise NothingToClose
    return DayClosed(
        stock=stock,
        closing=closing,
        closed_on=today,
        redemptions=figures.redemptions,
        reversals=figures.reversals,
        redeemed_cents=figures.redeemed_cents,
        restored_cents=figures.restored_cents,
        gifts=tuple(figures.gifts),
    )


def _moved(gift: ClosedGift) -> bool:
    return any((gift.received, gift.redeemed, gift.returned, gift.written_off, gift.difference))
