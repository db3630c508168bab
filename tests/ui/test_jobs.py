"""Jobs with a real worker thread: where answers arrive, what is dropped, who hears about problems."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.domain.problems import BrokenOff, Refusal, Trouble
from app.domain.progress import Step, Tell
from ui.jobs import Jobs


class TooLate(Refusal):
    number: str


class DiskFull(Trouble):
    free_mb: int


@dataclass(frozen=True)
class Done:
    value: str
    changed: frozenset[str]


class Gate:
    """A job that waits until the test lets it go, and tells when it began."""

    def __init__(self) -> None:
        self.began = threading.Event()
        self.go = threading.Event()

    def __call__(self, desk: object, request: Any) -> Any:
        self.began.set()
        assert self.go.wait(10)
        return request


def submit(desk: list[str], request: str) -> Done:
    desk.append(request)
    return Done(f"kept {request}", frozenset({"orders"}))


def look(desk: list[str], query: str) -> tuple[str, str]:
    return query, threading.current_thread().name


@pytest.fixture
def desk() -> list[str]:
    return []


@pytest.fixture
def jobs(qtbot: QtBot, desk: list[str]) -> Iterator[Jobs]:
    line = Jobs(desk)
    yield line
    line.close()


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def test_an_action_runs_on_the_worker_and_tells_what_changed(
    qtbot: QtBot, jobs: Jobs, owner: QObject, desk: list[str]
) -> None:
    values: list[str] = []
    with qtbot.waitSignal(jobs.changed) as heard:
        jobs.run(owner, submit, "rice", done=values.append)
    assert (values, desk, heard.args) == (["kept rice"], ["rice"], [frozenset({"orders"})])


def test_a_reading_runs_on_the_worker_and_answers_on_the_ui_thread(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    heard: list[tuple[tuple[str, str], threading.Thread]] = []
    jobs.read(owner, look, "wang", done=lambda answer: heard.append((answer, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(("wang", "database worker"), threading.main_thread())]


def test_only_the_latest_reading_of_a_key_is_answered_and_waiting_ones_never_run(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    gate, ran, answers = Gate(), list[str](), list[str]()

    def suggest(desk: object, text: str) -> str:
        ran.append(text)
        return text

    jobs.read(owner, gate, "stale", done=answers.append, key="line")
    assert gate.began.wait(10)
    for text in ("w", "wa", "wan"):
        jobs.read(owner, suggest, text, done=answers.append, key="line")
    gate.go.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert (ran, answers) == (["wan"], ["wan"])


def test_readings_of_other_keys_and_owners_are_all_answered(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    other, answers = QObject(), list[Any]()
    jobs.read(owner, look, "a", done=answers.append, key="one")
    jobs.read(owner, look, "b", done=answers.append, key="two")
    jobs.read(other, look, "c", done=answers.append, key="one")
    qtbot.waitUntil(lambda: len(answers) == 3)
    assert [query for query, _ in answers] == ["a", "b", "c"]


def test_nothing_is_delivered_to_an_owner_that_is_gone_but_the_change_is_told(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    gate = Gate()
    jobs.read(owner, gate, "late", done=lambda _: pytest.fail("the owner is gone"))
    jobs.run(owner, submit, "rice", done=lambda _: pytest.fail("the owner is gone"))
    assert gate.began.wait(10)
    shiboken6.delete(owner)
    with qtbot.waitSignal(jobs.changed):
        gate.go.set()


def refuse(desk: object, request: str) -> Done:
    raise TooLate(number=request)


def stumble(desk: object, request: str) -> Done:
    raise DiskFull(free_mb=0)


def break_down(desk: object, request: str) -> Done:
    raise ZeroDivisionError(request)


@pytest.mark.parametrize(
    "action, kind, parameter", [(refuse, TooLate, "refused"), (stumble, DiskFull, "trouble")]
)
def test_a_problem_goes_to_whoever_takes_it(
    qtbot: QtBot,
    jobs: Jobs,
    owner: QObject,
    action: Callable[[object, str], Done],
    kind: type,
    parameter: str,
) -> None:
    taken: list[Any] = []
    takes: dict[str, Any] = {parameter: taken.append}
    jobs.run(owner, action, "0417-3K", done=lambda _: pytest.fail("not done"), **takes)
    qtbot.waitUntil(lambda: bool(taken))
    assert isinstance(taken[0], kind)


@pytest.mark.parametrize(
    "action, kind, signal",
    [(refuse, TooLate, "refused"), (stumble, DiskFull, "troubled"), (break_down, ZeroDivisionError, "broke")],
)
def test_a_problem_nobody_takes_is_told_to_the_window(
    qtbot: QtBot, jobs: Jobs, owner: QObject, action: Callable[[object, str], Done], kind: type, signal: str
) -> None:
    with qtbot.waitSignal(getattr(jobs, signal)) as heard:
        jobs.run(owner, action, "0417-3K", done=lambda _: pytest.fail("not done"))
    assert isinstance(heard.args[0], kind)


def test_a_trouble_is_met_whoever_tells_it(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    taken: list[Any] = []
    with qtbot.waitSignals([jobs.met, jobs.met]):
        jobs.run(owner, stumble, "x", done=lambda _: pytest.fail("not done"), trouble=taken.append)
        jobs.aside.run(owner, stumble, "x", done=lambda _: pytest.fail("not done"), trouble=taken.append)
    assert len(taken) == 2


def test_a_trouble_is_overcome_when_the_same_owner_has_done_it(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    met: list[Trouble] = []
    overcome: list[Trouble] = []
    another = QObject()
    has_room = False

    def save(desk: list[str], request: str) -> Done:
        return submit(desk, request) if has_room else stumble(desk, request)

    jobs.overcome.connect(overcome.append)
    for _ in range(2):
        with qtbot.waitSignal(jobs.met):
            jobs.run(owner, save, "x", done=lambda _: None, trouble=met.append)
    has_room = True
    for asking, action in ((owner, submit), (another, save)):
        with qtbot.waitSignal(jobs.changed):
            jobs.run(asking, action, "x", done=lambda _: None)
    assert overcome == []
    for _ in range(2):
        with qtbot.waitSignal(jobs.changed):
            jobs.run(owner, save, "x", done=lambda _: None)
    assert overcome == met


def test_the_troubles_of_who_is_gone_are_forgotten(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    gone = QObject()
    with qtbot.waitSignal(jobs.met) as heard:
        jobs.run(gone, stumble, "x", done=lambda _: pytest.fail("not done"))
    trouble = weakref.ref(heard.args.pop())
    shiboken6.delete(gone)
    with qtbot.waitSignal(jobs.changed):
        jobs.run(owner, submit, "x", done=lambda _: None)
    del gone
    gc.collect()
    assert trouble() is None


def test_whoever_waits_hears_of_a_bug_as_of_a_trouble(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    """What they had switched off until the answer comes is on again."""
    told: list[Trouble] = []

    def broken(_desk: object, _query: None) -> None:
        raise ZeroDivisionError

    jobs.met.connect(lambda _trouble: pytest.fail("the report tells it"))
    with qtbot.waitSignal(jobs.broke):
        jobs.read(owner, broken, None, done=lambda _: pytest.fail("not done"), trouble=told.append)
    assert [type(one) for one in told] == [BrokenOff]


def test_the_worker_survives_a_bug(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    values: list[str] = []
    with qtbot.waitSignals([jobs.broke, jobs.changed]):
        jobs.run(owner, break_down, "x", done=values.append)
        jobs.run(owner, submit, "rice", done=values.append)
    assert values == ["kept rice"]


def test_slow_work_is_told_after_a_while_and_its_end_too(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    gate = Gate()
    with qtbot.waitSignal(jobs.busy) as begun:
        jobs.read(owner, gate, "slow", done=lambda _: None)
    with qtbot.waitSignal(jobs.busy) as ended:
        gate.go.set()
    assert (begun.args, ended.args) == ([True], [False])


def test_quick_work_is_never_called_busy(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    answers: list[Any] = []
    with qtbot.assertNotEmitted(jobs.busy):
        jobs.read(owner, look, "quick", done=answers.append)
        qtbot.waitUntil(lambda: bool(answers))


def test_cancelling_drops_what_is_read_and_what_waits_to_be(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    gate, ran, answers = Gate(), list[int](), list[Any]()
    jobs.read(owner, gate, "long", done=lambda _: pytest.fail("it was cancelled"))
    jobs.read(owner, lambda _desk, _query: ran.append(1), None, done=lambda _: pytest.fail("it was, too"))
    assert gate.began.wait(10)
    jobs.cancel()
    gate.go.set()
    jobs.read(owner, look, "next", done=answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert ran == []


@pytest.mark.parametrize("is_promised", [False, True], ids=["only read", "something to do, too"])
def test_whoever_does_not_wait_any_more_is_not_told_to(
    qtbot: QtBot, jobs: Jobs, owner: QObject, is_promised: bool
) -> None:
    gate, told = Gate(), list[bool]()
    jobs.busy.connect(told.append)
    jobs.read(owner, gate, "long", done=lambda _: pytest.fail("it was cancelled"))
    if is_promised:
        jobs.run(owner, submit, "rice", done=lambda _: None)
    qtbot.waitUntil(lambda: told == [True])
    jobs.cancel()
    assert told == ([True] if is_promised else [True, False])
    gate.go.set()
    qtbot.waitUntil(jobs.is_resting)
    assert told == [True, False]


def test_an_action_is_done_and_told_in_spite_of_cancelling(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    gate, values = Gate(), list[str]()
    jobs.run(owner, gate, Done("committed", frozenset({"orders"})), done=values.append)
    jobs.run(owner, submit, "rice", done=values.append)
    assert gate.began.wait(10)
    jobs.cancel()
    gate.go.set()
    qtbot.waitUntil(lambda: values == ["committed", "kept rice"])


def test_nothing_is_read_of_a_desk_that_is_left(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    gate, answers = Gate(), list[Any]()
    jobs.run(owner, gate, Done("left", frozenset()), done=answers.append, leaves=True)
    jobs.read(owner, look, "late", done=lambda _: pytest.fail("nobody is there"))
    jobs.run(owner, submit, "promised", done=answers.append)
    gate.go.set()
    qtbot.waitUntil(jobs.is_resting)
    assert answers == ["left", "kept promised"]
    jobs.serve(["another"])
    jobs.read(owner, lambda desk, _query: desk, None, done=answers.append)
    qtbot.waitUntil(lambda: answers[-1] == ["another"])


def test_closing_finishes_what_runs_and_every_promised_action(
    qtbot: QtBot, owner: QObject, desk: list[str]
) -> None:
    jobs, gate, read = Jobs(desk), Gate(), list[int]()
    jobs.run(owner, gate, Done("", frozenset()), done=lambda _: None)
    jobs.read(owner, lambda _desk, _query: read.append(1), None, done=lambda _: None)
    jobs.run(owner, submit, "rice", done=lambda _: None)
    assert gate.began.wait(10)
    threading.Timer(0.05, gate.go.set).start()
    jobs.close()
    assert (desk, read) == (["rice"], [])


def long_work(desk: list[str], query: Gate, tell: Tell) -> str:
    """Tells that it began, waits, and goes on telling until it is done or stopped."""
    tell(Step.COPY, 0, 2)
    query(desk, None)
    tell(Step.COPY, 1, 2)
    return threading.current_thread().name


class TestBesideTheWork:
    def test_it_tells_how_far_it_is_while_the_work_goes_on(
        self, jobs: Jobs, owner: QObject, qtbot: QtBot
    ) -> None:
        gate = Gate()
        answers: list[str] = []
        told: list[tuple[Step, int, int]] = []
        jobs.aside.read_long(owner, long_work, gate, done=answers.append, told=lambda *far: told.append(far))
        jobs.run(owner, submit, "while it runs", done=answers.append)
        qtbot.waitUntil(lambda: answers == ["kept while it runs"])
        qtbot.waitUntil(lambda: told == [(Step.COPY, 0, 2)])
        gate.go.set()
        qtbot.waitUntil(lambda: len(answers) == 2)
        assert answers[1] == "database worker"

    def test_stopped_it_says_nothing_more(self, jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
        gate = Gate()
        answers: list[Any] = []
        jobs.aside.read_long(owner, long_work, gate, done=answers.append, refused=answers.append)
        assert gate.began.wait(10)
        jobs.aside.cancel()
        gate.go.set()
        jobs.aside.read(owner, look, "afterwards", done=answers.append)
        qtbot.waitUntil(lambda: [answer[0] for answer in answers] == ["afterwards"])

    def test_stopped_by_one_it_goes_on_for_another(self, jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
        gate, other = Gate(), QObject()
        answers: list[Any] = []
        jobs.aside.read_long(other, long_work, gate, done=answers.append)
        jobs.aside.read(owner, look, "stopped", done=lambda _: pytest.fail("it was cancelled"))
        assert gate.began.wait(10)
        jobs.aside.cancel(owner)
        gate.go.set()
        qtbot.waitUntil(lambda: len(answers) == 1)
        qtbot.waitUntil(jobs.aside.is_resting)

    def test_closing_stops_it_first(self, jobs: Jobs, owner: QObject) -> None:
        gate = Gate()
        answers: list[str] = []
        jobs.aside.read_long(owner, long_work, gate, done=answers.append)
        assert gate.began.wait(10)
        gate.go.set()
        jobs.close_aside()
        assert answers == []
        jobs.aside.read_long(owner, long_work, gate, done=answers.append)

    def test_its_problems_are_heard_like_those_of_the_work(
        self, jobs: Jobs, owner: QObject, qtbot: QtBot
    ) -> None:
        def fail(_desk: object, _query: None, _tell: Tell) -> Trouble:
            raise DiskFull(free_mb=3)

        heard: list[Trouble] = []
        jobs.troubled.connect(heard.append)
        jobs.aside.read_long(owner, fail, None, done=heard.append)
        qtbot.waitUntil(lambda: len(heard) == 1)
        jobs.aside.read_long(owner, fail, None, done=heard.append, trouble=lambda it: heard.append(it))
        qtbot.waitUntil(lambda: len(heard) == 2)

    def test_it_serves_the_desk_that_was_opened_later(self, jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
        answers: list[object] = []
        assert jobs.aside is jobs.aside
        jobs.serve("opened")
        jobs.aside.read(owner, lambda desk, _query: desk, None, done=answers.append)
        qtbot.waitUntil(lambda: answers == ["opened"])


class Asking(QObject):
    """Who asked: a widget in a cycle, as most of them are. ``ended_on`` tells which thread let go of it."""

    def __init__(self, ended_on: list[str]) -> None:
        super().__init__()
        self.itself: Asking | None = self
        weakref.finalize(self, lambda: ended_on.append(threading.current_thread().name))


def test_who_asked_ends_on_the_ui_thread_however_busy_the_worker_is(qtbot: QtBot, jobs: Jobs) -> None:
    ended_on: list[str] = []
    answers: list[int] = []

    def make_garbage(_desk: object, _query: None) -> int:
        for _ in range(20 * gc.get_threshold()[0]):
            kept: list[object] = []
            kept.append(kept)
        return len(ended_on)

    asking = Asking(ended_on)
    jobs.read(asking, make_garbage, None, done=answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    del asking
    jobs.read(jobs, make_garbage, None, done=answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2)
    gc.collect()
    assert ended_on == [threading.main_thread().name]


def test_a_job_that_was_told_is_let_go_of_at_once_and_on_the_ui_thread(qtbot: QtBot, jobs: Jobs) -> None:
    ended_on: list[str] = []
    answers: list[tuple[str, str]] = []
    asking = Asking(ended_on)
    asking.itself = None
    jobs.read(asking, look, "0417", done=answers.append)
    del asking
    qtbot.waitUntil(lambda: bool(ended_on))
    assert ended_on == [threading.main_thread().name]
