"""Reading the audit (审计记录): who signed in, who looked at what is usually hidden, and why. It is written where that
is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.actions.desk import Look, reading
from app.domain.staff import Role
from app.facts import Id
from app.storage import audit as storage


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuery:
    """A window of the audit."""

    offset: int = 0
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """``staff`` did ``what`` (``reveal.phone``) with ``object`` (``person:<id>``)."""

    at: datetime
    staff: Id
    staff_name: str
    what: str
    object: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """Entries, the newest first, and how many there are in all."""

    entries: tuple[AuditEntry, ...]
    total: int


@reading(frozenset({Role.ADMINISTRATOR, Role.AUDITOR}))
def audit_trail(look: Look, query: AuditQuery) -> AuditPage:
    """A window of the audit; two statements."""
    rows = storage.page(look.connection, query.offset, query.limit)
    return AuditPage(
        entries=tuple(
            AuditEntry(
                at=row.at,
                staff=row.staff,
                staff_name=row.name or "",
                what=row.what,
                object=row.object,
                reason=row.reason,
            )
            for row in rows
        ),
        total=storage.count(look.connection),
    )
