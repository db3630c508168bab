"""Facts recorded directly, where the action that would record them is not what a test is about."""

from __future__ import annotations

from collections.abc import Mapping

from app.actions.desk import Desk, do
from app.facts import Fact, Id, Private


def record_facts(desk: Desk, body: Fact, parts: Mapping[Id, Private] | None = None) -> None:
    """One fact with its private parts, in one transaction."""
    do(desk, lambda work: work.record(body, parts=parts))
