"""The interpreter's own pauses (停顿), kept shorter than a frame while the window and the worker share it.

Whoever wants the interpreter waits until the other thread's turn is over, and a full collection walks every object
there is: both could hold a frame up for many times its length.
"""

from __future__ import annotations

import gc
import sys

_TURN_S = 0.0005
_COLLECT_AFTER_WHILE_STARTING = 100_000
_USUAL = gc.get_threshold()[0]


def begin() -> None:
    """At the start: short turns, and few collections, for nearly all that modules make is there to stay."""
    sys.setswitchinterval(_TURN_S)
    gc.set_threshold(_COLLECT_AFTER_WHILE_STARTING, *gc.get_threshold()[1:])


def settle() -> None:
    """When everything is loaded: it stays until the end, so it is not walked again."""
    if gc.get_freeze_count() == 0:
        gc.freeze()
        gc.set_threshold(_USUAL, *gc.get_threshold()[1:])
