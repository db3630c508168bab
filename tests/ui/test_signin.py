"""Coming in: wrong passphrases and the quarter of an hour, the lock, another clerk, the recovery sheet, the date."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from app.actions import wallets
from app.actions.backups import back_up_when_quiet, choose_backup_folder
from app.actions.desk import Desk
from app.actions.drafts import my_drafts
from app.actions.points import PointsQuery, points_of
from app.actions.policies import SetPolicy, set_policy
from app.actions.session import Tile
from app.actions.startup import close, sign_in
from app.domain import categories
from app.domain.categories import MenuPolicy, shipped_entries
from app.domain.policies import written
from app.domain.recovery import RecoveryCode
from app.domain.session import LockPolicy
from app.domain.staff import Role
from app.domain.wallets import ExpiryPolicy
from app.facts import Id
from app.storage.backup import backups
from app.storage.disk import Places
from app.storage.keys import Keys, WrongPassphrase
from tests.support import counter
from tests.support.databases import CHEAP, KEY
from tests.support.desk import OPENING, PASSPHRASE, STAFF, SettableClock, Station
from tests.support.session import Run, run
from tests.support.window import PATIENCE_MS
from ui import sitting
from ui.parts.buttons import QUIET_SIDE
from ui.parts.form import RefusalLine
from ui.parts.menu import ClerkMenu
from ui.parts.question import Answer, Answered, Question, ask
from ui.parts.text import Paragraph
from ui.parts.titleline import TitleLine
from ui.signin.change import ChangePassphraseOverlay
from ui.signin.clock import ClockPage
from ui.signin.page import SignInPage
from ui.signin.recovery import NewPassphrasePage, RecoveryCodePage
from ui.signin.restore import RestoredPage, RestorePage
from ui.signin.trouble import TroublePage
from ui.theme import theme

CTRL = Qt.KeyboardModifier.ControlModifier
NEW = "Qiuyu-2027"


@pytest.fixture
def staff(station: Station) -> dict[Role, str]:
    """The people of a station that nobody has open."""
    close(station.desk)
    return station.staff


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def places(station: Station) -> Places:
    return station.desk.vault.places


@pytest.fixture
def code(places: Places, staff: dict[Role, str]) -> RecoveryCode:
    """The recovery sheet of the station."""
    return Keys.open(places.keys, cost=CHEAP).renew_recovery(KEY)


@pytest.fixture
def started(qtbot: QtBot, places: Places, staff: dict[Role, str], clock: SettableClock) -> Iterator[Run]:
    with run(qtbot, places.folder, clock) as running:
        yield running


def words_of(line: RefusalLine) -> str:
    words = line.findChild(Paragraph)
    assert isinstance(words, Paragraph)
    return words.accessibleName()


def try_wrong(started: Run, page: SignInPage) -> None:
    started.type("nonsense")
    started.press(Qt.Key.Key_Return)
    started.qtbot.waitUntil(page.refusal.isVisible)


def field_of_frame(started: Run) -> QLineEdit:
    """Some field of a screen that has some."""
    started.frame().go("intake")
    screen = started.frame().shown_screen()
    assert screen is not None
    field = next(
        line for line in screen.findChildren(QLineEdit) if line.isVisible() and not line.isReadOnly()
    )
    field.setFocus()
    return field


def test_a_tile_a_passphrase_and_enter(started: Run, staff: dict[Role, str]) -> None:
    page = started.page(SignInPage)
    QTest.keyClick(page.tiles, Qt.Key.Key_2)
    started.type(PASSPHRASE)
    started.press(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert started.frame().clerk.name == "陈芳"


def test_who_came_last_is_chosen_the_next_time(
    qtbot: QtBot, places: Places, staff: dict[Role, str], clock: SettableClock
) -> None:
    for wanted in (None, staff[Role.AUDITOR]):
        with run(qtbot, places.folder, clock) as running:
            page = running.page(SignInPage)
            assert page.tiles.value() == wanted
            running.sign_in(staff[Role.AUDITOR], PASSPHRASE)


def test_a_wrong_passphrase_says_how_many_tries_are_left(started: Run, staff: dict[Role, str]) -> None:
    page = started.page(SignInPage)
    page.tiles.set_value(staff[Role.CLERK])
    page.passphrase.setFocus()
    try_wrong(started, page)
    assert words_of(page.refusal) == "口令不对，还可以试 4 次。"
    assert page.passphrase.line.hasFocus()
    started.type(PASSPHRASE[:1])
    assert not page.refusal.isVisible()
    started.type(PASSPHRASE[1:])
    started.press(Qt.Key.Key_Return)
    assert started.frame().clerk.name == "陈芳"


def test_five_wrong_ones_count_a_quarter_of_an_hour_down(started: Run, staff: dict[Role, str]) -> None:
    page = started.page(SignInPage)
    page.tiles.set_value(staff[Role.CLERK])
    page.passphrase.setFocus()
    for _attempt in range(5):
        try_wrong(started, page)
        started.qtbot.waitUntil(lambda: not page.is_in_use())
    assert not page.passphrase.isEnabled()
    assert 890 <= page.locked_seconds() <= 900
    assert words_of(page.refusal).startswith("口令错了多次，请过 1")
    QTest.keyClick(page.tiles, Qt.Key.Key_1)
    assert page.passphrase.isEnabled()
    assert not page.refusal.isVisible()


def test_unlocking_comes_back_to_the_same_half_typed_word(started: Run, staff: dict[Role, str]) -> None:
    started.sign_in(staff[Role.CLERK], PASSPHRASE)
    field = field_of_frame(started)
    started.type("138000")
    started.press(Qt.Key.Key_L, CTRL)
    page = started.page(SignInPage)
    assert page.tiles.value() == staff[Role.CLERK]
    assert started.session.clerk() is None
    assert not field.isVisible()
    started.type(PASSPHRASE)
    started.press(Qt.Key.Key_Return)
    started.frame()
    assert (field.text().replace(" ", ""), field.hasFocus()) == ("138000", True)
    started.type("5")
    assert field.text().replace(" ", "") == "1380005"


def test_a_question_stands_with_its_words_after_the_lock(started: Run, staff: dict[Role, str]) -> None:
    frame = started.sign_in(staff[Role.CLERK], PASSPHRASE)
    answers: list[Answered] = []
    why = Question("作废？", (Answer("作废", "void"),), reasons=("印错了", "名字写错了"))
    question = ask(frame, why, answers.append)
    assert question._chips is not None and question._words is not None
    question._chips.set_value("名字写错了")
    question._words.setFocus()
    started.type("2 times")
    frame.lock()
    started.page(SignInPage)
    assert not question.isVisible()
    started.type(PASSPHRASE)
    started.press(Qt.Key.Key_Return)
    started.frame()
    assert question.isVisible() and question._words.hasFocus()
    started.press(Qt.Key.Key_Return, CTRL)
    assert answers == [Answered("void", "名字写错了：2 times")]


def test_what_is_half_typed_is_saved_before_the_desk_is_locked(started: Run, staff: dict[Role, str]) -> None:
    frame = started.sign_in(staff[Role.CLERK], PASSPHRASE)
    frame.go("intake")
    field_of_frame(started)
    started.type("138000")
    frame.lock()
    started.sign_in(staff[Role.CLERK], PASSPHRASE)
    assert [draft.body.count("138000") for draft in my_drafts(started.session.desk(), "order")] == [1]


def test_nothing_can_be_done_or_pasted_while_locked(started: Run, staff: dict[Role, str]) -> None:
    frame = started.sign_in(staff[Role.CLERK], PASSPHRASE)
    QGuiApplication.clipboard().setText("330105199712108123")
    frame.lock()
    started.page(SignInPage)
    assert QGuiApplication.clipboard().text() == ""
    assert started.window.windowTitle() == "驿站"
    heard: list[str] = []
    frame.jobs.read(
        started.window,
        my_drafts,
        "order",
        done=lambda _: heard.append("read"),
        refused=lambda r: heard.append(type(r).__name__),
    )
    started.qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["NotSignedIn"]


def test_nobody_there_for_a_while_locks_the_window(
    qtbot: QtBot, places: Places, staff: dict[Role, str], clock: SettableClock
) -> None:
    with run(qtbot, places.folder, clock, minute_ms=60) as running:
        frame = running.sign_in(staff[Role.CLERK], PASSPHRASE)
        qtbot.waitUntil(lambda: running.session.clerk() is None)
        assert not frame.isVisible()
        assert running.page(SignInPage).tiles.value() == staff[Role.CLERK]


def test_the_minutes_until_the_lock_are_a_policy(
    qtbot: QtBot, places: Places, staff: dict[Role, str], clock: SettableClock
) -> None:
    with run(qtbot, places.folder, clock, minute_ms=800) as running:
        frame = running.sign_in(staff[Role.ADMINISTRATOR], PASSPHRASE)
        sooner = SetPolicy(policy=LockPolicy.name, value='{"idle_minutes": 1}', valid_from=OPENING.date())
        frame.jobs.run(frame, set_policy, sooner, done=lambda _none: None)
        qtbot.waitUntil(lambda: running.session.clerk() is None)  # ten of these minutes would be too long


def test_what_is_asked_for_is_offered_from_the_day_it_is_set(
    qtbot: QtBot, places: Places, staff: dict[Role, str], clock: SettableClock
) -> None:
    entries = [msgspec.structs.replace(one, hidden=one.code == "haircut") for one in shipped_entries()]
    value = written(MenuPolicy(entries=tuple(entries)))
    from_tomorrow = SetPolicy(
        policy=MenuPolicy.name, value=value, valid_from=OPENING.date() + timedelta(days=1)
    )
    try:
        with run(qtbot, places.folder, clock) as running:
            frame = running.sign_in(staff[Role.ADMINISTRATOR], PASSPHRASE)
            frame.go("intake")
            before = frame.shown_screen()
            frame.jobs.run(frame, set_policy, from_tomorrow, done=lambda _none: None)
            running.session.lock()
            running.sign_in(staff[Role.ADMINISTRATOR], PASSPHRASE)
            assert categories.menu() == categories.shipped()
            assert frame.shown_screen() is before
            running.session.lock()
            clock.forward(days=1)
            running.sign_in(staff[Role.ADMINISTRATOR], PASSPHRASE)
            assert [one.code for one in categories.menu().keyed][1] == "errands"
            assert frame.shown_screen() is not before
    finally:
        categories.use(categories.shipped())


def test_each_clerk_comes_back_to_their_own_word(started: Run, staff: dict[Role, str]) -> None:
    mine = started.sign_in(staff[Role.CLERK], PASSPHRASE)
    field = field_of_frame(started)
    started.type("138")
    mine.switch_asked.emit()
    page = started.page(SignInPage)
    assert page.tiles.value() is None
    theirs = started.sign_in(staff[Role.ADMINISTRATOR], PASSPHRASE)
    assert theirs is not mine
    assert theirs.clerk.role == "administrator"
    theirs.switch_asked.emit()
    assert started.sign_in(staff[Role.CLERK], PASSPHRASE) is mine
    assert field.text() == "138"
    assert field.hasFocus()


@pytest.mark.parametrize("is_clicked", [True, False])
def test_who_left_by_the_menu_comes_back_to_the_work(
    started: Run, staff: dict[Role, str], is_clicked: bool
) -> None:
    frame = started.sign_in(staff[Role.CLERK], PASSPHRASE)
    field = field_of_frame(started)
    started.type("138")
    (title,) = frame.findChildren(TitleLine)
    if is_clicked:
        QTest.mouseClick(title.clerk, Qt.MouseButton.LeftButton)
    else:
        title.clerk.setFocus(Qt.FocusReason.TabFocusReason)
        started.press(Qt.Key.Key_Return)
    (menu,) = frame.findChildren(ClerkMenu)
    next(one for one in menu.actions() if one.text() == "换人").trigger()
    assert started.sign_in(staff[Role.CLERK], PASSPHRASE) is frame
    assert started.window.focusWidget() is field


def test_the_recovery_sheet_gives_a_new_passphrase(
    started: Run,
    staff: dict[Role, str],
    code: RecoveryCode,
    qtbot: QtBot,
    places: Places,
    clock: SettableClock,
) -> None:
    page = started.page(SignInPage)
    QTest.mouseClick(page.forgotten, Qt.MouseButton.LeftButton)
    sheet = started.page(RecoveryCodePage)
    started.type(code.characters[:-1].lower() + ("0" if code.characters[-1] != "0" else "2"))
    started.press(Qt.Key.Key_Return, CTRL)
    refusal = sheet.form.row_of(sheet.code).refusal
    qtbot.waitUntil(refusal.isVisible)
    sheet.code.selectAll()
    started.type(" ".join(code.lines()).lower())
    started.press(Qt.Key.Key_Return, CTRL)
    chosen = started.page(NewPassphrasePage)
    chosen.tiles.set_value(staff[Role.CLERK])
    chosen.passphrase.first.setFocus()
    started.type(NEW)
    started.press(Qt.Key.Key_Return)
    started.type(NEW)
    started.press(Qt.Key.Key_Return, CTRL)
    assert started.frame().clerk.name == STAFF[Role.CLERK]
    started.window.close()
    close(sign_in(places.folder, staff[Role.CLERK], NEW, clock))


def test_the_recovery_sheet_opens_a_locked_window_with_everything_in_it(
    started: Run, staff: dict[Role, str]
) -> None:
    frame = started.sign_in(staff[Role.CLERK], PASSPHRASE)
    keys = started.session.desk().vault.keys
    code = keys.renew_recovery(KEY)
    field = field_of_frame(started)
    started.type("138")
    frame.lock()
    QTest.mouseClick(started.page(SignInPage).forgotten, Qt.MouseButton.LeftButton)
    started.page(RecoveryCodePage)
    started.type(code.characters)
    started.press(Qt.Key.Key_Return, CTRL)
    chosen = started.page(NewPassphrasePage)
    chosen.tiles.set_value(staff[Role.CLERK])
    chosen.passphrase.first.setFocus()
    started.type(NEW)
    started.press(Qt.Key.Key_Return)
    started.type(NEW)
    started.press(Qt.Key.Key_Return, CTRL)
    assert started.frame() is frame
    assert field.text() == "138"


def test_esc_leaves_the_recovery_for_the_tiles(started: Run) -> None:
    QTest.mouseClick(started.page(SignInPage).forgotten, Qt.MouseButton.LeftButton)
    started.page(RecoveryCodePage)
    started.press(Qt.Key.Key_Escape)
    started.page(SignInPage)


def test_an_administrator_confirms_a_date_that_jumped(
    started: Run, staff: dict[Role, str], clock: SettableClock
) -> None:
    clock.now = OPENING + timedelta(days=400)
    page = started.page(SignInPage)
    page.tiles.set_value(staff[Role.ADMINISTRATOR])
    page.passphrase.setFocus()
    started.type(PASSPHRASE)
    started.press(Qt.Key.Key_Return)
    assert started.page(ClockPage).confirm.text() == "日期没错，接着用"
    started.press(Qt.Key.Key_Return)
    assert started.frame().clerk.role == "administrator"
    started.session.lock()
    started.sign_in(staff[Role.CLERK], PASSPHRASE)


def test_a_clerk_may_look_while_the_date_is_in_doubt(
    started: Run, staff: dict[Role, str], clock: SettableClock
) -> None:
    clock.now = OPENING + timedelta(days=400)
    page = started.page(SignInPage)
    page.tiles.set_value(staff[Role.CLERK])
    page.passphrase.setFocus()
    started.type(PASSPHRASE)
    started.press(Qt.Key.Key_Return)
    QTest.mouseClick(started.page(ClockPage).look, Qt.MouseButton.LeftButton)
    assert started.frame().clerk.name == "陈芳"


def test_a_damaged_database_is_restored_from_its_newest_backup(
    qtbot: QtBot, places: Places, staff: dict[Role, str], clock: SettableClock
) -> None:
    desk = sign_in(places.folder, staff[Role.CLERK], PASSPHRASE, clock)
    assert back_up_when_quiet(desk).made
    close(desk)
    with places.database.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    with run(qtbot, places.folder, clock) as running:
        page = running.page(SignInPage)
        page.tiles.set_value(staff[Role.CLERK])
        page.passphrase.setFocus()
        running.type(PASSPHRASE)
        running.press(Qt.Key.Key_Return)
        trouble = running.page(TroublePage)
        assert "2026年4月7日" in trouble.sentence.accessibleName()
        running.press(Qt.Key.Key_Return)
        running.page(RestorePage)
        running.press(Qt.Key.Key_Return)
        page = running.page(SignInPage)
        page.tiles.set_value(staff[Role.CLERK])
        page.passphrase.setFocus()
        running.type(PASSPHRASE)
        running.press(Qt.Key.Key_Return)
        assert "桃源村" in running.page(RestoredPage).sentences[0]
        running.press(Qt.Key.Key_Return)
        assert running.frame().clerk.name == "陈芳"


def test_a_second_program_on_the_same_station_says_so_and_looks_again(
    qtbot: QtBot, started: Run, places: Places, staff: dict[Role, str], clock: SettableClock
) -> None:
    started.sign_in(staff[Role.CLERK], PASSPHRASE)
    with run(qtbot, places.folder, clock) as second:
        page = second.page(TroublePage)
        assert "已经在另一个窗口里打开" in page.sentence.accessibleName()
        assert second.window.isActiveWindow(), "no button was a window of its own for a moment"
        started.window.close()
        QTest.mouseClick(page.act, Qt.MouseButton.LeftButton)
        second.page(SignInPage)


def test_after_changing_clerks_a_digit_chooses_who_comes(started: Run, staff: dict[Role, str]) -> None:
    frame = started.sign_in(staff[Role.CLERK], PASSPHRASE)
    frame.switch_asked.emit()
    page = started.page(SignInPage)
    jobs = started.session._jobs
    started.qtbot.waitUntil(lambda: not jobs._undelivered)  # who they are was looked up again
    started.press(Qt.Key.Key_3)
    assert page.tiles.value() == staff[Role.AUDITOR]
    started.type(PASSPHRASE)
    started.press(Qt.Key.Key_Return)
    assert started.frame().clerk.name == "郭伟"


def test_keys_of_another_station_can_be_chosen_again(
    qtbot: QtBot, places: Places, staff: dict[Role, str], clock: SettableClock
) -> None:
    places.keys.unlink()
    keys, _code = Keys.create(places.keys, bytes(32), now=clock(), cost=CHEAP)
    keys.put(staff[Role.CLERK], "陈芳", Role.CLERK, PASSPHRASE, bytes(32))
    with run(qtbot, places.folder, clock) as running:
        page = running.page(SignInPage)
        page.tiles.set_value(staff[Role.CLERK])
        page.passphrase.setFocus()
        running.type(PASSPHRASE)
        running.press(Qt.Key.Key_Return)
        trouble = running.page(TroublePage)
        assert "不是一对" in trouble.sentence.accessibleName()
        assert trouble.act.text() == "选一份备份"


def test_a_folder_of_other_files_is_left_alone(qtbot: QtBot, tmp_path: Path, clock: SettableClock) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("...", encoding="utf-8")
    with run(qtbot, folder, clock) as running:
        page = running.page(TroublePage)
        assert "已有别的文件" in page.sentence.accessibleName()
        with qtbot.waitSignal(running.session.ended):
            QTest.mouseClick(page.close_button, Qt.MouseButton.LeftButton)
    assert [file.name for file in folder.iterdir()] == ["letter.txt"]


def test_the_sample_passphrase_is_one_click_away(
    qtbot: QtBot, places: Places, staff: dict[Role, str], clock: SettableClock
) -> None:
    with run(qtbot, places.folder, clock, sample_passphrase=PASSPHRASE) as running:
        page = running.page(SignInPage)
        QTest.keyClick(page.tiles, Qt.Key.Key_2)
        QTest.mouseClick(page.fill_in, Qt.MouseButton.LeftButton)
        running.press(Qt.Key.Key_Return)
        assert running.frame().clerk.name == "陈芳"


@pytest.mark.parametrize(
    "size, large", [((1024, 540), False), ((1366, 660), True)], ids=["a low window", "large"]
)
def test_the_page_of_a_sample_station_is_seen_whole(
    show: Callable[[SignInPage], SignInPage], size: tuple[int, int], large: bool
) -> None:
    theme.use_large(large)
    tiles = [Tile(staff=str(n), name="沈静", role=Role.CLERK, locked_minutes=0) for n in range(4)]
    page = SignInPage(tiles, sample_passphrase=PASSPHRASE, may_restore=True)
    page.resize(*size)
    show(page)
    area = page.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    assert area.verticalScrollBar().maximum() == 0


def test_where_one_types_is_in_sight_in_the_lowest_window_too(
    show: Callable[[SignInPage], SignInPage],
) -> None:
    theme.use_large(True)
    tiles = [Tile(staff=str(n), name="沈静", role=Role.CLERK, locked_minutes=0) for n in range(4)]
    page = SignInPage(tiles, sample_passphrase=PASSPHRASE, may_restore=True)
    page.resize(1024, 440)
    show(page)
    assert page.passphrase.visibleRegion().boundingRect().height() < page.passphrase.height()
    page.passphrase.setFocus()
    assert page.passphrase.visibleRegion().boundingRect().height() == page.passphrase.height()


def test_a_refusal_is_in_sight_in_the_lowest_window_too(
    qtbot: QtBot, show: Callable[[SignInPage], SignInPage]
) -> None:
    theme.use_large(True)
    tiles = [Tile(staff=str(n), name="沈静", role=Role.CLERK, locked_minutes=0) for n in range(4)]
    page = SignInPage(tiles, chosen="1", may_restore=True)
    page.resize(1024, 480)
    show(page)
    page.passphrase.setFocus()
    page.refuse(WrongPassphrase(tries_left=4))
    qtbot.waitUntil(lambda: page.refusal.visibleRegion().boundingRect().height() == page.refusal.height())
    column, footer = (one.mapTo(page, QPoint(0, 0)).x() for one in (page.tiles, page.forgotten))
    assert footer + QUIET_SIDE == column, "also beside a scroll bar the footer stands below the column"


def test_the_sample_passphrase_stays_for_whoever_is_chosen_after_it(
    qtbot: QtBot, places: Places, staff: dict[Role, str], clock: SettableClock
) -> None:
    with run(qtbot, places.folder, clock, sample_passphrase=PASSPHRASE) as running:
        page = running.page(SignInPage)
        QTest.mouseClick(page.fill_in, Qt.MouseButton.LeftButton)
        QTest.keyClick(page.tiles, Qt.Key.Key_2)
        running.press(Qt.Key.Key_Return)
        assert running.frame().clerk.name == "陈芳"


def test_one_changes_ones_own_passphrase(started: Run, staff: dict[Role, str]) -> None:
    frame = started.sign_in(staff[Role.CLERK], PASSPHRASE)
    menu = frame.findChild(ClerkMenu)
    assert isinstance(menu, ClerkMenu)
    next(action for action in menu.actions() if action.text() == "换口令").trigger()
    overlay = started.window.findChild(ChangePassphraseOverlay)
    assert isinstance(overlay, ChangePassphraseOverlay)
    started.press(Qt.Key.Key_Return, CTRL)
    assert overlay.old.hasFocus(), "the old one comes first"
    for field, typed in ((overlay.old, "wrong-one"), (overlay.new.first, NEW), (overlay.new.again, NEW)):
        field.setFocus()
        started.type(typed)
    started.press(Qt.Key.Key_Return, CTRL)
    refusal = overlay.form.row_of(overlay.old).refusal
    started.qtbot.waitUntil(refusal.isVisible)
    overlay.old.clear()
    overlay.old.setFocus()
    started.type(PASSPHRASE)
    started.press(Qt.Key.Key_Return, CTRL)
    started.qtbot.waitUntil(lambda: frame.banner.sentence() == "口令换好了，下次登录用新的。")
    frame.lock()
    assert started.sign_in(staff[Role.CLERK], NEW) is frame


def test_habits_follow_the_clerk(
    qtbot: QtBot, places: Places, staff: dict[Role, str], clock: SettableClock
) -> None:
    with run(qtbot, places.folder, clock) as running:
        running.sign_in(staff[Role.CLERK], PASSPHRASE).remembered.put("people.columns", [80, 120])
    with run(qtbot, places.folder, clock) as running:
        frame = running.sign_in(staff[Role.ADMINISTRATOR], PASSPHRASE)
        assert frame.remembered.get("people.columns", []) == []
        frame.lock()
        assert running.sign_in(staff[Role.CLERK], PASSPHRASE).remembered.get("people.columns", []) == [
            80,
            120,
        ]


def test_in_a_quiet_moment_points_expire_whose_time_is_over(
    qtbot: QtBot,
    station: Station,
    places: Places,
    clock: SettableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wallets, "MOST_EXPIRED_AT_ONCE", 1)
    counter.set_policy(station, ExpiryPolicy(after_months=0))
    names = {"王小明": "13900005678", "李小梅": "13900005679"}
    persons = [counter.with_points(station.desk, 12, name, phone=phone) for name, phone in names.items()]
    close(station.desk)
    clock.now = OPENING + timedelta(days=1)
    with run(qtbot, places.folder, clock) as running:
        running.sign_in(station.staff[Role.CLERK], PASSPHRASE)
        running.session._pause.wait(1)

        def balance(person: Id) -> int:
            return points_of(running.session.desk(), PointsQuery(person=person)).points_cents

        qtbot.waitUntil(lambda: not any(map(balance, persons)))


def test_what_keeps_backups_off_the_stick_is_said_until_it_is_over(
    qtbot: QtBot,
    places: Places,
    staff: dict[Role, str],
    clock: SettableClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    usage = shutil.disk_usage

    def full_stick(place: Path) -> object:
        return usage(place)._replace(free=0) if place == stick else usage(place)

    with run(qtbot, places.folder, clock) as running:
        frame = running.sign_in(staff[Role.ADMINISTRATOR], PASSPHRASE)
        choose_backup_folder(running.session.desk(), stick)
        with monkeypatch.context() as patch:
            patch.setattr(shutil, "disk_usage", full_stick)
            running.session._pause.wait(1)
            qtbot.waitUntil(lambda: "本机已备份" in frame.banner.sentence(), timeout=PATIENCE_MS)
            assert "没能拷到另一处" in frame.banner.sentence()
        running.session._pause.wait(1)
        qtbot.waitUntil(lambda: not frame.banner.sentence(), timeout=PATIENCE_MS)
        assert list(stick.glob("*.backup"))


def test_the_backup_at_the_end_waits_for_the_one_that_is_being_made(
    qtbot: QtBot,
    places: Places,
    staff: dict[Role, str],
    clock: SettableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leaves, seen = threading.Event(), []
    real = sitting.leave

    def leave(desk: Desk) -> None:
        leaves.set()
        real(desk)

    monkeypatch.setattr(sitting, "leave", leave)
    begun = threading.Event()

    def backing_up(_desk: Desk, _query: None) -> None:
        begun.set()
        seen.append(leaves.wait(0.2))

    with run(qtbot, places.folder, clock) as running:
        running.sign_in(staff[Role.CLERK], PASSPHRASE)
        jobs = running.session._jobs
        jobs.aside.read(running.session, backing_up, None, done=lambda _none: None)
        assert begun.wait(20)
    assert seen == [False] and leaves.is_set()


def test_closing_makes_todays_backup_and_frees_the_files(
    qtbot: QtBot, places: Places, staff: dict[Role, str], clock: SettableClock
) -> None:
    with run(qtbot, places.folder, clock) as running:
        running.sign_in(staff[Role.CLERK], PASSPHRASE)
    assert [backup.day for backup in backups(places.backups)] == [date(2026, 4, 7)]
    close(sign_in(places.folder, staff[Role.CLERK], PASSPHRASE, clock))
