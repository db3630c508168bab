"""Habits (个人习惯): what the window remembers for the person at the desk, wherever they sign in on this PC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.actions.desk import EVERYBODY, Look, Work, action, reading
from app.facts import Id
from app.storage import habits as storage


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepHabits:
    """Texts by name. ``staff`` says whose: a habit that was formed just before a change of clerks stays theirs."""

    staff: Id
    values: Mapping[str, str]


@action(EVERYBODY, clock_believed=True)
def keep_habits(work: Work, request: KeepHabits) -> None:
    """Keep these; others stay as they are."""
    if request.values:
        storage.keep(work.connection, request.staff, request.values)


@reading()
def my_habits(look: Look, _query: None = None) -> Mapping[str, str]:
    """Everything kept for the person at the desk."""
    return storage.kept(look.connection, look.by.staff)
