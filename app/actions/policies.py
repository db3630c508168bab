"""What administrators do with policies (规则): set one from a day on; and what holds today, and what held before."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from datetime import date
from functools import cache

import msgspec

import app.domain
from app.actions.desk import ADMINISTRATORS, Look, Work, action, reading
from app.domain.policies import DatedPolicy, Policy, parse_policy, policy_kinds, policy_on
from app.domain.problems import Refusal
from app.facts.policies import PolicySet
from app.storage import policies as storage


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPolicy:
    """``value`` is the policy as JSON text; fields left out have our defaults."""

    policy: str
    value: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyCard:
    """A policy as it holds today. ``since`` is None where nobody has set it and our defaults hold; ``coming`` are
    values set for later days, the next first.
    """

    name: str
    value: Policy
    since: date | None
    coming: tuple[DatedPolicy, ...]


class PolicyUnknown(Refusal):
    """This program has no such policy."""

    policy: str


class PolicyFromThePast(Refusal):
    """What was decided in the past stays, so a policy holds from today at the earliest."""

    today: date


@action(ADMINISTRATORS)
def set_policy(work: Work, request: SetPolicy) -> None:
    """Set a policy from a day on. Nothing recorded is recomputed."""
    policy = parse_policy(_kind(request.policy), request.value)
    if request.valid_from < work.today:
        raise PolicyFromThePast(today=work.today, field="valid_from")
    value = msgspec.json.encode(policy, order="deterministic").decode()
    work.record(PolicySet(policy=request.policy, value=value, valid_from=request.valid_from))


@reading()
def policies_today(look: Look, _query: None = None) -> tuple[PolicyCard, ...]:
    """Every policy there is, as it holds today; one statement a policy."""
    return tuple(_card(look, kind) for _, kind in sorted(_kinds().items()))


@reading()
def policy_history(look: Look, policy: str) -> tuple[DatedPolicy, ...]:
    """Every value that was set, the newest day first."""
    return tuple(storage.history(look.connection, _kind(policy).name))


def _card(look: Look, kind: type[Policy]) -> PolicyCard:
    recorded = storage.history(look.connection, kind.name)
    begun = [one for one in recorded if one.valid_from <= look.today]
    coming = [one for one in recorded if one.valid_from > look.today]
    return PolicyCard(
        name=kind.name,
        value=policy_on(kind, recorded, look.today),
        since=begun[0].valid_from if begun else None,
        coming=tuple(reversed(coming)),
    )


def _kind(name: str) -> type[Policy]:
    kind = _kinds().get(name)
    if kind is None:
        raise PolicyUnknown(policy=name, field="policy")
    return kind


@cache
def _kinds() -> dict[str, type[Policy]]:
    """Every policy, whichever rules this program has used so far."""
    for module in pkgutil.iter_modules(app.domain.__path__, "app.domain."):
        importlib.import_module(module.name)
    return policy_kinds()
