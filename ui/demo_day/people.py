"""People and what is known of them (人和他的信息): cards, a hidden number with a reason, who looked, and a deletion."""

from __future__ import annotations

from dataclasses import dataclass

from app.actions.erasure import erasure_plan
from app.actions.hours import HoursQuery, hours_of
from app.actions.people_cards import person_card
from app.actions.people_list import PeopleQuery, PeopleSort, people_list
from app.actions.points import PointsQuery, points_of
from app.actions.selfcheck import self_check
from app.actions.today import DayCount, today
from app.demo.station import ADMINISTRATOR, AUDITOR
from app.domain.phones import grouped
from app.facts import Id
from ui.demo_day.counter import CUSTOMER
from ui.demo_day.day import Day
from ui.demo_day.promises import promise
from ui.demo_day.rules import section

_SURNAME = "王"


@dataclass(frozen=True)
class Sums:
    """What must be the same when somebody is gone."""

    minutes: int
    points_cents: int
    month: tuple[DayCount, ...]


def cards(day: Day) -> None:
    """One card of its own size for the shop, and everybody the list shows as a roster and on sheets of ten."""
    with day.step("cards", "志愿者证和名册：一张，一整版十张，一份名册") as step:
        swallow = day.cast.swallow
        card = day.stage.look(person_card, swallow.id)
        assert card.volunteer is not None
        number = card.volunteer.number
        _point(day, swallow.id)
        day.save_paper("volunteer-card", swallow.name, number, press="Ctrl+Shift+S")
        day.hands.press("Ctrl+F")
        day.hands.write(_SURNAME)
        count = day.stage.look(people_list, PeopleQuery(text=_SURNAME)).total
        day.eyes.read(f"{count} 人")
        day.save_paper("roster", "志愿者名册", f"共 {count} 人", "姓名和电话已部分隐去")
        day.hands.press("Ctrl+P")
        day.hands.choose("给名册里这些人印志愿者证")
        day.eyes.read(f"给名册里这 {count} 人印志愿者证？")
        day.hands.click(day.eyes.button("换新样式"))
        day.picture("cards")
        day.hands.click(day.eyes.button("存成 PDF"))
        day.save_paper("volunteer-cards", _SURNAME, press="")
        step.note(volunteer=swallow.name, number=number, cards=count)


def unmask(day: Day) -> None:
    """The eye asks why; then the number is there, and hidden again for the next one."""
    with day.step("unmask", "看完整的电话，先说为什么") as step:
        who = day.cast.swallow
        _point(day, who.id)
        promise(not day.eyes.reads(grouped(who.phone)), "电话原来是遮着的")
        day.hands.click(day.eyes.button("看完整的"))
        day.eyes.read("为什么要看")
        day.hands.click(day.eyes.button("打电话联系"))
        day.picture("unmask-reason")
        day.hands.press("Ctrl+Enter")
        day.eyes.read(grouped(who.phone))
        day.picture("unmasked")
        clerk = day.stage.frame().clerk.name
        day.hands.press("Ctrl+L")
        day.sign_in(clerk)
        promise(not day.eyes.reads(grouped(who.phone)), "锁过以后又遮起来了")
        step.note(volunteer=who.name)


def erase(day: Day) -> None:
    """A volunteer wants to be forgotten: nothing leads to the name any more, and every sum is as it was."""
    with day.step("erase", "删除个人信息，统计不变") as step:
        day.switch(ADMINISTRATOR)
        person = _who_may_go(day)
        name, typed = day.named(person)
        before, checked = _sums(day, person), day.stage.look(self_check, None)
        _point(day, person)
        day.hands.click(day.eyes.button("删除个人信息"))
        day.eyes.read("会删掉", "会留下")
        day.choose_first("为什么")
        day.enter("再写姓名")
        day.hands.write(name)
        day.picture("erase")
        day.hands.press("Ctrl+Enter")
        day.said("个人信息已删除")
        after = _sums(day, person)
        promise(after == before, "时长、积分和每天的统计都没有变", before=before, after=after)
        day.hands.press("Ctrl+K")
        day.hands.write(typed)
        day.eyes.read("没有找到")
        promise(not day.eyes.lists_row(name), "哪里也找不到这个名字")
        day.picture("erased")
        day.hands.press("Escape", "Escape")
        again = day.stage.look(self_check, None)
        promise(not again.differences and again.facts > checked.facts, "自查没有差错", first=again.first)
        promise(day.stage.look(person_card, person).name != name, "档案里也没有名字了")
        step.note(minutes=after.minutes, points=after.points_cents / 100, facts=again.facts)


def audit(day: Day) -> None:
    """The auditor reads who looked at what and why, and changes nothing."""
    with day.step("audit", "审计员看谁看过什么") as step:
        day.switch(AUDITOR)
        section(day, "审计记录")
        day.hands.click(day.eyes.button("看了隐藏的信息"))
        clerk = day.station.tiles[1].name
        day.eyes.row(clerk, "看了电话", "打电话联系", within="审计记录")
        day.picture("audit")
        seen = day.eyes.rows("审计记录")
        day.hands.click(day.eyes.button("存出和打印"))
        day.eyes.row("star-notice.pdf", within="审计记录")
        step.note(looked=len(seen), taken_out=len(day.eyes.rows("审计记录")))
        day.switch(clerk)


def _point(day: Day, person: Id) -> None:
    """The volunteer in the list and in the pane."""
    name, typed = day.named(person)
    day.go("志愿者")
    day.hands.press("Ctrl+K")
    day.hands.write(typed)
    day.eyes.row(name)
    day.hands.press("Down", "Enter")
    day.eyes.read(name, "时长", "经过")


def _who_may_go(day: Day) -> Id:
    """Whoever was at the counter, unless something is under way for them; else another who served."""
    rows = day.stage.look(people_list, PeopleQuery(sort=PeopleSort.MINUTES, descending=True)).rows
    able = [day.persons[CUSTOMER], *(row.id for row in rows if row.minutes)]
    return next(one for one in able if day.stage.look(erasure_plan, one).obstacle is None)


def _sums(day: Day, person: Id) -> Sums:
    return Sums(
        day.stage.look(hours_of, HoursQuery(person=person)).minutes,
        day.stage.look(points_of, PointsQuery(person=person)).points_cents,
        day.stage.look(today, None).month,
    )
