"""The morning (开门): a station's first start on a new PC, then the sample town's clerk signs in."""

from __future__ import annotations

import re
from pathlib import Path

from app.actions.staff import staff_list
from app.actions.stations import station_card
from app.domain.staff import Role
from ui.demo_day.day import Day
from ui.demo_day.promises import promise

_STATION, _REGION = "桃源村新时代文明实践站", "370883102204"
FOUNDER, _PASSPHRASE = "沈静", "Chunfeng-2026"
_CODE_LINE = re.compile(r"^\d ((?:[0-9A-Z] ?){8})\s*$", re.ASCII | re.MULTILINE)
_LAST_FOUR = re.compile(r"最后四位（(\w{4})）")


def first_start(day: Day, folder: Path) -> None:
    """Three pages; nothing is there before the last one is left."""
    with day.step("first start", "第一次打开：三页建站") as step:
        day.open(folder, is_sample=False)
        eyes, hands = day.eyes, day.hands
        day.enter("名称")
        hands.write(_STATION)
        hands.press("Enter")
        hands.write(_REGION)
        eyes.read("济宁市")
        day.picture("first-start-station")
        hands.press("Ctrl+Enter")
        day.enter("姓名")
        hands.write(FOUNDER)
        for name in ("口令", "再输一遍"):
            day.enter(name)
            hands.write(_PASSPHRASE)
        eyes.read("两遍输得一样，做到了")
        day.picture("first-start-administrator")
        hands.press("Ctrl+Enter")
        hands.click(eyes.button("存成 PDF"))
        sheet = day.book.paper("recovery-sheet")
        day.name_file(sheet)
        eyes.read("存到了")
        promise(not folder.exists(), "最后一页之前，什么也没建", folder=folder.name)
        printed = day.read_paper(sheet, _STATION)
        day.recovery_code = "".join(_CODE_LINE.findall(printed))
        found = _LAST_FOUR.search(re.sub(r"\s", "", printed))
        promise(found, "恢复单上印着恢复码的最后四位")
        assert found is not None
        day.enter("最后四位")
        hands.write(found[1])
        day.picture("first-start-recovery-sheet")
        hands.press("Ctrl+Enter")
        day.until_signed_in(FOUNDER)
        eyes.read("还没有订单。按 F2 记第一单，这里就有今天要办的事。")
        day.picture("empty-today")
        card = day.stage.look(station_card, None)
        promise((card.name, card.region) == (_STATION, _REGION), "建的就是这个站", seen=card.name)
        members = day.stage.look(staff_list, None)
        promise([one.role for one in members] == [Role.ADMINISTRATOR], "只有一位管理员")
        day.go("派单")
        eyes.read("还没有订单。按 F2 记第一单。")
        day.picture("empty-board")
        step.note(station=card.name, region=card.region)
    day.close()


def sign_in_first(day: Day, folder: Path) -> None:
    """Whoever founded the first station comes back to it."""
    day.open(folder, is_sample=False)
    day.enter("口令")
    day.hands.write(_PASSPHRASE)
    day.hands.press("Enter")
    day.until_signed_in(FOUNDER)


def sign_in(day: Day) -> None:
    """A slip of the hand is told, with what is left; then the right passphrase."""
    with day.step("sign in", "登录，先输错一次") as step:
        day.open(day.station.folder)
        eyes, hands = day.eyes, day.hands
        clerk = day.station.tiles[1].name
        hands.click(eyes.button(clerk))
        hands.write(day.station.passphrase[:-1])
        hands.press("Enter")
        eyes.read("口令不对，还可以试 4 次")
        day.picture("sign-in")
        hands.write(day.station.passphrase)
        hands.press("Enter")
        day.until_signed_in(clerk)
        card = day.stage.look(station_card, None)
        eyes.read(card.name, "要办的事")
        promise(eyes.focus_is_in("要办的事"), "一进来就在要办的事上")
        day.picture("today-morning")
        day.go("派单")
        eyes.row("，", within="")
        day.picture("board")
        step.note(clerk=clerk, station=card.name)
