"""The pages before the desk (进门): the first start, the tiles, the recovery sheet, and what can be in the way.

They cover the window until somebody sits at the desk, and again while it is locked. Who sits there and whose frame
is shown is ``session``'s business; what is asked runs on the worker (``sitting``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.domain.problems import Trouble
from app.sentences import sentence
from app.words import _
from ui import sitting
from ui.ahead import Ahead
from ui.jobs import Jobs
from ui.memory import Memory
from ui.sitting import Asked, Entrance
from ui.window import Window

if TYPE_CHECKING:
    from app.actions.session import SignIn, Tile
    from app.actions.startup import Founded
    from ui.signin.page import SignInPage, Wording


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

    def begin(self) -> None:
        """Look at the folder and show the page that belongs to it."""
        self._jobs.read(self, sitting.look, self._at, done=self._on_looked, trouble=self._show_trouble)

    def know(self, tiles: Sequence[Tile]) -> None:
        """Who could sign in, as far as is known."""
        self._tiles = tiles

    # --- the first page

    def _on_looked(self, found: Any) -> None:
        from app.actions.startup import FirstStart

        if isinstance(found, FirstStart):
            self._show_welcome()
            return
        self._tiles = found.tiles
        self.show_sign_in([sentence(notice) for notice in found.notices])

    def _show_welcome(self) -> None:
        from ui.welcome import Welcome

        page = Welcome(self._jobs, self._at.folder, self._at.clock)
        page.founded.connect(self._on_founded)
        page.left.connect(self.ended)
        self._window.cover(page)
        Ahead(self)

    def _on_founded(self, founded: Founded) -> None:
        self._jobs.serve(founded.desk)
        self._jobs.read(self, sitting.arrive, None, done=self.arrived.emit)

    def show_sign_in(self, notices: Sequence[str] = ()) -> None:
        from ui.signin.page import sign_in_wording

        page = self._sign_in_page(self._memory.get("clerk"), sign_in_wording(), notices=notices)
        page.asked.connect(partial(self._sign_in, page))
        self._window.cover(page)
        Ahead(self)

    def _sign_in_page(self, chosen: str | None, wording: Wording, **more: Any) -> SignInPage:
        from ui.signin.page import SignInPage

        page = SignInPage(
            self._tiles, chosen=chosen, wording=wording, sample_passphrase=self._sample_passphrase, **more
        )
        page.recovery_asked.connect(self._show_recovery)
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

    def show_lock(self, chosen: str | None) -> SignInPage:
        """Cover an opened desk; ``chosen`` is the tile to begin with."""
        from ui.signin.page import unlock_wording

        self._is_open = True
        page = self._sign_in_page(chosen, unlock_wording())
        page.asked.connect(partial(self._sign_in_again, page))
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

        page = NewPassphrasePage(code, members, self._memory.get("clerk"))
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
        """What is the matter and the one thing to do: restore the newest backup, or look again."""
        from app.actions.startup import DamagedDatabase, DatabaseFromNewerVersion, DatabaseMissing
        from ui.signin.trouble import TroublePage

        day = trouble.backup if isinstance(trouble, DamagedDatabase | DatabaseMissing) else None
        action, run = _("再看一次"), self._look_again
        if day is not None:
            action, run = _("恢复这份备份"), partial(self._ask_who_restores, day)
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
        page = self._sign_in_page(self._memory.get("clerk"), _restore_wording(day), leave=_("返回"))
        page.escaped.connect(self.begin)
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


def _restore_wording(day: date) -> Wording:
    from app.domain.moments import full_date
    from ui.signin.page import Wording

    return Wording(
        _("恢复 {day} 的备份").format(day=full_date(day)),
        _("坏了的文件留在旁边，不会删。备份之后记下的，会自动补回。请输口令确认。"),
        _("恢复并登录"),
        _("正在恢复…"),
    )
