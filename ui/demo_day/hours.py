"""Hours that count (核时长): nobody approves their own; every figure opens row by row down to its evidence."""

from __future__ import annotations

from app.actions.hours import HoursQuery, hours_of
from app.actions.points import PointsQuery, points_of
from app.actions.services import services_of_order
from app.actions.teams import TeamTreeQuery, team_tree
from app.domain.services import State
from app.facts import Id
from ui.demo_day.day import Day
from ui.demo_day.promises import promise

LONGEST_SWITCH_S = 2.0


def own_hours(day: Day) -> None:
    """The clerk served herself; the records of that order are not hers to approve."""
    taken = day.orders["hotline"]
    with day.step("own hours", "自己的时长自己核不了") as step:
        day.go("核时长")
        clerk = day.clerk_as_volunteer()
        own = next(one for one in day.stage.look(services_of_order, taken.id) if one.person == clerk)
        stretch = f"{day.clock.typed(own.started_at)}—{day.clock.typed(own.ended_at)}"
        view, index = day.eyes.row(own.who, stretch, taken.short, within="服务记录")
        day.hands.click_row(view, index)
        day.eyes.read("通过", "代购代办")
        day.hands.press("A")
        day.eyes.read("自己的服务时长要由别人审核")
        day.picture("own-hours-refused")
        states = {one.state for one in day.stage.look(services_of_order, taken.id)}
        promise(states == {State.WAITING}, "两条都还等着审核", states=states)
        step.note(order=taken.short, minutes=own.minutes)


def approve(day: Day) -> None:
    """Another clerk takes the desk and approves both; hours and points are there at once, to the minute."""
    taken = day.orders["hotline"]
    other = day.station.tiles[2].name
    with day.step("switch", "换人") as step:
        seconds = day.switch(other)
        promise(seconds <= LONGEST_SWITCH_S, "两秒之内换好人", seconds=round(seconds, 2))
        step.note(clerk=other)
    with day.step("approve", "由别人审核，时长积分到账") as step:
        records = day.stage.look(services_of_order, taken.id)
        before = {one.person: _balance(day, one.person) for one in records}
        day.go("核时长")
        view, index = day.eyes.row(taken.short, within="服务记录")
        day.hands.click_row(view, index)
        day.eyes.read("同批 2 条通过")
        day.picture("approval")
        day.hands.press("Shift+A")
        day.said("通过了")
        given = []
        for one in day.stage.look(services_of_order, taken.id):
            promise(one.state is State.APPROVED, "通过了", state=one.state)
            promise(one.decided_by == other != one.recorded_by, "记的人和审核的人不是一个", by=one.decided_by)
            minutes, points = before[one.person]
            after = _balance(day, one.person)
            gained = (minutes + one.counted_minutes, points + one.points_cents)
            promise(after == gained, "时长和积分正好多了这一次的", expected=gained, seen=after)
            given.append(
                {
                    "volunteer": one.volunteer_number,
                    "minutes": one.minutes,
                    "minutes_before": minutes,
                    "minutes_after": after[0],
                    "points_before": points / 100,
                    "points_after": after[1] / 100,
                }
            )
        step.note(order=taken.short, approved=given)


def look_up(day: Day) -> None:
    """A volunteer found by Ctrl+K; the hours open row by row; the tree of teams."""
    taken = day.orders["hotline"]
    with day.step("look up", "搜索，一个人的来龙去脉") as step:
        person = day.volunteer_of(taken)
        name, typed = day.named(person)
        day.hands.press("Ctrl+K")
        day.hands.write(typed)
        day.eyes.row(name)
        day.picture("find")
        day.hands.press("Down", "Enter")
        day.eyes.read(name, "时长")
        day.picture("volunteer")
        day.hands.click(day.eyes.button_with("时长 "))
        day.eyes.row(taken.short, within="时长明细")
        day.picture("hours-row-by-row")
        day.hands.press("Escape")
        day.go("队伍")
        teams = day.stage.look(team_tree, TeamTreeQuery())
        team = day.view(taken).team
        view, index = day.eyes.row(team)
        day.hands.click_row(view, index)
        day.eyes.read("队员", name[0])
        day.picture("teams")
        minutes, points = _balance(day, person)
        step.note(volunteer=name, minutes=minutes, points=points / 100, teams=len(teams))


def _balance(day: Day, person: Id) -> tuple[int, int]:
    """Minutes and hundredths of points."""
    hours = day.stage.look(hours_of, HoursQuery(person=person))
    points = day.stage.look(points_of, PointsQuery(person=person))
    return hours.minutes, points.points_cents
