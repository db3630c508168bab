"""The rules of deleting somebody's personal data on request (删除个人信息).

Who asks for it is let go once nothing is under way for them: an order that nobody could deliver any more, and a
record that nobody could judge, are ended first. What they did stays, without a name; sums stay what they were.

Sources: Personal Information Protection Law art. 47 (deletion on request; what must be kept by law is only stored and
protected); GB/T 40143 (certificates are kept at least ten years).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from app.domain.calendar import years_after
from app.domain.names import compare_key
from app.domain.people import Person
from app.domain.problems import Refusal
from app.facts import Fact
from app.facts.certificates import CertificateText
from app.facts.people import PersonErased, VolunteerLeft
from app.words import N_


class ErasureReason(StrEnum):
    """Who wants it, or why it is time."""

    ASKED = "asked"
    GUARDIAN = "guardian"
    FAMILY = "family"
    NO_NEED = "no_need"


REASON_NAMES = {
    ErasureReason.ASKED: N_("本人要求"),
    ErasureReason.GUARDIAN: N_("监护人要求"),
    ErasureReason.FAMILY: N_("家属要求"),
    ErasureReason.NO_NEED: N_("不用再保存"),
}


class ErasureReasonMissing(Refusal):
    """Nobody said who wants it, or why it is time."""


class NameNotRepeated(Refusal):
    """The name was not typed as it stands, so it is not certain that this person is meant."""


class OrdersUnderWay(Refusal):
    """Orders of this person are still open."""

    numbers: tuple[str, ...]


class RecordsWaiting(Refusal):
    """Service records of this person wait for approval."""

    count: int


class PersonIsErased(Refusal):
    """The personal data of this person were deleted; nothing new is noted about them."""


def erase(
    person: Person,
    *,
    reason: ErasureReason,
    typed_name: str,
    open_orders: Sequence[str],
    records_waiting: int,
) -> list[Fact]:
    """Delete what is known of somebody. ``typed_name`` is their name, typed once more; ``open_orders`` are numbers."""
    expect_there(person)
    expect_nothing_under_way(open_orders, records_waiting)
    if compare_key(typed_name) != compare_key(person.details.name):
        raise NameNotRepeated(field="typed_name")
    return erase_again(person, reason)


def expect_reason(reason: ErasureReason | None) -> ErasureReason:
    if reason is None:
        raise ErasureReasonMissing(field="reason")
    return reason


def erase_again(person: Person, reason: str) -> list[Fact]:
    """Also where a database from before knows of something under way, which must not keep what was deleted."""
    left: list[Fact] = [VolunteerLeft(person=person.id)] if person.is_volunteer else []
    return [*left, PersonErased(person=person.id, reason=reason)]


def expect_there(person: Person, field: str | None = None) -> None:
    """Refuse somebody whose personal data were deleted."""
    if person.erased:
        raise PersonIsErased(field=field)


def kept_until(issued_on: date) -> date:
    """Until when the law keeps what a certificate says."""
    return years_after(issued_on, CertificateText.kept_years)


def expect_nothing_under_way(open_orders: Sequence[str], records_waiting: int) -> None:
    if open_orders:
        raise OrdersUnderWay(numbers=tuple(open_orders))
    if records_waiting:
        raise RecordsWaiting(count=records_waiting)
