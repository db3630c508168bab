from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from app.domain.grants import (
    AuditsOwnLead,
    LeadGranted,
    LeadsEarnNothing,
    NotALead,
    RewardsPolicy,
    grant_for_lead,
    grant_for_referral,
)
from app.domain.policies import PolicyMakesNoSense, parse_policy
from app.facts.grants import PointsGranted

TODAY = date(2026, 4, 7)
GRANT, PERSON, ORDER, STAFF = (letter * 32 for letter in "abcd")


@dataclass(frozen=True)
class Asked:
    is_settled_lead: bool = True
    is_granted: bool = False
    auditor: str | None = STAFF
    lead_cents: int = 50

    def grant(self) -> PointsGranted:
        return grant_for_lead(
            GRANT,
            reporter=PERSON,
            order=ORDER,
            is_settled_lead=self.is_settled_lead,
            is_granted=self.is_granted,
            auditor=self.auditor,
            policy=RewardsPolicy(lead_cents=self.lead_cents),
            today=TODAY,
        )


def test_a_lead_is_audited_by_somebody_else_and_once() -> None:
    assert Asked().grant().points_cents == replace(Asked(), auditor=None).grant().points_cents == 50
    for asked, refusal in (
        (Asked(is_settled_lead=False), NotALead),
        (Asked(lead_cents=0), LeadsEarnNothing),
        (Asked(is_granted=True), LeadGranted),
        (Asked(auditor=PERSON), AuditsOwnLead),
    ):
        with pytest.raises(refusal):
            asked.grant()


def test_two_points_for_a_referral() -> None:
    """As some counties practise it."""
    policy = parse_policy(RewardsPolicy, '{"referral_cents": 200}')
    body = grant_for_referral(GRANT, referrer=PERSON, came=ORDER, policy=policy, today=TODAY)
    assert (body.points_cents, body.person, body.source) == (200, PERSON, ORDER)


def test_no_reward_is_negative() -> None:
    with pytest.raises(PolicyMakesNoSense):
        parse_policy(RewardsPolicy, '{"lead_cents": -1}')
