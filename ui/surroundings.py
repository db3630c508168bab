"""What the frame is told about the station (状态行、搜索、时间): its name, the backups, finding, and the time."""

from __future__ import annotations

from app.actions.backups import BackupStatus, backup_status
from app.actions.desk import Desk, clock_behind, clock_doubt
from app.actions.stations import station_card
from app.actions.undo import undo, undo_offer
from app.domain.calendar import shanghai
from app.domain.moments import full_date, say_moment
from app.words import _
from ui.find import finder
from ui.frame import Surroundings
from ui.parts.statusline import Status, StatusItem
from ui.undo import Undoing


def surroundings(desk: Desk) -> Surroundings:
    undoing = Undoing(undo_offer, undo)
    return Surroundings(finder=finder, undoing=undoing, status=status, now=lambda: shanghai(desk.now()))


def status(desk: Desk) -> Status:
    """The left of the status line. Without a county there is nothing to report and nobody to be offline from."""
    items = [*_clock_items(desk), *_backup_items(backup_status(desk, None), desk)]
    return Status(station_card(desk, None).name, tuple(items))


def _clock_items(desk: Desk) -> list[StatusItem]:
    """Nothing while the PC's date can be believed."""
    behind, doubt = clock_behind(desk), clock_doubt(desk)
    if behind is not None:
        said = _("电脑的日期是 {day}，比已有的记录早，请核对").format(day=full_date(behind))
    elif doubt is not None:
        said = _("电脑的日期是 {day}，比已有的记录晚得多，请核对").format(day=full_date(doubt.today))
    else:
        return []
    return [StatusItem(said, is_trouble=True)]


def _backup_items(it: BackupStatus, desk: Desk) -> list[StatusItem]:
    """The log only when it is damaged, which is the worst; the last backup; the chosen folder only when it has missed
    some; the mirror only when it cannot be written.
    """
    now = desk.now()
    items = []
    if it.is_log_damaged:
        items.append(StatusItem(_("有记录损坏，请到设置里自检"), is_trouble=True))
    if it.made_at is None:
        items.append(StatusItem(_("还没有备份")))
    else:
        made = _("上次备份 {when}").format(when=say_moment(it.made_at, now))
        items.append(StatusItem(made, is_trouble=it.is_late))
    if it.is_carrying_late and it.carried_at is not None:
        items.append(
            StatusItem(_("U盘上次备份 {when}").format(when=say_moment(it.carried_at, now)), is_trouble=True)
        )
    elif it.is_carrying_late:
        items.append(StatusItem(_("U盘还没有备份"), is_trouble=True))
    if it.mirror_trouble is not None:
        items.append(StatusItem(_("镜像写不进去"), is_trouble=True))
    return items
