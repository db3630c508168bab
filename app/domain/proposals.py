"""Which team could take an order (派单建议), and why: every proposal carries its reasons, and they are the whole score.

A team scores by whether it takes this kind of request and is qualified for it, how near it serves (属地), how much it
has in hand, and how its last services were found. What each is worth is a dated policy. Nobody is left out: a team
that lacks something is proposed later and says what it lacks. A proposal decides nothing; a person does.

Source: domain rules §2 (service type and locality first; suggestions explain themselves; no forced assignment); the
weights are our [default].
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from app.domain import regions
from app.domain.policies import Policy
from app.facts import Id

BEST_COUNT = 3
FARTHEST = 5
GOOD_STARS = 4
FEWEST_FOR_AVERAGE = 3


class ReasonKind(StrEnum):
    """What speaks for a team, or against it."""

    TAKES = "takes"
    DOES_NOT_TAKE = "does_not_take"
    QUALIFIED = "qualified"
    NOT_QUALIFIED = "not_qualified"
    DISTANCE = "distance"
    LOAD = "load"
    LAST_STARS = "last_stars"
    AVERAGE_STARS = "average_stars"
    REFUSED_THIS = "refused_this"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with its value: steps in the region tree, open orders, stars, tenths of stars; or its text."""

    kind: ReasonKind
    points: int
    value: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderNeeds:
    """What an order asks of a team. ``skill`` is what the category demands; ``category`` codes nest by dots."""

    category: str
    region: str
    skill: str | None = None
    refused_by: Collection[Id] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What is known of a team: ``last_stars`` is the newest rating, ``average_tenths`` the mean in tenths of stars."""

    team: Id
    name: str
    regions: tuple[str, ...]
    categories: tuple[str, ...]
    qualifications: tuple[str, ...]
    open_orders: int = 0
    ratings: int = 0
    average_tenths: int | None = None
    last_stars: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A team with the reasons that make its score."""

    team: Id
    name: str
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        return sum(reason.points for reason in self.reasons)


_WEIGHTS = (
    *("takes", "takes_a_part", "qualified", "not_qualified", "near"),
    *("each_step_away", "each_open_order", "each_star_above_three", "refused_this"),
)


class ProposalWeights(Policy, frozen=True, kw_only=True):
    """Points for each reason [default]: kind of service, then locality, then load and past results."""

    name: ClassVar[str] = "teams.proposals"

    limits: ClassVar[Mapping[str, tuple[int, int]]] = dict.fromkeys(_WEIGHTS, (-1_000, 1_000))

    takes: int = 100
    takes_a_part: int = 70
    qualified: int = 20
    not_qualified: int = -80
    near: int = 60
    each_step_away: int = -15
    each_open_order: int = -5
    each_star_above_three: int = 5
    refused_this: int = -60


def propose(needs: OrderNeeds, teams: Iterable[Candidate], weights: ProposalWeights) -> tuple[Proposal, ...]:
    """All teams, the most fitting first; of equal ones that with less in hand, then by name."""
    ranked = [(_proposal(needs, team, weights), team) for team in teams]
    ranked.sort(key=lambda one: (-one[0].score, one[1].open_orders, one[1].name, one[1].team))
    return tuple(proposal for proposal, _team in ranked)


def _proposal(needs: OrderNeeds, team: Candidate, weights: ProposalWeights) -> Proposal:
    reasons = (
        _service(needs, team, weights),
        _qualification(needs, team, weights),
        _distance(needs, team, weights),
        Reason(ReasonKind.LOAD, team.open_orders * weights.each_open_order, team.open_orders),
        _past(team, weights),
        _refused(needs, team, weights),
    )
    return Proposal(team.team, team.name, tuple(reason for reason in reasons if reason is not None))


def _service(needs: OrderNeeds, team: Candidate, weights: ProposalWeights) -> Reason:
    """A team that takes ``haircut`` takes ``haircut.home``; one that takes ``repair.lock`` may be whom somebody needs
    who only asked for ``repair``. The reason names what it takes.
    """
    fitting = [one for one in team.categories if _is_within(needs.category, one)]
    if fitting:
        return Reason(ReasonKind.TAKES, weights.takes, text=max(fitting, key=len))
    part = next((one for one in team.categories if _is_within(one, needs.category)), None)
    if part is not None:
        return Reason(ReasonKind.TAKES, weights.takes_a_part, text=part)
    return Reason(ReasonKind.DOES_NOT_TAKE, 0, text=needs.category)


def _is_within(category: str, other: str) -> bool:
    return category == other or category.startswith(f"{other}.")


def _qualification(needs: OrderNeeds, team: Candidate, weights: ProposalWeights) -> Reason | None:
    if not needs.skill:
        return None
    if needs.skill in team.qualifications:
        return Reason(ReasonKind.QUALIFIED, weights.qualified, text=needs.skill)
    return Reason(ReasonKind.NOT_QUALIFIED, weights.not_qualified, text=needs.skill)


def _distance(needs: OrderNeeds, team: Candidate, weights: ProposalWeights) -> Reason:
    """Steps from the nearest area the team serves. A team for a whole town is one step from each village in it."""
    steps = min((regions.distance(needs.region, area) for area in team.regions), default=FARTHEST)
    return Reason(ReasonKind.DISTANCE, weights.near + steps * weights.each_step_away, steps)


def _past(team: Candidate, weights: ProposalWeights) -> Reason | None:
    """The newest rating, or the average of several where the newest was not good: one bad day is not the team."""
    if team.last_stars is None:
        return None
    if team.last_stars >= GOOD_STARS or team.ratings < FEWEST_FOR_AVERAGE or team.average_tenths is None:
        points = (team.last_stars - 3) * weights.each_star_above_three
        return Reason(ReasonKind.LAST_STARS, points, team.last_stars)
    points = (team.average_tenths - 30) * weights.each_star_above_three // 10
    return Reason(ReasonKind.AVERAGE_STARS, points, team.average_tenths)


def _refused(needs: OrderNeeds, team: Candidate, weights: ProposalWeights) -> Reason | None:
    if team.team not in needs.refused_by:
        return None
    return Reason(ReasonKind.REFUSED_THIS, weights.refused_this)
