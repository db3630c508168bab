"""The audit (审计记录) in words: what somebody did that leaves a line there."""

from __future__ import annotations

from app.actions.people import Sensitive
from app.sentences.people import FIELDS
from app.storage import audit
from app.words import N_, _

_DEEDS = {
    audit.SIGNED_IN: N_("登录"),
    audit.RECOVERED: N_("用恢复单登录，换了口令"),
    audit.CHANGED_PASSPHRASE: N_("改了自己的口令"),
    audit.RENEWED_PASSPHRASE: N_("给人重设了口令"),
    audit.RENEWED_SHEET: N_("换了新恢复单"),
    audit.UNLOCKED: N_("让人马上再试口令"),
    audit.WRONG_PASSPHRASE: N_("口令输错"),
    audit.BACKED_UP: N_("手动备份"),
    audit.CHOSE_BACKUP_FOLDER: N_("改了备份放在哪里"),
    audit.DRILLED: N_("演练恢复"),
    audit.RESTORED: N_("从备份恢复"),
    audit.CHECKED: N_("自检"),
    audit.REPAIRED: N_("按记录重新整理"),
    audit.SAVED_DIAGNOSTICS: N_("导出诊断资料"),
    audit.OPENED_LOCKED: N_("看了锁着的证书"),
    audit.PRINTED_LIST: N_("给名册里的人印证"),
    audit.PRINTED_WHOLE: N_("印了全名和电话"),
    audit.SAVED_PAPER: N_("单据存成文件"),
    audit.PRINTED_PAPER: N_("打印单据"),
}


def audited(what: str) -> str:
    """An entry of the audit: ``reveal.phone`` -> 看了电话."""
    if what in _DEEDS:
        return _(_DEEDS[what])
    return _("看了{field}").format(field=_(FIELDS[Sensitive(what.removeprefix(audit.REVEALED))]))
