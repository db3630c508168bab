"""How redemptions (兑换登记) are read: the register, masked, and one of them for its receipt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from app.actions.codes import reads_code
from app.actions.desk import Look, reading
from app.actions.services import Page
from app.domain import masking
from app.domain.numbers import compact, read_voucher_bar_code, read_voucher_number
from app.domain.redemptions import RedemptionUnknown
from app.facts import Id
from app.storage import redemptions as storage
from app.storage import search
from app.storage.redemptions import RegisterFilter

_NUMBER_PART = re.compile(r"[A-Z0-9]{3,}")
_REGISTER_AND_COUNTER = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionsQuery(Page):
    """The register, the newest first: of a quarter (``2026Q2``), of a day, of a person. ``text`` is what was typed to
    find a volunteer or a number; ``find`` is a redemption whose place is wanted.
    """

    quarter: str | None = None
    day: date | None = None
    person: Id | None = None
    text: str = ""
    find: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemedLine:
    """One gift of a redemption, as it was then."""

    gift: Id
    code: str
    name: str
    spec: str
    unit: str
    points_cents: int
    quantity: int
    stock_before: int
    stock_after: int

    @property
    def deducted_cents(self) -> int:
        return self.points_cents * self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionEntry:
    """A line of the register; the volunteer's and the agent's names are masked. Of an agent nothing is known any more
    once the volunteer was erased. ``copies`` of the receipt were printed after the first.
    """

    redemption: Id
    person: Id
    number: str
    who: str
    volunteer_number: str
    unit: str
    quarter: str
    redeemed_on: date
    redeemed_at: datetime
    gifts: tuple[RedeemedLine, ...]
    points_cents: int
    before_cents: int
    by_agent: bool
    agent: str
    relation: str
    operator: str
    checker: str
    reversed_at: datetime | None
    reversed_by: str
    reason: str
    copies: int
    reprinted_on: date | None

    @property
    def after_cents(self) -> int:
        return self.before_cents - self.points_cents

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.gifts)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionsPage:
    """A window of the register, how many there are, and the place of the one that was asked for."""

    rows: tuple[RedemptionEntry, ...]
    count: int
    found: int | None = None


@reading()
def redemptions(look: Look, query: RedemptionsQuery) -> RedemptionsPage:
    """The register, masked, the newest first; at most six statements."""
    which = _filter(look, query)
    if which is None:
        return RedemptionsPage(rows=(), count=0)
    rows = storage.listed(look.connection, which, offset=query.offset, limit=query.limit)
    return RedemptionsPage(
        rows=entries(look, rows),
        count=storage.count(look.connection, which),
        found=storage.place(look.connection, which, query.find) if query.find else None,
    )


@reading()
def redemption(look: Look, query: Id) -> RedemptionEntry:
    """One redemption, masked as in the register; two statements."""
    row = storage.one(look.connection, query)
    if row is None:
        raise RedemptionUnknown
    return entries(look, [row])[0]


@reads_code("redemption")
def redemption_by_number(look: Look, typed: str) -> Id | None:
    """The redemption whose voucher number was typed or scanned, if there is one; one statement."""
    digits = compact(typed)
    read = read_voucher_bar_code if digits.isdigit() else read_voucher_number
    return storage.with_number(look.connection, read(typed))


def entries(look: Look, rows: Sequence[Row[Any]]) -> tuple[RedemptionEntry, ...]:
    """Rows of ``app.storage.redemptions`` with names as entries; one statement for their gifts."""
    lines = storage.lines_of(look.connection, [row.id for row in rows]) if rows else {}
    return tuple(_entry(look, row, lines.get(row.id, ())) for row in rows)


def _filter(look: Look, query: RedemptionsQuery) -> RegisterFilter | None:
    """None when something was typed and nobody and no number is meant by it."""
    typed = query.text.strip()
    persons = [] if query.person is None else [query.person]
    number = ""
    if typed:
        found = search.matches(look.connection, "person", typed, search.MOST_CONSIDERED)
        persons += [match.object for match in found]
        number = _number_part(typed)
        if not persons and not number:
            return None
    return RegisterFilter(quarter=query.quarter, day=query.day, persons=persons, number=number)


def _number_part(typed: str) -> str:
    """What was typed as a part of a voucher number, without its check character; empty when it cannot be one."""
    plain = compact(typed).removeprefix("DH")[:_REGISTER_AND_COUNTER]
    return plain if _NUMBER_PART.fullmatch(plain) else ""


def _entry(look: Look, row: Row[Any], lines: Sequence[Row[Any]]) -> RedemptionEntry:
    return RedemptionEntry(
        redemption=row.id,
        person=row.wallet_id,
        number=row.number,
        who=masking.listed(row.person_name),
        volunteer_number=row.volunteer_number or "",
        unit=row.unit,
        quarter=row.quarter,
        redeemed_on=row.redeemed_on,
        redeemed_at=row.redeemed_at,
        gifts=tuple(_line(line) for line in lines),
        points_cents=row.points_cents,
        before_cents=row.before_cents,
        by_agent=row.by_agent,
        agent=masking.listed(row.agent or None),
        relation=look.sight.words(row.relation),
        operator=row.operator_name or "",
        checker=row.checker_name or "",
        reversed_at=row.reversed_at,
        reversed_by=row.reverser_name or "",
        reason=look.sight.words(row.reason),
        copies=row.copies,
        reprinted_on=row.reprinted_on,
    )


def _line(row: Row[Any]) -> RedeemedLine:
    return RedeemedLine(
        gift=row.gift,
        code=row.code,
        name=row.name,
        spec=row.spec,
        unit=row.unit,
        points_cents=row.points_cents,
        quantity=row.quantity,
        stock_before=row.stock_before,
        stock_after=row.stock_after,
    )
