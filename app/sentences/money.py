"""Amounts of money (金额) in words: what cannot be read as one."""

from __future__ import annotations

from app.domain.money import AmountNotUnderstood, AmountTooLarge
from app.sentences import says
from app.words import _


@says(AmountNotUnderstood)
def amount_not_understood(problem: AmountNotUnderstood) -> str:
    if not problem.text.strip():
        return _("写上多少元，没有就写 0。")
    return _("“{text}”看不出是多少钱，写成 50 或 12.50。").format(text=problem.text)


@says(AmountTooLarge)
def amount_too_large(problem: AmountTooLarge) -> str:
    return _("超过 {most} 元了，请核对。").format(most=problem.most_yuan)
