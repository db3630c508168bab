"""From a backup back to the desk (恢复的几步): the list, whose passphrase or the sheet, and what came back.

The pages are in ``restore``, ``page`` and ``recovery``. What is asked runs on the worker (``sitting``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.actions.restoring import FoundBackup, RestoreBackup, Restored
from app.domain.problems import Problem
from app.words import _
from ui import sitting
from ui.jobs import Jobs
from ui.memory import Memory
from ui.signin.page import SignInPage, Wording
from ui.signin.recovery import NewPassphrasePage, RecoveryCodePage
from ui.signin.restore import RestoredPage, RestorePage
from ui.sitting import Asked, Entrance
from ui.window import Window

if TYPE_CHECKING:
    from app.actions.session import SignIn
    from app.actions.startup import Recover

_PLACE = "restore.place"


class Restoring(QObject):
    """``left`` when the person would rather not; ``restored`` carries the ``SignIn`` or ``Recover`` that opened it."""

    left = Signal()
    restored = Signal(object)

    def __init__(self, parent: QObject, window: Window, jobs: Jobs, at: Entrance, memory: Memory) -> None:
        super().__init__(parent)
        self._window, self._jobs, self._at, self._memory = window, jobs, at, memory

    def begin(self) -> None:
        """Show the backups of this station, and of the place where some were found last."""
        self._look(self._last_place())

    # --- which one

    def _look(self, place: Path | None) -> None:
        self._read(sitting.found_backups, place, partial(self._show, place), self._on_unreadable)

    def _show(self, place: Path | None, found: Sequence[FoundBackup]) -> RestorePage:
        is_new_pc = not any(one.path.is_relative_to(self._at.folder) for one in found)
        page = RestorePage(found, place, is_new_pc=is_new_pc)
        page.left.connect(self.left)
        page.place_asked.connect(self._look_in)
        page.chosen.connect(partial(self._ask_who, page))
        self._window.cover(page)
        return page

    def _look_in(self, place: Path) -> None:
        self._memory.put(_PLACE, str(place))
        self._look(place)

    def _on_unreadable(self, problem: Problem) -> None:
        self._show(None, ()).refuse(problem)

    def _last_place(self) -> Path | None:
        place = self._memory.get(_PLACE)
        return Path(place) if place and Path(place).is_dir() else None

    # --- who opens it

    def _ask_who(self, page: RestorePage, path: Path) -> None:
        self._read(sitting.holders, path, partial(self._show_holders, path), page.refuse)

    def _show_holders(self, path: Path, tiles: Any) -> None:
        page = SignInPage(tiles, chosen=self._memory.get("clerk"), wording=_wording(), leave=_("上一步"))
        page.escaped.connect(self.begin)
        page.recovery_asked.connect(partial(self._show_code, path, tiles))
        page.asked.connect(lambda asked: self._restore(path, asked, page.refuse, page.say_trouble))
        self._window.cover(page)

    def _show_code(self, path: Path, tiles: Any) -> None:
        page = RecoveryCodePage()
        page.left.connect(partial(self._show_holders, path, tiles))
        page.asked.connect(
            lambda code: self._read(
                sitting.members_of_backup,
                (path, code),
                partial(self._show_new_passphrase, path, tiles, code),
                page.refuse,
            )
        )
        self._window.cover(page)

    def _show_new_passphrase(self, path: Path, tiles: Any, code: str, members: Any) -> None:
        does, busy = _("换成新口令，恢复"), _("正在恢复…")
        page = NewPassphrasePage(code, members, self._memory.get("clerk"), does=does, busy=busy)
        page.left.connect(partial(self._show_code, path, tiles))
        page.asked.connect(lambda asked: self._restore(path, asked, page.refuse, self._on_trouble))
        self._window.cover(page)

    # --- restoring

    def _restore(
        self,
        path: Path,
        by: SignIn | Recover,
        refuse: Callable[[Any], None],
        trouble: Callable[[Any], None],
    ) -> None:
        self._jobs.read(
            self,
            sitting.restore,
            Asked(self._at, RestoreBackup(path=path, by=by)),
            done=partial(self._show_restored, by),
            refused=refuse,
            trouble=trouble,
        )

    def _show_restored(self, by: SignIn | Recover, restored: Restored) -> None:
        page = RestoredPage(restored)
        page.went_on.connect(lambda: self.restored.emit(by))
        self._window.cover(page)

    def _on_trouble(self, problem: Problem) -> None:
        """Back to the list, for what is wrong is the file or the disk."""
        self._read(
            sitting.found_backups,
            self._last_place(),
            lambda found: self._show(self._last_place(), found).refuse(problem),
            self._on_unreadable,
        )

    def _read(
        self, reading: Any, request: Any, done: Callable[[Any], Any], refuse: Callable[[Any], None]
    ) -> None:
        self._jobs.read(
            self,
            reading,
            Asked(self._at, request),
            done=done,
            refused=refuse,
            trouble=refuse,
        )


def _wording() -> Wording:
    return Wording(_("谁来打开这份备份"), _("点自己的名字，输口令。"), _("恢复"), _("正在恢复…"))
