"""What can happen (事实): one frozen struct per kind. This is the log format and the wire format.

Every noun has its own module here; the kinds are found by themselves. A fact says what was decided (minutes, points,
number, deadline), never how: rules run once, where the person acts. Personal data never stands in a fact but in its
*private parts*, kept beside it and named by their SHA-256, so that they can be erased while the chain stays whole.

Shape of a kind::

    class OrderDispatched(Fact):
        kind: ClassVar[str] = "order.dispatched"
        order: Id          # the first field names the object the fact is about, and its noun
        team: Id

Evolution: fields are only appended, with defaults, and ``version`` is raised; a changed meaning is a new kind.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Annotated, ClassVar

import msgspec

Id = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
"""A UUIDv7 as 32 hexadecimal digits, made where the thing was made, before anything is sent."""

Moment = Annotated[int, msgspec.Meta(ge=0, le=253_402_000_000_000)]
"""Milliseconds UTC since 1970, up to the last days of the year 9999, so that no time zone leads beyond them."""

Minutes = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]
Cents = Annotated[int, msgspec.Meta(ge=-1_000_000_000_000, le=1_000_000_000_000)]
"""Hundredths: of a yuan, or of a point."""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to one object. The first field is that object's id; its name is the noun."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    private: ClassVar[type[Private] | None] = None
    erases: ClassVar[bool] = False
    """Whether it takes the private parts about the person it is about out of the log, wherever they stand."""

    @classmethod
    def noun(cls) -> str:
        return cls.__struct_fields__[0]

    @property
    def object(self) -> str:
        """``<noun>:<id>``, e.g. ``order:0190c0de…``."""
        noun = self.__struct_fields__[0]
        return f"{noun}:{getattr(self, noun)}"

    def relies_on(self) -> tuple[str, ...]:
        """The objects that the writing device must hold (custody): the fact claims each at its term."""
        return ()


class Private(msgspec.Struct, frozen=True, kw_only=True):
    """Personal data that belongs to a fact but stands beside it; one part per person.

    ``kept_years``: the law keeps it so long, also from somebody who asks to be erased; it is locked then, not shown.
    """

    kept_years: ClassVar[int] = 0


class Claim(msgspec.Struct, frozen=True, array_like=True):
    """The fact relies on holding ``object`` at this ``term`` (custody)."""

    object: str
    term: Count


class Envelope(msgspec.Struct, frozen=True, array_like=True):
    """A fact as it is hashed, stored and forwarded, byte for byte.

    ``before`` is the hash of the fact before it in the chain of (device, incarnation); ``at`` is the acting
    device's clock in milliseconds UTC, told to people and never used to decide order; ``parts`` maps each person to
    the SHA-256 of the salted private part.
    """

    id: Id
    device: Id
    incarnation: Count
    seq: Count
    before: bytes
    at: Moment
    by: Id
    kind: str
    version: Count
    object: str
    claims: tuple[Claim, ...]
    parts: dict[Id, bytes]
    body: msgspec.Raw


_envelopes = msgspec.msgpack.Decoder(Envelope)
_encoder = msgspec.msgpack.Encoder()


def encode(value: object) -> bytes:
    """``value`` (a fact, a private part, an envelope) as msgpack bytes."""
    return _encoder.encode(value)


def encode_fact(body: Fact) -> bytes:
    """``body`` as msgpack bytes that can be read again; ``msgspec.ValidationError`` when a value is out of its range.

    Structs are not checked when they are made, and what once stands in a log stands there for ever.
    """
    raw = _encoder.encode(body)
    _body_decoder(type(body)).decode(raw)
    return raw


def decode_envelope(raw: bytes) -> Envelope:
    """The envelope in ``raw``; ``msgspec.MsgspecError`` when it is not one."""
    return _envelopes.decode(raw)


@cache
def kinds() -> dict[str, type[Fact]]:
    """Every kind of fact this program knows, by its name."""
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        importlib.import_module(module.name)
    found: dict[str, type[Fact]] = {}
    for kind in Fact.__subclasses__():
        assert kind.kind not in found, f"two kinds named {kind.kind}"
        found[kind.kind] = kind
    return found


@cache
def _body_decoder(kind: type[Fact]) -> msgspec.msgpack.Decoder[Fact]:
    return msgspec.msgpack.Decoder(kind)


@cache
def _part_decoder(kind: type[Private]) -> msgspec.msgpack.Decoder[Private]:
    return msgspec.msgpack.Decoder(kind)


def decode_body(envelope: Envelope) -> Fact | None:
    """The fact in ``envelope``, or None where its kind or version is from a newer program."""
    kind = kinds().get(envelope.kind)
    if kind is None or envelope.version > kind.version:
        return None
    return _body_decoder(kind).decode(envelope.body)


def hash_of(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()


SALT_BYTES = 16


def seal_part(part: Private, salt: bytes) -> bytes:
    """Salt and bytes of a private part, as stored beside the fact; without the salt a name could be guessed.

    ``msgspec.ValidationError`` when it could not be read again.
    """
    assert len(salt) == SALT_BYTES
    sealed = salt + encode(part)
    open_part(type(part), sealed)
    return sealed


def open_part(kind: type[Private], sealed: bytes) -> Private:
    return _part_decoder(kind).decode(sealed[SALT_BYTES:])


def milliseconds(instant: datetime) -> int:
    """``instant`` (aware) as milliseconds since 1970-01-01 UTC."""
    assert instant.tzinfo is not None, "an instant carries its offset"
    delta = instant - EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000 + delta.microseconds // 1_000


def instant(milliseconds: int) -> datetime:
    return EPOCH + timedelta(milliseconds=milliseconds)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
