"""Policies (规则): values a county or station may set, each from a day on.

A policy is a small struct whose defaults are ours; the noun it rules declares it in its own ``app/domain`` module.
The value valid on a day is the one with the latest ``valid_from`` not after that day. Nothing that was recorded is
recomputed when a policy changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeVar

import msgspec

from app.domain.problems import Refusal


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """A named set of values. Subclasses give ``name`` and defaults; ``check`` refuses values that make no sense."""

    name: ClassVar[str]

    def check(self) -> None:
        """Raise ``PolicyMakesNoSense`` naming the value that cannot be."""


P = TypeVar("P", bound=Policy)


class PolicyMakesNoSense(Refusal):
    """A policy's value is outside what can work."""

    policy: str
    value: str


@dataclass(frozen=True, slots=True)
class DatedPolicy:
    """One recorded value of a policy: JSON text, valid from a day on."""

    name: str
    value: str
    valid_from: date


def policy_on(kind: type[P], recorded: Iterable[DatedPolicy], day: date) -> P:
    """The policy of ``kind`` valid on ``day``; our defaults where nothing was recorded by then."""
    valid = [one for one in recorded if one.name == kind.name and one.valid_from <= day]
    if not valid:
        return kind()
    newest = max(valid, key=lambda one: one.valid_from)
    return msgspec.json.decode(newest.value, type=kind)


def parse_policy(kind: type[P], value: str) -> P:
    """``value`` (JSON text) as a policy of ``kind`` that makes sense, or ``PolicyMakesNoSense``."""
    try:
        policy = msgspec.json.decode(value, type=kind)
        said = msgspec.json.decode(value, type=dict[str, object])
    except msgspec.MsgspecError as error:
        raise PolicyMakesNoSense(policy=kind.name, value=str(error)) from None
    for name in said:
        if name not in kind.__struct_fields__:
            raise PolicyMakesNoSense(policy=kind.name, value=name)
    policy.check()
    return policy


def policy_kinds() -> dict[str, type[Policy]]:
    """Every policy the loaded rules declare, by name."""
    return {kind.name: kind for kind in Policy.__subclasses__()}
