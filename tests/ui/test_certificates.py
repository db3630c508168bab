"""Certificates by keys, in the real window on the real database: chosen, seen, issued, found, made void, replaced."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions.certificates import (
    CertificateDraft,
    CertificateEntry,
    IssueCertificate,
    VoidCertificate,
    certificates_of,
    certificates_to_void,
    issue_certificate,
    void_certificate,
)
from app.actions.desk import Desk, new_id
from app.actions.erasure import ErasePerson, erase_person
from app.actions.services import ServiceReason, reverse_service
from app.domain.certificates import Seal, Standing, qr_payload
from app.domain.erasure import ErasureReason
from app.domain.staff import Role
from app.facts import Id
from app.storage import certificates as storage
from app.storage.engine import reading
from tests.printing.papers import text as text_of
from tests.support import served as make
from tests.support.desk import Station
from tests.support.hands import Typist
from tests.support.window import Opened, open_window
from ui.parts.buttons import Button
from ui.parts.chips import Chip
from ui.parts.question import QuestionOverlay
from ui.screen import Screen
from ui.screens.certificates import SCREEN
from ui.screens.certificates.screen import CertificatesScreen
from ui.theme import theme

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space
SAVE = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
PRINT = (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)


class Counter(Typist):
    """The open screen and what a person can do with it."""

    def __init__(self, opened: Opened, desk: Desk, qtbot: QtBot) -> None:
        super().__init__(opened, desk, qtbot)
        screen = opened.screen()
        assert isinstance(screen, CertificatesScreen)
        self.screen = screen
        self.making, self.register, self.side = screen.making, screen.register, screen.side

    def keep(self, place: Path) -> str:
        """Save what is shown as a PDF at ``place``; its text."""
        self.press((Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier))
        return text_of(self.kept_at(place))

    def find(self, typed: str) -> None:
        """Type a volunteer and wait for the records."""
        self.press(typed, ENTER)
        self.until(lambda: bool(self.making.records.list.rows.rows))

    def paper(self) -> str:
        """What the paper says that stands at the right; nothing while it is drawn."""
        pdf = self.side.paper.pdf()
        return text_of(pdf) if pdf else ""

    def entries(self, person: Id) -> tuple[CertificateEntry, ...]:
        return certificates_of(self.desk, person)


@pytest.fixture
def wang(station: Station) -> Id:
    """A volunteer with two records that count, one that waits, and one that was revoked."""
    desk = station.desk
    person = make.volunteer(desk, "王小明")
    make.approved(desk, person, make.at(8), 60)
    make.approved(desk, person, make.at(10), 90)
    make.recorded(desk, person, make.at(12), 30)
    reverse_service(desk, ServiceReason(service=make.approved(desk, person, make.at(14), 45), reason="重复"))
    return person


@pytest.fixture
def counter(station: Station, wang: Id, qtbot: QtBot) -> Iterator[Counter]:
    with open_window(station.desk, SCREEN) as opened:
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        yield Counter(opened, station.desk, qtbot)


def issued(desk: Desk, person: Id, *services: Id) -> tuple[Id, str]:
    chosen = services or (make.approved(desk, person, make.at(16), 30),)
    draft = CertificateDraft(person=person, services=chosen, person_in_charge="孙站长")
    request = IssueCertificate(certificate=new_id(), draft=draft, consented=True)
    done = issue_certificate(desk, request).value
    return done.certificate, done.number


class TestChoosing:
    def test_what_counts_is_ticked_and_the_rest_says_why_not(self, counter: Counter) -> None:
        counter.find("wangxm")
        records = counter.making.records
        assert records.list.hasFocus()
        assert [one.minutes for one in records.list.chosen()] == [90, 60]
        why = [one.obstacle for one in (row.value for row in records.list.rows.rows)]
        assert [str(obstacle) for obstacle in why] == ["reversed", "not_approved", "None", "None"]
        assert records._sum.text() == "已选 2 条，2 小时 30 分，2 条不能开"

    def test_the_paper_stands_at_the_right_and_follows_the_ticks(self, counter: Counter) -> None:
        counter.find("wangxm")
        counter.until(lambda: bool(counter.side.paper.pdf()))
        assert "预览" in counter.paper()
        assert counter.side.entry is None
        before = counter.side.paper.pdf()
        counter.press(Qt.Key.Key_Down, Qt.Key.Key_Down, SPACE)
        assert [one.minutes for one in counter.making.records.list.chosen()] == [60]
        counter.until(lambda: counter.side.paper.pdf() != before)
        image = counter.side.paper.preview.images()[0]
        assert image.width() == counter.side.paper.preview.page_px()

    def test_what_cannot_be_certified_cannot_be_ticked(self, counter: Counter) -> None:
        counter.find("wangxm")
        counter.press(SPACE)
        assert len(counter.making.records.list.chosen()) == 2

    def test_a_click_on_a_row_ticks(self, counter: Counter) -> None:
        counter.find("wangxm")
        listed = counter.making.records.list
        spot = listed.visualRect(listed.model().index(3, 0)).center()
        QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
        assert [one.minutes for one in listed.chosen()] == [90]

    def test_nothing_ticked_says_so_in_place_of_the_paper(self, counter: Counter) -> None:
        counter.find("wangxm")
        counter.until(lambda: bool(counter.side.paper.pdf()))
        counter.making.records.choices.set_value("none")
        counter.making.records.choices.edited.emit()
        counter.until(lambda: not counter.side.paper.pdf())
        assert counter.making.records.value() == ()

    def test_years_and_what_is_not_certified_yet_are_one_press(self, counter: Counter, wang: Id) -> None:
        issued(counter.desk, wang)
        counter.find("wangxm")
        records = counter.making.records
        assert sorted(one.minutes for one in records.list.chosen()) == [60, 90]
        counter.press(Qt.Key.Key_F9)
        assert sorted(one.minutes for one in records.list.chosen()) == [30, 60, 90]
        counter.press(Qt.Key.Key_F8)
        assert sorted(one.minutes for one in records.list.chosen()) == [60, 90]
        records.choose("last_year")
        assert records.value() == ()
        records.choose("this_year")
        assert len(records.value()) == 3

    def test_typing_another_name_forgets_the_records(self, counter: Counter) -> None:
        counter.find("wangxm")
        counter.press((Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier), "l")
        assert counter.making.draft() is None
        counter.until(lambda: not counter.side.paper.pdf())

    def test_somebody_without_records_is_told_so(self, station: Station, counter: Counter) -> None:
        make.volunteer(station.desk, "李秀英", phone="13711112222")
        counter.press("lixy", ENTER)
        counter.until(lambda: "还没有服务记录" in counter.making.records._empty._sentence.accessibleName())
        assert not counter.making.issue.isEnabled()


class TestIssuing:
    def test_the_whole_way_by_keys(self, counter: Counter, wang: Id) -> None:
        counter.find("wangxm")
        counter.press(ENTER)
        assert counter.making.in_charge.hasFocus()
        counter.say("孙站长")
        counter.press(ENTER)
        assert counter.making.consent.hasFocus()
        counter.press(SPACE, ENTER)
        assert counter.making.issue.hasFocus()
        counter.press(ENTER)
        counter.until(lambda: bool(counter.entries(wang)))
        counter.until(lambda: counter.side.entry is not None)
        (entry,) = counter.entries(wang)
        assert counter.side.number.text() == entry.number
        assert entry.minutes == 150
        counter.until(lambda: entry.number in counter.paper())
        assert "孙站长" in counter.paper()
        assert counter.making.person.hasFocus()
        assert counter.making.person.text() == ""
        assert counter.making.in_charge.value() == "孙站长"

    def test_without_consent_it_is_refused_under_the_tick_until_it_is_ticked(
        self, counter: Counter, wang: Id
    ) -> None:
        counter.find("wangxm")
        row = counter.making.form.row_of(counter.making.consent)
        counter.press(SAVE)
        counter.until(row.refusal.isVisible)
        assert counter.making.consent.hasFocus()
        assert counter.entries(wang) == ()
        counter.press(SPACE)
        assert not row.refusal.isVisible()
        counter.press(SAVE)
        counter.until(lambda: len(counter.entries(wang)) == 1)

    def test_the_next_volunteer_begins_with_another_certificate(self, counter: Counter, wang: Id) -> None:
        for count in (1, 2):
            counter.find("wangxm")
            counter.making.consent.set_value(True)
            counter.press(SAVE)
            counter.until(partial(lambda wanted: len(counter.entries(wang)) == wanted, count))
            counter.until(counter.making.person.hasFocus)
        numbers = [entry.number for entry in counter.entries(wang)]
        assert len(set(numbers)) == 2

    def test_undo_makes_it_void(self, counter: Counter, wang: Id) -> None:
        counter.find("wangxm")
        counter.making.consent.set_value(True)
        counter.press(SAVE)
        counter.until(lambda: counter.side.entry is not None)
        counter.press((Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier))
        counter.until(lambda: counter.entries(wang)[0].voided_on is not None)
        assert counter.entries(wang)[0].void_reason == "开错了，撤销"


def test_a_locked_one_is_opened_by_an_administrator_with_a_reason(station: Station, qtbot: QtBot) -> None:
    person = make.volunteer(station.desk, "王小明")
    certificate, _number = issued(station.desk, person)
    erase_person(
        station.sit(Role.ADMINISTRATOR),
        ErasePerson(person=person, reason=ErasureReason.ASKED, typed_name="王小明"),
    )
    with open_window(station.desk, SCREEN) as opened:
        opened.frame.start()
        screen = opened.screen()
        assert isinstance(screen, CertificatesScreen)
        opened.frame.go("certificates", certificate)
        qtbot.waitUntil(screen.side.unlock.isVisible)
        assert not screen.side.print.isVisible() and not screen.side.paper.pdf()
        screen.side.unlock.click()
        overlay = opened.window.findChildren(QuestionOverlay)[-1]
        overlay.findChildren(Chip)[1].click()
        next(button for button in overlay.findChildren(Button) if button.kind == "primary").click()
        qtbot.waitUntil(lambda: bool(screen.side.paper.pdf()))


class TestRegister:
    def test_f6_shows_it_and_each_paper_as_one_walks(self, counter: Counter, wang: Id) -> None:
        first = issued(counter.desk, wang)
        second = issued(counter.desk, make.volunteer(counter.desk, "李秀英", phone="13711112222"))
        counter.register.refresh()
        counter.press(Qt.Key.Key_F6)
        counter.until(lambda: counter.register.table.total() == 2)
        counter.register.start()
        counter.press(Qt.Key.Key_Home)
        counter.until(lambda: counter.side.number.text() == second[1])
        counter.press(Qt.Key.Key_Down)
        counter.until(lambda: counter.side.number.text() == first[1])
        counter.until(lambda: first[1] in counter.paper() if counter.side.paper.pdf() else False)

    def test_is_searched_by_name_and_number(self, counter: Counter, wang: Id) -> None:
        _first, number = issued(counter.desk, wang)
        issued(counter.desk, make.volunteer(counter.desk, "李秀英", phone="13711112222"))
        counter.press(Qt.Key.Key_F6, (Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier), "wangxm")
        counter.until(lambda: counter.register.table.total() == 1)
        counter.press(ENTER)
        counter.until(lambda: counter.side.number.text() == number)
        counter.register.search.setFocus()
        counter.register.search.selectAll()
        counter.press("A1000009")
        counter.until(counter.register.empty.isVisible)
        assert counter.side.entry is None

    def test_a_scanned_code_says_what_the_paper_is_worth(self, counter: Counter, wang: Id) -> None:
        _certificate, number = issued(counter.desk, wang)
        with reading(counter.desk.engine) as connection:
            row = storage.with_number(connection, number)
        assert row is not None
        payload = qr_payload(Seal(row.number, row.content_hash, row.signature)).decode()
        counter.press(Qt.Key.Key_F6)
        counter.register.search.setFocus()
        counter.press(payload, ENTER)
        counter.until(counter.register._verdict.isVisible)
        assert "是真的" in counter.register._verdict.accessibleName()
        counter.until(lambda: counter.side.number.text() == number)
        counter.press("YZ1.forged", ENTER)
        counter.until(lambda: "不是证明上的二维码" in counter.register._verdict.accessibleName())

    def test_one_with_a_revoked_record_should_be_void(self, counter: Counter, wang: Id) -> None:
        service = make.approved(counter.desk, wang, make.at(17), 30)
        certificate, _number = issued(counter.desk, wang, service)
        reverse_service(counter.desk, ServiceReason(service=service, reason="重复"))
        assert SCREEN.waiting is not None
        assert SCREEN.waiting(counter.desk) == certificates_to_void(counter.desk, None) == 1
        counter.screen.go_to(certificate)
        counter.until(lambda: counter.side.entry is not None)
        assert counter.side._trouble.isVisible()

    def test_void_asks_why_and_stays_listed(self, counter: Counter, wang: Id) -> None:
        certificate, number = issued(counter.desk, wang)
        counter.screen.go_to(certificate)
        counter.until(lambda: counter.side.entry is not None)
        counter.press(Qt.Key.Key_Delete)
        counter.ask()
        counter.press(SAVE)
        assert counter.entries(wang)[0].voided_on is None  # without a reason nothing happens
        counter.press(SPACE, SAVE)
        counter.until(lambda: counter.entries(wang)[0].standing is Standing.VOID)
        assert counter.entries(wang)[0].void_reason == "信息写错了"
        counter.until(lambda: not counter.side.void.isVisible())
        assert counter.side.number.text() == number
        assert counter.register.table.total() == 1

    def test_reissue_replaces_the_old_one_and_wants_a_reason(self, counter: Counter, wang: Id) -> None:
        service = make.approved(counter.desk, wang, make.at(17), 30)
        certificate, number = issued(counter.desk, wang, service)
        counter.screen.go_to(certificate)
        counter.until(lambda: counter.side.entry is not None)
        counter.press("r")
        counter.until(lambda: bool(counter.making.records.value()))
        assert counter.making.records.value() == (service,)
        counter.making.consent.set_value(True)
        counter.press(SAVE)
        row = counter.making.form.row_of(counter.making.reason)
        counter.until(row.refusal.isVisible)
        counter.say("名字写错了")
        counter.press(SAVE)
        counter.until(lambda: len(counter.entries(wang)) == 2)
        old = next(entry for entry in counter.entries(wang) if entry.number == number)
        assert (old.standing, old.void_reason, bool(old.replaced_by)) == (Standing.VOID, "名字写错了", True)
        counter.until(lambda: counter.side.number.text() == old.replaced_by)

    def test_a_reissue_can_be_given_up(self, counter: Counter, wang: Id) -> None:
        certificate, _number = issued(counter.desk, wang)
        counter.screen.go_to(certificate)
        counter.until(lambda: counter.side.entry is not None)
        counter.press("r")
        counter.until(lambda: bool(counter.making.records.value()))
        counter.making._keep.click()
        assert counter.making.person.isEnabled()
        assert counter.making.request() is None
        assert counter.entries(wang)[0].voided_on is None


class TestPaper:
    def test_a_print_that_cannot_be_made_is_not_counted(self, counter: Counter, wang: Id) -> None:
        certificate, _number = issued(counter.desk, wang)
        counter.screen.go_to(certificate)
        counter.until(lambda: counter.side.entry is not None)
        assert counter.side.print.text() == "补打"
        counter.press(PRINT)
        counter.until(lambda: "还没有打印机" in counter.opened.frame.banner.sentence())
        assert counter.entries(wang)[0].copies == 0

    def test_printing_again_is_counted_and_marked(self, counter: Counter, wang: Id) -> None:
        certificate, _number = issued(counter.desk, wang)
        given: list[bytes] = []
        counter.screen.deeds.reprint(certificate, given.append)
        counter.until(lambda: bool(given))
        assert "补打" in text_of(given[0])
        assert counter.entries(wang)[0].copies == 1

    def test_the_first_print_is_not_marked(self, counter: Counter, wang: Id) -> None:
        counter.find("wangxm")
        counter.making.consent.set_value(True)
        counter.press(SAVE)
        counter.until(lambda: counter.side.entry is not None)
        assert counter.side.print.text() == "打印"
        counter.screen.deeds.printed(counter.entries(wang)[0])
        assert counter.side.print.text() == "补打"
        assert counter.entries(wang)[0].copies == 0

    def test_it_is_kept_as_a_file_where_the_clerk_says(
        self, counter: Counter, wang: Id, tmp_path: Path
    ) -> None:
        counter.find("wangxm")
        counter.making.consent.set_value(True)
        counter.press(SAVE)
        counter.until(lambda: counter.side.entry is not None)
        number = counter.entries(wang)[0].number
        first, second = counter.keep(tmp_path / "first.pdf"), counter.keep(tmp_path / "second.pdf")
        assert number in first and "补打" not in first
        assert number in second and "补打" in second
        assert counter.entries(wang)[0].copies == 1
        assert counter.side.print.text() == "补打"

    def test_a_void_one_is_kept_as_it_is(self, counter: Counter, wang: Id, tmp_path: Path) -> None:
        certificate, _number = issued(counter.desk, wang)
        void_certificate(counter.desk, VoidCertificate(certificate=certificate, reason="重复开了"))
        counter.screen.go_to(certificate)
        counter.until(lambda: counter.side.entry is not None)
        assert "补打" not in counter.keep(tmp_path / "void.pdf")
        assert counter.entries(wang)[0].copies == 0

    def test_the_number_is_copied(self, counter: Counter, wang: Id) -> None:
        certificate, number = issued(counter.desk, wang)
        counter.screen.go_to(certificate)
        counter.until(lambda: counter.side.entry is not None)
        counter.side.copy.click()
        assert QGuiApplication.clipboard().text() == number


class TestScreen:
    def test_another_screen_brings_a_person(self, counter: Counter, wang: Id) -> None:
        counter.screen.go_to(wang)
        counter.until(lambda: bool(counter.making.records.value()))
        assert counter.making.person.value() == wang
        assert counter.making.records.list.hasFocus()

    def test_what_happens_elsewhere_keeps_the_ticks(self, counter: Counter, wang: Id) -> None:
        counter.screen.go_to(wang)
        counter.until(lambda: bool(counter.making.records.value()))
        counter.press(Qt.Key.Key_End, SPACE)
        ticked = counter.making.records.value()
        make.approved(counter.desk, wang, make.at(18), 30)
        counter.screen.refresh(frozenset({"service"}))
        counter.until(lambda: len(counter.making.records.list.rows.rows) == 5)
        assert counter.making.records.value() == ticked

    def test_auditors_read_the_register_without_papers(
        self, station: Station, wang: Id, qtbot: QtBot
    ) -> None:
        issued(station.desk, wang)
        station.sit(Role.AUDITOR)
        with open_window(station.desk, SCREEN) as opened:
            counter = Counter(opened, station.desk, qtbot)
            counter.until(lambda: counter.side.entry is not None)
            assert counter.register.isVisible()
            assert counter.side.paper.pdf() == b""
            for button in (counter.side.print, counter.side.save, counter.side.reissue, counter.side.void):
                assert not button.isVisible()
            told = [help_.keys for help_ in Screen.keys(counter.screen)]
            assert set(told).isdisjoint({"R", "Delete", "Ctrl+Enter"})

    def test_in_a_narrow_large_window_one_half_is_shown_at_a_time(
        self, station: Station, wang: Id, qtbot: QtBot
    ) -> None:
        with open_window(station.desk, SCREEN, size=(1024, 540), kept={"large": "true"}) as opened:
            counter = Counter(opened, station.desk, qtbot)
            counter.until(lambda: not counter.side.isVisible())
            counter.screen.go_to(wang)
            counter.until(lambda: bool(counter.making.records.value()))
            counter.press(Qt.Key.Key_F7)
            assert (counter.side.isVisible(), counter.making.isVisible()) == (True, False)
            counter.press(Qt.Key.Key_Escape)
            assert (counter.side.isVisible(), counter.making.isVisible()) == (False, True)
            assert theme.large
