"""The interpreter's own pauses (停顿), kept shorter than a frame while the window and the worker share it.

Whoever wants the interpreter waits until the other thread's turn is over, and a full collection walks every object
there is: both could hold a frame up for many times its length.

What is collected may be a widget, and a widget that ends on another thread than the UI's waits for the interpreter
with a lock of Qt's in its hand, while the UI waits for that lock with the interpreter in its: both stand still for
ever. So, as long as there are workers, garbage is collected on the UI thread alone.
"""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QObject, QTimer

_TURN_S = 0.0005
_COLLECT_AFTER_WHILE_STARTING = 100_000
_USUAL = gc.get_threshold()[0]
_LOOK_EVERY_MS = 200

_is_settled = False


def begin() -> None:
    """At the start: short turns, and few collections, for nearly all that modules make is there to stay."""
    global _is_settled
    _is_settled = False
    sys.setswitchinterval(_TURN_S)
    gc.set_threshold(_COLLECT_AFTER_WHILE_STARTING, *gc.get_threshold()[1:])


def settle() -> None:
    """When everything is loaded: it stays until the end, so it is not walked again. Once is enough; whether it was
    done cannot be asked of the interpreter, as that of Python 3.12 keeps objects of its own apart from the start.
    """
    global _is_settled
    if not _is_settled:
        gc.freeze()
        gc.set_threshold(_USUAL, *gc.get_threshold()[1:])
        _is_settled = True


def is_settled() -> bool:
    return _is_settled


class Collector(QObject):
    """Collects garbage on the thread it was made on, the UI's; while one is at work, no other thread does."""

    _at_work = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        Collector._at_work += 1
        gc.disable()
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        """The worker has ended."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        Collector._at_work -= 1
        if Collector._at_work == 0:
            gc.enable()

    def _look(self) -> None:
        """As the interpreter does it: the oldest generation of which enough has come."""
        for generation, (count, enough) in reversed(
            list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))
        ):
            if count > enough:
                gc.collect(generation)
                return
