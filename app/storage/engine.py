"""The encrypted database file (加密数据库文件): opening it, and the two ways to use it, ``writing`` and
``reading``.

SQLCipher through SQLAlchemy Core, with a raw 256-bit key that is given to each connection and appears in no address,
no log and no exception. Where the key comes from is in ``keys``; what goes wrong is named in ``disk``.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from app.domain.problems import Trouble
from app.storage.disk import (
    CommitUncertain,
    DamagedDatabase,
    DatabaseBusy,
    WrongKey,
    check_folder,
    sqlite_code,
    translated,
    trouble_of,
)

KEY_BYTES = 32
BUSY_TIMEOUT_S = 10.0
CONNECTIONS = 4

_PAGE_BYTES = 4096
_SALT_BYTES = 16
_MAC_BYTES = 64
_NOT_A_DATABASE = 26


def open_engine(path: Path, key: bytes) -> Engine:
    """Open the existing database at ``path``. Raises ``PlaceMissing``, ``WrongKey``, ``DamagedDatabase`` and
    the troubles of its folder.
    """
    check_folder(path.parent)
    with translated(path):
        empty = path.stat().st_size == 0
    if empty:
        raise DamagedDatabase(place=str(path))
    return _opened(path, key, mode="rw")


def create_database(path: Path, key: bytes) -> Engine:
    """Make a new, empty database at ``path``, where no file may be yet."""
    check_folder(path.parent)
    if path.exists():
        raise FileExistsError(path)
    return _opened(path, key, mode="rwc")


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that may write; it waits its turn at once, and is durable when the block is left."""
    path = path_of(engine)
    with translated(path), engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin() as transaction:
            yield connection
            # Where a file can be deleted while it is open, SQLite would go on writing into nothing.
            path.stat()
            try:
                transaction.commit()
            except Exception as error:
                # SQLite may still be inside the transaction; closing the connection ends it for certain.
                connection.invalidate()
                trouble = trouble_of(error, path)
                if trouble is None or isinstance(trouble, DatabaseBusy):
                    raise
                raise CommitUncertain(because=trouble) from error


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that only reads, and sees one state of the database throughout."""
    with translated(path_of(engine)), engine.connect() as connection, connection.begin():
        yield connection


def path_of(engine: Engine) -> Path:
    path = engine.get_execution_options()["path"]
    assert isinstance(path, Path)
    return path


def driver_connection(path: Path, key: bytes, *, mode: str) -> Any:
    """A connection of the driver, with everything set that each connection needs. ``mode`` is SQLite's: ro (of a file
    that nobody changes, and beside which nothing is written), rw, rwc.
    """
    assert len(key) == KEY_BYTES
    is_fixed = mode == "ro"
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode={mode}{'&immutable=1' if is_fixed else ''}",
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        # SQLCipher would otherwise write what it thinks of a damaged page to the standard error stream.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_memory_security = OFF")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -16000")
        connection.execute("PRAGMA foreign_keys = ON")
        if is_fixed:
            return connection
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _opened(path: Path, key: bytes, *, mode: str) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=lambda: driver_connection(path, key, mode=mode),
        poolclass=QueuePool,
        pool_size=CONNECTIONS,
        max_overflow=0,
        # Parameters are personal data: they must not come into exceptions, and so into reports.
        hide_parameters=True,
        execution_options={"path": path},
    )
    event.listen(engine, "begin", _begin)
    try:
        with translated(path), engine.connect():
            pass
    except DamagedDatabase as damaged:
        engine.dispose()
        if _is_not_a_database(damaged) and not fits(path, key):
            raise WrongKey(place=str(path)) from damaged
        raise
    except Trouble:
        engine.dispose()
        raise
    return engine


def _begin(connection: Connection) -> None:
    """Who will write waits for other writers now: a reader that becomes a writer half-way could not."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _is_not_a_database(damaged: DamagedDatabase) -> bool:
    return damaged.__cause__ is not None and sqlite_code(damaged.__cause__) == _NOT_A_DATABASE


def fits(path: Path, key: bytes) -> bool:
    """Whether any page of the file was written with ``key``.

    SQLCipher says "not a database" of a wrong key and of a damaged first page alike. Every page ends with a code
    (HMAC-SHA512 over its content and number) that only the right key gives.
    """
    with translated(path), path.open("rb") as file:
        salt = file.read(_SALT_BYTES)
        mac_salt = bytes(byte ^ 0x3A for byte in salt)
        mac_key = hashlib.pbkdf2_hmac("sha512", key, mac_salt, 2, KEY_BYTES)
        file.seek(0)
        number = 0
        while len(page := file.read(_PAGE_BYTES)) == _PAGE_BYTES:
            number += 1
            content = page[_SALT_BYTES if number == 1 else 0 : -_MAC_BYTES]
            expected = hmac.digest(mac_key, content + number.to_bytes(4, "little"), "sha512")
            if hmac.compare_digest(expected, page[-_MAC_BYTES:]):
                return True
    return False
