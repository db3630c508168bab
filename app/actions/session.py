"""Who sits at an opened desk (换人、锁屏): the tiles, signing in again in a moment, locking.

Opening the station itself is in ``startup``. A lock leaves everything as it is; only nobody may act.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.actions.desk import Desk, Done, Look, SignedIn, reading
from app.actions.startup import Recover, note_wrong_tries
from app.domain.passphrases import PassphraseRule as PassphraseRule
from app.domain.passphrases import passphrase_rules as passphrase_rules
from app.domain.recovery import read_recovery_code
from app.domain.session import LockPolicy
from app.domain.staff import Member
from app.facts import Id
from app.storage import audit
from app.storage import staff as staff_storage
from app.storage.engine import reading as reading_transaction
from app.storage.engine import writing
from app.storage.keys import SignInLocked as SignInLocked
from app.storage.keys import Tile as Tile
from app.storage.staff import NoLongerStaff


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A tile and what was typed under it."""

    staff: Id
    passphrase: str = field(repr=False)


def tiles(desk: Desk, _query: None = None) -> tuple[Tile, ...]:
    """Who can sit down here, for the locked screen."""
    return desk.vault.keys.tiles(desk.clock())


def sign_in_again(desk: Desk, request: SignIn) -> Done[SignedIn]:
    """Let somebody sit down, the same person or another. Refuses a wrong passphrase; five of them lock for a while."""
    desk.vault.keys.unlock(request.staff, request.passphrase, desk.clock())
    return _sit_down(desk, request.staff, None)


def staff_by_sheet(desk: Desk, code: str) -> tuple[Member, ...]:
    """Who can get a new passphrase through the recovery sheet while the desk is locked."""
    desk.vault.keys.unlock_by_recovery(read_recovery_code(code))
    with reading_transaction(desk.engine) as connection:
        return tuple(staff_storage.roster(connection))


def sign_in_by_sheet(desk: Desk, request: Recover) -> Done[SignedIn]:
    """Let somebody sit down who forgot their passphrase; the new one holds from now on."""
    desk.vault.keys.unlock_by_recovery(read_recovery_code(request.code))
    return _sit_down(desk, request.staff, request.passphrase)


@reading()
def lock_minutes(look: Look, _query: None = None) -> int:
    """After how many minutes without anybody the desk is to be locked; one statement."""
    return look.policy(LockPolicy).idle_minutes


def lock(desk: Desk, _request: None = None) -> Done[None]:
    """Nobody may act until somebody signs in again."""
    desk.signed_in = None
    return Done(None, frozenset())


def _sit_down(desk: Desk, staff: Id, new_passphrase: str | None) -> Done[SignedIn]:
    with writing(desk.engine) as connection:
        member = staff_storage.present(connection, staff)
        if member is None:
            raise NoLongerStaff(field="staff")
        if new_passphrase is not None:
            desk.vault.keys.put(staff, member.name, member.role, new_passphrase, desk.vault.key)
        note_wrong_tries(connection, desk.vault.keys)
        audit.write(
            connection,
            at=desk.now(),
            by=member.id,
            what=audit.SIGNED_IN if new_passphrase is None else audit.RECOVERED,
            object_name=f"staff:{member.id}",
            reason="",
        )
    desk.vault.keys.forget_wrong_tries()
    desk.signed_in = SignedIn(staff=member.id, name=member.name, role=member.role)
    desk.deeds.tell_again()
    return Done(desk.signed_in, frozenset())
