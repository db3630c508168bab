from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from app.storage import fold, migrations, types
from app.storage.disk import DatabaseFromNewerVersion
from app.storage.engine import create_database, reading, writing
from app.storage.migrations import NEWEST, BrokenReferenceError, upgrade_if_needed, version_of
from tests.support.databases import KEY, fresh_database

SCRIPTS = Path(migrations.__file__).parent
Backups = list[str]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_database(tmp_path / "station.db", KEY)
    yield engine
    engine.dispose()


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A folder of migrations of the test's own, with a first one."""
    folder = tmp_path / "scripts 100%"
    (folder / "versions").mkdir(parents=True)
    for file in ("env.py", "script.py.mako"):
        shutil.copy(SCRIPTS / file, folder)
    migration(
        folder,
        "0001",
        "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
        "CREATE TABLE visit (id INTEGER PRIMARY KEY,"
        " person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE) STRICT",
        "INSERT INTO person VALUES (1, '王秀英')",
        "INSERT INTO visit VALUES (1, 1)",
    )
    return folder


@pytest.fixture
def backups() -> Backups:
    return []


def migration(folder: Path, number: str, *statements: str) -> None:
    """Write the migration ``number`` after the one before it."""
    before = None if number == "0001" else f"{int(number) - 1:04}"
    (folder / "versions" / f"{number}_test.py").write_text(
        f"from alembic import op\nrevision = {number!r}\ndown_revision = {before!r}\n"
        f"def upgrade() -> None:\n    for statement in {statements!r}:\n"
        "        op.get_bind().exec_driver_sql(statement)\n",
        encoding="utf-8",
    )


def schema(connection: Connection) -> dict[str, str]:
    """What every table, index and virtual table was made with, but for white space and Alembic's own table."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {
        name: re.sub(r"\s*([(),])\s*", r"\1", " ".join(sql.split()))
        for name, sql in rows
        if name != "alembic_version"
    }


def state(engine: Engine) -> tuple[str | None, dict[str, str], list[str]]:
    with reading(engine) as connection:
        people = connection.exec_driver_sql("SELECT name FROM person").scalars().all()
        return version_of(connection), schema(connection), list(people)


# ------------------------------------------------------------------------------------------- the migrations
# there are


def test_migrated_and_declared_tables_are_the_same(tmp_path: Path) -> None:
    migrated = fresh_database(tmp_path / "migrated")
    declared = create_database(tmp_path / "declared.db", KEY)
    fold.load()
    with writing(declared) as connection:
        types.create_all(connection)
        wanted = schema(connection)
    with reading(migrated) as connection:
        found = schema(connection)
    migrated.dispose()
    declared.dispose()
    assert found == wanted, "tables have changed: before the first release, run packaging/renew-migration"


def test_every_table_is_strict_or_virtual(tmp_path: Path) -> None:
    engine = fresh_database(tmp_path)
    with reading(engine) as connection:
        rows = connection.exec_driver_sql("PRAGMA table_list").mappings().all()
    engine.dispose()
    loose = [
        row["name"]
        for row in rows
        if row["schema"] == "main"
        and row["type"] == "table"
        and not row["strict"]
        and row["name"] not in {"alembic_version", "sqlite_schema", "sqlite_stat1", "sqlite_stat4"}
    ]
    assert loose == []


def test_the_newest_is_the_one_the_program_names() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == NEWEST


def test_a_database_of_this_version_needs_neither_backup_nor_alembic(tmp_path: Path) -> None:
    fresh_database(tmp_path).dispose()
    program = f"""
import sys
from pathlib import Path
from app.storage.engine import open_engine
from app.storage.migrations import upgrade_if_needed
engine = open_engine(Path({str(tmp_path)!r}) / "station.db", bytes(range(32)))
assert upgrade_if_needed(engine, backup=sys.exit) is False
print("alembic" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"


# -------------------------------------------------------------------------------------------- whole or not
# at all


def test_an_empty_database_is_made_without_a_backup(engine: Engine, scripts: Path, backups: Backups) -> None:
    assert upgrade_if_needed(engine, backups.append, scripts=scripts) is True
    assert backups == []
    version, tables, people = state(engine)
    assert version == "0001"
    assert set(tables) == {"person", "visit"}
    assert people == ["王秀英"]


def test_an_upgrade_is_made_after_a_backup(engine: Engine, scripts: Path) -> None:
    upgrade_if_needed(engine, print, scripts=scripts)
    migration(scripts, "0002", "ALTER TABLE person ADD COLUMN phone TEXT")
    seen: list[tuple[str, bool]] = []

    def backup(version: str) -> None:
        seen.append((version, "phone" in state(engine)[1]["person"]))

    assert upgrade_if_needed(engine, backup, scripts=scripts, newest="0002") is True
    assert seen == [("0001", False)]
    assert state(engine)[0] == "0002"
    assert "phone" in state(engine)[1]["person"]


@pytest.mark.parametrize(
    ("last", "error"),
    [
        ("INSERT INTO nowhere VALUES (1)", OperationalError),
        ("INSERT INTO person (id, name) VALUES (1, 'the same id')", IntegrityError),
        ("INSERT INTO visit VALUES (2, 77)", BrokenReferenceError),
    ],
)
def test_an_upgrade_that_fails_half_way_leaves_nothing_behind(
    engine: Engine, scripts: Path, backups: Backups, last: str, error: type[Exception]
) -> None:
    upgrade_if_needed(engine, backups.append, scripts=scripts)
    before = state(engine)
    migration(scripts, "0002", "ALTER TABLE person ADD COLUMN phone TEXT", "UPDATE person SET name = '?'")
    migration(scripts, "0003", "DELETE FROM visit", "CREATE TABLE more (id INTEGER) STRICT", last)
    with pytest.raises(error):
        upgrade_if_needed(engine, backups.append, scripts=scripts, newest="0003")
    assert state(engine) == before
    migration(scripts, "0003", "CREATE TABLE more (id INTEGER) STRICT")
    assert upgrade_if_needed(engine, backups.append, scripts=scripts, newest="0003") is True
    assert state(engine)[0] == "0003"
    assert backups == ["0001", "0001"]


def test_a_failing_first_migration_leaves_an_empty_database(engine: Engine, scripts: Path) -> None:
    migration(scripts, "0001", "CREATE TABLE person (id INTEGER) STRICT", "no such statement")
    with pytest.raises(OperationalError):
        upgrade_if_needed(engine, print, scripts=scripts)
    with reading(engine) as connection:
        assert schema(connection) == {}
        assert version_of(connection) is None


def test_a_failing_backup_stops_the_upgrade(engine: Engine, scripts: Path) -> None:
    upgrade_if_needed(engine, print, scripts=scripts)
    before = state(engine)
    migration(scripts, "0002", "DROP TABLE visit")

    def backup(version: str) -> None:
        raise OSError(f"no room for a backup of {version}")

    with pytest.raises(OSError, match="no room"):
        upgrade_if_needed(engine, backup, scripts=scripts, newest="0002")
    assert state(engine) == before


def test_a_table_made_anew_does_not_empty_those_that_point_at_it(engine: Engine, scripts: Path) -> None:
    upgrade_if_needed(engine, print, scripts=scripts)
    migration(
        scripts,
        "0002",
        "CREATE TABLE person_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL, phone TEXT) STRICT",
        "INSERT INTO person_new SELECT id, name, NULL FROM person",
        "DROP TABLE person",
        "ALTER TABLE person_new RENAME TO person",
    )
    upgrade_if_needed(engine, lambda version: None, scripts=scripts, newest="0002")
    with writing(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM visit").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_foreign_keys_are_on_again_after_a_failure(engine: Engine, scripts: Path) -> None:
    migration(scripts, "0001", "no such statement")
    with pytest.raises(OperationalError):
        upgrade_if_needed(engine, print, scripts=scripts)
    with reading(engine) as first, reading(engine) as second:
        for connection in (first, second):
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_newer_database_is_refused_and_left_alone(engine: Engine, scripts: Path, backups: Backups) -> None:
    migration(scripts, "0002", "ALTER TABLE person ADD COLUMN phone TEXT")
    upgrade_if_needed(engine, print, scripts=scripts, newest="0002")
    before = state(engine)
    (scripts / "versions" / "0002_test.py").unlink()
    with pytest.raises(DatabaseFromNewerVersion) as trouble:
        upgrade_if_needed(engine, backups.append, scripts=scripts, newest="0001")
    assert trouble.value.version == "0002"
    assert backups == []
    assert state(engine) == before


def test_the_template_makes_a_migration_that_runs(engine: Engine, scripts: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.revision(config, "Give people a phone", rev_id="0002")
    (made,) = (scripts / "versions").glob("0002_*.py")
    text = made.read_text(encoding="utf-8")
    assert text.startswith('"""Give people a phone.\n\nA million rows: ')
    assert 'revision = "0002"\ndown_revision = "0001"\n' in text
    made.write_text(
        text.replace('sql("")', 'sql("ALTER TABLE person ADD COLUMN phone TEXT")'), encoding="utf-8"
    )
    upgrade_if_needed(engine, print, scripts=scripts, newest="0002")
    assert "phone" in state(engine)[1]["person"]


def test_no_migration_imports_the_program() -> None:
    for path in [SCRIPTS / "env.py", *(SCRIPTS / "versions").glob("*.py")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(from|import) (app|ui|resources)\b", text, re.MULTILINE), path.name
        assert "A million rows: " in text or path.name == "env.py"
