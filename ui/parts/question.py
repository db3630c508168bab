"""Questions (询问): in the window, never a dialog; every answer says what it does, and some ask why.

``ask(self, Question("不办这一单了？", ..., answers=(Answer(...), ...)), answered=self.on_answer)``.
Esc answers nothing. ``ask_and_do`` records what was answered, and loses no word of it when that fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.problems import Problem, Refusal
from app.sentences import sentence
from app.words import _
from ui.jobs import Jobs
from ui.parts import keys
from ui.parts.buttons import Button, ButtonKind
from ui.parts.chips import Chips
from ui.parts.fields import TextArea
from ui.parts.form import RefusalLine
from ui.parts.overlay import Overlay
from ui.parts.scrolling import keep_in_view
from ui.parts.text import Paragraph, Text


@dataclass(frozen=True)
class Answer:
    """``does`` says in a sentence what happens; ``value`` is what ``answered`` is told."""

    text: str
    value: str
    does: str = ""
    kind: ButtonKind = "plain"


@dataclass(frozen=True)
class Question:
    """``reasons`` not None: the reason is asked, these are offered as chips and other words can be typed."""

    title: str
    answers: tuple[Answer, ...]
    sentence: str = ""
    reasons: tuple[str, ...] | None = None
    stay: str = ""


@dataclass(frozen=True)
class Answered:
    value: str
    reason: str = ""


@dataclass(frozen=True)
class Deed:
    """What an answer starts: ``action(desk, request)``; ``done`` is given its value."""

    action: Callable[[Any, Any], Any]
    request: object
    done: Callable[[Any], None]


class QuestionOverlay(Overlay):
    """``stays``: it is closed by whoever asked, once what was answered is done."""

    answered = Signal(object)

    def __init__(self, host: QWidget, question: Question, *, stays: bool = False) -> None:
        super().__init__(host, width=560)
        self.question, self._stays = question, stays
        column = self.panel.column
        column.addWidget(Text(question.title, "section", bold=True, wrap=True))
        if question.sentence:
            column.addWidget(Paragraph(question.sentence))
        self._chips: Chips[str] | None = None
        self._words: TextArea | None = None
        self._refusal = RefusalLine()
        self._buttons: list[Button] = []
        if question.reasons is not None:
            self._add_reasons(question.reasons)
        column.addWidget(self._refusal)
        answers = QVBoxLayout()
        answers.setSpacing(12)
        self.panel.foot().addLayout(answers)
        for answer in question.answers:
            answers.addLayout(self._line(answer))
        widest = max(button.sizeHint().width() for button in self._buttons)
        for button in self._buttons:
            button.setMinimumWidth(widest)
        self.stay = Button(question.stay or _("先不"), kind="quiet", key="Esc")
        self.stay.clicked.connect(lambda _checked: self.close_overlay())
        answers.addWidget(self.stay, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(question.title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_save(event) and len(self.question.answers) == 1:
            self._give(self.question.answers[0])
            return
        if keys.is_enter(event) and self._chips is not None and self._chips.isAncestorOf(self.focusWidget()):
            self._take_reason(self._chips)
            return
        super().keyPressEvent(event)

    def _take_reason(self, chips: Chips[str]) -> None:
        """Enter takes the reason it stands on and goes on to the answer, which a second Enter gives."""
        if chips.is_empty():
            chips.next()
        self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_reasons(self, reasons: tuple[str, ...]) -> None:
        column = self.panel.column
        if reasons:
            self._chips = Chips([(reason, reason) for reason in reasons], name=_("原因"))
            self._chips.edited.connect(self._refusal.clear)
            column.addWidget(self._chips)
        self._words = TextArea(_("别的原因") if reasons else _("什么原因"))
        self._words.edited.connect(self._refusal.clear)
        column.addWidget(self._words)

    def _line(self, answer: Answer) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        button = Button(answer.text, kind=answer.kind)
        button.clicked.connect(lambda _checked: self._give(answer))
        self._buttons.append(button)
        line.addWidget(button)
        line.addWidget(Paragraph(answer.does, "secondary", "secondary"), 1, Qt.AlignmentFlag.AlignVCenter)
        return line

    def _give(self, answer: Answer) -> None:
        reason = self._reason()
        if self.question.reasons is not None and not reason:
            self._refuse(_("请先选一个原因，或者写一句。"))
            return
        if not self._stays:
            self.close_overlay()
        elif not self._buttons[0].isEnabled():
            return  # one press, one deed
        self._set_waiting(True)
        self.answered.emit(Answered(answer.value, reason))

    def say(self, problem: Problem) -> None:
        """It could not be done; what was typed stays for another try."""
        self._set_waiting(False)
        self._refuse(sentence(problem))

    def _refuse(self, words: str) -> None:
        self._refusal.say(words)
        # It has just appeared: it has its place only after the layout.
        QTimer.singleShot(0, self._refusal, partial(keep_in_view, self._refusal))

    def _set_waiting(self, waits: bool) -> None:
        for button in self._buttons:
            if waits:
                button.hold()
            else:
                button.setEnabled(True)

    def _reason(self) -> str:
        typed = self._words.value() if self._words is not None else ""
        chosen = (self._chips.value() or "") if self._chips is not None else ""
        return _("：").join(part for part in (chosen, typed) if part)


def ask(host: QWidget, question: Question, answered: Callable[[Answered], None]) -> QuestionOverlay:
    """Ask over ``host``'s window; ``answered`` is called with the answer, or never."""
    overlay = QuestionOverlay(host, question)
    overlay.answered.connect(answered)
    overlay.open()
    return overlay


def ask_and_do(
    host: QWidget, jobs: Jobs, question: Question, deed: Callable[[Answered], Deed]
) -> QuestionOverlay:
    """Ask, and do what ``deed`` makes of the answer. The question stands until it is done: why not is said in it."""
    overlay = QuestionOverlay(host, question, stays=True)

    def answered(answer: Answered) -> None:
        it = deed(answer)

        def done(value: Any) -> None:
            if shiboken6.isValid(overlay):
                overlay.close_overlay()
            it.done(value)

        jobs.run(host, it.action, it.request, done=done, refused=failed, trouble=failed)

    def failed(problem: Problem) -> None:
        if shiboken6.isValid(overlay):
            overlay.say(problem)
        else:  # left by Esc meanwhile
            (jobs.refused if isinstance(problem, Refusal) else jobs.troubled).emit(problem)

    overlay.answered.connect(answered)
    overlay.open()
    return overlay
