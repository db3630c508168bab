"""Saying what is the matter with the log of facts (日志), and what the self-check (自检) found."""

from __future__ import annotations

from app.sentences import says
from app.storage.log import ChainBroken, ObjectFromNewerVersion
from app.storage.selfcheck import ChainDifference, Difference, PartDifference, SelfCheck
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


def self_check_words(it: SelfCheck) -> str:
    """What the self-check looked at and found, as one short paragraph."""
    looked = _("查了 {facts} 条记录、{tables} 张表、{rows} 行，每秒 {rate} 条").format(
        facts=f"{it.facts:,}", tables=it.tables, rows=f"{it.rows:,}", rate=f"{it.facts_per_second:,}"
    )
    if it.first is None:
        return _("{looked}，全部对得上。").format(looked=looked)
    return _("{looked}，有 {count} 处对不上。第一处：{first}。请先备份，再联系维护人员。").format(
        looked=looked, count=it.differences, first=_difference(it.first)
    )


def _difference(it: Difference) -> str:
    if isinstance(it, ChainDifference):
        return _("设备 {device} 的第 {seq} 条记录不是原样").format(device=it.device[-6:], seq=it.seq)
    if isinstance(it, PartDifference):
        return _("记录 {fact} 的个人信息不是原样").format(fact=it.fact)
    key = "/".join(str(value) for value in it.key)
    if not it.columns:
        return _("表 {table} 缺了或多了一行 {key}").format(table=it.table, key=key)
    return _("表 {table} 的 {key} 行，{columns} 和记录不一致").format(
        table=it.table, key=key, columns=_("、").join(it.columns)
    )
