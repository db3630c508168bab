"""Keeping what was recorded (备份、自检、换新电脑): a stick, a drill, the self-check, and the station on another PC."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from app.actions.selfcheck import SelfCheck, self_check
from app.actions.stations import station_card
from app.demo.station import ADMINISTRATOR
from ui.demo_day.day import Day
from ui.demo_day.opening import FOUNDER
from ui.demo_day.promises import NotAsPromised, promise

_TITLE = "备份和恢复"
_NEW_PASSPHRASE = "Qiuyu-2027"
_TIMES_PATIENT = 5


def keep(day: Day, place: Path) -> None:
    """Everything, and then the clerk is back at the old PC, which was only thought to be gone."""
    clerk, stick = day.stage.frame().clerk.name, place / "KINGSTON"
    backup(day, stick)
    check(day)
    new_pc(day, place / "new pc", stick)
    by_sheet(day, place)
    day.close()
    day.open(day.station.folder)
    day.sign_in(clerk)


def backup(day: Day, stick: Path) -> None:
    """The administrator chooses a stick; it gets a backup at once, and the drill finds everything in it."""
    with day.step("backup", "备份到U盘，演练恢复") as step:
        stick.mkdir()
        day.switch(ADMINISTRATOR)
        _section(day, _TITLE)
        day.hands.click(day.eyes.button("选U盘或文件夹"))
        _name_folder(day, stick)
        _wait_for(day, "两处都已备份")
        promise(any(stick.glob("*.backup")), "U盘上有了备份", there=[it.name for it in stick.iterdir()])
        day.hands.click(day.eyes.button("演练恢复"))
        _wait_for(day, "一条不少")
        day.picture("backups")
        step.note(drill=day.eyes.line("一条不少"))


def check(day: Day) -> None:
    """Log, tables and the newest backup are looked at, beside the work."""
    with day.step("self-check", "自检") as step:
        _section(day, "自检和诊断")
        day.hands.click(day.eyes.button("开始自检"))
        _wait_for(day, "全部对得上")
        day.eyes.read("打开核对过，是好的")
        day.picture("self-check")
        step.note(found=day.eyes.line("全部对得上").splitlines())
    with day.step("diagnostics", "诊断资料，没有任何人的信息") as step:
        day.hands.click(day.eyes.button("看看诊断资料"))
        day.eyes.read("文件里就是下面这些，一个字也不多")
        day.picture("diagnostics")
        day.hands.click(day.eyes.button("存成文件"))
        path = day.book.file("diagnostics.zip")
        day.name_file(path, ".zip")
        with ZipFile(path) as packed:
            text = "\n".join(packed.read(name).decode() for name in packed.namelist())
        known = [one for who in day.cast.everybody() for one in (who.name, who.phone)]
        promise("Python" in text, "里面有版本")
        promise(not any(one in text for one in known), "里面没有一个名字、一个号码")
        step.note(file=path.name, characters=len(text))


def new_pc(day: Day, folder: Path, stick: Path) -> None:
    """The PC is gone. On a new one the stick and a passphrase are enough: every fact is there, and one register on."""
    with day.step("new PC", "换了新电脑，从U盘恢复") as step:
        before: SelfCheck = day.stage.look(self_check, None)
        day.close()
        day.open(folder, is_sample=False)
        day.hands.click(day.eyes.button("从备份恢复"))
        day.hands.click(day.eyes.button("到U盘里找"))
        _name_folder(day, stick)
        view, index = day.eyes.row("条记录", within="备份")
        day.hands.click_row(view, index)
        day.picture("restore")
        day.hands.press("Ctrl+Enter")
        day.hands.click(day.eyes.button(ADMINISTRATOR))
        day.hands.write(day.station.passphrase)
        day.hands.press("Enter")
        _wait_for(day, "恢复好了")
        day.picture("restored")
        day.hands.press("Enter")
        day.until_signed_in(ADMINISTRATOR)
        after: SelfCheck = day.stage.look(self_check, None)
        promise(not after.differences, "恢复以后自检全部对得上", first=after.first)
        promise(after.facts == before.facts + 1, "一条记录也没有少", before=before.facts, after=after.facts)
        card = day.stage.look(station_card, None)
        promise(card.incarnation == 2 and card.register != "A1", "往后编号另起一册", register=card.register)
        step.note(facts=after.facts, register=card.register)


def by_sheet(day: Day, place: Path) -> None:
    """The PC of the station that was founded in the morning is gone, too, and the passphrase forgotten: there is the
    sheet.
    """
    with day.step("recovery sheet", "口令也忘了：拿恢复单在新电脑上恢复") as step:
        day.close()
        day.open(place / "another pc", is_sample=False)
        day.hands.click(day.eyes.button("从备份恢复"))
        day.hands.click(day.eyes.button("到U盘里找"))
        _name_folder(day, place / "first" / "backups")
        view, index = day.eyes.row("条记录", within="备份")
        day.hands.click_row(view, index)
        day.hands.press("Ctrl+Enter")
        day.hands.click(day.eyes.button("忘了口令"))
        day.enter("恢复码")
        day.hands.write(day.recovery_code)
        day.picture("recovery-code")
        day.hands.press("Ctrl+Enter")
        for name in ("新口令", "再输一遍"):
            day.enter(name)
            day.hands.write(_NEW_PASSPHRASE)
        day.picture("new-passphrase")
        day.hands.press("Ctrl+Enter")
        _wait_for(day, "恢复好了")
        day.hands.press("Enter")
        day.until_signed_in(FOUNDER)
        after: SelfCheck = day.stage.look(self_check, None)
        promise(not after.differences, "恢复以后自检全部对得上", first=after.first)
        step.note(facts=after.facts)


def _section(day: Day, title: str) -> None:
    day.go("设置")
    view, index = day.eyes.row(title, within="设置")
    day.hands.click_row(view, index)


def _name_folder(day: Day, folder: Path) -> None:
    """Answer the system's dialog that asks for a folder. It is none of ours, and has no keys of its own here."""
    dialog = day.eyes.until(_folder_dialog, "问哪个文件夹的对话框开着")
    dialog.findChildren(QLineEdit)[0].setText(str(folder.absolute()))
    dialog.accept()
    day.stage.window.activateWindow()


def _folder_dialog() -> QFileDialog | None:
    dialog = QApplication.activeModalWidget()
    return dialog if isinstance(dialog, QFileDialog) else None


def _wait_for(day: Day, words: str) -> None:
    """What runs beside the work takes as long as it takes."""
    for _again in range(_TIMES_PATIENT - 1):
        with suppress(NotAsPromised):
            day.eyes.read(words)
            return
    day.eyes.read(words)
