"""The desk (工作台): an opened station with somebody signed in, and the two ways to use it.

``@action(...)`` makes a function of (work, request) into an action of (desk, request): it checks the role, opens one
durable transaction, and says which nouns changed. ``@reading`` does the same for looking, without changing anything.
Roles are enforced here, whatever the screens show.
"""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine

from app.domain.calendar import shanghai_day
from app.domain.masking import Sight
from app.domain.policies import Policy
from app.domain.problems import Refusal
from app.domain.staff import Role as Role
from app.facts import Claim, Fact, Id, Private
from app.storage import device as device_storage
from app.storage import policies as policy_storage
from app.storage import staff as staff_storage
from app.storage.device import Device
from app.storage.engine import reading as reading_transaction
from app.storage.engine import writing
from app.storage.fold import Recorded
from app.storage.history import chain_head
from app.storage.ids import new_id as new_id
from app.storage.incarnation import Mirror
from app.storage.log import Draft, Log
from app.storage.vault import Vault

R = TypeVar("R")
T = TypeVar("T")
P = TypeVar("P", bound=Policy)

LONGEST_CLOCK_JUMP = timedelta(days=40)
MOST_DEEDS = 200

EVERYBODY = frozenset(Role)
DESK = frozenset({Role.ADMINISTRATOR, Role.CLERK})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


class NotSignedIn(Refusal):
    """Nobody is signed in, or the screen is locked."""


class NotAllowed(Refusal):
    """The role of the person at the desk does not include this."""

    role: Role


class ClockJumped(Refusal):
    """The PC's clock is far ahead of everything recorded; an administrator must confirm the date."""

    today: date
    newest: date


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who sits at the desk."""

    staff: Id
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What an action gave back, and the nouns whose rows changed."""

    value: T
    changed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Deed:
    """What one action recorded: (object, fact) in their order, and of which ``kinds`` they are; ``may`` do it, and undo
    it, staff of these roles.
    """

    by: Id
    may: frozenset[Role]
    facts: tuple[tuple[str, Id], ...]
    kinds: frozenset[type[Fact]]


@dataclass
class Deeds:
    """What was done at this desk since the program began, the newest last; ``undone`` are facts that were taken back,
    and those that took them back. Of the deeds in ``told_to_stay`` it was said, since somebody last did something or
    sat down, that they stay: the next undo goes on to what was done before them; also where the rules refused it,
    which is not known before it is tried.
    """

    done: deque[Deed] = field(default_factory=lambda: deque(maxlen=MOST_DEEDS))
    undone: set[Id] = field(default_factory=set)
    told_to_stay: set[Deed] = field(default_factory=set)
    refused: set[Deed] = field(default_factory=set)

    def tell_again(self) -> None:
        """Nothing of what was said of deeds that stay holds any more."""
        self.told_to_stay.clear()
        self.refused.clear()

    def of(self, staff: Id) -> Iterator[Deed]:
        """What this member of staff did and has not undone, the newest first."""
        return (deed for deed in reversed(self.done) if deed.by == staff)


@dataclass
class Desk:
    """An opened station. ``clock`` gives aware instants; ``signed_in`` is None while nobody is, or locked."""

    engine: Engine
    device: Device
    clock: Callable[[], datetime]
    vault: Vault
    mirror: Mirror | None = None
    signed_in: SignedIn | None = None
    deeds: Deeds = field(default_factory=Deeds)

    def now(self) -> datetime:
        """The PC's time, or the newest moment seen when the PC's clock has fallen behind it by a day or more."""
        now = self.clock().astimezone(UTC)
        newest = self.device.newest_at
        return now if shanghai_day(now) >= shanghai_day(newest) else newest

    def today(self) -> date:
        """Today in Asia/Shanghai."""
        return shanghai_day(self.now())


@dataclass
class Look:
    """One transaction that only reads."""

    desk: Desk
    connection: Connection
    now: datetime
    by: SignedIn

    @property
    def today(self) -> date:
        return shanghai_day(self.now)

    @property
    def sight(self) -> Sight:
        """What whoever looks sees of people."""
        return Sight(works=self.by.role in DESK)

    def policy(self, kind: type[P]) -> P:
        """The policy of ``kind`` valid today."""
        return policy_storage.policy(self.connection, kind, self.today)


@dataclass
class Work(Look):
    """One transaction in which facts are recorded."""

    log: Log = field(kw_only=True)

    def record(
        self, *bodies: Fact, parts: Mapping[Id, Private] | None = None, claims: Iterable[Claim] = ()
    ) -> list[Recorded[Any]]:
        """Record facts. ``parts`` (person -> private part) belong to every body that knows private parts."""
        drafts = [
            Draft(body, parts if parts and body.private else {}, tuple(claims) if body is bodies[0] else ())
            for body in bodies
        ]
        return self.record_each(drafts)

    def record_each(self, drafts: Iterable[Draft]) -> list[Recorded[Any]]:
        """Record many facts at once, each with private parts of its own."""
        return self.log.append(drafts, at=self.now, by=self.by.staff)

    def settle(self) -> None:
        """Send what was recorded to the tables and their sums, so that queries of this transaction see it. What
        follows ledgers, and search, are renewed at its end.
        """
        self.log.settle()

    def next_number(self, name: str) -> int:
        return device_storage.next_number(self.connection, name)

    def next_numbers(self, name: str, count: int) -> range:
        return device_storage.next_numbers(self.connection, name, count)


class Action(Generic[R, T]):
    """What a person can do, one transaction when it is called with a desk; ``inside`` joins an open one."""

    __name__: str

    def __init__(
        self,
        function: Callable[[Work, R], T],
        may: frozenset[Role],
        *,
        clock_believed: bool,
        by_itself: bool,
    ) -> None:
        functools.update_wrapper(self, function)
        self.inside = function
        self._may, self._clock_believed, self._by_itself = may, clock_believed, by_itself

    def __call__(self, desk: Desk, request: R) -> Done[T]:
        return do(
            desk,
            lambda work: self.inside(work, request),
            self._may,
            clock_believed=self._clock_believed,
            by_itself=self._by_itself,
        )


class Reading(Generic[R, T]):
    """What a person can look at, one transaction when it is called with a desk; ``inside`` joins an open one."""

    __name__: str

    def __init__(self, function: Callable[[Look, R], T], may: frozenset[Role]) -> None:
        functools.update_wrapper(self, function)
        self.inside = function
        self._may = may

    def __call__(self, desk: Desk, query: R) -> T:
        with reading_transaction(desk.engine) as connection:
            by = _allowed(desk, connection, self._may)
            return self.inside(Look(desk, connection, desk.now(), by), query)


def action(
    may: frozenset[Role] = DESK, *, clock_believed: bool = False, by_itself: bool = False
) -> Callable[[Callable[[Work, R], T]], Action[R, T]]:
    """Make ``function(work, request)`` an action that staff of the roles ``may`` can do.

    ``clock_believed`` is for the few that must work while the clock is in doubt: what they do is no fact about a
    resident, or is the very confirmation. What the program does ``by_itself`` is nobody's deed to undo.
    """

    def make(function: Callable[[Work, R], T]) -> Action[R, T]:
        return Action(function, may, clock_believed=clock_believed, by_itself=by_itself)

    return make


def reading(
    may: frozenset[Role] = EVERYBODY,
) -> Callable[[Callable[[Look, R], T]], Reading[R, T]]:
    """Make ``function(look, query)`` a reading that staff of the roles ``may`` can ask for."""

    def make(function: Callable[[Look, R], T]) -> Reading[R, T]:
        return Reading(function, may)

    return make


def do(
    desk: Desk,
    function: Callable[[Work], T],
    may: frozenset[Role] = DESK,
    *,
    clock_believed: bool = False,
    by_itself: bool = False,
    undoes: Deed | None = None,
) -> Done[T]:
    """Run ``function`` in one durable transaction of the desk, unless the clock jumped and is not believed.

    It is a deed of whoever is signed in, unless it ``undoes`` one or happens ``by_itself``.
    """
    now = desk.now()
    doubt = None if clock_believed else clock_doubt(desk)
    if doubt is not None:
        raise doubt
    with writing(desk.engine) as connection:
        by = _allowed(desk, connection, may)
        log = Log(connection, desk.device.chain)
        work = Work(desk, connection, now, by, log=log)
        value = function(work)
        log.finish()
        if log.appended:
            device_storage.saw(connection, now)
        head = chain_head(connection, desk.device.chain)
    if undoes is not None or (log.appended and not by_itself):
        _note_deed(desk, by.staff, may, log, undoes)
    if log.appended:
        desk.device = _with_newest(desk.device, now)
        if desk.mirror is not None:
            desk.mirror.append(head, log.appended)
    return Done(value, frozenset(log.changed))


def _note_deed(desk: Desk, by: Id, may: frozenset[Role], log: Log, undoes: Deed | None) -> None:
    facts = tuple((one.body.object, one.id) for one in log.recorded)
    if undoes is None:
        desk.deeds.done.append(Deed(by, may, facts, frozenset(type(one.body) for one in log.recorded)))
        desk.deeds.tell_again()
    else:
        desk.deeds.done.remove(undoes)
        desk.deeds.undone.update(fact for _object, fact in (*undoes.facts, *facts))


def _allowed(desk: Desk, connection: Connection, may: frozenset[Role]) -> SignedIn:
    """Who acts, with the role they have now: it may have changed, or ended, since they signed in."""
    if desk.signed_in is None:
        raise NotSignedIn
    role = staff_storage.role_of(connection, desk.signed_in.staff)
    if role is None:
        raise NotSignedIn
    if role not in may:
        raise NotAllowed(role=role)
    return replace(desk.signed_in, role=role)


def clock_doubt(desk: Desk, _query: None = None) -> ClockJumped | None:
    """What every action would refuse now because of the PC's date, for the page that asks an administrator."""
    now, newest = desk.now(), desk.device.newest_at
    if now - newest > LONGEST_CLOCK_JUMP:
        return ClockJumped(today=shanghai_day(now), newest=shanghai_day(newest))
    return None


def clock_behind(desk: Desk) -> date | None:
    """The PC's date where it is before the newest day seen: time stands still then, and somebody must be told."""
    day = shanghai_day(desk.clock().astimezone(UTC))
    return day if day < shanghai_day(desk.device.newest_at) else None


def _with_newest(device: Device, now: datetime) -> Device:
    return Device(
        device.id,
        device.incarnation,
        device.register,
        device.private_key,
        device.station,
        max(now, device.newest_at),
    )
