"""The end of a day (收工): a slip of the hand that one key takes back, and what the first page still shows; where all
was done, nothing.
"""

from __future__ import annotations

from pathlib import Path

from app.actions.history import history_of
from app.actions.today import today
from app.domain.orders import State
from ui.demo_day import opening
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


def nothing_left(day: Day, folder: Path) -> None:
    """At the station that was founded this morning one request comes, and is taken back. Then all is done."""
    clerk = day.stage.frame().clerk.name
    day.close()
    with day.step("nothing left", "早上新建的站：收了一单，又说不用了，晚上的今日空了") as step:
        opening.sign_in_first(day, folder)
        day.hands.press("F2")
        day.hands.write("王秀英")
        day.hands.press("Enter")
        day.hands.write("13800001234")
        day.hands.press("Enter")
        day.choose_category("2")
        day.hands.write("想理个发")
        day.hands.press("Ctrl+Enter")
        taken = day.heard("first", "想理个发")
        del day.orders["first"]  # it is none of the town's
        day.go("今日")
        view, index = day.eyes.row("1 单要审", within="要办的事")
        day.picture("one-door")
        day.hands.click_row(view, index)
        day.hands.press("Enter")
        day.point_and_press(taken, "Delete")
        day.hands.press("Space", "Ctrl+Enter")
        said = day.said(taken.short, "取消")
        day.go("今日")
        day.eyes.read("今天的事都办完了")
        day.picture("nothing-left")
        it = day.stage.look(today, None)
        promise(not it.chores and not it.is_new, "要办的事都办完了", chores=len(it.chores))
        step.note(order=taken.short, said=said, taken=it.today.taken)
        day.close()
    day.open(day.station.folder)
    day.sign_in(clerk)
