"""The rules of granted points (积分奖励): what is earned by something else than hours.

A snapshot lead (随手拍) counts when it was dealt with and somebody else than the reporter audits it. Who brought a
volunteer is rewarded when that volunteer's first service counts. Both are nothing until a county says so; two points
for a referral are practised by some [seen].
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar

from app.domain.points import MOST_CENTS
from app.domain.policies import Policy
from app.domain.problems import Refusal
from app.facts import Id
from app.facts.grants import GrantRevoked, PointsGranted


class Cause(StrEnum):
    """What points are granted for, besides hours."""

    LEAD = "lead"
    REFERRAL = "referral"


class RewardsPolicy(Policy, frozen=True, kw_only=True):
    """Hundredths of a point for an audited lead (随手拍), and for who brought a volunteer, at the first service that
    counts. Nothing until a county says so.
    """

    name: ClassVar[str] = "points.rewards"

    limits: ClassVar[Mapping[str, tuple[int, int]]] = {
        "lead_cents": (0, MOST_CENTS),
        "referral_cents": (0, MOST_CENTS),
    }

    lead_cents: int = 0
    referral_cents: int = 0


class NotALead(Refusal):
    """The order did not come in as a snapshot lead, or is not dealt with yet."""


class LeadsEarnNothing(Refusal):
    """No points are given for leads here."""


class LeadGranted(Refusal):
    """The lead has its points already."""


class AuditsOwnLead(Refusal):
    """Nobody audits the lead they reported themselves."""


def grant_for_lead(
    grant: Id,
    *,
    reporter: Id,
    order: Id,
    is_settled_lead: bool,
    is_granted: bool,
    auditor: Id | None,
    policy: RewardsPolicy,
    today: date,
) -> PointsGranted:
    """Register the points of a lead that was dealt with. ``auditor`` is the register person who does it."""
    if not is_settled_lead:
        raise NotALead(field="order")
    if policy.lead_cents == 0:
        raise LeadsEarnNothing
    if is_granted:
        raise LeadGranted(field="order")
    if auditor == reporter:
        raise AuditsOwnLead
    return _granted(grant, reporter, policy.lead_cents, Cause.LEAD, order, today)


def grant_for_referral(
    grant: Id, *, referrer: Id, came: Id, policy: RewardsPolicy, today: date
) -> PointsGranted:
    """The points of who brought a volunteer whose first service counts now."""
    return _granted(grant, referrer, policy.referral_cents, Cause.REFERRAL, came, today)


def revoke(grant: PointsGranted, *, today: date) -> GrantRevoked:
    """Take a grant back: what it gave is owed from now on."""
    return GrantRevoked(
        grant=grant.grant, person=grant.person, points_cents=grant.points_cents, revoked_on=today
    )


def _granted(grant: Id, person: Id, cents: int, cause: Cause, source: Id, today: date) -> PointsGranted:
    return PointsGranted(
        grant=grant, person=person, points_cents=cents, cause=cause, source=source, granted_on=today
    )
