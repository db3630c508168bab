"""Photos (照片) as they were taken in: bytes by their SHA-256, which is what facts name.

A local table: photos are sent apart from the facts, and are erased with the person they show. What a photo may be is
a rule of the noun that takes it.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Column, Connection, LargeBinary, Text, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.storage import types

blobs = types.table(
    "blobs",
    Column("hash", Text, primary_key=True),
    Column("added_at", types.Instant, nullable=False),
    Column("content", LargeBinary, nullable=False),
    local=True,
)


def keep(connection: Connection, content: bytes, at: datetime) -> str:
    """Keep ``content`` once and give its name."""
    name = hashlib.sha256(content).hexdigest()
    connection.execute(upsert(blobs).values(hash=name, added_at=at, content=content).on_conflict_do_nothing())
    return name


def forget(connection: Connection, name: str) -> None:
    """Forget the bytes of this name."""
    connection.execute(delete(blobs).where(blobs.c.hash == name))


def content_of(connection: Connection, name: str) -> bytes | None:
    """The bytes of this name; None when they are not here (not sent yet, or erased)."""
    return connection.execute(select(blobs.c.content).where(blobs.c.hash == name)).scalar()
