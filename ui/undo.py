"""Undoing by one key (撤销): what Ctrl+Z would take back now, in words; taking it back; and showing what became of it.

What can be undone is the desk's business: it is asked again whenever something changed. A screen that shows what was
undone by itself (intake gives back what was typed) says so in ``undone``; else the screen of its noun opens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.problems import Refusal, Trouble
from app.sentences import sentence
from app.words import _
from ui.jobs import Changes, Jobs
from ui.parts.banner import Banner
from ui.screen import Screen, ScreenEntry

if TYPE_CHECKING:
    from app.actions.undo import Undone, UndoOffer


@dataclass(frozen=True)
class Undoing:
    """What the desk says could be undone, and undoing it."""

    offer: Callable[[Any, None], UndoOffer | None]
    undo: Callable[[Any, None], Changes[Undone]]


class Undo(QObject):
    """``press`` undoes; ``changed`` when ``text`` did; ``go`` shows a screen and there an object."""

    changed = Signal()

    def __init__(
        self,
        host: QWidget,
        undoing: Undoing,
        jobs: Jobs,
        banner: Banner,
        entries: Iterable[ScreenEntry],
        shown: Callable[[], Screen | None],
        go: Callable[[str, str], None],
    ) -> None:
        super().__init__(host)
        self._undoing, self._jobs, self._banner, self._shown, self._go = undoing, jobs, banner, shown, go
        self._screens = {noun: entry.key for entry in entries for noun in entry.opens}
        self._offer: UndoOffer | None = None
        self._runs = False

    def text(self) -> str:
        """撤销：派给爱心理发队; nothing where nothing can be undone."""
        if self._offer is None or self._offer.obstacle is not None:
            return ""
        return _("撤销：{deed}").format(deed=self._offer.deed)

    def renew(self) -> None:
        """Ask what could be undone now."""
        self._jobs.read(self, self._undoing.offer, None, done=self._on_offer)

    def press(self) -> None:
        if self._runs:
            return  # what comes after it is offered when this is done
        self._runs = True
        self._jobs.run(
            self,
            self._undoing.undo,
            None,
            done=self._on_undone,
            refused=self._on_refused,
            trouble=self._on_trouble,
        )

    def _on_offer(self, offer: UndoOffer | None) -> None:
        self._offer = offer
        self.changed.emit()

    def _on_undone(self, undone: Undone) -> None:
        self._runs = False
        self._banner.news(_("已撤销：{deed}").format(deed=undone.deed))
        screen = self._shown()
        if screen is not None and screen.undone(undone):
            return
        key = self._screens.get(undone.noun)
        if key is not None:
            self._go(key, undone.object)

    def _on_refused(self, refusal: Refusal) -> None:
        """What stays is told once: the next press is for what was done before it."""
        self._runs = False
        self.renew()
        self._banner.refuse(sentence(refusal))

    def _on_trouble(self, trouble: Trouble) -> None:
        self._runs = False
        self._banner.trouble(partial(sentence, trouble))
