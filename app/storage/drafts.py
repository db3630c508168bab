"""Drafts (草稿): what somebody has half typed, kept on this PC until it is recorded or thrown away.

A local table: drafts are no facts and never travel. ``body`` is the screen's own JSON text.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Text, delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.facts import Id
from app.storage import types
from app.storage.fold import forgets
from app.storage.people import people

drafts = types.table(
    "drafts",
    Column("id", types.Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("staff", types.Id, nullable=False),
    Column("begun_at", types.Instant, nullable=False),
    Column("saved_at", types.Instant, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "staff", "kind"),
    local=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedDraft:
    """A draft as it was last saved. Its id becomes the id of what is recorded from it."""

    id: Id
    kind: str
    saved_at: datetime
    body: str


def save(
    connection: Connection, draft_id: Id, *, kind: str, staff: Id, saved_at: datetime, body: str
) -> None:
    """Keep ``body`` as the newest state of a draft. Somebody else's draft stays as it is."""
    kept = upsert(drafts).values(
        id=draft_id, kind=kind, staff=staff, begun_at=saved_at, saved_at=saved_at, body=body
    )
    connection.execute(
        kept.on_conflict_do_update(
            index_elements=["id"], set_={"saved_at": saved_at, "body": body}, where=drafts.c.staff == staff
        )
    )


def drafts_of(connection: Connection, staff: Id, kind: str) -> list[SavedDraft]:
    """Somebody's drafts of a kind, in the order in which they were begun."""
    rows = connection.execute(
        select(drafts.c.id, drafts.c.kind, drafts.c.saved_at, drafts.c.body)
        .where(drafts.c.staff == staff, drafts.c.kind == kind)
        .order_by(drafts.c.begun_at, drafts.c.id)
    )
    return [SavedDraft(id=row.id, kind=row.kind, saved_at=row.saved_at, body=row.body) for row in rows]


def forget(connection: Connection, draft_id: Id) -> None:
    """Forget a draft, in the transaction in which the real thing is recorded."""
    connection.execute(delete(drafts).where(drafts.c.id == draft_id))


@forgets
def forget_people(connection: Connection, persons: Collection[Id]) -> None:
    """Forget drafts that speak of these people: by id, name, phone or ID number."""
    for person in persons:
        known = connection.execute(select(people).where(people.c.id == person)).first()
        said = [known.name, known.phone, known.other_phone, known.id_number] if known else []
        for words in (person, *filter(None, said)):
            connection.execute(delete(drafts).where(func.instr(drafts.c.body, words) > 0))


def throw_away(connection: Connection, draft_id: Id, *, staff: Id) -> None:
    """Throw one of somebody's own drafts away."""
    connection.execute(delete(drafts).where(drafts.c.id == draft_id, drafts.c.staff == staff))
