"""Keeping drafts (存草稿): each is saved soon after the typing stops, and all are there again after a crash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from app.actions.desk import new_id
from app.actions.drafts import (
    ForgetDraft,
    SavedDraft,
    SaveDraft,
    forget_draft,
    my_drafts,
    read_draft,
    save_draft,
)
from app.domain.problems import Refusal
from ui.jobs import Jobs
from ui.screens.intake.draft import Draft, written

KIND = "order"
QUIET_MS = 700
"""So long after the last key a draft is saved; together with the saving itself well within a second."""


class Drafts(QObject):
    """The drafts of who sits here, in the order in which they were begun. ``saved`` carries an id."""

    saved = Signal(str)

    def __init__(self, jobs: Jobs, now: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._now = jobs, now
        self._drafts: dict[str, Draft] = {}
        self._saved_at: dict[str, datetime] = {}
        self._unsaved: dict[str, Draft] = {}
        self._stored: set[str] = set()  # on disk, or on their way there
        self._sent: set[str] = set()  # on their way to become orders
        self._late: set[str] = set()  # saved after they were sent
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.save_now)

    def load(self, done: Callable[[str | None], None]) -> None:
        """Read the saved drafts; ``done`` is told which one was saved last."""

        def arrived(kept: tuple[SavedDraft, ...]) -> None:
            loaded = {one.id: draft for one in kept if (draft := read_draft(one, Draft)) is not None}
            self._drafts = loaded | self._drafts
            self._saved_at |= {one.id: one.saved_at for one in kept if one.id in loaded}
            self._stored |= loaded.keys()
            done(max(reversed(loaded), key=lambda draft: self._saved_at[draft], default=None))

        self._jobs.read(self, my_drafts, KIND, done=arrived)

    def all(self) -> Mapping[str, Draft]:
        return self._drafts

    def begin(self, draft: Draft) -> str:
        """A new draft, which is not worth saving yet; a blank one that is there is taken instead."""
        for known, kept in self._drafts.items():
            if kept.is_blank:
                self._drafts[known] = draft
                return known
        made = new_id()
        self._drafts[made] = draft
        return made

    def put(self, draft_id: str, draft: Draft) -> None:
        """How a draft stands now; saved when the typing stops."""
        if self._drafts.get(draft_id) == draft:
            return
        self._drafts[draft_id] = draft
        if draft.is_blank and draft_id not in self._stored:
            self._unsaved.pop(draft_id, None)
            return
        self._unsaved[draft_id] = draft
        self._timer.start()

    def save_now(self) -> None:
        """Save what is not saved yet; once the line of jobs is closed, everything was."""
        self._timer.stop()
        if self._jobs.is_closed():
            return
        waiting, self._unsaved = self._unsaved, {}
        for draft_id, draft in waiting.items():
            self._save(draft_id, draft)

    def saved_at(self, draft_id: str) -> datetime | None:
        """When it was saved as it stands; None while something of it is not."""
        return None if draft_id in self._unsaved else self._saved_at.get(draft_id)

    def send(self, draft_id: str) -> None:
        """It is on its way to become an order; as it stands it is safe before."""
        self.save_now()
        self._sent.add(draft_id)

    def take_back(self, draft_id: str) -> None:
        """It was refused; the clerk goes on typing."""
        self._sent.discard(draft_id)
        self._late.discard(draft_id)

    def drop(self, draft_id: str) -> None:
        """It has become an order; what was recorded from it has thrown the saved one away."""
        for kept in (self._drafts, self._saved_at, self._unsaved):
            kept.pop(draft_id, None)
        if draft_id in self._late:
            self._forget(draft_id)
        for known in (self._stored, self._sent, self._late):
            known.discard(draft_id)

    def throw_away(self, draft_id: str) -> None:
        if draft_id in self._stored:
            self._forget(draft_id)
        self.drop(draft_id)

    def _forget(self, draft_id: str) -> None:
        self._jobs.run(self, forget_draft, ForgetDraft(draft=draft_id), done=lambda _nothing: None)

    def _save(self, draft_id: str, draft: Draft) -> None:
        self._stored.add(draft_id)
        if draft_id in self._sent:
            self._late.add(draft_id)

        def done(_nothing: None) -> None:
            if draft_id in self._drafts:
                self._saved_at[draft_id] = self._now()
                self.saved.emit(draft_id)

        def refused(_refusal: Refusal) -> None:
            self._unsaved.setdefault(
                draft_id, draft
            )  # locked meanwhile: saved with the next word, or on coming back

        request = SaveDraft(draft=draft_id, kind=KIND, body=written(draft))
        self._jobs.run(self, save_draft, request, done=done, refused=refused)
