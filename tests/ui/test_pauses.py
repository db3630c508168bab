"""The interpreter's pauses: turns shorter than a frame, and what is loaded is not walked again and again."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import pytest

from ui import pauses

FRAME_S = 0.016


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    turn_s, thresholds = sys.getswitchinterval(), gc.get_threshold()
    gc.unfreeze()
    yield
    sys.setswitchinterval(turn_s)
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def test_a_thread_never_waits_a_whole_frame_for_its_turn() -> None:
    pauses.begin()
    assert sys.getswitchinterval() < FRAME_S / 10


def test_what_is_loaded_when_somebody_sits_down_is_not_walked_again() -> None:
    usual = gc.get_threshold()
    pauses.begin()
    assert gc.get_threshold() > usual
    pauses.settle()
    assert gc.get_threshold() == usual
    settled = gc.get_freeze_count()
    assert settled > 0
    later: list[list[object]] = [[] for _ in range(1_000)]
    pauses.settle()
    assert gc.get_freeze_count() <= settled, len(later)
