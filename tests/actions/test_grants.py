"""Points for audited leads, and for who brought a volunteer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.actions.grants import GrantForLead, grant_for_lead, leads_of
from app.actions.people import LeaveVolunteering, RegisterVolunteer, leave_volunteering, register_volunteer
from app.actions.points import PointsQuery, points_of
from app.actions.staff import EditStaff, edit_staff
from app.domain.grants import (
    AuditsOwnLead,
    Cause,
    LeadGranted,
    LeadsEarnNothing,
    NotALead,
    RewardsPolicy,
)
from app.domain.orders import Channel
from app.domain.people import NotAVolunteer, PersonUnknown, Profile, ReferrerUnfit
from app.domain.staff import Role
from app.domain.wallets import PointKind
from app.storage.ids import new_id
from tests.support import counter, served, town
from tests.support.desk import Station
from tests.support.people import resident


def test_a_lead_that_was_dealt_with_earns_points_once(station: Station) -> None:
    desk = station.desk
    settled = town.settle_town(desk)
    lead = town.served(desk, settled, channel=Channel.SNAPSHOT, requester=settled.volunteer)
    request = GrantForLead(grant=new_id(), order=lead)
    with pytest.raises(LeadsEarnNothing):
        grant_for_lead(desk, request)
    counter.set_policy(station, RewardsPolicy(lead_cents=50))
    (waits,) = leads_of(desk, settled.volunteer).leads
    assert (waits.order, leads_of(desk, settled.volunteer).points_cents) == (request.order, 50)
    assert grant_for_lead(desk, request).value == 50
    assert leads_of(desk, settled.volunteer).leads == ()
    assert grant_for_lead(desk, request).changed == frozenset()
    with pytest.raises(LeadGranted):
        grant_for_lead(desk, replace(request, grant=new_id()))
    (line,) = points_of(desk, PointsQuery(person=settled.volunteer)).lines
    assert (line.kind, line.cause, line.points_cents) == (PointKind.GRANTED, Cause.LEAD, 50)
    assert line.order_number


def test_what_is_no_lead(station: Station) -> None:
    desk = station.desk
    settled = town.settle_town(desk)
    town.served(desk, settled, channel=Channel.SNAPSHOT, requester=settled.volunteer)
    assert leads_of(desk, settled.volunteer).leads == ()  # leads earn nothing yet
    counter.set_policy(station, RewardsPolicy(lead_cents=50))
    assert len(leads_of(desk, settled.volunteer).leads) == 1
    called = town.served(desk, settled, requester=settled.volunteer)
    waiting = town.waiting(desk, settled, channel=Channel.SNAPSHOT, requester=settled.volunteer)
    for order in (called, waiting, new_id()):
        with pytest.raises(NotALead):
            grant_for_lead(desk, GrantForLead(grant=new_id(), order=order))
    assert len(leads_of(desk, settled.volunteer).leads) == 1
    by_resident = town.served(desk, settled, channel=Channel.SNAPSHOT)
    with pytest.raises(NotAVolunteer):
        grant_for_lead(desk, GrantForLead(grant=new_id(), order=by_resident))


def test_nobody_audits_their_own_lead(station: Station) -> None:
    desk = station.desk
    counter.set_policy(station, RewardsPolicy(lead_cents=50))
    settled = town.settle_town(desk)
    lead = town.served(desk, settled, channel=Channel.SNAPSHOT, requester=settled.volunteer)
    linked = EditStaff(staff=station.staff[Role.CLERK], name="陈芳", person=settled.volunteer)
    edit_staff(station.sit(Role.ADMINISTRATOR), linked)
    with pytest.raises(AuditsOwnLead):
        grant_for_lead(station.sit(Role.CLERK), GrantForLead(grant=new_id(), order=lead))


def test_two_points_for_who_brought_a_volunteer(station: Station) -> None:
    """Seen: two points, when the first service of the new one counts; only once."""
    desk = station.desk
    referrer = served.volunteer(desk)
    came = served.volunteer(desk, "李梅", phone="13900001111", referrer=referrer)
    served.approved(desk, came, served.at(6))
    assert points_of(desk, PointsQuery(person=referrer)).points_cents == 0
    counter.set_policy(station, RewardsPolicy(referral_cents=200))
    for hour in (9, 12):
        served.approved(desk, came, served.at(hour))
    (line,) = points_of(desk, PointsQuery(person=referrer)).lines
    assert (line.points_cents, line.cause, line.other) == (200, Cause.REFERRAL, "李*")


def test_who_left_is_not_rewarded_any_more(station: Station) -> None:
    desk = station.desk
    referrer = served.volunteer(desk)
    came = served.volunteer(desk, "李梅", phone="13900001111", referrer=referrer)
    counter.set_policy(station, RewardsPolicy(referral_cents=200))
    leave_volunteering(desk, LeaveVolunteering(person=referrer, reason="搬走了"))
    served.approved(desk, came, served.at(9))
    assert points_of(desk, PointsQuery(person=referrer)).points_cents == 0


def test_who_brings_a_volunteer_is_one(station: Station) -> None:
    desk = station.desk
    profile = Profile(name="李梅", phone="13900001111", born_on=date(1980, 1, 1))
    request = RegisterVolunteer(person=new_id(), profile=profile, referrer=resident(desk, "赵大爷"))
    with pytest.raises(ReferrerUnfit):
        register_volunteer(desk, request)
    with pytest.raises(ReferrerUnfit):
        register_volunteer(desk, replace(request, referrer=request.person))
    with pytest.raises(PersonUnknown):
        register_volunteer(desk, replace(request, referrer=new_id()))
