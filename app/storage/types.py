"""Column types (列类型) of STRICT tables, and the one way to declare a table.

Python sees aware instants, days, flags, ids and small lists; the database sees integers and text. Everything
is checked at the edge: a naive instant or a text with a NUL is stopped here, never stored. No table is
declared here.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator

from app.domain.problems import Refusal

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_ID = re.compile(r"[0-9a-f]{32}")
_KEPT_CONTROLS = frozenset("\n\t")

# SQLite calls every integer INTEGER and STRICT tables know no other name; elsewhere 64 bits must be asked
# for.
Big = BigInteger().with_variant(Integer(), "sqlite")


class TextTooLong(Refusal):
    """A text has more characters than fit."""

    longest_characters: int


class TextUnreadable(Refusal):
    """A text holds characters that are not text: NUL, other controls, halves of surrogate pairs."""


class Instant(TypeDecorator[datetime]):
    """An aware UTC ``datetime``, stored as whole milliseconds since 1970; a naive one is our bug."""

    impl = Big
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone")
        return (value - _EPOCH) // _MILLISECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + value * _MILLISECOND


class Day(TypeDecorator[date]):
    """A ``date``, stored as ISO text, which also sorts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if isinstance(value, datetime):
            raise TypeError("an instant where a day belongs")
        return value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """A ``bool``, stored as 0 or 1."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(bool(value))

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Id(TypeDecorator[str]):
    """A UUIDv7 as 32 lower-case hexadecimal digits."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is not None and not _ID.fullmatch(value):
            # What stands here by mistake may be somebody's name, and exceptions come into reports.
            raise ValueError("not an id")
        return value


class Json(TypeDecorator[Any]):
    """Something small (a list of names, a few settings), stored as JSON text; equal values give equal text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else msgspec.json.encode(value, order="deterministic").decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else msgspec.json.decode(value)


def table(
    name: str,
    *items: SchemaItem,
    noun: str | None = None,
    ledger: bool = False,
    sums: Table | None = None,
    follows: Column[Any] | None = None,
    local: bool = False,
) -> Table:
    """Declare a STRICT table and say who owns its rows: objects of ``noun``, facts (``ledger``), the lines of another
    ledger (``sums``, ``follows``) or this PC (``local``).

    Rows of a noun's table carry the owning object's id in ``id`` or ``<noun>_id``; a ledger is keyed (fact,
    line). A table of sums is keyed by columns of its ledger, counts the ``lines`` and adds up the other columns. One
    that follows a column of a ledger has rows for each of its values (a person), and ``fold.follows`` says which. Rows
    of a local table are folded from nothing.
    """
    owners = [noun is not None, ledger, sums is not None, follows is not None, local]
    assert owners.count(True) == 1, f"{name}: who owns its rows?"
    made = Table(name, metadata, *items, sqlite_strict=True)
    made.info.update(noun=noun, ledger=ledger, local=local)
    if noun is not None:
        assert "id" in made.c or f"{noun}_id" in made.c, f"{name}: which {noun} owns a row?"
    if ledger:
        assert made.primary_key.columns.keys() == ["fact", "line"], f"{name}: a ledger is keyed (fact, line)"
        made.info.update(sums=[], followers=[])
    if sums is not None:
        assert set(made.c.keys()) - set(sums.c.keys()) == {"lines"}, f"{name}: what of {sums.name} is summed?"
        sums.info["sums"].append(made)
    if follows is not None:
        assert follows.name in made.c, f"{name}: whose rows of {follows.table.name} does it follow?"
        follows.table.info["followers"].append((made, follows.name))
    return made


def extra_ddl(name: str, *, sqlite: str) -> None:
    """Register a statement that SQLAlchemy has no words for (``CREATE VIRTUAL TABLE …``) under the name it
    creates.
    """
    statements: dict[str, str] = metadata.info.setdefault("extra_ddl", {})
    assert name not in statements, f"{name} is made twice"
    statements[name] = sqlite


def extra_statements() -> dict[str, str]:
    """The registered statements by name, sorted."""
    return dict(sorted(metadata.info.get("extra_ddl", {}).items()))


def create_all(connection: Connection) -> None:
    """Make every declared table from the declarations: for scratch databases; real ones come from migrations."""
    metadata.create_all(connection)
    for statement in extra_statements().values():
        connection.exec_driver_sql(statement)


def clean_text(value: str, *, longest_characters: int, field: str) -> str:
    """``value`` without white space around it; ``TextTooLong`` or ``TextUnreadable`` when it cannot be kept."""
    cleaned = value.strip()
    if any(_is_not_text(character) for character in cleaned):
        raise TextUnreadable(field=field)
    if len(cleaned) > longest_characters:
        raise TextTooLong(longest_characters=longest_characters, field=field)
    return cleaned


def _is_not_text(character: str) -> bool:
    code = ord(character)
    if code < 0x20 or 0x7F <= code < 0xA0:
        return character not in _KEPT_CONTROLS
    return 0xD800 <= code < 0xE000
