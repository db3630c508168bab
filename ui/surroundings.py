"""What the frame is told about the station (状态行、搜索、时间): its name, the last backup, finding, and the time."""

from __future__ import annotations

from app.actions.desk import Desk
from app.actions.startup import last_backup
from app.actions.stations import station_card
from app.actions.undo import undo, undo_offer
from app.domain.calendar import shanghai
from app.domain.moments import say_day
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
    day = last_backup(desk)
    if day is None:
        backup = StatusItem(_("还没有备份"))
    else:
        is_old = (desk.today() - day).days > 1
        backup = StatusItem(_("上次备份 {day}").format(day=say_day(day, desk.today())), is_trouble=is_old)
    return Status(station_card(desk, None).name, (backup,))
