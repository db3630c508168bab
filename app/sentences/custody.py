"""Custody (保管权) in words: where the counter is."""

from __future__ import annotations

from app.domain.custody import NotTheHolder
from app.sentences import says
from app.words import _


@says(NotTheHolder)
def not_the_holder(problem: NotTheHolder) -> str:
    if not problem.unit:
        return _("这位志愿者的积分账户不在本站，请到他登记的站点兑换。")
    return _("兑换在“{unit}”的兑换台办，这台电脑办不了。").format(unit=problem.unit)
