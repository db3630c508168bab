"""What people do in a review of stars (星级评定): open it, look through it, post the list, answer, award.

Whoever opens a review does not award it; the award is an administrator's. What is revoked among the records meanwhile
takes nothing away by itself: it shows, and people decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.actions.desk import ADMINISTRATORS, Work, action
from app.domain import calendar
from app.domain import star_rounds as rules
from app.domain.hours import HoursPolicy
from app.domain.numbers import star_number
from app.domain.numerals import hours_text
from app.domain.problems import Refusal
from app.domain.star_rounds import Proposed, StarRound
from app.domain.stars import StarsPolicy
from app.facts import Fact, Id
from app.facts.star_rounds import StarCertificateText, StarNote, StarObjectionWords
from app.storage import drafts, people, star_awards, stations
from app.storage import star_rounds as storage
from app.storage.log import Draft
from app.storage.types import clean_text
from app.words import language

LONGEST_WORDS_CHARACTERS = 1_000
LONGEST_NAME_CHARACTERS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStarRound:
    """Review the hours up to and with ``cut_off`` under the id ``star_round``."""

    star_round: Id
    cut_off: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StarPerson:
    """Somebody in a review."""

    star_round: Id
    person: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class StarReason(StarPerson):
    """Somebody in a review, and why."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseStarObjection(StarPerson):
    """An objection under its own id; who raised it may stay unnamed."""

    objection: Id
    words: str
    raised_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerStarObjection:
    """``upheld`` takes the person out of the review."""

    star_round: Id
    objection: Id
    upheld: bool
    reason: str


class StarRoundUnknown(Refusal):
    """There is no such review here."""


@action()
def open_star_round(work: Work, request: OpenStarRound) -> int:
    """Propose everybody who has reached a higher level, and say how many. Opening the same id twice is one review."""
    if storage.star_round(work.connection, request.star_round) is not None:
        return len(star_awards.proposals(work.connection, request.star_round))
    policy = work.policy(StarsPolicy)
    found = star_awards.candidates(work.connection, request.cut_off, policy.hours[0] * 60)
    body = rules.open_round(
        request.star_round,
        found,
        cut_off=request.cut_off,
        policy=policy,
        still_open=storage.open_cut_off(work.connection),
        today=work.today,
    )
    work.record(body)
    drafts.forget(work.connection, request.star_round)
    return len(body.proposals)


@action()
def drop_star(work: Work, request: StarReason) -> None:
    """Take somebody out, with the reason."""
    body = rules.drop(*_both(work, request), reason=request.reason)
    _record(work, body, request.person, _note(request.reason))


@action()
def keep_star(work: Work, request: StarPerson) -> None:
    """Propose again who was taken out."""
    work.record(rules.keep(*_both(work, request)))


@action()
def post_star_notice(work: Work, star_round: Id) -> date:
    """Hang the list out from today on, and say its last day; print it after this."""
    known = _round(work, star_round)
    body = rules.post_notice(
        known, _everybody(work, star_round), calendar=calendar.shipped(), today=work.today
    )
    work.record(body)
    return body.last_day


@action()
def raise_star_objection(work: Work, request: RaiseStarObjection) -> None:
    """Write down what somebody objects to on the list. The same objection twice is one."""
    if storage.has_objection(work.connection, request.star_round, request.objection):
        return
    body = rules.object_to(*_both(work, request), request.objection, words=request.words)
    words = StarObjectionWords(
        text=clean_text(request.words, longest_characters=LONGEST_WORDS_CHARACTERS, field="words"),
        raised_by=clean_text(
            request.raised_by, longest_characters=LONGEST_NAME_CHARACTERS, field="raised_by"
        ),
    )
    work.record(body, parts={request.person: words})
    drafts.forget(work.connection, request.objection)


@action()
def answer_star_objection(work: Work, request: AnswerStarObjection) -> None:
    """Say what became of an objection."""
    found = storage.open_objection(work.connection, request.star_round, request.objection)
    body = rules.answer(
        _round(work, request.star_round),
        request.objection,
        found.person if found else None,
        upheld=request.upheld,
        reason=request.reason,
    )
    _record(work, body, body.person, _note(request.reason))


@action(ADMINISTRATORS)
def award_stars(work: Work, star_round: Id) -> int:
    """Award everybody who is still proposed, and close the review; says how many. Print the certificates after this.
    Whoever was erased meanwhile is nobody's to award.
    """
    known = _round(work, star_round)
    left = rules.expect_awardable(known, _everybody(work, star_round), by=work.by.staff, today=work.today)
    station = stations.this_station(work.connection)
    step = work.policy(HoursPolicy).shown_step_minutes
    register = work.desk.device.register
    rows = {row.id: row for row in people.rows_of(work.connection, [one.person for one in left])}
    awarded = [one for one in left if rows[one.person].name]
    facts = []
    for one, count in zip(awarded, work.next_numbers(f"star:{register}", len(awarded)), strict=True):
        number = star_number(work.today.year, register, count)
        text = StarCertificateText(
            name=rows[one.person].name,
            volunteer_number=rows[one.person].number or "",
            hours=hours_text(one.minutes, step),
            issuer=station.name,
            language=language(),
        )
        facts.append(Draft(rules.award(known, one, number, today=work.today), {one.person: text}))
    work.record_each(facts)
    work.record(rules.finish(known, today=work.today))
    return len(awarded)


@action()
def give_up_star_round(work: Work, star_round: Id) -> None:
    """End a review without an award; it stays listed."""
    work.record(rules.give_up(_round(work, star_round), today=work.today))


@action(ADMINISTRATORS)
def revoke_star(work: Work, request: StarReason) -> None:
    """Take an award back, with the reason; it stays listed."""
    body = rules.revoke(*_both(work, request), reason=request.reason, today=work.today)
    _record(work, body, request.person, _note(request.reason))


def _round(work: Work, star_round: Id) -> StarRound:
    known = storage.star_round(work.connection, star_round)
    if known is None:
        raise StarRoundUnknown
    return known


def _both(work: Work, request: StarPerson) -> tuple[StarRound, Proposed | None]:
    known = _round(work, request.star_round)
    return known, star_awards.proposal(work.connection, request.star_round, request.person)


def _everybody(work: Work, star_round: Id) -> Sequence[Proposed]:
    return [star_awards.as_proposed(row) for row in star_awards.proposals(work.connection, star_round)]


def _note(reason: str) -> StarNote:
    return StarNote(text=clean_text(reason, longest_characters=LONGEST_WORDS_CHARACTERS, field="reason"))


def _record(work: Work, body: Fact, person: Id, note: StarNote) -> None:
    work.record(body, parts={person: note})
