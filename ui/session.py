"""Who is in front of the window (进门、锁屏、换人、离开): from the first look at the folder to the last backup.

``Session`` decides which page covers the window and whose frame lies below. The pages only ask; what they ask runs
on the worker (``sitting``). Starting and ending the process is in ``program``.
"""

from __future__ import annotations

import importlib
import pkgutil
import threading
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog

import ui.screens
from app.domain.problems import Trouble
from app.sentences import sentence
from app.words import _
from ui import sitting
from ui.copied import Copied
from ui.frame import Frame, screens_found
from ui.idle import Idle
from ui.jobs import Jobs
from ui.memory import Memory
from ui.remember import Remembered
from ui.report import show_report
from ui.screen import Clerk
from ui.sitting import Arrival, Asked, Entrance
from ui.window import Window

if TYPE_CHECKING:
    from app.actions.session import SignIn
    from app.actions.startup import Founded
    from ui.signin.page import SignInPage, Wording

LOCK_AFTER_MINUTES = 10
_BACKUP_AFTER_IDLE_MINUTES = 0.5
_KEEP_HABITS_AFTER_MS = 500


class Session(QObject):
    """``ended`` asks the program to close. ``sample_passphrase`` opens every tile of a sample station."""

    ended = Signal()
    opened = Signal()  # the station is open, for the first time
    arrived = Signal()  # somebody sits at the desk and sees their frame

    def __init__(
        self,
        window: Window,
        jobs: Jobs,
        at: Entrance,
        memory: Memory,
        *,
        sample_passphrase: str = "",
        lock_after_minutes: float = LOCK_AFTER_MINUTES,
    ) -> None:
        super().__init__(window)
        self._window, self._jobs, self._at, self._memory = window, jobs, at, memory
        self._sample_passphrase = sample_passphrase
        self._desk: Any = None
        self._tiles: Any = ()
        self._frames: dict[str, Frame] = {}
        self._clerk: Clerk | None = None
        self._habits: dict[str, dict[str, str]] = {}
        self._keeping = QTimer(self, singleShot=True, interval=_KEEP_HABITS_AFTER_MS)
        self._keeping.timeout.connect(self._keep_habits)
        self._copied = Copied(self)
        self._idle = Idle(self, lock_after_minutes)
        self._idle.passed.connect(self.lock)
        self._pause = Idle(self, _BACKUP_AFTER_IDLE_MINUTES)
        self._pause.passed.connect(self._back_up)
        jobs.broke.connect(show_report)

    def begin(self) -> None:
        """Look at the folder and show the page that belongs to it."""
        self._jobs.read(self, sitting.look, self._at, done=self._on_looked, trouble=self._show_trouble)
        handle = self._window.windowHandle()
        for watcher in (self._idle, self._pause):
            watcher.watch(handle)

    def clerk(self) -> Clerk | None:
        """Who is signed in; None while locked."""
        return self._clerk

    def desk(self) -> Any:
        """The opened station; None before."""
        return self._desk

    # --- the entrance

    def _on_looked(self, found: Any) -> None:
        from app.actions.startup import FirstStart

        if isinstance(found, FirstStart):
            self._show_welcome()
            return
        self._tiles = found.tiles
        self._show_sign_in([sentence(notice) for notice in found.notices])

    def _show_welcome(self) -> None:
        from ui.welcome import Welcome

        page = Welcome(self._jobs, self._at.folder, self._at.clock)
        page.founded.connect(self._on_founded)
        page.left.connect(self.ended)
        self._window.cover(page)

    def _on_founded(self, founded: Founded) -> None:
        self._jobs.serve(founded.desk)
        self._jobs.read(self, sitting.arrive, None, done=self._on_arrived)

    def _show_sign_in(self, notices: list[str] | None = None) -> None:
        page = self._sign_in_page(notices=notices or ())
        page.asked.connect(partial(self._sign_in, page))
        self._window.cover(page)
        threading.Thread(target=_load_what_comes_next, name="imports").start()

    def _sign_in_page(self, **more: Any) -> SignInPage:
        from ui.signin.page import SignInPage

        chosen = more.pop("chosen", self._memory.get("clerk"))
        page = SignInPage(self._tiles, chosen=chosen, sample_passphrase=self._sample_passphrase, **more)
        page.recovery_asked.connect(self._show_recovery)
        return page

    def _sign_in(self, page: SignInPage, request: SignIn) -> None:
        self._jobs.read(
            self,
            sitting.sign_in,
            Asked(self._at, request),
            done=self._on_arrived,
            refused=page.refuse,
            trouble=self._show_trouble,
        )

    # --- at the desk

    def _on_arrived(self, arrival: Arrival) -> None:
        if self._desk is None:
            self._desk = arrival.desk
            self._jobs.serve(arrival.desk)
            self.opened.emit()
        if arrival.doubt is not None:
            self._ask_about_clock(arrival)
            return
        self._sit_down(arrival)

    def _sit_down(self, arrival: Arrival) -> None:
        self._tiles = arrival.tiles
        clerk = Clerk(arrival.by.staff, arrival.by.name, str(arrival.by.role))
        self._clerk = clerk
        self._memory.put("clerk", clerk.id)
        frame = self._frames.get(clerk.id)
        if frame is not None and frame.clerk != clerk:
            self._window.drop_frame(self._frames.pop(clerk.id))
            frame = None
        if frame is None:
            frame = self._frames[clerk.id] = self._new_frame(clerk, arrival)
        else:
            frame.wake()
        self._window.set_frame(frame)
        self._window.uncover()
        self.arrived.emit()

    def _new_frame(self, clerk: Clerk, arrival: Arrival) -> Frame:
        from ui.surroundings import surroundings

        remembered = Remembered(arrival.habits, partial(self._remember, clerk.id))
        frame = Frame(self._jobs, clerk, remembered, screens_found(), surroundings(arrival.desk))
        frame.locked.connect(self.lock)
        frame.switch_asked.connect(self.switch)
        change = QAction(_("换口令"), frame)
        change.triggered.connect(lambda _checked: self._change_passphrase(frame))
        menu = frame.menu()
        menu.insertAction(menu.actions()[-2], change)
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
                trouble=self._show_trouble,
            )
        )
        self._window.cover(page)

    # --- locking and changing clerks

    def lock(self) -> None:
        """Cover everything; the same clerk comes back to the same half-typed word."""
        self._leave_desk(self._clerk.id if self._clerk is not None else None)

    def switch(self) -> None:
        """Another clerk wants to work here; this one's frame sleeps."""
        self._leave_desk(None)

    def _leave_desk(self, chosen: str | None) -> None:
        if self._desk is None:
            return
        from app.actions import session
        from ui.signin.page import unlock_wording

        self._put_down()
        self._jobs.run(self, session.lock, None, done=lambda _none: None)
        self._clerk = None
        self._copied.forget()
        _close_what_lies_over()
        page = self._sign_in_page(wording=unlock_wording(), chosen=chosen)
        page.asked.connect(partial(self._sign_in_again, page))
        self._window.cover(page)
        self._jobs.read(page, session.tiles, None, done=lambda tiles: self._renew_tiles(page, tiles, chosen))

    def _renew_tiles(self, page: SignInPage, tiles: Any, chosen: str | None) -> None:
        self._tiles = tiles
        if not page.is_in_use():
            page.set_tiles(tiles, chosen)

    def _sign_in_again(self, page: SignInPage, request: SignIn) -> None:
        self._jobs.read(
            self,
            sitting.sign_in_again,
            request,
            done=self._on_arrived,
            refused=page.refuse,
            trouble=partial(self._on_locked_trouble, page),
        )

    def _on_locked_trouble(self, page: SignInPage, trouble: Trouble) -> None:
        page.say_trouble(trouble)

    def _put_down(self) -> None:
        """Save what the clerk has half done, while they still are signed in."""
        if self._clerk is not None:
            self._frames[self._clerk.id].sleep()
        self._keep_habits()

    # --- forgotten passphrases

    def _show_recovery(self) -> None:
        from ui.signin.recovery import RecoveryCodePage

        page = RecoveryCodePage()
        page.left.connect(self._back_to_tiles)
        page.asked.connect(partial(self._read_sheet, page))
        self._window.cover(page)

    def _back_to_tiles(self) -> None:
        if self._desk is None:
            self._show_sign_in()
        else:
            self._leave_desk(None)

    def _read_sheet(self, page: Any, code: str) -> None:
        self._jobs.read(
            self,
            sitting.members_of_sheet,
            Asked(self._at, code),
            done=partial(self._show_new_passphrase, code),
            refused=page.refuse,
            trouble=self._show_trouble,
        )

    def _show_new_passphrase(self, code: str, members: Any) -> None:
        from ui.signin.recovery import NewPassphrasePage

        page = NewPassphrasePage(code, members, self._memory.get("clerk"))
        page.left.connect(self._show_recovery)
        page.asked.connect(
            lambda request: self._jobs.read(
                self,
                sitting.recover,
                Asked(self._at, request),
                done=self._on_arrived,
                refused=page.refuse,
                trouble=self._show_trouble,
            )
        )
        self._window.cover(page)

    # --- troubles at the entrance

    def _show_trouble(self, trouble: Trouble) -> None:
        """What is the matter and the one thing to do: restore the newest backup, or look again."""
        from app.actions.startup import DamagedDatabase, DatabaseFromNewerVersion, DatabaseMissing
        from ui.signin.trouble import TroublePage

        day = trouble.backup if isinstance(trouble, DamagedDatabase | DatabaseMissing) else None
        action, run = _("再看一次"), self.begin_again
        if day is not None:
            action, run = _("恢复这份备份"), partial(self._ask_who_restores, day)
        elif isinstance(trouble, DatabaseFromNewerVersion):
            action = ""
        page = TroublePage(_("现在打不开"), sentence(trouble), action)
        page.acted.connect(run)
        page.closed.connect(self.ended)
        self._window.cover(page)

    def begin_again(self) -> None:
        self._jobs.read(self, sitting.look, self._at, done=self._on_looked, trouble=self._show_trouble)

    def _ask_who_restores(self, day: date) -> None:
        self._jobs.read(
            self,
            sitting.holders,
            self._at,
            done=partial(self._show_restore, day),
            trouble=self._show_trouble,
        )

    def _show_restore(self, day: date, tiles: Any) -> None:
        self._tiles = tiles
        page = self._sign_in_page(wording=_restore_wording(day), leave=_("返回"))
        page.escaped.connect(self.begin_again)
        page.asked.connect(partial(self._restore, page))
        self._window.cover(page)

    def _restore(self, page: SignInPage, request: SignIn) -> None:
        self._jobs.read(
            self,
            sitting.restore,
            Asked(self._at, request),
            done=lambda _day: self._sign_in(page, request),
            refused=page.refuse,
            trouble=self._show_trouble,
        )

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
        """Today's backup, in a moment when nobody waits for the worker."""
        if self._clerk is None:
            return
        from app.actions.startup import back_up_today

        self._jobs.read(self, back_up_today, None, done=lambda _made: None)

    def close(self) -> None:
        """Save what is half typed, make the day's backup, free the files; then the worker ends."""
        self._put_down()
        if self._desk is not None:
            self._jobs.run(self, _left, None, done=lambda _none: None)
        self._jobs.close()


def _left(desk: Any, _request: None) -> Any:
    from app.actions.desk import Done

    sitting.leave(desk)
    return Done(None, frozenset())


def _restore_wording(day: date) -> Wording:
    from app.domain.moments import full_date
    from ui.signin.page import Wording

    return Wording(
        _("恢复 {day} 的备份").format(day=full_date(day)),
        _("坏了的文件留在旁边，不会删。备份之后记下的，会自动补回。请输口令确认。"),
        _("恢复并登录"),
        _("正在恢复…"),
    )


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


def _load_what_comes_next() -> None:
    """While the passphrase is typed: the screens, and the words they use."""
    from app import sentences

    sentences.load()
    for module in pkgutil.iter_modules(ui.screens.__path__, "ui.screens."):
        importlib.import_module(module.name)
    importlib.import_module("ui.surroundings")
