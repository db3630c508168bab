"""The guide: opened at the work on the screen, searched, walked with keys, true about keys and screens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

import resources
from app.actions.desk import Desk
from app.words import SOURCE_LANGUAGE, _
from tests.support.hands import Hands
from tests.support.window import Opened, open_window
from ui.frame import Frame, screens_found
from ui.help.guide import Guide
from ui.help.picture import Picture
from ui.help.topics import TOPICS, Topic, found, topic_of
from ui.language import speech
from ui.parts import paint
from ui.parts.keycaps import KeyCaps
from ui.parts.sheet import KeySheet
from ui.parts.text import Paragraph
from ui.theme import theme
from ui.window import Window

SHIFT = Qt.KeyboardModifier.ShiftModifier


def guide(opened: Opened) -> Guide:
    [shown] = [one for one in opened.window.findChildren(Guide) if one.isVisible()]
    return shown


def title(opened: Opened) -> str:
    shown = guide(opened).shown()
    return shown.title if shown is not None else ""


def test_every_topic_is_about_a_screen_there_is_and_has_icons_there_are() -> None:
    screens = {entry.key for entry in screens_found()}
    assert {topic.screen for topic in TOPICS} <= screens | {""}
    assert len({topic.key for topic in TOPICS}) == len(TOPICS)
    drawn = {path.stem for path in resources.folder("icons").glob("*.svg")}
    assert {topic.icon for topic in TOPICS} | {
        sign.icon for topic in TOPICS for sign in topic.picture
    } <= drawn


def test_every_key_that_is_told_is_one_the_program_has() -> None:
    """Each key stands in the source of the screen it is told for, or of the frame."""
    ui = Path(resources.__file__).parent.parent / "ui"
    everywhere = (ui / "frame.py").read_text("utf-8") + (ui / "parts" / "menu.py").read_text("utf-8")
    for topic in TOPICS:
        folder = ui / "screens" / topic.screen if topic.screen else ui / "screens"
        sources = everywhere + "".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
        for step in topic.steps:
            told = (step.keys, step.keys.replace("-", " - "))
            is_row_of_digits = re.fullmatch("[0-9]-[0-9]", step.keys)  # each is a key of its own
            assert is_row_of_digits or any(f'"{key}' in sources for key in told), step


def test_a_topic_is_half_a_page() -> None:
    for topic in TOPICS:
        assert 2 <= len(topic.picture) <= 4
        assert 4 <= len(topic.steps) <= 8
        assert len(topic.text()) <= 420
        assert not re.search("[!！]", topic.text())


@pytest.mark.parametrize(
    "typed, keys",
    [
        ("恢复单", {"backup", "lock"}),
        ("扫码", {"counter", "scanner"}),
        ("paidan", {"board"}),
        ("ctrl", set()),
    ],
)
def test_it_is_searched_by_words_and_titles_by_pinyin(typed: str, keys: set[str]) -> None:
    assert {topic.key for topic in found(typed)} == keys


def test_nothing_typed_is_everything() -> None:
    assert found("  ") == TOPICS


def test_it_opens_at_the_work_on_the_screen_and_closes_to_where_one_was(qtbot: QtBot, desk: Desk) -> None:
    with open_window(desk, *screens_found()) as opened:
        hands = Hands(opened, qtbot)
        for screen in ("board", "certificates"):
            opened.frame.go(screen)
            hands.settle()
            before = hands.focused()
            hands.key(Qt.Key.Key_F1, SHIFT)
            assert guide(opened).shown() is topic_of(screen)
            assert topic_of(screen).screen == screen
            hands.key(Qt.Key.Key_Escape)
            hands.until(lambda: not opened.window.findChildren(Guide))
            assert hands.focused() is before


def test_the_sheet_of_keys_leads_to_it(qtbot: QtBot, desk: Desk) -> None:
    with open_window(desk, *screens_found()) as opened:
        hands = Hands(opened, qtbot)
        opened.frame.go("intake")
        hands.settle()
        hands.key(Qt.Key.Key_F1)
        assert any(one.isVisible() for one in opened.window.findChildren(KeySheet))
        hands.key(Qt.Key.Key_F1, SHIFT)
        hands.until(lambda: title(opened) == "点单")


def test_arrows_walk_the_topics_while_one_searches(qtbot: QtBot, desk: Desk) -> None:
    with open_window(desk, *screens_found()) as opened:
        hands = Hands(opened, qtbot)
        opened.frame.go("intake")
        hands.settle()
        opened.frame.show_guide()
        hands.key(Qt.Key.Key_Down)
        assert title(opened) == "派单"
        for _time in TOPICS:
            hands.key(Qt.Key.Key_Up)
        assert title(opened) == TOPICS[0].title
        hands.say("恢复单")
        assert title(opened) == "备份与恢复"
        hands.say("没有这回事")
        assert guide(opened).shown() is None
        said = [text.accessibleName() for text in guide(opened).findChildren(Paragraph) if text.isVisible()]
        assert said == ["没有说到这个。换一个词试试。"]


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("topic", TOPICS, ids=[topic.key for topic in TOPICS])
def test_every_topic_is_drawn_and_told_whole(qtbot: QtBot, desk: Desk, topic: Topic, large: bool) -> None:
    with open_window(desk, *screens_found(), size=(1024, 540)) as opened:
        theme.use_large(large)
        opened.frame.show_guide()
        shown = guide(opened)
        shown.topics.set_value(topic.key)
        about = shown.shown()
        assert about is topic
        [picture] = shown.findChildren(Picture)
        assert all(sign.words in picture.accessibleName() for sign in about.picture)
        assert picture.height() == picture.sizeHint().height()
        told = [text.accessibleName() for text in shown.page.findChildren(Paragraph)]
        assert [words for words in told if words != about.lead] == [step.words for step in about.steps]
        caps = [one.accessibleName() for one in shown.page.findChildren(KeyCaps)]
        assert caps == [step.keys for step in about.steps if step.keys]
        assert shown.rect().contains(shown.panel.geometry())
        assert not shown.panel.verticalScrollBar().maximum()


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_every_title_has_room_in_the_longest_language(window: Window, frame: Frame, large: bool) -> None:
    theme.use_large(large)
    speech.use("en")
    try:
        frame.show_guide()
        [guide] = window.findChildren(Guide)
        room = guide.topics.viewport().width() - theme.metrics.icon - 32
        for topic in TOPICS:
            assert paint.text_width(_(topic.title), "body") <= room, topic.title
    finally:
        speech.use(SOURCE_LANGUAGE)
