"""New ids: UUIDv7 as 32 hexadecimal digits, made where the thing is made, before anything is sent."""

from __future__ import annotations

import os
import threading
import time

from app.facts import Id

_last = 0
_lock = threading.Lock()


def new_id() -> Id:
    """A UUIDv7 (RFC 9562) whose values rise within this process, even when the clock stands or steps back."""
    global _last
    random = int.from_bytes(os.urandom(10))
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | 0x7 << 76 | (random >> 68) << 64 | 0b10 << 62 | (random & ((1 << 62) - 1))
    with _lock:
        if value <= _last:
            value = _last + 1
        _last = value
    return f"{value:032x}"
