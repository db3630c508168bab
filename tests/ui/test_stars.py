"""A review of stars by keys and clicks: the real window on the real encrypted database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from pytestqt.qtbot import QtBot

from app.actions.audit import AuditGroup, AuditQuery, audit_trail
from app.actions.desk import new_id
from app.actions.erasure import ErasePerson, erase_person
from app.actions.printers import ChoosePrinter, choose_printer
from app.actions.services import ServiceReason, reverse_service
from app.actions.star_review import star_awards_of, star_round_view, star_rounds
from app.actions.star_rounds import (
    RaiseStarObjection,
    award_stars,
    give_up_star_round,
    raise_star_objection,
)
from app.domain.erasure import ErasureReason
from app.domain.printers import PaperKind
from app.domain.staff import Role
from app.domain.star_rounds import Stage
from app.facts import Id
from tests.support import star_rounds as reviews
from tests.support.desk import Station
from tests.support.hands import CTRL, Hands, signpost
from tests.support.star_rounds import AFTER
from tests.support.window import open_window
from ui.parts.buttons import Button
from ui.parts.printing import look_for_printers
from ui.parts.question import QuestionOverlay
from ui.screens.stars import SCREEN
from ui.screens.stars.forms import ObjectionForm, OpenForm
from ui.screens.stars.screen import StarsScreen

WENT: list[Id] = []


class Reviewer(Hands):
    """At the screen of stars."""

    @property
    def screen(self) -> StarsScreen:
        shown = self.opened.screen()
        assert isinstance(shown, StarsScreen)
        return shown

    def rows(self) -> list[tuple[str, str]]:
        """Headings, and who with their state."""
        return [
            (row.title, row.state.word if row.state is not None else "") for row in self.screen.list.rows.rows
        ]

    def stage(self) -> Stage | None:
        return self.screen.view.entry.stage if self.screen.view is not None else None

    def point(self, kind: str, object_id: Id) -> None:
        self.screen.list.set_value((kind, object_id))
        self.settle()

    def said(self) -> str:
        return str(self.screen.standing.accessibleName())


@contextmanager
def sitting(station: Station, qtbot: QtBot, role: Role = Role.CLERK) -> Iterator[Reviewer]:
    WENT.clear()
    station.sit(role)
    around = [signpost(key, WENT) for key in ("services", "volunteers")]
    with open_window(station.desk, SCREEN, *around) as opened:
        opened.frame.start()
        hands = Reviewer(opened, qtbot)
        hands.settle()
        yield hands


@pytest.fixture
def wang(station: Station) -> Id:
    """王小明, with two hours in one record: two stars by the table."""
    reviews.set_table(station.desk)
    return reviews.two_stars(station.desk, 120)


@pytest.fixture
def li(station: Station, wang: Id) -> Id:
    return reviews.one_star(station.desk)


@pytest.fixture
def opened(station: Station, wang: Id, li: Id) -> Id:
    return reviews.opened(station.desk)


@pytest.fixture
def posted(station: Station, wang: Id, li: Id) -> Id:
    return reviews.posted(station.desk)


def test_a_station_without_a_review_is_told_how_to_begin(
    station: Station, qtbot: QtBot, wang: Id, li: Id
) -> None:
    with sitting(station, qtbot) as clerk:
        clerk.enter()
        form = clerk.overlay(OpenForm)
        assert form.cut_off.echo() == "2026年3月31日"
        form.cut_off.setFocus()
        form.cut_off.selectAll()
        clerk.write("2026-4-6")
        clerk.save()
        clerk.until(lambda: clerk.stage() is Stage.REVIEW)
        assert clerk.rows() == [("二星，1 位", ""), ("王*明", "拟评"), ("一星，1 位", ""), ("李*芳", "拟评")]
        assert clerk.news() == "提名 2 位，逐个看一看"
        assert clerk.screen.list.hasFocus(), "the arrows walk through them"
        number = clerk.screen.list.rows.rows[1].details[-1]
        assert [len(four) for four in number.split(" ")] == [4, 4, 4, 4]


def test_a_cut_off_date_to_come_is_refused_under_its_field(station: Station, qtbot: QtBot, wang: Id) -> None:
    with sitting(station, qtbot) as clerk:
        clerk.key(Qt.Key.Key_N, CTRL)
        form = clerk.overlay(OpenForm)
        form.cut_off.set_value("2026-5-1")
        clerk.save()
        row = form.form.row_of(form.cut_off)
        clerk.until(row.refusal.isVisible)
        assert star_rounds(station.desk, None) == ()


def test_a_review_that_a_colleague_opens_is_shown(station: Station, qtbot: QtBot, opened: Id) -> None:
    give_up_star_round(station.sit(Role.CLERK), opened)
    with sitting(station, qtbot, Role.ADMINISTRATOR) as administrator:
        assert administrator.stage() is Stage.GIVEN_UP
        reviews.opened(station.desk)
        administrator.opened.jobs.changed.emit(frozenset({"star_round"}))
        administrator.until(lambda: administrator.stage() is Stage.REVIEW)


def test_nothing_is_offered_before_the_review_is_read(station: Station, qtbot: QtBot, opened: Id) -> None:
    station.sit(Role.CLERK)
    with open_window(station.desk, SCREEN) as window:
        clerk = Reviewer(window, qtbot)
        with clerk.while_it_is_slow():
            window.frame.go("stars")
            assert not any(button.isVisible() for button in clerk.screen.findChildren(Button))
        clerk.until(lambda: clerk.screen.post.isVisible())
        assert clerk.screen.list.hasFocus()


class TestTheReview:
    def test_opens_the_records_behind_a_star(self, station: Station, qtbot: QtBot, opened: Id) -> None:
        with sitting(station, qtbot) as clerk:
            records = clerk.screen.pane.records
            clerk.until(lambda: len(records.rows.rows) == 1)
            assert records.rows.rows[0].right == "2 小时"
            records.setFocus()
            clerk.enter()
            assert clerk.opened.frame.current() == "services"
            assert len(WENT) == 1

    def test_x_takes_somebody_out_and_back(self, station: Station, qtbot: QtBot, opened: Id, li: Id) -> None:
        with sitting(station, qtbot) as clerk:
            clerk.point("person", li)
            clerk.key(Qt.Key.Key_X)
            clerk.answer("重复登记")
            clerk.until(lambda: ("李*芳", "移出了") in clerk.rows())
            assert ("一星，0 位", "") in clerk.rows()
            clerk.key(Qt.Key.Key_X)
            clerk.until(lambda: ("李*芳", "拟评") in clerk.rows())

    def test_a_revocation_shows_and_keeps_the_list_back(
        self, station: Station, qtbot: QtBot, opened: Id, wang: Id
    ) -> None:
        with sitting(station, qtbot) as clerk:
            clerk.until(lambda: clerk.screen.pane.records.rows.rows)
            service = clerk.screen.pane.records.rows.rows[0].value
            request = ServiceReason(service=service, reason="重复")
            clerk.opened.jobs.run(clerk.screen, reverse_service, request, done=lambda _nothing: None)
            clerk.until(lambda: ("王*明", "核减后不足") in clerk.rows())
            assert clerk.screen.trouble.isVisible()
            clerk.key(Qt.Key.Key_Return, CTRL)
            clerk.answer("")
            clerk.until(clerk.screen.refusal.isVisible)
            assert clerk.stage() is Stage.REVIEW

    def test_ctrl_enter_posts_the_list(self, station: Station, qtbot: QtBot, opened: Id) -> None:
        with sitting(station, qtbot) as clerk:
            clerk.key(Qt.Key.Key_Return, CTRL)
            clerk.overlay(QuestionOverlay)
            clerk.answer("")
            clerk.until(lambda: clerk.stage() is Stage.NOTICE)
            assert clerk.news() == "公示到2026年4月10日，名单印出来贴上墙"
            assert not clerk.screen.award.isVisible()

    def test_it_can_be_ended_without_an_award(self, station: Station, qtbot: QtBot, opened: Id) -> None:
        with sitting(station, qtbot) as clerk:
            clerk.click(clerk.screen.end)
            clerk.answer("")
            clerk.until(lambda: clerk.stage() is Stage.GIVEN_UP)
            assert clerk.said() == "2026年4月7日由陈芳结束，没有授星。"
            assert clerk.screen.begin_button.isVisible()


class TestTheNotice:
    def test_o_writes_an_objection_down_and_a_answers_it(
        self, station: Station, qtbot: QtBot, posted: Id, li: Id
    ) -> None:
        with sitting(station, qtbot) as clerk:
            clerk.point("person", li)
            clerk.key(Qt.Key.Key_O)
            form = clerk.overlay(ObjectionForm)
            clerk.save()
            clerk.until(form.form.row_of(form.words).refusal.isVisible)
            form.words.setFocus()
            clerk.say("没见她来过")
            clerk.save()
            clerk.until(lambda: ("李*芳", "等答复") in clerk.rows())
            objection = star_round_view(station.desk, posted).objections[0]
            clerk.point("objection", objection.id)
            clerk.key(Qt.Key.Key_A)
            question = clerk.overlay(QuestionOverlay)
            question._give(question.question.answers[0])  # without a reason nothing happens
            assert question.isVisible()
            clerk.answer("查过了，记录齐全")
            clerk.until(lambda: ("李*芳", "不成立") in clerk.rows())

    def test_the_notice_is_kept_as_a_pdf(
        self, station: Station, qtbot: QtBot, posted: Id, tmp_path: Path
    ) -> None:
        with sitting(station, qtbot) as clerk:
            clerk.key(Qt.Key.Key_S, CTRL)
            assert clerk.kept_at(tmp_path / "notice.pdf").startswith(b"%PDF")

    def test_an_administrator_awards_when_it_is_over(
        self, station: Station, qtbot: QtBot, posted: Id, wang: Id
    ) -> None:
        station.clock.now += AFTER
        with sitting(station, qtbot, Role.ADMINISTRATOR) as clerk:
            assert clerk.screen.award.isVisible()
            clerk.key(Qt.Key.Key_Return, CTRL)
            clerk.answer("")
            clerk.until(lambda: clerk.stage() is Stage.AWARDED)
            assert ("王*明", "已授") in clerk.rows()
            assert clerk.news() == "授星 2 位，证书可以印了"
        [star] = star_awards_of(station.desk, wang)
        assert star.level == 2

    def test_only_another_day_lays_the_list_anew(self, station: Station, qtbot: QtBot, posted: Id) -> None:
        with sitting(station, qtbot, Role.ADMINISTRATOR) as hands:
            laid = hands.screen.list.rows.rows
            hands.screen.app.minute_passed.emit()
            hands.settle()
            assert hands.screen.list.rows.rows is laid
            assert not hands.screen.award.isVisible()
            station.clock.now += AFTER
            hands.screen.app.minute_passed.emit()
            hands.settle()
            assert hands.screen.award.isVisible()

    def test_who_was_erased_before_the_award_is_not_proposed_any_more(
        self, station: Station, qtbot: QtBot, posted: Id, li: Id
    ) -> None:
        request = ErasePerson(person=li, reason=ErasureReason.ASKED, typed_name="李晓芳")
        erase_person(station.sit(Role.ADMINISTRATOR), request)
        station.clock.now += AFTER
        award_stars(station.desk, posted)
        with sitting(station, qtbot) as clerk:
            assert ("已删除", "没有授") in clerk.rows()

    def test_a_clerk_is_told_who_awards(self, station: Station, qtbot: QtBot, posted: Id) -> None:
        station.clock.now += AFTER
        with sitting(station, qtbot) as clerk:
            assert clerk.said() == "公示已于2026年4月10日结束。评定是您发起的，请另一位管理员来授星。"
            assert not clerk.screen.award.isVisible()

    def test_open_objections_come_before_the_award(
        self, station: Station, qtbot: QtBot, posted: Id, li: Id
    ) -> None:
        request = RaiseStarObjection(star_round=posted, person=li, objection=new_id(), words="不实")
        raise_star_objection(station.desk, request)
        station.clock.now += AFTER
        with sitting(station, qtbot, Role.ADMINISTRATOR) as clerk:
            assert not clerk.screen.award.isVisible()
            assert clerk.screen.trouble.isVisible()


class TestAwards:
    @pytest.fixture
    def awarded(self, station: Station, posted: Id) -> Id:
        station.clock.now += AFTER
        award_stars(station.sit(Role.ADMINISTRATOR), posted)
        return posted

    def test_delete_takes_one_back_with_a_reason(
        self, station: Station, qtbot: QtBot, awarded: Id, wang: Id
    ) -> None:
        with sitting(station, qtbot, Role.ADMINISTRATOR) as clerk:
            clerk.point("person", wang)
            clerk.key(Qt.Key.Key_Delete)
            clerk.answer("核减后不足")
            clerk.until(lambda: ("王*明", "已撤销") in clerk.rows())
        assert star_awards_of(station.desk, wang) == ()

    def test_nobody_else_takes_one_back(self, station: Station, qtbot: QtBot, awarded: Id) -> None:
        with sitting(station, qtbot) as clerk:
            assert not clerk.screen.pane.revoke.isVisibleTo(clerk.screen.pane)
            assert clerk.screen.print.text() == "打印证书"

    def test_an_auditor_only_looks(self, station: Station, qtbot: QtBot, awarded: Id) -> None:
        with sitting(station, qtbot, Role.AUDITOR) as clerk:
            assert ("王*明", "已授") in clerk.rows()
            for button in (clerk.screen.print, clerk.screen.save, clerk.screen.begin_button):
                assert not button.isVisible()


def test_it_stands_beneath_the_volunteers(station: Station, qtbot: QtBot, opened: Id, wang: Id) -> None:
    with sitting(station, qtbot) as clerk:
        rail = clerk.opened.frame._rail
        assert "stars" not in rail.waiting()
        clerk.key(Qt.Key.Key_V)
        assert (clerk.opened.frame.current(), WENT) == ("volunteers", [wang])
        clerk.opened.frame.go("stars", opened)
        clerk.settle()
        assert clerk.opened.frame.current() == "stars"
        clerk.key(Qt.Key.Key_Escape)
        assert clerk.opened.frame.current() == "volunteers"


@pytest.mark.qt_log_ignore("QPainter::begin|QPrinter::setPrinterName")
class TestPrinters:
    """Notice and certificates go to the printers that were chosen for them on this PC; nothing is plugged in here."""

    @pytest.fixture(autouse=True)
    def one_printer(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["HP-2"])
        look_for_printers()
        yield
        look_for_printers()

    def print_with(self, station: Station, qtbot: QtBot, paper: PaperKind) -> bool:
        """Print what there is, with a printer chosen for ``paper`` alone; whether it was asked where."""
        choose_printer(station.sit(Role.CLERK), ChoosePrinter(paper=paper, printer="HP-2", copies=1))
        with sitting(station, qtbot) as clerk:
            clerk.screen.print.click()
            clerk.settle()
            dialogs = clerk.opened.window.findChildren(QPrintDialog)
            for dialog in dialogs:
                dialog.reject()
            assert bool(dialogs) is not clerk.news().startswith("打印机没有应答")
            return bool(dialogs)

    def printed(self, station: Station) -> list[str]:
        trail = audit_trail(station.sit(Role.AUDITOR), AuditQuery(group=AuditGroup.TAKEN_OUT))
        return [entry.object for entry in trail.entries]

    def test_a_notice(self, station: Station, qtbot: QtBot, posted: Id) -> None:
        assert not self.print_with(station, qtbot, PaperKind.STAR_NOTICE)
        assert self.printed(station) == [f"star_round:{posted}"]

    def test_a_notice_without_one_is_asked_for(self, station: Station, qtbot: QtBot, posted: Id) -> None:
        assert self.print_with(station, qtbot, PaperKind.STAR_CERTIFICATE)
        assert self.printed(station) == []

    def test_certificates(self, station: Station, qtbot: QtBot, posted: Id) -> None:
        station.clock.now += AFTER
        award_stars(station.sit(Role.ADMINISTRATOR), posted)
        assert not self.print_with(station, qtbot, PaperKind.STAR_CERTIFICATE)
        assert self.printed(station) == [f"star_round:{posted}"]

    def test_certificates_without_one_are_asked_for(self, station: Station, qtbot: QtBot, posted: Id) -> None:
        station.clock.now += AFTER
        award_stars(station.sit(Role.ADMINISTRATOR), posted)
        assert self.print_with(station, qtbot, PaperKind.STAR_NOTICE)
