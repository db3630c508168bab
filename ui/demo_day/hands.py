"""The clerk's hands (手): keys and clicks go to the window as the system's own would, and are counted.

Chinese is written as at a station: its pinyin is composed letter by letter, and one key commits the characters.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QModelIndex, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QMenu, QScrollArea, QWidget

from app.domain.pinyin import syllables
from ui.demo_day.promises import promise
from ui.parts.banner import Banner
from ui.parts.keys import takes_input_method
from ui.scanner import GAP_MS

_MOMENT_MS = 4
_LOOKS = 50
_PUNCTUATION = frozenset("，。、；：“”！？（）·—")
_SHIFTED = frozenset('+:~!@#$%^&*()_{}|"<>?')


class Hands:
    """``keys`` counts every key that was pressed, those of the input method as well; ``clicks`` the mouse;
    the trigger of a scanner is neither.

    ``breathe`` waits until the program has answered what it was asked: hands are slower than its worker. ``pause`` is
    the time between two keys: hands are slower than a scanner, too.
    """

    def __init__(self, breathe: Callable[[], None], pause: Callable[[], None]) -> None:
        self._breathe, self._pause = breathe, pause
        self.keys = 0
        self.clicks = 0

    def press(self, *names: str) -> None:
        """Keys by the names on them: ``press("F2")``, ``press("Ctrl+Enter")``, ``press("D", "1", "Enter")``."""
        for name in names:
            # PySide's stubs leave out that a sequence can be indexed.
            combination = QKeySequence(name.replace("Enter", "Return"))[0]  # type: ignore[index]
            QTest.keyClick(_window(), combination.key(), combination.keyboardModifiers())
            self._pressed()
            self._breathe()

    def write(self, text: str) -> None:
        """Any text: plain characters by their keys, Chinese through the input method."""
        for is_plain, run in groupby(text, key=str.isascii):
            part = "".join(run)
            if is_plain:
                for letter in part:
                    self._type(letter)
            else:
                for is_mark, letters in groupby(part, key=_PUNCTUATION.__contains__):
                    for word in letters if is_mark else ["".join(letters)]:
                        self._compose(word)
        self._breathe()

    def scan(self, code: str) -> None:
        """A code under the scanner: its keys come faster than any hand, and an Enter behind them."""
        for character in code:
            QTest.keyClick(_window(), Qt.Key(ord(character)))
        QTest.keyClick(_window(), Qt.Key.Key_Return)
        QTest.qWait(2 * GAP_MS)  # no hand is at the keys sooner
        self._breathe()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """The left button on the middle of ``widget``, or at a place in it; it is scrolled into view before, and a
        banner that lies over it is closed.
        """
        inside = _brought_into_view(widget)
        promise(not inside.isEmpty(), f"要点的“{_called(widget)}”看得见")
        place = widget.mapTo(widget.window(), at if at is not None else inside.center())
        self._close_banner_at(widget.window(), place)
        hit = widget.window().childAt(place)
        is_hit = hit is not None and (hit is widget or widget.isAncestorOf(hit))
        promise(is_hit, f"要点的“{_called(widget)}”没有被挡住", hit=_called(hit) if hit is not None else None)
        self._press_mouse(widget.window(), place)

    def click_row(self, view: QAbstractItemView, index: QModelIndex) -> None:
        """A click on one row of a list."""
        view.scrollTo(index)
        settle()
        place: QRect = view.visualRect(index)
        self.click(view.viewport(), QPoint(min(place.left() + 40, place.center().x()), place.center().y()))

    def choose(self, text: str) -> None:
        """A line of the menu that is open."""
        menu = QApplication.activePopupWidget()
        promise(isinstance(menu, QMenu), "菜单开着")
        assert isinstance(menu, QMenu)
        action = next((one for one in menu.actions() if one.text().split("\t")[0] == text), None)
        promise(action is not None, f"菜单里有“{text}”")
        assert action is not None
        self._press_mouse(menu, menu.actionGeometry(action).center())

    def _close_banner_at(self, window: QWidget, place: QPoint) -> None:
        for banner in window.findChildren(Banner):
            if banner.isVisible() and banner.rect().contains(banner.mapFrom(window, place)):
                close = next(
                    one for one in banner.findChildren(QAbstractButton) if one.accessibleName() == "关上"
                )
                self._press_mouse(window, close.mapTo(window, close.rect().center()))

    def _press_mouse(self, window: QWidget, place: QPoint) -> None:
        QTest.mouseClick(
            window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )
        self.clicks += 1
        settle()
        self._breathe()

    def _type(self, letter: str) -> None:
        shift = letter.isupper() or letter in _SHIFTED
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(_window(), Qt.Key(ord(letter.upper())), modifier)
        self._pressed()

    def _compose(self, word: str) -> None:
        target = QGuiApplication.focusObject()
        promise(takes_input_method(target), "这里能用输入法写中文", word=word)
        letters = "".join(reading[0] for reading in syllables(word) if reading)
        if not set(word) & _PUNCTUATION:
            for count in range(1, len(letters) + 1):
                QCoreApplication.sendEvent(target, QInputMethodEvent(letters[:count], []))
                self._pressed()
        commit = QInputMethodEvent()
        commit.setCommitString(word)
        QCoreApplication.sendEvent(target, commit)
        self._pressed()

    def _pressed(self) -> None:
        self.keys += 1
        self._pause()
        settle()


def _called(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return text or widget.accessibleName() or type(widget).__name__


def settle() -> None:
    """Let the window do what is due now."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)


def wait_a_moment() -> None:
    """Until something happens in the window, but not long."""
    QTimer.singleShot(_MOMENT_MS, lambda: None)
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _window() -> QWindow:
    """Where keys go: an open menu, else the window in front (a list of completions leaves them to its line)."""
    popup = QApplication.activePopupWidget()
    window = popup.windowHandle() if isinstance(popup, QMenu) else QGuiApplication.focusWindow()
    promise(window is not None, "有一个窗口在前面")
    assert window is not None
    return window


def _brought_into_view(widget: QWidget) -> QRect:
    """The part of it that is seen; what has just appeared is laid out and scrolled to in several steps."""
    seen = QRect()
    for _look in range(_LOOKS):
        around = widget.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea) and around.widget().isAncestorOf(widget):
                around.ensureWidgetVisible(widget, 0, 24)
            around = around.parentWidget()
        settle()
        seen = widget.visibleRegion().boundingRect()
        if not seen.isEmpty():
            break
        wait_a_moment()
    return seen
