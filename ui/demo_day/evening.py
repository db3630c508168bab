"""The end of a day (收工): a slip of the hand that one key takes back, and what the first page still shows."""

from __future__ import annotations

from app.actions.history import history_of
from app.actions.today import today
from app.domain.orders import State
from ui.demo_day.day import Day
from ui.demo_day.orders import dispatch
from ui.demo_day.promises import promise


def undo(day: Day) -> None:
    """Dispatched to the wrong team: Ctrl+Z takes it back by its name, and the history keeps both."""
    taken = day.orders["rare"]
    with day.step("undo", "派错了队伍，Ctrl+Z 撤销") as step:
        team = day.view(taken).team
        offered = day.eyes.line("撤销：")
        day.picture("undo-offered")
        day.hands.press("Ctrl+Z")
        said = day.said("已撤销")
        day.expect(taken, State.WAITING, team="")
        day.picture("undone")
        told = day.stage.look(history_of, f"order:{taken.id}")
        promise(team and any(team in one.text for one in told), "来龙去脉里两步都在", told=told)
        again = dispatch(day, taken)
        step.note(order=taken.short, offered=offered, said=said, team=again)


def look_back(day: Day) -> None:
    """The page of the day in the evening: what is left, and what the day was."""
    with day.step("evening", "晚上的今日：还剩什么") as step:
        day.go("今日")
        day.stage.pass_time(1)
        it = day.stage.look(today, None)
        day.eyes.read(f"收 {it.today.taken} 单，办完 {it.today.finished} 单")
        day.picture("today-evening")
        promise(it.today.taken >= len(day.orders), "今天收的单都数到了", taken=it.today.taken)
        promise(it.today.finished >= 4, "今天办完的单都数到了", finished=it.today.finished)
        step.note(
            taken=it.today.taken,
            finished=it.today.finished,
            minutes=it.today.minutes,
            chores={str(one.waits): one.count for one in it.chores},
        )
