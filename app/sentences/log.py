"""Saying what is the matter with the log of facts (日志)."""

from __future__ import annotations

from app.sentences import says
from app.storage.log import ChainBroken, ObjectFromNewerVersion
from app.words import _


@says(ObjectFromNewerVersion)
def _from_newer_version(it: ObjectFromNewerVersion) -> str:
    return _("这一项由新版程序处理过，这里只能看。请升级本机的程序")


@says(ChainBroken)
def _chain_broken(it: ChainBroken) -> str:
    return _(
        "收到的记录和前面的接不上，这一批没有收下。请联系县中心核对（设备 {device}，第 {seq} 条）"
    ).format(device=it.device[-6:], seq=it.seq)


def from_newer_program_words() -> str:
    """Stands in a history for a fact that this program cannot read."""
    return _("由新版程序记下，升级后可以看到")
