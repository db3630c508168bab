"""What the day promises (说到做到): the first thing that is not as promised ends it with a clear line."""

from __future__ import annotations

from typing import Any


class NotAsPromised(Exception):
    """The program did not do what this day says it does; the message says what was expected."""


def promise(is_kept: object, said: str, /, **seen: Any) -> None:
    """End the day unless ``is_kept``; ``seen`` is told along."""
    if not is_kept:
        told = "，".join(f"{name} = {value!r}" for name, value in seen.items())
        raise NotAsPromised(f"{said}（{told}）" if told else said)
