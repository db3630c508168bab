"""What runs beside the work (旁边的事): backups, drills and self-checks take long, so they use no transaction of an
action's. Who may is asked first, and what was done is noted in the audit afterwards.
"""

from __future__ import annotations

from app.actions.desk import EVERYBODY, Desk, Look, Role, SignedIn, reading
from app.storage import audit
from app.storage.engine import writing


def who(desk: Desk, may: frozenset[Role] = EVERYBODY) -> SignedIn:
    """Who asks for it. ``NotSignedIn`` and ``NotAllowed`` may refuse."""
    return reading(may)(_by)(desk, None)


def note(desk: Desk, by: SignedIn, what: str) -> None:
    """Note in the audit what was done with the station as a whole."""
    with writing(desk.engine) as connection:
        audit.write(
            connection,
            at=desk.now(),
            by=by.staff,
            what=what,
            object_name=f"station:{desk.device.station}",
            reason="",
        )


def _by(look: Look, _query: None) -> SignedIn:
    return look.by
