"""What administrators do with policies (规则): set one from a day on, or withdraw it before; what holds, and held."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import app.domain
from app.actions.desk import ADMINISTRATORS, Look, Work, action, reading
from app.domain import policies as rules
from app.domain.policies import Change, Policy, dated, parse_policy, policy_kinds, policy_on
from app.domain.problems import Refusal
from app.facts import Id
from app.storage import naming
from app.storage import policies as storage


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPolicy:
    """``value`` is the policy as JSON text; fields left out have our defaults."""

    policy: str
    value: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPolicy:
    """``setting`` is the id of the value that shall not hold."""

    policy: str
    setting: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyChange:
    """A value that was set: by whom and when, what it changed, and whether it was withdrawn."""

    setting: Id
    valid_from: date
    before: Policy
    after: Policy
    at: datetime
    by: str
    withdrawn_at: datetime | None
    withdrawn_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyCard:
    """A policy as it holds today. ``since`` is None where nobody has set it and our defaults hold; ``coming`` are
    values set for later days, the next first.
    """

    name: str
    value: Policy
    since: date | None
    coming: tuple[PolicyChange, ...]

    def on(self, day: date) -> Policy:
        """As it holds on ``day``, today or later."""
        begun = [one.after for one in self.coming if one.valid_from <= day]
        return begun[-1] if begun else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyStory:
    """The card, and every value that was set, the last first."""

    card: PolicyCard
    changes: tuple[PolicyChange, ...]


class PolicyUnknown(Refusal):
    """This program has no such policy."""

    policy: str


@action(ADMINISTRATORS)
def set_policy(work: Work, request: SetPolicy) -> None:
    """Set a policy from a day on. Nothing recorded is recomputed; what would hold in any case is not recorded."""
    policy = parse_policy(_kind(request.policy), request.value)
    settings = storage.settings(work.connection, request.policy)
    work.record(*rules.set_from(policy, request.valid_from, settings=settings, today=work.today))


@action(ADMINISTRATORS)
def withdraw_policy(work: Work, request: WithdrawPolicy) -> None:
    """Take back a value whose day has not come; what held before goes on."""
    settings = storage.settings(work.connection, _kind(request.policy).name)
    work.record(rules.withdraw(request.policy, request.setting, settings=settings, today=work.today))


@reading()
def policies_today(look: Look, _query: None = None) -> tuple[PolicyCard, ...]:
    """Every policy there is, as it holds today; at most two statements a policy."""
    return tuple(_story(look, kind).card for _, kind in sorted(every_policy().items()))


@reading()
def policy_story(look: Look, policy: str) -> PolicyStory:
    """One policy with its history; two statements."""
    return _story(look, _kind(policy))


def _story(look: Look, kind: type[Policy]) -> PolicyStory:
    settings = storage.settings(look.connection, kind.name)
    changes = rules.changes(kind, settings)
    names = naming.names(look.connection, "staff", {one.by for one in settings} | _withdrawers(changes))
    told = tuple(_told(change, names) for change in changes)
    recorded = dated(kind.name, settings)
    begun = [one.valid_from for one in recorded if one.valid_from <= look.today]
    coming = [one for one in told if one.valid_from > look.today and one.withdrawn_at is None]
    card = PolicyCard(
        name=kind.name,
        value=policy_on(kind, recorded, look.today),
        since=max(begun, default=None),
        coming=tuple(sorted(coming, key=lambda one: one.valid_from)),
    )
    return PolicyStory(card=card, changes=told)


def _withdrawers(changes: list[Change]) -> set[Id]:
    return {by for one in changes if (by := one.setting.withdrawn_by) is not None}


def _told(change: Change, names: dict[Id, str]) -> PolicyChange:
    setting = change.setting
    return PolicyChange(
        setting=setting.id,
        valid_from=setting.valid_from,
        before=change.before,
        after=change.after,
        at=setting.at,
        by=names.get(setting.by, ""),
        withdrawn_at=setting.withdrawn_at,
        withdrawn_by=names.get(setting.withdrawn_by or "", ""),
    )


def _kind(name: str) -> type[Policy]:
    kind = every_policy().get(name)
    if kind is None:
        raise PolicyUnknown(policy=name, field="policy")
    return kind


@cache
def every_policy() -> dict[str, type[Policy]]:
    """Every policy, whichever rules this program has used so far."""
    for module in pkgutil.iter_modules(app.domain.__path__, "app.domain."):
        importlib.import_module(module.name)
    return policy_kinds()
