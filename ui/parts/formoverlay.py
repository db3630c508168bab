"""A short form over the window (小表单): a title, its questions, one button that does it and one that leaves.

For what is asked seldom and needs more room than the pane: a new passphrase, a new colleague.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.problems import Refusal, Trouble
from app.sentences import sentence
from app.words import _
from ui.jobs import Jobs
from ui.parts import keys
from ui.parts.buttons import Button
from ui.parts.form import Form, RefusalLine
from ui.parts.overlay import Overlay
from ui.parts.text import Paragraph, Text


class FormOverlay(Overlay):
    """Subclasses add their fields to ``form`` and start their action in ``submit``."""

    WIDTH = 600

    def __init__(self, host: QWidget, jobs: Jobs, title: str, save: str, sentence: str = "") -> None:
        super().__init__(host, width=self.WIDTH)
        self._jobs = jobs
        self._is_sent = False
        self.form = Form()
        self.save = Button(save, kind="primary", key="Ctrl+Enter")
        self.stay = Button(_("先不"), kind="quiet", key="Esc")
        self.form.primary = self.save
        self.panel.column.addWidget(Text(title, "section", bold=True, wrap=True))
        if sentence:
            self.panel.column.addWidget(Paragraph(sentence, "body", "secondary"))
        self._trouble = RefusalLine()
        self.panel.column.addWidget(self._trouble)
        self.panel.column.addWidget(self.form)
        buttons = self.panel.foot()
        buttons.addWidget(self.stay)
        buttons.addStretch()
        buttons.addWidget(self.save)
        self.setAccessibleName(title)
        self.form.saved.connect(self._on_save)
        self.form.left.connect(self.close_overlay)
        self.save.clicked.connect(lambda _checked: self._on_save())
        self.stay.clicked.connect(lambda _checked: self.close_overlay())

    def open(self) -> None:
        super().open()
        self.form.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_save(event):
            self._on_save()
            return
        super().keyPressEvent(event)

    def submit(self) -> None:
        """The person wants it done."""

    def run(self, action: Any, request: Any, done: Callable[[Any], None]) -> None:
        """Do it; a refusal stands under its field, a trouble above the form. Meanwhile nobody leaves: whoever did would
        not hear what came of it.
        """
        self._is_sent = True
        self.save.hold()

        def finished(value: Any) -> None:
            self._let_go()
            done(value)

        self._jobs.run(
            self, action, request, done=finished, refused=self._on_refused, trouble=self._on_trouble
        )

    def close_overlay(self) -> None:
        if not self._is_sent:
            super().close_overlay()

    def _let_go(self) -> None:
        self._is_sent = False
        self.save.setEnabled(True)

    def _on_save(self) -> None:
        if self.save.isEnabled():
            self._trouble.clear()
            self.submit()

    def _on_refused(self, refusal: Refusal) -> None:
        self._let_go()
        self.form.refuse(refusal)

    def _on_trouble(self, trouble: Trouble) -> None:
        """What was typed stays for another try."""
        self._let_go()
        self._trouble.say(sentence(trouble))
