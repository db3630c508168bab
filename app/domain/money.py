"""Amounts of money (金额) as clerks type them: ``50``, ``12.5``, ``￥12.50 元``; kept as whole cents (分).

How an amount is shown is a sentence's business.
"""

from __future__ import annotations

import re
import unicodedata

from app.domain.problems import Refusal

MOST_YUAN = 1_000_000
"""More than any station advances: a slip of the hand."""

_AMOUNT = re.compile(r"¥?(\d{1,9})(?:\.(\d{1,2}))?(?:元|块)?", re.ASCII)


class AmountNotUnderstood(Refusal):
    """What was typed is no amount of money."""

    text: str


class AmountTooLarge(Refusal):
    """Nobody means so much."""

    most_yuan: int


def cents(text: str, field: str = "amount") -> int:
    """The amount in cents: ``12.5`` is 1250."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).replace(",", "")
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise AmountNotUnderstood(text=text, field=field)
    yuan, fraction = int(found[1]), (found[2] or "").ljust(2, "0")
    if yuan > MOST_YUAN:
        raise AmountTooLarge(most_yuan=MOST_YUAN, field=field)
    return yuan * 100 + int(fraction)
