"""A short form that loses nothing (不丢的小表单): what is half typed is a draft, and stands there again next time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from app.facts import Id
from ui.formdraft import FormDraft
from ui.parts.formoverlay import FormOverlay
from ui.screen import Services

W = TypeVar("W", bound=QWidget)


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
        self.app, self._about = app, about
        self._kept = FormDraft(self, app, kind)
        self._is_done = False

    @property
    def draft(self) -> Id:
        return self._kept.id

    def keep(self, label: str, field: W, *, name: str, beside: QWidget | None = None) -> W:
        """Add a field whose words are kept under ``name``."""
        self.form.add(label, field, name=name, beside=beside)
        self._kept.keep(name, field)
        return field

    def open(self) -> None:
        self._kept.begin(self._about)
        super().open()

    def done(self) -> None:
        """It is recorded: nothing is half typed any more."""
        self._is_done = True
        self._kept.forget()
        self.close_overlay()

    def run(self, action: Any, request: Any, done: Callable[[Any], None]) -> None:
        """What is sent is safe first."""
        self._kept.save_early()
        super().run(action, request, done)

    def close_overlay(self) -> None:
        if not (self._is_done or self._is_sent):
            self._kept.save()
        super().close_overlay()
