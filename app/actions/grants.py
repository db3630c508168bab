"""Points for something else than hours (积分奖励): audited leads (随手拍), and bringing volunteers (推荐)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from app.actions.desk import Look, Work, action, new_id, reading
from app.actions.people import known_person
from app.actions.purses import settle_debts
from app.domain import grants as rules
from app.domain.grants import Cause, NotALead, RewardsPolicy
from app.domain.numbers import short_order_number
from app.domain.orders import Channel, State
from app.domain.people import expect_volunteer
from app.facts import Id
from app.storage import orders_by, people
from app.storage import points as storage
from app.storage.services import register_person_of

_DEALT_WITH = frozenset({State.DONE, State.RATED, State.CLOSED})
MOST_LEADS_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantForLead:
    """The order that a snapshot lead became, once it is dealt with. ``grant`` is an id the caller made."""

    grant: Id
    order: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A snapshot lead that was dealt with and has no points yet."""

    order: Id
    short: str
    what: str
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadsOf:
    """Somebody's leads that wait to be audited, the oldest first; ``points_cents`` for each. Without points for leads
    there are none.
    """

    points_cents: int
    leads: tuple[Lead, ...]


@reading()
def leads_of(look: Look, person: Id) -> LeadsOf:
    """Which leads of a volunteer can be audited; two statements."""
    cents = look.policy(RewardsPolicy).lead_cents
    rows = orders_by.leads_of(look.connection, person, sorted(_DEALT_WITH), MOST_LEADS_SHOWN) if cents else ()
    leads = tuple(
        Lead(
            order=row.id,
            short=short_order_number(row.number),
            what=look.sight.words(row.what),
            reported_at=row.submitted_at,
        )
        for row in rows
    )
    return LeadsOf(points_cents=cents, leads=leads)


@action()
def grant_for_lead(work: Work, request: GrantForLead) -> int:
    """Audit a lead and register its points; gives how many hundredths. Sent twice, it is one grant."""
    known = storage.granted(work.connection, request.grant)
    if known is not None:
        return int(known.points_cents)
    lead = orders_by.lead(work.connection, request.order)
    if lead is None:
        raise NotALead(field="order")
    reporter = known_person(work, lead.requester, "order")
    expect_volunteer(reporter, "order")
    body = rules.grant_for_lead(
        request.grant,
        reporter=reporter.id,
        order=request.order,
        is_settled_lead=lead.channel == Channel.SNAPSHOT and lead.state in _DEALT_WITH,
        is_granted=storage.is_granted(work.connection, Cause.LEAD, request.order),
        auditor=register_person_of(work.connection, work.by.staff),
        policy=work.policy(RewardsPolicy),
        today=work.today,
    )
    work.record(body)
    settle_debts(work, [reporter.id])
    return body.points_cents


def grant_referrals(work: Work, persons: Collection[Id]) -> list[Id]:
    """Reward who brought these volunteers, whose service counts now; gives who got points."""
    policy = work.policy(RewardsPolicy)
    if policy.referral_cents == 0:
        return []
    rewarded = []
    for came, referrer in people.referrers_of(work.connection, persons).items():
        if storage.is_granted(work.connection, Cause.REFERRAL, came):
            continue
        body = rules.grant_for_referral(
            new_id(), referrer=referrer, came=came, policy=policy, today=work.today
        )
        work.record(body)
        rewarded.append(referrer)
    return rewarded
