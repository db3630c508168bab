"""Checking the whole station (自检): every chain of facts, every table against what they say, and the last backup.

It reads through connections of its own and changes nothing but what the status line says of the log, so the work goes
on beside it. Where only tables differ, ``repair_tables`` folds them anew from the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.actions import beside
from app.actions.backups import note_log
from app.actions.desk import ADMINISTRATORS, Desk, Done, Look, reading
from app.domain.calendar import shanghai_day
from app.domain.problems import Trouble
from app.domain.progress import Tell, silently
from app.storage import audit
from app.storage import selfcheck as storage
from app.storage.backup import backups, check_backup, make_backup
from app.storage.engine import reading as reading_transaction
from app.storage.engine import writing
from app.storage.fold import folded_tables
from app.storage.selfcheck import SelfCheck as SelfCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupChecked:
    """The newest backup, of a day, was really opened; ``trouble`` says what is wrong with it."""

    day: date
    trouble: Trouble | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the self-check found. ``backup`` is None where there is none yet; ``good_backup`` is when the newest was
    made in which every fact is as it was recorded.
    """

    log_and_tables: SelfCheck
    backup: BackupChecked | None
    good_backup: datetime | None

    @property
    def is_good(self) -> bool:
        return not self.log_and_tables.differences and self.backup is not None and self.backup.trouble is None


@reading()
def self_check(look: Look, _query: None = None) -> SelfCheck:
    """Log and tables alone, in one piece: for tests and for the day that is played."""
    return storage.check(look.connection)


def check_everything(desk: Desk, _query: None = None, tell: Tell = silently) -> Checked:
    """Look at log, tables and the newest backup; noted in the audit. ``tell`` hears how far it is, and may stop it."""
    by = beside.who(desk)
    with reading_transaction(desk.engine) as connection:
        found = storage.check(connection, tell)
    note_log(desk, is_whole=found.is_log_whole)
    backup, good = _backups_checked(desk, tell)
    beside.note(desk, by, audit.CHECKED)
    return Checked(log_and_tables=found, backup=backup, good_backup=good)


def repair_tables(desk: Desk, _request: None = None) -> Done[SelfCheck]:
    """Fold every table anew from the log, after a backup of how it was, and look again."""
    by = beside.who(desk, ADMINISTRATORS)
    day = shanghai_day(max(desk.now(), desk.device.newest_at))
    make_backup(desk.engine, desk.vault.key, desk.vault.places, day, desk.now(), before="repair")
    with writing(desk.engine) as connection:
        storage.refold_everything(connection)
    beside.note(desk, by, audit.REPAIRED)
    with reading_transaction(desk.engine) as connection:
        found = storage.check(connection)
    nouns = frozenset(str(table.info["noun"]) for table in folded_tables() if table.info.get("noun"))
    return Done(found, nouns)


def _backups_checked(desk: Desk, tell: Tell) -> tuple[BackupChecked | None, datetime | None]:
    """How the newest backup is, and when the newest good one was made: older ones are opened only to find that."""
    newest = None
    for backup in backups(desk.vault.places.backups, desk.device.id):
        try:
            good = check_backup(backup, desk.vault.key, tell)
        except Trouble as trouble:
            newest = newest or BackupChecked(day=backup.day, trouble=trouble)
        else:
            return newest or BackupChecked(day=backup.day, trouble=None), good.made_at
    return newest, None
