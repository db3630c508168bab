"""Who could take an order, and the reasons for it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.policies import PolicyMakesNoSense
from app.domain.proposals import Candidate, OrderNeeds, ProposalWeights, Reason, ReasonKind, propose

VILLAGE, NEXT_VILLAGE, TOWN, OTHER_COUNTY = "370883102204", "370883102205", "370883102000", "370881102204"
NEEDS = OrderNeeds(category="haircut.home", region=VILLAGE)
SKILLED = OrderNeeds(category="haircut.home", region=VILLAGE, skill="理发")
WEIGHTS = ProposalWeights()


def candidate(name: str = "爱心理发队", **more: Any) -> Candidate:
    known = {
        "team": name,
        "name": name,
        "regions": (VILLAGE,),
        "categories": ("haircut",),
        "qualifications": (),
    }
    return Candidate(**known | more)


def kinds(needs: OrderNeeds, **more: Any) -> dict[ReasonKind, Reason]:
    [proposal] = propose(needs, [candidate(**more)], WEIGHTS)
    assert proposal.score == sum(reason.points for reason in proposal.reasons)
    return {reason.kind: reason for reason in proposal.reasons}


def test_reasons_stand_in_the_order_they_are_said() -> None:
    team = candidate(qualifications=("理发",), open_orders=1, ratings=1, average_tenths=50, last_stars=5)
    [proposal] = propose(SKILLED, [team], WEIGHTS)
    assert proposal.reasons == (
        Reason(ReasonKind.TAKES, 100, text="haircut"),
        Reason(ReasonKind.QUALIFIED, 20, text="理发"),
        Reason(ReasonKind.DISTANCE, 60, 0),
        Reason(ReasonKind.LOAD, -5, 1),
        Reason(ReasonKind.LAST_STARS, 10, 5),
    )
    assert proposal.score == 185


def test_a_team_takes_what_lies_under_its_category_and_nothing_that_only_begins_like_it() -> None:
    assert kinds(NEEDS, categories=("haircut", "haircut.home"))[ReasonKind.TAKES].text == "haircut.home"
    assert kinds(NEEDS, categories=("hair",))[ReasonKind.DOES_NOT_TAKE].points == 0


def test_a_team_that_takes_a_part_of_what_is_asked_comes_before_one_that_takes_nothing_of_it() -> None:
    wide = OrderNeeds(category="repair", region=VILLAGE)
    part = kinds(wide, categories=("haircut", "repair.lock", "repair.power"))[ReasonKind.TAKES]
    assert part == Reason(ReasonKind.TAKES, 70, text="repair.lock")
    assert ReasonKind.DOES_NOT_TAKE in kinds(wide, categories=("repairs",))


def test_a_missing_qualification_speaks_against() -> None:
    assert kinds(SKILLED)[ReasonKind.NOT_QUALIFIED] == Reason(ReasonKind.NOT_QUALIFIED, -80, text="理发")
    assert ReasonKind.QUALIFIED not in kinds(NEEDS, qualifications=("理发",))


@pytest.mark.parametrize(
    "regions, steps, points",
    [
        ((VILLAGE,), 0, 60),
        ((OTHER_COUNTY, NEXT_VILLAGE), 1, 45),
        ((TOWN,), 1, 45),
        ((OTHER_COUNTY,), 3, 15),
        ((), 5, -15),
    ],
)
def test_the_nearest_area_counts(regions: tuple[str, ...], steps: int, points: int) -> None:
    assert kinds(NEEDS, regions=regions)[ReasonKind.DISTANCE] == Reason(ReasonKind.DISTANCE, points, steps)


def test_one_bad_day_is_not_the_team() -> None:
    assert ReasonKind.LAST_STARS not in kinds(NEEDS)
    few = kinds(NEEDS, ratings=2, average_tenths=35, last_stars=2)
    assert few[ReasonKind.LAST_STARS] == Reason(ReasonKind.LAST_STARS, -5, 2)
    many = kinds(NEEDS, ratings=9, average_tenths=46, last_stars=2)
    assert many[ReasonKind.AVERAGE_STARS] == Reason(ReasonKind.AVERAGE_STARS, 8, 46)


def test_who_refused_this_order_comes_later() -> None:
    needs = OrderNeeds(category="haircut", region=VILLAGE, refused_by={"甲"})
    first, second = propose(needs, [candidate("甲"), candidate("乙")], WEIGHTS)
    assert (first.name, second.name) == ("乙", "甲")
    assert second.reasons[-1] == Reason(ReasonKind.REFUSED_THIS, -60)


def test_of_equal_teams_the_one_with_less_in_hand_comes_first() -> None:
    weights = ProposalWeights(each_open_order=0)
    teams = [candidate("乙", open_orders=2), candidate("丙", open_orders=1), candidate("甲", open_orders=2)]
    expected = ["丙", *sorted(["甲", "乙"])]
    assert [one.name for one in propose(NEEDS, teams, weights)] == expected


def test_the_kind_of_service_counts_more_than_the_place() -> None:
    far, near = candidate("远", regions=(OTHER_COUNTY,)), candidate("近", categories=("repair",))
    assert [one.name for one in propose(NEEDS, [near, far], WEIGHTS)] == ["远", "近"]


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([VILLAGE, TOWN, OTHER_COUNTY])), max_size=8))
def test_nobody_is_left_out_and_the_input_order_is_of_no_matter(known: list[tuple[int, str]]) -> None:
    teams = [
        candidate(f"{n}", open_orders=open_orders, regions=(region,))
        for n, (open_orders, region) in enumerate(known)
    ]
    ranked = propose(NEEDS, teams, WEIGHTS)
    assert {one.team for one in ranked} == {one.team for one in teams}
    assert ranked == propose(NEEDS, reversed(teams), WEIGHTS)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)


def test_weights_that_make_no_sense_are_refused() -> None:
    WEIGHTS.check()
    with pytest.raises(PolicyMakesNoSense):
        ProposalWeights(near=1_001).check()
