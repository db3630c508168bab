"""What every noun's tables and folds promise, and the folder that runs them."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from sqlalchemy import UniqueConstraint

from app.actions.desk import Desk
from app.facts import Fact, Private, kinds, seal_part
from app.facts.staff import RoleChanged, StaffName
from app.storage import fold
from app.storage.engine import writing
from app.storage.fold import Folder, Recorded
from app.storage.ids import new_id
from tests.support.random_facts import FactMaker

NOW = datetime(2026, 4, 7, 1, tzinfo=UTC)
EVERY_KIND = sorted(kinds().values(), key=lambda kind: kind.kind)


def test_every_kind_has_a_fold() -> None:
    assert fold.foldable() == frozenset(kinds().values())


def test_a_kind_is_named_after_its_noun() -> None:
    assert [kind for kind in EVERY_KIND if not kind.kind.startswith(f"{kind.noun()}.")] == []


def test_folded_tables_point_at_no_other_object() -> None:
    """Rows of an object are a function of its own facts: a foreign key or a unique number would break that."""
    for table in fold.folded_tables():
        unique = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
        unique_indexes = [index for index in table.indexes if index.unique]
        assert (table.name, table.foreign_keys, unique, unique_indexes) == (table.name, set(), [], [])


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.kind)
def test_a_fold_stands_any_fact_without_the_ones_before(kind: type[Fact], desk: Desk) -> None:
    seed = random.getrandbits(32)
    print(f"seed {seed}")
    maker = FactMaker(random.Random(seed), objects=1)
    with writing(desk.engine) as connection:
        folder = Folder(connection)
        for _ in range(12):
            draft = maker.draft(kind)
            parts: dict[str, Private | None] = dict(draft.parts)
            folder.fold(
                Recorded(
                    id=new_id(),
                    body=draft.body,
                    at=NOW,
                    by=new_id(),
                    device=new_id(),
                    position=None,
                    parts=parts,
                )
            )
        folder.finish()


def test_a_part_is_given_only_as_what_it_is() -> None:
    who = new_id()
    it = Recorded(
        id=new_id(),
        body=RoleChanged(staff=who, role="clerk"),
        at=NOW,
        by=who,
        device=who,
        position=None,
        parts={who: StaffName(name="沈静")},
    )
    assert it.part(who, StaffName) == StaffName(name="沈静")
    assert it.part(new_id(), StaffName) is None
    assert it.part(who, Private) is not None


def test_the_same_part_sealed_twice_looks_different() -> None:
    part = StaffName(name="沈静")
    assert seal_part(part, bytes(16)) != seal_part(part, bytes(range(16)))
