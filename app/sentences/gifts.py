"""The catalogue of gifts (礼品) in words: refusals, and what happened to one."""

from __future__ import annotations

from app.domain.gifts import (
    AlreadyWithdrawn,
    GiftCodeTaken,
    GiftNameMissing,
    GiftUnknown,
    LowStockImpossible,
    NotWithdrawn,
    PointsImpossible,
    PointsNotUnderstood,
    UnitMissing,
)
from app.facts.gifts import GiftEdited, GiftListed, GiftOfferedAgain, GiftWithdrawn
from app.sentences import Names, says, tells
from app.sentences.points import points
from app.storage.fold import Recorded
from app.words import _


@says(GiftUnknown)
def gift_unknown(problem: GiftUnknown) -> str:
    return _("这里没有这种礼品，请重新选。")


@says(GiftNameMissing)
def name_missing(problem: GiftNameMissing) -> str:
    return _("写上礼品的名称。")


@says(UnitMissing)
def unit_missing(problem: UnitMissing) -> str:
    return _("写上按什么计数，如 条、支、个。")


@says(PointsImpossible)
def points_impossible(problem: PointsImpossible) -> str:
    return _("要多少积分？填 0 以上、{most}以内的数。").format(most=points(problem.most_cents))


@says(PointsNotUnderstood)
def points_not_understood(problem: PointsNotUnderstood) -> str:
    if not problem.text.strip():
        return _("写上多少分，如 12 或 12.5。")
    return _("“{text}”不是积分，写成 12 或 12.5。").format(text=problem.text)


@says(LowStockImpossible)
def low_stock_impossible(problem: LowStockImpossible) -> str:
    return _("剩多少件时提醒？填 0 或更大的整数。")


@says(GiftCodeTaken)
def code_taken(problem: GiftCodeTaken) -> str:
    return _("这个条码已经是“{name}”的了。请核对，或者空着，由程序编一个。").format(name=problem.name)


@says(AlreadyWithdrawn)
def already_withdrawn(problem: AlreadyWithdrawn) -> str:
    return _("“{name}”已经下架了。").format(name=problem.name)


@says(NotWithdrawn)
def not_withdrawn(problem: NotWithdrawn) -> str:
    return _("“{name}”本来就在货架上。").format(name=problem.name)


@tells(GiftListed)
def tell_listed(it: Recorded[GiftListed], names: Names) -> str:
    return _("上架礼品“{name}”，{points}").format(name=it.body.name, points=points(it.body.points_cents))


@tells(GiftEdited)
def tell_edited(it: Recorded[GiftEdited], names: Names) -> str:
    return _("修改礼品“{name}”，{points}").format(name=it.body.name, points=points(it.body.points_cents))


@tells(GiftWithdrawn)
def tell_withdrawn(it: Recorded[GiftWithdrawn], names: Names) -> str:
    return _("下架礼品“{name}”").format(name=names.gift(it.body.gift))


@tells(GiftOfferedAgain)
def tell_offered_again(it: Recorded[GiftOfferedAgain], names: Names) -> str:
    return _("重新上架礼品“{name}”").format(name=names.gift(it.body.gift))
