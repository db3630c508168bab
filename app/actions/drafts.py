"""Drafts (草稿): what the person at the desk has half typed, safe from a crash within a second.

Several at a time, each with the id that what is recorded from it will have. The action that records it forgets it
in the same transaction (``app.storage.drafts.forget``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import msgspec

from app.actions.desk import Look, Work, action, reading
from app.facts import Id
from app.storage import drafts as storage
from app.storage.drafts import SavedDraft as SavedDraft

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDraft:
    """``kind`` says which screen it belongs to, ``body`` is that screen's own JSON text."""

    draft: Id
    kind: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetDraft:
    draft: Id


# What is half typed must be safe also while the PC's date is in doubt.
@action(clock_believed=True)
def save_draft(work: Work, request: SaveDraft) -> None:
    """Keep the newest state of a draft; saving the same twice is the same."""
    storage.save(
        work.connection,
        request.draft,
        kind=request.kind,
        staff=work.by.staff,
        saved_at=work.now,
        body=request.body,
    )


@action(clock_believed=True)
def forget_draft(work: Work, request: ForgetDraft) -> None:
    """Throw one of one's own drafts away."""
    storage.throw_away(work.connection, request.draft, staff=work.by.staff)


@reading()
def my_drafts(look: Look, kind: str) -> tuple[SavedDraft, ...]:
    """The drafts of the person at the desk for one screen, in the order in which they were begun."""
    return tuple(storage.drafts_of(look.connection, look.by.staff, kind))


def read_draft(saved: SavedDraft, shape: type[T]) -> T | None:
    """What a draft says; None when another version of the program wrote what this one cannot read."""
    try:
        return msgspec.json.decode(saved.body, type=shape)
    except msgspec.DecodeError:
        return None
