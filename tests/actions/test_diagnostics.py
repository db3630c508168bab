"""Diagnostics: what is in them, and above all what is not."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Text, select

from app.actions import startup
from app.actions.audit import AuditQuery, audit_trail
from app.actions.backups import back_up_now
from app.actions.desk import Desk, NotSignedIn
from app.actions.diagnostics import SaveDiagnostics, diagnostics, save_diagnostics
from app.demo import station as demo
from app.domain.orders import OrderLimits
from app.domain.papers import PapersPolicy
from app.domain.staff import Role
from app.domain.villages import VillageNames
from app.storage import fold
from app.storage.disk import PlaceMissing
from app.storage.engine import reading
from tests.demo.test_station import SMALL, clock
from tests.support import counter
from tests.support.desk import Station

SEEN = "yizhan 0.1.0 · Qt 6.9.3"


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A sample station that has had backups and troubles."""
    made = demo.build(tmp_path_factory.mktemp("demo") / "张秀英" / "station", 1, clock, scale=SMALL)
    desk = startup.sign_in(made.folder, made.tiles[1].staff, made.passphrase, clock)
    back_up_now(desk)
    logs = made.folder / "logs"
    logs.mkdir()
    (logs / "yizhan.log").write_text(
        "2026-04-07 09:00:00,123 INFO trouble DiskFull\n"
        "2026-04-07 09:00:00,124 ERROR KeyError\n"
        "  ui/jobs.py:240 _try\n"
        "什么人 王秀英 13812340001 110105194912310021\n",
        encoding="utf-8",
    )
    (logs / "crash.log").write_text(
        'Fatal Python error\n  File "/srv/people/wangxiuying/yizhan/ui/session.py", line 12 in lock\n'
        '  File "C:\\people\\wangxiuying\\lib\\threading.py", line 3 in run\n',
        encoding="utf-8",
    )
    yield desk
    startup.close(desk)


def pages(desk: Desk) -> dict[str, str]:
    return {page.name: page.text for page in diagnostics(desk, SEEN)}


def test_it_tells_what_whoever_looks_after_the_pc_needs(busy: Desk) -> None:
    told = pages(busy)
    assert "sqlcipher: 4" in told["versions.txt"]
    assert "database: 0001" in told["versions.txt"]
    assert "backups: 1" in told["sizes.txt"]
    assert "mirror: good" in told["sizes.txt"]
    assert "fact order.submitted: " in told["counts.txt"]
    assert "table people: " in told["counts.txt"]
    assert "chain own 1: " in told["counts.txt"]
    assert "{" in told["settings.txt"]
    assert "commit ms: " in told["timings.txt"]
    assert "trouble DiskFull" in told["troubles.txt"]
    assert "ui/jobs.py:240 _try" in told["troubles.txt"]
    assert 'ui/session.py", line 12 in lock' in told["troubles.txt"]
    assert "threading.py" in told["troubles.txt"]


def test_nothing_of_anybody_is_in_the_file(busy: Desk, tmp_path: Path) -> None:
    asked = SaveDiagnostics(pages=diagnostics(busy, SEEN), path=tmp_path / "diagnostics.zip")
    save_diagnostics(busy, asked)
    with zipfile.ZipFile(tmp_path / "diagnostics.zip") as file:
        written = "\n".join(file.read(name).decode() for name in file.namelist())
    texts = texts_of(busy)
    assert len(texts) > 500
    assert [text for text in texts if text in written] == []
    assert "wangxiuying" not in written
    assert "13812340001" not in written
    assert "110105194912310021" not in written
    assert [one for one in written.replace("·", "") if ord(one) > 0x7E] == []


def test_what_somebody_typed_into_a_rule_is_told_by_its_kind(station: Station) -> None:
    counter.set_policy(station, PapersPolicy(phone="0537-5210000", contact="chenfang"))
    counter.set_policy(station, VillageNames(names={"370883102204": "Taoyuan"}))
    counter.set_policy(station, OrderLimits(accept_hours=17))
    told = pages(station.desk)["settings.txt"]
    assert "'accept_hours': 17" in told
    assert "'contact': 'text'" in told
    assert [one for one in ("0537-5210000", "chenfang", "Taoyuan", "370883102204") if one in told] == []


def texts_of(desk: Desk) -> set[str]:
    """Every text of the tables that says something of somebody: with a Chinese character, or with a long number."""
    found: set[str] = set()
    with reading(desk.engine) as connection:
        for table in fold.folded_tables():
            for column in table.c:
                if isinstance(column.type, Text):
                    found.update(connection.execute(select(column).distinct()).scalars())
    spoken = {text for text in found if text and any(ord(one) > 0x7F for one in text)}
    return spoken | {text for text in found if text and len(text) >= 8 and sum(map(str.isdigit, text)) >= 8}


def test_saving_is_audited(station: Station, tmp_path: Path) -> None:
    asked = SaveDiagnostics(pages=diagnostics(station.desk, SEEN), path=tmp_path / "d.zip")
    assert save_diagnostics(station.desk, asked) == asked.path
    assert audit_trail(station.sit(Role.AUDITOR), AuditQuery()).entries[0].what == "save.diagnostics"


def test_a_place_that_is_gone_is_said(desk: Desk, tmp_path: Path) -> None:
    asked = SaveDiagnostics(pages=diagnostics(desk, SEEN), path=tmp_path / "gone" / "d.zip")
    with pytest.raises(PlaceMissing):
        save_diagnostics(desk, asked)


def test_nobody_signed_in_gets_none(desk: Desk, tmp_path: Path) -> None:
    shown = diagnostics(desk, SEEN)
    desk.signed_in = None
    with pytest.raises(NotSignedIn):
        diagnostics(desk, SEEN)
    with pytest.raises(NotSignedIn):
        save_diagnostics(desk, SaveDiagnostics(pages=shown, path=tmp_path / "d.zip"))
    assert not (tmp_path / "d.zip").exists()
