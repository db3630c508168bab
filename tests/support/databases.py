"""Fresh databases for tests: real, encrypted, migrated; a copy of one that is made once for each test
process.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy import Engine

from app.storage.disk import Places
from app.storage.engine import create_database, open_engine
from app.storage.keys import Cost
from app.storage.migrations import upgrade_if_needed

KEY = bytes(range(32))

# Guessing may be cheap in a test; what is stretched, wrapped and counted is the same.
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


def fresh_database(folder: Path) -> Engine:
    """A new, migrated database in ``folder``, open with ``KEY``. The test disposes of the engine."""
    folder.mkdir(parents=True, exist_ok=True)
    places = Places(folder)
    shutil.copyfile(template(), places.database)
    return open_engine(places.database, KEY)


@cache
def template() -> Path:
    """The file to copy: migrated, closed, with nothing left beside it."""
    folder = Path(tempfile.mkdtemp(prefix="yizhan-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "template.db"
    engine = create_database(path, KEY)
    upgrade_if_needed(engine, backup=lambda version: None)
    engine.dispose()
    return path
