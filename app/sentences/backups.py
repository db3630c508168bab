"""Backups, drills and restoring in words (备份、演练、恢复)."""

from __future__ import annotations

from app.actions.backups import BackedUp, BackupFolderAmong, CarryState
from app.actions.drill import Drilled, NoBackupYet
from app.actions.restoring import BackupOfAnotherStation, Restored
from app.domain.moments import say_date, say_exactly
from app.domain.progress import Step, Stopped
from app.domain.stations import Doubt
from app.sentences import says, sentence
from app.storage.backup_file import BackupFromNewerVersion, DamagedBackup
from app.storage.restore import NoRoomToRestore
from app.words import N_, _

_STEPS = {
    Step.COPY: N_("正在复制资料"),
    Step.VERIFY: N_("正在从磁盘上读回来核对"),
    Step.CARRY: N_("正在拷到另一处"),
    Step.OPEN: N_("正在打开备份"),
    Step.LOG: N_("正在逐条核对记录"),
    Step.FOLD: N_("正在按记录重新整理"),
    Step.COMPARE: N_("正在逐行比对"),
}
_STATES = {
    CarryState.NONE: N_("只放在这台电脑上"),
    CarryState.THERE: N_("接好了"),
    CarryState.MISSING: N_("没接上"),
    CarryState.OTHER: N_("接着的不是选定的那一个"),
}


def step_words(step: Step, done: int, total: int) -> str:
    """What is being done, and how much of it is."""
    if not total:
        return _("{step}…").format(step=_(_STEPS[step]))
    return _("{step}，{percent}%").format(step=_(_STEPS[step]), percent=100 * done // total)


def carry_state_words(state: CarryState) -> str:
    """How it is with the chosen folder."""
    return _(_STATES[state])


def backed_up_words(it: BackedUp) -> str:
    """What came of a backup that somebody asked for."""
    if it.trouble is not None:
        return _("本机已备份，也打开核对过。没能拷到另一处：{why}").format(why=sentence(it.trouble))
    if it.state is CarryState.MISSING:
        return _("本机已备份，也打开核对过。U盘没接上，接上后会自动补拷。")
    if it.state is CarryState.OTHER:
        return _("本机已备份，也打开核对过。接着的不是选定的U盘，没有拷。")
    if it.is_carried:
        return _("两处都已备份，也都读回来核对过。")
    return _("已备份，也打开核对过。")


def drilled_words(it: Drilled) -> str:
    """What a drill found, as one short paragraph: what it is of, whether all is there, and what to do otherwise."""
    made = say_exactly(it.made_at)
    if it.differences:
        return _(
            "{made} 的备份能打开，但里面有 {count} 处对不上。请马上再备份一次，再演练；还不行，请联系维护人员。"
        ).format(made=made, count=it.differences)
    if it.missing:
        return _(
            "{made} 的备份能恢复，{facts} 条记录都在；之后记下的有 {missing} 条补不回来。请马上再备份一次。"
        ).format(made=made, facts=f"{it.facts:,}", missing=it.missing)
    if it.is_carried_good is False:
        return _("本机 {made} 的备份能恢复，一条不少。U盘上的那份打不开，请换一个U盘。").format(made=made)
    if not it.taken_back:
        return _("{made} 的备份能恢复：{facts} 条记录都在，一条不少。").format(
            made=made, facts=f"{it.facts:,}"
        )
    return _("{made} 的备份能恢复：{facts} 条记录都在，之后记下的 {taken} 条能从镜像找回，一条不少。").format(
        made=made, facts=f"{it.facts:,}", taken=it.taken_back
    )


def restored_words(it: Restored) -> str:
    """What came of restoring."""
    return _("{station}已恢复到 {made}，{facts} 条记录都在。").format(
        station=it.station, made=say_exactly(it.made_at), facts=f"{it.facts:,}"
    )


def taken_back_words(facts: int) -> str:
    """After a start at which the database was found behind its mirror, or restored."""
    if not facts:
        return _("镜像里没有更新的记录。")
    return _("从镜像找回 {count} 条记录。").format(count=facts)


def doubt_words(it: Doubt) -> str:
    """What restoring could not bring back, perhaps, and what to do about it."""
    return _(
        "恢复之前、{first}起记下的可能没有全找回来，请照纸质单据补上。这一季度的兑换，要查过凭证、请同事复核再办。"
    ).format(first=say_date(it.first_day, it.last_day))


@says(DamagedBackup)
def _damaged_backup(it: DamagedBackup) -> str:
    return _("这份备份坏了或不完整，不能用来恢复。请换一份：{place}").format(place=it.place)


@says(BackupFromNewerVersion)
def _from_newer_version(it: BackupFromNewerVersion) -> str:
    return _("这份备份由更新的版本做成，请先升级本程序再恢复：{place}").format(place=it.place)


@says(NoRoomToRestore)
def _no_room(it: NoRoomToRestore) -> str:
    return _("磁盘上放不下：恢复要 {needed} MB，只剩 {free} MB。请腾出一些空间再试：{place}").format(
        needed=it.needed_megabytes, free=it.free_megabytes, place=it.place
    )


@says(BackupOfAnotherStation)
def _another_station(it: BackupOfAnotherStation) -> str:
    return _(
        "这份备份是{station}的，这里是另一个站。要在这台电脑上恢复它，请先给这个文件夹改个名字：{place}"
    ).format(station=it.station, place=it.place)


@says(BackupFolderAmong)
def _among(it: BackupFolderAmong) -> str:
    return _("这个文件夹就在资料旁边，电脑坏了会一起丢。请选U盘或另一块硬盘上的文件夹。")


@says(NoBackupYet)
def _no_backup_yet(it: NoBackupYet) -> str:
    return _("还没有备份，请先备份一次。")


@says(Stopped)
def _stopped(it: Stopped) -> str:
    return _("停下了，什么都没有改动。")
