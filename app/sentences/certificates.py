"""Certificates (志愿服务记录证明) in words: refusals, why a record cannot be certified, and what happened to one."""

from __future__ import annotations

from app.actions.certificates import (
    CertificateNotShown,
    CertificateUnknown,
    Checked,
    HolderUnknown,
)
from app.domain.certificates import (
    AlreadyReplaced,
    AlreadyVoid,
    CannotCertify,
    CertificateOfAnother,
    ConsentNotGiven,
    NotASeal,
    NothingToCertify,
    Obstacle,
)
from app.domain.moments import full_date
from app.facts.certificates import (
    CertificateIssued,
    CertificateNote,
    CertificateReprinted,
    CertificateVoided,
)
from app.sentences import Names, says, stays, tells
from app.sentences.services import hours
from app.storage.fold import Recorded
from app.words import N_, _

OBSTACLES = {
    Obstacle.NOT_APPROVED: N_("还没审核"),
    Obstacle.DECLINED: N_("审核未通过"),
    Obstacle.REVERSED: N_("已撤销"),
    Obstacle.OTHER_UNIT: N_("由别的单位记录，请到记录单位开"),
    Obstacle.OTHER_PERSON: N_("是别人的记录"),
    Obstacle.NOTHING_COUNTED: N_("按规则没有计入时长"),
}


def obstacle(value: Obstacle) -> str:
    return _(OBSTACLES[value])


def verdict(checked: Checked) -> str:
    """What a scanned certificate is worth, in one sentence."""
    entry = checked.entry
    if entry is None:
        return _("本站没有编号 {number} 的证明，请向证明上的单位核实。").format(number=checked.number)
    if not checked.genuine:
        return _("编号 {number} 是本站的，但内容对不上，不是本站签发的原件。").format(number=checked.number)
    if entry.voided_on is not None:
        return _("证明 {number} 已于{day}作废。").format(
            number=checked.number, day=full_date(entry.voided_on)
        )
    return _("证明 {number} 是真的，{day}签发，合计 {hours}。").format(
        number=checked.number, day=full_date(entry.issued_on), hours=hours(entry.minutes)
    )


@says(CertificateUnknown)
def certificate_unknown(problem: CertificateUnknown) -> str:
    return _("这里没有这份证明，请核对编号。")


@says(CertificateNotShown)
def certificate_not_shown(problem: CertificateNotShown) -> str:
    return _("证明 {number} 的内容不在这台电脑上，不能打印。").format(number=problem.number)


@says(CertificateOfAnother)
def certificate_of_another(problem: CertificateOfAnother) -> str:
    return _("证明 {number} 是别人的，只能给同一个人换开。").format(number=problem.number)


@says(HolderUnknown)
def holder_unknown(problem: HolderUnknown) -> str:
    return _("这里没有这个人的档案。")


@says(NothingToCertify)
def nothing_to_certify(problem: NothingToCertify) -> str:
    return _("至少勾选一条服务记录。")


@says(CannotCertify)
def cannot_certify(problem: CannotCertify) -> str:
    return _("{day}的“{activity}”不能开证明：{why}。").format(
        day=full_date(problem.served_on), activity=problem.activity, why=obstacle(problem.obstacle)
    )


@says(ConsentNotGiven)
def consent_not_given(problem: ConsentNotGiven) -> str:
    return _("证明只应本人要求或经本人同意开。问过以后勾上“本人同意”。")


@says(AlreadyVoid)
def already_void(problem: AlreadyVoid) -> str:
    return _("证明 {number} 已经作废了。").format(number=problem.number)


@says(AlreadyReplaced)
def already_replaced(problem: AlreadyReplaced) -> str:
    return _("证明 {number} 已经换开为 {replaced_by}。").format(
        number=problem.number, replaced_by=problem.replaced_by
    )


@says(NotASeal)
def not_a_seal(problem: NotASeal) -> str:
    return _("这不是证明上的二维码，请对准证明左下角再扫一次。")


@tells(CertificateIssued)
def tell_issued(it: Recorded[CertificateIssued], names: Names) -> str:
    body = it.body
    words = _("换开证明 {number}，合计 {hours}") if body.replaces else _("签发证明 {number}，合计 {hours}")
    return words.format(number=body.number, hours=hours(body.minutes))


@tells(CertificateVoided)
def tell_voided(it: Recorded[CertificateVoided], names: Names) -> str:
    note = it.part(it.body.person, CertificateNote)
    return _("作废：{note}").format(note=note.text) if note else _("作废")


@tells(CertificateReprinted)
def tell_reprinted(it: Recorded[CertificateReprinted], names: Names) -> str:
    return _("第 {copy} 次补打").format(copy=it.body.copy)


stays(CertificateVoided, because=N_("作废的证书不能恢复。还要用，就再开一份。"))
