"""Leaving and coming back (离开与回来): the lock that keeps the half-typed word, and a plug that is pulled."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import ui
from app.actions.board import BoardFilter, board
from app.actions.selfcheck import self_check
from ui.demo_day.crash import SAVED
from ui.demo_day.day import Day
from ui.demo_day.promises import NotAsPromised, promise

_IDLE_MINUTES = 11
_HALF_TYPED = "请人来看看水龙头，一直滴"
_BEFORE_THE_CRASH = "想学用手机给孙子打视"


def idle_lock(day: Day) -> None:
    """Nobody there for ten minutes: nothing can be read any more; the passphrase brings the same word back."""
    with day.step("idle lock", "没人动就锁上，回来还在半句话上") as step:
        who = day.cast.farmer
        day.hands.press("F2")
        day.find_person(who, who.phone)
        day.hands.press("1")
        day.hands.write(_HALF_TYPED)
        day.picture("half-typed")
        day.stage.pass_time(_IDLE_MINUTES, nobody_there=True)
        day.eyes.until(day.stage.window.is_covered, "没人动，锁上了")
        promise(
            not day.eyes.reads(_HALF_TYPED) and not day.eyes.reads(who.phone[-4:]), "锁着的时候什么也看不到"
        )
        day.picture("locked")
        clerk = day.stage.frame().clerk.name
        day.sign_in(clerk)
        promise(day.eyes.focus_is_in("要什么"), "光标还在那一栏")
        day.hands.write("水")
        promise(
            day.text_of("要什么") == f"{_HALF_TYPED}水", "接着写的就是那半句话", seen=day.text_of("要什么")
        )
        day.hands.click(day.eyes.button("不要这份草稿"))
        step.note(clerk=clerk, half_typed=_HALF_TYPED)


def crash(day: Day) -> None:
    """The plug is pulled in the middle of a word: what was recorded is there, and the draft as well."""
    with day.step("kill", "写到一半断电，再打开都在") as step:
        clerk = day.station.tiles[1].name
        before = _shorts(day)
        day.close()
        told = _killed(day, clerk)
        day.open(day.station.folder)
        day.sign_in(clerk)
        day.go("点单")
        promise(_shorts(day) == before | {told}, "断电前记下的都在，一件不多一件不少", told=told)
        promise(day.text_of("要什么") == _BEFORE_THE_CRASH, "写到一半的还在", seen=day.text_of("要什么"))
        promise(day.eyes.focus_is_in("要什么"), "光标还在那一栏")
        day.picture("draft-after-kill")
        checked = day.stage.look(self_check, None)
        promise(not checked.differences, "自查没有差错", checked=checked)
        day.hands.click(day.eyes.button("不要这份草稿"))
        step.note(acknowledged=told, half_typed=_BEFORE_THE_CRASH, facts=checked.facts)


def _killed(day: Day, clerk: str) -> str:
    """A process of its own types into the same station until its draft is saved; then it is killed. The number of the
    order it recorded before.
    """
    who = day.cast.rare
    asked = [str(day.station.folder), day.clock().isoformat(), clerk]
    typed = (day.station.passphrase, who.phone, _BEFORE_THE_CRASH)
    project = str(Path(ui.__file__).parent.parent)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "ui.demo_day.crash", *asked],
        env=os.environ | {"PYTHONPATH": project},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write("".join(f"{line}\n" for line in typed))
        process.stdin.flush()
        line = process.stdout.readline()
    finally:
        process.kill()
        process.communicate()
    if not line.startswith(SAVED):
        raise NotAsPromised("另一个程序把草稿存下来了")
    return line.removeprefix(SAVED).strip()


def _shorts(day: Day) -> set[str]:
    columns = day.stage.look(board, BoardFilter(ended=True)).columns
    return {card.short for cards in columns.values() for card in cards}
