"""Something that takes long, seen from a section (进度): what is being done, 取消, and afterwards what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.problems import Problem
from app.domain.progress import Step
from app.sentences import sentence
from app.sentences.backups import step_words
from app.words import _
from ui.jobs import Jobs
from ui.parts.buttons import Button
from ui.parts.form import RefusalLine
from ui.parts.scrolling import keep_in_view
from ui.parts.text import Paragraph, Text


class LongWork(QWidget):
    """One thing at a time, beside the work. ``busy`` says when it begins and ends, for the buttons that begin it."""

    busy = Signal(bool)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._before: QWidget | None = None  # what had the focus when it began
        self.progress = Text("", "body", "secondary", wrap=True)
        self.stop = Button(_("取消"))
        self.result, self.failure = Paragraph(), RefusalLine("body")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.progress, 1)
        line.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.result)
        column.addWidget(self.failure)
        self.stop.clicked.connect(lambda _checked: self._stop())
        # Whatever is shown while it stands nowhere yet is a window of its own.
        for part in (self.progress, self.stop, self.result, self.failure, self):
            part.hide()

    def run(
        self,
        work: Any,
        *,
        words: Callable[[Any], str],
        is_well: Callable[[Any], bool],
        done: Callable[[], None] = lambda: None,
    ) -> None:
        """Do ``work(desk, None, tell)``; ``words`` says what came of it, and ``is_well`` whether it is as it should
        be. ``done`` is called whatever came of it: also what went wrong may be known elsewhere from now on.
        """
        self.say("")
        self._show(is_busy=True)
        self.progress.setText(_("请稍等…"))

        def finish(answer: Any) -> None:
            self._show(is_busy=False)
            self.say(words(answer), is_trouble=not is_well(answer))
            done()

        def fail(problem: Problem) -> None:
            self._show(is_busy=False)
            self.say(sentence(problem), is_trouble=True)
            done()

        self._jobs.aside.read_long(
            self,
            work,
            None,
            done=finish,
            told=self._on_told,
            trouble=fail,
            refused=fail,
        )

    def say(self, words: str, *, is_trouble: bool = False) -> None:
        """In a low window it is scrolled to: it may be what somebody must know."""
        self.failure.clear()
        self.result.hide()
        if words and is_trouble:
            self.failure.say(words)
        elif words:
            self.result.set_sentence(words)
            self.result.show()
        self.setVisible(bool(words) or not self.stop.isHidden())
        if words:
            QTimer.singleShot(0, self, partial(keep_in_view, self))  # it has its height only after the layout

    def _stop(self) -> None:
        self._jobs.aside.cancel(self)  # a backup that is made there by itself goes on
        self._show(is_busy=False)
        self.say(_("停下了，什么都没有改动。"))

    def _on_told(self, step: Step, done: int, total: int) -> None:
        if self.stop.isVisible():
            self.progress.setText(step_words(step, done, total))

    def _show(self, *, is_busy: bool) -> None:
        """The focus goes to 取消 and back by itself: Qt would give it to whatever stands next, and scroll there."""
        self._show_parts(is_busy or self.stop.isVisible())
        if is_busy:
            self._before = self.window().focusWidget()
            self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        had_focus = self.window().focusWidget() is self.stop
        self.busy.emit(is_busy)
        if not is_busy and had_focus and self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_parts(is_busy)

    def _show_parts(self, is_busy: bool) -> None:
        self.progress.setVisible(is_busy)
        self.stop.setVisible(is_busy)
        self.setVisible(is_busy or not (self.result.isHidden() and self.failure.isHidden()))
