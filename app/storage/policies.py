"""Tables, fold and queries of policies (规则)."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from sqlalchemy import Column, Connection, Text, select

from app.domain.policies import DatedPolicy, Policy, policy_on
from app.facts.policies import PolicySet
from app.storage import types
from app.storage.fold import Recorded, folds
from app.storage.rows import Rows

P = TypeVar("P", bound=Policy)

policies = types.table(
    "policies",
    Column("policy_id", Text, primary_key=True),
    Column("fact", types.Id, primary_key=True),
    Column("value", Text, nullable=False),
    Column("valid_from", types.Day, nullable=False),
    Column("set_at", types.Instant, nullable=False),
    Column("set_by", types.Id, nullable=False),
    noun="policy",
)


@folds(PolicySet)
def fold_set(rows: Rows, it: Recorded[PolicySet]) -> None:
    rows.add(
        policies,
        policy_id=it.body.policy,
        fact=it.id,
        value=it.body.value,
        valid_from=it.body.valid_from,
        set_at=it.at,
        set_by=it.by,
    )


def policy(connection: Connection, kind: type[P], day: date) -> P:
    """The policy of ``kind`` valid on ``day``. Of two set for one day the later recorded one counts."""
    rows = connection.execute(
        select(policies.c.value, policies.c.valid_from)
        .where(policies.c.policy_id == kind.name)
        .order_by(policies.c.set_at.desc())
    )
    return policy_on(kind, [DatedPolicy(kind.name, row.value, row.valid_from) for row in rows], day)


def history(connection: Connection, name: str) -> list[DatedPolicy]:
    """Every value recorded for a policy, the newest first."""
    rows = connection.execute(
        select(policies.c.value, policies.c.valid_from)
        .where(policies.c.policy_id == name)
        .order_by(policies.c.valid_from.desc(), policies.c.set_at.desc())
    )
    return [DatedPolicy(name, row.value, row.valid_from) for row in rows]
