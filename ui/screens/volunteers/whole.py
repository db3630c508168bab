"""Everything a person's pane shows (一个人的全部), read in one go, and what happened to them as a history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.actions.certificates import CertificateEntry, certificates_of
from app.actions.desk import Desk
from app.actions.history import Told, history_of
from app.actions.hours import HourLine, HoursQuery, HoursStatement, hours_of
from app.actions.people_cards import (
    OrderOf,
    PersonCard,
    PersonStory,
    person_story,
)
from app.actions.points import PointsQuery, points_of
from app.actions.services import Evidence
from app.actions.star_review import StarAward, star_awards_of
from app.actions.stars import stars_of
from app.domain.calendar import instant_at, shanghai_day
from app.domain.moments import say_day, say_exactly, say_moment
from app.domain.stars import Stars
from app.facts import Id
from app.sentences import services as service_words
from app.sentences.categories import category_name
from app.words import _
from ui.parts.rows import State
from ui.parts.timeline import Event
from ui.places import places
from ui.screens.board.wording import shape_of

LINES_IN_HISTORY = 12
EVENTS_SHOWN = 30

_SERVED = State("tick", "done")
_REVOKED = State("triangle", "trouble")


@dataclass(frozen=True)
class Done:
    """What a volunteer has done, in figures, with the newest lines behind them."""

    hours: HoursStatement
    points_cents: int
    stars: Stars
    awards: tuple[StarAward, ...]
    certificates: tuple[CertificateEntry, ...]

    @property
    def valid_certificates(self) -> int:
        return sum(one.voided_on is None for one in self.certificates)


@dataclass(frozen=True)
class Whole:
    """``done`` is None for who never was a volunteer; ``village`` is where they live, as it is called."""

    story: PersonStory
    village: str
    done: Done | None
    history: tuple[Told, ...]

    @property
    def card(self) -> PersonCard:
        return self.story.card


def whole(desk: Desk, person: Id) -> Whole:
    """A person with figures and history."""
    story = person_story(desk, person)
    return Whole(
        story=story,
        village=places(desk).said(story.card.region),
        done=_done(desk, person) if story.card.volunteer is not None else None,
        history=tuple(history_of(desk, f"person:{person}")),
    )


def _done(desk: Desk, person: Id) -> Done:
    return Done(
        hours=hours_of(desk, HoursQuery(person=person, limit=LINES_IN_HISTORY)),
        points_cents=points_of(desk, PointsQuery(person=person, limit=1)).points_cents,
        stars=stars_of(desk, person),
        awards=star_awards_of(desk, person),
        certificates=certificates_of(desk, person),
    )


def events(it: Whole, now: datetime) -> list[Event]:
    """What happened to a person, the newest first: the profile, service, certificates, what they asked for."""
    told = [_of_profile(one, now) for one in it.history]
    told += [_of_order(one, now) for one in it.story.orders]
    if it.done is not None:
        told += [_of_service(one, now) for one in it.done.hours.lines]
        told += [_of_certificate(one, now) for one in it.done.certificates]
    told.sort(key=lambda one: one[0], reverse=True)
    return [event for _at, event in told[:EVENTS_SHOWN]]


def _of_profile(it: Told, now: datetime) -> tuple[datetime, Event]:
    return it.at, Event(say_moment(it.at, now), it.text, it.by, say_exactly(it.at))


def _of_service(it: HourLine, now: datetime) -> tuple[datetime, Event]:
    what = _("别处的服务记录") if it.evidence is None else _what(it.evidence)
    hours = service_words.hours(abs(it.minutes))
    if it.minutes < 0:
        sentence = _("撤销“{what}”，扣回 {hours}").format(what=what, hours=hours)
        return it.at, Event(say_moment(it.at, now), sentence, exact=say_exactly(it.at), state=_REVOKED)
    begun = it.evidence.started_at if it.evidence is not None else instant_at(it.served_on)
    sentence = _("{what}，{hours}").format(what=what, hours=hours)
    return begun, Event(say_day(it.served_on, _day(now)), sentence, exact=say_exactly(begun), state=_SERVED)


def _what(evidence: Evidence) -> str:
    """Of somebody who was erased, what was written in their own words is gone."""
    return evidence.content or evidence.activity or _("已删除")


def _of_order(it: OrderOf, now: datetime) -> tuple[datetime, Event]:
    asked = _("替人要了{category}：{what}") if it.for_others else _("要了{category}：{what}")
    sentence = asked.format(category=category_name(it.category), what=it.what)
    shape = shape_of(it.state)
    told = _("{sentence}（{number}，{state}）").format(sentence=sentence, number=it.short, state=shape.word)
    when = say_moment(it.submitted_at, now)
    return it.submitted_at, Event(when, told, exact=say_exactly(it.submitted_at), state=shape)


def _of_certificate(it: CertificateEntry, now: datetime) -> tuple[datetime, Event]:
    issued = instant_at(it.issued_on, 12)
    hours = service_words.hours(it.minutes)
    sentence = _("开了证明 {number}，{hours}").format(number=it.number, hours=hours)
    if it.voided_on is not None:
        sentence = _("{sentence}，已作废").format(sentence=sentence)
    return issued, Event(say_day(it.issued_on, _day(now)), sentence, it.issued_by)


def _day(now: datetime) -> date:
    return shanghai_day(now)
