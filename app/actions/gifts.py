"""What is done with the catalogue of gifts (礼品): list one, put it right, withdraw it; and how the shelf is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.actions.codes import reads_code
from app.actions.desk import ADMINISTRATORS, Look, Work, action, reading
from app.actions.purses import purse_of
from app.domain import gifts as rules
from app.domain import wallets
from app.domain.gifts import Entry, Gift, GiftUnknown
from app.domain.numbers import gift_code, read_gift_code
from app.domain.services import check_photo
from app.domain.stock import Batch, StockPolicy, is_expired
from app.facts import Id
from app.storage import blobs, drafts, stock
from app.storage import gifts as storage
from app.storage.types import clean_text


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftForm:
    """A gift as the form shows it. ``code`` is the digits the scanner reads; empty: one of our own is drawn.

    ``picture`` is JPEG bytes; None keeps the picture there is.
    """

    name: str
    points_cents: int
    spec: str = ""
    unit: str = ""
    code: str = ""
    low_stock: int = 0
    picture: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListGift:
    """A new gift. ``gift`` is an id the caller made."""

    gift: Id
    form: GiftForm


@dataclass(frozen=True, slots=True, kw_only=True)
class EditGift:
    """The catalogue entry, whole, as it shall be."""

    gift: Id
    form: GiftForm


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedGift:
    """The new gift and the digits on its label."""

    gift: Id
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfQuery:
    """The shelf for somebody (``person``), or for nobody yet."""

    person: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A gift on the shelf. ``stock`` are pieces that can be given out today, ``missing_cents`` what the person lacks
    for one piece (0: affordable, or nobody is there yet).
    """

    gift: Id
    code: str
    name: str
    spec: str
    unit: str
    points_cents: int
    stock: int
    low_stock: int
    picture: str | None
    missing_cents: int

    @property
    def is_low(self) -> bool:
        return self.stock <= self.low_stock


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftRow:
    """A gift in the list of gifts and stock. ``stock`` counts everything there, ``expired`` what of it may no longer
    be given out, ``expires_on`` the first day on which something expires, which may be soon (``expires_soon``).
    """

    gift: Id
    code: str
    name: str
    spec: str
    unit: str
    points_cents: int
    low_stock: int
    picture: str | None
    withdrawn: bool
    stock: int
    expired: int
    expires_on: date | None
    expires_soon: bool

    @property
    def is_low(self) -> bool:
        return not self.withdrawn and self.stock - self.expired <= self.low_stock


@action(ADMINISTRATORS)
def list_gift(work: Work, request: ListGift) -> ListedGift:
    """A new gift for the shelf. Sent twice, it is one gift."""
    known = storage.gift(work.connection, request.gift)
    if known is not None:
        return ListedGift(gift=known.id, code=known.entry.code)
    entry = _entry(work, request.form, None)
    body = rules.list_gift(request.gift, entry, holder=storage.with_code(work.connection, entry.code))
    work.record(body)
    drafts.forget(work.connection, request.gift)
    return ListedGift(gift=body.gift, code=body.code)


@action(ADMINISTRATORS)
def edit_gift(work: Work, request: EditGift) -> None:
    """Put a gift's entry right; what was redeemed before keeps what it says."""
    gift = known_gift(work, request.gift)
    entry = _entry(work, request.form, gift.entry)
    body = rules.edit(gift, entry, holder=storage.with_code(work.connection, entry.code))
    if body is not None:
        work.record(body)


@action(ADMINISTRATORS)
def withdraw_gift(work: Work, request: Id) -> None:
    """Take a gift off the shelf (下架)."""
    work.record(rules.withdraw(known_gift(work, request)))


@action(ADMINISTRATORS)
def offer_gift_again(work: Work, request: Id) -> None:
    """Put a withdrawn gift on the shelf again (重新上架)."""
    work.record(rules.offer_again(known_gift(work, request)))


@reading()
def shelf(look: Look, query: ShelfQuery) -> tuple[Tile, ...]:
    """What is offered, the cheapest first; at most four statements."""
    offered = [gift for gift in storage.catalogue(look.connection) if not gift.withdrawn]
    left = stock.batches_left(look.connection, look.desk.device.station)
    balance_cents = None if query.person is None else _balance_cents(look, query.person)
    return tuple(_tile(look, gift, left.get(gift.id, ()), balance_cents) for gift in offered)


@reading()
def gift_rows(look: Look, _query: None = None) -> tuple[GiftRow, ...]:
    """Every gift with its stock, withdrawn ones last; three statements."""
    left = stock.batches_left(look.connection, look.desk.device.station)
    soon = look.today + timedelta(days=look.policy(StockPolicy).expires_soon_days)
    return tuple(_row(look, gift, left.get(gift.id, ()), soon) for gift in storage.catalogue(look.connection))


@reads_code("gift")
def gift_by_code(look: Look, code: str) -> Id | None:
    """The offered gift with these digits on its label, if there is one; one statement."""
    gift = storage.with_code(look.connection, code)
    return None if gift is None or gift.withdrawn else gift.id


@reading()
def gift_picture(look: Look, name: str) -> bytes | None:
    """A picture by its name; None when it is not on this PC."""
    return blobs.content_of(look.connection, name)


def _entry(work: Work, form: GiftForm, before: Entry | None) -> Entry:
    """The entry in its normal form. Without digits of its own, a gift keeps what it has or is given ours."""
    code = read_gift_code(form.code) if form.code.strip() else before.code if before else _draw_code(work)
    picture = before.picture if before else None
    if form.picture is not None:
        check_photo(form.picture, "picture")
        picture = blobs.keep(work.connection, form.picture, work.now)
    return Entry(
        code=code,
        name=clean_text(form.name, longest_characters=rules.LONGEST_NAME_CHARACTERS, field="name"),
        spec=clean_text(form.spec, longest_characters=rules.LONGEST_SPEC_CHARACTERS, field="spec"),
        unit=clean_text(form.unit, longest_characters=rules.LONGEST_UNIT_CHARACTERS, field="unit"),
        points_cents=form.points_cents,
        low_stock=form.low_stock,
        picture=picture,
    )


def _draw_code(work: Work) -> str:
    register = work.desk.device.register
    return gift_code(register, work.next_number(f"gift:{register}"))


def known_gift(look: Look, gift_id: Id) -> Gift:
    """A gift of the catalogue, or ``GiftUnknown``."""
    gift = storage.gift(look.connection, gift_id)
    if gift is None:
        raise GiftUnknown(field="gift")
    return gift


def _balance_cents(look: Look, person: Id) -> int:
    purse, _facts = wallets.tidy(person, purse_of(look, person), look.today)
    return purse.balance_cents


def _tile(look: Look, gift: Gift, left: Sequence[Batch], balance_cents: int | None) -> Tile:
    entry = gift.entry
    missing_cents = 0 if balance_cents is None else max(0, entry.points_cents - balance_cents)
    return Tile(
        gift=gift.id,
        code=entry.code,
        name=entry.name,
        spec=entry.spec,
        unit=entry.unit,
        points_cents=entry.points_cents,
        stock=sum(batch.quantity for batch in left if not is_expired(batch, look.today)),
        low_stock=entry.low_stock,
        picture=entry.picture,
        missing_cents=missing_cents,
    )


def _row(look: Look, gift: Gift, left: Sequence[Batch], soon: date) -> GiftRow:
    entry, there = gift.entry, [batch for batch in left if batch.quantity]
    days = [batch.expires_on for batch in there if batch.expires_on is not None]
    return GiftRow(
        gift=gift.id,
        code=entry.code,
        name=entry.name,
        spec=entry.spec,
        unit=entry.unit,
        points_cents=entry.points_cents,
        low_stock=entry.low_stock,
        picture=entry.picture,
        withdrawn=gift.withdrawn,
        stock=sum(batch.quantity for batch in there),
        expired=sum(batch.quantity for batch in there if is_expired(batch, look.today)),
        expires_on=min(days, default=None),
        expires_soon=any(day <= soon for day in days),
    )
