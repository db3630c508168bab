"""The ways into the encrypted database (钥匙): ``keys.json``, and what is in it for every passphrase and the sheet.

The database has one random key for life. ``keys.json`` beside it holds that key wrapped once for every staff
member (argon2id of the passphrase, then AES-256-GCM) and once for the printed recovery code, and counts wrong
passphrases. A changed passphrase is a new wrap; the database is never rewritten. What a staff member may do
is not decided here: name and role only label the tiles of the sign-in screen.
"""

from __future__ import annotations

import hashlib
import math
import os
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.domain.passphrases import check_passphrase
from app.domain.problems import Refusal, Trouble
from app.domain.recovery import CHANCE_BYTES, RecoveryCode, recovery_code
from app.storage.disk import translated, write_whole

KEY_BYTES = 32
TRIES = 5
LOCKED_MINUTES = 15
MOST_WRONG_TRIES = 200

_SALT_BYTES = 16
_NONCE_BYTES = 12
_RECOVERY = "recovery"


class WrongPassphrase(Refusal):
    """It is not this passphrase; ``tries_left`` more before the tile is locked for a while."""

    tries_left: int


class WrongPassphraseOfBackup(Refusal):
    """It is not the passphrase that opened the database on the day of this backup."""


class SignInLocked(Refusal):
    """Too many wrong passphrases; the tile opens again in ``minutes``."""

    minutes: int


class WrongRecoveryCode(Refusal):
    """A well-formed recovery code, but of another database or an older sheet."""


class WrongRecoveryCodeOfBackup(Refusal):
    """It is not the recovery sheet of the day of this backup."""


class NoSuchStaff(Refusal):
    """There is no key for this staff member."""


class KeysMissing(Trouble):
    """There is a database but no ``keys.json``."""

    place: str


class KeysDamaged(Trouble):
    """Neither ``keys.json`` nor its spare can be read."""

    place: str


class KeysFromSpare(Trouble):
    """``keys.json`` could not be read; its spare was used and put in its place. Nothing is lost."""


class KeysFromBackup(Trouble):
    """``keys.json`` and its spare were gone; those of the newest backup, of ``day``, were put in their place."""

    day: date


@dataclass(frozen=True, slots=True)
class Tile:
    """What the sign-in screen shows of a staff member; ``locked_minutes`` is 0 when a passphrase may be
    tried.
    """

    staff: str
    name: str
    role: str
    locked_minutes: int


class Cost(msgspec.Struct, frozen=True):
    """How dear one guess is made; kept with each wrap, so that it can be raised later.

    The bounds are for a file that somebody tampered with: it must not take all memory, or the whole day.
    """

    memory_kib: Annotated[int, msgspec.Meta(ge=64, le=256 * 1024)]
    passes: Annotated[int, msgspec.Meta(ge=1, le=20)]
    lanes: Annotated[int, msgspec.Meta(ge=1, le=8)]


# 80 to 110 ms on an old PC.
FULL_COST = Cost(memory_kib=64 * 1024, passes=3, lanes=1)


class _Wrap(msgspec.Struct, frozen=True):
    cost: Cost
    salt: Annotated[bytes, msgspec.Meta(min_length=_SALT_BYTES, max_length=_SALT_BYTES)]
    nonce: Annotated[bytes, msgspec.Meta(min_length=_NONCE_BYTES, max_length=_NONCE_BYTES)]
    sealed: bytes


class _Entry(msgspec.Struct):
    staff: str
    name: str
    role: str
    wrap: _Wrap
    failures: int = 0
    locked_until: datetime | None = None
    wrong_at: list[datetime] = []


class _Content(msgspec.Struct):
    staff: list[_Entry]
    recovery: _Wrap
    newest_seen: datetime


class _File(msgspec.Struct):
    """What stands in the file: the content as it was written, and its checksum against a failing disk."""

    sha256: str
    content: msgspec.Raw


class Keys:
    """The keys of one database. Every change is on the disk when its method returns."""

    def __init__(
        self,
        path: Path,
        content: _Content,
        *,
        cost: Cost = FULL_COST,
        steady_s: Callable[[], float] = time.monotonic,
        notice: KeysFromSpare | None = None,
    ) -> None:
        self.notice = notice
        self._path = path
        self._content = content
        self._cost = cost
        self._steady_s = steady_s
        self._locked_since_s: dict[str, float] = {}

    @classmethod
    def create(
        cls,
        path: Path,
        key: bytes,
        *,
        now: datetime,
        cost: Cost = FULL_COST,
        code: RecoveryCode | None = None,
    ) -> tuple[Keys, RecoveryCode]:
        """Make ``keys.json`` of a new database with its recovery code; staff are added afterwards.

        ``code`` is given where the sheet is printed before anything is made.
        """
        if path.exists():
            raise FileExistsError(path)
        code = code or new_recovery_code()
        wrap = _wrapped(key, code.secret(), _RECOVERY, cost)
        keys = cls(path, _Content(staff=[], recovery=wrap, newest_seen=now), cost=cost)
        keys._save()
        return keys, code

    @classmethod
    def open(
        cls, path: Path, *, cost: Cost = FULL_COST, steady_s: Callable[[], float] = time.monotonic
    ) -> Keys:
        """Read ``keys.json``, or its spare when it is damaged. Raises ``KeysMissing`` and ``KeysDamaged``."""
        spare = spare_of(path)
        content, copy = _read(path), _read(spare)
        found = content or copy
        if found is None:
            if path.exists() or spare.exists():
                raise KeysDamaged(place=str(path))
            raise KeysMissing(place=str(path))
        keys = cls(path, found, cost=cost, steady_s=steady_s, notice=None if content else KeysFromSpare())
        if content != copy:
            keys._save()
        return keys

    def tiles(self, now: datetime) -> tuple[Tile, ...]:
        """The staff in the order they were added."""
        return tuple(
            Tile(staff=e.staff, name=e.name, role=e.role, locked_minutes=self._locked_minutes(e, now))
            for e in self._content.staff
        )

    def unlock(self, staff: str, passphrase: str, now: datetime) -> bytes:
        """The database's key. ``WrongPassphrase`` or ``SignInLocked`` may refuse; five wrong ones lock for a
        while.
        """
        entry = self._entry(staff)
        minutes = self._locked_minutes(entry, now)
        if minutes:
            raise SignInLocked(minutes=minutes, field="passphrase")
        if entry.locked_until is not None:
            self._forgive(entry)
            self._save()
        key = _unwrapped(entry.wrap, _secret(passphrase), staff)
        if key is None:
            raise self._failed(entry, now)
        if entry.failures:
            self._forgive(entry)
            self._save()
        return key

    def unlock_by_recovery(self, code: RecoveryCode) -> bytes:
        """The database's key. Nobody guesses 140 bits, so nothing is counted here."""
        key = _unwrapped(self._content.recovery, code.secret(), _RECOVERY)
        if key is None:
            raise WrongRecoveryCode(field="code")
        return key

    def put(self, staff: str, name: str, role: str, passphrase: str, key: bytes) -> None:
        """Add a staff member, or replace name, role and passphrase of one; wrong tries are forgiven."""
        check_passphrase(passphrase, name)
        entry = _Entry(staff, name, role, _wrapped(key, _secret(passphrase), staff, self._cost))
        for place, there in enumerate(self._content.staff):
            if there.staff == staff:
                entry.wrong_at = there.wrong_at
                self._content.staff[place] = entry
                break
        else:
            self._content.staff.append(entry)
        self._locked_since_s.pop(staff, None)
        self._save()

    def let_try(self, staff: str) -> None:
        """Forget the wrong tries, so that a passphrase may be tried at once; that there were some stays known."""
        self._forgive(self._entry(staff))
        self._save()

    def label(self, staff: str, name: str, role: str) -> None:
        """Show a staff member under another name or role."""
        entry = self._entry(staff)
        entry.name, entry.role = name, role
        self._save()

    def remove(self, staff: str) -> None:
        """Take a staff member's way in away; the others' stay."""
        self._content.staff.remove(self._entry(staff))
        self._save()

    def change_passphrase(self, staff: str, old: str, new: str, now: datetime) -> None:
        """Wrap the key anew. Refuses a wrong old passphrase like ``unlock`` and a weak new one."""
        key = self.unlock(staff, old, now)
        entry = self._entry(staff)
        self.put(staff, entry.name, entry.role, new, key)

    def renew_recovery(self, key: bytes) -> RecoveryCode:
        """A new recovery code; the old sheet is void from now on."""
        code = new_recovery_code()
        self._content.recovery = _wrapped(key, code.secret(), _RECOVERY, self._cost)
        self._save()
        return code

    def wrong_tries(self) -> list[tuple[str, datetime]]:
        """Whose passphrase was typed wrong and when, for the audit, which cannot be written before somebody is in."""
        return [(entry.staff, at) for entry in self._content.staff for at in entry.wrong_at]

    def forget_wrong_tries(self) -> None:
        """They stand in the audit now."""
        if self.wrong_tries():
            for entry in self._content.staff:
                entry.wrong_at = []
            self._save()

    def knows_anybody_of(self, file: bytes) -> bool:
        """Whether a ``keys.json`` from elsewhere is of the same station: the ids of staff are unique in the world."""
        other = _parsed(file)
        return other is not None and bool(
            {e.staff for e in self._content.staff} & {e.staff for e in other.staff}
        )

    def opens_as(self, file: bytes) -> bool:
        """Whether the same passphrases and the same recovery sheet open the ``keys.json`` of a backup."""
        other = _parsed(file)
        return other is not None and _ways_in(other) == _ways_in(self._content)

    def _entry(self, staff: str) -> _Entry:
        for entry in self._content.staff:
            if entry.staff == staff:
                return entry
        raise NoSuchStaff(field="staff")

    def _locked_minutes(self, entry: _Entry, now: datetime) -> int:
        """Minutes until a passphrase may be tried again; 0 when it may.

        The later of the PC's time and the newest one seen counts, so that setting the clock back opens
        nothing. A clock that is years off must not lock anybody out either: fifteen minutes of this program
        always suffice.
        """
        if entry.locked_until is None:
            return 0
        left_s = (entry.locked_until - max(now, self._content.newest_seen)).total_seconds()
        since_s = self._locked_since_s.setdefault(entry.staff, self._steady_s())
        steady_left_s = LOCKED_MINUTES * 60 - (self._steady_s() - since_s)
        return max(0, math.ceil(min(left_s, steady_left_s) / 60))

    def _failed(self, entry: _Entry, now: datetime) -> Refusal:
        entry.failures += 1
        entry.wrong_at = [*entry.wrong_at, now][-MOST_WRONG_TRIES:]
        self._content.newest_seen = max(self._content.newest_seen, now)
        if entry.failures < TRIES:
            self._save()
            return WrongPassphrase(tries_left=TRIES - entry.failures, field="passphrase")
        entry.locked_until = self._content.newest_seen + timedelta(minutes=LOCKED_MINUTES)
        self._locked_since_s[entry.staff] = self._steady_s()
        self._save()
        return SignInLocked(minutes=LOCKED_MINUTES, field="passphrase")

    def _forgive(self, entry: _Entry) -> None:
        entry.failures, entry.locked_until = 0, None
        self._locked_since_s.pop(entry.staff, None)

    def _save(self) -> None:
        """Write the file, then its spare.

        The spare is a copy and not the state before: from that one, a dismissed person or an old passphrase
        could get in again by damaging the file.
        """
        content = msgspec.json.format(msgspec.json.encode(self._content))
        file = msgspec.json.encode(_File(sha256=_checksum(content), content=msgspec.Raw(content)))
        write_whole(self._path, file)
        write_whole(spare_of(self._path), file)


def tiles_in(file: bytes) -> tuple[Tile, ...]:
    """The staff in the ``keys.json`` of a backup; nobody where it cannot be read. Nothing is counted in a backup."""
    content = _parsed(file)
    return (
        tuple(Tile(staff=e.staff, name=e.name, role=e.role, locked_minutes=0) for e in content.staff)
        if content
        else ()
    )


def unlock_in(file: bytes, staff: str, passphrase: str) -> bytes:
    """The database's key from the ``keys.json`` of a backup, by a passphrase of that day."""
    content = _parsed(file)
    entry = next((one for one in content.staff if one.staff == staff), None) if content else None
    if entry is None:
        raise NoSuchStaff(field="staff")
    key = _unwrapped(entry.wrap, _secret(passphrase), staff)
    if key is None:
        raise WrongPassphraseOfBackup(field="passphrase")
    return key


def unlock_in_by_recovery(file: bytes, code: RecoveryCode) -> bytes:
    """The database's key from the ``keys.json`` of a backup, by the recovery sheet of that day."""
    content = _parsed(file)
    key = _unwrapped(content.recovery, code.secret(), _RECOVERY) if content else None
    if key is None:
        raise WrongRecoveryCodeOfBackup(field="code")
    return key


def is_whole(file: bytes) -> bool:
    """Whether these are the bytes of a ``keys.json`` as it was written."""
    return _parsed(file) is not None


def _ways_in(content: _Content) -> tuple[_Wrap, dict[str, _Wrap]]:
    return content.recovery, {entry.staff: entry.wrap for entry in content.staff}


def new_recovery_code() -> RecoveryCode:
    return recovery_code(os.urandom(CHANCE_BYTES))


def new_database_key() -> bytes:
    return os.urandom(KEY_BYTES)


def spare_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.old")


def _secret(passphrase: str) -> bytes:
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")


def _wrapped(key: bytes, secret: bytes, owner: str, cost: Cost) -> _Wrap:
    assert len(key) == KEY_BYTES
    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    sealed = AESGCM(_stretched(secret, salt, cost)).encrypt(nonce, key, _bound_to(owner))
    return _Wrap(cost=cost, salt=salt, nonce=nonce, sealed=sealed)


def _unwrapped(wrap: _Wrap, secret: bytes, owner: str) -> bytes | None:
    try:
        return AESGCM(_stretched(secret, wrap.salt, wrap.cost)).decrypt(
            wrap.nonce, wrap.sealed, _bound_to(owner)
        )
    except InvalidTag:
        return None


def _stretched(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    return Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive(secret)


def _bound_to(owner: str) -> bytes:
    """A wrap opens only under the name it was made for."""
    return f"yizhan database key|{owner}".encode()


def _read(path: Path) -> _Content | None:
    """The content of a keys file; None when it is not there or not what was written."""
    with translated(path):
        try:
            raw = path.read_bytes()
        except FileNotFoundError:
            return None
    return _parsed(raw)


def _parsed(raw: bytes) -> _Content | None:
    try:
        file = msgspec.json.decode(raw, type=_File)
        if file.sha256 != _checksum(bytes(file.content)):
            return None
        return msgspec.json.decode(file.content, type=_Content)
    except msgspec.MsgspecError:
        return None


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
