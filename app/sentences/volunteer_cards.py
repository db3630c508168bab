"""What to say when cards (志愿者证) cannot be printed."""

from __future__ import annotations

from app.actions.volunteer_cards import NoCards, TooManyCards
from app.sentences import says
from app.words import _


@says(TooManyCards)
def _too_many(it: TooManyCards) -> str:
    return _("这里有 {count} 人，一次最多印 {most} 张志愿者证。请先筛一筛，比如只看一支队伍。").format(
        count=f"{it.count:,}", most=it.most
    )


@says(NoCards)
def _nobody(it: NoCards) -> str:
    return _("这里没有在服务的志愿者，没有证可印。")
