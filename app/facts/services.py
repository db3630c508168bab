"""What can happen to a service record (服务记录): one volunteer's one stretch of service, with its hours and points.

Minutes are exact. Hours and points are decided when a record is approved and stand in the fact; a reversal is a fact
of its own that names how much it takes back. ``unit`` is the recording station's name as it was then: who recorded
certifies.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from app.facts import Cents, Fact, Id, Minutes, Moment, Private


class ServiceWords(Private, frozen=True, kw_only=True):
    """What was done and where, as it may stand on a certificate, and a remark for the station only."""

    content: str
    place: str = ""
    remark: str = ""


class ServiceNote(Private, frozen=True, kw_only=True):
    """Why a record was declined or revoked, in words."""

    text: str


class ServiceRecorded(Fact, frozen=True, kw_only=True):
    """Somebody wrote down that a volunteer served from when to when; it waits for approval.

    ``photos`` are the SHA-256 of their bytes; ``late`` marks a record made after the time the law gives.
    """

    kind: ClassVar[str] = "service.recorded"
    private = ServiceWords

    service: Id
    person: Id
    station: Id
    unit: str
    order: Id | None = None
    team: Id | None = None
    activity: str
    category: str
    started_at: Moment
    ended_at: Moment
    served_on: date
    minutes: Minutes
    photos: tuple[str, ...] = ()
    late: bool = False


class ServiceApproved(Fact, frozen=True, kw_only=True):
    """Somebody else than the volunteer approved it: ``minutes`` of service, ``points_cents`` of points."""

    kind: ClassVar[str] = "service.approved"

    service: Id
    person: Id
    minutes: Minutes
    points_cents: Cents
    served_on: date


class ServiceDeclined(Fact, frozen=True, kw_only=True):
    """The record was not approved; the reason stands beside the fact."""

    kind: ClassVar[str] = "service.declined"
    private = ServiceNote

    service: Id
    person: Id


class ServiceReversed(Fact, frozen=True, kw_only=True):
    """An approved record was revoked: its minutes and points are taken back by new ledger lines."""

    kind: ClassVar[str] = "service.reversed"
    private = ServiceNote

    service: Id
    person: Id
    minutes: Minutes
    points_cents: Cents
    served_on: date


class ServiceReopened(Fact, frozen=True, kw_only=True):
    """Declining the record was undone; it waits for approval again."""

    kind: ClassVar[str] = "service.reopened"

    service: Id
    person: Id
