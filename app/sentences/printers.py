"""Papers and their printers (打印机) in words."""

from __future__ import annotations

from app.domain.printers import CopiesOutOfRange, PaperKind
from app.sentences import says
from app.words import N_, _

_PAPERS = {
    PaperKind.ORDER_SLIP: N_("服务单"),
    PaperKind.ESCALATION_SLIP: N_("转办单"),
    PaperKind.CERTIFICATE: N_("服务记录证明"),
    PaperKind.GIFT_RECEIPT: N_("兑换凭证"),
    PaperKind.GIFT_REGISTER: N_("兑换登记簿"),
    PaperKind.COUNT_SHEET: N_("盘点表"),
    PaperKind.DAY_SHEET: N_("日结单"),
    PaperKind.VOLUNTEER_CARD: N_("志愿者证"),
    PaperKind.ROSTER: N_("名册"),
    PaperKind.STAR_NOTICE: N_("星级公示"),
    PaperKind.STAR_CERTIFICATE: N_("星级证书"),
}


def paper_words(paper: PaperKind) -> str:
    """What a paper is called."""
    return _(_PAPERS[paper])


@says(CopiesOutOfRange)
def _copies_out_of_range(it: CopiesOutOfRange) -> str:
    return _("份数要在 1 到 {most} 之间").format(most=it.most)
