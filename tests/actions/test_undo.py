"""Undoing what was done last: who may, when, and what stands afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app import sentences
from app.actions import undo as actions
from app.actions.certificates import (
    CertificateDraft,
    IssueCertificate,
    ReprintCertificate,
    certificate_entry,
    issue_certificate,
    reprint_certificate,
)
from app.actions.desk import Desk, NotAllowed, NotSignedIn
from app.actions.history import history_of
from app.actions.hours import total_minutes
from app.actions.orders import (
    AcceptOrder,
    AnswerOrder,
    CallBackOrder,
    EditOrder,
    EscalateOrder,
    RateOrder,
    Reasoned,
    SettleOrder,
    StartOrder,
    Step,
    ToTeam,
    accept_order,
    answer_order,
    call_back_order,
    cancel_order,
    close_order,
    contact_order,
    dispatch_order,
    edit_order,
    escalate_order,
    grab_order,
    rate_order,
    refuse_order,
    return_order,
    screen_order,
    settle_order,
    start_order,
    withdraw_order,
)
from app.actions.people import (
    Brings,
    EditPerson,
    EditVolunteer,
    LeaveVolunteering,
    RegisterVolunteer,
    edit_person,
    edit_volunteer,
    leave_volunteering,
    register_volunteer,
    return_to_volunteering,
)
from app.actions.people_cards import person_story
from app.actions.policies import (
    SetPolicy,
    WithdrawPolicy,
    policy_story,
    set_policy,
    withdraw_policy,
)
from app.actions.services import (
    ApproveServices,
    ServiceReason,
    approve_services,
    decline_service,
    reverse_service,
    service_evidence,
)
from app.actions.session import SignIn, lock, sign_in_again
from app.actions.staff import ChangeRole, EditStaff, change_role, edit_staff, staff_list
from app.actions.star_review import star_round_view
from app.actions.star_rounds import (
    OpenStarRound,
    StarPerson,
    StarReason,
    drop_star,
    keep_star,
    open_star_round,
)
from app.actions.stations import RenameStation, rename_station, station_card
from app.actions.teams import (
    ChangeLeader,
    CloseTeam,
    EditTeam,
    LeaveTeam,
    change_leader,
    close_team,
    edit_team,
    leave_team,
    team_card,
)
from app.actions.undo import Undone, undo, undo_offer
from app.actions.wallets import ReprintReceipt, reprint_receipt
from app.domain.orders import OrderLimits, RatedHow, State
from app.domain.people import IdNumberTaken, Profile
from app.domain.policies import PolicyFromThePast
from app.domain.staff import Role
from app.domain.star_rounds import Stage
from app.domain.teams import Charter, Level
from app.domain.undo import CannotBeUndone, ChangedSince, NothingToUndo, UndoingRefused
from app.facts import Id, kinds
from app.storage import orders as order_storage
from app.storage.engine import reading
from app.storage.ids import new_id
from app.storage.selfcheck import check
from tests.support import counter, people, served
from tests.support.desk import PASSPHRASE, Station
from tests.support.statements import statements_of
from tests.support.town import Town, accepted, dispatched, request, settle_town, submitted, waiting
from tests.support.town import served as served_order


@pytest.fixture
def town(station: Station) -> Town:
    return settle_town(station.desk)


def _row(desk: Desk, order: Id) -> dict[str, object]:
    with reading(desk.engine) as connection:
        row = order_storage.order_row(connection, order)
    assert row is not None
    return {name: value for name, value in row._mapping.items() if name != "changed_at"}


def _tables_say_what_facts_say(desk: Desk) -> bool:
    with reading(desk.engine) as connection:
        return check(connection).first is None


def _undo(desk: Desk) -> Undone:
    return undo(desk).value


def test_every_kind_of_fact_can_be_undone_or_says_why_not() -> None:
    ways = (actions.undoable(), sentences.staying(), actions.passed_over())
    assert {kind.kind: 1 for kind in kinds().values()} == Counter(kind.kind for way in ways for kind in way)


class TestWhoMayAndWhen:
    def test_nothing_was_done_yet(self, station: Station) -> None:
        assert undo_offer(station.desk, None) is None
        with pytest.raises(NothingToUndo):
            undo(station.desk)

    def test_it_is_named_after_the_deed(self, station: Station, town: Town) -> None:
        dispatched(station.desk, town)
        offer = undo_offer(station.desk, None)
        assert offer is not None and (offer.deed, offer.obstacle) == ("派给 爱心理发队", None)

    def test_many_things_at_once_are_counted(self, station: Station) -> None:
        volunteers = [people.volunteer(station.desk, name) for name in ("赵晓燕", "孙丽")]
        people.team(station.desk, "爱心理发队", *volunteers)
        done = _undo(station.desk)
        assert done.deed == "赵晓燕 入队"  # one team

    def test_what_happened_long_before_is_not_read(self, station: Station) -> None:
        """A stock has years of deliveries behind it, and what could be undone is asked after each."""
        desk, towel = station.desk, counter.stocked(station)
        for _delivery in range(3):
            counter.batch(desk, towel)
        asked = statements_of(desk.engine, lambda: (undo_offer(desk, None), undo(desk)))
        assert any("first.fact IN" in one for one in asked)
        assert not [one for one in asked if "log.object IN" in one and "ORDER BY" in one]

    def test_a_locked_desk_undoes_nothing(self, station: Station, town: Town) -> None:
        station.desk.signed_in = None
        with pytest.raises(NotSignedIn):
            undo(station.desk)

    def test_everybody_undoes_their_own(self, station: Station, town: Town) -> None:
        order = waiting(station.desk, town)
        station.sit(Role.ADMINISTRATOR)
        with pytest.raises(NothingToUndo):
            undo(station.desk)
        assert undo_offer(station.desk, None) is None
        station.sit(Role.CLERK)
        _undo(station.desk)
        assert _row(station.desk, order)["state"] == State.SUBMITTED

    def test_what_somebody_went_on_with_stays(self, station: Station, town: Town) -> None:
        order = dispatched(station.desk, town)
        station.sit(Role.ADMINISTRATOR)
        accept_order(station.desk, AcceptOrder(order=order))
        station.sit(Role.CLERK)
        offer = undo_offer(station.desk, None)
        assert offer is not None and isinstance(offer.obstacle, ChangedSince)
        with pytest.raises(ChangedSince) as refused:
            undo(station.desk)
        assert sentences.sentence(refused.value) == (
            "“派给 爱心理发队”撤不了：后来 沈静 又办了“已接单”。再按一次 Ctrl+Z，撤销它之前的“赵晓燕 入队”。"
        )
        assert _row(station.desk, order)["state"] == State.ACCEPTED

    def test_a_role_that_was_lost_undoes_nothing_of_it(self, station: Station) -> None:
        station.sit(Role.ADMINISTRATOR)
        rename_station(station.desk, RenameStation(name="新名站", region="370883102204"))
        mine = station.desk.deeds.done[-1]
        station.sit(Role.CLERK)
        station.desk.deeds.done.append(replace(mine, by=station.staff[Role.CLERK]))
        with pytest.raises(NotAllowed):
            undo(station.desk)
        assert station_card(station.desk, None).name == "新名站"

    def test_hand_overs_stay(self, station: Station, town: Town) -> None:
        order = waiting(station.desk, town)
        escalate_order(station.desk, EscalateOrder(order=order, level="town", office="城前镇所"))
        with pytest.raises(CannotBeUndone) as refused:
            undo(station.desk)
        assert "收不回来" in sentences.sentence(refused.value)

    def test_several_in_a_row_walk_back(self, station: Station, town: Town) -> None:
        order = submitted(station.desk, town).order
        screen_order(station.desk, Step(order=order))
        dispatch_order(station.desk, ToTeam(order=order, team=town.team))
        accept_order(station.desk, AcceptOrder(order=order))
        undone = [_undo(station.desk).deed for _ in range(4)]
        assert undone[:3] == ["已接单", "派给 爱心理发队", "审核通过，可以派单"]
        assert undone[3].startswith("电话点单")
        assert _row(station.desk, order)["state"] == State.CANCELLED
        assert _tables_say_what_facts_say(station.desk)

    def test_after_an_undo_one_goes_on_and_undoes_that(self, station: Station, town: Town) -> None:
        order = dispatched(station.desk, town)
        _undo(station.desk)
        dispatch_order(station.desk, ToTeam(order=order, team=town.team))
        accept_order(station.desk, AcceptOrder(order=order))
        for state in (State.DISPATCHED, State.WAITING, State.SUBMITTED):
            _undo(station.desk)
            assert _row(station.desk, order)["state"] == state

    def test_it_says_where_to_look_and_tells_it(self, station: Station, town: Town) -> None:
        order = accepted(station.desk, town)
        done = undo(station.desk)
        assert (done.value.noun, done.value.object) == ("order", order)
        assert done.changed == {"order"}
        told = [one.text for one in history_of(station.desk, f"order:{order}")]
        assert told[-2:] == ["接单，由 赵晓燕 去", "撤销“接单”，回到“待接”"]


_STEPS: dict[str, tuple[Callable[[Desk, Town], Id], Callable[[Desk, Id, Town], object]]] = {
    "screen": (lambda d, t: submitted(d, t).order, lambda d, o, t: screen_order(d, Step(order=o))),
    "grab": (waiting, lambda d, o, t: grab_order(d, ToTeam(order=o, team=t.team))),
    "accept": (dispatched, lambda d, o, t: accept_order(d, AcceptOrder(order=o))),
    "refuse": (dispatched, lambda d, o, t: refuse_order(d, Reasoned(order=o, reason="都出去了"))),
    "withdraw": (dispatched, lambda d, o, t: withdraw_order(d, Step(order=o))),
    "give back": (accepted, lambda d, o, t: return_order(d, Reasoned(order=o, reason="车坏了"))),
    "cancel": (accepted, lambda d, o, t: cancel_order(d, Reasoned(order=o, reason="不用了"))),
    "contact": (accepted, lambda d, o, t: contact_order(d, Step(order=o))),
    "start": (accepted, lambda d, o, t: start_order(d, StartOrder(order=o))),
    "rate and close": (
        served_order,
        lambda d, o, t: rate_order(d, RateOrder(order=o, stars=5, how=RatedHow.PHONE, words="很好")),
    ),
    "complain": (
        served_order,
        lambda d, o, t: rate_order(d, RateOrder(order=o, stars=1, how=RatedHow.PHONE, words="没来")),
    ),
    "close": (served_order, lambda d, o, t: close_order(d, Step(order=o))),
}


class TestOrders:
    @pytest.mark.parametrize("step", _STEPS)
    def test_everything_stands_as_before(self, step: str, station: Station, town: Town) -> None:
        begin, do = _STEPS[step]
        order = begin(station.desk, town)
        before = _row(station.desk, order)
        station.clock.forward(minutes=3)
        do(station.desk, order, town)
        assert _row(station.desk, order) != before
        _undo(station.desk)
        assert _row(station.desk, order) == before
        assert _tables_say_what_facts_say(station.desk)

    def test_the_words_of_the_first_rating_count_again(self, station: Station, town: Town) -> None:
        order = served_order(station.desk, town)
        rate_order(station.desk, RateOrder(order=order, stars=1, how=RatedHow.PHONE, words="没来"))
        call_back_order(station.desk, CallBackOrder(order=order, settled=False, note="明天再去"))
        before = _row(station.desk, order)
        rate_order(station.desk, RateOrder(order=order, stars=5, how=RatedHow.PHONE, words="来了，好"))
        assert _row(station.desk, order)["state"] == State.CLOSED
        _undo(station.desk)
        assert _row(station.desk, order) == before
        assert before["rating_words"] == "没来"

    def test_settled_money_is_open_again(self, station: Station, town: Town) -> None:
        order = accepted(station.desk, town, advance_cents=5_000)
        settle_order(
            station.desk,
            SettleOrder(order=order, spent_cents=4_000, repaid_cents=1_000, receipt=True, signed=True),
        )
        _undo(station.desk)
        assert _row(station.desk, order)["settled_at"] is None

    def test_an_answer_is_waited_for_again(self, station: Station, town: Town) -> None:
        order = waiting(station.desk, town)
        escalate_order(station.desk, EscalateOrder(order=order, level="town", office="城前镇所"))
        answer_order(station.desk, AnswerOrder(order=order, solved=False, note="站里办"))
        _undo(station.desk)
        assert _row(station.desk, order)["state"] == State.ESCALATED

    def test_a_request_is_cancelled_with_a_reason(self, station: Station, town: Town) -> None:
        order = submitted(station.desk, town).order
        _undo(station.desk)
        assert history_of(station.desk, f"order:{order}")[-1].text == "取消：录错了，撤销"

    def test_the_old_wording_is_back(self, station: Station, town: Town) -> None:
        order = waiting(station.desk, town, mind="有狗")
        before = _row(station.desk, order)
        asked = {
            name: getattr(request(town), name) for name in request(town).__slots__ if name != "order"
        } | {"what": "改成洗头", "urgent": True, "beneficiary": town.volunteer}
        edit_order(station.desk, EditOrder(order=order, **asked))
        assert _row(station.desk, order)["what"] == "改成洗头"
        _undo(station.desk)
        assert _row(station.desk, order) == before


class TestPeople:
    def test_the_old_profile_is_back(self, station: Station, town: Town) -> None:
        edit_person(
            station.desk,
            EditPerson(
                person=town.resident,
                profile=Profile(name="曾小贤", phone="13900000000"),
                touched=frozenset({"phone"}),
            ),
        )
        assert _undo(station.desk).noun == "person"
        assert person_story(station.desk, town.resident).card.phone == "138****0001"

    def test_skills_and_registration(self, station: Station, town: Town) -> None:
        edit_volunteer(station.desk, EditVolunteer(person=town.volunteer, brings=Brings(skills=("理发",))))
        _undo(station.desk)
        card = person_story(station.desk, town.volunteer).card
        assert card.volunteer is not None and card.volunteer.skills == ()
        edit_person(
            station.desk,
            EditPerson(
                person=town.resident,
                profile=Profile(name="", born_on=date(1960, 1, 1)),
                touched=frozenset({"born_on"}),
            ),
        )
        register_volunteer(station.desk, RegisterVolunteer(person=town.resident))
        done = _undo(station.desk)
        assert done.deed.startswith("登记为志愿者") and "共" not in done.deed, "the wallet is no second thing"
        card = person_story(station.desk, town.resident).card
        assert card.volunteer is not None and card.volunteer.left_reason == "登记错了，撤销"

    def test_who_left_is_back_in_the_team_and_leads(self, station: Station, town: Town) -> None:
        change_leader(station.desk, ChangeLeader(team=town.team, person=town.volunteer))
        joined_at = person_story(station.desk, town.volunteer).teams[0].joined_at
        station.clock.forward(days=2)
        leave_volunteering(station.desk, LeaveVolunteering(person=town.volunteer, reason="搬走"))
        assert person_story(station.desk, town.volunteer).teams == ()
        _undo(station.desk)
        story = person_story(station.desk, town.volunteer)
        assert story.card.volunteer is not None and story.card.volunteer.left_at is None
        assert [(team.leads, team.joined_at) for team in story.teams] == [(True, joined_at)]

    def test_who_came_back_by_mistake_has_left_as_before(self, station: Station, town: Town) -> None:
        leave_volunteering(station.desk, LeaveVolunteering(person=town.volunteer, reason="搬走"))
        return_to_volunteering(station.desk, town.volunteer)
        _undo(station.desk)
        card = person_story(station.desk, town.volunteer).card
        assert card.volunteer is not None and card.volunteer.left_reason == "搬走"

    def test_who_is_known_stays_known(self, station: Station) -> None:
        people.resident(station.desk, "王建国")
        with pytest.raises(CannotBeUndone):
            undo(station.desk)

    def test_an_id_number_that_somebody_else_has_now_stays_theirs(self, station: Station) -> None:
        number = "11010519491231002X"
        first = people.resident(station.desk, "王建国", id_number=number)
        edit_person(
            station.desk,
            EditPerson(person=first, profile=Profile(name=""), touched=frozenset({"id_number"})),
        )
        station.sit(Role.ADMINISTRATOR)
        people.resident(station.desk, "王建国", id_number=number)
        station.sit(Role.CLERK)
        with pytest.raises(UndoingRefused) as refused:
            undo(station.desk)
        assert isinstance(refused.value.why, IdNumberTaken)


class TestTeams:
    def test_data_leader_and_members(self, station: Station, town: Town) -> None:
        desk = station.desk
        charter = Charter(name="新名字", level=Level.SQUAD, region="", phone="13800000001")
        edit_team(desk, EditTeam(team=town.team, charter=charter))
        change_leader(desk, ChangeLeader(team=town.team, person=town.volunteer))
        leave_team(desk, LeaveTeam(team=town.team, person=town.volunteer))
        assert team_card(desk, town.team).members_count == 0
        _undo(desk)
        assert team_card(desk, town.team).leader == town.volunteer
        _undo(desk)
        assert team_card(desk, town.team).leader is None
        _undo(desk)
        assert (team_card(desk, town.team).name, team_card(desk, town.team).phone) == ("爱心理发队", "")
        _undo(desk)  # joining
        assert team_card(desk, town.team).members_count == 0
        _undo(desk)  # founding
        assert team_card(desk, town.team).closed_reason == "建错了"
        assert _tables_say_what_facts_say(desk)

    def test_a_closed_team_is_open_again(self, station: Station, town: Town) -> None:
        close_team(station.desk, CloseTeam(team=town.team, reason="合并"))
        _undo(station.desk)
        assert team_card(station.desk, town.team).closed_at is None

    def test_who_left_since_is_not_taken_out_again(self, station: Station, town: Town) -> None:
        station.sit(Role.ADMINISTRATOR)
        leave_team(station.desk, LeaveTeam(team=town.team, person=town.volunteer))
        station.sit(Role.CLERK)
        with pytest.raises(ChangedSince):
            undo(station.desk)


class TestWhatStays:
    def test_it_is_told_once_and_then_comes_the_turn_of_what_was_before(
        self, station: Station, town: Town
    ) -> None:
        desk, order = station.desk, dispatched(station.desk, town)
        people.resident(desk, "王建国")
        people.resident(desk, "李建国")
        offer = undo_offer(desk, None)
        assert offer is not None and isinstance(offer.obstacle, CannotBeUndone)
        with pytest.raises(CannotBeUndone) as refused:
            undo(desk)
        said = sentences.sentence(refused.value)
        assert said.startswith("“登记建档”：登记过的人撤不掉。")
        assert said.endswith("再按一次 Ctrl+Z，撤销它之前的“派给 爱心理发队”。")
        offer = undo_offer(desk, None)
        assert offer is not None and (offer.deed, offer.obstacle) == ("派给 爱心理发队", None)
        assert _undo(desk).object == order

    def test_what_the_rules_refuse_to_undo_is_told_once_too(self, station: Station) -> None:
        """Pieces that were given out meanwhile: only the attempt shows it."""
        desk, person = station.desk, counter.with_points(station.desk, 12)
        towel = counter.stocked(station, quantity=3)
        counter.redeemed(station.sit(Role.ADMINISTRATOR), person, towel)
        station.sit(Role.CLERK)
        with pytest.raises(UndoingRefused) as refused:
            undo(desk)
        said = sentences.sentence(refused.value)
        assert said.startswith(
            "“入库毛巾 3 条（采购）”撤不了：这一批已经发出去一些，还剩 2 件。多记了的，请办出库。再按一次 Ctrl+Z，撤销"
        )
        offer = undo_offer(desk, None)
        assert offer is not None and offer.deed in said
        assert _undo(desk).deed == offer.deed
        assert _tables_say_what_facts_say(desk)

    def test_what_stays_before_what_is_refused_is_passed_as_it_was_said(self, station: Station) -> None:
        desk, person = station.desk, counter.with_points(station.desk, 12)
        towel = counter.stocked(station, quantity=3)
        people.resident(desk, "王建国")
        counter.batch(desk, towel, 5, date(2026, 6, 1))
        counter.redeemed(station.sit(Role.ADMINISTRATOR), person, towel)
        station.sit(Role.CLERK)
        with pytest.raises(UndoingRefused) as refused:
            undo(desk)
        assert refused.value.before_it == "审核通过，计 12 小时，积 12 分"
        assert _undo(desk).deed == refused.value.before_it

    def test_what_was_refused_is_tried_again_by_whoever_sits_down_anew(self, station: Station) -> None:
        desk, person = station.desk, counter.with_points(station.desk, 12)
        towel = counter.stocked(station, quantity=3)
        counter.redeemed(station.sit(Role.ADMINISTRATOR), person, towel)
        station.sit(Role.CLERK)
        for _each in range(2):
            with pytest.raises(UndoingRefused):
                undo(desk)
            lock(desk)
            sign_in_again(desk, SignIn(staff=station.staff[Role.CLERK], passphrase=PASSPHRASE))

    def test_it_is_told_again_to_whoever_sits_down_anew(self, station: Station, town: Town) -> None:
        desk, order = station.desk, dispatched(station.desk, town)
        people.resident(desk, "王建国")
        for _each in range(2):
            with pytest.raises(CannotBeUndone):
                undo(desk)
            lock(desk)
            sign_in_again(desk, SignIn(staff=station.staff[Role.CLERK], passphrase=PASSPHRASE))
        assert _row(desk, order)["state"] == State.DISPATCHED

    def test_it_is_told_again_when_more_was_done(self, station: Station, town: Town) -> None:
        desk, order = station.desk, waiting(station.desk, town)
        people.resident(desk, "王建国")
        with pytest.raises(CannotBeUndone):
            undo(desk)
        dispatch_order(desk, ToTeam(order=order, team=town.team))
        assert _undo(desk).deed == "派给 爱心理发队"
        with pytest.raises(CannotBeUndone):
            undo(desk)
        assert _undo(desk).deed == "审核通过，可以派单"

    def test_what_nobody_stands_in_the_way_of_any_more_has_its_turn_again(
        self, station: Station, town: Town
    ) -> None:
        desk, order = station.desk, dispatched(station.desk, town)
        accept_order(station.sit(Role.ADMINISTRATOR), AcceptOrder(order=order))
        with pytest.raises(ChangedSince):
            undo(station.sit(Role.CLERK))
        undo(station.sit(Role.ADMINISTRATOR))
        station.sit(Role.CLERK)
        assert _undo(desk).deed == "派给 爱心理发队"

    def test_where_nothing_else_was_done_there_is_nothing_more_to_press_for(self, station: Station) -> None:
        people.resident(station.desk, "王建国")
        with pytest.raises(CannotBeUndone) as refused:
            undo(station.desk)
        assert "Ctrl+Z" not in sentences.sentence(refused.value)
        assert undo_offer(station.desk, None) is None
        with pytest.raises(NothingToUndo):
            undo(station.desk)

    def test_a_paper_that_was_printed_again_hides_nothing(self, station: Station) -> None:
        desk, towel = station.desk, counter.stocked(station)
        person = counter.with_points(desk, 12)
        (service,) = counter.earn(desk, person, 1, served.at(6, day=date(2026, 4, 4)))
        certificate = new_id()
        draft = CertificateDraft(person=person, services=(service,))
        issue_certificate(desk, IssueCertificate(certificate=certificate, draft=draft, consented=True))
        redemption = counter.redeemed(desk, person, towel).redemption
        reprint_receipt(desk, ReprintReceipt(redemption=redemption))
        reprint_certificate(desk, ReprintCertificate(certificate=certificate))
        assert _undo(desk).deed.startswith("兑换毛巾")
        assert _undo(desk).noun == "certificate"


class TestServicesAndCertificates:
    def test_a_record_made_by_mistake_does_not_count(self, station: Station) -> None:
        service = served.recorded(station.desk, served.volunteer(station.desk))
        _undo(station.desk)
        evidence = service_evidence(station.desk, service)
        assert (evidence.state, evidence.reason) == ("declined", "记错了，撤销")

    def test_an_approval_is_revoked_with_all_of_its_deed(self, station: Station) -> None:
        person = served.volunteer(station.desk)
        services = [served.recorded(station.desk, person, served.at(hour), 60) for hour in (8, 10)]
        approve_services(station.desk, ApproveServices(services=tuple(services)))
        assert total_minutes(station.desk, (person,)).get(person, 0) == 120
        assert _undo(station.desk).deed.endswith("，共 2 件")
        assert total_minutes(station.desk, (person,)).get(person, 0) == 0
        assert {service_evidence(station.desk, one).reason for one in services} == {"核错了，撤销"}

    def test_what_was_declined_waits_again(self, station: Station) -> None:
        service = served.recorded(station.desk, served.volunteer(station.desk))
        before = service_evidence(station.desk, service)
        decline_service(station.desk, ServiceReason(service=service, reason="没去"))
        _undo(station.desk)
        assert service_evidence(station.desk, service) == before
        assert _tables_say_what_facts_say(station.desk)

    def test_a_revoked_record_stays_revoked(self, station: Station) -> None:
        service = served.approved(station.desk, served.volunteer(station.desk))
        reverse_service(station.desk, ServiceReason(service=service, reason="查无此事"))
        with pytest.raises(CannotBeUndone):
            undo(station.desk)

    def test_a_certificate_is_void_and_stays_listed(self, station: Station) -> None:
        person = served.volunteer(station.desk)
        service = served.approved(station.desk, person)
        certificate = new_id()
        issue_certificate(
            station.desk,
            IssueCertificate(
                certificate=certificate,
                draft=CertificateDraft(person=person, services=(service,)),
                consented=True,
            ),
        )
        _undo(station.desk)
        entry = certificate_entry(station.desk, certificate)
        assert (entry.voided_on, entry.void_reason) == (date(2026, 4, 7), "开错了，撤销")


class TestStaffAndStation:
    def test_name_role_and_station(self, station: Station) -> None:
        desk = station.sit(Role.ADMINISTRATOR)
        clerk = station.staff[Role.CLERK]
        edit_staff(desk, EditStaff(staff=clerk, name="陈芳芳"))
        change_role(desk, ChangeRole(staff=clerk, role=Role.AUDITOR))
        rename_station(desk, RenameStation(name="新名站", region="370883102204"))
        before = station_card(desk, None).name
        assert before == "新名站"
        for _ in range(3):
            _undo(desk)
        card = next(card for card in staff_list(desk, None) if card.id == clerk)
        assert (card.name, card.role) == ("陈芳", Role.CLERK)
        assert station_card(desk, None).name == "桃源村新时代文明实践站"


class TestPolicies:
    def test_a_value_of_today_gives_way_and_one_to_come_is_withdrawn(self, station: Station) -> None:
        desk = station.sit(Role.ADMINISTRATOR)
        today = desk.today()
        for valid_from in (today, today + timedelta(days=3)):
            set_policy(
                desk,
                SetPolicy(policy="orders.limits", value='{"accept_hours": 5}', valid_from=valid_from),
            )
            if valid_from == today:
                assert policy_story(desk, "orders.limits").card.value == OrderLimits(accept_hours=5)
                _undo(desk)
                assert policy_story(desk, "orders.limits").card.value == OrderLimits()
        assert len(policy_story(desk, "orders.limits").card.coming) == 1
        _undo(desk)
        assert policy_story(desk, "orders.limits").card.coming == ()

    def test_what_was_withdrawn_comes_after_all_unless_its_day_is_over(self, station: Station) -> None:
        desk = station.sit(Role.ADMINISTRATOR)
        tomorrow = desk.today() + timedelta(days=1)
        for days in (0, 5):
            set_policy(
                desk,
                SetPolicy(
                    policy="orders.limits",
                    value='{"accept_hours": 5}',
                    valid_from=desk.today() + timedelta(days=1),
                ),
            )
            setting = policy_story(desk, "orders.limits").card.coming[0].setting
            withdraw_policy(desk, WithdrawPolicy(policy="orders.limits", setting=setting))
            station.clock.forward(days=days)
            if days:
                with pytest.raises(UndoingRefused) as refused:
                    undo(desk)
                assert isinstance(refused.value.why, PolicyFromThePast)
            else:
                _undo(desk)
                assert [one.valid_from for one in policy_story(desk, "orders.limits").card.coming] == [
                    tomorrow
                ]
                station.clock.forward(days=2)
                set_policy(desk, SetPolicy(policy="orders.limits", value="{}", valid_from=desk.today()))


class TestStars:
    def test_who_was_taken_out_is_back_and_the_review_is_given_up(self, station: Station) -> None:
        person = served.volunteer(station.desk)
        served.approved(station.desk, person, served.at(8, day=date(2026, 4, 3)), 480)
        admin = station.sit(Role.ADMINISTRATOR)
        set_policy(admin, SetPolicy(policy="stars", value='{"hours": [1]}', valid_from=admin.today()))
        desk, opened = station.sit(Role.CLERK), new_id()
        open_star_round(desk, OpenStarRound(star_round=opened, cut_off=date(2026, 4, 6)))
        drop_star(desk, StarReason(star_round=opened, person=person, reason="有异议"))
        _undo(desk)
        assert not star_round_view(desk, opened).people[0].dropped
        drop_star(desk, StarReason(star_round=opened, person=person, reason="有异议"))
        keep_star(desk, StarPerson(star_round=opened, person=person))
        _undo(desk)
        assert star_round_view(desk, opened).people[0].dropped
        _undo(desk)
        assert not star_round_view(desk, opened).people[0].dropped
        _undo(desk)
        assert star_round_view(desk, opened).entry.stage is Stage.GIVEN_UP
        _undo(desk)  # the approval
        _undo(desk)  # the record, which does not count any more
        with pytest.raises(CannotBeUndone):
            undo(desk)  # who is registered stays
        assert _tables_say_what_facts_say(desk)
