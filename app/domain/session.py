"""The rule of a desk that nobody sits at (锁屏): after how long it locks by itself.

Source: at level 2 of classified protection a terminal locks when idle; ten minutes are our own [default].
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from app.domain.policies import Policy


class LockPolicy(Policy, frozen=True, kw_only=True):
    """``idle_minutes`` without key or mouse lock the window. It cannot be switched off."""

    name: ClassVar[str] = "session.lock"

    limits: ClassVar[Mapping[str, tuple[int, int]]] = {"idle_minutes": (1, 30)}

    idle_minutes: int = 10
