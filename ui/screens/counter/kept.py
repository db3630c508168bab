"""A short form that loses nothing (不丢的小表单): what is half typed is a draft, and stands there again next time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

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
from app.facts import Id
from ui.parts.formoverlay import FormOverlay
from ui.screen import Services

W = TypeVar("W", bound=QWidget)

QUIET_MS = 700


class Half(msgspec.Struct, frozen=True):
    """What stood in the fields of a form about one thing."""

    about: str
    fields: dict[str, str]


class KeptForm(FormOverlay):
    """``keep`` the fields whose words are not to be lost; ``done`` when they are recorded. Something new is recorded
    with the id ``draft``, so that it is one thing whatever happened in between.
    """

    def __init__(
        self,
        host: QWidget,
        app: Services,
        title: str,
        save: str,
        *,
        kind: str,
        about: str,
        sentence: str = "",
    ) -> None:
        super().__init__(host, app.jobs, title, save, sentence)
        self.app, self._kind, self._about = app, kind, about
        self.draft: Id = new_id()
        self._kept: dict[str, Any] = {}
        self._unchanged: dict[str, str] = {}
        self._is_stored = self._is_done = False
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self._save_draft)

    def keep(self, label: str, field: W, *, name: str, beside: QWidget | None = None) -> W:
        """Add a field whose words are kept under ``name``."""
        self.form.add(label, field, name=name, beside=beside)
        kit: Any = field
        kit.edited.connect(self._timer.start)
        self._kept[name] = field
        return field

    def open(self) -> None:
        self._unchanged = self._typed()
        super().open()
        self.app.jobs.read(self, my_drafts, self._kind, done=self._restore)

    def done(self) -> None:
        """It is recorded: nothing is half typed any more."""
        self._is_done = True
        self._timer.stop()
        if self._is_stored:
            self.app.jobs.run(
                self.window(),
                forget_draft,
                ForgetDraft(draft=self.draft),
                done=lambda _nothing: None,
            )
        self.close_overlay()

    def run(self, action: Any, request: Any, done: Callable[[Any], None]) -> None:
        """What is sent is safe first."""
        if self._timer.isActive():
            self._save_draft()
        super().run(action, request, done)

    def close_overlay(self) -> None:
        if not self._is_done:
            self._save_draft()
        super().close_overlay()

    def _typed(self) -> dict[str, str]:
        return {name: str(field.value() or "") for name, field in self._kept.items()}

    def _save_draft(self) -> None:
        self._timer.stop()
        if self.app.jobs.is_closed() or not self.save.isEnabled():
            return  # what was sent meanwhile would be there again after it was recorded
        typed = self._typed()
        if typed == self._unchanged and not self._is_stored:
            return
        self._is_stored = True
        body = msgspec.json.encode(Half(self._about, typed)).decode()
        request = SaveDraft(draft=self.draft, kind=self._kind, body=body)
        self.app.jobs.run(
            self.window(),
            save_draft,
            request,
            done=lambda _nothing: None,
            refused=lambda _no: None,  # while the desk is locked; it is saved with the next word
        )

    def _restore(self, drafts: tuple[SavedDraft, ...]) -> None:
        """What was half typed about the same thing, unless somebody is typing already."""
        if self._typed() != self._unchanged:
            return
        for draft in reversed(drafts):
            half = read_draft(draft, Half)
            if half is not None and half.about == self._about:
                self.draft, self._is_stored = draft.id, True
                for name, words in half.fields.items():
                    if name in self._kept:
                        self._kept[name].set_value(words)
                return
