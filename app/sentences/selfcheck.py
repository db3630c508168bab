"""What the self-check (自检) found, in words, and what to do when something differs."""

from __future__ import annotations

from app.actions.selfcheck import Checked
from app.domain.moments import full_date, say_exactly
from app.sentences import sentence
from app.storage.chains import ChainDifference, PartDifference
from app.storage.selfcheck import Difference, SelfCheck
from app.words import _


def checked_words(it: Checked) -> tuple[str, ...]:
    """All of it, a sentence or two each: what was found, how the backup is, and what to do when something differs."""
    parts = [self_check_words(it.log_and_tables), _backup_words(it)]
    if it.log_and_tables.can_be_repaired:
        parts.append(_("记录本身完好，表可以按记录重新整理，请管理员来点。"))
    elif not it.log_and_tables.is_log_whole:
        parts.append(_what_to_do(it))
    return tuple(parts)


def _what_to_do(it: Checked) -> str:
    """With a damaged log: which backup to restore; until then no new one takes a good one's place."""
    if it.good_backup is None:
        return _("请不要再往里记，也不要动备份文件夹，马上联系维护人员。")
    return _(
        "请不要再往里记：请管理员恢复 {made} 的备份，之后的记录会从镜像补回，再联系维护人员。"
        "在那之前不会再做备份，好的都留着。"
    ).format(made=say_exactly(it.good_backup))


def _backup_words(it: Checked) -> str:
    if it.backup is None:
        return _("还没有备份。")
    if it.backup.trouble is not None:
        return _("最近的备份（{made}）有问题：{why}").format(
            made=full_date(it.backup.day), why=sentence(it.backup.trouble)
        )
    return _("最近的备份（{made}）打开核对过，是好的。").format(made=full_date(it.backup.day))


def self_check_words(it: SelfCheck) -> str:
    """What the self-check looked at and found, as one short paragraph."""
    facts, rows = f"{it.facts:,}", f"{it.rows:,}"
    if it.first is None:
        return _("查了 {facts} 条记录、{tables} 张表、{rows} 行，全部对得上。").format(
            facts=facts, tables=it.tables, rows=rows
        )
    return _("查了 {facts} 条记录、{tables} 张表、{rows} 行，有 {count} 处对不上。第一处：{first}。").format(
        facts=facts, tables=it.tables, rows=rows, count=it.differences, first=_difference(it.first)
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
