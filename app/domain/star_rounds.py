"""The rules of a review of stars (星级评定): who is proposed, how long the list is posted, and who may award.

A review freezes everybody's hours at its cut-off date. A record that is revoked later takes no star away by itself:
it shows, and people decide.

Sources: domain rules §7: a cut-off date, proposals, a public notice of at least 3 working days, a certificate. That
whoever opens a review does not award it, and that the day of posting counts as none, are ours [default].
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.calendar import WorkCalendar
from app.domain.problems import Refusal
from app.domain.services import expect_reason
from app.domain.stars import StarsPolicy, level_of, level_on
from app.facts import Id
from app.facts.star_rounds import (
    StarAwarded,
    StarAwardRevoked,
    StarNoticePosted,
    StarObjectionAnswered,
    StarObjectionRaised,
    StarProposal,
    StarProposalDropped,
    StarProposalKept,
    StarRoundClosed,
    StarRoundOpened,
)


class Stage(StrEnum):
    """How far a review has come."""

    REVIEW = "review"
    NOTICE = "notice"
    AWARDED = "awarded"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A volunteer at the cut-off date: the minutes that counted by then, and the highest level awarded so far."""

    person: Id
    minutes: int
    registered_on: date
    awarded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """Somebody in a review. ``counted`` are the minutes that count up to the cut-off date by now."""

    person: Id
    level: int
    minutes: int
    counted: int
    dropped: bool
    awarded: bool
    revoked: bool

    def is_short(self, hours: Sequence[int]) -> bool:
        """核减后不足: records were revoked since, and what is left does not reach the level."""
        return level_of(self.counted, StarsPolicy(hours=tuple(hours))) < self.level


@dataclass(frozen=True, slots=True, kw_only=True)
class StarRound:
    """A review as the rules see it."""

    id: Id
    stage: Stage
    cut_off: date
    hours: tuple[int, ...]
    notice_working_days: int
    opened_by: Id
    last_day: date | None
    open_objections: int


class RoundStillOpen(Refusal):
    """Another review is not over yet; two would propose the same people."""

    cut_off: date


class CutOffAhead(Refusal):
    """Hours of days to come cannot be reviewed."""

    today: date


class NobodyToPropose(Refusal):
    """Nobody has reached a level that was not awarded before."""

    cut_off: date


class NotAtThisStage(Refusal):
    """The review has gone past this step, or has not come to it."""

    stage: Stage


class NotProposed(Refusal):
    """The person is not in the review, or was taken out of it already."""


class StillProposed(Refusal):
    """The person was not taken out."""


class NobodyLeft(Refusal):
    """Everybody was taken out."""


class ShortOfHours(Refusal):
    """Records were revoked since: so many of the proposed no longer reach their level, and must be decided on."""

    count: int


class NoticeNotOver(Refusal):
    """The list is still posted."""

    last_day: date
    from_day: date


class ObjectionsOpen(Refusal):
    """Objections were not answered."""

    count: int


class OpenedByYourself(Refusal):
    """Two people answer for an award: who opened the review is not the one who awards it."""


class ObjectionWithoutWords(Refusal):
    """What is objected to must be said."""


class ObjectionNotOpen(Refusal):
    """There is no such objection, or it was answered."""


class AwardNotThere(Refusal):
    """The person has no award of this review, or it was taken back already."""


def open_round(
    star_round: Id,
    candidates: Iterable[Candidate],
    *,
    cut_off: date,
    policy: StarsPolicy,
    still_open: date | None,
    today: date,
) -> StarRoundOpened:
    """Propose everybody who had reached a higher level than was ever awarded to them by the cut-off date.

    ``still_open`` is the cut-off date of a review that is not over.
    """
    if still_open is not None:
        raise RoundStillOpen(cut_off=still_open)
    if cut_off > today:
        raise CutOffAhead(today=today, field="cut_off")
    proposals = tuple(
        StarProposal(person=one.person, level=level, minutes=one.minutes)
        for one in candidates
        if (level := level_on(one.minutes, one.registered_on, cut_off, policy)) > one.awarded
    )
    if not proposals:
        raise NobodyToPropose(cut_off=cut_off, field="cut_off")
    return StarRoundOpened(
        star_round=star_round,
        cut_off=cut_off,
        hours=policy.hours,
        notice_working_days=policy.notice_working_days,
        proposals=proposals,
    )


def drop(star_round: StarRound, proposed: Proposed | None, *, reason: str) -> StarProposalDropped:
    """Take somebody out, also while the list is posted."""
    _expect(star_round, Stage.REVIEW, Stage.NOTICE)
    if proposed is None or proposed.dropped:
        raise NotProposed
    expect_reason(reason)
    return StarProposalDropped(star_round=star_round.id, person=proposed.person)


def keep(star_round: StarRound, proposed: Proposed | None) -> StarProposalKept:
    """Propose again who was taken out; not once the list is posted without the name."""
    _expect(star_round, Stage.REVIEW)
    if proposed is None:
        raise NotProposed
    if not proposed.dropped:
        raise StillProposed
    return StarProposalKept(star_round=star_round.id, person=proposed.person)


def post_notice(
    star_round: StarRound, everybody: Sequence[Proposed], *, calendar: WorkCalendar, today: date
) -> StarNoticePosted:
    """Hang the list out, from today for the working days that the policy asked for when the review was opened."""
    _expect(star_round, Stage.REVIEW)
    _expect_sound(star_round, everybody)
    last_day = calendar.add_working_days(today, star_round.notice_working_days)
    return StarNoticePosted(star_round=star_round.id, first_day=today, last_day=last_day)


def object_to(
    star_round: StarRound, proposed: Proposed | None, objection: Id, *, words: str
) -> StarObjectionRaised:
    """Write down an objection against somebody on the list."""
    _expect(star_round, Stage.NOTICE)
    if proposed is None or proposed.dropped:
        raise NotProposed(field="person")
    if not words.strip():
        raise ObjectionWithoutWords(field="words")
    return StarObjectionRaised(star_round=star_round.id, objection=objection, person=proposed.person)


def answer(
    star_round: StarRound, objection: Id, person: Id | None, *, upheld: bool, reason: str
) -> StarObjectionAnswered:
    """Say what became of an objection against ``person``; None where there is no open one."""
    _expect(star_round, Stage.NOTICE)
    if person is None:
        raise ObjectionNotOpen
    expect_reason(reason)
    return StarObjectionAnswered(star_round=star_round.id, objection=objection, person=person, upheld=upheld)


def expect_awardable(
    star_round: StarRound, everybody: Sequence[Proposed], *, by: Id, today: date
) -> list[Proposed]:
    """Who is awarded now; refused before the notice is over, with open objections, and to who opened the review."""
    _expect(star_round, Stage.NOTICE)
    assert star_round.last_day is not None, "a list that is posted has its last day"
    if today <= star_round.last_day:
        raise NoticeNotOver(last_day=star_round.last_day, from_day=star_round.last_day + timedelta(days=1))
    if star_round.open_objections:
        raise ObjectionsOpen(count=star_round.open_objections)
    if by == star_round.opened_by:
        raise OpenedByYourself
    return _expect_sound(star_round, everybody)


def award(star_round: StarRound, proposed: Proposed, number: str, *, today: date) -> StarAwarded:
    return StarAwarded(
        star_round=star_round.id,
        person=proposed.person,
        number=number,
        level=proposed.level,
        minutes=proposed.minutes,
        awarded_on=today,
    )


def finish(star_round: StarRound, *, today: date) -> StarRoundClosed:
    """The last fact of a review that awarded."""
    return StarRoundClosed(star_round=star_round.id, awarded=True, closed_on=today)


def give_up(star_round: StarRound, *, today: date) -> StarRoundClosed:
    """End a review without an award."""
    _expect(star_round, Stage.REVIEW, Stage.NOTICE)
    return StarRoundClosed(star_round=star_round.id, awarded=False, closed_on=today)


def revoke(star_round: StarRound, proposed: Proposed | None, *, reason: str, today: date) -> StarAwardRevoked:
    """Take an award back, for instance because its hours were revoked."""
    if proposed is None or not proposed.awarded or proposed.revoked:
        raise AwardNotThere
    expect_reason(reason)
    return StarAwardRevoked(star_round=star_round.id, person=proposed.person, revoked_on=today)


def _expect(star_round: StarRound, *stages: Stage) -> None:
    if star_round.stage not in stages:
        raise NotAtThisStage(stage=star_round.stage)


def _expect_sound(star_round: StarRound, everybody: Sequence[Proposed]) -> list[Proposed]:
    """Everybody who is still proposed, if there is anybody and all of them still reach their level."""
    left = [one for one in everybody if not one.dropped]
    if not left:
        raise NobodyLeft
    short = sum(one.is_short(star_round.hours) for one in left)
    if short:
        raise ShortOfHours(count=short)
    return left
