"""The self-check finds what was changed behind the log's back, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from app.actions.desk import Desk
from app.actions.selfcheck import self_check
from app.sentences.selfcheck import self_check_words
from app.storage import selfcheck
from app.storage.chains import ChainDifference, PartDifference
from app.storage.engine import reading, writing
from app.storage.ids import new_id
from app.storage.log import Log
from app.storage.selfcheck import RowDifference
from tests.support.databases import fresh_database
from tests.support.facts import OtherDevice, asked_again, screened, submitted

ORDER = "0190c0de" + "0" * 24


@pytest.fixture
def busy_desk(desk: Desk) -> Desk:
    """A desk with an order, facts of another device with a gap, and one of a newer program."""
    other = OtherDevice(new_id())
    facts = [
        other.make(asked_again(ORDER), 1),
        other.make(asked_again(ORDER), 2),
        other.make(screened(ORDER), 3, version=9),
    ]
    with writing(desk.engine) as connection:
        log = Log(connection, desk.device.chain)
        log.append([submitted(ORDER), screened(ORDER), asked_again(ORDER)], at=desk.now(), by=new_id())
        log.receive([facts[0], facts[2]])
        log.finish()
    return desk


def test_an_honest_station_has_no_difference(busy_desk: Desk) -> None:
    found = self_check(busy_desk, None)
    assert (found.differences, found.first) == (0, None)
    with reading(busy_desk.engine) as connection:
        assert found.facts == connection.execute(text("SELECT count(*) FROM log")).scalar()
    assert found.rows > 4
    assert found.facts_per_second > 0
    assert "全部对得上" in self_check_words(found)


def test_it_finds_every_table_also_as_the_first_thing_a_program_does(tmp_path: Path) -> None:
    """Here every noun was imported by other tests, so it happens in a program of its own."""
    fresh_database(tmp_path).dispose()
    program = f"""
from pathlib import Path
from app.storage.engine import open_engine, reading
from app.storage.selfcheck import check
with reading(open_engine(Path({str(tmp_path)!r}) / "station.db", bytes(range(32)))) as connection:
    print(check(connection).differences)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "0\n"


@pytest.mark.parametrize(
    ("damage", "kind", "words"),
    [
        ("UPDATE orders SET refusals = 7", RowDifference, "refusals"),
        ("DELETE FROM orders", RowDifference, "缺了或多了一行"),
        (
            "INSERT INTO staff SELECT 'ff', name, role, person, admitted_at, NULL FROM staff LIMIT 1",
            RowDifference,
            "ff",
        ),
        ("UPDATE log SET raw = CAST(raw || x'00' AS BLOB) WHERE n = 5", ChainDifference, "不是原样"),
        ("UPDATE log SET raw = x'00' WHERE known = 0", ChainDifference, "不是原样"),
        ("UPDATE log SET kind = 'order.closed' WHERE n = 6", ChainDifference, "不是原样"),
        ("UPDATE log SET known = 1 WHERE known = 0", ChainDifference, "不是原样"),
        ("DELETE FROM log WHERE n = 6", ChainDifference, "不是原样"),
        ("UPDATE log_private SET sealed = CAST(sealed || x'00' AS BLOB)", PartDifference, "个人信息"),
    ],
)
def test_what_was_changed_behind_its_back_is_found(
    busy_desk: Desk, damage: str, kind: type[object], words: str
) -> None:
    with writing(busy_desk.engine) as connection:
        connection.execute(text(damage))
        found = selfcheck.check(connection)
    assert found.differences >= 1
    assert isinstance(found.first, kind)
    assert words in self_check_words(found)


def test_a_part_that_was_erased_is_no_difference(busy_desk: Desk) -> None:
    """Erasing takes the part and what was folded from it; the fact and its hash stay."""
    with writing(busy_desk.engine) as connection:
        connection.execute(
            text("DELETE FROM log_private WHERE fact IN (SELECT fact FROM log WHERE object = :it)"),
            {"it": f"order:{ORDER}"},
        )
        log = Log(connection, busy_desk.device.chain)
        log.refold([f"order:{ORDER}"])
        log.finish()
        assert selfcheck.check(connection).first is None
