"""The drill (演练恢复): the newest backup is restored in a temporary place and compared with what is recorded today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.actions import beside
from app.actions.desk import Desk, SignedIn
from app.domain.problems import Trouble
from app.domain.progress import Step, Tell, silently
from app.storage import audit, backup_places, incarnation, mirror_file, selfcheck
from app.storage import restore as restoring
from app.storage.backup import backups, check_backup, newest_manifest
from app.storage.backup_places import CarryState, backup_places_of, state_of
from app.storage.device import this_device
from app.storage.disk import Places
from app.storage.engine import open_engine, writing
from app.storage.engine import reading as reading_transaction
from app.storage.history import Chain
from app.storage.log import learn_new_kinds
from app.storage.migrations import upgrade_if_needed


class NoBackupYet(Trouble):
    """There is no backup that could be tried."""

    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drilled:
    """A backup that was restored on trial: ``facts`` were in it, ``taken_back`` came from the mirror, ``missing`` of
    what is recorded today could not have been had again, ``differences`` of its tables from its log.
    """

    made_at: datetime
    facts: int
    taken_back: int
    missing: int
    differences: int
    is_carried_good: bool | None


def drill(desk: Desk, _query: None = None, tell: Tell = silently) -> Drilled:
    """Restore the newest backup in a temporary place and compare it with what is recorded today."""
    by = beside.who(desk)
    newest = newest_manifest(desk.vault.places.backups, desk.device.id)
    if newest is None:
        raise NoBackupYet(place=str(desk.vault.places.backups))
    backup, manifest = newest
    restoring.expect_restorable(backup.path, manifest, desk.vault.places.folder)
    now = _counts(desk)
    with restoring.tried_out(desk.vault.places, backup.path, manifest, desk.vault.key, tell) as trial:
        tell(Step.OPEN, 0, 0)
        taken_back, counts, checked = _live_again(desk, trial, by, tell)
    missing = sum(max(0, facts - counts.get(chain, 0)) for chain, facts in now.items())
    with writing(desk.engine) as connection:
        backup_places.note_drill(connection, desk.now())
    beside.note(desk, by, audit.DRILLED)
    return Drilled(
        made_at=manifest.made_at,
        facts=manifest.facts,
        taken_back=taken_back,
        missing=missing,
        differences=checked.differences,
        is_carried_good=_carried_is_good(desk, tell),
    )


def _counts(desk: Desk) -> Mapping[Chain, int]:
    with reading_transaction(desk.engine) as connection:
        return incarnation.facts_by_chain(connection)


def _live_again(
    desk: Desk, trial: Places, by: SignedIn, tell: Tell
) -> tuple[int, Mapping[Chain, int], selfcheck.SelfCheck]:
    """Let a copy of the station come to life as a restored one does, and look at all of it."""
    engine = open_engine(trial.database, desk.vault.key)
    try:
        upgrade_if_needed(engine, lambda _version: None)
        mirror = mirror_file.Mirror(trial.backups, desk.vault.key)
        with writing(engine) as connection:
            device = this_device(connection)
            assert device is not None, "a station has a device from its first moment"
            learn_new_kinds(connection, device.chain)
            _device, taken_back = incarnation.begin(
                connection, device, mirror.read(), at=desk.now(), by=by.staff
            )
        with reading_transaction(engine) as connection:
            checked = selfcheck.check(connection, tell)
            counts = incarnation.facts_by_chain(connection)
    finally:
        engine.dispose()
    return taken_back, counts, checked


def _carried_is_good(desk: Desk, tell: Tell) -> bool | None:
    """Whether the newest carried backup opens as well; None where there is none to look at now."""
    with reading_transaction(desk.engine) as connection:
        chosen = backup_places_of(connection)
    if chosen.folder is None or state_of(chosen.folder, desk.device.station) is not CarryState.THERE:
        return None
    newest = next(iter(backups(chosen.folder, desk.device.id)), None)
    if newest is None:
        return None
    try:
        check_backup(newest, desk.vault.key, tell)
    except Trouble:
        return False
    return True
