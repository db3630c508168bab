"""How reviews of stars (星级评定) are read: the list of them, one of them whole, the evidence, and its papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from app.actions.desk import DESK, Look, reading
from app.actions.services import Evidence, evidence
from app.actions.star_rounds import StarPerson, StarRoundUnknown
from app.domain import calendar, masking
from app.domain.hours import HoursPolicy
from app.domain.numerals import hours_text
from app.domain.papers import PapersPolicy
from app.domain.problems import Refusal
from app.domain.services import State
from app.domain.star_rounds import Stage
from app.facts import Id
from app.storage import services, star_awards, stations
from app.storage import star_rounds as storage

_COUNTED = frozenset({State.APPROVED, State.REVERSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundEntry:
    """A review in the list. ``proposed`` are those who were not taken out, ``notice_working_days`` is for how long its
    list is posted at least.
    """

    id: Id
    stage: Stage
    cut_off: date
    hours: tuple[int, ...]
    notice_working_days: int
    opened_at: datetime
    opened_by: str
    opened_by_me: bool
    first_day: date | None
    last_day: date | None
    closed_on: date | None
    closed_by: str
    proposed: int
    awarded: int
    open_objections: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StarEntry:
    """Somebody in a review; the name is masked. ``is_short`` (核减后不足): records were revoked since, and the
    ``counted`` minutes that are left do not reach the level. ``reason`` says why they were taken out.
    """

    person: Id
    who: str
    volunteer_number: str
    level: int
    minutes: int
    counted: int
    is_short: bool
    dropped: bool
    reason: str
    number: str
    awarded_on: date | None
    revoked_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StarObjection:
    """``upheld`` is None until it was answered; the name of who it is about is masked."""

    id: Id
    person: Id
    who: str
    words: str
    raised_by: str
    raised_at: datetime
    upheld: bool | None
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """A review whole: everybody by level, the highest first, then by name."""

    entry: RoundEntry
    people: tuple[StarEntry, ...]
    objections: tuple[StarObjection, ...]

    @property
    def short(self) -> int:
        """How many stand in it whose hours no longer suffice."""
        return sum(one.is_short and not one.dropped and one.revoked_on is None for one in self.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class StarEvidence:
    """What counted for somebody at the cut-off date: every record, those that were revoked since too."""

    person: Id
    minutes: int
    counted: int
    records: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StarAward:
    """A star that somebody has; ``is_short`` as in the review."""

    star_round: Id
    level: int
    cut_off: date
    awarded_on: date
    number: str
    is_short: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StarPapers:
    """Certificates of a review: of these people, or of all."""

    star_round: Id
    persons: tuple[Id, ...] = ()


class NothingAwarded(Refusal):
    """There is no award to print, or what its paper says is not on this PC."""


@reading()
def star_rounds(look: Look, query: None) -> tuple[RoundEntry, ...]:
    """Every review, the newest first; one statement."""
    return tuple(_entry(look, row) for row in storage.rounds(look.connection))


@reading()
def star_round_view(look: Look, star_round: Id) -> RoundView:
    """One review whole; three statements."""
    return RoundView(
        entry=_one(look, star_round),
        people=tuple(_star(look, row) for row in star_awards.proposals(look.connection, star_round)),
        objections=tuple(_objection(look, row) for row in storage.objections(look.connection, star_round)),
    )


@reading()
def star_evidence(look: Look, query: StarPerson) -> StarEvidence:
    """The records behind a proposal, the newest first; three statements."""
    known = storage.star_round(look.connection, query.star_round)
    found = star_awards.proposal(look.connection, query.star_round, query.person)
    if known is None or found is None:
        raise StarRoundUnknown
    rows = services.of_person(look.connection, query.person)
    return StarEvidence(
        person=query.person,
        minutes=found.minutes,
        counted=found.counted,
        records=tuple(
            evidence(look, row)
            for row in reversed(rows)
            if row.state in _COUNTED and row.served_on <= known.cut_off
        ),
    )


@reading()
def star_awards_of(look: Look, person: Id) -> tuple[StarAward, ...]:
    """The stars that were awarded to somebody and stand, the highest first; one statement."""
    return tuple(
        StarAward(
            star_round=row.star_round_id,
            level=row.level,
            cut_off=row.cut_off,
            awarded_on=row.awarded_on,
            number=row.number,
            is_short=_is_short(row),
        )
        for row in star_awards.awards_of(look.connection, person)
    )


@reading(DESK)
def star_notice_paper(look: Look, star_round: Id) -> bytes:
    """The list as it is posted, with masked names, as PDF; before that, as it would be from today."""
    from app.printing.star_notice import Line, StarNotice, pdf

    entry = _one(look, star_round)
    first = entry.first_day or look.today
    last = entry.last_day or calendar.shipped().add_working_days(first, entry.notice_working_days)
    step = look.policy(HoursPolicy).shown_step_minutes
    rows = star_awards.proposals(look.connection, star_round)
    return pdf(
        StarNotice(
            station=stations.this_station(look.connection).name,
            phone=look.policy(PapersPolicy).phone,
            cut_off=entry.cut_off,
            first_day=first,
            last_day=last,
            lines=tuple(
                Line(row.level, masking.listed(row.name), hours_text(row.minutes, step))
                for row in rows
                if row.name and not row.dropped  # who was erased is posted nowhere
            ),
            is_draft=entry.first_day is None,
        )
    )


@reading(DESK)
def star_certificates_paper(look: Look, query: StarPapers) -> bytes:
    """The certificates of a review, a page for each award that stands, from what was frozen, as PDF."""
    from app.printing.star_certificate import StarCertificate, pdf

    rows = star_awards.award_rows(look.connection, query.star_round, query.persons)
    texts = star_awards.certificate_texts(look.connection, rows)
    made = [
        StarCertificate(
            number=row.number,
            name=texts[row.person].name,
            volunteer_number=texts[row.person].volunteer_number,
            hours=texts[row.person].hours,
            level=row.level,
            cut_off=row.cut_off,
            issuer=texts[row.person].issuer,
            language=texts[row.person].language,
            awarded_on=row.awarded_on,
        )
        for row in rows
        if row.person in texts and row.revoked_on is None
    ]
    if not made:
        raise NothingAwarded
    return pdf(made)


def _one(look: Look, star_round: Id) -> RoundEntry:
    row = next((row for row in storage.rounds(look.connection) if row.id == star_round), None)
    if row is None:
        raise StarRoundUnknown
    return _entry(look, row)


def _entry(look: Look, row: Row[Any]) -> RoundEntry:
    return RoundEntry(
        id=row.id,
        stage=Stage(row.stage),
        cut_off=row.cut_off,
        hours=tuple(row.hours),
        notice_working_days=row.notice_working_days,
        opened_at=row.opened_at,
        opened_by=row.opener_name or "",
        opened_by_me=row.opened_by == look.by.staff,
        first_day=row.first_day,
        last_day=row.last_day,
        closed_on=row.closed_on,
        closed_by=row.closer_name or "",
        proposed=row.proposed,
        awarded=row.awarded,
        open_objections=row.open_objections,
    )


def _star(look: Look, row: Row[Any]) -> StarEntry:
    return StarEntry(
        person=row.person,
        who=masking.listed(row.name),
        volunteer_number=row.volunteer_number or "",
        level=row.level,
        minutes=row.minutes,
        counted=row.counted,
        is_short=_is_short(row),
        dropped=row.dropped,
        reason=look.sight.words(row.reason),
        number=row.number or "",
        awarded_on=row.awarded_on,
        revoked_on=row.revoked_on,
    )


def _is_short(row: Row[Any]) -> bool:
    return star_awards.as_proposed(row).is_short(tuple(row.hours))


def _objection(look: Look, row: Row[Any]) -> StarObjection:
    return StarObjection(
        id=row.objection,
        person=row.person,
        who=masking.listed(row.name),
        words=look.sight.words(row.words),
        raised_by=look.sight.words(row.raised_by),
        raised_at=row.raised_at,
        upheld=row.upheld,
        answer=look.sight.words(row.answer),
    )
