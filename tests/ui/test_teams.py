"""The screen of teams by keys and clicks: the real window on the real encrypted database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.actions.drafts import my_drafts
from app.actions.orders import (
    AcceptOrder,
    FinishOrder,
    RateOrder,
    StartOrder,
    Step,
    ToTeam,
    accept_order,
    dispatch_order,
    finish_order,
    rate_order,
    screen_order,
    start_order,
)
from app.actions.people_list import PeopleQuery, people_list
from app.actions.policies import SetPolicy, set_policy
from app.actions.teams import (
    ChangeLeader,
    CloseTeam,
    EditTeam,
    TeamTreeQuery,
    change_leader,
    close_team,
    edit_team,
    team_card,
    team_tree,
)
from app.domain.orders import RatedHow
from app.domain.staff import Role
from app.domain.teams import Charter, Level
from app.domain.villages import VillageNames
from app.facts import Id
from tests.support.desk import REGION, Station
from tests.support.hands import CTRL, Hands, signpost
from tests.support.people import order, resident, team, volunteer
from tests.support.window import Opened, open_window
from ui.parts.timeline import Timeline
from ui.screens.teams import SCREEN
from ui.screens.teams.pane import IN_HAND, MEMBERS, RATED
from ui.screens.teams.screen import Teams

WENT: list[Id] = []


class Clerk(Hands):
    """At the screen of teams."""

    def __init__(self, opened: Opened, qtbot: QtBot) -> None:
        super().__init__(opened, qtbot)
        self.settle()

    @property
    def screen(self) -> Teams:
        shown = self.opened.screen()
        assert isinstance(shown, Teams)
        return shown

    def tree(self) -> list[tuple[int, str]]:
        """The rows of the tree: how deep, and which team."""
        return [(row.indent, row.title) for row in self.screen.tree.list.rows.rows]

    def pointed(self) -> str:
        whole = self.screen.pane.whole
        return whole.card.name if whole is not None else ""

    def go(self, name: str, team_id: Id) -> None:
        self.opened.frame.go("teams", team_id)
        self.until(lambda: self.pointed() == name)
        self.settle()

    def members(self) -> list[str]:
        table = self.screen.middle.members
        return [table.model().index(place, 0).data() for place in range(table.total())]

    def refusal(self, field: str) -> str:
        form = self.screen.form.form
        row = next(row for name, row in form._rows if name == field)
        return row.refusal._words.accessibleName() if row.refusal.isVisibleTo(form) else ""

    def facts(self) -> dict[str, str]:
        return {line.label: line.words for line in self.screen.pane._facts.lines()}


@pytest.fixture(autouse=True)
def nowhere() -> Iterator[None]:
    yield
    WENT.clear()


def in_hand(desk: Desk, squad: Id) -> Id:
    asked = order(desk, resident(desk, "王秀英"), what="想理个发")
    screen_order(desk, Step(order=asked))
    dispatch_order(desk, ToTeam(order=asked, team=squad))
    return asked


def rated(desk: Desk, squad: Id, stars: int, words: str = "") -> Id:
    asked = in_hand(desk, squad)
    accept_order(desk, AcceptOrder(order=asked))
    start_order(desk, StartOrder(order=asked))
    finish_order(desk, FinishOrder(order=asked))
    rate_order(desk, RateOrder(order=asked, stars=stars, how=RatedHow.PHONE, words=words))
    return asked


def test_the_tree_shows_teams_below_the_ones_they_belong_to(qtbot: QtBot, desk: Desk) -> None:
    corps = team(desk, "云溪总队", level=Level.CORPS)
    brigade = team(desk, "巾帼支队", level=Level.BRIGADE, parent=corps)
    squad = team(desk, "爱心理发队", volunteer(desk, "安然"), parent=brigade)
    in_hand(desk, squad)
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        assert clerk.tree() == [(0, "云溪总队"), (1, "巾帼支队"), (2, "爱心理发队")]
        assert clerk.screen.tree.list.rows.rows[2].right == "1 人 · 手上 1 单"
        assert clerk.screen.tree.list.hasFocus()
        assert clerk.pointed() == "云溪总队"
        clerk.key(Qt.Key.Key_End)
        clerk.until(lambda: clerk.pointed() == "爱心理发队")
        clerk.until(lambda: clerk.members() == ["安*"])


def test_typing_narrows_the_tree_and_enter_goes_to_the_members(qtbot: QtBot, desk: Desk) -> None:
    team(desk, "云溪总队", level=Level.CORPS)
    team(desk, "爱心理发队", volunteer(desk, "安然"))
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.key(Qt.Key.Key_F, CTRL)
        clerk.write("lifa")
        assert [title for _depth, title in clerk.tree()] == ["爱心理发队"]
        clerk.until(lambda: clerk.members() == ["安*"])
        clerk.settle()
        clerk.enter()
        assert clerk.screen.middle.members.hasFocus()
        clerk.key(Qt.Key.Key_Escape)
        assert clerk.screen.tree.list.hasFocus()
        clerk.key(Qt.Key.Key_F, CTRL)
        clerk.write("xyz")
        assert [title for _depth, title in clerk.tree()] == ["没有这样的队伍"]
        clerk.key(Qt.Key.Key_Escape)
        assert len(clerk.tree()) == 2


def test_large_letters_in_a_small_window_show_the_tree_or_the_team(qtbot: QtBot, desk: Desk) -> None:
    team(desk, "爱心理发队", volunteer(desk, "安然"))
    with open_window(desk, SCREEN, size=(900, 540), kept={"large": "true"}) as opened:
        clerk = Clerk(opened, qtbot)
        tree, middle = clerk.screen.tree, clerk.screen.middle
        clerk.until(lambda: clerk.members() == ["安*"])
        assert tree.isVisible() and not middle.isVisible()
        clerk.enter()
        assert middle.members.hasFocus() and not tree.isVisible()
        for button in (middle.back, middle.lead, middle.leave):
            assert button.visibleRegion().boundingRect() == button.rect()
        clerk.click(middle.back)
        assert tree.list.hasFocus() and not middle.isVisible()
        clerk.key(Qt.Key.Key_L)
        clerk.key(Qt.Key.Key_Delete)
        clerk.settle()
        assert clerk.members() == ["安*"] and not clerk.news(), (
            "nothing is done with a member one does not see"
        )
        clerk.key(Qt.Key.Key_A)
        assert middle.add_line.hasFocus()
        clerk.key(Qt.Key.Key_Escape)
        clerk.key(Qt.Key.Key_Escape)
        assert tree.list.hasFocus()
        opened.window.resize(1920, 1040)
        clerk.until(lambda: tree.isVisible() and middle.isVisible())
        assert not middle.back.isVisible()


def test_closed_teams_are_shown_on_demand_and_when_sought(qtbot: QtBot, desk: Desk) -> None:
    team(desk, "爱心理发队")
    closed = team(desk, "老队")
    close_team(desk, CloseTeam(team=closed, reason="并队"))
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        assert [title for _depth, title in clerk.tree()] == ["爱心理发队"]
        clerk.go("老队", closed)
        assert clerk.screen.tree.with_closed.value()
        assert not clerk.screen.pane.edit.isVisible()
        assert not clerk.screen.middle.add_line.isVisible()
        said = [text.text() for text in clerk.screen.middle.findChildren(QLabel) if text.isVisible()]
        assert any("还没有队员。" in text for text in said)
        assert not any("在上面写名字" in text for text in said)


def test_a_team_says_what_it_is(qtbot: QtBot, station: Station) -> None:
    desk = station.desk
    corps = team(desk, "云溪总队", level=Level.CORPS)
    leader = volunteer(desk, "赵晓燕")
    squad = team(
        desk,
        "爱心理发队",
        leader,
        parent=corps,
        regions=(REGION,),
        qualifications=("理发",),
        phone="13812340001",
    )
    change_leader(desk, ChangeLeader(team=squad, person=leader))
    station.sit(Role.ADMINISTRATOR)
    named = VillageNames(names={REGION: "桃源村"})
    value = f'{{"names": {{"{REGION}": "{named.names[REGION]}"}}}}'
    set_policy(desk, SetPolicy(policy=VillageNames.name, value=value, valid_from=date(2026, 4, 7)))
    station.sit(Role.CLERK)
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go("爱心理发队", squad)
        assert clerk.facts() == {
            "上级": "云溪总队",
            "队长": "赵*燕",
            "电话": "138 1234 0001",
            "服务项目": "理发",
            "服务区域": "桃源村",
            "资质": "理发",
            "成立日期": "2026年4月7日",
        }
        [timeline] = clerk.screen.pane.findChildren(Timeline)
        assert [row._event.sentence for row in timeline._rows][-1] == "成立，名为“爱心理发队”"
        clerk.click(clerk.screen.pane._facts.link(corps))
        clerk.until(lambda: clerk.pointed() == "云溪总队")


def test_figures_open_orders_and_ratings(qtbot: QtBot, desk: Desk) -> None:
    squad = team(desk, "爱心理发队")
    good, bad = rated(desk, squad, 5, "理得好"), rated(desk, squad, 2)
    waiting = in_hand(desk, squad)
    with open_window(desk, SCREEN, signpost("board", WENT)) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go("爱心理发队", squad)
        figures = clerk.screen.pane.figures
        assert [figures[name].text() for name in (MEMBERS, IN_HAND, RATED)] == [
            "0 人",
            "1 单",
            "平均 3.5 星（2 次）",
        ]
        clerk.key(Qt.Key.Key_2)
        assert clerk.screen.middle.in_hand.hasFocus()
        clerk.enter()
        assert [waiting] == WENT
        opened.frame.go("teams")
        clerk.key(Qt.Key.Key_3)
        rows = clerk.screen.middle.rated.rows.rows
        assert [row.value for row in rows] == [bad, good]
        assert rows[0].state is not None and (rows[0].state.shape, rows[0].state.word) == ("triangle", "2 星")
        assert rows[1].details[-1] == "理得好"


def test_a_team_without_orders_teaches(qtbot: QtBot, desk: Desk) -> None:
    squad = team(desk, "爱心理发队")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go("爱心理发队", squad)
        assert clerk.screen.middle._nobody.isVisible()
        clerk.key(Qt.Key.Key_2)
        assert clerk.screen.middle._nothing.isVisible()


def test_a_team_that_is_not_read_yet_has_not_nobody(qtbot: QtBot, desk: Desk) -> None:
    team(desk, "爱心理发队")
    empty = team(desk, "夕阳红队")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        middle = clerk.screen.middle
        with clerk.while_it_is_slow():
            middle.show_team(empty, "夕阳红队", None, is_open=True)
            for page in (MEMBERS, IN_HAND, RATED):
                middle.show_page(page)
                assert not middle._nobody.isVisible() and not middle._nothing.isVisible()
        middle.show_page(MEMBERS)
        clerk.until(middle._nobody.isVisible)


# --- members


def test_somebody_joins_by_typing_and_it_is_undone(qtbot: QtBot, desk: Desk) -> None:
    squad = team(desk, "爱心理发队")
    volunteer(desk, "安然")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go("爱心理发队", squad)
        clerk.key(Qt.Key.Key_A)
        clerk.write("anran")
        clerk.enter()
        clerk.until(lambda: clerk.members() == ["安*"])
        assert clerk.news() == "安然入队了。"
        assert clerk.screen.middle.add_line.hasFocus()
        assert clerk.screen.middle.add_line.text() == ""
        clerk.write("anran")
        clerk.enter()
        clerk.until(lambda: clerk.news() == "安然已经在队里了。")
        clerk.key(Qt.Key.Key_Z, CTRL)
        clerk.until(lambda: clerk.members() == [])
        assert clerk.news() == "已撤销：安然 入队"


def test_a_line_for_a_member_says_when_nobody_is_found(qtbot: QtBot, desk: Desk) -> None:
    squad = team(desk, "爱心理发队")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go("爱心理发队", squad)
        clerk.key(Qt.Key.Key_A)
        clerk.write("nobody")
        line = clerk.screen.middle.add_line
        clerk.until(line.is_open)
        assert [row.title for row in line.proposals()] == ["没有找到。新来的人先到“志愿者”里登记（Ctrl+N）。"]
        clerk.enter()
        assert (clerk.members(), line.text()) == ([], "nobody")


def test_a_resident_is_refused_and_can_be_registered(qtbot: QtBot, desk: Desk) -> None:
    squad = team(desk, "爱心理发队")
    mother = resident(desk, "王秀英")
    with open_window(desk, SCREEN, signpost("volunteers", WENT)) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go("爱心理发队", squad)
        clerk.key(Qt.Key.Key_A)
        clerk.write("wxy")
        clerk.enter()
        clerk.until(clerk.screen.middle.refusal.isVisible)
        mend = clerk.screen.middle.refusal._mend
        assert mend is not None
        clerk.click(mend)
        assert [mother] == WENT
        assert team_card(desk, squad).members_count == 0


def test_a_member_leads_and_leaves_by_keys(qtbot: QtBot, desk: Desk) -> None:
    person = volunteer(desk, "安然")
    squad = team(desk, "爱心理发队", person)
    with open_window(desk, SCREEN, signpost("volunteers", WENT)) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go("爱心理发队", squad)
        clerk.key(Qt.Key.Key_L)
        clerk.until(lambda: clerk.members() == ["安*　队长"])
        assert team_card(desk, squad).leader == person
        clerk.until(lambda: clerk.screen.middle.lead.text() == "不当队长了")
        clerk.key(Qt.Key.Key_Z, CTRL)
        clerk.until(lambda: clerk.members() == ["安*"])
        assert team_card(desk, squad).leader is None
        clerk.screen.middle.members.setFocus()
        clerk.enter()
        assert [person] == WENT
        opened.frame.go("teams")
        clerk.key(Qt.Key.Key_Delete)
        clerk.until(lambda: clerk.members() == [])
        clerk.key(Qt.Key.Key_Z, CTRL)
        clerk.until(lambda: clerk.members() == ["安*"])


# --- founding, editing, closing


def test_a_team_is_founded_by_keys(qtbot: QtBot, desk: Desk) -> None:
    corps = team(desk, "云溪总队", level=Level.CORPS)
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.key(Qt.Key.Key_N, CTRL)
        form = clerk.screen.form.form
        assert form.name.hasFocus()
        clerk.say("夕阳红队")
        form.parent_team.set_value(corps)
        form.categories.set_value(("haircut",))
        clerk.save()
        clerk.until(lambda: clerk.pointed() == "夕阳红队")
        assert clerk.tree() == [(0, "云溪总队"), (1, "夕阳红队")]
        assert clerk.news() == "“夕阳红队”成立了。"
    card = team_card(desk, team_tree(desk, TeamTreeQuery())[1].id)
    assert (card.level, card.parent, card.categories, card.region) == (
        Level.SQUAD,
        corps,
        ("haircut",),
        REGION,
    )


def test_the_first_team_is_founded_from_an_empty_screen(qtbot: QtBot, desk: Desk) -> None:
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.until(clerk.screen._nothing.isVisible)
        clerk.click(clerk.screen._nothing.button)
        form = clerk.screen.form.form
        assert not form.row_of(form.areas).isVisible()  # the station has named no village to choose from
        clerk.say("爱心理发队")
        clerk.save()
        clerk.until(lambda: clerk.pointed() == "爱心理发队")
        assert clerk.screen.tree.list.isVisible()


def test_a_name_that_is_taken_is_refused_under_its_field(qtbot: QtBot, desk: Desk) -> None:
    team(desk, "爱心理发队")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.key(Qt.Key.Key_N, CTRL)
        clerk.say("爱心理发队")
        clerk.save()
        clerk.until(lambda: clerk.refusal("name"))
        assert clerk.screen.form.form.name.hasFocus()
        clerk.key(Qt.Key.Key_Escape)
        assert clerk.screen.tree.list.hasFocus()
        clerk.key(Qt.Key.Key_N, CTRL)
        assert clerk.screen.form.form.name.value() == "爱心理发队"  # nothing typed is lost
        clerk.say("二")
        assert clerk.refusal("name") == ""
        clerk.save()
        clerk.until(lambda: clerk.pointed() == "爱心理发队二")


def test_an_edit_keeps_what_the_form_cannot_show(qtbot: QtBot, desk: Desk) -> None:
    squad = team(desk, "爱心理发队", categories=("haircut.home",), regions=("370883103001",))
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go("爱心理发队", squad)
        clerk.key(Qt.Key.Key_E)
        form = clerk.screen.form.form
        assert form.categories.value() == ("haircut.home",)
        form.phone.setFocus()
        clerk.write("13812340001")
        clerk.save()
        clerk.until(lambda: clerk.news() == "改好了。")
    card = team_card(desk, squad)
    assert (card.phone, card.categories, card.regions, card.region) == (
        "13812340001",
        ("haircut.home",),
        ("370883103001",),
        REGION,
    )


def test_a_form_nobody_types_in_leaves_nothing_and_shows_what_is_new(qtbot: QtBot, desk: Desk) -> None:
    squad = team(desk, "爱心理发队")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.key(Qt.Key.Key_N, CTRL)
        clerk.settle()
        clerk.key(Qt.Key.Key_Escape)
        clerk.go("爱心理发队", squad)
        clerk.key(Qt.Key.Key_E)
        clerk.key(Qt.Key.Key_Escape)
        charter = Charter(name="爱心队", level=Level.SQUAD, region=REGION)
        opened.jobs.run(
            opened.window, edit_team, EditTeam(team=squad, charter=charter), done=lambda _done: None
        )
        clerk.settle()
        clerk.key(Qt.Key.Key_E)
        assert clerk.screen.form.form.name.value() == "爱心队", "and saving it puts nothing back"
        opened.frame.sleep()
        clerk.settle()
    assert my_drafts(desk, "team") == ()


def test_a_team_with_orders_in_hand_is_not_closed(qtbot: QtBot, desk: Desk) -> None:
    squad = team(desk, "爱心理发队")
    in_hand(desk, squad)
    other = team(desk, "老队")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go("爱心理发队", squad)
        clerk.click(clerk.screen.pane.close_team)
        clerk.answer("并到别的队")
        clerk.until(lambda: clerk.refused() == "手上还有 1 单没办完，先办完或退回。")
        clerk.key(Qt.Key.Key_Escape)
        clerk.go("老队", other)
        clerk.click(clerk.screen.pane.close_team)
        clerk.answer("没有人了")
        clerk.until(lambda: [title for _depth, title in clerk.tree()] == ["爱心理发队"])
        clerk.until(lambda: clerk.pointed() == "爱心理发队")


def test_an_auditor_looks_but_changes_nothing(qtbot: QtBot, station: Station) -> None:
    person = volunteer(station.desk, "安然")
    squad = team(station.desk, "爱心理发队", person)
    with open_window(station.sit(Role.AUDITOR), SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go("爱心理发队", squad)
        pane = clerk.screen.pane
        for button in (pane.edit, pane.close_team, clerk.screen.tree.new, clerk.screen.middle.add_line):
            assert not button.isVisible()
        clerk.key(Qt.Key.Key_Delete)
        clerk.settle()
        assert people_list(station.desk, PeopleQuery(team=squad)).total == 1


def test_the_team_is_remembered(qtbot: QtBot, desk: Desk) -> None:
    team(desk, "爱心理发队")
    squad = team(desk, "夕阳红队")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go("夕阳红队", squad)
        kept = dict(opened.frame.remembered._kept)
    with open_window(desk, SCREEN, kept=kept) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.until(lambda: clerk.pointed() == "夕阳红队")
