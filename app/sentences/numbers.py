"""What to say when a typed or scanned number is not one of ours (编号)."""

from __future__ import annotations

from app.domain import masking
from app.domain.numbers import NumberMistyped, NumberWrongForm
from app.sentences import says
from app.words import _


@says(NumberMistyped)
def _mistyped(it: NumberMistyped) -> str:
    return _("编号对不上，有一位错了或相邻两位颠倒了，请再看一遍")


@says(NumberWrongForm)
def _form(it: NumberWrongForm) -> str:
    return _("“{number}”不是这种编号").format(number=masking.scanned(it.number))
