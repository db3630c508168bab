"""The gift counter under any sequence of deeds, against an oracle that keeps the same books in dicts and lists.

Days pass, policies change, hours are revoked; the oracle says beforehand whether a redemption must be refused, and
why. It knows lots of points and batches of gifts, one by one, where the program adds ledgers up.
"""

from __future__ import annotations

import contextlib
import itertools
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from app.actions.closings import CloseDay, close_day, open_day
from app.actions.counts import (
    CountedGift,
    CountStock,
    ExplainCount,
    Explanation,
    count_sheet,
    count_stock,
    explain_count,
)
from app.actions.desk import ClockJumped, NotAllowed, NotSignedIn
from app.actions.erasure import ErasePerson, erase_person
from app.actions.gifts import ShelfQuery, gift_rows, shelf
from app.actions.people import EditPerson, edit_person
from app.actions.points import PointsQuery, points_of
from app.actions.policies import SetPolicy, WithdrawPolicy, policy_story, set_policy, withdraw_policy
from app.actions.redemptions import RedemptionsQuery, redemptions
from app.actions.selfcheck import self_check
from app.actions.services import ServiceReason, reverse_service
from app.actions.staff import (
    AdmitStaff,
    ChangeRole,
    DismissStaff,
    EditStaff,
    admit_staff,
    change_role,
    dismiss_staff,
    edit_staff,
)
from app.actions.stock import WriteOffStock, batches_of, write_off
from app.actions.wallets import (
    BasketLine,
    RedeemGifts,
    ReverseRedemption,
    counter_person,
    expire_points,
    redeem_gifts,
    reverse_redemption,
)
from app.domain.calendar import SHANGHAI
from app.domain.closings import CountNotExplained, NothingToClose
from app.domain.counts import Cause, NothingToCount
from app.domain.erasure import ErasureReason, PersonIsErased
from app.domain.people import Profile
from app.domain.policies import PolicyHoldsAlready, PolicyNotSet
from app.domain.problems import Refusal
from app.domain.redemptions import (
    AlreadyRedeemed,
    AlreadyReversed,
    BelowThreshold,
    RedemptionPolicy,
    ServesThemselves,
)
from app.domain.staff import Role
from app.domain.stock import GiftExpired, NotInStock, WriteOff
from app.domain.wallets import ExpiryPolicy, NotEnoughPoints, Owing
from app.facts import Id
from app.storage.engine import reading
from app.storage.expiry import unspent_points
from app.storage.ids import new_id
from tests.support import counter, served
from tests.support.desk import PASSPHRASE, open_station

CHOICE = st.integers(0, 100)
PRICES = {"毛巾": 200, "牙膏": 300, "保温杯": 900}
ONESELF = 2
"""The third volunteer is the clerk at the desk."""


@dataclass
class Earned:
    """A lot of points, from the record that earned them."""

    service: Id
    on: date
    cents: int
    revoked: bool = False


@dataclass
class Taken:
    """A redemption as the oracle knows it."""

    redemption: Id
    quarter: tuple[int, int]
    cents: int
    pieces: list[tuple[Pile, int]]
    reversed: bool = False


@dataclass
class Book:
    """A volunteer's points: lots in the order in which they came, and what went of them, whatever for."""

    lots: list[Earned] = field(default_factory=list)
    spent: int = 0
    owed: int = 0
    taken: list[Taken] = field(default_factory=list)

    @property
    def balance(self) -> int:
        return sum(lot.cents for lot in self.lots) - self.spent

    def old(self, until: date | None) -> int:
        """What is left of the lots up to a day, when the oldest always goes first."""
        if until is None:
            return 0
        left, spent = 0, self.spent
        for lot in self.lots:
            gone = min(spent, lot.cents)
            spent -= gone
            left += lot.cents - gone if lot.on <= until else 0
        return left

    def left_by_month(self) -> dict[str, int]:
        """What is left of the lots of each month."""
        left, spent = Counter[str](), self.spent
        for lot in self.lots:
            gone = min(spent, lot.cents)
            spent -= gone
            left[f"{lot.on:%Y-%m}"] += lot.cents - gone
        return {month: cents for month, cents in left.items() if cents}

    def settle(self) -> None:
        due = min(self.balance, self.owed)
        self.spent += due
        self.owed -= due


@dataclass
class Threshold:
    """The least balance that redeems, from a day on; ``setting`` is its id where it was announced."""

    valid_from: date
    cents: int
    setting: Id = ""
    withdrawn: bool = False


@dataclass(eq=False)
class Pile:
    """A batch."""

    batch: Id
    pieces: int
    until: date | None


_LETTERS = str.maketrans("0123456789abcdef", "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳")


class GiftCounter(RuleBasedStateMachine):
    """The desk on one side, books and piles on the other."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="yizhan-counter-"))
        self.station = open_station(self.folder / "station")
        self.desk = self.station.desk
        self.books: dict[Id, Book] = {}
        self.erased: dict[Id, Book] = {}
        self.piles: dict[Id, list[Pile]] = {}
        self.prices: dict[Id, int] = {}
        self.months: int | None = None
        self.thresholds: list[Threshold] = []
        self.moved = False
        # Found more, or less, than there should be, since the last closing.
        self.surplus = Counter[Id]()
        self.numbers: set[str] = set()
        self.days = itertools.count(1)
        self.stopped_on: date | None = None

    @initialize()
    def register(self) -> None:
        for name, phone in (("王小明", "13711110001"), ("李秀英", "13711110002"), ("陈芳", "13711110003")):
            self.books[served.volunteer(self.desk, name, phone=phone)] = Book()
        clerk = self.station.staff[Role.CLERK]
        oneself = EditStaff(staff=clerk, name="陈芳", person=self.person(ONESELF))
        edit_staff(self.station.sit(Role.ADMINISTRATOR), oneself)
        self.station.sit(Role.CLERK)
        for name, cents in PRICES.items():
            gift = counter.gift(self.station, name, cents // 100)
            self.prices[gift], self.piles[gift] = cents, []
        for who in range(len(self.books)):
            self.earn(who, 8)
        for choice in range(len(self.prices)):
            self.deliver(choice, 3, None)
            self.deliver(choice, 2, 200)

    @property
    def today(self) -> date:
        return self.stopped_on or self.station.clock().astimezone(SHANGHAI).date()

    @property
    def quarter(self) -> tuple[int, int]:
        return self.today.year, (self.today.month - 1) // 3

    def person(self, choice: int) -> Id:
        return list(self.books)[choice % len(self.books)]

    def gift(self, choice: int) -> Id:
        return list(self.prices)[choice % len(self.prices)]

    def least_on(self, day: date) -> int:
        """The threshold that began last; of two that began on one day the one that was set later."""
        begun = [one for one in reversed(self.thresholds) if one.valid_from <= day and not one.withdrawn]
        return max(begun, key=lambda one: one.valid_from).cents if begun else 0

    @rule(who=st.sampled_from([0, 0, 1, 2]), hours=st.integers(1, 9))
    def earn(self, who: int, hours: int) -> None:
        """Somebody else lets it count than the volunteer."""
        self.station.sit(Role.ADMINISTRATOR)
        person, begin = self.person(who), self._a_day_of_its_own()
        (service,) = counter.earn(self.desk, person, hours, begin)
        self.station.sit(Role.CLERK)
        self.books[person].lots.append(Earned(service, self.today, hours * 100))
        self.books[person].settle()

    def _a_day_of_its_own(self) -> datetime:
        return served.at(6, day=date(2026, 4, 6) - timedelta(days=next(self.days)))

    @rule(who=st.integers(0, 1), lots=st.integers(1, 9))
    def revoke(self, who: int, lots: int) -> None:
        """The newest records of somebody, often all: what was spent already is owed."""
        book = self.books[self.person(who)]
        for lot in [lot for lot in book.lots if not lot.revoked][-lots:]:
            reverse_service(self.desk, ServiceReason(service=lot.service, reason="没有去"))
            lot.revoked = True
            book.owed += lot.cents
            book.settle()

    @rule(gift=CHOICE, pieces=st.integers(1, 4), days=st.sampled_from([None, None, 0, 5, 60]))
    def deliver(self, gift: int, pieces: int, days: int | None) -> None:
        until = None if days is None else self.today + timedelta(days=days)
        batch = counter.batch(self.desk, self.gift(gift), pieces, until)
        self.piles[self.gift(gift)].append(Pile(batch, pieces, until))
        self.moved = True

    @rule(gifts=st.lists(CHOICE, min_size=2, max_size=2), pieces=st.sampled_from([1, 1, 2, 3]))
    def serve_the_queue(self, gifts: list[int], pieces: int) -> None:
        """Everybody asks, for one thing and then for another."""
        for gift in gifts:
            for who in range(len(self.books)):
                self._redeem(who, gift, pieces)

    @rule(gift=CHOICE)
    def serve_in_the_next_quarter(self, gift: int) -> None:
        for _month in range(3):
            self.let_time_pass(31)
        self.serve_the_queue([gift, gift + 1], 1)

    def _redeem(self, who: int, gift: int, pieces: int) -> None:
        person, wanted = self.person(who), self.gift(gift)
        request = RedeemGifts(
            redemption=new_id(), person=person, lines=(BasketLine(gift=wanted, quantity=pieces),)
        )
        refusal = self._expected(person, wanted, pieces)
        if refusal is not None:
            with pytest.raises(refusal):
                redeem_gifts(self.desk, request)
            return
        book = self.books[person]
        book.settle()
        book.spent += book.old(self._until())
        before = book.balance
        done = redeem_gifts(self.desk, request).value
        assert redeem_gifts(self.desk, request).changed == frozenset()
        cents = self.prices[wanted] * pieces
        book.spent += cents
        assert (done.points_cents, done.after_cents) == (cents, before - cents)
        assert done.number not in self.numbers
        self.numbers.add(done.number)
        book.taken.append(Taken(request.redemption, self.quarter, cents, self._take(wanted, pieces)))
        self.moved = True

    def _expected(self, person: Id, gift: Id, pieces: int) -> type[Refusal] | None:
        """Why a redemption must be refused now; None when it must not."""
        book = self.books[person]
        due = min(book.balance, book.owed)
        balance = book.balance - due - max(0, book.old(self._until()) - due)
        there = [pile for pile in self.piles[gift] if pile.pieces]
        good = [pile for pile in there if self._is_good(pile)]
        if person == self.person(ONESELF):
            return ServesThemselves
        if any(not one.reversed and one.quarter == self.quarter for one in book.taken):
            return AlreadyRedeemed
        if book.owed > due:
            return Owing
        if balance < self.least_on(self.today):
            return BelowThreshold
        if sum(pile.pieces for pile in good) < pieces:
            return GiftExpired if there and not good else NotInStock
        return NotEnoughPoints if self.prices[gift] * pieces > balance else None

    def _take(self, gift: Id, pieces: int) -> list[tuple[Pile, int]]:
        taken = []
        for pile in sorted(
            filter(self._is_good, self.piles[gift]), key=lambda one: (one.until or date.max, one.batch)
        ):
            out = min(pieces, pile.pieces)
            pile.pieces -= out
            pieces -= out
            taken.append((pile, out))
        return taken

    def _is_good(self, pile: Pile) -> bool:
        return pile.until is None or pile.until >= self.today

    def _until(self) -> date | None:
        """The newest day whose points have expired, counted in months of the calendar."""
        if self.months is None:
            return None
        year, month = divmod(self.today.year * 12 + self.today.month - 1 - self.months, 12)
        for day in (self.today.day, 30, 29, 28):
            try:
                return date(year, month + 1, day) - timedelta(days=1)
            except ValueError:
                continue
        raise AssertionError("no month is that short")

    @precondition(lambda self: any(book.taken for book in self.every_book().values()))
    @rule(choice=CHOICE)
    def reverse(self, choice: int) -> None:
        every = [(book, one) for book in self.every_book().values() for one in book.taken]
        book, one = every[choice % len(every)]
        request = ReverseRedemption(redemption=one.redemption, reason="拿错了")
        if one.reversed:
            with pytest.raises(AlreadyReversed):
                reverse_redemption(self.desk, request)
            return
        reverse_redemption(self.desk, request)
        one.reversed = True
        book.spent -= one.cents
        book.settle()
        for pile, pieces in one.pieces:
            pile.pieces += pieces
        self.moved = True

    def every_book(self) -> dict[Id, Book]:
        """Also of those who were erased: what they had stays in the sums."""
        return self.books | self.erased

    @rule(who=st.integers(0, 1), gift=CHOICE)
    def erase(self, who: int, gift: int) -> None:
        """Who wants to be forgotten redeems no more, and changes no sum; somebody new stands in their place."""
        gone, come = self.person(who), self._somebody_new(who)
        name = f"无名氏{len(self.erased)}"
        edit_person(
            self.desk, EditPerson(person=gone, profile=Profile(name=name), touched=frozenset({"name"}))
        )
        request = ErasePerson(person=gone, reason=ErasureReason.ASKED, typed_name=name)
        erase_person(self.station.sit(Role.ADMINISTRATOR), request)
        self.station.sit(Role.CLERK)
        with pytest.raises(PersonIsErased):
            redeem_gifts(self.desk, counter.basket(gone, self.gift(gift)))
        self.erased[gone] = self.books[gone]
        self.books = {come if one == gone else one: book for one, book in self.books.items()}
        self.books[come] = Book()
        self.earn(who, 8)

    def _somebody_new(self, who: int) -> Id:
        number = len(self.erased)
        return served.volunteer(self.desk, f"新人{number}", phone=f"1371111{who}{number:03}")

    @rule(gift=CHOICE)
    def change_the_role_amid_it(self, gift: int) -> None:
        """What the new role does not include is refused at once, and leaves no trace."""
        clerk = self.station.staff[Role.CLERK]
        change_role(self.station.sit(Role.ADMINISTRATOR), ChangeRole(staff=clerk, role=Role.AUDITOR))
        with pytest.raises(NotAllowed):
            redeem_gifts(self.station.sit(Role.CLERK), counter.basket(self.person(0), self.gift(gift)))
        change_role(self.station.sit(Role.ADMINISTRATOR), ChangeRole(staff=clerk, role=Role.CLERK))
        self.station.sit(Role.CLERK)
        self._redeem(0, gift, 1)

    @rule(gift=CHOICE)
    def dismiss_the_clerk_amid_it(self, gift: int) -> None:
        """Whoever was dismissed gives out nothing more; the next clerk goes on with the same books."""
        old, new = self.station.staff[Role.CLERK], new_id()
        dismiss_staff(self.station.sit(Role.ADMINISTRATOR), DismissStaff(staff=old))
        with pytest.raises(NotSignedIn):
            redeem_gifts(self.station.sit(Role.CLERK), counter.basket(self.person(0), self.gift(gift)))
        admitted = AdmitStaff(
            staff=new, name=f"接班{new[-6:].translate(_LETTERS)}", role=Role.CLERK, passphrase=PASSPHRASE
        )
        admit_staff(self.station.sit(Role.ADMINISTRATOR), admitted)
        oneself = EditStaff(staff=new, name=admitted.name, person=self.person(ONESELF))
        edit_staff(self.desk, oneself)
        self.station.staff = self.station.staff | {Role.CLERK: new}
        self.station.sit(Role.CLERK)
        self.serve_the_queue([gift, gift], 1)

    @rule(gift=CHOICE, choice=CHOICE, pieces=st.integers(1, 3))
    def lose(self, gift: int, choice: int, pieces: int) -> None:
        piles = self.piles[self.gift(gift)]
        if not piles:
            return
        pile = piles[choice % len(piles)]
        gone = WriteOffStock(
            write_off=new_id(), batch=pile.batch, quantity=pieces, cause=WriteOff.LOST, reason="不见了"
        )
        if pieces > pile.pieces:
            with pytest.raises(NotInStock):
                write_off(self.desk, gone)
            return
        write_off(self.desk, gone)
        pile.pieces -= pieces
        self.moved = True

    @rule(found=st.lists(st.integers(0, 6), min_size=1, max_size=4))
    def count(self, found: list[int]) -> None:
        sheet = count_sheet(self.desk, None)
        there = itertools.cycle(found)
        lines = [CountedGift(gift=it.gift, expires_on=it.expires_on, counted=next(there)) for it in sheet]
        request = CountStock(count=new_id(), lines=tuple(lines))
        if not any(self.piles.values()):
            with pytest.raises(NothingToCount):
                count_stock(self.desk, request)
            return
        card = count_stock(self.desk, request).value
        for line in lines:
            self._spread(line)
        if not card.differences:
            return
        with pytest.raises(CountNotExplained):
            close_day(self.desk, CloseDay(closing=new_id()))
        causes = tuple(Explanation(gift=one.gift, cause=Cause.UNKNOWN) for one in card.differences)
        explain_count(self.desk, ExplainCount(count=card.count, gifts=causes, reason="查不出"))

    def _spread(self, line: CountedGift) -> None:
        group = [pile for pile in self.piles[line.gift] if pile.until == line.expires_on]
        surplus = line.counted - sum(pile.pieces for pile in group)
        self.surplus[line.gift] += surplus
        for pile in group:
            less = min(pile.pieces, max(0, -surplus))
            pile.pieces -= less
            surplus += less
        group[-1].pieces += surplus

    @rule()
    def close(self) -> None:
        request = CloseDay(closing=new_id())
        if not self.moved and not any(self.surplus.values()):
            with pytest.raises(NothingToClose):
                close_day(self.desk, request)
            return
        sheet = close_day(self.desk, request).value
        assert all(line.after == sum(pile.pieces for pile in self.piles[line.gift]) for line in sheet.lines)
        self.moved = False
        self.surplus.clear()

    @rule(days=st.sampled_from([1, 3, 17, 39]))
    def let_time_pass(self, days: int) -> None:
        """Something happens on each day that comes, so that the clock is believed."""
        self.station.clock.forward(days=days)
        served.resident(self.desk)

    @rule(gift=CHOICE)
    def the_battery_of_the_clock_is_empty(self, gift: int) -> None:
        """The PC thinks it is 1999: quarters and days go by the newest fact."""
        with self._clock_in(1999):
            self.serve_the_queue([gift], 1)

    @rule(gift=CHOICE, who=st.integers(0, 2))
    def the_clock_is_decades_ahead(self, gift: int, who: int) -> None:
        """Nothing is recorded before an administrator has looked at the date."""
        request = counter.basket(self.person(who), self.gift(gift))
        with self._clock_in(2060), pytest.raises(ClockJumped):
            redeem_gifts(self.desk, request)

    @contextlib.contextmanager
    def _clock_in(self, year: int) -> Iterator[None]:
        right, clock = self.station.clock.now, self.station.clock
        self.stopped_on, clock.now = self.today, right.replace(year=year, day=28)
        yield
        self.stopped_on, clock.now = None, right

    @rule(months=st.sampled_from([None, 1, 2, 12]), least=st.sampled_from([0, 0, 500]))
    def change_policies(self, months: int | None, least: int) -> None:
        self.station.clock.forward(seconds=1)
        counter.set_policy(self.station, ExpiryPolicy(after_months=months))
        counter.set_policy(self.station, RedemptionPolicy(least_balance_cents=least))
        self.months = months
        self.thresholds.append(Threshold(date(2026, 1, 1), least))

    @rule(days=st.integers(0, 40), least=st.sampled_from([0, 300, 900]))
    def announce_a_threshold(self, days: int, least: int) -> None:
        """It holds from its day on, and not before."""
        day = self.today + timedelta(days=days)
        value = msgspec.json.encode(RedemptionPolicy(least_balance_cents=least)).decode()
        asked = SetPolicy(policy=RedemptionPolicy.name, value=value, valid_from=day)
        set_policy(self.station.sit(Role.ADMINISTRATOR), asked)
        self.station.sit(Role.CLERK)
        if self.least_on(day) != least:
            newest = policy_story(self.desk, RedemptionPolicy.name).changes[0]
            self.thresholds.append(Threshold(day, least, newest.setting))

    @precondition(lambda self: any(one.setting for one in self.thresholds))
    @rule(choice=CHOICE)
    def withdraw_a_threshold(self, choice: int) -> None:
        announced = [one for one in self.thresholds if one.setting]
        it = announced[-1 - choice % len(announced)]
        asked = WithdrawPolicy(policy=RedemptionPolicy.name, setting=it.setting)
        refusal = (
            PolicyNotSet if it.withdrawn else PolicyHoldsAlready if it.valid_from <= self.today else None
        )
        self.station.sit(Role.ADMINISTRATOR)
        if refusal is None:
            withdraw_policy(self.desk, asked)
            it.withdrawn = True
        else:
            with pytest.raises(refusal):
                withdraw_policy(self.desk, asked)
        self.station.sit(Role.CLERK)

    @rule()
    def let_points_expire(self) -> None:
        expire_points(self.desk, None)
        for book in self.every_book().values():
            old = book.old(self._until())
            if old:
                due = min(book.balance, book.owed)
                book.spent += due + max(0, old - due)
                book.owed -= due
        assert expire_points(self.desk, None).value == 0

    @invariant()
    def points_are_those_of_the_books(self) -> None:
        for person, book in self.every_book().items():
            statement = points_of(self.desk, PointsQuery(person=person, limit=1_000))
            assert statement.points_cents == book.balance >= 0
            assert statement.owed_cents == book.owed
            assert sum(line.points_cents for line in statement.lines) == book.balance
            if person in self.erased:
                continue
            card = counter_person(self.desk, person)
            assert card.minutes == sum(lot.cents for lot in book.lots if not lot.revoked) * 60 // 100
            assert card.balance_cents >= 0

    @invariant()
    def what_is_left_of_each_month_is_known(self) -> None:
        kept: dict[Id, dict[str, int]] = {}
        oldest: dict[Id, list[str]] = {}
        with reading(self.desk.engine) as connection:
            for row in connection.execute(select(unspent_points)):
                kept.setdefault(row.person, {})[row.month] = row.points_cents
                oldest.setdefault(row.person, []).extend([row.month] if row.oldest else [])
        books = {person: book.left_by_month() for person, book in self.every_book().items()}
        assert kept == {person: left for person, left in books.items() if left}
        assert oldest == {person: [min(left)] for person, left in kept.items()}

    @invariant()
    def once_a_quarter(self) -> None:
        standing = [
            (one.person, one.quarter)
            for one in redemptions(self.desk, RedemptionsQuery(limit=1_000)).rows
            if one.reversed_at is None
        ]
        assert len(standing) == len(set(standing))

    @invariant()
    def the_shelf_holds_the_piles(self) -> None:
        tiles = {tile.gift: tile.stock for tile in shelf(self.desk, ShelfQuery())}
        rows = {row.gift: row.stock for row in gift_rows(self.desk, None)}
        for gift, piles in self.piles.items():
            assert rows[gift] == sum(pile.pieces for pile in piles) >= 0
            assert tiles[gift] == sum(pile.pieces for pile in piles if self._is_good(pile))
            there = {row.batch: row.quantity for row in batches_of(self.desk, gift)}
            assert there == {pile.batch: pile.pieces for pile in piles}

    @invariant()
    def the_open_day_adds_up(self) -> None:
        for line in open_day(self.desk, None).lines:
            change = line.received - line.redeemed + line.returned - line.written_off + line.difference
            assert line.before + change == line.after

    def teardown(self) -> None:
        checked = self_check(self.desk, None)
        self.station.close()
        shutil.rmtree(self.folder)
        assert checked.differences == 0, checked.first


GiftCounter.TestCase.settings = settings(
    settings.get_profile("project"),
    max_examples=15,
    stateful_step_count=30,
    # Every step is a real transaction: a failure is told as it was found, not searched for its shortest form.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
TestGiftCounter = GiftCounter.TestCase
