"""Migrations (数据库升级): how an older database becomes the one this program works with.

An upgrade happens whole or not at all, after a backup. The steps themselves are in ``versions``, numbered;
the last number is ``NEWEST``. Alembic is imported only when there is something to do.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from app.storage.disk import DatabaseFromNewerVersion, translated
from app.storage.engine import path_of, reading

NEWEST = "0001"


class BrokenReferenceError(Exception):
    """A migration left rows that point nowhere: a bug of that migration, so nothing of it is kept."""


def upgrade_if_needed(
    engine: Engine, backup: Callable[[str], object], *, scripts: Path | None = None, newest: str = NEWEST
) -> bool:
    """Bring the database to ``newest`` and say whether that was needed. ``DatabaseFromNewerVersion`` may
    refuse.

    ``backup`` is called with the version the database has, before anything is changed in a database that
    holds something.
    """
    with reading(engine) as connection:
        version = version_of(connection)
    if version == newest:
        return False
    if version is not None:
        if version > newest:
            raise DatabaseFromNewerVersion(version=version)
        backup(version)
    _upgrade(engine, scripts or Path(__file__).parent)
    return True


def version_of(connection: Connection) -> str | None:
    """The number of the newest migration this database has seen; None for an empty database."""
    there = "SELECT count(*) FROM sqlite_schema WHERE name = 'alembic_version'"
    if not connection.exec_driver_sql(there).scalar():
        return None
    version: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return version


def _upgrade(engine: Engine, scripts: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with _without_foreign_keys(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise BrokenReferenceError


@contextlib.contextmanager
def _without_foreign_keys(engine: Engine) -> Iterator[Connection]:
    """One writing transaction in which a table can be made anew without emptying those that point at it.

    SQLite ignores the switch inside a transaction, so it is thrown before and after.
    """
    with translated(path_of(engine)), engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.execution_options(writes=True).begin():
                yield connection
        finally:
            driver.execute("PRAGMA foreign_keys = ON")
