"""Undoing points that were granted: by themselves, and with the approval that granted them."""

from __future__ import annotations

from datetime import date

from app.actions.grants import GrantForLead, grant_for_lead, leads_of
from app.actions.history import history_of
from app.actions.points import PointsQuery, PointsStatement, points_of
from app.actions.services import ApproveServices, approve_services
from app.actions.undo import undo
from app.domain.grants import RewardsPolicy
from app.domain.orders import Channel
from app.domain.staff import Role
from app.facts import Id
from app.storage.ids import new_id
from tests.support import counter, served, town
from tests.support.desk import Station


def test_a_lead_that_was_granted_by_mistake_waits_again(station: Station) -> None:
    desk = station.desk
    settled = town.settle_town(desk)
    lead = town.served(desk, settled, channel=Channel.SNAPSHOT, requester=settled.volunteer)
    counter.set_policy(station, RewardsPolicy(lead_cents=50))
    request = GrantForLead(grant=new_id(), order=lead)
    grant_for_lead(desk, request)
    undo(desk)
    assert statement(station, settled.volunteer).points_cents == 0
    assert [one.order for one in leads_of(desk, settled.volunteer).leads] == [lead]
    assert history_of(desk, f"grant:{request.grant}")[-1].text == "收回奖励，扣 0.5 分"
    grant_for_lead(desk, GrantForLead(grant=new_id(), order=lead))
    assert statement(station, settled.volunteer).points_cents == 50


def test_an_approval_is_revoked_together_with_the_reward_for_it(station: Station) -> None:
    desk = station.desk
    referrer = served.volunteer(desk)
    came = served.volunteer(desk, "李梅", phone="13900001111", referrer=referrer)
    counter.set_policy(station, RewardsPolicy(referral_cents=200))
    record = served.recorded(desk, came, served.at(9), 60)
    approve_services(desk, ApproveServices(services=(record,)))
    assert statement(station, referrer).points_cents == 200
    undo(desk)
    assert statement(station, came).points_cents == 0
    assert statement(station, referrer).points_cents == 0
    served.approved(desk, came, served.at(13))
    assert statement(station, referrer).points_cents == 200


def test_what_was_spent_of_it_is_owed(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station, points=5)
    settled = town.settle_town(desk)
    lead = town.served(desk, settled, channel=Channel.SNAPSHOT, requester=settled.volunteer)
    counter.set_policy(station, RewardsPolicy(lead_cents=500))
    grant_for_lead(desk, GrantForLead(grant=new_id(), order=lead))
    counter.redeemed(station.sit(Role.ADMINISTRATOR), settled.volunteer, towel)  # another one's deed
    undo(station.sit(Role.CLERK))
    told = statement(station, settled.volunteer)
    assert (told.points_cents, told.owed_cents) == (0, 500)
    counter.earn(desk, settled.volunteer, 1, served.at(6, day=date(2026, 4, 7)))
    assert statement(station, settled.volunteer).owed_cents == 400
    assert history_of(desk, f"wallet:{settled.volunteer}")[-1].text == "扣回所欠的 1 分"


def statement(station: Station, person: Id) -> PointsStatement:
    return points_of(station.desk, PointsQuery(person=person))
