"""Registering and editing people by keys and clicks: the real window on the real encrypted database."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.actions.drafts import my_drafts
from app.actions.people import EditPerson, Reveal, Sensitive, edit_person, reveal
from app.actions.people_cards import person_card, person_story
from app.actions.people_list import PeopleQuery, Who, people_list
from app.actions.teams import ChangeLeader, change_leader
from app.domain.identity import Sex
from app.domain.people import Group, Profile
from app.facts import Id
from tests.support import people
from tests.support.hands import CTRL, signpost
from tests.support.people import resident, team, volunteer
from tests.support.register import WENT, Clerk
from tests.support.window import open_window
from ui.screens.volunteers import SCREEN
from ui.screens.volunteers.pane import Door

ID_NUMBER = "11010519491231002X"


# --- registering


def test_a_volunteer_is_registered_by_keys(clerk: Clerk, desk: Desk) -> None:
    clerk.key(Qt.Key.Key_N, CTRL)
    clerk.say("王秀英")
    clerk.enter()
    clerk.write("11010519491231002x")
    form = clerk.screen.form.form
    assert form.identity.number.field.text() == "110105 1949 1231 002X".lower()
    assert (form.sex.value(), form.born_on.field.echo()) == (Sex.FEMALE, "1949年12月31日，76 岁")
    clerk.enter()
    assert form.phone.field.hasFocus()
    clerk.write("13812340001")
    clerk.save()
    clerk.until(lambda: clerk.names() == ["王*英"])
    clerk.settle()
    assert clerk.news() == "已登记，志愿者编号 1022 0400 1000 0014"
    banner = clerk.opened.frame.banner.geometry()
    assert banner.bottom() > clerk.opened.frame.height() - 60, "the form it would cover is gone"
    assert clerk.screen.register.table().hasFocus()
    assert clerk.pointed() == "王秀英"
    assert clerk.screen.register.table().selectionModel().hasSelection(), "also the very first one is marked"
    [row] = people_list(desk, PeopleQuery()).rows
    assert (row.sex, row.age) == (Sex.FEMALE, 76)
    assert my_drafts(desk, "person") == ()


def test_a_resident_needs_only_a_name(clerk: Clerk, desk: Desk) -> None:
    clerk.key(Qt.Key.Key_N, CTRL)
    form = clerk.screen.form.form
    form.kind.set_value("resident")
    form.kind.edited.emit()
    assert not form.categories.isVisible()
    clerk.say("王秀英")
    clerk.save()
    clerk.until(lambda: clerk.pointed() == "王秀英")
    assert people_list(desk, PeopleQuery(who=Who.RESIDENTS)).total == 1
    assert people_list(desk, PeopleQuery()).total == 0


def test_a_wrong_number_is_said_while_it_is_typed(clerk: Clerk) -> None:
    clerk.key(Qt.Key.Key_N, CTRL)
    form = clerk.screen.form.form
    form.identity.setFocus()
    clerk.write("110105194912310021")
    assert "号" in clerk.refusal("id_number")
    assert form.identity.number.field.hasFocus()
    clerk.key(Qt.Key.Key_Backspace)
    assert clerk.refusal("id_number") == ""
    clerk.key(Qt.Key.Key_Tab)
    assert clerk.refusal("id_number") != ""  # left unfinished


def test_what_the_number_told_goes_with_it(clerk: Clerk) -> None:
    clerk.key(Qt.Key.Key_N, CTRL)
    form = clerk.screen.form.form
    form.identity.setFocus()
    clerk.write(ID_NUMBER)
    assert form.born_on.value() == "1949-12-31"
    clerk.key(Qt.Key.Key_Backspace)
    assert (form.sex.value(), form.born_on.value()) == (None, "")


def test_refusals_stand_under_their_field_and_nothing_is_lost(clerk: Clerk, desk: Desk) -> None:
    clerk.key(Qt.Key.Key_N, CTRL)
    clerk.say("王秀英")
    form = clerk.screen.form.form
    form.born_on.set_value("1965-3-4")
    clerk.save()
    clerk.until(lambda: clerk.refusal("phone"))
    assert form.phone.field.hasFocus()
    clerk.write("138")
    assert clerk.refusal("phone") == ""
    form.born_on.set_value("六五年")
    clerk.save()
    assert clerk.refusal("born_on") == "没看懂“六五年”。写年月日，例如 1965-3-4"
    assert (form.name.value(), form.phone.value()) == ("王秀英", "138")
    assert people_list(desk, PeopleQuery(who=Who.EVERYBODY)).total == 0


def test_a_minor_is_asked_for_a_guardian(qtbot: QtBot, desk: Desk) -> None:
    mother = resident(desk, "王秀英", born_on=date(1985, 1, 1))
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.key(Qt.Key.Key_N, CTRL)
        clerk.say("赵小宝")
        form = clerk.screen.form.form
        assert not form.guardian.isVisible()
        form.phone.set_value("13812340001")
        form.born_on.setFocus()
        clerk.write("2010-6-1")
        assert form.guardian.isVisible()
        clerk.save()
        clerk.until(lambda: clerk.refusal("guardian"))
        clerk.write("wangxiuying")
        clerk.until(form.guardian.is_open)
        clerk.enter()
        clerk.until(lambda: form.guardian.value() == mother)
        assert form.guardian.accessibleDescription() == "", "no tail of a phone she does not have"
        clerk.save()
        clerk.until(lambda: clerk.pointed() == "赵小宝")


def test_who_brought_a_volunteer_is_said_at_registration(qtbot: QtBot, desk: Desk) -> None:
    neighbour = resident(desk, "王秀英")
    brought_by = volunteer(desk, "赵晓燕")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.key(Qt.Key.Key_N, CTRL)
        form = clerk.screen.form.form
        clerk.say("李梅")
        form.phone.set_value("13812340001")
        form.born_on.set_value("1980-6-1")
        form.referrer.setFocus()
        clerk.write("wangxiuying")
        clerk.until(form.referrer.is_open)
        clerk.enter()
        clerk.until(lambda: form.referrer.value() == neighbour)
        clerk.save()
        clerk.until(lambda: "推荐人" in clerk.refusal("referrer"))
        clerk.key(Qt.Key.Key_A, CTRL)
        clerk.write("zhaoxiaoyan")
        clerk.until(form.referrer.is_open)
        clerk.enter()
        clerk.until(lambda: form.referrer.value() == brought_by)
        assert not clerk.refusal("referrer")
        clerk.save()
        clerk.until(lambda: clerk.pointed() == "李梅")
        whole = clerk.screen.pane.whole
        assert whole is not None and whole.card.volunteer is not None
        assert whole.card.volunteer.referrer == brought_by
        clerk.screen.pane._facts.link(Door("volunteers", brought_by)).click()
        clerk.until(lambda: clerk.pointed() == "赵晓燕")


def test_the_referrer_is_kept_in_the_draft(qtbot: QtBot, desk: Desk) -> None:
    brought_by = volunteer(desk, "赵晓燕")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.key(Qt.Key.Key_N, CTRL)
        clerk.say("李梅")
        clerk.screen.form.form.referrer.setFocus()
        clerk.write("zhaoxiaoyan")
        clerk.until(clerk.screen.form.form.referrer.is_open)
        clerk.enter()
        clerk.until(lambda: any(brought_by in draft.body for draft in my_drafts(desk, "person")))
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.until(lambda: clerk.screen.form.form.referrer.value() == brought_by)


def test_somebody_likely_the_same_is_hinted_at_and_never_in_the_way(qtbot: QtBot, desk: Desk) -> None:
    known = resident(desk, "王秀英", phone="13812340001")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.key(Qt.Key.Key_N, CTRL)
        clerk.say("王秀英")
        form = clerk.screen.form.form
        form.phone.setFocus()
        clerk.write("13812340001")
        clerk.until(clerk.screen.form.same.isVisible)
        form.born_on.set_value("1965-3-4")
        clerk.save()
        clerk.until(lambda: people_list(desk, PeopleQuery()).total == 1)
        clerk.settle()
        clerk.key(Qt.Key.Key_N, CTRL)
        clerk.say("王秀英")
        form.phone.setFocus()
        clerk.write("13812340001")
        clerk.until(clerk.screen.form.same.isVisible)
        clerk.click(clerk.screen.form.same._open)
        clerk.until(lambda: clerk.screen.pane.whole is not None and clerk.screen.pane.whole.card.id == known)
        assert form.name.value() == "王秀英"  # what was typed is still there


def test_a_taken_number_leads_to_who_has_it(qtbot: QtBot, desk: Desk) -> None:
    known = resident(desk, "王秀英", id_number=ID_NUMBER)
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.key(Qt.Key.Key_N, CTRL)
        clerk.say("王秀瑛")
        form = clerk.screen.form.form
        form.identity.setFocus()
        clerk.write(ID_NUMBER)
        form.phone.set_value("13812340009")
        clerk.save()
        clerk.until(lambda: clerk.refusal("id_number"))
        mend = form.row_of(form.identity).refusal._mend
        assert mend is not None
        clerk.click(mend)
        clerk.until(lambda: clerk.screen.pane.whole is not None and clerk.screen.pane.whole.card.id == known)


def test_what_is_half_typed_is_there_after_a_crash(qtbot: QtBot, desk: Desk) -> None:
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.key(Qt.Key.Key_N, CTRL)
        clerk.say("王秀英")
        form = clerk.screen.form.form
        form.groups.set_value((Group.ALONE,))
        form.address.setFocus()
        clerk.say("桃源村 2 组")
        clerk.until(lambda: my_drafts(desk, "person"))
        clerk.settle()
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.settle()
        clerk.key(Qt.Key.Key_N, CTRL)
        form = clerk.screen.form.form
        assert (form.name.value(), form.address.value()) == ("王秀英", "桃源村 2 组")
        assert form.groups.value() == (Group.ALONE,)
        assert clerk.screen.form.title.text() == "接着登记"
        clerk.click(clerk.screen.form.throw_away)
        clerk.until(lambda: not my_drafts(desk, "person"))
        assert clerk.screen.form.value() is None


# --- editing


def test_only_what_was_touched_changes(qtbot: QtBot, desk: Desk) -> None:
    person = volunteer(
        desk, "安然", phone="13812340001", id_number=ID_NUMBER, born_on=None, address="桃源村 2 组 5 号"
    )
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        clerk.key(Qt.Key.Key_E)
        form = clerk.screen.form.form
        assert form.identity.number.value() == ""  # hidden, not lost
        form.phone.setFocus()
        clerk.write("13900005678")
        form.skills.setFocus()
        clerk.say("理发、木工")
        clerk.save()
        clerk.until(lambda: clerk.news() == "改好了。")
    card = person_card(desk, person)
    assert card.phone == "139****5678"
    assert card.volunteer is not None and card.volunteer.skills == ("理发", "木工")
    known = {field: _revealed(desk, person, field) for field in (Sensitive.ID_NUMBER, Sensitive.ADDRESS)}
    assert known == {Sensitive.ID_NUMBER: ID_NUMBER, Sensitive.ADDRESS: "桃源村 2 组 5 号"}


def test_a_hidden_value_is_brought_to_be_put_right(qtbot: QtBot, desk: Desk) -> None:
    person = resident(desk, "王秀英", address="桃源村 2 组 5 号")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        clerk.key(Qt.Key.Key_E)
        address = clerk.screen.form.form.address
        clerk.click(address._eye)
        clerk.answer("改资料")
        clerk.until(lambda: address.value() == "桃源村 2 组 5 号")
        address.setFocus()
        clerk.key(Qt.Key.Key_A, CTRL)
        clerk.key(Qt.Key.Key_Delete)
        clerk.save()
        clerk.until(lambda: clerk.news() == "改好了。")
    assert person_card(desk, person).address == ""


def test_half_made_edits_wait_for_their_person_also_after_a_crash(qtbot: QtBot, desk: Desk) -> None:
    first, second = resident(desk, "王秀英"), resident(desk, "赵大爷")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(first)
        clerk.key(Qt.Key.Key_E)
        form = clerk.screen.form.form
        form.remark.setFocus()
        clerk.say("耳朵不好")
        form.groups.set_value((Group.ALONE,))
        form.groups.edited.emit()
        clerk.key(Qt.Key.Key_Escape)
        clerk.go(second)
        clerk.key(Qt.Key.Key_E)
        clerk.settle()
        assert form.remark.value() == ""
        clerk.key(Qt.Key.Key_Escape)
        opened.frame.sleep()
        clerk.settle()
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(first)
        clerk.key(Qt.Key.Key_E)
        clerk.settle()
        form = clerk.screen.form.form
        assert (form.remark.value(), form.groups.value()) == ("耳朵不好", (Group.ALONE,))
        clerk.save()
        clerk.until(lambda: clerk.news() == "改好了。")
        clerk.settle()
        assert my_drafts(desk, "person") == ()
    assert person_card(desk, first).remark == "耳朵不好"


def test_edits_that_were_left_hold_nothing_that_was_not_edited(qtbot: QtBot, desk: Desk) -> None:
    """What a colleague has put right meanwhile is not put back."""
    person = resident(desk, "王秀英", address="桃源村 2 组 5 号")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        form = clerk.screen.form.form

        def edit() -> None:
            clerk.settle()
            clerk.key(Qt.Key.Key_E)
            clerk.settle()
            assert form.isVisible()

        edit()
        clerk.click(form.address._eye)
        clerk.answer("改资料")
        clerk.until(lambda: form.address.value() == "桃源村 2 组 5 号")
        clerk.key(Qt.Key.Key_Escape)
        assert not clerk.screen.is_amid(), "it was only looked at"
        for name, remark in (("王秀瑛", ""), ("王秀莹", "耳朵不好")):
            renamed = EditPerson(person=person, profile=Profile(name=name), touched=frozenset({"name"}))
            opened.jobs.run(opened.window, edit_person, renamed, done=lambda _done: None)
            edit()
            assert (form.name.value(), form.address.value(), form.remark.value()) == (name, "", remark)
            form.remark.set_value("耳朵不好")
            form.remark.edited.emit()
            assert clerk.screen.is_amid()
            clerk.key(Qt.Key.Key_Escape)
            assert not clerk.screen.is_amid(), "it is safe in its draft"


def test_edits_that_were_left_can_be_given_up(qtbot: QtBot, desk: Desk) -> None:
    person = resident(desk, "王秀英", address="桃源村 2 组 5 号")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        clerk.key(Qt.Key.Key_E)
        clerk.settle()
        page = clerk.screen.form
        assert not page.throw_away.isVisible()
        page.form.address.setFocus()
        clerk.say("曹村")
        clerk.key(Qt.Key.Key_Escape)
        clerk.settle()
        clerk.key(Qt.Key.Key_E)
        clerk.until(page.throw_away.isVisible)
        assert (page.throw_away.text(), page.form.address.value()) == ("不要这份草稿", "曹村")
        clerk.click(page.throw_away)
        clerk.settle()
        assert (page.form.name.value(), page.form.address.value()) == ("王秀英", "")
        assert not page.throw_away.isVisible() and not page.form.address.touched()
        assert my_drafts(desk, "person") == ()


def test_what_is_only_chosen_is_an_edit_too(qtbot: QtBot, desk: Desk) -> None:
    person = resident(desk, "王秀英")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        clerk.key(Qt.Key.Key_E)
        assert not clerk.screen.is_amid()
        clerk.screen.form.form.groups.set_value((Group.ALONE,))
        assert clerk.screen.is_amid()


def test_what_a_coming_volunteer_brings_waits_for_the_registration(qtbot: QtBot, desk: Desk) -> None:
    """Somebody edits the resident in between, where nobody asks for it."""
    person = resident(desk, "王秀英")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        form = clerk.screen.form.form
        clerk.click(clerk.screen.pane.standing)
        clerk.settle()
        form.skills.setFocus()
        clerk.say("理发")
        clerk.key(Qt.Key.Key_Escape)
        clerk.settle()
        clerk.key(Qt.Key.Key_E)
        clerk.settle()
        assert not form.skills.isVisible()
        form.remark.setFocus()
        clerk.say("耳朵不好")
        clerk.save()
        clerk.until(lambda: clerk.news() == "改好了。")
        clerk.settle()
        clerk.click(clerk.screen.pane.standing)
        clerk.settle()
        assert (form.skills.value(), form.remark.value()) == ("理发", "耳朵不好")


def test_a_resident_becomes_a_volunteer_and_back(qtbot: QtBot, desk: Desk) -> None:
    person = resident(desk, "王秀英", phone="13812340001")
    squad = team(desk, "爱心理发队")
    with open_window(desk, SCREEN) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        clerk.click(clerk.screen.pane.standing)
        form = clerk.screen.form.form
        assert form.categories.isVisible()
        clerk.save()
        clerk.until(lambda: clerk.refusal("born_on"))
        form.born_on.setFocus()
        clerk.write("1965-3-4")
        clerk.save()
        clerk.until(lambda: clerk.screen.register.isVisible())
        clerk.settle()
        assert person_card(desk, person).volunteer is not None
        served_team = people.team(desk, "夕阳红队", person)
        assert served_team != squad
        clerk.go(person)
        clerk.click(clerk.screen.pane.standing)
        clerk.answer("搬走了")
        clerk.until(lambda: clerk.screen.pane.standing.text() == "恢复服务")
        assert person_story(desk, person).teams == ()
        clerk.click(clerk.screen.pane.standing)
        clerk.until(lambda: clerk.screen.pane.standing.text() == "不再做志愿者")


def test_teams_and_guardians_are_doors(qtbot: QtBot, desk: Desk) -> None:
    mother = resident(desk, "王秀英", born_on=date(1985, 1, 1))
    person = volunteer(desk, "赵小宝", born_on=date(2010, 6, 1), guardian=mother)
    squad = team(desk, "爱心理发队", person)
    change_leader(desk, ChangeLeader(team=squad, person=person))
    with open_window(desk, SCREEN, signpost("teams", WENT)) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.go(person)
        facts = clerk.screen.pane._facts
        assert {(line.label, line.words) for line in facts.lines()} >= {
            ("带队", "爱心理发队"),
            ("监护人", "王秀英"),
        }
        doors = {line.words: line.door for line in facts.lines()}
        clerk.click(facts.link(doors["爱心理发队"]))
        assert [squad] == WENT
        opened.frame.go("volunteers")
        clerk.click(facts.link(doors["王秀英"]))
        clerk.until(lambda: clerk.pointed() == "王秀英")


def _revealed(desk: Desk, person: Id, field: Sensitive) -> str:
    return reveal(desk, Reveal(person=person, field=field, reason="核对本人")).value
