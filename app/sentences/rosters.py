"""What to say when a roster (名册) cannot be printed."""

from __future__ import annotations

from app.actions.rosters import RosterTooLong
from app.sentences import says
from app.words import _


@says(RosterTooLong)
def _too_long(it: RosterTooLong) -> str:
    return _("这里有 {count} 人，最多一起印 {most} 人。请先筛一筛，比如只看一个村或一支队伍。").format(
        count=f"{it.count:,}", most=f"{it.most:,}"
    )
