"""Who sits in front of the window (坐下、锁屏、换人、离开): whose frame is shown, until the last backup.

The pages that come before are in ``doors``; starting and ending the process is in ``program``.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog

from app.words import SOURCE_LANGUAGE
from ui import sitting
from ui.copied import Copied
from ui.doors import Doors
from ui.frame import Frame, screens_found
from ui.idle import Idle
from ui.jobs import Jobs
from ui.language import speech
from ui.memory import Memory
from ui.remember import Remembered
from ui.report import note_trouble, show_report
from ui.scanner import Scanner
from ui.screen import Clerk
from ui.sitting import Arrival, Entrance
from ui.window import Window

if TYPE_CHECKING:
    from app.actions.backups import BackedUp
    from app.domain.categories import Categories
    from ui.signin.page import SignInPage

MINUTE_MS = 60_000
_BACKUP_AFTER_IDLE_MS = 30_000
_KEEP_HABITS_AFTER_MS = 500


class Session(QObject):
    """``ended`` asks the program to close. The arguments from ``at`` on are for the doors."""

    ended = Signal()
    opened = Signal()  # the station is open: the first time, and after each restoring
    arrived = Signal()  # somebody sits at the desk and sees their frame

    def __init__(
        self,
        window: Window,
        jobs: Jobs,
        at: Entrance,
        memory: Memory,
        *,
        sample_passphrase: str = "",
        minute_ms: int = MINUTE_MS,
    ) -> None:
        super().__init__(window)
        self._window, self._jobs, self._memory = window, jobs, memory
        self._doors = Doors(window, jobs, at, memory, sample_passphrase)
        self._doors.arrived.connect(self._on_arrived)
        self._doors.ended.connect(self.ended)
        self._desk: Any = None
        self._is_in = False
        self._frames: dict[str, Frame] = {}
        self._clerk: Clerk | None = None
        self._habits: dict[str, dict[str, str]] = {}
        self._keeping = QTimer(self, singleShot=True, interval=_KEEP_HABITS_AFTER_MS)
        self._keeping.timeout.connect(self._keep_habits)
        self._copied = Copied(self)
        self._minute_ms = minute_ms
        self._idle = Idle(self)
        self._idle.passed.connect(self.lock)
        self.scanner = Scanner(self, self._is_at_desk)
        self.scanner.scanned.connect(self._on_scanned)
        self._hindered: BackedUp | None = None  # what keeps backups off the stick
        self._pause = Idle(self, _BACKUP_AFTER_IDLE_MS)
        self._pause.passed.connect(self._back_up)
        self._pause.passed.connect(self._let_expire)
        jobs.met.connect(note_trouble)
        jobs.broke.connect(show_report)
        jobs.changed.connect(self._on_changed)

    def begin(self) -> None:
        """Look at the folder and show the page that belongs to it."""
        self._doors.begin()
        handle = self._window.windowHandle()
        for watcher in (self._idle, self._pause):
            watcher.watch(handle)

    def clerk(self) -> Clerk | None:
        """Who is signed in; None while locked."""
        return self._clerk

    def desk(self) -> Any:
        """The opened station; None before."""
        return self._desk

    # --- at the desk

    def _on_arrived(self, arrival: Arrival) -> None:
        if self._desk is None:
            self._desk = arrival.desk
            self._jobs.serve(arrival.desk)
            self.opened.emit()
        self._is_in = True
        if arrival.doubt is not None:
            self._ask_about_clock(arrival)
            return
        self._sit_down(arrival)

    def _on_changed(self, nouns: frozenset[str]) -> None:
        if self._clerk is not None and "policy" in nouns:
            from app.actions.categories import menu_today
            from app.actions.session import lock_minutes

            self._jobs.read(self, lock_minutes, None, done=self._lock_after)
            self._jobs.read(self, menu_today, None, done=self._on_menu)

    def _lock_after(self, minutes: int) -> None:
        self._idle.wait(minutes * self._minute_ms)

    def _on_menu(self, menu: Categories) -> None:
        self._use_menu(menu)
        if self._clerk is not None:
            self._frames[self._clerk.id].speak_anew()

    def _use_menu(self, menu: Categories) -> None:
        """Screens offer the categories of today from when they are next built."""
        from app.domain import categories

        if menu != categories.menu():
            categories.use(menu)
            for frame in self._frames.values():
                frame.forget_words()

    def _sit_down(self, arrival: Arrival) -> None:
        self._lock_after(arrival.lock_minutes)
        self._use_menu(arrival.menu)
        self._doors.know(arrival.tiles)
        clerk = Clerk(arrival.by.staff, arrival.by.name, str(arrival.by.role))
        self._clerk = clerk
        self._memory.put("clerk", clerk.id)
        frame = self._frames.get(clerk.id)
        if frame is not None and frame.clerk != clerk:
            self._window.drop_frame(self._frames.pop(clerk.id))
            frame = None
        kept = (
            frame.remembered
            if frame is not None
            else Remembered(arrival.habits, partial(self._remember, clerk.id))
        )
        self._speak_for(kept)
        if frame is None:
            frame = self._frames[clerk.id] = self._new_frame(clerk, arrival, kept)
        else:
            frame.wake()
        self._window.set_frame(frame)
        self._window.uncover()
        self._say_what_came_back(frame, arrival)
        frame.speak_anew()
        self.arrived.emit()

    def _say_what_came_back(self, frame: Frame, arrival: Arrival) -> None:
        """Once, after the database was found behind its mirror."""
        mirror = arrival.desk.mirror
        if mirror is None or mirror.taken_back is None:
            return
        from app.sentences.backups import taken_back_words

        frame.banner.news(taken_back_words(mirror.taken_back))
        mirror.taken_back = None

    def _speak_for(self, kept: Remembered) -> None:
        """What was chosen at the door just now, else what the clerk chose before, else what the PC speaks."""
        chosen = self._doors.take_language()
        if chosen:
            kept.put("language", chosen)
        speech.use(chosen or kept.get("language", self._pc_language()))

    def _pc_language(self) -> str:
        return self._memory.get("language") or SOURCE_LANGUAGE

    def _new_frame(self, clerk: Clerk, arrival: Arrival, kept: Remembered) -> Frame:
        from ui.surroundings import surroundings

        frame = Frame(self._jobs, clerk, kept, screens_found(), surroundings(arrival.desk))
        frame.locked.connect(self.lock)
        frame.switch_asked.connect(self.switch)
        frame.restore_asked.connect(self.restore)
        frame.passphrase_asked.connect(lambda: self._change_passphrase(frame))
        return frame

    def _change_passphrase(self, frame: Frame) -> None:
        from ui.signin.change import ChangePassphraseOverlay

        ChangePassphraseOverlay(frame, self._jobs, frame.clerk.name, frame.banner).open()

    def _ask_about_clock(self, arrival: Arrival) -> None:
        from app.actions.stations import confirm_clock
        from ui.signin.clock import ClockPage

        assert arrival.doubt is not None
        page = ClockPage(arrival.doubt, may_confirm=arrival.by.role == "administrator")
        page.looked.connect(lambda: self._sit_down(arrival))
        page.switched.connect(self.switch)
        page.confirmed.connect(
            lambda: self._jobs.run(
                self,
                confirm_clock,
                None,
                done=lambda _today: self._sit_down(arrival),
                trouble=page.say_trouble,
            )
        )
        self._window.cover(page)

    def _is_at_desk(self) -> bool:
        """Somebody is signed in and works in the window, not in a dialog of the system over it."""
        return self._clerk is not None and not self._window.is_covered() and self._window.isActiveWindow()

    def _on_scanned(self, code: str) -> None:
        if self._clerk is not None:
            self._frames[self._clerk.id].scanned(code)

    # --- locking and changing clerks

    def lock(self) -> None:
        """Cover everything; the same clerk comes back to the same half-typed word."""
        self._leave_desk(self._clerk.id if self._clerk is not None else None)

    def switch(self) -> None:
        """Another clerk wants to work here; this one's frame sleeps, and the PC speaks its own language again."""
        self._leave_desk(None)

    def restore(self) -> None:
        """Leave the desk, with a backup of how it is now, and show the backups there are."""
        _close_what_lies_over()
        self._put_down()
        self._is_in, self._clerk = False, None
        self._copied.forget()
        self._jobs.close_aside()
        self._jobs.run(
            self,
            _left,
            None,
            done=lambda _none: self._show_backups(),
            trouble=lambda _it: self._show_backups(),
            leaves=True,
        )

    def _show_backups(self) -> None:
        """Everything that was built on the old desk goes."""
        for frame in self._frames.values():
            self._window.drop_frame(frame)
        self._frames.clear()
        self._desk = None
        self._jobs.cancel()  # what the frames asked for meanwhile
        self._jobs.serve(None)
        self._doors.show_restore()

    def _leave_desk(self, chosen: str | None) -> None:
        if not self._is_in:
            return
        from app.actions import session

        _close_what_lies_over()
        self._put_down()
        self._jobs.run(self, session.lock, None, done=lambda _none: None)
        self._is_in, self._clerk = False, None
        if chosen is None:
            speech.use(self._pc_language())
        self._copied.forget()
        page = self._doors.show_lock(chosen)
        self._jobs.read(page, session.tiles, None, done=lambda tiles: self._renew_tiles(page, tiles, chosen))

    def _renew_tiles(self, page: SignInPage, tiles: Any, chosen: str | None) -> None:
        self._doors.know(tiles)
        if not page.is_in_use():
            page.set_tiles(tiles, chosen)

    def _put_down(self) -> None:
        """Save what the clerk has half done, while they still are signed in."""
        if self._clerk is not None:
            self._frames[self._clerk.id].sleep()
        self._keep_habits()

    # --- habits, backups, the end

    def _remember(self, staff: str, name: str, text: str) -> None:
        self._habits.setdefault(staff, {})[name] = text
        self._keeping.start()

    def _keep_habits(self) -> None:
        from app.actions.habits import KeepHabits, keep_habits

        self._keeping.stop()
        if self._clerk is None:
            return
        habits, self._habits = self._habits, {}
        for staff, values in habits.items():
            self._jobs.run(self, keep_habits, KeepHabits(staff=staff, values=values), done=lambda _none: None)

    def _back_up(self) -> None:
        """Today's backup, and what the chosen folder has missed, in a moment when nobody works."""
        if self._clerk is None or self._jobs.is_closed():
            return
        from app.actions.backups import back_up_when_quiet

        self._jobs.aside.read_long(self, back_up_when_quiet, None, done=self._on_backed_up)

    def _let_expire(self) -> None:
        """Points whose time is over, some at a time, so that whoever comes back never waits long."""
        if self._clerk is None or self._clerk.role == "auditor" or self._jobs.is_closed():
            return
        from app.actions.wallets import expire_points

        self._jobs.run(self, expire_points, None, done=self._on_expired, refused=lambda _refusal: None)

    def _on_expired(self, wallets: int) -> None:
        if wallets:
            self._let_expire()

    def _on_backed_up(self, backed_up: BackedUp) -> None:
        self._say_hindered(backed_up)
        if backed_up.made is not None or backed_up.is_carried:
            self._jobs.changed.emit(frozenset({"backup"}))

    def _say_hindered(self, backed_up: BackedUp) -> None:
        """What keeps backups off the chosen stick (not that it is not there) is said once, and taken back when it is
        over.
        """
        before = self._hindered
        if self._clerk is None or type(backed_up.trouble) is type(before.trouble if before else None):
            return
        from app.sentences.backups import backed_up_words

        if before is not None:
            for frame in self._frames.values():
                frame.banner.withdraw(backed_up_words(before))
        self._hindered = backed_up if backed_up.trouble is not None else None
        if self._hindered is not None:
            self._frames[self._clerk.id].banner.trouble(partial(backed_up_words, backed_up))

    def close(self) -> None:
        """Save what is half typed, make the day's backup, free the files; then the worker ends."""
        self._put_down()
        self._copied.forget()
        self._jobs.close_aside()  # or a backup made there and the one at the end would write over each other
        if self._desk is not None:
            self._jobs.run(self, _left, None, done=lambda _none: None)
        self._jobs.close()


def _left(desk: Any, _request: None) -> Any:
    from app.actions.desk import Done

    sitting.leave(desk)
    return Done(None, frozenset())


def _close_what_lies_over() -> None:
    """Menus and dialogs are windows of their own; a half composed word goes into its field."""
    popup = QApplication.activePopupWidget()
    while popup is not None:
        popup.close()
        popup = QApplication.activePopupWidget()
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()
    QGuiApplication.inputMethod().commit()
