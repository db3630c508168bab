"""What can happen to a policy (规则): a value is set, valid from a day on, or withdrawn before its day."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from app.facts import Fact, Id


class PolicySet(Fact, frozen=True, kw_only=True):
    """``value`` is the policy's JSON text, valid from the day ``valid_from``; ``policy`` is the policy's name.
    ``before`` would have held on that day without it; "" where that were our defaults.
    """

    kind: ClassVar[str] = "policy.set"

    policy: str
    value: str
    valid_from: date
    before: str = ""


class PolicyWithdrawn(Fact, frozen=True, kw_only=True):
    """A value whose day had not come will not hold; ``setting`` is the fact that set it."""

    kind: ClassVar[str] = "policy.withdrawn"

    policy: str
    setting: Id
