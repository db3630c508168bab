"""The first screen of the day by keys and clicks: the real window on the real encrypted database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.actions.backups import back_up_now
from app.actions.orders import (
    RateOrder,
    Reasoned,
    Step,
    ToTeam,
    cancel_order,
    dispatch_order,
    rate_order,
    screen_order,
)
from app.actions.policies import SetPolicy, set_policy
from app.actions.selfcheck import check_everything
from app.actions.wallets import expire_points
from app.domain.orders import RatedHow
from app.domain.staff import Role
from app.domain.stars import StarsPolicy
from app.domain.wallets import ExpiryPolicy
from app.facts import Id
from app.storage.engine import writing
from tests.support import counter
from tests.support import served as make
from tests.support.desk import OPENING, Station
from tests.support.hands import Hands, signpost
from tests.support.town import Town, served, settle_town, submitted, waiting
from tests.support.window import open_window
from ui.screens.today import SCREEN
from ui.screens.today.blocks import Doors
from ui.screens.today.screen import TodayScreen
from ui.theme import theme

WENT: list[Id] = []
ELSEWHERE = ("board", "services", "intake", "settings", "certificates")


class Clerk(Hands):
    """Looks at the day."""

    @property
    def screen(self) -> TodayScreen:
        shown = self.opened.screen()
        assert isinstance(shown, TodayScreen)
        return shown

    def wait(self) -> None:
        self.until(lambda: self.screen.read is not None)
        self.settle()

    def titles(self, listed: Doors) -> list[str]:
        return [row.title for row in listed.rows.rows] if listed.isVisible() else []

    def chores(self) -> list[str]:
        return self.titles(self.screen.chores)

    def said_of_points(self) -> str:
        return next((line.words for line in self.screen.days.lines() if line.label == "积分"), "")


@pytest.fixture
def town(station: Station) -> Town:
    return settle_town(station.desk)


@pytest.fixture
def clerk(station: Station, qtbot: QtBot) -> Iterator[Clerk]:
    WENT.clear()
    with open_window(station.desk, SCREEN, *(signpost(key, WENT) for key in ELSEWHERE)) as opened:
        opened.frame.start()
        hands = Clerk(opened, qtbot)
        hands.wait()
        yield hands


class TestANewStation:
    def test_is_told_how_to_begin(self, clerk: Clerk) -> None:
        assert not clerk.screen._area.isVisible()
        clerk.enter()
        assert clerk.opened.frame.current() == "intake"

    def test_sees_its_first_order_come_in(self, clerk: Clerk, station: Station) -> None:
        town = settle_town(station.desk)
        submitted(station.desk, town)
        clerk.opened.jobs.changed.emit(frozenset({"order"}))
        clerk.until(lambda: clerk.chores() == ["1 单要审"])
        assert clerk.focused() is clerk.screen.chores, "and not the search box"


class TestWhatThereIsToDo:
    @pytest.fixture
    def order(self, station: Station, town: Town) -> Id:
        return submitted(station.desk, town, what="买米").order

    def test_enter_on_a_row_goes_to_the_first_of_it(self, order: Id, clerk: Clerk) -> None:
        assert clerk.focused() is clerk.screen.chores
        clerk.enter()
        assert (clerk.opened.frame.current(), WENT) == ("board", [order])

    def test_a_row_says_what_whose_and_how_much_time_is_left(self, order: Id, clerk: Clerk) -> None:
        [row] = clerk.screen.chores.rows.rows
        assert row.details == ("理发", "买米", "曾*贤", "桃源村 2 组 5 号")
        assert row.state is not None
        assert (row.state.shape, row.state.word) == ("hollow", "还剩1天")

    def test_one_click_opens_a_row(self, order: Id, clerk: Clerk) -> None:
        listed = clerk.screen.chores
        middle = listed.visualRect(listed.rows.index(0)).center()
        QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        assert [order] == WENT

    def test_a_row_leaves_when_it_is_done(self, order: Id, clerk: Clerk) -> None:
        def done(_value: object) -> None:
            pass

        clerk.opened.jobs.run(clerk.screen, screen_order, Step(order=order), done=done)
        clerk.until(lambda: clerk.chores() == ["1 单要派"])
        request = Reasoned(order=order, reason="不要了")
        clerk.opened.jobs.run(clerk.screen, cancel_order, request, done=done)
        clerk.until(lambda: clerk.chores() == [])
        assert clerk.screen.done.isVisible()
        assert clerk.screen.done.accessibleName() == "今天的事都办完了"
        assert clerk.focused() is clerk.screen, "and not the search box"

    def test_late_ones_are_marked_and_counted(self, station: Station, town: Town, qtbot: QtBot) -> None:
        waiting(station.desk, town)
        station.clock.forward(days=3)
        back_up_now(station.desk)
        waiting(station.desk, town)
        submitted(station.desk, town)
        with open_window(station.desk, SCREEN) as opened:
            opened.frame.start()
            clerk = Clerk(opened, qtbot)
            clerk.wait()
            assert clerk.chores() == ["2 单要派", "1 单要审"]
            late = clerk.screen.chores.rows.rows[0]
            assert late.details[0] == "1 单超时"
            assert late.state is not None
            assert (late.state.shape, late.state.colour) == ("triangle", "trouble")

    def test_time_goes_on_by_itself(self, order: Id, clerk: Clerk, station: Station) -> None:
        station.clock.forward(days=2)
        clerk.opened.frame.minute_passed.emit()
        clerk.until(lambda: any("超时" in row.spoken() for row in clerk.screen.chores.rows.rows))

    def test_records_to_approve_lead_to_the_oldest(self, station: Station, qtbot: QtBot) -> None:
        person = make.volunteer(station.desk)
        oldest = make.recorded(station.desk, person)
        make.recorded(station.desk, person, make.at(14))
        make.order(station.desk)
        WENT.clear()
        with open_window(station.desk, SCREEN, signpost("services", WENT)) as opened:
            opened.frame.start()
            clerk = Clerk(opened, qtbot)
            clerk.wait()
            assert clerk.chores() == ["1 单要派", "2 条时长要核"]
            clerk.key(Qt.Key.Key_Down)
            clerk.enter()
            assert (opened.frame.current(), WENT) == ("services", [oldest])

    def test_a_policy_of_today_is_told_beside_everything_done(
        self, station: Station, town: Town, qtbot: QtBot
    ) -> None:
        order = waiting(station.desk, town)
        cancel_order(station.desk, Reasoned(order=order, reason="不要了"))
        tomorrow = OPENING.date() + timedelta(days=1)
        request = SetPolicy(policy=StarsPolicy.name, value='{"hours": [50]}', valid_from=tomorrow)
        set_policy(station.sit(Role.ADMINISTRATOR), request)
        station.clock.forward(days=1)
        back_up_now(station.desk)
        WENT.clear()
        with open_window(station.desk, SCREEN, signpost("settings", WENT)) as opened:
            opened.frame.start()
            clerk = Clerk(opened, qtbot)
            clerk.wait()
            assert clerk.screen.done.isVisible()
            assert clerk.chores() == ["“星级标准”今天起按新的办"]
            clerk.enter()
            assert WENT == ["policy:stars"]

    def test_a_damaged_log_leads_to_the_self_check(self, station: Station, town: Town, qtbot: QtBot) -> None:
        waiting(station.desk, town)
        with writing(station.desk.engine) as connection:
            connection.exec_driver_sql("UPDATE log SET hash = x'00' WHERE n = 1")
        check_everything(station.desk)
        WENT.clear()
        with open_window(station.desk, SCREEN, signpost("settings", WENT)) as opened:
            opened.frame.start()
            clerk = Clerk(opened, qtbot)
            clerk.wait()
            assert clerk.screen.chores.rows.rows[0].spoken() == "有记录损坏，自检会说怎么恢复，请先别记"
            clerk.screen.chores.point_end(-1)
            clerk.screen.chores.point_first()
            clerk.enter()
            assert WENT == ["selfcheck"]

    def test_the_counter_and_the_backups_have_their_rows(self, station: Station, qtbot: QtBot) -> None:
        counter.stocked(station, "牛奶", low_stock=50, expires_on=date(2026, 4, 8))
        station.clock.forward(days=2)
        WENT.clear()
        make.order(station.desk)
        around = [signpost(key, WENT) for key in ("counter", "settings")]
        with open_window(station.desk, SCREEN, *around) as opened:
            opened.frame.start()
            clerk = Clerk(opened, qtbot)
            clerk.wait()
            assert [row.spoken() for row in clerk.screen.chores.rows.rows] == [
                "备份晚了，到设置里备份一次，一次也没有",
                "1 批礼品快过期，牛奶，1 批过期了，过期了",
                "1 单要派，代购代办，买十斤米，赵*爷，桃源村 3 号，还剩1天",
                "1 样礼品不多了，牛奶",
                "该盘点礼品了，先数，再和账对，一次也没有",
            ]
            clerk.enter()
            assert (opened.frame.current(), WENT) == ("settings", ["backup"])
            opened.frame.go("today")
            clerk.screen.chores.point_end(-1)
            clerk.enter()
            assert (opened.frame.current(), WENT[1:]) == ("counter", ["counting"])


class TestTodaysPeople:
    @pytest.fixture
    def order(self, station: Station, town: Town) -> Id:
        order = waiting(station.desk, town, wanted_at=OPENING.replace(hour=10))
        dispatch_order(station.desk, ToTeam(order=order, team=town.team))
        return order

    def test_are_told_with_their_time_and_team(self, order: Id, clerk: Clerk) -> None:
        [row] = clerk.screen.people.rows.rows
        assert (row.title, row.details) == ("10:00", ("曾*贤", "理发", "爱心理发队"))

    def test_arrows_go_on_from_block_to_block(self, order: Id, clerk: Clerk) -> None:
        clerk.key(Qt.Key.Key_Down)
        assert clerk.focused() is clerk.screen.people
        clerk.key(Qt.Key.Key_Down)
        assert clerk.focused() is clerk.screen.people
        clerk.key(Qt.Key.Key_Up)
        assert clerk.focused() is clerk.screen.chores

    def test_who_should_have_been_served_is_marked(self, order: Id, clerk: Clerk, station: Station) -> None:
        station.clock.forward(hours=3)
        clerk.opened.frame.minute_passed.emit()
        clerk.until(lambda: "时间过了" in clerk.screen.people.rows.rows[0].spoken())

    def test_more_than_fit_are_counted(self, station: Station, town: Town, qtbot: QtBot) -> None:
        for minute in range(9):
            waiting(station.desk, town, wanted_at=OPENING.replace(hour=15, minute=minute))
        WENT.clear()
        with open_window(station.desk, SCREEN, signpost("board", WENT)) as opened:
            opened.frame.start()
            clerk = Clerk(opened, qtbot)
            clerk.wait()
            assert clerk.titles(clerk.screen.people)[-1] == "还有 3 位，到派单看"
            clerk.screen.people.point_end(-1)
            clerk.enter()
            assert (opened.frame.current(), WENT) == ("board", [])


class TestTheDays:
    @pytest.fixture
    def rated(self, station: Station, town: Town) -> Id:
        order = served(station.desk, town)
        request = RateOrder(order=order, stars=5, how=RatedHow.PHONE, words="买得细心")
        rate_order(station.desk, request)
        return order

    def test_ratings_stand_with_their_words(self, rated: Id, clerk: Clerk) -> None:
        [row] = clerk.screen.ratings.rows.rows
        assert (row.title, row.details) == ("“买得细心”", ("理发", "爱心理发队"))
        assert row.state is not None
        assert row.state.word == "5 星"

    def test_the_days_and_the_month_are_told(self, rated: Id, clerk: Clerk) -> None:
        said = [(line.label, line.words) for line in clerk.screen.days.lines()]
        assert said == [
            ("昨日", "收 0 单，办完 0 单，服务 0 小时"),
            ("今日", "收 1 单，办完 1 单，服务 0 小时"),
        ]
        assert clerk.screen.month.accessibleName() == "收 1 单，办完 1 单，服务 0 小时"

    def test_points_that_expire_are_told_by_people_and_day(
        self, rated: Id, clerk: Clerk, station: Station
    ) -> None:
        counter.with_points(station.desk, 12)
        counter.set_policy(station, ExpiryPolicy(after_months=0))
        clerk.opened.frame.minute_passed.emit()
        clerk.until(lambda: clerk.said_of_points() == "到 5月1日还有 12 分会过期（1 人）")
        station.clock.forward(days=1)
        expire_points(station.desk, None)
        clerk.opened.frame.minute_passed.emit()
        clerk.until(lambda: clerk.said_of_points() == "过期 12 分（1 人）")

    def test_the_chart_says_a_day_where_one_points(self, rated: Id, clerk: Clerk) -> None:
        chart = clerk.screen.chart
        slot = chart.width() / 30
        assert chart.words_at(6.5 * slot) == "4月7日：收 1 单，办完 1 单，服务 0 小时"
        assert chart.words_at(7.5 * slot) == ""
        assert "4月7日：收 1 单，办完 1 单，服务 0 小时" in chart.accessibleDescription()
        spot = QPoint(round(6.5 * slot), 60)
        shown = QHelpEvent(QEvent.Type.ToolTip, spot, chart.mapToGlobal(QPointF(spot)).toPoint())
        QApplication.sendEvent(chart, shown)
        assert QToolTip.text() == chart.words_at(6.5 * slot)
        QToolTip.hideText()

    def test_the_bars_are_painted(self, rated: Id, clerk: Clerk) -> None:
        chart = clerk.screen.chart
        image = chart.grab().toImage()
        slot = chart.width() / 30
        column = [
            image.pixelColor(round(6 * slot + x), y).name()
            for x in range(round(slot))
            for y in range(30, chart.height() - 24)
        ]
        assert {theme.colour("waiting").name(), theme.colour("done").name()} <= set(column)


class TestLooks:
    def test_blocks_stand_below_each_other_where_there_is_little_room(
        self, station: Station, town: Town, qtbot: QtBot
    ) -> None:
        submitted(station.desk, town)
        with open_window(station.desk, SCREEN, size=(1366, 660)) as opened:
            opened.frame.start()
            clerk = Clerk(opened, qtbot)
            clerk.wait()
            screen = clerk.screen
            assert screen._people_block.x() > screen._chores_block.geometry().right()
            theme.use_large(True)
            clerk.until(lambda: screen._people_block.y() > screen._chores_block.geometry().bottom())
            assert screen._people_block.width() == screen._chores_block.width()

    def test_an_auditor_may_look(self, station: Station, town: Town, qtbot: QtBot) -> None:
        submitted(station.desk, town)
        station.clock.forward(days=2)
        station.sit(Role.AUDITOR)
        with open_window(station.desk, SCREEN) as opened:
            opened.frame.start()
            clerk = Clerk(opened, qtbot)
            clerk.wait()
            assert sorted(clerk.chores()) == ["1 单要审", "备份晚了"]
            assert "备份晚了，一次也没有" in [row.spoken() for row in clerk.screen.chores.rows.rows]
