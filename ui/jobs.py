"""Work for the database (后台任务): one worker thread; answers come back on the UI thread, while their owner lives.

``run`` is for actions, ``read`` for readings. What takes long beside the work (backups, self-checks) goes to a second
line, ``aside``, with ``read_long``, which tells how far it is and can be stopped. Nothing here knows a noun, a screen
or SQL. How problems look is the window's business: it listens to ``refused``, ``troubled``, ``overcome`` and ``broke``;
whoever keeps a log hears ``met``.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.problems import BrokenOff, Refusal, Trouble
from app.domain.progress import Step, Stopped, Tell
from ui import pauses

BUSY_AFTER_MS = 300
_TELL_EVERY_S = 0.1

D = TypeVar("D")
Q = TypeVar("Q")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Changes(Protocol[T_co]):
    """What an action answers: its value, and the nouns whose tables it changed."""

    @property
    def value(self) -> T_co: ...

    @property
    def changed(self) -> frozenset[str]: ...


@dataclass(eq=False)
class _Job:
    owner: QObject
    work: Callable[[], Any]
    done: Callable[[Any], None]
    refused: Callable[[Refusal], None] | None = None
    trouble: Callable[[Trouble], None] | None = None
    key: object = None
    is_action: bool = False
    leaves: bool = False
    action: object = None  # whose trouble is over when the same owner's next one is done
    unwanted: threading.Event = field(default_factory=threading.Event)
    answer: Any = None
    problem: BaseException | None = None
    told: Callable[[Step, int, int], None] | None = None
    progress: tuple[Step, int, int] | None = None


class Jobs(QObject):
    """The line of jobs before one worker. ``desk`` is handed to every action and reading as its first argument."""

    changed = Signal(object)  # frozenset[str]: nouns
    refused = Signal(object)  # Refusal nobody took
    troubled = Signal(object)  # Trouble nobody took
    met = Signal(object)  # Trouble, whoever tells it
    overcome = Signal(object)  # Trouble that has hindered what is done now
    broke = Signal(object)  # BaseException: our bug
    busy = Signal(bool)  # something has been waited for longer than 300 ms
    rested = Signal()  # everything that was asked for has been answered

    _arrived = Signal()  # from the worker to the UI thread: one more has ended
    _came_on = Signal(object)  # _Job, likewise, while it runs

    def __init__(self, desk: object) -> None:
        super().__init__()
        self._desk = desk
        self._waiting: deque[_Job] = deque()
        self._ended: deque[_Job] = deque()
        self._running: _Job | None = None
        self._undelivered = 0
        self._closing = False
        self._is_left = False  # nothing can be read of the desk any more
        self._turn = threading.Condition()
        self._newest: dict[tuple[int, object], _Job] = {}
        self._hindered: dict[tuple[QObject, object], list[Trouble]] = {}
        self._is_busy = False
        self._busy_timer = QTimer(self, singleShot=True, interval=BUSY_AFTER_MS)
        self._busy_timer.timeout.connect(self._say_busy)
        self._arrived.connect(self._deliver)
        self._came_on.connect(_tell_progress)
        self._aside: Jobs | None = None
        self._collector = pauses.Collector(self)
        # A daemon: a program that dies before ``close`` must not stay behind as a process that holds the database.
        self._worker = threading.Thread(target=self._work, name="database worker", daemon=True)
        self._worker.start()

    def serve(self, desk: object) -> None:
        """Hand ``desk`` to whatever is asked for from now on: a station was opened, or left."""
        self._desk, self._is_left = desk, False
        if self._aside is not None:
            self._aside.serve(desk)

    @property
    def aside(self) -> Jobs:
        """A second line with a worker of its own, beside the work, for what takes long and waits for nothing here."""
        if self._aside is None:
            self._aside = Jobs(self._desk)
            self._aside.refused.connect(self.refused)
            self._aside.troubled.connect(self.troubled)
            self._aside.met.connect(self.met)
            self._aside.broke.connect(self.broke)
        return self._aside

    def run(
        self,
        owner: QObject,
        action: Callable[[Any, Q], Changes[T]],
        request: Q,
        *,
        done: Callable[[T], None],
        refused: Callable[[Refusal], None] | None = None,
        trouble: Callable[[Trouble], None] | None = None,
        leaves: bool = False,
    ) -> None:
        """Do ``action(desk, request)`` and give ``done`` its value; afterwards ``changed`` tells what it changed. One
        that ``leaves`` the desk is the last that is done there: readings behind it are dropped.
        """
        self._queue(
            _Job(
                owner,
                lambda: action(self._desk, request),
                done,
                refused,
                trouble,
                is_action=True,
                leaves=leaves,
                action=action,
            ),
        )

    def read(
        self,
        owner: QObject,
        reading: Callable[[Any, Q], T],
        query: Q,
        *,
        done: Callable[[T], None],
        refused: Callable[[Refusal], None] | None = None,
        trouble: Callable[[Trouble], None] | None = None,
        key: object = None,
    ) -> None:
        """Give ``done`` the answer of ``reading(desk, query)``.

        Only the newest reading of one owner under one key (the reading itself unless given) is answered: older ones
        that still wait never run, and their late answers are dropped.
        """
        if self._closing:
            return  # the last answers may still tell screens to look again
        job = _Job(owner, lambda: reading(self._desk, query), done, refused, trouble, key=key or reading)
        place = (id(owner), job.key)
        older = self._newest.get(place)
        if older is not None:
            older.unwanted.set()
        self._newest[place] = job
        self._queue(job)

    def read_long(
        self,
        owner: QObject,
        reading: Callable[[Any, Q, Tell], T],
        query: Q,
        *,
        done: Callable[[T], None],
        told: Callable[[Step, int, int], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
        trouble: Callable[[Trouble], None] | None = None,
    ) -> None:
        """Like ``read``, and never two of a kind: ``told`` hears how far it is, and ``cancel`` ends it early."""
        if self._closing:
            return
        job = _Job(owner, lambda: reading(self._desk, query, tell), done, refused, trouble, told=told)
        tell = self._teller(job)
        self._queue(job)

    def _teller(self, job: _Job) -> Tell:
        next_at_s = 0.0

        def tell(step: Step, done: int, total: int) -> None:
            nonlocal next_at_s
            if job.unwanted.is_set() or self._closing:
                raise Stopped
            now_s = time.monotonic()
            if job.told is not None and now_s >= next_at_s and shiboken6.isValid(self):
                next_at_s = now_s + _TELL_EVERY_S
                job.progress = (step, done, total)
                self._came_on.emit(job)

        return tell

    def cancel(self, owner: QObject | None = None) -> None:
        """Drop the readings, or those of ``owner``: those that wait never run, the one that runs is not answered, and
        nobody waits for it any more. Actions were promised.
        """
        with self._turn:
            under_way = [*self._waiting, *([self._running] if self._running else [])]
            readings = [job for job in under_way if not job.is_action and owner in (None, job.owner)]
        for job in readings:
            job.unwanted.set()
        if readings == under_way:
            self._busy_timer.stop()
            self._say_idle()

    def close_aside(self) -> None:
        """Stop what runs aside; the line begins anew when it is asked for again."""
        if self._aside is not None:
            self._aside.close()
            self._aside = None

    def is_resting(self) -> bool:
        """Whether nothing is waited for."""
        return not self._undelivered

    def is_closed(self) -> bool:
        """Whether nothing can be queued any more."""
        return self._closing

    def close(self) -> None:
        """Finish the running job and the actions that wait, drop the readings, and end the worker. What runs aside is
        stopped first, for it uses what the last action frees.
        """
        self.close_aside()
        with self._turn:
            self._closing = True
            for job in self._waiting:
                if not job.is_action:
                    job.unwanted.set()
            self._turn.notify()
        self._worker.join()
        self._busy_timer.stop()
        self._collector.stop()

    def _queue(self, job: _Job) -> None:
        with self._turn:
            assert not self._closing, "a job came after the line was closed"
            self._waiting.append(job)
            self._undelivered += 1
            self._turn.notify()
        if not self._busy_timer.isActive() and not self._is_busy:
            self._busy_timer.start()

    # --- on the worker thread

    def _work(self) -> None:
        while self._do_next():
            if shiboken6.isValid(self):
                self._arrived.emit()

    def _do_next(self) -> bool:
        """Do the next job; False when the line is closed. Once it has returned the job belongs to the UI thread alone:
        who asked is a widget, and must not end here because the last hold on it was let go of here.
        """
        job = self._next()
        if job is None:
            return False
        if self._is_left and not job.is_action:
            job.unwanted.set()
        if not _is_dropped(job):
            _try(job)
        with self._turn:
            self._is_left |= job.leaves and job.problem is None
            self._running = None
            self._ended.append(job)
        return True

    def _next(self) -> _Job | None:
        with self._turn:
            while not self._waiting and not self._closing:
                self._turn.wait()
            if not self._waiting:
                return None
            self._running = self._waiting.popleft()
            return self._running

    # --- on the UI thread

    def _deliver(self) -> None:
        job = self._ended.popleft()
        self._undelivered -= 1
        self._settle_busy()
        place = (id(job.owner), job.key)
        if self._newest.get(place) is job:
            del self._newest[place]
        self._settle_troubles(job)
        self._tell(job)
        if job.is_action and job.problem is None:
            self.changed.emit(job.answer.changed)
        if not self._undelivered:
            self.rested.emit()

    def _settle_troubles(self, job: _Job) -> None:
        """Keep what hinders an action until it is done after all, or nobody is there any more who would do it."""
        if not job.is_action:
            return
        place = (job.owner, job.action)
        if isinstance(job.problem, Trouble):
            self._hindered.setdefault(place, []).append(job.problem)
        elif job.problem is None:
            for trouble in self._hindered.pop(place, ()):
                self.overcome.emit(trouble)
        for gone in [one for one in self._hindered if not shiboken6.isValid(one[0])]:
            del self._hindered[gone]

    def _tell(self, job: _Job) -> None:
        if job.unwanted.is_set():
            return
        problem = job.problem
        if problem is None:
            if shiboken6.isValid(job.owner):
                job.done(job.answer.value if job.is_action else job.answer)
        elif isinstance(problem, Refusal):
            self._tell_problem(job, problem, job.refused, self.refused)
        elif isinstance(problem, Trouble):
            self.met.emit(problem)
            self._tell_problem(job, problem, job.trouble, self.troubled)
        else:
            self.broke.emit(problem)
            if job.trouble is not None and shiboken6.isValid(job.owner):
                job.trouble(BrokenOff())

    def _tell_problem(
        self, job: _Job, problem: Any, wanted: Callable[[Any], None] | None, otherwise: Any
    ) -> None:
        if wanted is not None and shiboken6.isValid(job.owner):
            wanted(problem)
        elif wanted is None or isinstance(problem, Trouble):
            otherwise.emit(problem)

    def _settle_busy(self) -> None:
        self._busy_timer.stop()
        if self._undelivered:
            self._busy_timer.start()
        else:
            self._say_idle()

    def _say_idle(self) -> None:
        if self._is_busy:
            self._is_busy = False
            self.busy.emit(False)

    def _say_busy(self) -> None:
        if self._undelivered and not self._is_busy:
            self._is_busy = True
            self.busy.emit(True)


def _tell_progress(job: _Job) -> None:
    if job.told is not None and job.progress is not None and shiboken6.isValid(job.owner):
        job.told(*job.progress)


def _is_dropped(job: _Job) -> bool:
    return not job.is_action and (job.unwanted.is_set() or not shiboken6.isValid(job.owner))


def _try(job: _Job) -> None:
    """Keep whatever happens beside the job: the worker itself never dies."""
    try:
        job.answer = job.work()
    except BaseException as problem:  # noqa: BLE001 - told on the UI thread
        job.problem = problem
