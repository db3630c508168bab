"""What there is to do at the desk (今日要办的事), and in which order it stands: what is late first, by how late."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class Waits(StrEnum):
    """The deed that something waits for, in the order in which deeds stand where nothing is late."""

    CALL_BACK = "call_back"
    SCREENING = "screening"
    DISPATCH = "dispatch"
    ACCEPTANCE = "acceptance"
    SERVICE = "service"
    ANSWER = "answer"
    RATING = "rating"
    APPROVAL = "approval"
    VOIDING = "voiding"
    STAR_ANSWER = "star_answer"
    STAR_AWARD = "star_award"
    STAR_REVIEW = "star_review"
    EXPIRING = "expiring"
    LOW_STOCK = "low_stock"
    COUNT = "count"
    COUNT_REASONS = "count_reasons"
    LOG = "log"
    BACKUP = "backup"
    CARRYING = "carrying"


_PLACES = {waits: place for place, waits in enumerate(Waits)}
_BEFORE_ALL = frozenset({Waits.LOG, Waits.BACKUP, Waits.CARRYING})


def urgency(waits: Waits, late_since: datetime | None) -> tuple[bool, float, int]:
    """To sort by: a damaged log, a missing backup, then what has been late for longest comes first."""
    if waits in _BEFORE_ALL:
        return False, 0.0, _PLACES[waits]
    return late_since is None, late_since.timestamp() if late_since else 0.0, _PLACES[waits]
