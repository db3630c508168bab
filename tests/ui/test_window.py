"""The window: screens come and go, keys work everywhere, hidden screens wait, a lock keeps the half-typed word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.actions.undo import Undone
from app.sentences import sentence
from tests.ui import samples
from ui.frame import Frame
from ui.jobs import Jobs
from ui.language import speech
from ui.parts.buttons import Button
from ui.parts.eye import MaskedValue
from ui.parts.fields import TextField
from ui.parts.find import FindBox
from ui.parts.overlay import Overlay, overlay_open
from ui.parts.question import Answer, Question, ask
from ui.parts.rail import Rail
from ui.parts.sheet import KeySheet
from ui.parts.statusline import StatusLine
from ui.parts.titleline import TitleLine, UndoButton
from ui.screen import Clerk, Screen, ScreenEntry, Services
from ui.theme import theme
from ui.window import Window

CONTROL = Qt.KeyboardModifier.ControlModifier


def press(
    window: Window, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """A key as the window system hands it in."""
    QTest.keyClick(window.windowHandle(), key, modifier)


def rail(frame: Frame) -> Rail:
    return frame.findChildren(Rail)[0]


def intake(frame: Frame) -> samples.Intake:
    frame.go("intake")
    screen = frame.shown_screen()
    assert isinstance(screen, samples.Intake)
    return screen


def test_the_first_screen_is_shown_and_control_digit_changes_it(window: Window, frame: Frame) -> None:
    assert frame.current() == "today"
    press(window, Qt.Key.Key_3, CONTROL)
    assert frame.current() == "board"


def test_the_shortcut_of_a_screen_works_from_everywhere_even_from_a_field(
    window: Window, frame: Frame
) -> None:
    press(window, Qt.Key.Key_K, CONTROL)
    assert isinstance(window.focusWidget(), FindBox)
    press(window, Qt.Key.Key_F2)
    assert (frame.current(), intake(frame).who.hasFocus()) == ("intake", True)
    press(window, Qt.Key.Key_K, CONTROL)
    assert isinstance(window.focusWidget(), FindBox)


def test_what_is_found_is_gone_to(qtbot: QtBot, window: Window, frame: Frame) -> None:
    press(window, Qt.Key.Key_K, CONTROL)
    box = window.focusWidget()
    assert isinstance(box, FindBox)
    QTest.keyClicks(box, "wang")
    qtbot.waitUntil(box.is_open)
    press(window, Qt.Key.Key_Return)
    assert (frame.current(), box.text()) == ("volunteers", "")


def test_escape_goes_back_from_the_search_box_to_the_work(window: Window, frame: Frame) -> None:
    screen = intake(frame)
    press(window, Qt.Key.Key_K, CONTROL)
    press(window, Qt.Key.Key_Escape)
    assert screen.who.hasFocus()


def test_the_search_box_stands_where_it_stood_before_large_letters(qtbot: QtBot, frame: Frame) -> None:
    box = frame.findChildren(FindBox)[0]
    qtbot.waitUntil(lambda: box.x() > 0)
    before = box.geometry()
    theme.use_large(True)
    qtbot.waitUntil(lambda: box.geometry() != before)
    theme.use_large(False)
    qtbot.waitUntil(lambda: box.geometry() == before)


def test_places_that_are_said_anew_take_the_place_of_the_old_ones(qtbot: QtBot, frame: Frame) -> None:
    before = rail(frame).findChildren(QPushButton)
    speech.changed.emit()
    assert all(one.isHidden() for one in before)
    anew = [one for one in rail(frame).findChildren(QPushButton) if one not in before]
    qtbot.waitUntil(lambda: all(one.isVisible() for one in anew))
    assert len(anew) == len(before)


def test_the_rail_shows_work_that_waits(qtbot: QtBot, frame: Frame) -> None:
    qtbot.waitUntil(lambda: rail(frame).waiting()["board"] == 5)
    assert rail(frame).waiting() == {"today": 0, "intake": 0, "board": 5, "volunteers": 0, "certificates": 12}


def test_the_status_line_tells_how_things_stand(qtbot: QtBot, frame: Frame) -> None:
    line = frame.findChildren(StatusLine)[0]
    qtbot.waitUntil(lambda: "离线 2 天" in line.accessibleName())
    assert line.accessibleName().startswith("曹村新时代文明实践站")


# --- what changed


@dataclass(frozen=True)
class Done:
    value: None
    changed: frozenset[str]


class Listening(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self.heard: list[object] = []
        self.stays = False
        self.pane: QWidget | None = None

    def pane_widget(self) -> QWidget | None:
        return self.pane

    def refresh(self, changed: frozenset[str]) -> None:
        self.heard.append(changed)

    def enter(self) -> None:
        self.heard.append("enter")

    def may_leave(self) -> bool:
        return not self.stays

    def go_to(self, object_id: str) -> None:
        self.heard.append(object_id)


@pytest.fixture
def listening(qtbot: QtBot, sample_jobs: Jobs, show: Callable[[QWidget], QWidget]) -> Frame:
    window = Window()
    show(window)
    entries = [
        ScreenEntry("a", 1, "today", "今日", Listening),
        ScreenEntry("b", 2, "orders", "点单", Listening),
        ScreenEntry("c", 3, "settings", "设置", Listening, roles=frozenset({"administrator"})),
    ]
    frame = Frame(
        sample_jobs, samples.CLERK, samples.kept({"scheme": '"light"'}), entries, samples.SURROUNDINGS
    )
    window.set_frame(frame)
    return frame


def screen_of(frame: Frame, key: str) -> Listening:
    frame.go(key)
    screen = frame.shown_screen()
    assert isinstance(screen, Listening)
    return screen


def change(qtbot: QtBot, frame: Frame, *nouns: str) -> None:
    with qtbot.waitSignal(frame.jobs.changed):
        frame.jobs.run(
            frame, lambda _desk, changed: Done(None, changed), frozenset(nouns), done=lambda _value: None
        )


def test_a_hidden_screen_hears_everything_at_once_when_it_is_shown(qtbot: QtBot, listening: Frame) -> None:
    first, second = screen_of(listening, "a"), screen_of(listening, "b")
    first.heard.clear()
    second.heard.clear()
    change(qtbot, listening, "orders")
    change(qtbot, listening, "people")
    assert (first.heard, second.heard) == ([], [frozenset({"orders"}), frozenset({"people"})])
    listening.go("a")
    assert first.heard == [frozenset({"orders", "people"}), "enter"]
    listening.go("b")
    listening.go("a")
    assert first.heard[2:] == ["enter"]


def test_what_changes_nothing_lets_nobody_look_again(qtbot: QtBot, listening: Frame) -> None:
    """A draft that is saved, a page that is printed."""
    first = screen_of(listening, "a")
    qtbot.waitUntil(listening.jobs.is_resting)
    first.heard.clear()
    change(qtbot, listening)
    assert listening.jobs.is_resting() and first.heard == []
    change(qtbot, listening, "orders")
    assert first.heard == [frozenset({"orders"})]


def test_going_to_an_object_enters_first(listening: Frame) -> None:
    second = screen_of(listening, "b")
    listening.go("a")
    second.heard.clear()
    listening.go("b", "0" * 32)
    assert second.heard == ["enter", "0" * 32]


def test_a_screen_can_refuse_to_be_left(listening: Frame) -> None:
    first = screen_of(listening, "a")
    first.stays = True
    listening.go("b")
    assert listening.current() == "a"


def test_what_was_seen_with_a_reason_is_hidden_in_a_pane_that_is_not_shown(listening: Frame) -> None:
    first = screen_of(listening, "a")
    first.pane = phone = MaskedValue("138 **** 1234", name="电话")
    listening.pane_changed()
    phone.show_value("138 0000 1234")
    screen_of(listening, "b")
    listening.sleep()
    assert phone.words() == "138 **** 1234"


def test_a_screen_of_another_role_is_not_there(listening: Frame) -> None:
    assert list(rail(listening).waiting()) == ["a", "b"]
    listening.go("c")
    assert listening.current() == "a"


# --- problems


def stumble(desk: object, request: str) -> Done:
    raise samples.DiskFull


def refuse(desk: object, request: str) -> Done:
    raise samples.NumberTooShort(digits=9)


@pytest.mark.parametrize(
    "action, words", [(stumble, "磁盘满了，刚才"), (refuse, "手机号要 11 位，现在是 9 位。")]
)
def test_a_problem_nobody_takes_stands_in_the_banner(
    qtbot: QtBot, frame: Frame, action: Callable[[object, str], Done], words: str
) -> None:
    frame.jobs.run(frame, action, "", done=lambda _value: None)
    qtbot.waitUntil(lambda: frame.banner.sentence().startswith(words))


# --- undo, pane, keys, large


class Undoing(Screen):
    times = 0

    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self.field = TextField(parent=self)
        self.key("F7", "更多", lambda: None)

    def undone(self, undone: Undone) -> bool:
        self.times += 1
        return True


@pytest.fixture
def undoing(sample_jobs: Jobs, show: Callable[[QWidget], QWidget]) -> Frame:
    window = Window()
    show(window)
    entries = [ScreenEntry("a", 1, "today", "今日", Undoing)]
    frame = Frame(
        sample_jobs, samples.CLERK, samples.kept({"scheme": '"light"'}), entries, samples.SURROUNDINGS
    )
    window.set_frame(frame)
    return frame


def test_undo_is_of_the_text_first_and_then_of_the_last_action(undoing: Frame, qtbot: QtBot) -> None:
    screen, window = undoing.shown_screen(), undoing.window()
    assert isinstance(screen, Undoing)
    assert isinstance(window, Window)
    screen.field.setFocus()
    QTest.keyClicks(screen.field, "abc")
    press(window, Qt.Key.Key_Z, CONTROL)
    assert (screen.field.text(), screen.times) == ("", 0)
    press(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: screen.times == 1)
    assert undoing.banner.sentence() == "已撤销：派给 爱心理发队"


def test_what_undo_would_do_is_named_in_the_title_line(undoing: Frame, qtbot: QtBot) -> None:
    button = undoing.findChildren(UndoButton)[0]
    assert not button.isVisible()
    undoing.jobs.changed.emit(frozenset({"order"}))
    qtbot.waitUntil(button.isVisible)
    assert button.accessibleName() == "撤销：派给 爱心理发队"
    assert button.toolTip() == "撤销：派给 爱心理发队  Ctrl+Z", "whole, where the line has no room for it"
    button.click()
    qtbot.waitUntil(lambda: undoing.banner.sentence() == "已撤销：派给 爱心理发队")


def test_f1_names_the_keys_of_the_screen_and_what_undo_would_do(undoing: Frame, qtbot: QtBot) -> None:
    window = undoing.window()
    assert isinstance(window, Window)
    undoing.jobs.changed.emit(frozenset({"order"}))
    qtbot.waitUntil(undoing.findChildren(UndoButton)[0].isVisible)
    press(window, Qt.Key.Key_F1)
    sheet = window.findChildren(KeySheet)[0]
    told = [child.accessibleName() for child in sheet.findChildren(QWidget)]
    assert "F7 更多" in told
    assert "Ctrl+Z 撤销：派给 爱心理发队" in told


def test_the_keys_of_the_window_rest_while_something_lies_over_it(undoing: Frame) -> None:
    screen, window = undoing.shown_screen(), undoing.window()
    assert isinstance(screen, Undoing)
    assert isinstance(window, Window)
    ask(undoing, Question("真的？", (Answer("是", "yes"),)), lambda _answer: None)
    press(window, Qt.Key.Key_Z, CONTROL)
    press(window, Qt.Key.Key_K, CONTROL)
    assert screen.times == 0
    assert not isinstance(window.focusWidget(), QLineEdit)


def test_the_keys_of_the_screen_reach_what_lies_over_it(undoing: Frame) -> None:
    window = undoing.window()
    assert isinstance(window, Window)
    overlay, noting = Overlay(undoing), _Noting()
    overlay.panel.column.addWidget(noting)
    overlay.open()
    noting.setFocus()
    for key in (Qt.Key.Key_F7, Qt.Key.Key_F2, Qt.Key.Key_1):
        press(window, key)
    press(window, Qt.Key.Key_K, CONTROL)
    assert noting.got == [Qt.Key.Key_F7, Qt.Key.Key_F2, Qt.Key.Key_1, Qt.Key.Key_K]
    noting.setEnabled(False)  # the focus stays in the overlay, and Esc closes it
    press(window, Qt.Key.Key_Escape)
    assert not overlay_open(window)


class _Noting(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.got: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Control:
            self.got.append(event.key())


def test_space_opens_and_closes_the_pane_but_not_while_writing(window: Window, frame: Frame) -> None:
    frame.go("board")
    assert frame.pane_is_shown()
    press(window, Qt.Key.Key_Space)
    assert not frame.pane_is_shown()
    press(window, Qt.Key.Key_Space)
    assert frame.pane_is_shown()
    screen = intake(frame)
    press(window, Qt.Key.Key_Space)
    assert (frame.pane_is_shown(), screen.who.text()) == (True, " ")


def test_a_pane_opened_over_the_work_does_not_cover_the_next_screen(window: Window, frame: Frame) -> None:
    frame.go("board")
    window.resize(1024, 540)
    frame.show_pane()
    frame.go("intake")
    assert not frame.pane_is_shown()


def test_below_1280_the_pane_lies_over_the_work_and_starts_closed(window: Window, frame: Frame) -> None:
    frame.go("board")
    window.resize(1024, 540)
    assert not frame.pane_is_shown()
    press(window, Qt.Key.Key_Space)
    assert frame.pane_is_shown()
    press(window, Qt.Key.Key_Escape)
    assert not frame.pane_is_shown()
    window.resize(1366, 660)
    assert frame.pane_is_shown()


def test_the_rail_gets_words_beside_its_icons_where_there_is_room(window: Window, frame: Frame) -> None:
    assert rail(frame).width() == 72
    window.resize(1680, 900)
    assert rail(frame).width() == 180


def test_large_mode_comes_and_goes_by_key_and_is_remembered(
    window: Window, frame: Frame, store: dict[str, str]
) -> None:
    press(window, Qt.Key.Key_0, CONTROL)
    assert (theme.large, rail(frame).width(), store["large"]) == (True, 96, "true")
    frame.go("board")
    assert not frame.pane_is_shown()
    press(window, Qt.Key.Key_0, CONTROL)
    assert (theme.large, rail(frame).width(), store["large"]) == (False, 72, "false")


def test_in_large_mode_the_work_makes_way_for_the_banner(qtbot: QtBot, window: Window, frame: Frame) -> None:
    theme.use_large(True)
    screen = frame.shown_screen()
    assert screen is not None
    frame.banner.news("已记下")

    def lower_edge() -> int:
        return screen.mapTo(frame, screen.rect().bottomLeft()).y()

    qtbot.waitUntil(lambda: lower_edge() < frame.banner.geometry().top())
    frame.banner.dismiss()
    qtbot.waitUntil(lambda: lower_edge() > frame.banner.geometry().top())


def test_the_banner_leaves_the_rail_free_in_the_smallest_window(
    qtbot: QtBot, window: Window, frame: Frame
) -> None:
    theme.use_large(True)
    window.resize(1024, 540)
    frame.banner.news("已记下")
    qtbot.waitUntil(lambda: frame.banner.x() > rail(frame).geometry().right())
    assert frame.rect().contains(frame.banner.geometry())


def test_what_is_typed_into_stays_in_sight_when_the_work_makes_way(qtbot: QtBot, listening: Frame) -> None:
    listening.window().resize(1366, 660)
    screen = screen_of(listening, "a")
    field, content, area = TextField(), QWidget(), QScrollArea()
    content.setFixedSize(300, 2000)
    field.setParent(content)
    area.setWidget(content)
    QVBoxLayout(screen).addWidget(area)
    theme.use_large(True)
    area.show()
    qtbot.waitUntil(lambda: area.height() > 300)
    field.move(0, area.viewport().height() - field.height())
    field.show()
    field.setFocus()
    listening.banner.news("已记下")
    qtbot.waitUntil(lambda: field.y() + field.height() > area.viewport().height())
    qtbot.waitUntil(lambda: field.visibleRegion().boundingRect() == field.rect())


def test_the_banners_button_has_a_key(window: Window, frame: Frame) -> None:
    from ui.parts.banner import Action

    ran: list[int] = []
    frame.banner.news("已派给爱心理发队", Action("撤销", lambda: ran.append(1)))
    press(window, Qt.Key.Key_Period, CONTROL)
    assert ran == [1]


def test_holding_control_shows_key_caps(qtbot: QtBot, window: Window, frame: Frame) -> None:
    handle = window.windowHandle()
    before = window.grab().toImage()
    QTest.keyPress(handle, Qt.Key.Key_Control)
    qtbot.waitUntil(lambda: _differs(window, before))
    QTest.keyRelease(handle, Qt.Key.Key_Control)
    assert not window._hints.isVisible()


@pytest.mark.parametrize("is_behind_news", [False, True])
def test_a_trouble_leaves_by_itself_when_what_it_hindered_is_done(
    qtbot: QtBot, frame: Frame, is_behind_news: bool
) -> None:
    troubles = [samples.DiskFull()]

    def save(_desk: object, _request: None) -> Done:
        if troubles:
            raise troubles.pop()
        return Done(None, frozenset())

    with qtbot.waitSignal(frame.jobs.troubled):
        frame.jobs.run(frame, save, None, done=lambda _value: None)
    assert frame.banner.sentence() == sentence(samples.DiskFull())
    if is_behind_news:
        frame.banner.news("已记下")
    with qtbot.waitSignal(frame.jobs.changed):
        frame.jobs.run(frame, save, None, done=lambda _value: None)
    if is_behind_news:
        assert frame.banner.sentence() == "已记下"
        frame.banner.dismiss()
    assert frame.banner.sentence() == ""


def _differs(window: Window, before: QImage) -> bool:
    return window._hints.isVisible() and window.grab().toImage() != before


# --- cover


def test_what_lay_over_a_frame_goes_with_it(window: Window, frame: Frame) -> None:
    frame.show_keys()
    frame.banner.trouble("打印机没有应答。")
    window.cover(QWidget())
    window.drop_frame(frame)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.findChildren(Overlay) == []
    assert window.frame() is None


def test_a_click_on_the_lock_leaves_the_focus_where_the_work_is(
    qtbot: QtBot, window: Window, frame: Frame
) -> None:
    screen = intake(frame)
    screen.who.setFocus()
    with qtbot.waitSignal(frame.locked):
        QTest.mouseClick(frame.findChildren(TitleLine)[0].lock, Qt.MouseButton.LeftButton)
    assert screen.who.hasFocus()


def test_a_lock_comes_back_to_the_same_half_typed_word(qtbot: QtBot, window: Window, frame: Frame) -> None:
    screen = intake(frame)
    QTest.keyClicks(screen.who, "half")
    screen.who.setCursorPosition(2)
    with qtbot.waitSignal(frame.locked):
        press(window, Qt.Key.Key_L, CONTROL)
    page = TextField("口令")
    window.cover(page)
    assert (page.hasFocus(), frame.isVisible()) == (True, False)
    press(window, Qt.Key.Key_3, CONTROL)
    press(window, Qt.Key.Key_F1)
    window.uncover()
    assert frame.current() == "intake"
    assert screen.who.hasFocus()
    assert (screen.who.text(), screen.who.cursorPosition()) == ("half", 2)


def test_a_question_is_hidden_by_the_cover_and_comes_back(window: Window, frame: Frame) -> None:
    overlay: Overlay = ask(frame, Question("真的？", (Answer("是", "yes"),)), lambda _answer: None)
    window.cover(TextField("口令"))
    assert not overlay.isVisible()
    window.uncover()
    assert overlay.isVisible()
    assert overlay.isAncestorOf(window.focusWidget())


def test_who_only_looks_is_told_of_no_undo(window: Window, sample_jobs: Jobs, store: dict[str, str]) -> None:
    clerk = Clerk("d" * 32, "王建国", "auditor")
    window.set_frame(Frame(sample_jobs, clerk, samples.kept(store), samples.ENTRIES, samples.SURROUNDINGS))
    press(window, Qt.Key.Key_F1)
    told = [child.accessibleName() for child in window.findChildren(KeySheet)[0].findChildren(QWidget)]
    assert any(key.startswith("Ctrl+K") for key in told)
    assert not any(key.startswith("Ctrl+Z") for key in told)


def test_another_clerk_gets_another_frame_and_finds_it_again(
    qtbot: QtBot, window: Window, frame: Frame, sample_jobs: Jobs, store: dict[str, str]
) -> None:
    screen = intake(frame)
    QTest.keyClicks(screen.who, "half")
    clerk = Clerk("d" * 32, "王建国", "auditor")
    other = Frame(sample_jobs, clerk, samples.kept(store), samples.ENTRIES, samples.SURROUNDINGS)
    window.set_frame(other)
    assert (window.frame(), other.current(), frame.isVisible()) == (other, "today", False)
    qtbot.waitUntil(lambda: rail(other).waiting()["board"] == 5)
    window.set_frame(frame)
    assert (screen.who.hasFocus(), screen.who.text()) == (True, "half")


# --- looks


SIZES = [(1366, 660), (1024, 540)]


def cut_or_tiny(window: Window, large: bool) -> list[str]:
    """The texts that do not fit their label, or are smaller than anything may be."""
    shown = [label for label in window.findChildren(QLabel) if label.isVisible() and label.text()]
    return [
        label.text()
        for label in shown
        if label.font().pixelSize() < (20 if large else 14)
        or (label.width() < label.minimumSizeHint().width() and not label.wordWrap())
    ]


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("size", SIZES, ids=["1366x660", "1024x540"])
@pytest.mark.parametrize("key", [entry.key for entry in samples.ENTRIES])
def test_nothing_is_cut_or_tiny_or_outside(
    qtbot: QtBot, window: Window, frame: Frame, key: str, size: tuple[int, int], large: bool
) -> None:
    theme.use_large(large)
    window.resize(*size)
    frame.go(key)
    qtbot.waitUntil(lambda: not cut_or_tiny(window, large))
    assert (window.width(), window.height()) == size  # nothing forces the window to be larger
    for button in window.findChildren(Button):
        if button.isVisible() and button.kind == "primary" and key != "today":
            corner = button.mapTo(window, QPoint(button.width(), button.height()))
            assert corner.x() <= size[0]
            assert corner.y() <= size[1] - theme.metrics.status_line
