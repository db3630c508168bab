"""Where a scanned code goes (扫码): to what has the focus, to what is around it, to the screen, else to what it
stands on. A number that is none of our codes goes into the field for such numbers that has the focus: a reader of ID
cards types like a scanner.

Whatever has ``on_scan(code) -> bool`` may take it: a line for a person, an overlay, a ``Screen``. How digits that are
typed very fast become a code is ``scanner``'s business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain import masking
from app.domain.problems import Problem
from app.sentences import sentence
from app.words import _
from ui.jobs import Jobs
from ui.parts.banner import Banner
from ui.parts.fields import focused
from ui.parts.grouped import GroupedField
from ui.parts.overlay import overlay_open
from ui.screen import Screen, ScreenEntry

if TYPE_CHECKING:
    from app.actions.codes import CodeMeaning

Go = Callable[[str, str], None]


class Codes(QObject):
    """``take`` brings a code to its place; ``go`` shows a screen and there an object."""

    def __init__(
        self, host: QWidget, jobs: Jobs, banner: Banner, entries: Iterable[ScreenEntry], go: Go
    ) -> None:
        super().__init__(host)
        self._host, self._jobs, self._banner, self._go = host, jobs, banner, go
        self._screens = {noun: entry.key for entry in entries for noun in entry.opens}

    def take(self, code: str, screen: Screen | None) -> None:
        field = focused()
        if _taken(field, code):
            return
        if not isinstance(field, GroupedField) or not field.may_hold(code):
            self._bring(code, screen)
            return
        from app.actions.codes import resolve_code

        self._jobs.read(
            field,
            resolve_code,
            code,
            done=lambda _meaning: self._bring(code, screen),
            refused=lambda _unknown: field.hold(code),
            key="code",
        )

    def _bring(self, code: str, screen: Screen | None) -> None:
        if overlay_open(self._host.window()):
            self._banner.news(_("先把这里办完，再扫 {code}").format(code=masking.scanned(code)))
        elif screen is None or not screen.on_scan(code):
            self._open(code)

    def _open(self, code: str) -> None:
        from app.actions.codes import resolve_code  # where nothing is scanned, it is not needed

        self._jobs.read(self, resolve_code, code, done=self._show, refused=self._say, key="code")

    def _show(self, meaning: CodeMeaning) -> None:
        key = self._screens.get(meaning.noun)
        if key is not None:
            self._go(key, meaning.object)

    def _say(self, problem: Problem) -> None:
        self._banner.refuse(sentence(problem))


def _taken(widget: QWidget | None, code: str) -> bool:
    """Whether this widget, or one around it below the screen, takes the code."""
    while widget is not None and not isinstance(widget, Screen):
        on_scan = getattr(widget, "on_scan", None)
        if on_scan is not None and on_scan(code):
            return True
        widget = widget.parentWidget()
    return False
