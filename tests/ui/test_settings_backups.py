"""The sections of backups and self-check, and restoring from the settings, in the real window."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.actions.backups import back_up_now, backup_card, choose_backup_folder
from app.actions.desk import Desk, do
from app.domain.staff import Role
from app.storage.backup import backups
from app.storage.engine import writing
from app.storage.ids import new_id
from tests.support.databases import KEY
from tests.support.desk import PASSPHRASE, SettableClock, Station
from tests.support.facts import submitted
from tests.support.session import Run, run
from tests.support.window import Opened, open_window
from ui.parts.buttons import Button
from ui.parts.overlay import Overlay
from ui.parts.question import QuestionOverlay
from ui.screens.settings import SCREEN
from ui.screens.settings.backups import BackupSection
from ui.screens.settings.screen import SettingsScreen
from ui.screens.settings.selfchecks import DiagnosticsOverlay, SelfCheckSection
from ui.signin.page import SignInPage
from ui.signin.recovery import NewPassphrasePage, RecoveryCodePage
from ui.signin.restore import RestoredPage, RestorePage
from ui.signin.trouble import TroublePage
from ui.theme import theme


@pytest.fixture
def opened(qtbot: QtBot, station: Station) -> Iterator[Opened]:
    with open_window(station.sit(Role.ADMINISTRATOR), SCREEN) as window:
        window.frame.start()
        yield window


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def section(window: Opened, key: str) -> QWidget:
    screen = window.screen()
    assert isinstance(screen, SettingsScreen)
    screen.go_to(key)
    return screen.section(key)


def backup_section(window: Opened) -> BackupSection:
    found = section(window, "backup")
    assert isinstance(found, BackupSection)
    return found


def check_section(window: Opened) -> SelfCheckSection:
    found = section(window, "selfcheck")
    assert isinstance(found, SelfCheckSection)
    return found


def failure(part: BackupSection | SelfCheckSection) -> str:
    """What stands behind the triangle; empty while nothing does."""
    line = part.work.failure
    return line._words.accessibleName() if line.isVisible() else ""


def press(button: Button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def told(part: BackupSection) -> dict[str, str]:
    return {line.label: line.words for line in part.facts.lines()}


def record(desk: Desk) -> None:
    draft = submitted(new_id())
    do(desk, lambda work: work.record(draft.body, parts=draft.parts))


def choose(dialog: QFileDialog, path: Path) -> None:
    """As when the person has found the place; the dialog itself is the system's."""
    dialog.fileSelected.emit(str(path))
    dialog.reject()


class TestBackups:
    def test_none_yet_then_one_by_the_button(self, opened: Opened, station: Station, qtbot: QtBot) -> None:
        part = backup_section(opened)
        qtbot.waitUntil(lambda: told(part).get("上次备份") == "还没有")
        assert opened.window.focusWidget() is part.back_up
        QTest.keyClick(part.back_up, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "核对过" in part.work.result.accessibleName())
        qtbot.waitUntil(lambda: told(part)["上次备份"].startswith("今天 09:00"))
        assert len(backups(station.desk.vault.places.backups)) == 1
        assert part.list.rows.rowCount() == 1
        qtbot.waitUntil(lambda: opened.window.focusWidget() is part.back_up)

    def test_a_stick_is_chosen_and_gets_one_at_once(self, opened: Opened, stick: Path, qtbot: QtBot) -> None:
        part = backup_section(opened)
        choose(part.ask_place(), stick)
        qtbot.waitUntil(lambda: "两处" in part.work.result.accessibleName())
        assert len(backups(stick)) == 1
        qtbot.waitUntil(lambda: "接好了" in told(part)["另一处"])
        press(part.leave_place)
        qtbot.waitUntil(lambda: "没有选" in told(part)["另一处"])

    def test_a_stick_that_is_pulled_out_is_noticed(
        self, opened: Opened, station: Station, stick: Path, qtbot: QtBot
    ) -> None:
        choose_backup_folder(station.desk, stick)
        part = backup_section(opened)
        qtbot.waitUntil(lambda: "接好了" in told(part).get("另一处", ""))
        shutil.rmtree(stick)
        opened.frame.minute_passed.emit()
        qtbot.waitUntil(lambda: "没接上" in told(part).get("另一处", ""))

    def test_a_place_beside_the_station_is_refused(
        self, opened: Opened, station: Station, qtbot: QtBot
    ) -> None:
        part = backup_section(opened)
        choose(part.ask_place(), station.desk.vault.places.folder)
        qtbot.waitUntil(lambda: "一起丢" in failure(part))

    def test_the_drill_says_in_words_what_it_found(
        self, opened: Opened, station: Station, qtbot: QtBot
    ) -> None:
        back_up_now(station.desk)
        record(station.desk)
        part = backup_section(opened)
        press(part.drill)
        qtbot.waitUntil(lambda: "一条不少" in part.work.result.accessibleName())
        qtbot.waitUntil(lambda: told(part)["上次演练"].startswith("今天"))

    def test_what_came_of_it_is_in_sight_in_a_low_window(
        self, opened: Opened, station: Station, qtbot: QtBot
    ) -> None:
        theme.use_large(True)
        opened.window.resize(1024, 540)
        back_up_now(station.desk)
        part = backup_section(opened)
        qtbot.waitUntil(lambda: part.list.rows.rowCount() == 1)
        press(part.drill)
        qtbot.waitUntil(lambda: "一条不少" in part.work.result.accessibleName())
        seen = part.work.result.visibleRegion
        qtbot.waitUntil(lambda: seen().boundingRect().height() == part.work.result.height())

    def test_a_drill_that_finds_a_spoilt_copy_says_so_with_a_triangle(
        self, opened: Opened, station: Station, stick: Path, qtbot: QtBot
    ) -> None:
        choose_backup_folder(station.desk, stick)
        back_up_now(station.desk)
        (carried,) = backups(stick)
        carried.path.write_bytes(carried.path.read_bytes()[:-1])
        part = backup_section(opened)
        press(part.drill)
        qtbot.waitUntil(lambda: "一条不少" in failure(part))

    def test_without_a_backup_the_drill_says_what_to_do(self, opened: Opened, qtbot: QtBot) -> None:
        part = backup_section(opened)
        press(part.drill)
        qtbot.waitUntil(lambda: "还没有备份" in failure(part))

    def test_it_can_be_stopped(self, opened: Opened, station: Station, qtbot: QtBot) -> None:
        back_up_now(station.desk)
        part = backup_section(opened)
        press(part.drill)
        press(part.work.stop)
        assert "停下了" in part.work.result.accessibleName()
        assert part.drill.isEnabled()
        qtbot.waitUntil(lambda: not list(station.desk.vault.places.folder.glob(".drill*")))

    def test_a_damaged_one_is_marked(self, opened: Opened, station: Station, qtbot: QtBot) -> None:
        back_up_now(station.desk)
        (made,) = backups(station.desk.vault.places.backups)
        made.path.write_bytes(b"")
        part = backup_section(opened)
        qtbot.waitUntil(lambda: part.list.rows.rowCount() == 1)
        assert "坏了" in part.list.rows.rows[0].spoken()

    @pytest.mark.parametrize("role", [Role.CLERK, Role.AUDITOR])
    def test_others_see_what_they_may(self, qtbot: QtBot, station: Station, role: Role, stick: Path) -> None:
        choose_backup_folder(station.sit(Role.ADMINISTRATOR), stick)
        with open_window(station.sit(role), SCREEN) as window:
            window.frame.start()
            part = backup_section(window)
            qtbot.waitUntil(lambda: bool(told(part)))
            shown = [part.back_up, part.drill, part.choose, part.leave_place, part.restore_from]
            expected = [role is Role.CLERK, True, False, False, False]
            assert [button.isVisible() for button in shown] == expected


class TestSelfCheck:
    def test_all_is_well(self, opened: Opened, station: Station, qtbot: QtBot) -> None:
        back_up_now(station.desk)
        part = check_section(opened)
        QTest.keyClick(part.check, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "全部对得上" in part.work.result.accessibleName())
        assert "是好的" in part.work.result.accessibleName()
        assert not part.repair.isVisible()

    def test_without_a_backup_not_all_is_well(self, opened: Opened, qtbot: QtBot) -> None:
        part = check_section(opened)
        press(part.check)
        qtbot.waitUntil(lambda: "还没有备份" in failure(part))
        assert not part.repair.isVisible()

    def test_tables_are_mended_after_a_question(self, opened: Opened, station: Station, qtbot: QtBot) -> None:
        with writing(station.desk.engine) as connection:
            connection.exec_driver_sql("DELETE FROM staff WHERE name = '郭伟'")
        part = check_section(opened)
        press(part.check)
        qtbot.waitUntil(part.repair.isVisible)
        assert failure(part), "with its triangle: a state is never told by colour alone"
        press(part.repair)
        assert opened.window.findChildren(QuestionOverlay)
        QTest.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "全部对得上" in part.work.result.accessibleName())
        assert "整理过了" in part.work.result.accessibleName()
        assert not failure(part)
        assert not part.repair.isVisible()
        assert part.check.hasFocus()

    def test_a_damaged_log_is_known_outside_the_section_at_once(
        self, opened: Opened, station: Station, qtbot: QtBot
    ) -> None:
        with writing(station.desk.engine) as connection:
            connection.exec_driver_sql("UPDATE log SET hash = x'00' WHERE n = 1")
        part = check_section(opened)
        with qtbot.waitSignal(opened.jobs.changed) as heard:
            press(part.check)
        assert heard.args == [frozenset({"backup"})]
        assert "不是原样" in failure(part)
        with qtbot.waitSignal(opened.jobs.changed):
            press(backup_section(opened).back_up)

    def test_in_a_low_window_the_diagnostics_can_be_saved_without_scrolling(
        self, opened: Opened, qtbot: QtBot
    ) -> None:
        opened.window.resize(1024, 540)
        press(check_section(opened).diagnostics)
        qtbot.waitUntil(lambda: bool(opened.window.findChildren(DiagnosticsOverlay)))
        (overlay,) = opened.window.findChildren(DiagnosticsOverlay)
        qtbot.waitUntil(lambda: overlay.save.visibleRegion().boundingRect() == overlay.save.rect())

    def test_diagnostics_are_read_before_they_are_saved(
        self, opened: Opened, qtbot: QtBot, tmp_path: Path
    ) -> None:
        part = check_section(opened)
        press(part.diagnostics)
        qtbot.waitUntil(lambda: bool(opened.window.findChildren(DiagnosticsOverlay)))
        (overlay,) = opened.window.findChildren(DiagnosticsOverlay)
        shown = overlay.text.value()
        choose(overlay.ask_where(), tmp_path / "d.zip")
        qtbot.waitUntil((tmp_path / "d.zip").exists)
        with zipfile.ZipFile(tmp_path / "d.zip") as file:
            assert all(file.read(name).decode() in shown for name in file.namelist())
        qtbot.waitUntil(lambda: opened.frame.banner.sentence() == "已存到 d.zip")
        assert not [one for one in opened.window.findChildren(Overlay) if one.isVisible()]


class TestRestoring:
    @pytest.fixture
    def running(self, qtbot: QtBot, station: Station, stick: Path) -> Iterator[Run]:
        """A station with a backup on a stick and something recorded since; nobody has it open."""
        choose_backup_folder(station.sit(Role.ADMINISTRATOR), stick)
        back_up_now(station.desk)
        record(station.desk)
        station.close()
        with run(qtbot, station.desk.vault.places.folder, SettableClock()) as started:
            yield started

    def test_from_the_settings_and_back_to_the_desk(self, running: Run, station: Station) -> None:
        administrator = station.staff[Role.ADMINISTRATOR]
        frame = running.sign_in(administrator, PASSPHRASE)
        desk = running.session.desk()
        record(desk)
        frame.go("settings", "backup")
        part = frame.findChild(BackupSection)
        assert isinstance(part, BackupSection)
        running.qtbot.waitUntil(part.restore_from.isVisible)
        press(part.restore_from)
        running.press(Qt.Key.Key_Return)
        page = running.page(RestorePage)
        assert page.list.rows.rowCount() == 1
        assert running.window.focusWidget() is page.list
        running.press(Qt.Key.Key_Return)
        door = running.page(SignInPage)
        running.qtbot.waitUntil(lambda: running.window.focusWidget() is door.passphrase.line)
        running.type(PASSPHRASE)
        running.press(Qt.Key.Key_Return)
        shown = running.page(RestoredPage)
        assert any("镜像" in words for words in shown.sentences)
        running.press(Qt.Key.Key_Return)
        again = running.frame()
        assert again is not frame
        assert running.session.desk().device.incarnation == 2
        assert backup_card(running.session.desk(), None).facts_since >= 1

    def test_a_wrong_passphrase_stays_on_the_page(self, running: Run, station: Station) -> None:
        door = running.page(SignInPage)
        press(door.restore)
        running.page(RestorePage)
        running.press(Qt.Key.Key_Return)
        running.qtbot.waitUntil(lambda: running.window.shown_cover() is not door)
        page = running.page(SignInPage)
        page.tiles.set_value(station.staff[Role.CLERK])
        page.passphrase.setFocus()
        running.type("wrong")
        running.press(Qt.Key.Key_Return)
        running.qtbot.waitUntil(lambda: page.refusal.isVisible())
        running.press(Qt.Key.Key_Escape)
        running.page(RestorePage)
        running.press(Qt.Key.Key_Escape)
        running.qtbot.waitUntil(lambda: isinstance(running.window.shown_cover(), SignInPage))

    def test_on_a_new_pc_from_the_first_page(
        self, qtbot: QtBot, running: Run, station: Station, stick: Path, tmp_path: Path
    ) -> None:
        from ui.welcome import Welcome

        with run(qtbot, tmp_path / "new pc" / "station", SettableClock()) as new_pc:
            welcome = new_pc.page(Welcome)
            welcome.restore_asked.emit()
            page = new_pc.page(RestorePage)
            assert page.list.rows.rowCount() == 0
            assert not page.go_on.isVisible()
            new_pc.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            (dialog,) = new_pc.window.findChildren(QFileDialog)
            choose(dialog, stick)
            qtbot.waitUntil(lambda: new_pc.page(RestorePage).list.rows.rowCount() == 1)
            new_pc.press(Qt.Key.Key_Return)
            door = new_pc.page(SignInPage)
            assert not door.languages.isVisible(), "there a language is no longer chosen"
            door.tiles.set_value(station.staff[Role.CLERK])
            door.passphrase.setFocus()
            new_pc.type(PASSPHRASE)
            new_pc.press(Qt.Key.Key_Return)
            new_pc.page(RestoredPage)
            new_pc.press(Qt.Key.Key_Return)
            assert new_pc.frame().clerk.name == "陈芳"


def test_by_the_recovery_sheet_the_button_says_that_it_restores(qtbot: QtBot, station: Station) -> None:
    code = station.desk.vault.keys.renew_recovery(KEY)
    station.sit(Role.CLERK)
    back_up_now(station.desk)
    station.close()
    with run(qtbot, station.desk.vault.places.folder, SettableClock()) as running:
        press(running.page(SignInPage).restore)
        running.page(RestorePage)
        running.press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: isinstance(running.window.shown_cover(), SignInPage))
        QTest.mouseClick(running.page(SignInPage).forgotten, Qt.MouseButton.LeftButton)
        running.page(RecoveryCodePage)
        running.type(" ".join(code.lines()).lower())
        running.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        page = running.page(NewPassphrasePage)
        assert page.go_on.text() == "换成新口令，恢复"
        page.tiles.set_value(station.staff[Role.CLERK])
        page.passphrase.first.setFocus()
        running.type("blue-lamp-2026")
        running.press(Qt.Key.Key_Return)
        running.type("blue-lamp-2026")
        running.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert (page.go_on.text(), page.go_on.isEnabled()) == ("正在恢复…", False)
        running.page(RestoredPage)


def test_lost_keys_are_taken_from_a_backup_that_is_chosen(
    qtbot: QtBot, station: Station, stick: Path
) -> None:
    choose_backup_folder(station.sit(Role.ADMINISTRATOR), stick)
    back_up_now(station.desk)
    station.close()
    places = station.desk.vault.places
    shutil.rmtree(places.backups)
    for name in ("keys.json", "keys.json.old"):
        (places.folder / name).unlink(missing_ok=True)
    with run(qtbot, places.folder, SettableClock()) as running:
        trouble = running.page(TroublePage)
        press(trouble.act)
        (dialog,) = running.window.findChildren(QFileDialog)
        choose(dialog, next(stick.glob("*.backup")))
        assert running.sign_in(station.staff[Role.CLERK], PASSPHRASE).clerk.name == "陈芳"


def test_a_database_that_was_set_back_says_what_came_back(
    qtbot: QtBot, station: Station, tmp_path: Path
) -> None:
    places = station.desk.vault.places
    station.desk.engine.dispose()
    shutil.copy(places.database, tmp_path / "image")
    record(station.sit(Role.CLERK))
    record(station.desk)
    station.close()
    shutil.copy(tmp_path / "image", places.database)
    with run(qtbot, places.folder, SettableClock()) as running:
        frame = running.sign_in(station.staff[Role.CLERK], PASSPHRASE)
        assert frame.banner.sentence() == "从镜像找回 2 条记录。"
