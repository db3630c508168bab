"""Who signed in, opened a way in for others, or looked at what is usually hidden, and why (审计记录).

A local table: it does not travel and is not folded. What is recorded as facts is not noted here again.

Source: domain rules §9 (a full view leaves a log line) and §10 (every user is audited; logs are kept 184 days).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    Row,
    Select,
    Text,
    delete,
    func,
    insert,
    or_,
    select,
)

from app.facts import Id
from app.storage import types
from app.storage.staff import staff

LAW_DAYS = 184
KEPT_DAYS = 366
"""How long entries stay: a year [default]; the law asks for 184 days, and the database itself keeps those."""

SIGNED_IN = "signed_in"
RECOVERED = "recovered"
CHANGED_PASSPHRASE = "changed_passphrase"
RENEWED_PASSPHRASE = "renewed_passphrase"
RENEWED_SHEET = "renewed_sheet"
UNLOCKED = "unlocked"
WRONG_PASSPHRASE = "wrong_passphrase"
BACKED_UP = "backed_up"
CHOSE_BACKUP_FOLDER = "chose_backup_folder"
DRILLED = "drilled"
RESTORED = "restored"
CHECKED = "checked"
REPAIRED = "repaired"
SAVED_DIAGNOSTICS = "save.diagnostics"
SAVED_PAPER = "save.paper"
PRINTED_PAPER = "print.paper"
PRINTED_LIST = "print.list"
PRINTED_WHOLE = "print.whole"
OPENED_LOCKED = "open.locked"
REVEALED = "reveal."
"""What can stand in ``what``; the last with the field that was shown behind it."""

audit = types.table(
    "audit",
    Column("n", Integer, primary_key=True),
    Column("at", types.Instant, nullable=False),
    Column("staff", types.Id, nullable=False),
    Column("what", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index(None, "object"),
    # What is kept so long is asked for at every start, and for each entry that goes.
    Index(None, "at"),
    local=True,
)


types.extra_ddl(
    "audit_stays",
    sqlite="CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is never changed');"
    " END",
)
types.extra_ddl(
    "audit_kept",
    sqlite="CREATE TRIGGER audit_kept BEFORE DELETE ON audit"
    f" WHEN old.at > (SELECT max(at) FROM audit) - {LAW_DAYS * 86_400_000}"
    f" BEGIN SELECT RAISE(ABORT, 'the audit is kept {LAW_DAYS} days'); END",
)


def write(connection: Connection, *, at: datetime, by: Id, what: str, object_name: str, reason: str) -> None:
    """Note that ``by`` did ``what`` with ``<noun>:<id>``, and why."""
    connection.execute(insert(audit).values(at=at, staff=by, what=what, object=object_name, reason=reason))


def let_old_go(connection: Connection, newest_at: datetime) -> None:
    """Delete what was kept long enough by ``newest_at``, the moment of the newest fact, and by the newest entry: after
    a long pause nothing goes before somebody has signed in again.
    """
    newest_entry = connection.execute(select(func.max(audit.c.at, type_=types.Instant()))).scalar()
    if newest_entry is not None:
        connection.execute(
            delete(audit).where(audit.c.at < min(newest_at, newest_entry) - timedelta(days=KEPT_DAYS))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Whose entries, of which deeds (those that begin so, too, where one ends in a dot), since and before when."""

    staff: Id | None = None
    deeds: Sequence[str] = ()
    since: datetime | None = None
    before: datetime | None = None


def page(connection: Connection, which: AuditFilter, offset: int, limit: int) -> Sequence[Row[Any]]:
    """Entries, the newest first, with the ``name`` of the member of staff."""
    listed = select(audit, staff.c.name).outerjoin(staff, staff.c.id == audit.c.staff)
    return connection.execute(
        _through(listed, which).order_by(audit.c.n.desc()).offset(offset).limit(limit)
    ).all()


def count(connection: Connection, which: AuditFilter) -> int:
    return int(connection.execute(_through(select(func.count()).select_from(audit), which)).scalar_one())


def _through(query: Select[Any], which: AuditFilter) -> Select[Any]:
    if which.staff is not None:
        query = query.where(audit.c.staff == which.staff)
    if which.deeds:
        query = query.where(or_(*(_is(deed) for deed in which.deeds)))
    if which.since is not None:
        query = query.where(audit.c.at >= which.since)
    if which.before is not None:
        query = query.where(audit.c.at < which.before)
    return query


def _is(deed: str) -> ColumnElement[bool]:
    return audit.c.what.startswith(deed) if deed.endswith(".") else audit.c.what == deed
