"""Sitting at the desk (登录和锁屏) in words."""

from __future__ import annotations

from app.domain.session import LockPolicy
from app.sentences import calls
from app.words import N_

calls(
    LockPolicy,
    N_("没人时自动锁上"),
    N_("离开不用记着锁。锁上以后输口令就回到原来的地方，写了一半的都在。"),
    {"idle_minutes": N_("{value} 分钟没人动键盘和鼠标就锁上")},
)
