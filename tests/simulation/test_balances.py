"""Hours and points of a few volunteers under any sequence of actions, against a dict that keeps the same books."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.actions.certificates import CertificateDraft, IssueCertificate, certificates_of, issue_certificate
from app.actions.erasure import ErasePerson, erase_person
from app.actions.hours import HoursQuery, hours_of
from app.actions.people import EditPerson, edit_person
from app.actions.points import PointsQuery, points_of
from app.actions.services import (
    ApproveServices,
    RecordServices,
    ServiceReason,
    approve_services,
    decline_service,
    record_services,
    reverse_service,
    waiting_service_count,
)
from app.actions.stars import stars_of
from app.domain.certificates import CannotCertify
from app.domain.erasure import ErasureReason, PersonIsErased, RecordsWaiting
from app.domain.people import Profile
from app.domain.points import PointsPolicy
from app.domain.problems import Refusal
from app.domain.services import NotApproved, NotWaiting, Overlapping, ServiceInTheFuture
from app.domain.staff import Role
from app.facts import Id
from app.facts.policies import PolicySet
from app.storage.ids import new_id
from tests.support import served as make
from tests.support.desk import open_station
from tests.support.recording import record_facts

CHOICE = st.integers(0, 100)
WAITING, APPROVED, DECLINED, REVERSED = "waiting", "approved", "declined", "reversed"
NEW_RATE_FROM = date(2026, 4, 1)
DAYS = (date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 7))
"""Before and after the rate changes, and today, when the clock says nine."""


@dataclass
class Book:
    """What the oracle knows of one record."""

    person: Id
    begin: datetime
    minutes: int
    state: str = WAITING
    cents: int = 0

    @property
    def end(self) -> datetime:
        return self.begin + timedelta(minutes=self.minutes)

    def overlaps(self, other: Book) -> bool:
        return self.person == other.person and self.begin < other.end and other.begin < self.end


class Balances(RuleBasedStateMachine):
    """The desk on one side, ``books`` on the other."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="yizhan-balances-"))
        self.station = open_station(self.folder / "station")
        self.desk = self.station.desk
        self.books: dict[Id, Book] = {}
        self.people: list[Id] = []
        self.erased: set[Id] = set()
        self.rate_cents = 100
        self.certificates: dict[Id, list[Id]] = {}

    @initialize()
    def register(self) -> None:
        self.people = [
            make.volunteer(self.desk, "王小明"),
            make.volunteer(self.desk, "李秀英", phone="13711112222"),
        ]

    @rule(
        who=st.integers(0, 1),
        day=st.sampled_from(DAYS),
        half_hour=st.integers(12, 20),
        minutes=st.sampled_from([1, 20, 30, 60, 95]),
    )
    def record(self, who: int, day: date, half_hour: int, minutes: int) -> None:
        begin = make.at(0, day=day) + timedelta(minutes=30 * half_hour)
        new = Book(self.people[who], begin, minutes)
        line = make.served(new.person, begin, minutes)
        request = make.what(line)
        taken = any(new.overlaps(book) for book in self.books.values() if book.state in (WAITING, APPROVED))
        if new.end > self.desk.now():
            self.refused(ServiceInTheFuture, record_services, request)
        elif taken:
            self.refused(Overlapping, record_services, request)
        else:
            record_services(self.desk, request)
            self.books[line.service] = new
            self.retry(request)

    @precondition(lambda self: self.in_state(WAITING))
    @rule(choice=CHOICE)
    def approve(self, choice: int) -> None:
        service, book = self.pick(choice, WAITING)
        given = approve_services(self.desk, ApproveServices(services=(service,))).value
        served_on = (book.begin + timedelta(hours=8)).date()
        rate = self.rate_cents if served_on >= NEW_RATE_FROM else 100
        book.state = APPROVED
        book.cents = (book.minutes * rate * 2 + 60) // 120
        assert (given.minutes, given.points_cents) == (book.minutes, book.cents)

    @precondition(lambda self: self.in_state(WAITING))
    @rule(choice=CHOICE)
    def decline(self, choice: int) -> None:
        service, book = self.pick(choice, WAITING)
        decline_service(self.desk, ServiceReason(service=service, reason="没有去"))
        book.state = DECLINED

    @precondition(lambda self: self.in_state(APPROVED))
    @rule(choice=CHOICE)
    def reverse(self, choice: int) -> None:
        service, book = self.pick(choice, APPROVED)
        reverse_service(self.desk, ServiceReason(service=service, reason="重复"))
        book.state = REVERSED

    @precondition(lambda self: self.in_state(APPROVED, DECLINED, REVERSED))
    @rule(choice=CHOICE)
    def decide_once_more(self, choice: int) -> None:
        service, book = self.pick(choice, APPROVED, DECLINED, REVERSED)
        reason = ServiceReason(service=service, reason="再来一次")
        self.refused(NotWaiting, approve_services, ApproveServices(services=(service,)))
        self.refused(NotWaiting, decline_service, reason)
        if book.state != APPROVED:
            self.refused(NotApproved, reverse_service, reason)

    @rule(rate_cents=st.sampled_from([50, 100, 500, 1000]))
    def change_the_rate(self, rate_cents: int) -> None:
        """For service from April on; what was approved before stays as it was."""
        value = f'{{"rate_cents": {rate_cents}}}'
        self.station.clock.forward(seconds=1)
        record_facts(self.desk, PolicySet(policy=PointsPolicy.name, value=value, valid_from=NEW_RATE_FROM))
        self.rate_cents = rate_cents

    @rule(who=st.integers(0, 1))
    def erase(self, who: int) -> None:
        """Not while a record waits. What counted stays in the sums, and somebody new comes; nothing is added."""
        person, name = self.people[who], f"无名氏{len(self.erased)}"
        edit_person(
            self.desk, EditPerson(person=person, profile=Profile(name=name), touched=frozenset({"name"}))
        )
        request = ErasePerson(person=person, reason=ErasureReason.FAMILY, typed_name=name)
        self.station.sit(Role.ADMINISTRATOR)
        if any(book.person == person for _service, book in self.in_state(WAITING)):
            self.refused(RecordsWaiting, erase_person, request)
        else:
            erase_person(self.desk, request)
            self.erased.add(person)
            phone = f"1371112{len(self.erased):04}"
            self.people[who] = make.volunteer(self.desk, f"新人{len(self.erased)}", phone=phone)
            later = make.what(make.served(person, make.at(5), 30))
            self.refused(PersonIsErased, record_services, later)
        self.station.sit(Role.CLERK)

    @precondition(lambda self: self.in_state(APPROVED))
    @rule(choice=CHOICE)
    def certify(self, choice: int) -> None:
        service, book = self.pick(choice, APPROVED)
        if book.person in self.erased:
            self.refused(PersonIsErased, issue_certificate, self.certificate(service, book))
            return
        issue_certificate(self.desk, self.certificate(service, book))
        self.certificates.setdefault(book.person, []).append(service)

    @precondition(lambda self: self.in_state(WAITING, DECLINED, REVERSED))
    @rule(choice=CHOICE)
    def certify_what_does_not_count(self, choice: int) -> None:
        service, book = self.pick(choice, WAITING, DECLINED, REVERSED)
        refusal = PersonIsErased if book.person in self.erased else CannotCertify
        self.refused(refusal, issue_certificate, self.certificate(service, book))

    @invariant()
    def balances_are_those_of_the_books(self) -> None:
        for person in [*self.people, *self.erased]:
            mine = [book for book in self.books.values() if book.person == person]
            counted = sum(book.minutes for book in mine if book.state == APPROVED)
            statement = hours_of(self.desk, HoursQuery(person=person))
            assert statement.minutes == counted == sum(line.minutes for line in statement.lines)
            assert sum(minutes for _year, minutes in statement.by_year) == counted
            assert statement.line_count == sum({APPROVED: 1, REVERSED: 2}.get(book.state, 0) for book in mine)
            cents = points_of(self.desk, PointsQuery(person=person)).points_cents
            assert cents == sum(book.cents for book in mine if book.state == APPROVED)
            if person in self.erased:
                continue
            assert stars_of(self.desk, person).missing_minutes == max(0, 6_000 - counted)

    @invariant()
    def the_queue_is_what_waits(self) -> None:
        waiting = sum(book.state == WAITING for book in self.books.values())
        assert waiting_service_count(self.desk, None) == waiting

    @invariant()
    def certificates_tell_what_was_revoked_since(self) -> None:
        for person, services in self.certificates.items():
            entries = certificates_of(self.desk, person)
            revoked = [self.books[service].state == REVERSED for service in services]
            assert sorted(entry.revoked for entry in entries) == sorted(map(int, revoked))

    def teardown(self) -> None:
        self.station.close()
        shutil.rmtree(self.folder)

    def in_state(self, *states: str) -> list[tuple[Id, Book]]:
        return [(service, book) for service, book in self.books.items() if book.state in states]

    def pick(self, choice: int, *states: str) -> tuple[Id, Book]:
        """Any record in one of these states; the same number gives the same one when a failure is repeated."""
        fitting = self.in_state(*states)
        return fitting[choice % len(fitting)]

    def certificate(self, service: Id, book: Book) -> IssueCertificate:
        draft = CertificateDraft(person=book.person, services=(service,))
        return IssueCertificate(certificate=new_id(), draft=draft, consented=True)

    def refused(self, refusal: type[Refusal], action: Callable[[Any, Any], Any], request: Any) -> None:
        with pytest.raises(refusal):
            action(self.desk, request)

    def retry(self, request: RecordServices) -> None:
        """A save whose answer was lost is saved again, and is still one record."""
        assert record_services(self.desk, request).changed == frozenset()


Balances.TestCase.settings = settings(
    settings.get_profile("project"),
    max_examples=15,
    stateful_step_count=25,
    # Every step is a real transaction: a failure is told as it was found, not searched for its shortest form.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
TestBalances = Balances.TestCase
