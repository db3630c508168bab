"""What can happen to a review of stars (星级评定): opened, looked through, on public notice, objected to, awarded.

A review freezes what it was decided by: the table of that day, and everybody's hours up to the cut-off date.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec

from app.facts import Count, Fact, Id, Minutes, Private


class StarProposal(msgspec.Struct, frozen=True, kw_only=True):
    """``person`` has reached ``level`` with ``minutes`` of service up to the cut-off date."""

    person: Id
    level: Count
    minutes: Minutes


class StarNote(Private, frozen=True, kw_only=True):
    """Why somebody was taken out or kept, or an award was taken back, in words."""

    text: str


class StarObjectionWords(Private, frozen=True, kw_only=True):
    """What was objected, and who did, if they said."""

    text: str
    raised_by: str = ""


class StarCertificateText(Private, frozen=True, kw_only=True):
    """Everything the paper says, frozen, except its number; ``language`` is the one it says it in."""

    name: str
    volunteer_number: str
    hours: str
    issuer: str
    language: str


class StarRoundOpened(Fact, frozen=True, kw_only=True):
    """A review was opened: the hours up to and with ``cut_off`` count, by the table ``hours`` (hours[n - 1] are needed
    for level n). ``notice_working_days`` is for how long the list is posted at least.
    """

    kind: ClassVar[str] = "star_round.opened"

    star_round: Id
    cut_off: date
    hours: tuple[Count, ...]
    notice_working_days: Count
    proposals: tuple[StarProposal, ...]


class StarProposalDropped(Fact, frozen=True, kw_only=True):
    """Somebody was taken out of the review; the reason stands beside the fact."""

    kind: ClassVar[str] = "star_round.proposal_dropped"
    private = StarNote

    star_round: Id
    person: Id


class StarProposalKept(Fact, frozen=True, kw_only=True):
    """Somebody who had been taken out is proposed again."""

    kind: ClassVar[str] = "star_round.proposal_kept"

    star_round: Id
    person: Id


class StarNoticePosted(Fact, frozen=True, kw_only=True):
    """The list is posted from ``first_day`` up to and with ``last_day``."""

    kind: ClassVar[str] = "star_round.notice_posted"

    star_round: Id
    first_day: date
    last_day: date


class StarObjectionRaised(Fact, frozen=True, kw_only=True):
    """Somebody objects to the star of ``person``."""

    kind: ClassVar[str] = "star_round.objection_raised"
    private = StarObjectionWords

    star_round: Id
    objection: Id
    person: Id


class StarObjectionAnswered(Fact, frozen=True, kw_only=True):
    """The objection was looked into; one that is ``upheld`` takes the person out."""

    kind: ClassVar[str] = "star_round.objection_answered"
    private = StarNote

    star_round: Id
    objection: Id
    person: Id
    upheld: bool


class StarAwarded(Fact, frozen=True, kw_only=True):
    """``person`` has ``level`` stars from ``awarded_on``, for ``minutes`` up to the cut-off date of the review."""

    kind: ClassVar[str] = "star_round.awarded"
    private = StarCertificateText

    star_round: Id
    person: Id
    number: str
    level: Count
    minutes: Minutes
    awarded_on: date


class StarAwardRevoked(Fact, frozen=True, kw_only=True):
    """A review took an award back; it stays listed. The reason stands beside the fact."""

    kind: ClassVar[str] = "star_round.award_revoked"
    private = StarNote

    star_round: Id
    person: Id
    revoked_on: date


class StarRoundClosed(Fact, frozen=True, kw_only=True):
    """The review is over: awarded, or given up before."""

    kind: ClassVar[str] = "star_round.closed"

    star_round: Id
    awarded: bool
    closed_on: date
