"""The rule of custody (保管权): who may take points from a wallet, or gifts from a stock.

A wallet and a stock have exactly one holder device and a rising term. Only the holder takes anything out, and each
such fact claims the terms it relies on. So whatever was separated from whatever for however long, no quarter is used
twice and no balance goes below zero. The verdict on a fact is this same rule, asked by whoever orders facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.problems import Refusal
from app.facts import Claim, Fact, Id
from app.facts.stock import StockOpened
from app.facts.wallets import WalletOpened

FIRST_TERM = 1


class Verdict(StrEnum):
    """What becomes of a fact where facts are put in order: it counts, or is only shown."""

    FOLDED = "folded"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """Who holds an object: a device, since which term, and the name of its station."""

    holder: Id
    term: int
    unit: str


class NotTheHolder(Refusal):
    """Another PC holds the wallet or the stock: ``unit`` is its station; empty where that is not known here."""

    unit: str


def expect_holder(custody: Custody | None, device: Id, field: str | None = None) -> Custody:
    """The custody of an object that this device may take from."""
    if custody is None or custody.holder != device:
        raise NotTheHolder(unit=custody.unit if custody else "", field=field)
    return custody


def claims(body: Fact, device: Id, custodies: Mapping[str, Custody]) -> tuple[Claim, ...]:
    """What a fact of this device claims, or ``NotTheHolder``."""
    return tuple(Claim(name, expect_holder(custodies.get(name), device).term) for name in body.relies_on())


def verdict(body: Fact, claimed: Iterable[Claim], device: Id, custodies: Mapping[str, Custody]) -> Verdict:
    """Whether a fact counts, when ``custodies`` are those that the facts before it made."""
    if begun(body) is not None:
        return Verdict.KEPT if body.object in custodies else Verdict.FOLDED
    terms = {claim.object: claim.term for claim in claimed}
    for name in body.relies_on():
        custody = custodies.get(name)
        if custody is None or (custody.holder, custody.term) != (device, terms.get(name)):
            return Verdict.KEPT
    return Verdict.FOLDED


def begun(body: Fact) -> Custody | None:
    """The custody with which an object begins."""
    if isinstance(body, WalletOpened | StockOpened):
        return Custody(holder=body.holder, term=body.term, unit=body.unit)
    return None
