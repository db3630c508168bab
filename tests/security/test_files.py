"""What a copied folder gives away: a sitting with people, orders, gifts, papers, bugs and backups is played in the real
window, and every file is searched for what was typed, while the program runs and after it.
"""

from __future__ import annotations

import logging
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.actions.backups import back_up_now, choose_backup_folder
from app.actions.desk import Desk, Done
from app.actions.diagnostics import SaveDiagnostics, diagnostics, save_diagnostics
from app.actions.drill import drill
from app.actions.orders import submit_order
from app.actions.papers import SavePaper, save_paper
from app.actions.startup import close
from app.domain.identity import IdType
from app.domain.problems import Trouble
from app.domain.staff import Role
from app.storage.backup_file import manifest_of
from app.storage.disk import DiskFull
from app.storage.keys import tiles_in
from tests.security.traces import spellings, traces
from tests.support import counter, people
from tests.support.databases import KEY
from tests.support.desk import PASSPHRASE, STAFF, STATION_NAME, SettableClock, Station
from tests.support.session import Run, run
from tests.support.town import Town, request
from ui.report import keep_log, log, show_report
from ui.signin.page import SignInPage

NAME, PHONE, IDENTITY, ADDRESS = "欧阳翠兰", "13987650123", "11010519491231002X", "桃源村 7 组 18 号"
WISH, TYPED, WRONG = "买两斤活鲫鱼送上楼", "13612348888", "Chunfeng-2025"
SECRETS = (NAME, PHONE, IDENTITY, ADDRESS, WISH, TYPED, WRONG, PASSPHRASE, KEY)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Temporary files of this process and of Qt are searched, too."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)


@pytest.fixture
def lived(station: Station, tmp_path: Path) -> Station:
    """A station that knows somebody, has taken an order, given out a gift, and made its backups; it is closed."""
    desk = station.desk
    known = people.volunteer(
        desk, NAME, phone=PHONE, id_type=IdType.RESIDENT, id_number=IDENTITY, born_on=None, address=ADDRESS
    )
    town = Town(known, known, people.team(desk, "爱心队", known))
    submit_order(desk, request(town, what=WISH, place=ADDRESS))
    counter.redeemed(desk, counter.with_points(desk, 8), counter.stocked(station, points=2))
    _keep(station.sit(Role.ADMINISTRATOR), tmp_path)
    close(desk)
    return station


@pytest.fixture
def logs(lived: Station, logged: list[logging.LogRecord]) -> Iterator[Path]:
    """Where the program keeps its log."""
    folder = lived.desk.vault.places.folder / "logs"
    keep_log(folder)
    yield folder
    handler = log.handlers[-1]
    log.removeHandler(handler)
    handler.close()
    assert [record.levelname for record in logged] == ["ERROR"]
    logged.clear()


def _keep(desk: Desk, folder: Path) -> None:
    (folder / "stick").mkdir()
    choose_backup_folder(desk, folder / "stick")
    back_up_now(desk)
    drill(desk)
    pages = diagnostics(desk, "seen")
    save_diagnostics(desk, SaveDiagnostics(pages=pages, path=folder / "stick" / "诊断资料.zip"))


def test_the_search_finds_a_secret_in_every_spelling(tmp_path: Path) -> None:
    every = spellings(NAME) | spellings(KEY)
    for number, spelling in enumerate(every):
        (tmp_path / f"{number}").write_bytes(b"before " + spelling + b" after")
    assert len(every) == 8
    assert len(traces(tmp_path, (NAME, KEY))) == len(every)


@pytest.mark.usefixtures("temporary", "dressed")
def test_no_file_of_a_sitting_tells_a_name_a_number_a_word_or_a_key(
    qtbot: QtBot, lived: Station, tmp_path: Path, home: Path, logs: Path
) -> None:
    folder, clerk = lived.desk.vault.places.folder, lived.staff[Role.CLERK]
    with run(qtbot, folder, SettableClock()) as running:
        _type_wrong(running, clerk)
        _work(running, clerk)
        assert (folder / "station.db-wal").stat().st_size > 0
        assert traces(tmp_path, SECRETS) == []
    assert traces(tmp_path, SECRETS) == []
    assert traces(home, SECRETS) == []
    kept = (logs / "yizhan.log").read_text(encoding="utf-8")
    assert "ValueError" in kept and "trouble DiskFull" in kept


def _type_wrong(running: Run, clerk: str) -> None:
    page = running.page(SignInPage)
    page.tiles.set_value(clerk)
    page.passphrase.setFocus()
    running.type(WRONG)
    running.press(Qt.Key.Key_Return)
    running.qtbot.waitUntil(page.refusal.isVisible)


def _work(running: Run, clerk: str) -> None:
    """Half an order, a bug whose message is full of somebody, a trouble, and the lock, which keeps the draft."""
    frame = running.sign_in(clerk, PASSPHRASE)
    frame.go("intake")
    running.type(TYPED)
    try:
        int(f"{NAME} {PHONE}")
    except ValueError as problem:
        show_report(problem).close()
    told: list[Trouble] = []
    frame.jobs.run(frame, _stumble, None, done=lambda _none: None, trouble=told.append)
    running.qtbot.waitUntil(lambda: bool(told))
    frame.lock()
    running.sign_in(clerk, PASSPHRASE)


def _stumble(_desk: Desk, _request: None) -> Done[None]:
    raise DiskFull(place=f"/home/{NAME}")


def test_keys_and_a_backup_tell_who_works_here_and_nothing_more(lived: Station) -> None:
    """What is readable without a passphrase is what packaging/decisions/security.md says, and no more."""
    places = lived.desk.vault.places
    assert {tile.name for tile in tiles_in(places.keys.read_bytes())} == set(STAFF.values())
    readable = traces(places.folder, tuple(STAFF.values()))
    assert {name for name, _secret in readable} == {"keys.json", "keys.json.old"}
    [backup] = places.backups.glob("*.backup")
    told = manifest_of(backup)
    assert told.station == STATION_NAME
    assert {tile.name for tile in tiles_in(told.keys)} == set(STAFF.values())
    assert not any(str(secret) in repr(told) + told.keys.decode() for secret in SECRETS)


def test_only_this_user_of_the_pc_may_look_into_the_folder_and_read_keys_and_papers(
    station: Station, tmp_path: Path
) -> None:
    save_paper(station.desk, SavePaper(object="order:1", pdf=b"%PDF-", path=tmp_path / "服务单.pdf"))
    places = station.desk.vault.places
    for path in (tmp_path / "服务单.pdf", places.keys):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_database_spills_nothing_into_temporary_files(desk: Desk) -> None:
    """What SQLite sorts or gathers beside the tables stays in memory, where it would be written unencrypted."""
    connection = desk.engine.raw_connection()
    assert connection.cursor().execute("PRAGMA temp_store").fetchone() == (2,)
    assert connection.cursor().execute("PRAGMA secure_delete").fetchone() == (1,)
    connection.close()
