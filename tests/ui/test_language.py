"""Another language while the program runs: at the door, in the settings, after the lock; and nothing typed is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app import words
from app.actions.startup import close
from app.domain.staff import Role
from app.words import SOURCE_LANGUAGE
from tests.support.desk import PASSPHRASE, SettableClock, Station
from tests.support.session import Run, run
from tests.support.window import PATIENCE_MS
from ui.frame import Frame, screens_found
from ui.language import speech
from ui.parts.busy import BusyLine
from ui.parts.buttons import Button
from ui.parts.chips import Chip
from ui.parts.menu import ClerkMenu
from ui.parts.rail import Rail
from ui.screens.settings.screen import SettingsScreen
from ui.screens.settings.sections.language import LanguageSection
from ui.signin.page import SignInPage
from ui.welcome import Welcome

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    yield
    speech.use(SOURCE_LANGUAGE)


@pytest.fixture
def staff(station: Station) -> dict[Role, str]:
    """The people of a station that nobody has open."""
    close(station.desk)
    return station.staff


@pytest.fixture
def started(qtbot: QtBot, station: Station, staff: dict[Role, str]) -> Iterator[Run]:
    with run(qtbot, station.desk.vault.places.folder, SettableClock()) as running:
        yield running


def places(frame: Frame) -> list[str]:
    """What stands in the rail."""
    rail = frame.findChild(Rail)
    assert isinstance(rail, Rail)
    return [button.place.title for button in rail._buttons]


def choose(started: Run, language: str) -> SignInPage:
    """Press a language on the sign-in page; the page in that language."""
    page = started.page(SignInPage)
    QTest.mouseClick(page.languages.buttons[language], Qt.MouseButton.LeftButton)
    started.qtbot.waitUntil(lambda: started.window.shown_cover() is not page)
    return started.page(SignInPage)


def requester(frame: Frame) -> QLineEdit:
    """The field of a new request that asks who it is."""
    screen = frame.shown_screen()
    assert screen is not None
    return next(line for line in screen.findChildren(QLineEdit) if line.isVisible() and not line.isReadOnly())


def test_a_language_is_chosen_at_the_door(started: Run, staff: dict[Role, str]) -> None:
    page = started.page(SignInPage)
    page.tiles.set_value(staff[Role.CLERK])
    page.passphrase.setFocus()
    started.type(PASSPHRASE[:3])
    page = choose(started, "en")
    assert (page.enter.text(), page.tiles.value()) == ("Sign in", staff[Role.CLERK])
    assert started.memory.get("language") == "en"
    page.passphrase.setFocus()
    started.type(PASSPHRASE[3:])
    started.press(Qt.Key.Key_Return)
    frame = started.frame()
    assert "Dispatch" in places(frame)
    assert frame.remembered.get("language", "") == "en", "who chose it at the door has it the next time, too"


def test_the_windows_title_is_the_programs_name_and_nothing_more(started: Run) -> None:
    """The window system is handed both, if they differ."""
    handed: list[tuple[str, str]] = []
    started.window.windowTitleChanged.connect(
        lambda title: handed.append((title, QGuiApplication.applicationDisplayName()))
    )
    for language in ("en", SOURCE_LANGUAGE):
        choose(started, language)
    assert handed == [("Yizhan", "Yizhan"), ("驿站", "驿站")]


def test_the_settings_change_it_in_place(started: Run, staff: dict[Role, str]) -> None:
    frame = started.sign_in(staff[Role.CLERK], PASSPHRASE)
    frame.go("settings", "language")
    screen = frame.shown_screen()
    assert isinstance(screen, SettingsScreen)
    section = screen.section("language")
    assert isinstance(section, LanguageSection)
    section.languages.setFocus()
    QTest.mouseClick(section.languages.findChildren(Chip)[1], Qt.MouseButton.LeftButton)
    assert words.language() == "zh_TW"
    assert screen.list.accessibleName() == screen.back.text() == "設定"
    assert screen.keys()[0].does == "到這一節裡去"
    assert places(frame)[-1] == "設定"
    again = screen.section("language")
    assert again is not section
    assert again.isVisible()
    assert again.isAncestorOf(started.window.focusWidget())
    assert started.memory.get("language") is None, "the door keeps its own"


@pytest.mark.parametrize("role", Role)
def test_what_was_said_in_another_language_is_let_go_of(
    started: Run, staff: dict[Role, str], role: Role
) -> None:
    frame = started.sign_in(staff[role], PASSPHRASE)
    held = [_held_after_a_turn(started, frame) for _turn in range(3)]
    assert not held[2] - held[1], "panes hang on nothing while they are not shown"


def _held_after_a_turn(started: Run, frame: Frame) -> Counter[str]:
    """Every widget there is, by its kind, after each screen was built anew twice."""
    for language in ("en", SOURCE_LANGUAGE):
        frame.speak(language)
        for entry in screens_found():
            frame.go(entry.key)
        for section in ("station", "staff", "orders.limits"):
            frame.go("settings", section)
    for _answer_asks_again in range(3):
        answers: list[None] = []
        frame.jobs.read(frame, _nothing, None, done=answers.append)
        started.qtbot.waitUntil(partial(bool, answers), timeout=PATIENCE_MS)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return Counter(type(widget).__name__ for widget in QApplication.allWidgets())


def _nothing(_desk: object, _query: None) -> None:
    return None


def test_unlocking_in_another_language_comes_back_to_the_same_half_typed_word(
    started: Run, staff: dict[Role, str]
) -> None:
    frame = started.sign_in(staff[Role.CLERK], PASSPHRASE)
    frame.go("intake")
    field = requester(frame)
    field.setFocus()
    started.type("138000")
    started.press(Qt.Key.Key_L, CTRL)
    choose(started, "en").passphrase.setFocus()
    started.type(PASSPHRASE)
    started.press(Qt.Key.Key_Return)
    frame = started.frame()
    assert frame.current() == "intake"
    started.qtbot.waitUntil(lambda: requester(frame).text().replace(" ", "") == "138000")
    assert requester(frame) is not field
    assert requester(frame).placeholderText() == "Phone, pinyin or name"


def test_a_form_without_a_draft_stays_as_it_is_until_it_is_done(started: Run, staff: dict[Role, str]) -> None:
    frame = started.sign_in(staff[Role.CLERK], PASSPHRASE)
    frame.go("teams")
    teams = frame.shown_screen()
    assert teams is not None
    started.press(Qt.Key.Key_N, CTRL)
    field = next(line for line in teams.findChildren(QLineEdit) if line.hasFocus())
    started.type("aixin")
    frame.speak("en")
    assert frame.shown_screen() is teams
    assert (field.text(), field.hasFocus()) == ("aixin", True)
    assert "Teams" in places(frame)
    field.setText("")
    frame.go("board")
    frame.go("teams")
    assert frame.shown_screen() is not teams


def test_a_screen_below_a_question_stays_until_it_is_gone_to_again(
    started: Run, staff: dict[Role, str]
) -> None:
    frame = started.sign_in(staff[Role.CLERK], PASSPHRASE)
    frame.go("board")
    board = frame.shown_screen()
    frame.show_keys()
    frame.speak("en")
    assert frame.shown_screen() is board
    started.press(Qt.Key.Key_Escape)
    frame.go("teams")
    frame.go("board")
    assert frame.shown_screen() is not board


def test_everybody_has_their_own_and_the_door_the_pcs(started: Run, staff: dict[Role, str]) -> None:
    frame = started.sign_in(staff[Role.CLERK], PASSPHRASE)
    frame.speak("en")
    menu = frame.findChild(ClerkMenu)
    assert isinstance(menu, ClerkMenu)
    next(action for action in menu.actions() if action.text() == "Change clerks").trigger()
    assert started.page(SignInPage).enter.text() == "打开"
    other = started.sign_in(staff[Role.ADMINISTRATOR], PASSPHRASE)
    assert "派单" in places(other)
    other.switch_asked.emit()
    assert "Dispatch" in places(started.sign_in(staff[Role.CLERK], PASSPHRASE))


def test_a_language_stays_until_the_next_start(
    qtbot: QtBot, station: Station, staff: dict[Role, str]
) -> None:
    folder = station.desk.vault.places.folder
    with run(qtbot, folder, SettableClock()) as running:
        running.sign_in(staff[Role.CLERK], PASSPHRASE).speak("zh_TW")
    speech.use(SOURCE_LANGUAGE)
    with run(qtbot, folder, SettableClock()) as running:
        assert running.page(SignInPage).enter.text() == "登录"
        assert "派單" in places(running.sign_in(staff[Role.CLERK], PASSPHRASE))


def test_the_first_start_takes_over_what_is_typed(
    qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("first") / "station"
    with run(qtbot, folder, SettableClock()) as running:
        page = running.page(Welcome)
        page.station.name.setFocus()
        running.type("Caocun")
        page.administrator.name.set_value("沈静")
        page.administrator.passphrase.first.line.setText(PASSPHRASE)
        QTest.mouseClick(page.station.languages.buttons["en"], Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: running.window.shown_cover() is not page)
        again = running.page(Welcome)
        assert again.request().name == "Caocun"
        assert (again.request().admin_name, again.request().passphrase) == ("沈静", PASSPHRASE)
        assert again.station.name.placeholderText() == "In full, as on certificates"


@pytest.mark.parametrize("language, copies", [("zh_CN", "复制(&C)"), ("zh_TW", "複製(&C)"), ("en", "&Copy")])
def test_the_menus_of_fields_speak_it_too(
    started: Run, show: Callable[[QLineEdit], QLineEdit], language: str, copies: str
) -> None:
    speech.begin(language)
    field = show(QLineEdit("138000"))
    menu: QMenu = field.createStandardContextMenu()
    said = [action.text().partition("\t")[0] for action in menu.findChildren(QAction)]
    assert copies in said
    menu.deleteLater()


def test_what_stops_slow_work_says_so_in_the_language_of_the_moment(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    BusyLine(host)
    [stop] = host.findChildren(Button)
    assert stop.text() == "不等了"
    speech.use("en")
    assert stop.text() == "Stop waiting"
