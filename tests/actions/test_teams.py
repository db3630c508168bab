"""Teams through their actions, and who is proposed for an order."""

from __future__ import annotations

from typing import Any

import pytest

from app.actions.desk import Desk, NotAllowed
from app.actions.drafts import SaveDraft, my_drafts, save_draft
from app.actions.orders import (
    AcceptOrder,
    FinishOrder,
    OrderUnknown,
    RateOrder,
    Reasoned,
    StartOrder,
    Step,
    ToTeam,
    accept_order,
    dispatch_order,
    finish_order,
    rate_order,
    refuse_order,
    screen_order,
    start_order,
)
from app.actions.people import ServiceKindUnknown
from app.actions.people_list import PeopleQuery, people_list
from app.actions.teams import (
    ChangeLeader,
    CloseTeam,
    EditTeam,
    FoundTeam,
    JoinTeam,
    LeaveTeam,
    TeamTreeQuery,
    change_leader,
    close_team,
    edit_team,
    found_team,
    join_team,
    leave_team,
    proposals,
    team_card,
    team_orders,
    team_tree,
)
from app.domain.orders import RatedHow, ReasonMissing, State
from app.domain.people import NotAVolunteer, PersonUnknown
from app.domain.proposals import ReasonKind
from app.domain.staff import Role
from app.domain.teams import (
    Charter,
    Level,
    LevelNotBelowParent,
    NotAMember,
    TeamBelowItself,
    TeamClosedAlready,
    TeamHasOpenOrders,
    TeamHasTeamsBelow,
    TeamNameTaken,
    TeamUnknown,
)
from app.sentences.teams import reasons
from app.storage.ids import new_id
from tests.support.desk import REGION, Station
from tests.support.people import order, resident, team, volunteer


def dispatched(desk: Desk, squad: str) -> str:
    asked = order(desk, resident(desk, "王秀英"))
    screen_order(desk, Step(order=asked))
    dispatch_order(desk, ToTeam(order=asked, team=squad))
    return asked


def served(desk: Desk, squad: str, stars: int) -> None:
    asked = dispatched(desk, squad)
    accept_order(desk, AcceptOrder(order=asked))
    start_order(desk, StartOrder(order=asked))
    finish_order(desk, FinishOrder(order=asked))
    rate_order(desk, RateOrder(order=asked, stars=stars, how=RatedHow.ON_THE_SPOT))


def test_a_team_begins_in_the_stations_region_once(desk: Desk) -> None:
    request = FoundTeam(team=new_id(), charter=Charter(name="爱心理发队", level=Level.SQUAD, region=""))
    save_draft(desk, SaveDraft(draft=request.team, kind="team", body='{"name": "爱心理发队"}'))
    assert found_team(desk, request).changed == {"team"}
    assert my_drafts(desk, "team") == ()
    assert found_team(desk, request).changed == frozenset()
    card = team_card(desk, request.team)
    assert (card.name, card.level, card.region, card.members_count) == ("爱心理发队", Level.SQUAD, REGION, 0)


@pytest.mark.parametrize(
    "charter, refusal",
    [
        ({"parent": new_id()}, TeamUnknown),
        ({"categories": ("nothing",)}, ServiceKindUnknown),
        ({"name": "桃源服务队", "region": "370883 102 204"}, TeamNameTaken),
    ],
)
def test_a_team_that_cannot_be_is_refused(
    desk: Desk, charter: dict[str, Any], refusal: type[Exception]
) -> None:
    team(desk, "桃源服务队")
    with pytest.raises(refusal):
        team(desk, **{"name": "爱心理发队"} | charter)


def test_the_same_name_may_stand_in_another_region_or_after_a_team_is_closed(desk: Desk) -> None:
    first = team(desk, "桃源服务队")
    team(desk, "桃源服务队", region="370883102205")
    close_team(desk, CloseTeam(team=first, reason="并队"))
    assert team(desk, "桃源服务队")


def test_an_auditor_founds_no_team(station: Station) -> None:
    with pytest.raises(NotAllowed):
        team(station.sit(Role.AUDITOR), "爱心理发队")


def test_a_team_is_moved_but_never_below_itself(desk: Desk) -> None:
    corps = team(desk, "总队", level=Level.CORPS)
    brigade = team(desk, "大队", level=Level.BRIGADE, parent=corps)
    squad = team(desk, "小队", parent=brigade)

    def move(moved: str, name: str, level: Level, parent: str | None) -> None:
        edit_team(
            desk,
            EditTeam(team=moved, charter=Charter(name=name, level=level, region=REGION, parent=parent)),
        )

    move(squad, "小队", Level.SQUAD, corps)
    assert team_card(desk, squad).parent_name == "总队"
    move(squad, "小队", Level.SQUAD, brigade)
    with pytest.raises(TeamBelowItself):
        move(corps, "总队", Level.CORPS, squad)
    with pytest.raises(LevelNotBelowParent):
        move(squad, "小队", Level.BRIGADE, brigade)
    with pytest.raises(TeamUnknown):
        move(new_id(), "小队", Level.SQUAD, None)


def test_an_edit_that_changes_nothing_records_nothing(desk: Desk) -> None:
    squad = team(desk, "爱心理发队")
    charter = Charter(name="爱心理发队", level=Level.SQUAD, region="", categories=("haircut",))
    assert edit_team(desk, EditTeam(team=squad, charter=charter)).changed == frozenset()


def test_volunteers_join_lead_and_leave(desk: Desk) -> None:
    zhang, li = volunteer(desk, "张军"), volunteer(desk, "李梅")
    squad = team(desk, "爱心理发队", zhang)
    assert join_team(desk, JoinTeam(team=squad, persons=(zhang, li, li))).value == 1
    change_leader(desk, ChangeLeader(team=squad, person=li))
    card = team_card(desk, squad)
    assert (card.leader, card.leader_name, card.members_count) == (li, "李*", 2)
    assert [row.name for row in people_list(desk, PeopleQuery(team=squad)).rows] == ["李*", "张*"]
    leave_team(desk, LeaveTeam(team=squad, person=li))
    card = team_card(desk, squad)
    assert (card.leader, card.leader_name, card.members_count) == (None, "", 1)
    join_team(desk, JoinTeam(team=squad, persons=(li,)))
    assert team_card(desk, squad).members_count == 2


def test_who_is_no_volunteer_does_not_join(desk: Desk) -> None:
    squad = team(desk, "爱心理发队")
    with pytest.raises(NotAVolunteer):
        join_team(desk, JoinTeam(team=squad, persons=(volunteer(desk, "张军"), resident(desk, "王秀英"))))
    with pytest.raises(PersonUnknown):
        join_team(desk, JoinTeam(team=squad, persons=(new_id(),)))
    assert team_card(desk, squad).members_count == 0


def test_who_is_no_member_neither_leaves_nor_leads(desk: Desk) -> None:
    squad, zhang = team(desk, "爱心理发队"), volunteer(desk, "张军")
    with pytest.raises(NotAMember):
        leave_team(desk, LeaveTeam(team=squad, person=zhang))
    with pytest.raises(NotAMember):
        change_leader(desk, ChangeLeader(team=squad, person=zhang))
    assert change_leader(desk, ChangeLeader(team=squad, person=None)).changed == frozenset()


def test_a_team_is_closed_when_nothing_hangs_on_it(desk: Desk) -> None:
    brigade = team(desk, "大队", level=Level.BRIGADE)
    squad = team(desk, "小队", parent=brigade)
    with pytest.raises(TeamHasTeamsBelow):
        close_team(desk, CloseTeam(team=brigade, reason="并队"))
    asked = dispatched(desk, squad)
    with pytest.raises(TeamHasOpenOrders):
        close_team(desk, CloseTeam(team=squad, reason="并队"))
    refuse_order(desk, Reasoned(order=asked, reason="没有人手"))
    with pytest.raises(ReasonMissing):
        close_team(desk, CloseTeam(team=squad, reason=" "))
    close_team(desk, CloseTeam(team=squad, reason="并队"))
    close_team(desk, CloseTeam(team=brigade, reason="并队"))
    assert team_card(desk, squad).closed_reason == "并队"
    with pytest.raises(TeamClosedAlready):
        join_team(desk, JoinTeam(team=squad, persons=()))


def test_the_tree_is_walked_from_the_roots(desk: Desk) -> None:
    zhang = volunteer(desk, "张军")
    corps = team(desk, "总队", level=Level.CORPS)
    brigade = team(desk, "城前大队", level=Level.BRIGADE, parent=corps)
    squad = team(desk, "爱心理发队", zhang, parent=brigade)
    team(desk, "安心维修队", parent=brigade)
    society = team(desk, "理论宣讲社", level=Level.SOCIETY)
    change_leader(desk, ChangeLeader(team=squad, person=zhang))
    dispatched(desk, squad)
    nodes = team_tree(desk, TeamTreeQuery())
    assert [(node.depth, node.name) for node in nodes] == [
        (0, "理论宣讲社"),
        (0, "总队"),
        (1, "城前大队"),
        (2, "爱心理发队"),
        (2, "安心维修队"),
    ]
    by_id = {node.id: node for node in nodes}
    assert by_id[brigade].teams_below == 2
    node = by_id[squad]
    assert (node.leader, node.members, node.open_orders, node.closed) == ("张*", 1, 1, False)
    close_team(desk, CloseTeam(team=society, reason="并队"))
    assert society not in {node.id for node in team_tree(desk, TeamTreeQuery())}
    assert society in {node.id for node in team_tree(desk, TeamTreeQuery(closed=True)) if node.closed}


def test_a_card_of_no_team_is_refused(desk: Desk) -> None:
    with pytest.raises(TeamUnknown):
        team_card(desk, new_id())


def test_ratings_stand_on_the_card(desk: Desk) -> None:
    squad = team(desk, "爱心理发队")
    assert (team_card(desk, squad).ratings, team_card(desk, squad).average_stars_tenths) == (0, None)
    for stars in (5, 4, 5):
        served(desk, squad, stars)
    card = team_card(desk, squad)
    assert (card.ratings, card.average_stars_tenths, card.open_orders) == (3, 47, 0)


def test_a_teams_orders_are_what_is_in_hand_and_how_it_was_rated(desk: Desk) -> None:
    squad, other = team(desk, "爱心理发队"), team(desk, "夕阳红队")
    for stars in (4, 5):
        served(desk, squad, stars)
    asked = dispatched(desk, squad)
    served(desk, other, 3)
    of_squad = team_orders(desk, squad)
    assert [(one.id, one.state, one.stars) for one in of_squad.in_hand] == [(asked, State.DISPATCHED, None)]
    assert [one.stars for one in of_squad.rated] == [5, 4]
    assert {one.who for one in of_squad.rated} == {one.who for one in of_squad.in_hand}
    assert all("*" in one.who for one in of_squad.rated)
    assert team_orders(desk, new_id()).rated == ()


def test_proposals_explain_themselves(desk: Desk) -> None:
    barbers = team(desk, "爱心理发队", qualifications=("理发",))
    served(desk, barbers, 5)
    dispatched(desk, barbers)
    refusing = team(desk, "夕阳红队", qualifications=("理发",))
    far = team(desk, "城关理发队", region="370883001001", qualifications=("理发",))
    others = team(desk, "维修队", categories=("repair",))
    closed = team(desk, "老队")
    close_team(desk, CloseTeam(team=closed, reason="并队"))
    asked = dispatched(desk, refusing)
    refuse_order(desk, Reasoned(order=asked, reason="没有人手"))
    found = proposals(desk, asked)
    assert [one.team for one in (*found.best, *found.rest)] == [barbers, far, refusing, others]
    assert [reasons(one) for one in found.best] == [
        "会理发 · 资质符合 · 同村 · 手上 1 单 · 上次五星",
        "会理发 · 资质符合 · 同县 · 手上没有单",
        "会理发 · 资质符合 · 同村 · 手上没有单 · 退过这一单",
    ]
    assert [reasons(one) for one in found.rest] == ["没登记上门理发 · 缺资质：理发 · 同村 · 手上没有单"]
    assert found.best[0].reasons[0].kind is ReasonKind.TAKES


def test_no_proposals_for_no_order(desk: Desk) -> None:
    with pytest.raises(OrderUnknown):
        proposals(desk, new_id())
