"""What an opened station holds besides its database (保险柜): its places, the ways in, the key and the lock."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.storage.disk import Places
from app.storage.keys import Keys
from app.storage.lock import DatabaseLock


@dataclass(frozen=True, slots=True)
class Vault:
    """``key`` opens the database; it stays in memory to let new staff in, and appears in no ``repr``."""

    places: Places
    keys: Keys
    lock: DatabaseLock
    key: bytes = field(repr=False)
