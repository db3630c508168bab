"""The frame (主框架) around the screens of one signed-in clerk: rail, title line, work, pane, status line, banner.

It finds the screens, shows one of them, tells the visible ones what changed, and gives them their ``Services``. What
lies before and over it (first start, sign-in, lock) is ``window.py``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

import ui.screens
from app.domain.problems import Problem
from app.domain.staff import Role
from app.sentences import sentence
from app.words import _, language
from ui.codes import Codes
from ui.jobs import Jobs
from ui.language import speech
from ui.parts.banner import Banner
from ui.parts.busy import BusyLine
from ui.parts.eye import reasons
from ui.parts.fields import TextField, focused, is_text_input
from ui.parts.find import FindBox, Finder, Found
from ui.parts.menu import ClerkMenu
from ui.parts.overlay import Overlay, overlay_open
from ui.parts.pane import WorkArea
from ui.parts.rail import Place, Rail
from ui.parts.scrolling import keep_in_view
from ui.parts.sheet import KeyHelp, KeySheet
from ui.parts.statusline import Status, StatusLine
from ui.parts.titleline import TitleLine
from ui.remember import Remembered
from ui.screen import Clerk, Screen, ScreenEntry, Stand
from ui.theme import PANE_BESIDE_FROM, theme
from ui.undo import Undo, Undoing

_TICK_MS = 5000


@dataclass(frozen=True)
class Surroundings:
    """What the frame is told from outside: how to find and to undo, how things stand, and what time it is."""

    finder: Finder
    undoing: Undoing
    status: Callable[[Any], Status]
    now: Callable[[], datetime]


def screens_found() -> list[ScreenEntry]:
    """Every ``SCREEN`` under ``ui/screens``, in the order of the rail."""
    entries = []
    for module in pkgutil.iter_modules(ui.screens.__path__, "ui.screens."):
        entry = getattr(importlib.import_module(module.name), "SCREEN", None)
        if isinstance(entry, ScreenEntry):
            entries.append(entry)
    return sorted(entries, key=lambda entry: entry.order)


class Frame(QWidget):
    """The services of ``ui.screen.Services``, and the widgets behind them."""

    locked = Signal()
    switch_asked = Signal()  # another clerk wants to work here
    restore_asked = Signal()
    minute_passed = Signal()
    leaving = Signal()
    passphrase_asked = Signal()  # the clerk wants another one

    def __init__(
        self,
        jobs: Jobs,
        clerk: Clerk,
        remembered: Remembered,
        entries: Sequence[ScreenEntry],
        surroundings: Surroundings,
    ) -> None:
        super().__init__()
        self.jobs, self.clerk, self.remembered = jobs, clerk, remembered
        self._surroundings = surroundings
        self._entries = {entry.key: entry for entry in entries if clerk.role in entry.roles}
        self._screens: dict[str, Screen] = {}
        self._missed: dict[str, frozenset[str]] = {}
        self._stood: dict[str, Stand] = {}  # how those stood that are built anew in another language
        self._current = ""
        self._minute = ""
        self._is_awake = True
        self._worked_at: QWidget | None = None  # what last had the focus below the title line
        self._use_looks()
        self._build()
        self._connect()
        self._bind_keys()
        self._tick()

    # --- services

    def go(self, key: str, object_id: str | None = None) -> None:
        if key not in self._entries or not self._may_leave(key):
            return
        before, screen = self.shown_screen(), self._screen(key)
        if key != self._current:
            self.clear_work()  # a pane that was opened over the last screen would cover this one
        if screen is not before:
            self._show(key, screen)
        if object_id is not None:
            screen.go_to(object_id)

    def _show(self, key: str, screen: Screen) -> None:
        self._current = key
        self._stack.setCurrentWidget(screen)
        self._title.title.setText(_(self._entries[key].title))
        self._rail.set_current(self._place_of(key))
        self._catch_up(key, screen)
        self.pane_changed()
        screen.enter()
        if key in self._stood:
            screen.stand_again(self._stood.pop(key))

    def show_pane(self, is_shown: bool = True) -> None:
        self._area.show_pane(is_shown)

    def pane_is_shown(self) -> bool:
        return self._area.pane_is_shown()

    def clear_work(self) -> None:
        if self.pane_is_shown() and not self._pane_is_beside():
            self.show_pane(False)

    def pane_changed(self) -> None:
        screen = self.shown_screen()
        self._area.pane.hold(screen.pane_widget() if screen is not None else None)
        self._area.lay()

    def undo(self) -> None:
        self._undo.press()

    def lock(self) -> None:
        self.locked.emit()

    def restore(self) -> None:
        self.restore_asked.emit()

    def speak(self, language: str) -> None:
        self.remembered.put("language", language)
        speech.use(language)

    def now(self) -> datetime:
        return self._surroundings.now()

    def shown_screen(self) -> Screen | None:
        """The screen that is shown."""
        return self._screens.get(self._current)

    def current(self) -> str:
        """The key of the screen that is shown."""
        return self._current

    def start(self) -> None:
        """Show the first screen; to be called once the frame stands in its window."""
        self.go(next(iter(self._entries)))

    def sleep(self) -> None:
        """Nobody is signed in here now: what is half typed is saved, what was seen with a reason is hidden again, and
        nothing is asked or said any more.
        """
        self.leaving.emit()
        for screen in self._screens.values():
            screen.put_down()
        reasons.forget()
        self._go_to_work()
        self._is_awake = False
        self._timer.stop()

    def _note_work(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._area.isAncestorOf(now):
            self._worked_at = now

    def _go_to_work(self) -> None:
        """Who left by the menu comes back to the work, not to the menu."""
        now: QWidget | None = self.focusWidget()
        at = self._worked_at
        is_at_title = now is not None and self._title.isAncestorOf(now)
        if is_at_title and at is not None and isValid(at) and at.isVisibleTo(self):
            at.setFocus(Qt.FocusReason.OtherFocusReason)

    def wake(self) -> None:
        """The clerk is back: their looks, the time, and what changed meanwhile."""
        if self._is_awake:
            return
        self._is_awake = True
        self._use_looks()
        self._minute = ""
        self._timer.start()
        self._tick()
        screen = self.shown_screen()
        if screen is not None:
            self._catch_up(self._current, screen)

    # --- building

    def _use_looks(self) -> None:
        theme.use_large(self.remembered.get("large", False))
        theme.use_roomy(self.remembered.get("roomy", False))
        theme.use_scheme(self.remembered.get("scheme", "system"))

    def _build(self) -> None:
        self._rail = Rail()
        self._find = FindBox(self.jobs, self._surroundings.finder)
        self._menu = ClerkMenu(self, self.remembered)
        self._title = TitleLine(self._find, self._menu)
        self._title.clerk.setText(self.clerk.name)
        self._stack = QStackedWidget()
        self._area = WorkArea(self._stack)
        self._status = StatusLine(self._clock)
        self._room_for_banner = QWidget()
        self._room_for_banner.setFixedHeight(0)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._title)
        right.addWidget(self._area, 1)
        right.addWidget(self._room_for_banner)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._rail)
        middle.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self._status)
        self.banner = Banner(self, above=lambda: theme.metrics.status_line, beside=lambda: self._rail.width())
        self.banner.room_wanted.connect(self._give_banner_room)
        self._codes = Codes(self, self.jobs, self.banner, self._entries.values(), self.go)
        self._undo = Undo(
            self,
            self._surroundings.undoing,
            self.jobs,
            self.banner,
            self._entries.values(),
            self.shown_screen,
            self.go,
        )
        self._busy = BusyLine(self._area)
        self._say_places()

    def _say_places(self) -> None:
        self._rail.set_places([self._place(at, entry) for at, entry in enumerate(self._places())])
        self._title.set_titles([_(entry.title) for entry in self._entries.values()])

    def _place(self, at: int, entry: ScreenEntry) -> Place:
        return Place(entry.key, _(entry.title), entry.icon, f"Ctrl+{at + 1}" if at < 9 else "")

    def _connect(self) -> None:
        self._rail.chosen.connect(self._on_rail)
        self._find.chosen.connect(self._on_found)
        self._title.undo.clicked.connect(lambda _checked: self.undo())
        self._undo.changed.connect(lambda: self._title.undo.offer(self._undo.text()))
        self._title.lock.clicked.connect(lambda _checked: self.lock())
        running = QApplication.instance()
        assert isinstance(running, QApplication)
        running.focusChanged.connect(self._note_work)
        self._menu.switch_asked.connect(self.switch_asked)
        self._menu.lock_asked.connect(self.lock)
        self._menu.keys_asked.connect(self.show_keys)
        self._menu.guide_asked.connect(self.show_guide)
        self._menu.passphrase_asked.connect(self.passphrase_asked)
        self.jobs.changed.connect(self._on_changed)
        self.jobs.refused.connect(self._on_problem)
        self.jobs.troubled.connect(self._on_problem)
        self.jobs.overcome.connect(lambda trouble: self.banner.withdraw(sentence(trouble)))
        self.jobs.busy.connect(self._busy.set_busy)
        self.jobs.rested.connect(self._on_rested)
        self._busy.cancelled.connect(self.jobs.cancel)
        theme.changed.connect(self._fit)
        speech.changed.connect(self._on_language)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _bind_keys(self) -> None:
        self._bind("F1", self.show_keys)
        self._bind("Shift+F1", self.show_guide)
        self._bind("Ctrl+K", self._on_find_key)
        self._bind("Ctrl+Z", self.undo)
        self._bind("Ctrl+0", self._menu.toggle_large)
        self._bind("Ctrl+L", self.lock)
        self._bind("Ctrl+.", self.banner.act)
        for at, entry in enumerate(self._places()):
            if at < 9:
                self._bind(f"Ctrl+{at + 1}", partial(self.go, entry.key))
            if entry.shortcut:
                self._bind(entry.shortcut, partial(self._begin, entry.key))

    def _bind(self, keys: str, run: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(lambda: None if overlay_open(self.window()) else run())

    # --- screens

    def _places(self) -> list[ScreenEntry]:
        """What stands in the rail."""
        return [entry for entry in self._entries.values() if not entry.beneath]

    def _place_of(self, key: str) -> str:
        return self._entries[key].beneath or key

    def _screen(self, key: str) -> Screen:
        if key in self._screens and not self._speaks(self._screens[key]):
            self._drop(key)
        if key not in self._screens:
            screen = self._entries[key].build(self)
            screen.setAccessibleName(_(self._entries[key].title))
            self._screens[key] = screen
            self._stack.addWidget(screen)
        return self._screens[key]

    def _speaks(self, screen: Screen) -> bool:
        """Whether the screen is in the language of the moment, or is better left as it is until its form is done."""
        return screen.language == language() or screen.is_amid() or screen.speak_anew()

    def _drop(self, key: str) -> None:
        screen = self._screens.pop(key)
        self._stood[key] = screen.stand()
        self.leaving.emit()
        screen.put_down()
        self._missed.pop(key, None)
        if key == self._current:
            self._area.pane.hold(None)
        self._stack.removeWidget(screen)
        screen.deleteLater()

    def _on_language(self) -> None:
        self._say_places()
        self._rail.set_current(self._place_of(self._current))
        self._fit()
        if self._is_awake:
            self._read_surroundings()
            self._undo.renew()
            self.speak_anew()

    def forget_words(self) -> None:
        """What screens were built with is no longer so: each is built anew when ``speak_anew`` next comes to it."""
        for screen in self._screens.values():
            screen.language = ""

    def speak_anew(self) -> None:
        """Show the same place of the same screen in the language that is spoken now."""
        screen = self.shown_screen()
        if screen is None:
            return
        self._title.title.setText(_(self._entries[self._current].title))
        if self._is_in_hand():
            for overlay in self.window().findChildren(Overlay):
                overlay.closed.connect(self._after_overlay, Qt.ConnectionType.UniqueConnection)
            return
        if self._speaks(screen):
            return
        self._drop(self._current)
        self._show(self._current, self._screen(self._current))

    def _is_in_hand(self) -> bool:
        """Something lies over the screen, or its input method is at work: then it is spoken anew a little later."""
        typed = focused()
        is_composing = isinstance(typed, TextField) and typed.is_composing()
        over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        return overlay_open(self.window()) or is_composing or over is not None

    @Slot()
    def _after_overlay(self) -> None:
        """Once its answer, if it was one, is on its way."""
        QTimer.singleShot(0, self, lambda: self._on_rested() if self.jobs.is_resting() else None)

    def _on_rested(self) -> None:
        """What was asked is answered: what stayed in another language because it was amid something may be done now."""
        screen = self.shown_screen()
        if self._is_awake and self.isVisible() and screen is not None and screen.language != language():
            self.speak_anew()

    def _may_leave(self, target: str) -> bool:
        screen = self.shown_screen()
        return screen is None or target == self._current or screen.may_leave()

    def _catch_up(self, key: str, screen: Screen) -> None:
        missed = self._missed.pop(key, frozenset())
        if missed:
            screen.refresh(missed)

    def _begin(self, key: str) -> None:
        self.go(key)
        screen = self.shown_screen()
        if self._current == key and screen is not None:
            screen.begin()

    def _on_changed(self, changed: frozenset[str]) -> None:
        if not changed:
            return
        for key, screen in self._screens.items():
            if key == self._current and self._is_awake:
                screen.refresh(changed)
            else:
                self._missed[key] = self._missed.get(key, frozenset()) | changed
        if self._is_awake:
            self._read_surroundings()
            self._undo.renew()

    # --- around the screens

    def _read_surroundings(self) -> None:
        """The numbers in the rail and the status line."""
        for entry in self._entries.values():
            if entry.waiting is not None:
                self._read_waiting(entry.key, entry.waiting)
        self.jobs.read(
            self, _asked(self._surroundings.status), None, done=self._status.set_status, key="status"
        )

    def _read_waiting(self, key: str, waiting: Callable[[Any], int]) -> None:
        self.jobs.read(
            self,
            _asked(waiting),
            None,
            done=lambda count: self._rail.set_waiting(key, count),
            key=("waiting", key),
        )

    def _tick(self) -> None:
        minute = self._clock()
        if minute == self._minute:
            return
        self._minute = minute
        self._status.tick()
        self._read_surroundings()
        self.minute_passed.emit()

    def _clock(self) -> str:
        return self._surroundings.now().strftime("%H:%M")

    def _on_problem(self, problem: Problem) -> None:
        if self._is_awake:
            self.banner.trouble(partial(sentence, problem))

    def _on_rail(self, key: str) -> None:
        self.go(key)
        self._rail.set_current(self._place_of(self._current))  # the screen may have refused to be left

    def _on_found(self, found: Found) -> None:
        self._find.clear()
        self.go(found.screen, found.object_id)

    def _on_find_key(self) -> None:
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    def show_keys(self) -> None:
        """F1: the keys of this screen, then those that work everywhere."""
        screen = self.shown_screen()
        own = screen.keys() if screen is not None else []
        places = [KeyHelp(f"Ctrl+{at + 1}", _(e.title)) for at, e in enumerate(self._places()) if at < 9]
        undo = KeyHelp("Ctrl+Z", self._undo.text() or _("撤销刚才那一步"))
        everywhere = [
            *[KeyHelp(entry.shortcut, _(entry.title)) for entry in self._entries.values() if entry.shortcut],
            KeyHelp("Ctrl+K", _("搜索")),
            *([undo] if self.clerk.role != Role.AUDITOR else []),  # who only looks does nothing to undo
            KeyHelp("Space", _("打开或收起右边的窗格")),
            KeyHelp("Ctrl+.", _("按横幅上的按钮")),
            KeyHelp("Ctrl+0", _("大字")),
            KeyHelp("Ctrl+L", _("锁上")),
            KeyHelp("F1", _("这张按键表")),
            KeyHelp("Shift+F1", _("帮助：这里的事怎么办")),
        ]
        title = _(self._entries[self._current].title) if self._current else ""
        sheet = KeySheet(self, [(title, own), (_("到处都能用"), everywhere), (_("换页面"), places)])
        sheet.guide_asked.connect(self.show_guide)
        sheet.open()

    def show_guide(self) -> None:
        """Shift+F1: how the work of this screen is done."""
        from ui.help.guide import Guide  # who knows the work never needs it

        Guide(self, self._current).open()

    def scanned(self, code: str) -> None:
        """A whole code was read by the scanner."""
        self._codes.take(code, self.shown_screen())

    def _give_banner_room(self, room: int) -> None:
        """The work makes way; what is typed stays in sight."""
        self._room_for_banner.setFixedHeight(room)
        typed: QWidget | None = self.window().focusWidget()
        if typed is not None and self._area.isAncestorOf(typed):
            QTimer.singleShot(0, typed, partial(keep_in_view, typed))

    # --- size and keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not is_text_input(focused()):
            self.show_pane(not self.pane_is_shown())
        elif event.text() == "?" and not is_text_input(focused()):
            self.show_keys()
        elif event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        else:
            super().keyPressEvent(event)

    def _on_escape(self) -> None:
        """From the search box back to the work; an overlaid pane closes."""
        screen = self.shown_screen()
        if self._find.hasFocus() and screen is not None:
            self._find.clear()
            screen.enter()
        else:
            self.clear_work()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _pane_is_beside(self) -> bool:
        return self.width() >= PANE_BESIDE_FROM and not theme.large

    def _fit(self) -> None:
        self._rail.fit(self.width())
        self._area.set_beside(self._pane_is_beside())


def _asked(reading: Callable[[Any], Any]) -> Callable[[Any, None], Any]:
    return lambda desk, _query: reading(desk)
