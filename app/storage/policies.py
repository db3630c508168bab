"""Tables, fold and queries of policies (规则)."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from sqlalchemy import Column, Connection, Text, select

from app.domain.policies import DatedPolicy, Policy, Setting, policy_on
from app.facts.policies import PolicySet, PolicyWithdrawn
from app.storage import types
from app.storage.fold import Recorded, folds
from app.storage.history import log
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
    Column("withdrawn_at", types.Instant),
    Column("withdrawn_by", types.Id),
    noun="policy",
)

# As the log has them, since no clock decides what counts: one may have been put right between two settings.
_NEWEST_FIRST = (log.c.position.is_not(None), log.c.position.desc(), log.c.n.desc())


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


@folds(PolicyWithdrawn)
def fold_withdrawn(rows: Rows, it: Recorded[PolicyWithdrawn]) -> None:
    rows.change(policies, it.body.policy, it.body.setting, withdrawn_at=it.at, withdrawn_by=it.by)


def policy(connection: Connection, kind: type[P], day: date) -> P:
    """The policy of ``kind`` valid on ``day``. Of two set for one day the later recorded one counts."""
    rows = connection.execute(
        select(policies.c.value, policies.c.valid_from)
        .join(log, log.c.fact == policies.c.fact)
        .where(policies.c.policy_id == kind.name, policies.c.withdrawn_at.is_(None))
        .order_by(*_NEWEST_FIRST)
    )
    return policy_on(kind, [DatedPolicy(kind.name, row.value, row.valid_from) for row in rows], day)


def beginning(connection: Connection, day: date) -> list[str]:
    """The policies of which a value begins on ``day``."""
    return list(
        connection.execute(
            select(policies.c.policy_id)
            .where(policies.c.valid_from == day, policies.c.withdrawn_at.is_(None))
            .distinct()
            .order_by(policies.c.policy_id)
        ).scalars()
    )


def settings(connection: Connection, name: str) -> list[Setting]:
    """Every value recorded for a policy, the one that was set last first."""
    rows = connection.execute(
        select(policies)
        .join(log, log.c.fact == policies.c.fact)
        .where(policies.c.policy_id == name)
        .order_by(*_NEWEST_FIRST)
    )
    return [
        Setting(
            id=row.fact,
            value=row.value,
            valid_from=row.valid_from,
            at=row.set_at,
            by=row.set_by,
            withdrawn_at=row.withdrawn_at,
            withdrawn_by=row.withdrawn_by,
        )
        for row in rows
    ]
