"""Playing the day (演出): the sample station is built, the chapters follow each other, whatever fails ends it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app.demo.station import build
from app.demo.story import Scale
from ui.demo_day import (
    cases,
    counter,
    evening,
    hours,
    keeping,
    languages,
    leaving,
    looks,
    opening,
    orders,
    papers,
    people,
    rules,
    stars,
    stock,
)
from ui.demo_day.book import Book, FolderInUse
from ui.demo_day.clock import DayClock
from ui.demo_day.day import Day
from ui.demo_day.promises import NotAsPromised
from ui.demo_day.watch import Watch
from ui.program import application

SMALL = Scale(
    people=420,
    volunteers=260,
    days=420,
    records=1_400,
    ended_orders=40,
    open_orders=26,
    certificates=14,
    redemptions=60,
)
"""A village's worth of people in the whole town: enough for every part to be cast, and quickly built."""

Say = Callable[[str], None]


def play(folder: Path, seed: int, say: Say) -> int:
    """0 when the whole day went as promised, 1 when something did not, 2 when the folder cannot be used."""
    try:
        book = Book(folder, seed, say)
    except FolderInUse:
        say(f"{folder} 里有别的东西，没有动它。请换一个空的文件夹。")
        return 2
    running = application(["yizhan"])
    running.setCursorFlashTime(0)  # a cursor that blinks would be in one picture and not in the next
    watch = Watch()
    began_s = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="yizhan-day-", ignore_cleanup_errors=True) as place:
        clock = DayClock()
        station = build(Path(place) / "sample", seed, clock, scale=SMALL)
        day = Day(book, clock, station, watch, seed)
        try:
            _chapters(day, Path(place))
            day.close()
            watch.nothing_wrong()
        except NotAsPromised as broken:
            _tell_failure(day, broken, say)
            return 1
        finally:
            watch.go_home()
            day.close()
            running.processEvents()
    say(f"这一天都和说好的一样：{book.counted()}，用了 {round(time.monotonic() - began_s)} 秒。")
    return 0


def _chapters(day: Day, place: Path) -> None:
    opening.first_start(day, place / "first")
    opening.sign_in(day)
    orders.hotline(day)
    orders.asked_again(day)
    orders.dispatch_and_refuse(day)
    orders.grab(day)
    orders.serve_by_two(day)
    orders.five_stars(day)
    hours.own_hours(day)
    hours.approve(day)
    hours.look_up(day)
    papers.certificate(day)
    papers.void_and_reissue(day)
    cases.quarantine(day)
    cases.overlap(day)
    cases.complaint(day)
    cases.pavement(day)
    leaving.idle_lock(day)
    cases.opera_ordered(day)
    cases.health_visit(day)
    cases.escalation(day)
    cases.rare_name(day)
    evening.undo(day)
    leaving.crash(day)
    counter.redeem(day)
    counter.refuse_second(day)
    counter.reverse_and_redeem(day)
    stock.deliver(day)
    stock.count(day)
    stock.close(day)
    evening.look_back(day)
    evening.nothing_left(day, place / "first")
    rules.change(day)
    rules.hold(day)
    cases.pavement_repaired(day)
    cases.opera_sung(day)
    people.cards(day)
    people.unmask(day)
    stars.review(day)
    people.erase(day)
    people.audit(day)
    looks.large(day)
    looks.dark(day)
    looks.keys(day)
    languages.speak(day)
    stars.award(day)
    keeping.keep(day, place)


def _tell_failure(day: Day, broken: NotAsPromised, say: Say) -> None:
    """What was expected, where in the day, and what the window looked like."""
    steps = day.book.steps
    where = f"第 {len(steps)} 步“{steps[-1].title}”" if steps else "还没有走第一步"
    say(f"没有做到：{broken}（{where}）")
    if day.is_open():
        picture = day.book.picture(day.stage.window, "not-as-promised")
        say(f"当时的画面：{picture.name}")
