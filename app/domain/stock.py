"""The rules of a counter's stock (库存): what comes in, what may go out, and what a count finds."""

from __future__ import annotations

from enum import StrEnum


class Source(StrEnum):
    """Where a batch comes from."""

    PURCHASE = "purchase"
    DONATION = "donation"
    GRANT = "grant"
    TRANSFER = "transfer"


class WriteOff(StrEnum):
    """Why pieces leave the stock without a redemption."""

    LOST = "lost"
    DAMAGED = "damaged"
    EXPIRED = "expired"
    HANDED_ON = "handed_on"


class Cause(StrEnum):
    """Why a count differed from the book."""

    LOST = "lost"
    DAMAGED = "damaged"
    MISRECORDED = "misrecorded"
    FOUND = "found"
    UNKNOWN = "unknown"


class MoveKind(StrEnum):
    """What a line of the stock's ledger comes from."""

    RECEIVED = "received"
    REDEEMED = "redeemed"
    RETURNED = "returned"
    WRITTEN_OFF = "written_off"
    COUNTED = "counted"
