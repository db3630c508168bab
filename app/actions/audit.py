"""Reading the audit (审计记录): who signed in, who looked at what is usually hidden, what left the program, and why. It
is written where that is done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from app.actions.desk import Look, reading
from app.domain import masking
from app.domain.calendar import instant_at
from app.domain.numbers import short_order_number
from app.domain.staff import Role
from app.facts import Id
from app.storage import audit as storage
from app.storage import certificates, naming, redemptions
from app.storage import staff as staff_storage
from app.storage.audit import KEPT_DAYS as KEPT_DAYS
from app.storage.audit import LAW_DAYS as LAW_DAYS
from app.storage.audit import AuditFilter
from app.words import N_, _


class AuditGroup(StrEnum):
    """What the entries are about."""

    LOOKED = "looked"
    TAKEN_OUT = "taken_out"
    CAME_IN = "came_in"
    KEPT_SAFE = "kept_safe"


_DEEDS: dict[AuditGroup, tuple[str, ...]] = {
    AuditGroup.LOOKED: (storage.REVEALED, storage.OPENED_LOCKED),
    AuditGroup.TAKEN_OUT: (
        storage.SAVED_PAPER,
        storage.PRINTED_PAPER,
        storage.PRINTED_LIST,
        storage.PRINTED_WHOLE,
        storage.SAVED_DIAGNOSTICS,
    ),
    AuditGroup.CAME_IN: (
        storage.SIGNED_IN,
        storage.WRONG_PASSPHRASE,
        storage.UNLOCKED,
        storage.RECOVERED,
        storage.CHANGED_PASSPHRASE,
        storage.RENEWED_PASSPHRASE,
        storage.RENEWED_SHEET,
    ),
    AuditGroup.KEPT_SAFE: (
        storage.BACKED_UP,
        storage.CHOSE_BACKUP_FOLDER,
        storage.DRILLED,
        storage.RESTORED,
        storage.CHECKED,
        storage.REPAIRED,
    ),
}

_PAPERS = {
    "redemptions": N_("兑换登记簿"),
    "closing": N_("日结单"),
    "count": N_("盘点表"),
    "star_round": N_("星级评定"),
}
"""Papers of many people, or of nobody, by what they are papers of."""

_ROSTERS = {
    "volunteers": N_("志愿者名册，{count} 人"),
    "residents": N_("居民名册，{count} 人"),
    "everybody": N_("志愿者和居民名册，{count} 人"),
}
"""By whom the list showed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuery:
    """A window of the audit: of one member of staff, of one group, from ``first_day`` up to and with ``last_day``."""

    staff: Id | None = None
    group: AuditGroup | None = None
    first_day: date | None = None
    last_day: date | None = None
    offset: int = 0
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """``staff`` did ``what`` (``reveal.phone``) with ``object`` (``person:<id>``), which is called ``about``: names
    masked, numbers.
    """

    n: int
    at: datetime
    staff: Id
    staff_name: str
    what: str
    object: str
    about: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """Entries, the newest first, and how many there are in all."""

    entries: tuple[AuditEntry, ...]
    total: int


@reading(frozenset({Role.ADMINISTRATOR, Role.AUDITOR}))
def audit_trail(look: Look, query: AuditQuery) -> AuditPage:
    """A window of the audit; at most six statements."""
    which = AuditFilter(
        staff=query.staff,
        deeds=_DEEDS[query.group] if query.group is not None else (),
        since=None if query.first_day is None else instant_at(query.first_day),
        before=None if query.last_day is None else instant_at(query.last_day + timedelta(days=1)),
    )
    rows = storage.page(look.connection, which, query.offset, query.limit)
    called = _called(look, rows)
    return AuditPage(
        entries=tuple(
            AuditEntry(
                n=row.n,
                at=row.at,
                staff=row.staff,
                staff_name=row.name or "",
                what=row.what,
                object=row.object,
                about=called.get(row.object, ""),
                reason=row.reason,
            )
            for row in rows
        ),
        total=storage.count(look.connection, which),
    )


@reading(frozenset({Role.ADMINISTRATOR, Role.AUDITOR}))
def audited_staff(look: Look, _query: None = None) -> tuple[tuple[Id, str], ...]:
    """Everybody who ever could sign in, to narrow the audit by."""
    return tuple((one.member.id, one.member.name) for one in staff_storage.records(look.connection))


def _called(look: Look, rows: Sequence[Row[Any]]) -> Mapping[str, str]:
    """How what the entries are about is called; one statement for each noun."""
    ids: dict[str, set[Id]] = {}
    for row in rows:
        noun, _colon, object_id = row.object.partition(":")
        ids.setdefault(noun, set()).add(object_id)
    found: dict[str, str] = {}
    for noun, wanted in ids.items():
        found |= {f"{noun}:{one}": name for one, name in _names(look, noun, wanted).items()}
    return found


def _names(look: Look, noun: str, ids: set[Id]) -> Mapping[Id, str]:
    match noun:
        case "person":
            names = naming.names(look.connection, noun, ids)
            return {one: masking.listed(name) for one, name in names.items()}
        case "order":
            numbers = naming.names(look.connection, noun, ids)
            return {one: short_order_number(number) for one, number in numbers.items()}
        case "certificate":
            return certificates.numbers_of(look.connection, ids)
        case "redemption":
            return redemptions.numbers_of(look.connection, ids)
        case "people":
            return {count: _("{count} 人").format(count=count) for count in ids}
        case "staff" | "team":
            return naming.names(look.connection, noun, ids)
        case "roster":
            parted = {one: one.partition("/") for one in ids}
            return {one: _(_ROSTERS[who]).format(count=count) for one, (who, _bar, count) in parted.items()}
        case "team_roster":
            return _team_rosters(look, ids)
        case "station":
            return {"recovery_sheet": _("恢复单")}
    return dict.fromkeys(ids, _(_PAPERS[noun])) if noun in _PAPERS else {}


def _team_rosters(look: Look, ids: set[str]) -> Mapping[str, str]:
    """Each is ``<team>/<count>``."""
    parted = {one: one.partition("/") for one in ids}
    names = naming.names(look.connection, "team", {team for team, _bar, _count in parted.values()})
    return {
        one: _("{team}名册，{count} 人").format(team=names[team], count=count)
        for one, (team, _bar, count) in parted.items()
    }
