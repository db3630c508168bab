"""Words that several pages of the counter share (共用的话)."""

from __future__ import annotations

from collections.abc import Iterable

from app.actions.redemptions import RedeemedLine
from app.words import _


def gifts_words(gifts: Iterable[RedeemedLine]) -> str:
    """毛巾、牙膏 × 2."""
    return _("、").join(_gift(line) for line in gifts)


def _gift(line: RedeemedLine) -> str:
    if line.quantity == 1:
        return line.name
    return _("{gift} × {count}").format(gift=line.name, count=line.quantity)
