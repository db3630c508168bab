"""The pages before the desk (进门): the first start, the tiles, the recovery sheet, and what can be in the way.

They cover the window until somebody sits at the desk, and again while it is locked. Who sits there and whose frame
is shown is ``session``'s business; what is asked runs on the worker (``sitting``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.domain.problems import Problem, Trouble
from app.sentences import sentence
from app.words import _
from ui import sitting
from ui.ahead import Ahead
from ui.jobs import Jobs
from ui.language import speech
from ui.memory import Memory
from ui.sitting import Asked, Entrance
from ui.window import Window

if TYPE_CHECKING:
    from app.actions.session import SignIn, Tile
    from app.actions.startup import Founded
    from ui.signin.page import SignInPage, Wording
    from ui.welcome import Welcome


class Doors(QObject):
    """``arrived`` carries an ``Arrival``; ``ended`` asks the program to close."""

    arrived = Signal(object)
    ended = Signal()

    def __init__(
        self, window: Window, jobs: Jobs, at: Entrance, memory: Memory, sample_passphrase: str
    ) -> None:
        """``sample_passphrase`` opens every tile of a sample station."""
        super().__init__(window)
        self._window, self._jobs, self._at, self._memory = window, jobs, at, memory
        self._sample_passphrase = sample_passphrase
        self._tiles: Sequence[Tile] = ()
        self._is_open = False  # the station is, and only locked
        self._language = ""  # chosen by hand since somebody last sat down

    def begin(self) -> None:
        """Look at the folder and show the page that belongs to it."""
        self._jobs.read(self, sitting.look, self._at, done=self._on_looked, trouble=self._show_trouble)

    def know(self, tiles: Sequence[Tile]) -> None:
        """Who could sign in, as far as is known."""
        self._tiles = tiles

    def take_language(self) -> str:
        """The language that was chosen by hand on the way in, for whoever sits down; "" if none was."""
        chosen, self._language = self._language, ""
        return chosen

    def _speak(self, again: Callable[[], object], language: str) -> None:
        """The PC speaks this language from now on; ``again`` shows the page once more."""
        self._language = language
        self._memory.put("language", language)
        speech.use(language)
        again()

    # --- the first page

    def _on_looked(self, found: Any) -> None:
        from app.actions.startup import FirstStart

        if isinstance(found, FirstStart):
            self._show_welcome()
            return
        self._tiles = found.tiles
        self.show_sign_in(found.notices)

    def _show_welcome(self, before: Welcome | None = None) -> None:
        """``before`` is the same page in another language; what was typed there stands here, too."""
        from ui.welcome import Welcome

        page = Welcome(self._jobs, self._at.folder, self._at.clock)
        page.founded.connect(self._on_founded)
        page.restore_asked.connect(self.show_restore)
        page.left.connect(self.ended)
        page.language_chosen.connect(partial(self._speak, partial(self._show_welcome, page)))
        if before is not None:
            page.take_over(before)
        self._window.cover(page)
        Ahead(self)

    def _on_founded(self, founded: Founded) -> None:
        self._jobs.serve(founded.desk)
        self._jobs.read(self, sitting.arrive, None, done=self.arrived.emit)

    def show_sign_in(self, notices: Sequence[Problem] = (), before: SignInPage | None = None) -> None:
        """``before`` is the same page in another language."""
        from ui.signin.page import sign_in_wording

        page = self._sign_in_page(
            self._memory.get("clerk"),
            sign_in_wording(),
            before,
            notices=[sentence(notice) for notice in notices],
            may_restore=True,
        )
        page.language_chosen.connect(partial(self._speak, partial(self.show_sign_in, notices, page)))
        page.restore_asked.connect(self.show_restore)
        page.asked.connect(partial(self._sign_in, page))
        self._window.cover(page)
        Ahead(self)

    def _sign_in_page(
        self, chosen: str | None, wording: Wording, before: SignInPage | None = None, **more: Any
    ) -> SignInPage:
        from ui.signin.page import SignInPage

        page = SignInPage(
            self._tiles, chosen=chosen, wording=wording, sample_passphrase=self._sample_passphrase, **more
        )
        page.recovery_asked.connect(self._show_recovery)
        if before is not None:
            page.take_over(before)
        return page

    def _sign_in(self, page: SignInPage, request: SignIn) -> None:
        self._jobs.read(
            self,
            sitting.sign_in,
            Asked(self._at, request),
            done=self.arrived.emit,
            refused=page.refuse,
            trouble=self._show_trouble,
        )

    # --- the lock

    def show_lock(self, chosen: str | None, before: SignInPage | None = None) -> SignInPage:
        """Cover an opened desk; ``chosen`` is the tile to begin with, ``before`` the page in another language."""
        from ui.signin.page import unlock_wording

        self._is_open = True
        page = self._sign_in_page(chosen, unlock_wording(), before)
        page.asked.connect(partial(self._sign_in_again, page))
        page.language_chosen.connect(partial(self._speak, partial(self.show_lock, chosen, page)))
        self._window.cover(page)
        return page

    def _sign_in_again(self, page: SignInPage, request: SignIn) -> None:
        self._jobs.read(
            self,
            sitting.sign_in_again,
            request,
            done=self.arrived.emit,
            refused=page.refuse,
            trouble=page.say_trouble,
        )

    # --- forgotten passphrases

    def _show_recovery(self) -> None:
        from ui.signin.recovery import RecoveryCodePage

        page = RecoveryCodePage()
        page.left.connect(self._back_to_tiles)
        page.asked.connect(partial(self._read_sheet, page))
        self._window.cover(page)

    def _back_to_tiles(self) -> None:
        if self._is_open:
            self.show_lock(None)
        else:
            self.show_sign_in()

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

        does, busy = _("换成新口令，登录"), _("正在打开…")
        page = NewPassphrasePage(code, members, self._memory.get("clerk"), does=does, busy=busy)
        page.left.connect(self._show_recovery)
        page.asked.connect(
            lambda request: self._jobs.read(
                self,
                sitting.recover,
                Asked(self._at, request),
                done=self.arrived.emit,
                refused=page.refuse,
                trouble=self._show_trouble,
            )
        )
        self._window.cover(page)

    # --- troubles

    def _show_trouble(self, trouble: Trouble) -> None:
        """What is the matter and the one thing to do: restore a backup, find the lost keys, or look again."""
        from app.actions.startup import (
            DamagedDatabase,
            DatabaseFromNewerVersion,
            DatabaseMissing,
            KeysDamaged,
            KeysMissing,
            WrongKey,
        )
        from ui.signin.trouble import TroublePage

        action, run = _("再看一次"), self._look_again
        if isinstance(trouble, DamagedDatabase | DatabaseMissing):
            action, run = _("从备份恢复"), self.show_restore
        elif isinstance(trouble, KeysMissing | KeysDamaged | WrongKey):
            action, run = _("选一份备份"), self._ask_for_keys
        elif isinstance(trouble, DatabaseFromNewerVersion):
            action = ""
        page = TroublePage(_("现在打不开"), sentence(trouble), action)
        page.acted.connect(run)
        page.closed.connect(self.ended)
        self._window.cover(page)

    def _look_again(self) -> None:
        if self._is_open:
            self.show_lock(None)
        else:
            self.begin()

    # --- backups

    def show_restore(self) -> None:
        """The backups there are, for a station that is not open."""
        from ui.signin.restoring import Restoring

        self._is_open = False
        restoring = Restoring(self, self._window, self._jobs, self._at, self._memory)
        restoring.left.connect(self.begin)
        restoring.restored.connect(self._after_restoring)
        restoring.begin()

    def _after_restoring(self, by: Any) -> None:
        """In with the same passphrase, or the same sheet, that opened the backup."""
        from app.actions.session import SignIn

        self._jobs.read(
            self,
            sitting.sign_in if isinstance(by, SignIn) else sitting.recover,
            Asked(self._at, by),
            done=self.arrived.emit,
            refused=lambda _refusal: self.begin(),
            trouble=self._show_trouble,
        )

    def _ask_for_keys(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self._window, _("选一份备份"))
        dialog.setNameFilter(_("备份 (*.backup)"))
        dialog.finished.connect(dialog.deleteLater)
        dialog.fileSelected.connect(
            lambda name: self._jobs.read(
                self,
                sitting.take_keys,
                Asked(self._at, Path(name)),
                done=lambda _none: self.begin(),
                trouble=self._show_trouble,
            )
        )
        dialog.open()
