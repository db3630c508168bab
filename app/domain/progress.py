"""How far something long has come (进度), told to whoever waits and may stop it: backups, drills, self-checks."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from app.domain.problems import Refusal


class Step(StrEnum):
    """What is being done."""

    COPY = "copy"
    VERIFY = "verify"
    CARRY = "carry"
    OPEN = "open"
    LOG = "log"
    FOLD = "fold"
    COMPARE = "compare"


Tell = Callable[[Step, int, int], None]
"""Step, done so far and in all (0 where that is not known). Raises ``Stopped`` when nobody wants the rest."""


class Stopped(Refusal):
    """Somebody pressed 取消; nothing was left half done."""


def silently(_step: Step, _done: int, _total: int) -> None:
    """Nobody waits."""
