"""Recording (记下): what is typed becomes an order, or joins one; and is taken back while it is still fresh."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.actions.orders import (
    AskAgain,
    SubmitOrder,
    Submitted,
    ask_again,
    submit_order,
)
from app.domain.orders import Channel
from app.domain.problems import Problem
from app.sentences.categories import category_name
from app.words import _
from ui.jobs import Jobs
from ui.screens.intake.draft import Draft

PATIENCE_MS = 150
"""An answer that takes longer does not hold the next resident up: the form goes on, the number follows."""


@dataclass(frozen=True)
class Recorded:
    """``draft`` has become (a part of) an order; ``told`` says of what the number is."""

    draft: str
    told: str
    submitted: Submitted


@dataclass(frozen=True)
class Failed:
    draft: str
    problem: Problem


class Recording(QObject):
    """``late`` carries the draft whose answer is slow, ``taken_back`` what was typed of an order that is cancelled."""

    recorded = Signal(object)
    failed = Signal(object)
    late = Signal(str)
    taken_back = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._waited_for = ""
        self._fresh: tuple[str, Draft] | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(lambda: self.late.emit(self._waited_for))

    def submit(self, request: SubmitOrder, typed: Draft) -> None:
        draft = request.order
        who = (typed.beneficiary or typed.requester).said
        told = _("已记下：{who} {category}").format(who=who, category=category_name(request.category))

        def done(submitted: Submitted) -> None:
            self._done(Recorded(draft, told, submitted))
            self._fresh = (submitted.order, typed)

        failed = partial(self._failed, draft)
        self._jobs.run(self, submit_order, request, done=done, refused=failed, trouble=failed)
        self._waited_for = draft
        self._patience.start()

    def merge(self, order: str, draft: str, typed: Draft) -> None:
        """Join what is typed to an open order."""
        assert typed.requester.who is not None
        request = AskAgain(
            order=order,
            requester=typed.requester.who.id,
            channel=Channel(typed.channel),
            text=typed.what,
            draft=draft,
        )

        def done(submitted: Submitted) -> None:
            self._done(Recorded(draft, _("已并到原来的一单"), submitted))

        failed = partial(self._failed, draft)
        self._jobs.run(self, ask_again, request, done=done, refused=failed, trouble=failed)

    def give_back(self, order: str) -> bool:
        """This order was undone: what was typed of it stands there again, if it is the one that was just taken."""
        fresh, self._fresh = self._fresh, None
        if fresh is None or fresh[0] != order:
            return False
        self.taken_back.emit(fresh[1])
        return True

    def forget(self) -> None:
        """What was taken is another screen's to show from now on."""
        self._fresh = None

    def _done(self, recorded: Recorded) -> None:
        self._patience.stop()
        self._fresh = None
        self.recorded.emit(recorded)

    def _failed(self, draft: str, problem: Problem) -> None:
        self._patience.stop()
        self.failed.emit(Failed(draft, problem))
