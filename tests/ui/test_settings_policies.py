"""Policies in the settings: their forms, from which day a change holds, and what was changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.actions.policies import every_policy, policy_story
from app.domain.categories import MenuPolicy, own_menu
from app.domain.hours import HoursPolicy
from app.domain.orders import OrderLimits
from app.domain.points import PointsPolicy
from app.domain.policies import Policy, parse_policy
from app.domain.staff import Role
from app.domain.stars import StarsPolicy
from app.domain.villages import VillageNames
from app.sentences.policies import changed, said
from app.words import speaking
from tests.support.desk import Station
from tests.support.window import Opened, open_window
from ui.parts.form import FormRow, RefusalLine
from ui.parts.timeline import Timeline
from ui.screens.settings import SCREEN
from ui.screens.settings.menufield import EntryForm, MenuField
from ui.screens.settings.policyediting import PolicyEditing
from ui.screens.settings.policyform import PolicyForm
from ui.screens.settings.policylines import NumberLines, TableLines
from ui.screens.settings.policysection import PolicySection
from ui.screens.settings.screen import SettingsScreen

LIMITS = f"policy:{OrderLimits.name}"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(qtbot: QtBot, station: Station) -> Iterator[Opened]:
    with open_window(station.sit(Role.ADMINISTRATOR), SCREEN) as window:
        window.frame.start()
        yield window


def section(opened: Opened, qtbot: QtBot, kind: type[Policy] = OrderLimits) -> PolicySection:
    opened.frame.go("settings", f"policy:{kind.name}")
    shown = settings(opened).section(f"policy:{kind.name}")
    assert isinstance(shown, PolicySection)
    if shown.editing is not None:
        editing = shown.editing
        qtbot.waitUntil(lambda: editing.story is not None)
    return shown


def editing(opened: Opened, qtbot: QtBot, kind: type[Policy] = OrderLimits) -> PolicyEditing:
    found = section(opened, qtbot, kind).editing
    assert found is not None
    return found


def settings(opened: Opened) -> SettingsScreen:
    shown = opened.screen()
    assert isinstance(shown, SettingsScreen)
    return shown


def type_over(field: QWidget, text: str) -> None:
    QTest.keyClick(field, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(field, text)


def save(opened: Opened) -> None:
    focused: QWidget | None = opened.window.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Return, CTRL)


def words_in(widget: QWidget) -> str:
    return "\n".join(label.accessibleName() or label.text() for label in widget.findChildren(QLabel))


def test_a_change_holds_from_tomorrow_and_can_be_taken_back(
    opened: Opened, station: Station, qtbot: QtBot
) -> None:
    form = editing(opened, qtbot).form
    number = form.fields["accept_hours"].number
    number.setFocus()
    type_over(number, "12")
    save(opened)
    qtbot.waitUntil(lambda: len(policy_story(station.desk, OrderLimits.name).changes) == 1)
    card = policy_story(station.desk, OrderLimits.name).card
    tomorrow = station.desk.today() + timedelta(days=1)
    assert (card.value, card.on(tomorrow)) == (OrderLimits(), OrderLimits(accept_hours=12))

    shown = editing(opened, qtbot)
    qtbot.waitUntil(lambda: bool(shown.coming()))
    assert "明天起：派出以后 12 小时内接单（原来 24）" in words_in(shown)
    QTest.mouseClick(shown.coming()[0].withdraw, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not shown.coming())
    assert policy_story(station.desk, OrderLimits.name).card.on(tomorrow) == OrderLimits()
    pane = section(opened, qtbot).pane
    told = words_in(pane.findChildren(Timeline)[0])
    assert "4月8日起：派出以后 12 小时内接单（原来 24）。沈静今天 09:00撤回了" in told


def test_while_it_is_saved_a_second_enter_presses_nothing_else(
    opened: Opened, station: Station, qtbot: QtBot
) -> None:
    shown = editing(opened, qtbot)
    number = shown.form.fields["accept_hours"].number
    number.setFocus()
    type_over(number, "12")
    shown.save_button.setFocus()
    for _press in range(2):
        QTest.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
    assert (shown.is_edited(), shown.drop_button.hasFocus()) == (True, False)
    qtbot.waitUntil(lambda: shown.form.isAncestorOf(opened.window.focusWidget()))
    assert len(policy_story(station.desk, OrderLimits.name).changes) == 1


def test_a_change_from_today_holds_at_once(opened: Opened, station: Station, qtbot: QtBot) -> None:
    shown = editing(opened, qtbot)
    shown.begins.setFocus()
    focused: QWidget | None = opened.window.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Right)
    assert shown.begins.value() == "today"
    tick = shown.form.fields["screening"]
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    QTest.mouseClick(shown.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: policy_story(station.desk, OrderLimits.name).card.value == OrderLimits(screening=False)
    )


def test_a_chosen_day_is_understood_as_people_say_it(opened: Opened, station: Station, qtbot: QtBot) -> None:
    shown = editing(opened, qtbot)
    number = shown.form.fields["fix_days"].number
    type_over(number, "10")
    shown.begins.set_value("later")
    shown.begins.edited.emit()
    assert shown.day.hasFocus()
    QTest.mouseClick(shown.save_button, Qt.MouseButton.LeftButton)
    assert any(line.isVisible() for line in shown.findChildren(RefusalLine))
    QTest.keyClicks(shown.day, "5.1")
    assert shown.day.echo() == "5月1日"
    QTest.mouseClick(shown.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(policy_story(station.desk, OrderLimits.name).changes) == 1)
    change = policy_story(station.desk, OrderLimits.name).changes[0]
    assert (change.valid_from.month, change.valid_from.day) == (5, 1)


@pytest.mark.parametrize(
    ("typed", "said"), [("", "请写一个整数"), ("soon", "请写一个整数"), ("1001", "要在 1 到 1000 之间")]
)
def test_a_refusal_stands_under_its_field_and_nothing_is_lost(
    opened: Opened, station: Station, qtbot: QtBot, typed: str, said: str
) -> None:
    form = editing(opened, qtbot).form
    number = form.fields["accept_hours"].number
    number.setFocus()
    type_over(number, typed)
    if not typed:
        QTest.keyClick(number, Qt.Key.Key_Backspace)
    save(opened)
    row = form.row_of(form.fields["accept_hours"])
    qtbot.waitUntil(lambda: row.refusal.isVisible())
    assert said in words_in(row)
    assert number.text() == typed
    assert policy_story(station.desk, OrderLimits.name).changes == ()


def test_the_least_and_the_most_stand_beside_the_number_that_is_typed(opened: Opened, qtbot: QtBot) -> None:
    form = editing(opened, qtbot).form
    form.fields["accept_hours"].number.setFocus()
    assert "1 到 1000" in words_in(form)
    limit = editing(opened, qtbot, HoursPolicy).form
    limit.fields["most_minutes_a_day"].number.setFocus()
    assert "1 到 1440，空着就是不限" in words_in(limit)
    assert "1 到 1000" not in words_in(form)


def test_what_is_half_typed_stays_when_another_section_is_looked_at(opened: Opened, qtbot: QtBot) -> None:
    form = editing(opened, qtbot).form
    type_over(form.fields["accept_hours"].number, "12")
    section(opened, qtbot, StarsPolicy)
    assert editing(opened, qtbot).form.fields["accept_hours"].number.text() == "12"
    QTest.mouseClick(editing(opened, qtbot).drop_button, Qt.MouseButton.LeftButton)
    assert form.fields["accept_hours"].number.text() == "24"


def test_a_level_is_added_to_the_table_of_stars(opened: Opened, station: Station, qtbot: QtBot) -> None:
    shown = editing(opened, qtbot, StarsPolicy)
    lines = shown.form.fields["hours"]
    assert isinstance(lines, NumberLines)
    QTest.mouseClick(lines.more, Qt.MouseButton.LeftButton)
    QTest.keyClicks(lines.lines[-1].field.number, "2000")
    save(opened)
    tomorrow = station.desk.today() + timedelta(days=1)

    def told() -> Policy:
        return policy_story(station.desk, StarsPolicy.name).card.on(tomorrow)

    expected = StarsPolicy(hours=(*StarsPolicy().hours, 2000))
    qtbot.waitUntil(lambda: told() == expected)
    qtbot.waitUntil(lambda: "六星要满 2000 小时" in words_in(shown))


def test_a_level_that_does_not_rise_is_refused(opened: Opened, qtbot: QtBot) -> None:
    shown = editing(opened, qtbot, StarsPolicy)
    lines = shown.form.fields["hours"]
    type_over(lines.lines[-1].field.number, "900")
    save(opened)
    qtbot.waitUntil(lambda: "一级要比一级多" in words_in(shown))


def test_a_category_has_its_own_rate(opened: Opened, station: Station, qtbot: QtBot) -> None:
    shown = editing(opened, qtbot, PointsPolicy)
    lines = shown.form.fields["percent_by_category"]
    assert isinstance(lines, TableLines)
    QTest.mouseClick(lines.more, Qt.MouseButton.LeftButton)
    QTest.keyClicks(lines.lines[0].field.number, "150")
    save(opened)
    qtbot.waitUntil(lambda: "有一行没有写是哪一个" in words_in(shown))
    lines.lines[0].key.set_value("haircut")
    lines.lines[0].key.edited.emit()
    QTest.mouseClick(lines.more, Qt.MouseButton.LeftButton)
    lines.lines[1].key.set_value("haircut")
    QTest.keyClicks(lines.lines[1].field.number, "200")
    save(opened)
    qtbot.waitUntil(lambda: "“理发”写了两行，留一行就好" in words_in(shown))
    QTest.mouseClick(lines.lines[1].remove, Qt.MouseButton.LeftButton)
    save(opened)
    qtbot.waitUntil(lambda: len(policy_story(station.desk, PointsPolicy.name).changes) == 1)
    change = policy_story(station.desk, PointsPolicy.name).changes[0]
    assert change.after == PointsPolicy(percent_by_category={"haircut": 150})


def test_enter_goes_from_cell_to_cell_of_a_row(opened: Opened, qtbot: QtBot) -> None:
    shown = editing(opened, qtbot, VillageNames)
    lines = shown.form.fields["names"]
    none = next(text for text in lines.findChildren(QLabel) if text.text() == "还没有给村居起名")
    assert none.isVisible()
    QTest.mouseClick(lines.more, Qt.MouseButton.LeftButton)
    assert not none.isVisible()
    line = lines.lines[0]
    QTest.keyClicks(line.key, "370883102204")
    QTest.keyClick(line.key, Qt.Key.Key_Return)
    assert line.field.hasFocus()
    line.field.set_value("桃源村")
    QTest.keyClick(line.field, Qt.Key.Key_Return)
    assert shown.form.primary is not None and shown.form.primary.hasFocus()


def test_a_village_is_named_by_its_code(opened: Opened, station: Station, qtbot: QtBot) -> None:
    shown = editing(opened, qtbot, VillageNames)
    lines = shown.form.fields["names"]
    QTest.mouseClick(lines.more, Qt.MouseButton.LeftButton)
    QTest.keyClicks(lines.lines[0].key, "370883102")
    lines.lines[0].field.set_value("桃源村")
    save(opened)
    qtbot.waitUntil(lambda: "代码要 12 位数字" in words_in(shown))
    QTest.keyClicks(lines.lines[0].key, "204")
    save(opened)
    qtbot.waitUntil(lambda: len(policy_story(station.desk, VillageNames.name).changes) == 1)
    change = policy_story(station.desk, VillageNames.name).changes[0]
    assert change.after == VillageNames(names={"370883102204": "桃源村"})


@pytest.mark.parametrize("role", [Role.CLERK, Role.AUDITOR])
def test_who_may_not_change_it_reads_it_as_sentences(qtbot: QtBot, station: Station, role: Role) -> None:
    with open_window(station.sit(role), SCREEN) as opened:
        opened.frame.start()
        shown = section(opened, qtbot)
        qtbot.waitUntil(lambda: "派出以后 24 小时内接单" in words_in(shown))
        assert "管理员可以改。" in words_in(shown)
        assert shown.findChildren(PolicyForm) == []


@pytest.mark.parametrize("name", sorted(every_policy()))
def test_the_form_of_every_policy_says_what_it_was_given(dressed: object, name: str) -> None:
    kind = every_policy()[name]
    form = PolicyForm(kind)
    form.show_policy(kind())
    assert parse_policy(kind, form.text()) == kind()
    form.deleteLater()


@pytest.mark.parametrize("name, labels", [("papers", ["电话", "联系人", "地址"]), ("session.lock", [""])])
def test_labels_have_no_colon_and_no_room_where_they_are_empty(
    dressed: object, name: str, labels: list[str]
) -> None:
    form = PolicyForm(every_policy()[name])
    shown = [row.label for row in form.findChildren(FormRow)]
    assert [label.text() for label in shown] == labels
    assert all(bool(label.width()) == bool(label.text()) for label in shown)
    form.deleteLater()


@pytest.mark.parametrize("name", sorted(every_policy()))
def test_in_english_a_blank_stands_among_plain_words(dressed: object, name: str) -> None:
    """Words that are chosen by the number are chosen, also while there is no number yet."""
    kind = every_policy()[name]
    with speaking("en"):
        form = PolicyForm(kind)
        form.show_policy(kind())
        shown = words_in(form) + "".join(field.accessibleName() for field in form.findChildren(QWidget))
    assert not set("{|}") & set(shown)
    form.deleteLater()


def test_in_english_one_is_one_and_many_are_many(dressed: object) -> None:
    with speaking("en"):
        one, more = (said(OrderLimits(accept_hours=hours), "accept_hours") for hours in (1, 24))
        form = PolicyForm(OrderLimits)
        assert "hours of dispatch" in words_in(form)
    assert one == "Accepted within 1 hour of dispatch"
    assert more == "Accepted within 24 hours of dispatch"
    form.deleteLater()


def menu_field(opened: Opened, qtbot: QtBot) -> MenuField:
    field = editing(opened, qtbot, MenuPolicy).form.fields["entries"]
    assert isinstance(field, MenuField)
    field.list.setFocus()
    return field


def press(
    opened: Opened, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    focused: QWidget | None = opened.window.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


def changes_of_menu(station: Station) -> list[str]:
    (change,) = policy_story(station.desk, MenuPolicy.name).changes
    return changed(change.before, change.after)


def entry_form(opened: Opened) -> EntryForm:
    form = opened.window.findChild(EntryForm)
    assert isinstance(form, EntryForm)
    return form


def test_a_category_is_renamed_hidden_and_moved(opened: Opened, station: Station, qtbot: QtBot) -> None:
    field = menu_field(opened, qtbot)
    field.list.set_value("haircut")
    press(opened, Qt.Key.Key_Return)
    form = entry_form(opened)
    form.name.set_value("探望陪伴")
    save(opened)
    assert form.form.row_of(form.name).refusal.isVisible()
    form.name.set_value("理发修面")
    save(opened)
    assert field.list.value() == "haircut"
    press(opened, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    field.list.set_value("meals")
    press(opened, Qt.Key.Key_H)
    save(opened)
    qtbot.waitUntil(lambda: len(policy_story(station.desk, MenuPolicy.name).changes) == 1)
    assert changes_of_menu(station) == [
        "理发修面（社区服务）（原来：理发（社区服务））",
        "助餐送餐，不用了（原来：助餐送餐（关爱特殊群体））",
        "换了次序",
    ]
    tomorrows = policy_story(station.desk, MenuPolicy.name).card.on(date(2026, 4, 8))
    assert isinstance(tomorrows, MenuPolicy)
    table = own_menu(tomorrows)
    assert [one.code for one in table.mains[:2]] == ["haircut", "visit"]


def test_own_categories_are_added(opened: Opened, station: Station, qtbot: QtBot) -> None:
    field = menu_field(opened, qtbot)
    field.list.set_value("haircut.home")
    press(opened, Qt.Key.Key_N)
    QTest.mouseClick(entry_form(opened).save, Qt.MouseButton.LeftButton)
    assert entry_form(opened).form.row_of(entry_form(opened).name).refusal.isVisible()
    entry_form(opened).name.set_value("染发")
    save(opened)
    assert field.list.value() == "haircut.own1"
    field.list.setFocus()
    press(opened, Qt.Key.Key_M)
    second = opened.window.findChildren(EntryForm)[-1]
    second.name.set_value("擦皮鞋")
    save(opened)
    assert field.list.value() == "own1"
    save(opened)
    qtbot.waitUntil(lambda: len(policy_story(station.desk, MenuPolicy.name).changes) == 1)
    assert changes_of_menu(station) == ["加上：染发（社区服务）", "加上：擦皮鞋（其他）"]
