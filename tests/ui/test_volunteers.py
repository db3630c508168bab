"""The list of people, their figures and their cards, by keys and clicks: the real window on the real database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.actions.audit import AuditQuery, audit_trail
from app.actions.certificates import CertificateDraft, IssueCertificate, issue_certificate
from app.actions.desk import Desk
from app.actions.hours import HoursQuery, hours_of, total_minutes
from app.actions.people import Brings, LeaveVolunteering, Sensitive, leave_volunteering
from app.actions.people_list import Who
from app.actions.services import ApproveServices, approve_services, record_services
from app.actions.star_rounds import OpenStarRound, award_stars, open_star_round, post_star_notice
from app.domain.staff import Role
from app.facts import Id
from app.facts.policies import PolicySet
from app.storage.ids import new_id
from tests.printing import papers
from tests.support import served
from tests.support.desk import REGION, Station
from tests.support.hands import CTRL, SHIFT, signpost
from tests.support.people import order, resident, team, volunteer
from tests.support.recording import record_facts
from tests.support.register import WENT, Clerk
from tests.support.window import open_window
from ui.parts.empty import Empty
from ui.parts.photos import LargePhoto, PhotoOverlay, PhotoThumb
from ui.parts.question import QuestionOverlay
from ui.parts.timeline import Timeline
from ui.screens.volunteers import SCREEN
from ui.theme import theme


def worked(desk: Desk, name: str = "赵晓燕") -> Id:
    """A volunteer with an hour and a half for an order, and two hours without one."""
    person = served.volunteer(desk, name)
    asked = served.accepted_order(desk, person=resident(desk, "王秀英"))
    lines = served.served(person, served.at(9), 90), served.served(person, served.at(14), 120)
    record_services(desk, served.what(lines[0], order=asked, content="买米送到家"))
    record_services(desk, served.what(lines[1], activity="清洁家园", content="打扫河道"))
    approve_services(desk, ApproveServices(services=tuple(line.service for line in lines)))
    return person


# --- the register


def test_the_register_is_masked_and_in_chinese_order(qtbot: QtBot, desk: Desk) -> None:
    for name in ("曾小贤", "安然", "尉迟恭"):
        volunteer(desk, name)
    resident(desk, "王秀英")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.until(lambda: clerk.names() == ["安*", "尉迟*", "曾*贤"])
        assert clerk.pointed() == "安然"
        clerk.key(Qt.Key.Key_Down)
        assert clerk.screen.register.table().hasFocus()
        clerk.key(Qt.Key.Key_Down)
        clerk.until(lambda: clerk.pointed() == "尉迟恭")


def test_who_comes_here_types_a_name_and_no_letter_is_a_key(qtbot: QtBot, desk: Desk) -> None:
    volunteer(desk, "曾小贤")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.until(lambda: clerk.names() == ["曾*贤"])
        clerk.write("ce")
        assert clerk.screen.filters.search.text() == "ce"


def test_typing_finds_and_escape_goes_back(qtbot: QtBot, desk: Desk) -> None:
    for name in ("曾小贤", "安然"):
        volunteer(desk, name)
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.key(Qt.Key.Key_F, CTRL)
        clerk.write("zxx")
        clerk.until(lambda: clerk.names() == ["曾*贤"])
        clerk.enter()
        assert clerk.screen.register.table().hasFocus()
        clerk.until(lambda: clerk.pointed() == "曾小贤")
        clerk.key(Qt.Key.Key_F, CTRL)
        clerk.key(Qt.Key.Key_Escape)
        clerk.until(lambda: len(clerk.names()) == 2)
        clerk.key(Qt.Key.Key_Escape)
        assert clerk.screen.register.table().hasFocus()


def test_residents_and_everybody_are_a_key_away(qtbot: QtBot, desk: Desk) -> None:
    volunteer(desk, "安然")
    gone = volunteer(desk, "赵云")
    leave_volunteering(desk, LeaveVolunteering(person=gone, reason="搬走了"))
    resident(desk, "王秀英", address="桃源村 2 组 5 号")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.screen.filters.who.setFocus()
        clerk.key(Qt.Key.Key_Right)
        clerk.until(lambda: clerk.names() == ["王*英", "赵*"])
        table = clerk.screen.register.table()
        shown = [table.model().index(1, column).data() for column in range(7)]
        assert shown[3] == "曾是志愿者"
        assert table.model().index(0, 5).data() == "桃源村***"
        clerk.key(Qt.Key.Key_Right)
        clerk.until(lambda: clerk.names() == ["安*", "王*英", "赵*"])


def test_the_list_is_narrowed_and_says_so_when_nobody_is_left(qtbot: QtBot, desk: Desk) -> None:
    barber = volunteer(desk, "张军", brings=Brings(categories=("haircut",)), region=REGION)
    volunteer(desk, "李梅")
    squad = team(desk, "爱心理发队", barber)
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        choices = clerk.screen.filters.choices
        clerk.key(Qt.Key.Key_F3)
        assert choices.team.hasFocus()
        clerk.key(Qt.Key.Key_Down)
        clerk.until(lambda: clerk.names() == ["张*"])
        assert choices.team.value() == squad
        for choice, value in ((choices.region, REGION), (choices.category, "haircut")):
            choice.set_value(value)
            choice.edited.emit()
        clerk.settle()
        assert clerk.names() == ["张*"]
        choices.stars.set_value(5)
        choices.stars.edited.emit()
        empty = clerk.screen.register._none_found
        clerk.until(empty.isVisible)
        assert isinstance(empty, Empty)
        assert clerk.screen.pane_widget() is clerk.screen.pane
        clerk.click(empty.button)
        clerk.until(lambda: len(clerk.names()) == 2 and clerk.screen.register.table().isVisible())
        assert not choices.isVisible()


def test_an_empty_register_teaches(clerk: Clerk) -> None:
    assert clerk.screen.register._nobody.isVisible()
    assert clerk.screen.register._nobody.button.hasFocus()
    assert clerk.screen.pane_widget() is None
    clerk.enter()
    assert clerk.screen.form.form.name.hasFocus()


def test_width_order_and_row_are_remembered(qtbot: QtBot, desk: Desk) -> None:
    for name in ("曾小贤", "安然", "尉迟恭"):
        volunteer(desk, name)
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.screen.register.table().order_by("name", True)
        clerk.until(lambda: clerk.names()[0] == "曾*贤")
        clerk.key(Qt.Key.Key_End)
        clerk.until(lambda: clerk.pointed() == "安然")
        kept = dict(opened.frame.remembered._kept)
    with open_window(desk, SCREEN, kept=kept) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.until(lambda: clerk.pointed() == "安然")
        assert clerk.names() == ["曾*贤", "尉迟*", "安*"]


def test_somebody_searched_for_is_shown_even_outside_the_list(qtbot: QtBot, desk: Desk) -> None:
    volunteer(desk, "安然")
    mother = resident(desk, "王秀英")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(mother)
        assert clerk.pointed() == "王秀英"
        assert not clerk.screen.pane.has_figure("hours")
        assert clerk.figure("orders") == "0 单"
        orders = clerk.screen.pane._figures["orders"]
        assert orders.x() == clerk.screen.pane.edit.x(), "no hole where a volunteer has more figures"
        clerk.until(lambda: clerk.screen.register.person() == mother)
        assert clerk.screen.filters.who.value() is Who.RESIDENTS


def test_the_screen_opens_at_who_was_searched_for(qtbot: QtBot, desk: Desk) -> None:
    volunteer(desk, "安然")
    last = volunteer(desk, "赵晓燕")
    with open_window(desk, signpost("board", WENT), SCREEN) as opened:
        opened.frame.go("volunteers", last)
        clerk = Clerk(opened, qtbot)
        clerk.until(lambda: clerk.screen.register.person() == last)
        clerk.settle()
        assert clerk.pointed() == "赵晓燕"


# --- figures and evidence


def test_figures_open_their_rows_down_to_the_evidence(qtbot: QtBot, desk: Desk) -> None:
    person = worked(desk)
    with open_window(desk, SCREEN, signpost("board", WENT)) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        assert [clerk.figure(name) for name in ("hours", "points", "stars", "certificates")] == [
            "3 小时 30 分",
            "3.5 分",
            "还没有",
            "0 份",
        ]
        clerk.key(Qt.Key.Key_1)
        ledgers = clerk.screen.ledgers
        clerk.until(lambda: ledgers.table().total() == 2)
        assert ledgers.table().hasFocus()
        clerk.until(lambda: clerk.screen.pane_widget() is clerk.screen.record)
        said = {line.label: line.words for line in clerk.screen.record.view.facts.lines()}
        assert said["时间"] == "2026年4月6日 14:00—16:00"
        assert said["记录"] == "陈芳　2026年4月7日 09:00"
        assert (said["计入"], said["审核人"]) == ("2 小时，积 2 分", "陈芳　2026年4月7日 09:00")
        clerk.key(Qt.Key.Key_Down)
        clerk.until(lambda: any(line.label == "订单" for line in clerk.screen.record.view.facts.lines()))
        clerk.enter()
        clerk.enter()
        assert len(WENT) == 1


def test_a_star_says_since_when_and_by_which_review(qtbot: QtBot, station: Station) -> None:
    table = PolicySet(policy="stars", value='{"hours": [1, 10]}', valid_from=date(2026, 1, 1))
    record_facts(station.desk, table)
    person, star_round = worked(station.desk), new_id()
    open_star_round(station.desk, OpenStarRound(star_round=star_round, cut_off=date(2026, 4, 6)))
    post_star_notice(station.desk, star_round)
    station.clock.forward(days=4)
    award_stars(station.sit(Role.ADMINISTRATOR), star_round)
    with open_window(station.desk, SCREEN, signpost("stars", WENT)) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        said = clerk.screen.pane._next_star.accessibleName()
        assert said == ("2026年4月11日授予一星（截止2026年4月6日的评定）。再服务 6 小时 30 分就到二星")
        clerk.key(Qt.Key.Key_S)
        assert opened.frame.current() == "stars"


def test_a_figure_opens_by_a_click(qtbot: QtBot, desk: Desk) -> None:
    person = worked(desk)
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        QTest.mouseClick(clerk.screen.pane.figure("hours"), Qt.MouseButton.LeftButton)
        clerk.until(lambda: clerk.screen.ledgers.table().total() == 2)


def test_escape_goes_back_to_the_same_row(qtbot: QtBot, desk: Desk) -> None:
    volunteer(desk, "安然")
    person = worked(desk)
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        clerk.key(Qt.Key.Key_2)
        clerk.until(lambda: clerk.screen.ledgers.table().total() == 2)
        clerk.key(Qt.Key.Key_Escape)
        assert clerk.screen.register.table().hasFocus()
        assert clerk.screen.register.person() == person
        assert clerk.screen.pane_widget() is clerk.screen.pane


def test_a_record_is_revoked_with_its_reason_and_the_figures_follow(qtbot: QtBot, desk: Desk) -> None:
    person = worked(desk)
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        clerk.key(Qt.Key.Key_1)
        clerk.until(lambda: clerk.screen.record.revoke.isVisible())
        clerk.key(Qt.Key.Key_Delete)
        question = clerk.overlay(QuestionOverlay)
        question._give(question.question.answers[0])
        assert question.isVisible()  # no reason was given
        clerk.answer("记在别人名下了")
        clerk.until(lambda: clerk.screen.ledgers.table().total() == 3)
        clerk.settle()
        assert total_minutes(desk, (person,)) == {person: 90}
        assert clerk.figure("hours") == "1 小时 30 分"
        assert clerk.screen.ledgers._title.text() == "赵晓燕 · 时长 1 小时 30 分"
        clerk.key(Qt.Key.Key_Home)
        clerk.until(lambda: not clerk.screen.record.revoke.isVisibleTo(clerk.screen.record))
        said = {line.label: line.words for line in clerk.screen.record.view.facts.lines()}
        assert said["原因"] == "记在别人名下了"


def test_certificates_and_orders_lead_to_their_screens(qtbot: QtBot, desk: Desk) -> None:
    person = worked(desk)
    asked = order(desk, person)
    services = _services(desk, person)
    paper = new_id()
    draft = CertificateDraft(person=person, services=services, contact="0537-5660001")
    issue_certificate(desk, IssueCertificate(certificate=paper, draft=draft, consented=True))
    with open_window(desk, SCREEN, *(signpost(key, WENT) for key in ("board", "certificates"))) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        assert (clerk.figure("certificates"), clerk.figure("orders")) == ("1 份", "1 单")
        for key, object_id in ((Qt.Key.Key_4, paper), (Qt.Key.Key_5, asked)):
            clerk.key(key)
            clerk.until(lambda: clerk.screen.ledgers.table().total() == 1)
            clerk.settle()
            clerk.enter()
            assert WENT[-1] == object_id
            opened.frame.go("volunteers")
            clerk.key(Qt.Key.Key_Escape)
        clerk.key(Qt.Key.Key_C)
        assert WENT[-1] == person


def test_a_figure_without_rows_teaches(qtbot: QtBot, desk: Desk) -> None:
    person = volunteer(desk, "安然")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        clerk.key(Qt.Key.Key_1)
        clerk.until(lambda: clerk.screen.ledgers._empty.isVisible())
        assert clerk.screen.ledgers.back.hasFocus()


def test_photos_are_shown_large(qtbot: QtBot, desk: Desk) -> None:
    person = served.volunteer(desk)
    line = served.served(person, served.at(9), 60)
    record_services(desk, served.what(line, photos=(_jpeg(),)))
    approve_services(desk, ApproveServices(services=(line.service,)))
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        clerk.key(Qt.Key.Key_1)
        clerk.until(lambda: clerk.screen.record.view.findChildren(PhotoThumb))
        clerk.settle()
        [thumb] = clerk.screen.record.view.findChildren(PhotoThumb)
        thumb.setFocus()
        clerk.enter()
        clerk.overlay(PhotoOverlay)
        assert clerk.focused().accessibleName() == "关上照片"
        clerk.key(Qt.Key.Key_Escape)
        assert not opened.window.findChildren(PhotoOverlay)
        assert thumb.hasFocus()
        clerk.enter()
        clerk.overlay(PhotoOverlay)
        clerk.enter()
        assert not opened.window.findChildren(PhotoOverlay)
        width = _photo_width(clerk)
        theme.use_large(True)
        assert _photo_width(clerk) < width + 80, (
            "the photo fills the window; it is only the key that is larger"
        )


def _photo_width(clerk: Clerk) -> int:
    """How wide the panel of the photo is; a click on the photo closes it."""
    [thumb] = clerk.screen.record.view.findChildren(PhotoThumb)
    thumb.click()
    overlay = clerk.overlay(PhotoOverlay)
    width = overlay.panel.width()
    photo = overlay.findChild(LargePhoto)
    assert isinstance(photo, LargePhoto)
    clerk.click(photo)
    assert not overlay.isVisible()
    return width


def test_the_history_tells_what_happened_to_somebody(qtbot: QtBot, desk: Desk) -> None:
    person = worked(desk)
    order(desk, person, what="想理个发")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        [timeline] = clerk.screen.pane.findChildren(Timeline)
        told = [row._event.sentence for row in timeline._rows]
        assert any("想理个发" in one for one in told)
        assert "打扫河道，2 小时" in told
        assert "登记建档" in told


# --- who may see what


def test_the_eye_asks_why_and_leaves_a_line(qtbot: QtBot, station: Station) -> None:
    person = volunteer(station.desk, "安然", phone="13812340001")
    with open_window(station.desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        phone = clerk.screen.pane.hidden[Sensitive.PHONE]
        assert phone.words() == "138 **** 0001"
        clerk.click(phone._eye)
        clerk.answer("打电话联系")
        clerk.until(lambda: phone.words() == "138 1234 0001")
        opened.frame.sleep()
        assert phone.words() == "138 **** 0001", "who comes back asks again"
    trail = audit_trail(station.sit(Role.AUDITOR), AuditQuery())
    assert [(one.what, one.reason) for one in trail.entries if one.what.startswith("reveal")] == [
        ("reveal.phone", "打电话联系")
    ]


def test_an_auditor_looks_but_changes_nothing(qtbot: QtBot, station: Station) -> None:
    person = volunteer(station.desk, "赵晓燕")
    with open_window(station.sit(Role.AUDITOR), SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        pane = clerk.screen.pane
        assert clerk.pointed() == "赵*燕"
        for button in (pane.edit, pane.certify, pane.standing, clerk.screen.filters.new):
            assert not button.isVisible()
        assert not any(hidden._eye.isVisible() for hidden in pane.hidden.values())
        clerk.key(Qt.Key.Key_E)
        clerk.key(Qt.Key.Key_N, CTRL)
        assert clerk.screen.register.isVisible()
        told = clerk.screen.keys()
        assert "Ctrl+N" not in {line.keys for line in told}


def _services(desk: Desk, person: Id) -> tuple[Id, ...]:
    lines = hours_of(desk, HoursQuery(person=person)).lines
    return tuple(line.evidence.service for line in lines if line.evidence is not None)


def _jpeg() -> bytes:
    """A small grey picture."""
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"JPEG")).write(image)
    return bytes(buffer.data().data())


# --- cards


def test_a_card_is_printed_or_the_lack_of_a_printer_said(clerk: Clerk, desk: Desk) -> None:
    clerk.go(volunteer(desk, "李梅"))
    clerk.key(Qt.Key.Key_P, CTRL | SHIFT)
    clerk.until(lambda: "还没有打印机" in clerk.news())


def test_a_card_is_saved_for_the_shop(clerk: Clerk, desk: Desk, tmp_path: Path) -> None:
    clerk.go(volunteer(desk, "李梅"))
    clerk.key(Qt.Key.Key_S, CTRL | SHIFT)
    [said] = papers.pages(clerk.kept_at(tmp_path / "李梅.pdf"))
    assert "李梅" in said


def test_the_list_is_asked_about_before_all_its_cards_are_printed(clerk: Clerk, desk: Desk) -> None:
    for name in ("李梅", "王强"):
        volunteer(desk, name)
    clerk.screen.refresh(frozenset({"person"}))
    clerk.until(lambda: clerk.screen.register.table().total() == 2)
    clerk.menu("给名册里这些人印志愿者证")
    question = clerk.overlay(QuestionOverlay)
    assert "2 人" in question.question.title
    clerk.answer("换新样式")
    clerk.until(lambda: "还没有打印机" in clerk.news())


def test_the_cards_of_the_list_are_kept_as_a_pdf(clerk: Clerk, desk: Desk, tmp_path: Path) -> None:
    for name in ("李梅", "王强"):
        volunteer(desk, name)
    clerk.screen.refresh(frozenset({"person"}))
    clerk.until(lambda: clerk.screen.register.table().total() == 2)
    clerk.menu("给名册里这些人印志愿者证")
    question = clerk.overlay(QuestionOverlay)
    assert question._words is not None
    question._words.setFocus()
    clerk.say("换新样式")
    question._give(question.question.answers[1])
    [said] = papers.pages(clerk.kept_at(tmp_path / "cards.pdf"))
    assert "李梅" in said
    assert "王强" in said


def test_there_is_no_card_to_print_of_a_resident(clerk: Clerk, desk: Desk) -> None:
    clerk.go(resident(desk, "孙大爷"))
    assert not clerk.screen.pane.card.isVisible()
    clerk.key(Qt.Key.Key_P, CTRL | SHIFT)
    clerk.settle()
    assert clerk.news() == ""
