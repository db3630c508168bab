"""Well-formed facts of every kind there is, made at random from what their structs declare.

A new noun joins by itself. What is made is as odd as the declarations allow: empty and rare texts, the first and the
last day of the calendar, the largest number, an order of things that nobody would choose.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import msgspec
from msgspec import inspect

from app.facts import Fact, Id, Private, kinds
from app.storage.log import Draft

TEXTS = (
    "",
    "买米",
    "王芳",
    "𬱖𠅤",
    'O\'Brien "x" %_\\',
    "370883102204",
    "13812345678",
    "a\x00b",
    "3",
    "m",
    " ",
)
DAYS = (date.min, date.max, date(2026, 4, 7), date(2024, 2, 29))


class FactMaker:
    """Makes facts about a few objects of each noun, so that they meet often."""

    def __init__(self, rng: random.Random, *, objects: int = 3) -> None:
        self._rng = rng
        self._pool = [f"{rng.getrandbits(128):032x}" for _ in range(objects * 3)]
        self._objects = objects

    def draft(self, kind: type[Fact]) -> Draft:
        """A fact of ``kind`` with private parts for some of those it names."""
        body = self._value(inspect.type_info(kind))
        parts: dict[Id, Private] = {}
        if kind.private is not None:
            for person in sorted(self._ids_in(body)):
                if self._rng.random() < 0.8:
                    parts[person] = self._value(inspect.type_info(kind.private))
        return Draft(body, parts)

    def _ids_in(self, body: Fact) -> set[Id]:
        values = (getattr(body, name) for name in body.__struct_fields__)
        return {value for value in values if isinstance(value, str) and value in self._pool}

    def _value(self, kind: inspect.Type) -> Any:
        rng = self._rng
        match kind:
            case inspect.StructType():
                return kind.cls(**{field.name: self._field(field) for field in kind.fields})
            case inspect.UnionType():
                return self._value(rng.choice(kind.types))
            case inspect.NoneType():
                return None
            case inspect.BoolType():
                return rng.random() < 0.5
            case inspect.IntType():
                low, high = kind.ge or 0, kind.le or 2**53
                return rng.choice((low, high, rng.randint(low, high), max(low, min(high, rng.randint(0, 6)))))
            case inspect.StrType():
                return rng.choice(self._pool) if kind.pattern else rng.choice(TEXTS)
            case inspect.BytesType():
                return rng.randbytes(rng.choice((0, 32)))
            case inspect.DateType():
                return rng.choice((*DAYS, date(2026, 1, 1) + timedelta(days=rng.randint(0, 400))))
            case inspect.VarTupleType():
                return tuple(self._value(kind.item_type) for _ in range(rng.randint(0, 3)))
        raise NotImplementedError(kind)

    def _field(self, field: inspect.Field) -> Any:
        if not field.required and self._rng.random() < 0.3:
            return field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
        return self._value(field.type)


def nouns() -> list[str]:
    """Every noun that has facts."""
    return sorted({kind.noun() for kind in kinds().values()})


def kinds_of(noun: str) -> list[type[Fact]]:
    return sorted((kind for kind in kinds().values() if kind.noun() == noun), key=lambda kind: kind.kind)
