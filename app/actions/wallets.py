"""What is done with wallets (积分账户) at the gift counter: redeem, reverse, give points to somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.actions.desk import Look, Work, action, reading
from app.actions.people import known_person
from app.actions.purses import purse_of, record_held, settle_debts
from app.actions.redemptions import RedemptionEntry, entries
from app.domain import phones
from app.domain import redemptions as rules
from app.domain import wallets as wallet_rules
from app.domain.calendar import Quarter, quarter_of
from app.domain.gifts import GiftUnknown
from app.domain.numbers import voucher_number
from app.domain.people import PersonUnknown
from app.domain.problems import Refusal
from app.domain.redemptions import (
    AgentMissing,
    AlreadyRedeemed,
    Checker,
    CheckerUnfit,
    QuarterInDoubt,
    RedemptionPolicy,
    RedemptionUnknown,
    Wish,
)
from app.domain.wallets import DonationPolicy, ExpiryPolicy, Purse, Wallet
from app.facts import Fact, Id
from app.facts.wallets import AgentWords, GiftRedeemed, WalletNote
from app.storage import custody, drafts, expiry, gifts, hours, people, points, staff, stations, stock
from app.storage import redemptions as storage
from app.storage import wallets as wallet_storage
from app.storage.services import register_person_of
from app.storage.types import clean_text

LONGEST_NAME_CHARACTERS = 50
LONGEST_RELATION_CHARACTERS = 20
LONGEST_REASON_CHARACTERS = 200
LAST_SHOWN = 5
MOST_EXPIRED_AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketLine:
    """How many pieces of a gift."""

    gift: Id
    quantity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Who fetches the gifts instead of the volunteer, as typed."""

    name: str
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemGifts:
    """What somebody takes. ``redemption`` is an id the caller made; ``checker`` is a second member of staff."""

    redemption: Id
    person: Id
    lines: tuple[BasketLine, ...]
    checker: Id | None = None
    agent: Agent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeemed:
    """What the counter says: deducted, and left."""

    redemption: Id
    number: str
    points_cents: int
    after_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseRedemption:
    """Take a redemption back whole, and why."""

    redemption: Id
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReprintReceipt:
    redemption: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class DonatePoints:
    """Give points to another volunteer. ``donation`` is an id the caller made."""

    donation: Id
    person: Id
    to: Id
    points_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterPerson:
    """Who stands at the counter. ``balance_cents`` can be spent today; ``owed_cents`` is what revoked hours still
    cost. ``obstacle`` is what a redemption would be refused with, whatever is chosen; None: go on.

    ``used`` is this quarter's redemption, ``next_day`` the first day on which another one is possible. ``doubt`` says
    why this quarter only goes with a checker.
    """

    person: Id
    name: str
    volunteer_number: str
    phone_tail: str
    minutes: int
    balance_cents: int
    owed_cents: int
    quarter: Quarter
    used: RedemptionEntry | None
    next_day: date | None
    obstacle: Refusal | None
    doubt: QuarterInDoubt | None
    last: tuple[RedemptionEntry, ...]


@action()
def redeem_gifts(work: Work, request: RedeemGifts) -> Redeemed:
    """Give out gifts for points. Sent twice, it is one redemption."""
    known = storage.one(work.connection, request.redemption)
    if known is not None:
        return Redeemed(
            redemption=known.id,
            number=known.number,
            points_cents=known.points_cents,
            after_cents=known.before_cents - known.points_cents,
        )
    facts = rules.redeem(
        request.redemption,
        _wallet(work, request.person),
        _wishes(work, request.lines),
        number=_draw_number(work),
        counter=_counter(work),
        policy=work.policy(RedemptionPolicy),
        checker=_checker(work, request.checker),
        by_agent=request.agent is not None,
    )
    agent = _agent(request.agent)
    drafts.forget(work.connection, request.redemption)
    record_held(work, *facts, parts={request.person: agent} if agent else None)
    done = facts[-1]
    assert isinstance(done, GiftRedeemed)
    return Redeemed(
        redemption=done.redemption,
        number=done.number,
        points_cents=done.points_cents,
        after_cents=done.balance_before_cents - done.points_cents,
    )


@action()
def reverse_redemption(work: Work, request: ReverseRedemption) -> None:
    """Take a redemption back whole (撤销): points, quarter and stock are as before. What is owed goes first."""
    redemption = storage.redemption(work.connection, request.redemption)
    if redemption is None:
        raise RedemptionUnknown
    reason = clean_text(request.reason, longest_characters=LONGEST_REASON_CHARACTERS, field="reason")
    operator = register_person_of(work.connection, work.by.staff)
    body = rules.reverse(redemption, operator_person=operator, reason=reason, today=work.today)
    record_held(work, body, parts={redemption.person: WalletNote(text=reason)})
    settle_debts(work, [redemption.person])


@action()
def reprint_receipt(work: Work, request: ReprintReceipt) -> int:
    """Note that the receipt is printed once more (补打), and give the copy's number; print after this."""
    redemption = storage.redemption(work.connection, request.redemption)
    if redemption is None:
        raise RedemptionUnknown
    body = rules.reprint(redemption, today=work.today)
    work.record(body)
    return body.copy


@action()
def donate_points(work: Work, request: DonatePoints) -> None:
    """Give points to another volunteer (积分捐赠). Sent twice, it is one gift."""
    if wallet_storage.is_donated(work.connection, request.donation):
        return
    to = known_person(work, request.to, "to")
    facts = wallet_rules.donate(
        request.donation,
        _wallet(work, request.person),
        to=to.id,
        to_is_volunteer=to.is_volunteer,
        to_name=to.details.name,
        points_cents=request.points_cents,
        policy=work.policy(DonationPolicy),
        device=work.desk.device.id,
        operator_person=register_person_of(work.connection, work.by.staff),
        today=work.today,
    )
    record_held(work, *facts)
    drafts.forget(work.connection, request.donation)
    settle_debts(work, [to.id])


@action(by_itself=True)
def expire_points(work: Work, _request: None = None) -> int:
    """Let points expire whose time is over, of some wallets at a time; says of how many. Called in quiet moments, until
    there are none. Whoever comes to the counter before is tidied there and then.
    """
    until = work.policy(ExpiryPolicy).expired_until(work.today)
    if until is None:
        return 0
    device = work.desk.device.id
    persons = expiry.due(work.connection, device, until, MOST_EXPIRED_AT_ONCE)
    facts: list[Fact] = []
    for person in persons:
        purse = points.purse(work.connection, person, until)
        facts += wallet_rules.tidy(person, purse, work.today)[1]
    record_held(work, *facts)
    return len(persons)


@reading()
def may_donate(look: Look, _query: None = None) -> bool:
    """Whether volunteers may give points to one another here; one statement."""
    return look.policy(DonationPolicy).allowed


@reading()
def counter_person(look: Look, query: Id) -> CounterPerson:
    """Who stands at the counter; at most fourteen statements."""
    row = people.person_row(look.connection, query)
    if row is None:
        raise PersonUnknown
    wallet = _wallet(look, query)
    purse, _facts = wallet_rules.tidy(query, wallet.purse, look.today)
    last = entries(look, storage.of_person(look.connection, query, LAST_SHOWN))
    quarter = quarter_of(look.today)
    used = next((one for one in last if one.quarter == str(quarter) and one.reversed_at is None), None)
    counter = _counter(look)
    obstacle = _obstacle(look, wallet, purse, counter)
    return CounterPerson(
        person=query,
        name=look.sight.name(row.name),
        volunteer_number=row.number or "",
        phone_tail=phones.tail(row.phone),
        minutes=hours.total_minutes(look.connection, query),
        balance_cents=purse.balance_cents,
        owed_cents=purse.owed_cents,
        quarter=quarter,
        used=used,
        next_day=rules.next_day(wallet.last)
        if isinstance(obstacle, AlreadyRedeemed) and wallet.last
        else None,
        obstacle=obstacle,
        doubt=None if obstacle else rules.doubt_of(counter),
        last=last,
    )


def _wallet(look: Look, person_id: Id) -> Wallet:
    person = known_person(look, person_id, "person")
    name = f"wallet:{person_id}"
    return Wallet(
        person=person_id,
        name=person.details.name,
        is_volunteer=person.is_volunteer,
        custody=custody.custodies(look.connection, [name]).get(name),
        last=storage.last_used(look.connection, person_id),
        purse=purse_of(look, person_id),
    )


def _counter(look: Look) -> rules.Counter:
    station = stations.this_station(look.connection)
    name = f"stock:{station.id}"
    return rules.Counter(
        stock=station.id,
        stock_custody=custody.custodies(look.connection, [name]).get(name),
        device=look.desk.device.id,
        unit=station.name,
        today=look.today,
        operator=look.by.staff,
        operator_person=register_person_of(look.connection, look.by.staff),
        has_colleague=station.doubt is None or len(staff.roster(look.connection)) > 1,
        doubt=station.doubt,
    )


def _wishes(look: Look, lines: tuple[BasketLine, ...]) -> list[Wish]:
    """The basket with what is there of each gift; a gift on two lines is one wish."""
    wanted: dict[Id, int] = {}
    for line in lines:
        wanted[line.gift] = wanted.get(line.gift, 0) + line.quantity
    known = gifts.these(look.connection, wanted)
    left = stock.batches_left(look.connection, look.desk.device.station, wanted)
    for place, gift in enumerate(wanted):
        if gift not in known:
            raise GiftUnknown(field=f"lines.{place}.gift")
    return [
        Wish(gift=known[gift], quantity=quantity, batches=left.get(gift, ()))
        for gift, quantity in wanted.items()
    ]


def _draw_number(work: Work) -> str:
    register = work.desk.device.register
    return voucher_number(register, work.next_number(f"voucher:{register}"))


def _checker(work: Work, staff_id: Id | None) -> Checker | None:
    if staff_id is None:
        return None
    member = staff.present(work.connection, staff_id)
    if member is None:
        raise CheckerUnfit(field="checker")
    return Checker(staff=member.id, person=member.person)


def _agent(agent: Agent | None) -> AgentWords | None:
    if agent is None:
        return None
    name = clean_text(agent.name, longest_characters=LONGEST_NAME_CHARACTERS, field="agent.name")
    relation = clean_text(
        agent.relation, longest_characters=LONGEST_RELATION_CHARACTERS, field="agent.relation"
    )
    for typed, field in ((name, "agent.name"), (relation, "agent.relation")):
        if not typed:
            raise AgentMissing(field=field)
    return AgentWords(name=name, relation=relation)


def _obstacle(look: Look, wallet: Wallet, purse: Purse, counter: rules.Counter) -> Refusal | None:
    try:
        rules.expect_entitled(wallet, purse, counter, look.policy(RedemptionPolicy))
    except Refusal as refusal:
        return refusal
    return None
