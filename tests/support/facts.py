"""A few facts about orders, ready made, and what another device would send."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from app.facts import Envelope, Id, Private, encode, hash_of, seal_part
from app.facts.orders import OrderAskedAgain, OrderScreened, OrderSubmitted, OrderWords
from app.storage.ids import new_id
from app.storage.log import Draft, Received

DUE = 1_775_600_000_000


def submitted(order: Id, *, beneficiary: Id | None = None, what: str = "买降压药") -> Draft:
    """A new order, with what was said beside it."""
    who = beneficiary or new_id()
    body = OrderSubmitted(
        order=order,
        number="366CA100001X",
        owner=new_id(),
        channel="call",
        category="3",
        region="370883102204",
        requester=who,
        beneficiary=who,
        due_at=DUE,
    )
    return Draft(body, {who: OrderWords(what=what, place="村东头")})


def screened(order: Id, due_at: int = DUE) -> Draft:
    return Draft(OrderScreened(order=order, due_at=due_at))


def asked_again(order: Id) -> Draft:
    who = new_id()
    return Draft(OrderAskedAgain(order=order, beneficiary=who, channel="call", requester=who))


@dataclass
class OtherDevice:
    """Makes facts as another device of the county would, with a chain of its own."""

    device: Id
    incarnation: int = 1
    seq: int = 0
    before: bytes = b""

    def make(
        self,
        draft: Draft,
        position: int,
        *,
        verdict: str = "folded",
        kind: str | None = None,
        version: int | None = None,
        body: bytes | None = None,
        parts: Mapping[Id, bytes] | None = None,
    ) -> Received:
        """The next fact of this device's chain; kind, version, body and parts can be made strange."""
        sealed = dict(parts) if parts is not None else _sealed(draft.parts)
        self.seq += 1
        raw = encode(
            Envelope(
                id=new_id(),
                device=self.device,
                incarnation=self.incarnation,
                seq=self.seq,
                before=self.before,
                at=DUE,
                by=self.device,
                kind=kind or draft.body.kind,
                version=version or draft.body.version,
                object=draft.body.object,
                claims=(),
                parts={person: hash_of(part) for person, part in sealed.items()},
                body=msgspec.Raw(body or encode(draft.body)),
            )
        )
        self.before = hash_of(raw)
        return Received(raw, sealed, position, verdict)


def _sealed(parts: Mapping[Id, Private]) -> dict[Id, bytes]:
    return {person: seal_part(part, os.urandom(16)) for person, part in parts.items()}
