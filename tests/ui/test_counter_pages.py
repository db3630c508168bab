"""Gifts and stock, the blind count, the register and the day close, in the real window on the real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.actions.closings import closings
from app.actions.counts import counts
from app.actions.drafts import my_drafts
from app.actions.gifts import GiftRow, gift_rows
from app.actions.redemptions import RedemptionEntry, RedemptionsQuery, redemptions
from app.actions.services import Page
from app.actions.stock import batches_of
from app.actions.wallets import Agent
from app.domain.counts import Cause
from app.domain.staff import Role
from app.domain.stock import Source, WriteOff
from app.facts import Id
from tests.printing import papers
from tests.support import counter as make
from tests.support.desk import Station
from tests.support.hands import Hands, signpost
from tests.support.window import Opened, open_window
from ui.parts.buttons import Button
from ui.parts.question import QuestionOverlay
from ui.screen import Screen
from ui.screens.counter import SCREEN
from ui.screens.counter.closing import Closing
from ui.screens.counter.counting import Counting
from ui.screens.counter.giftforms import CatalogueForm, DeliveryForm, WriteOffForm
from ui.screens.counter.gifts import EXPIRING, LOW, WITHDRAWN, Gifts
from ui.screens.counter.register import EARLIER, Register
from ui.screens.counter.screen import CounterScreen

KEY = Qt.Key
ENTER, ESCAPE = KEY.Key_Return, KEY.Key_Escape
P = TypeVar("P", bound=Screen)

Open = Callable[[Role, str], "Desktop"]


class Desktop(Hands):
    """The open screen at one of its pages."""

    def page(self, kind: type[P]) -> P:
        screen = self.opened.screen()
        assert isinstance(screen, CounterScreen)
        page = screen.page()
        assert isinstance(page, kind)
        return page

    def turn(self, name: str) -> None:
        screen = self.opened.screen()
        assert isinstance(screen, CounterScreen)
        screen.show_page(name)
        self.settle()

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.key(key)
            self.settle()

    def saved(self) -> None:
        self.save()
        self.settle()

    def kept_as(
        self, path: Path, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier
    ) -> list[str]:
        """The pages of the paper that is kept by this key."""
        self.key(key, modifier)
        return papers.pages(self.kept_at(path))

    def rows(self) -> list[str]:
        """The names in the list of gifts."""
        table = self.page(Gifts).table
        return [row.name for row in table._rows.rows]


@pytest.fixture
def open_at(station: Station, qtbot: QtBot) -> Iterator[Open]:
    """Open the window for somebody, at a page of the counter."""
    opened: list[Opened] = []
    windows = []

    def open_page(role: Role, page: str) -> Desktop:
        window = open_window(station.sit(role), SCREEN, signpost("volunteers", went))
        windows.append(window)
        opened.append(window.__enter__())
        hands = Desktop(opened[-1], qtbot)
        hands.settle()
        hands.turn(page)
        return hands

    went: list[Id] = []
    yield open_page
    for window in reversed(windows):
        window.__exit__(None, None, None)


@pytest.fixture
def towel(station: Station) -> Id:
    return make.stocked(station, "毛巾", 12, spec="纯棉", quantity=40)


def rows_of(station: Station) -> dict[str, GiftRow]:
    return {row.name: row for row in gift_rows(station.desk, None)}


def given(station: Station) -> tuple[RedemptionEntry, ...]:
    return redemptions(station.desk, RedemptionsQuery()).rows


class TestGifts:
    def test_the_first_gift_is_listed_and_delivered_by_keys(self, station: Station, open_at: Open) -> None:
        desktop = open_at(Role.ADMINISTRATOR, "gifts")
        page = desktop.page(Gifts)
        assert page.empty.isVisible()
        assert page.empty.button.hasFocus()
        assert not page._page.footer.isVisible(), "nothing would stand in it"
        desktop.press(ENTER)
        form = desktop.overlay(CatalogueForm)
        desktop.say("毛巾")
        desktop.press(ENTER)
        desktop.say("纯棉")
        desktop.press(ENTER)
        desktop.say("条")
        desktop.press(ENTER)
        desktop.write("12.5")
        desktop.press(ENTER)
        assert form.save.hasFocus()
        desktop.saved()
        row = rows_of(station)["毛巾"]
        assert (row.spec, row.unit, row.points_cents, row.stock) == ("纯棉", "条", 1250, 0)
        assert len(row.code) >= 8
        assert desktop.rows() == ["毛巾"]
        assert page.table.isVisible() and page.table.hasFocus()
        desktop.press(KEY.Key_F3)
        delivery = desktop.overlay(DeliveryForm)
        desktop.write("40")
        delivery.expires.set_value("2027-9-1")
        delivery.cost.set_value("3.5")
        delivery.source.set_value(Source.DONATION)
        delivery.origin.set_value("永辉超市")
        desktop.saved()
        [batch] = batches_of(station.desk, row.gift)
        assert (batch.quantity, batch.expires_on, batch.unit_cost_cents) == (40, date(2027, 9, 1), 350)
        assert (batch.source, batch.origin) == (Source.DONATION, "永辉超市")
        assert "毛巾入库 40 条" in desktop.news()
        desktop.until(lambda: "40 条" in page.pane._batches.accessibleName())
        assert "2027年9月1日到期" in page.pane._batches.accessibleName()

    def test_what_is_typed_wrong_is_told_under_its_field(self, station: Station, open_at: Open) -> None:
        desktop = open_at(Role.ADMINISTRATOR, "gifts")
        desktop.press(KEY.Key_N)
        form = desktop.overlay(CatalogueForm)
        desktop.say("毛巾")
        form.unit.set_value("条")
        form.points.set_value("很多")
        desktop.saved()
        assert form.form.row_of(form.points).refusal.isVisible()
        form.points.set_value("0")
        desktop.saved()
        assert form.form.row_of(form.points).refusal.isVisible()
        form.points.set_value("12")
        form.name.set_value("")
        desktop.saved()
        assert form.form.row_of(form.name).refusal.isVisible()
        assert not gift_rows(station.desk, None)

    def test_a_half_typed_gift_is_there_again(self, station: Station, open_at: Open) -> None:
        desktop = open_at(Role.ADMINISTRATOR, "gifts")
        desktop.press(KEY.Key_N)
        desktop.say("保温杯")
        desktop.press(ESCAPE)
        assert len(my_drafts(station.desk, "gift")) == 1
        desktop.press(KEY.Key_N)
        form = desktop.overlay(CatalogueForm)
        desktop.until(lambda: form.name.value() == "保温杯")
        form.unit.set_value("个")
        form.points.set_value("30")
        [draft] = my_drafts(station.desk, "gift")
        desktop.saved()
        assert my_drafts(station.desk, "gift") == ()
        [listed] = gift_rows(station.desk, None)
        assert (listed.name, listed.gift) == ("保温杯", draft.id)  # sent again after a crash, it is one gift

    def test_a_form_that_is_left_while_it_is_sent_does_not_come_again(
        self, station: Station, towel: Id, open_at: Open
    ) -> None:
        desktop = open_at(Role.CLERK, "gifts")
        desktop.press(KEY.Key_F3)
        form = desktop.overlay(DeliveryForm)
        form.quantity.set_value("7")
        form.quantity.edited.emit()
        form.submit()
        form.close_overlay()
        desktop.settle()
        assert rows_of(station)["毛巾"].stock == 47
        assert my_drafts(station.desk, "delivery") == ()

    def test_a_gift_is_edited_with_a_picture_and_its_makers_code(
        self, station: Station, towel: Id, open_at: Open, tmp_path: Path
    ) -> None:
        image = QImage(60, 60, QImage.Format.Format_RGB32)
        image.fill(QColor("#7a9a6a"))
        image.save(str(tmp_path / "towel.png"))
        desktop = open_at(Role.ADMINISTRATOR, "gifts")
        desktop.press(KEY.Key_E)
        form = desktop.overlay(CatalogueForm)
        assert form.points.value() == "12"
        form.points.set_value("10")
        form.picture.add_files([str(tmp_path / "towel.png"), str(tmp_path / "towel.png")])
        assert len(form.picture.value()) == 1
        desktop.opened.frame.banner.dismiss()
        desktop.opened.frame.scanned("6901234567892")
        assert form.code.value() == "6901234567892"
        desktop.saved()
        row = rows_of(station)["毛巾"]
        assert (row.points_cents, row.code, row.picture is not None) == (1000, "6901234567892", True)
        desktop.until(desktop.page(Gifts).pane._picture.isVisible)
        desktop.turn("serving")
        desktop.settle()
        desktop.turn("gifts")
        desktop.press(KEY.Key_E)
        form = desktop.overlay(CatalogueForm)
        desktop.until(lambda: len(form.picture.value()) == 1)
        desktop.press(ESCAPE)

    def test_spoiled_goods_leave_the_stock_with_a_reason(
        self, station: Station, towel: Id, open_at: Open
    ) -> None:
        desktop = open_at(Role.CLERK, "gifts")
        desktop.until(lambda: bool(desktop.page(Gifts).pane.there()))
        desktop.press(KEY.Key_X)
        form = desktop.overlay(WriteOffForm)
        form.cause.set_value(WriteOff.DAMAGED)
        form.quantity.set_value("99")
        form.reason.set_value("受潮")
        desktop.saved()
        assert form.form.row_of(form.quantity).refusal.isVisible()
        form.quantity.set_value("3")
        form.reason.set_value("")
        desktop.saved()
        assert form.form.row_of(form.reason).refusal.isVisible()
        form.reason.set_value("受潮")
        desktop.saved()
        assert rows_of(station)["毛巾"].stock == 37
        desktop.until(lambda: "37 条" in desktop.page(Gifts).pane._batches.accessibleName())

    def test_expired_goods_are_proposed_first(self, station: Station, towel: Id, open_at: Open) -> None:
        make.batch(station.desk, towel, 5, expires_on=date(2026, 4, 20))
        station.clock.forward(days=20)
        desktop = open_at(Role.CLERK, "gifts")
        assert desktop.page(Gifts).table._rows.rows[0].expired == 5
        desktop.until(lambda: len(desktop.page(Gifts).pane.there()) == 2)
        desktop.press(KEY.Key_X)
        form = desktop.overlay(WriteOffForm)
        assert (form.cause.value(), form.quantity.value()) == ("expired", "5")
        form.reason.set_value("过期了，已销毁")
        desktop.saved()
        row = rows_of(station)["毛巾"]
        assert (row.stock, row.expired) == (40, 0)

    def test_a_gift_is_withdrawn_and_offered_again(self, station: Station, towel: Id, open_at: Open) -> None:
        desktop = open_at(Role.ADMINISTRATOR, "gifts")
        desktop.press(KEY.Key_W)
        question = desktop.overlay(QuestionOverlay)
        question._give(question.question.answers[0])
        desktop.settle()
        assert rows_of(station)["毛巾"].withdrawn
        page = desktop.page(Gifts)
        assert desktop.rows() == []
        page.filters.set_value(WITHDRAWN)
        page.filters.edited.emit()
        desktop.settle()
        assert desktop.rows() == ["毛巾"]
        page.table.setFocus()
        desktop.press(KEY.Key_W)
        assert not rows_of(station)["毛巾"].withdrawn

    def test_filters_show_what_wants_looking_after(self, station: Station, towel: Id, open_at: Open) -> None:
        make.stocked(station, "洗衣液", 18, 3, unit="瓶", low_stock=5)
        make.stocked(station, "牙膏", 8, unit="支", quantity=30, expires_on=date(2026, 4, 20))
        desktop = open_at(Role.CLERK, "gifts")
        page = desktop.page(Gifts)
        assert desktop.rows() == ["牙膏", "毛巾", "洗衣液"]
        for which, names in ((LOW, ["洗衣液"]), (EXPIRING, ["牙膏"]), (WITHDRAWN, [])):
            page.filters.set_value(which)
            page.filters.edited.emit()
            desktop.settle()
            assert desktop.rows() == names
        assert page.empty.isVisible()

    def test_a_clerk_delivers_and_an_administrator_lists(
        self, station: Station, towel: Id, open_at: Open
    ) -> None:
        desktop = open_at(Role.CLERK, "gifts")
        page = desktop.page(Gifts)
        assert not page._add.isVisible()
        assert page._who.isVisible()
        for key in (KEY.Key_N, KEY.Key_E, KEY.Key_W):
            desktop.press(key)
        assert not desktop.opened.window.findChildren(CatalogueForm)
        told = page.keys()
        assert {"F3", "N"} & {one.keys for one in told} == {"F3"}

    def test_an_auditor_only_looks(self, station: Station, towel: Id, open_at: Open) -> None:
        desktop = open_at(Role.AUDITOR, "gifts")
        desktop.press(KEY.Key_F3, KEY.Key_X)
        assert not desktop.opened.window.findChildren(DeliveryForm)
        assert not desktop.page(Gifts).pane.deliver.isVisible()


class TestCounting:
    def test_a_count_that_fits_needs_no_reason(self, station: Station, towel: Id, open_at: Open) -> None:
        desktop = open_at(Role.CLERK, "counting")
        page = desktop.page(Counting)
        assert page.lines[0].field.hasFocus()
        assert "40" not in page.lines[0].field.accessibleName()
        desktop.write("40")
        desktop.saved()
        [card] = counts(station.desk, Page())
        assert (card.pieces, card.differences) == (40, ())
        assert desktop.news() == "交上了，1 种 40 件都对得上"
        assert "都对得上" in page._story.accessibleName()

    def test_what_differs_gets_a_cause_and_words(self, station: Station, towel: Id, open_at: Open) -> None:
        desktop = open_at(Role.CLERK, "counting")
        desktop.write("38")
        desktop.saved()
        page = desktop.page(Counting)
        assert page.differences.isVisible()
        [line] = page.differences.lines
        desktop.saved()
        assert page.differences.form.row_of(line).refusal.isVisible()
        line.causes.set_value(Cause.LOST)
        desktop.saved()
        assert page.differences.form.row_of(page.differences.words).refusal.isVisible()
        page.differences.words.setFocus()
        desktop.say("找过了")
        assert desktop.opened.screen().is_amid()
        desktop.saved()
        assert not desktop.opened.screen().is_amid(), "nothing is half typed any more"
        [card] = counts(station.desk, Page())
        assert not card.to_explain
        assert [(one.book, one.counted, one.cause) for one in card.differences] == [(40, 38, Cause.LOST)]
        assert rows_of(station)["毛巾"].stock == 38
        assert not page.differences.isVisible()
        assert "写了原因" in page._story.accessibleName()

    def test_after_the_reasons_the_sheet_begins_at_its_top(self, station: Station, open_at: Open) -> None:
        for number in range(14):
            make.stocked(station, f"礼品{number}", 12, quantity=1)
        desktop = open_at(Role.CLERK, "counting")
        page = desktop.page(Counting)
        for count in (0, *[1] * 13):
            desktop.write(str(count))
            desktop.enter()
        assert page._sheet.area.verticalScrollBar().value() > 0
        desktop.saved()
        page.differences.lines[0].causes.set_value(Cause.LOST)
        page.differences.words.setFocus()
        desktop.say("找过了")
        desktop.saved()
        assert page.lines[0].field.hasFocus()
        desktop.until(lambda: page._sheet.area.verticalScrollBar().value() == 0)

    def test_a_figure_that_comes_too_late_makes_no_draft_of_what_is_counted(
        self, station: Station, towel: Id, open_at: Open
    ) -> None:
        desktop = open_at(Role.CLERK, "counting")
        desktop.write("39")
        page = desktop.page(Counting)
        with desktop.while_it_is_slow():
            page.send()
            page.lines[0].field.set_value("38")
            page.put_down()
        desktop.settle()
        assert counts(station.desk, Page())[0].differences[0].counted == 39
        assert my_drafts(station.desk, "count") == ()

    def test_a_line_that_was_not_counted_is_asked_for(
        self, station: Station, towel: Id, open_at: Open
    ) -> None:
        make.stocked(station, "牙膏", 8, unit="支", quantity=30, expires_on=date(2027, 9, 1))
        desktop = open_at(Role.CLERK, "counting")
        page = desktop.page(Counting)
        desktop.write("30")
        assert "还有 1 行没数" in page._note.text()
        desktop.saved()
        assert page.form.row_of(page.lines[1]).refusal.isVisible()
        assert page.lines[1].field.hasFocus()
        desktop.write("x")
        desktop.saved()
        assert page.form.row_of(page.lines[1]).refusal.isVisible()
        assert counts(station.desk, Page()) == ()

    def test_what_is_half_counted_is_kept(self, station: Station, towel: Id, open_at: Open) -> None:
        desktop = open_at(Role.CLERK, "counting")
        desktop.write("17")
        desktop.turn("serving")
        assert len(my_drafts(station.desk, "count")) == 1
        again = open_at(Role.CLERK, "counting")
        page = again.page(Counting)
        again.until(lambda: page.lines[0].value() == "17")
        again.saved()
        assert my_drafts(station.desk, "count") == ()
        assert counts(station.desk, Page())[0].pieces == 17

    def test_nothing_to_count_teaches(self, open_at: Open) -> None:
        assert open_at(Role.CLERK, "counting").page(Counting).empty.isVisible()

    def test_the_sheet_cannot_be_printed_without_a_printer(
        self, station: Station, towel: Id, open_at: Open
    ) -> None:
        desktop = open_at(Role.CLERK, "counting")
        desktop.key(KEY.Key_P, Qt.KeyboardModifier.ControlModifier)
        desktop.settle()
        assert "没有打印机" in desktop.news()

    def test_the_sheet_and_what_was_found_are_kept_as_pdfs(
        self, station: Station, towel: Id, open_at: Open, tmp_path: Path
    ) -> None:
        desktop = open_at(Role.CLERK, "counting")
        [sheet] = desktop.kept_as(tmp_path / "sheet.pdf", KEY.Key_S)
        assert "毛巾" in sheet
        desktop.write("39")
        desktop.saved()
        [found] = desktop.kept_as(tmp_path / "found.pdf", KEY.Key_S)
        assert "毛巾" in found
        assert found != sheet

    def test_what_was_found_has_buttons_for_its_paper(
        self, station: Station, towel: Id, open_at: Open
    ) -> None:
        desktop = open_at(Role.CLERK, "counting")
        desktop.write("39")
        desktop.saved()
        page = desktop.page(Counting).differences
        desktop.until(page.save_sheet.isVisible)
        page.save_sheet.click()
        desktop.put_away(desktop.file_dialog())
        page.print_sheet.click()
        desktop.settle()
        assert "没有打印机" in desktop.news()

    def test_nothing_to_count_makes_no_paper(self, open_at: Open) -> None:
        desktop = open_at(Role.CLERK, "counting")
        desktop.page(Counting).save_paper()
        desktop.page(Counting).print()
        assert not desktop.opened.window.findChildren(QFileDialog)
        assert desktop.news() == ""


class TestRegister:
    @pytest.fixture
    def wang(self, station: Station, towel: Id) -> Id:
        return make.with_points(station.desk, 45, "王建明")

    def test_a_redemption_is_reversed_with_a_reason(
        self, station: Station, towel: Id, wang: Id, open_at: Open
    ) -> None:
        make.redeemed(station.desk, wang, towel)
        desktop = open_at(Role.CLERK, "register")
        page = desktop.page(Register)
        assert page.table.hasFocus()
        desktop.press(KEY.Key_R)
        question = desktop.overlay(QuestionOverlay)
        question._give(question.question.answers[0])
        assert question._refusal.isVisible()
        desktop.answer("拿错了")
        desktop.settle()
        [entry] = given(station)
        assert entry.reversed_at is not None
        assert entry.reason == "拿错了"
        assert desktop.news() == "撤销了，退回王*明 12 分"
        assert rows_of(station)["毛巾"].stock == 40
        assert not page.pane.reverse.isVisible()
        make.redeemed(station.desk, wang, towel)

    def test_one_is_found_by_name_by_number_and_by_quarter(
        self, station: Station, towel: Id, wang: Id, open_at: Open
    ) -> None:
        done = make.redeemed(station.desk, wang, towel)
        make.redeemed(station.desk, make.with_points(station.desk, 20, "李秀英", phone="13711112222"), towel)
        desktop = open_at(Role.CLERK, "register")
        page = desktop.page(Register)
        assert page.table.total() == 2
        desktop.key(KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
        desktop.write("wjm")
        desktop.until(lambda: page.table.total() == 1)
        desktop.press(ESCAPE)
        desktop.until(lambda: page.table.total() == 2)
        page.which.set_value(EARLIER)
        page.which.edited.emit()
        desktop.until(page.empty.isVisible)
        desktop.opened.frame.go("counter", done.redemption)
        desktop.until(lambda: (row := page.table.row()) is not None and row.redemption == done.redemption)

    def test_a_scanned_voucher_opens_its_redemption(
        self, station: Station, towel: Id, wang: Id, open_at: Open
    ) -> None:
        from app.domain.numbers import voucher_bar_code

        done = make.redeemed(station.desk, wang, towel)
        desktop = open_at(Role.CLERK, "serving")
        desktop.opened.frame.scanned(voucher_bar_code(done.number))
        desktop.settle()
        desktop.until(lambda: desktop.page(Register).pane.entry is not None)

    def test_papers_say_that_there_is_no_printer(
        self, station: Station, towel: Id, wang: Id, open_at: Open
    ) -> None:
        make.redeemed(station.desk, wang, towel)
        desktop = open_at(Role.CLERK, "register")
        desktop.press(KEY.Key_F10)
        assert "没有打印机" in desktop.news()
        desktop.opened.frame.banner.dismiss()
        desktop.key(KEY.Key_P, Qt.KeyboardModifier.ControlModifier)
        desktop.settle()
        assert "没有打印机" in desktop.news()

    def test_the_register_is_kept_as_a_pdf(
        self, station: Station, towel: Id, wang: Id, open_at: Open, tmp_path: Path
    ) -> None:
        desktop = open_at(Role.CLERK, "register")
        desktop.page(Register).save_register()
        assert not desktop.opened.window.findChildren(QFileDialog)  # there is nothing in it
        number = make.redeemed(station.desk, wang, towel).number
        desktop.page(Register).refresh(frozenset({"wallet"}))
        desktop.settle()
        shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        [said] = desktop.kept_as(tmp_path / "register.pdf", KEY.Key_S, shift)
        assert number in said

    def test_a_phone_that_was_typed_stands_on_no_register_and_in_no_name_of_a_file(
        self, station: Station, towel: Id, wang: Id, open_at: Open, tmp_path: Path
    ) -> None:
        for person in (wang, make.with_points(station.desk, 20, "李秀英", phone="13711112222")):
            make.redeemed(station.desk, person, towel)
        desktop = open_at(Role.CLERK, "register")
        page = desktop.page(Register)
        desktop.key(KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
        desktop.write("13711112222")
        desktop.until(lambda: page.table.total() == 1)
        desktop.key(KEY.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        [proposed] = desktop.file_dialog().selectedFiles()
        [said] = papers.pages(desktop.kept_at(tmp_path / "register.pdf"))
        assert "找“137****2222”" in said and "2222" not in proposed

    def test_a_further_receipt_is_counted(
        self, station: Station, towel: Id, wang: Id, open_at: Open, tmp_path: Path
    ) -> None:
        make.redeemed(station.desk, wang, towel)
        desktop = open_at(Role.CLERK, "register")
        for count in (1, 2):
            said = desktop.kept_as(tmp_path / f"{count}.pdf", KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
            assert f"补打第{count}次2026年4月7日" in said[0]
        desktop.settle()
        lines = {line.label: line.words for line in desktop.page(Register).pane._facts.lines()}
        assert lines["补打"] == "2 次，最近 2026年4月7日"

    def test_who_was_given_what_stands_in_the_pane_masked(
        self, station: Station, towel: Id, wang: Id, open_at: Open
    ) -> None:
        make.redeemed(station.desk, wang, towel, agent=Agent(name="王丽芳", relation="女儿"))
        desktop = open_at(Role.CLERK, "register")
        lines = {line.label: line.words for line in desktop.page(Register).pane._facts.lines()}
        assert lines["谁"] == "王*明"
        assert lines["积分"] == "45 → 33 分"
        assert "库存 40 → 39" in lines["礼品"]
        assert "王*芳" in lines["领取人"] and "女儿" in lines["领取人"]

    def test_an_auditor_reverses_nothing(self, station: Station, towel: Id, wang: Id, open_at: Open) -> None:
        make.redeemed(station.desk, wang, towel)
        desktop = open_at(Role.AUDITOR, "register")
        desktop.press(KEY.Key_R)
        assert not [one for one in desktop.opened.window.findChildren(QuestionOverlay) if one.isVisible()]
        assert not desktop.page(Register).pane.reverse.isVisible()


def test_nothing_can_be_done_before_the_books_are_read(
    station: Station, qtbot: QtBot, towel: Id, open_at: Open
) -> None:
    make.batch(station.desk, towel, 10)
    desktop = open_at(Role.CLERK, "serving")
    screen = desktop.opened.screen()
    assert isinstance(screen, CounterScreen)
    with desktop.while_it_is_slow():
        for name, kind in (("counting", Counting), ("closing", Closing)):
            screen.show_page(name)
            page = screen.page()
            assert isinstance(page, kind)
            usable = [one.text() for one in page.findChildren(Button) if one.isVisible() and one.isEnabled()]
            assert usable == []
    closing = desktop.page(Closing)
    desktop.until(closing.close_button.isEnabled)
    screen.show_page("counting")
    desktop.until(desktop.page(Counting).send_button.isVisible)


class TestClosing:
    def test_the_day_is_closed_and_stays_to_be_read(self, station: Station, towel: Id, open_at: Open) -> None:
        make.redeemed(station.desk, make.with_points(station.desk, 45, "王建明"), towel)
        desktop = open_at(Role.CLERK, "closing")
        page = desktop.page(Closing)
        titles = [column.title for column in page.table._rows.columns]
        assert titles[1:-1] == ["期初", "入库", "兑出", "退还", "出库", "盘点差异", "期末"]
        assert "兑换 1 次，扣 12 分" in page.story.accessibleName()
        assert page.table.total() == 1
        desktop.saved()
        [closed] = closings(station.desk, Page())
        assert (closed.redemptions, closed.redeemed_cents) == (1, 1200)
        desktop.until(lambda: page.days.value() == closed.closing)
        assert not page.close_button.isVisible()
        page.days.set_value(None)
        page.days.edited.emit()
        desktop.settle()
        assert "兑换 0 次" in page.story.accessibleName()
        desktop.saved()
        assert page.refusal.isVisible()
        assert len(closings(station.desk, Page())) == 1

    def test_the_sheet_of_the_day_is_kept_as_a_pdf(
        self, station: Station, towel: Id, open_at: Open, tmp_path: Path
    ) -> None:
        number = make.redeemed(station.desk, make.with_points(station.desk, 45, "王建明"), towel).number
        desktop = open_at(Role.CLERK, "closing")
        [said] = desktop.kept_as(tmp_path / "day.pdf", KEY.Key_S)
        assert number in said

    def test_a_difference_without_a_reason_keeps_the_day_open(
        self, station: Station, towel: Id, open_at: Open
    ) -> None:
        desktop = open_at(Role.CLERK, "counting")
        desktop.write("38")
        desktop.saved()
        desktop.turn("closing")
        desktop.saved()
        page = desktop.page(Closing)
        assert page.refusal.isVisible()
        assert page.close_button.isEnabled()
        assert closings(station.desk, Page()) == ()

    def test_an_auditor_reads_the_days(self, station: Station, towel: Id, open_at: Open) -> None:
        desktop = open_at(Role.AUDITOR, "closing")
        desktop.saved()
        desktop.key(KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
        assert not desktop.opened.window.findChildren(QFileDialog)
        page = desktop.page(Closing)
        assert not page.close_button.isVisible()
        assert closings(station.desk, Page()) == ()
        desktop.key(KEY.Key_P, Qt.KeyboardModifier.ControlModifier)
        desktop.settle()
        assert "没有打印机" in desktop.news()


def test_ctrl_k_finds_a_gift_and_opens_it(station: Station, towel: Id, open_at: Open) -> None:
    desktop = open_at(Role.CLERK, "serving")
    desktop.key(KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    desktop.write("mj")
    desktop.settle()
    desktop.press(ENTER)
    desktop.until(lambda: desktop.page(Gifts).table.hasFocus())
    row = desktop.page(Gifts).table.row()
    assert row is not None and row.gift == towel
