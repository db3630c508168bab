"""What happens on the worker when somebody comes in (坐下): the folder is looked at, the station opened or unlocked.

Nothing of the database is imported before the first of these runs: the window is drawn by then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.actions.desk import ClockJumped, Desk, SignedIn
    from app.actions.restoring import Restored
    from app.actions.session import SignIn, Tile
    from app.actions.startup import Recover
    from app.domain.categories import Categories

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Entrance:
    """Where the station lies and what time it is."""

    folder: Path
    clock: Clock


@dataclass(frozen=True)
class Asked:
    """Something asked at the entrance."""

    at: Entrance
    request: Any = field(repr=False)


@dataclass(frozen=True)
class Arrival:
    """Somebody sits at the desk: their habits, who else could, what is doubtful about the PC's date, after how many
    minutes without them the desk locks, and what may be asked for today.
    """

    desk: Desk
    by: SignedIn
    habits: Mapping[str, str]
    tiles: tuple[Tile, ...]
    doubt: ClockJumped | None
    lock_minutes: int
    menu: Categories


def look(_desk: object, at: Entrance) -> Any:
    """``FirstStart`` or ``Door``, or the trouble there."""
    from app.actions.startup import what_is_there

    return what_is_there(at.folder, at.clock())


def found_backups(_desk: object, asked: Asked) -> Any:
    """The backups in the folder of the station and in another one, if one is named."""
    from app.actions.restoring import found_backups

    return found_backups(asked.at.folder, asked.request)


def holders(_desk: object, asked: Asked) -> Any:
    """Whose passphrase opens a backup."""
    from app.actions.restoring import backup_holders

    return backup_holders(asked.at.folder, asked.request, asked.at.clock())


def members_of_backup(_desk: object, asked: Asked) -> Any:
    """Who can get a new passphrase through the recovery sheet of a backup: ``request`` is (path, code)."""
    from app.actions.restoring import backup_members

    path, code = asked.request
    return backup_members(asked.at.folder, path, code, asked.at.clock())


def take_keys(_desk: object, asked: Asked) -> None:
    """The ways in of a backup, for a station that lost its own."""
    from app.actions.restoring import take_keys_from

    take_keys_from(asked.at.folder, asked.request)


def sign_in(_desk: object, asked: Asked) -> Arrival:
    from app.actions import startup

    request: SignIn = asked.request
    return _first_arrival(startup.sign_in(asked.at.folder, request.staff, request.passphrase, asked.at.clock))


def members_of_sheet(desk: Desk | None, asked: Asked) -> Any:
    """Who can get a new passphrase through the recovery sheet, at the entrance or at a locked desk."""
    from app.actions import session, startup

    if desk is not None:
        return session.staff_by_sheet(desk, asked.request)
    return startup.staff_by_recovery(asked.at.folder, asked.request)


def recover(desk: Desk | None, asked: Asked) -> Arrival:
    from app.actions import session, startup

    request: Recover = asked.request
    if desk is None:
        return _first_arrival(startup.sign_in_by_recovery(asked.at.folder, request, asked.at.clock))
    session.sign_in_by_sheet(desk, request)
    return arrive(desk)


def restore(_desk: object, asked: Asked) -> Restored:
    from app.actions.restoring import restore_backup

    return restore_backup(asked.at.folder, asked.request, asked.at.clock)


def sign_in_again(desk: Desk, request: SignIn) -> Arrival:
    """At an opened desk: the same person or another."""
    from app.actions import session

    session.sign_in_again(desk, request)
    return arrive(desk)


def arrive(desk: Desk, _query: None = None) -> Arrival:
    from app.actions import session
    from app.actions.categories import menu_today
    from app.actions.desk import clock_doubt
    from app.actions.habits import my_habits

    by = desk.signed_in
    assert by is not None
    return Arrival(
        desk,
        by,
        my_habits(desk, None),
        session.tiles(desk),
        clock_doubt(desk),
        session.lock_minutes(desk, None),
        menu_today(desk, None),
    )


def _first_arrival(desk: Desk) -> Arrival:
    """A desk that nobody gets to see is closed again, so that it can be opened once more."""
    from app.actions import startup

    try:
        return arrive(desk)
    except BaseException:
        startup.close(desk)
        raise


def leave(desk: Desk, _query: None = None) -> None:
    """The end of the program: a backup if there is something new, and the files are free."""
    from app.actions import backups, startup

    try:
        backups.back_up_at_close(desk)
    finally:
        startup.close(desk)
