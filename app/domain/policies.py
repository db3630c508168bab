"""Policies (规则): values a county or station may set, each from a day on.

A policy is a small struct whose defaults are ours; the noun it rules declares it in its own ``app/domain`` module.
The value valid on a day is the one with the latest ``valid_from`` not after that day. Nothing that was recorded is
recomputed when a policy changes. A value set for a later day can be withdrawn until that day.

What a field may be is said by its type: ``bool``, ``int``, ``int | None`` (None: no limit), ``str``,
``tuple[int, ...]``, ``Mapping[str, int]`` and ``Mapping[str, str]``; hundredths have ``cents`` in their name. The keys
of a table are categories where its name ends in ``by_category``, else codes of regions. Nothing else has to be told for
a policy to have its form, once ``app/sentences`` has words for its fields. A tuple of structs has a form of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, ClassVar, TypeVar, get_args, get_origin

import msgspec

from app.domain.numerals import hundredths
from app.domain.problems import Refusal
from app.facts import Id
from app.facts.policies import PolicySet, PolicyWithdrawn

_NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)
_DECIMAL = re.compile(r"(-?)(\d{1,9})(?:\.(\d{1,2}))?", re.ASCII)


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """A named set of values. Subclasses give ``name`` and defaults.

    ``limits`` are the least and the most of a field of numbers (of each number, where it has several); ``check``
    refuses what else makes no sense.
    """

    name: ClassVar[str]
    limits: ClassVar[Mapping[str, tuple[int, int]]] = {}

    def check(self) -> None:
        """Raise ``PolicyMakesNoSense`` naming the value that cannot be."""
        for field, (least, most) in self.limits.items():
            if not all(least <= number <= most for number in _numbers(getattr(self, field))):
                raise PolicyOutOfRange(policy=self.name, value=field, least=least, most=most)


P = TypeVar("P", bound=Policy)
R = TypeVar("R")


class Shape(Enum):
    """What a field of a policy holds, and so how it is asked for."""

    FLAG = "flag"
    NUMBER = "number"
    LIMIT = "limit"
    TEXT = "text"
    NUMBERS = "numbers"
    NUMBER_BY_KEY = "number by key"
    TEXT_BY_KEY = "text by key"
    ENTRIES = "entries"


class PolicyMakesNoSense(Refusal):
    """A policy's value cannot work. ``value`` names the field, or is what was misspelt."""

    policy: str
    value: str


class PolicyOutOfRange(PolicyMakesNoSense):
    """A number is below the least or above the most that its field takes."""

    least: int
    most: int


class NumberNotUnderstood(Refusal):
    """What was typed is no number; ``with_decimals`` where up to two decimals could stand."""

    text: str
    with_decimals: bool


class KeyMissing(Refusal):
    """A row of a table does not say what it is about."""


class KeyTwice(Refusal):
    """Two rows of a table are about the same."""

    policy: str
    key: str


class PolicyFromThePast(Refusal):
    """What was decided in the past stays, so a policy holds from today at the earliest."""

    today: date


class PolicyHoldsAlready(Refusal):
    """A value that holds is not withdrawn, for things were decided by it; another one is set."""

    since: date


class PolicyNotSet(Refusal):
    """There is no such value to be withdrawn, or it was withdrawn before."""


@dataclass(frozen=True, slots=True)
class DatedPolicy:
    """One recorded value of a policy: JSON text, valid from a day on."""

    name: str
    value: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A value as it was set; ``id`` is that of the fact. The last two are None until it is withdrawn."""

    id: Id
    value: str
    valid_from: date
    at: datetime
    by: Id
    withdrawn_at: datetime | None = None
    withdrawn_by: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A setting, and what it changed: ``before`` would have held on its day without it."""

    setting: Setting
    before: Policy
    after: Policy


def policy_on(kind: type[P], recorded: Iterable[DatedPolicy], day: date) -> P:
    """The policy of ``kind`` valid on ``day``; our defaults where nothing was recorded by then. Of two recorded for
    one day the first counts, so the newest stands first.
    """
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
    try:
        policy.check()
    except PolicyMakesNoSense as refusal:
        refusal.field = refusal.value
        raise
    return policy


def written(policy: Policy) -> str:
    """``policy`` as JSON text, the same for the same values."""
    return msgspec.json.encode(policy, order="deterministic").decode()


def set_from(
    policy: Policy, valid_from: date, *, settings: Sequence[Setting], today: date
) -> list[PolicySet]:
    """Let ``policy`` hold from a day on; nothing when it would hold then in any case. ``settings``: newest first."""
    if valid_from < today:
        raise PolicyFromThePast(today=today, field="valid_from")
    before = policy_on(type(policy), dated(policy.name, settings), valid_from)
    if before == policy:
        return []
    held = "" if before == type(policy)() else written(before)
    return [PolicySet(policy=policy.name, value=written(policy), valid_from=valid_from, before=held)]


def withdraw(name: str, setting: Id, *, settings: Sequence[Setting], today: date) -> PolicyWithdrawn:
    """Take back a value whose day has not come."""
    found = next((one for one in settings if one.id == setting and one.withdrawn_at is None), None)
    if found is None:
        raise PolicyNotSet(field="setting")
    if found.valid_from <= today:
        raise PolicyHoldsAlready(since=found.valid_from, field="setting")
    return PolicyWithdrawn(policy=name, setting=setting)


def dated(name: str, settings: Iterable[Setting]) -> list[DatedPolicy]:
    """Those that were not withdrawn."""
    return [DatedPolicy(name, one.value, one.valid_from) for one in settings if one.withdrawn_at is None]


def changes(kind: type[P], settings: Sequence[Setting]) -> list[Change]:
    """What each of ``settings`` (the newest first) changed, when it was set."""
    return [_change(kind, one, settings[place + 1 :]) for place, one in enumerate(settings)]


def _change(kind: type[P], setting: Setting, earlier: Sequence[Setting]) -> Change:
    there = [one for one in earlier if one.withdrawn_at is None or one.withdrawn_at > setting.at]
    recorded = [DatedPolicy(kind.name, one.value, one.valid_from) for one in there]
    return Change(
        setting=setting,
        before=policy_on(kind, recorded, setting.valid_from),
        after=msgspec.json.decode(setting.value, type=kind),
    )


def policy_kinds() -> dict[str, type[Policy]]:
    """Every policy the loaded rules declare, by name."""
    return {kind.name: kind for kind in Policy.__subclasses__()}


@cache
def shapes(kind: type[Policy]) -> Mapping[str, Shape]:
    """The fields of a policy in their order, and what each holds."""
    return {field.name: _shape(field.type) for field in msgspec.structs.fields(kind)}


def table(name: str, field: str, rows: Iterable[tuple[str, R]]) -> dict[str, R]:
    """Typed rows as the value of a table; refuses a row without its key, and the same key twice."""
    made: dict[str, R] = {}
    for key, value in rows:
        if not key:
            raise KeyMissing(field=field)
        if key in made:
            raise KeyTwice(policy=name, key=key, field=field)
        made[key] = value
    return made


def is_by_category(field: str) -> bool:
    """Whether a table's keys are categories."""
    return field.endswith("by_category")


def is_hundredths(field: str) -> bool:
    """Whether a field counts hundredths of a point."""
    return "cents" in field.split("_")


def read_number(text: str, field: str) -> int:
    """A number as it is typed into ``field``: ``2.5`` is 250 where hundredths are counted."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).replace("−", "-")
    found = (_DECIMAL if is_hundredths(field) else _NUMBER).fullmatch(plain)
    if found is None:
        raise NumberNotUnderstood(text=text, with_decimals=is_hundredths(field), field=field)
    if not is_hundredths(field):
        return int(plain)
    minus, whole, rest = found.groups()
    return (-1 if minus else 1) * (int(whole) * 100 + int((rest or "").ljust(2, "0")))


def say_number(number: int, field: str) -> str:
    """``number`` as it would be typed."""
    return hundredths(number) if is_hundredths(field) else str(number)


def _shape(kind: Any) -> Shape:
    arguments = get_args(kind)
    if NoneType in arguments:
        return Shape.LIMIT
    if get_origin(kind) is tuple:
        return Shape.NUMBERS if arguments[0] is int else Shape.ENTRIES
    if arguments:
        return Shape.NUMBER_BY_KEY if arguments[1] is int else Shape.TEXT_BY_KEY
    return {bool: Shape.FLAG, int: Shape.NUMBER, str: Shape.TEXT}[kind]


def _numbers(value: object) -> Iterable[int]:
    """The numbers in a field; a missing limit has none."""
    if isinstance(value, int):
        return (value,)
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, tuple) else ()
