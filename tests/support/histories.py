"""Histories for tests of sentences: a fact as a fold sees it, told with names that nobody had to register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from app.facts import Fact, Id, Private
from app.sentences import Names, story
from app.storage.fold import Recorded
from app.storage.ids import new_id


class Called(Names):
    """Everything of a noun has one name."""

    def person(self, person: Id) -> str:
        return "王*"

    def staff(self, staff: Id) -> str:
        return "陈芳"

    def team(self, team: Id) -> str:
        return "爱心理发队"

    def order(self, order: Id) -> str:
        return "0417-3K"

    def gift(self, gift: Id) -> str:
        return "毛巾"

    def gift_unit(self, gift: Id) -> str:
        return "条"

    def category(self, code: str) -> str:
        return "代购"

    def region(self, code: str) -> str:
        return "桃源村"


def told(body: Fact, parts: Mapping[Id, Private | None] | None = None) -> str:
    """What a history says of it."""
    return story(
        Recorded(
            id=new_id(),
            body=body,
            at=datetime(2026, 4, 7, 1, tzinfo=UTC),
            by=new_id(),
            device=new_id(),
            position=None,
            parts=dict(parts or {}),
        ),
        Called(),
    )
