"""Points (积分) in words."""

from __future__ import annotations

from app.domain.numerals import hundredths
from app.domain.points import PointsPolicy
from app.sentences import FieldWords, calls
from app.sentences.categories import category_name
from app.words import N_, _

calls(
    PointsPolicy,
    N_("积分怎样计"),
    N_("核时长时按这个记分。已经记下的分不变。"),
    {
        "per_minutes": N_("每服务 {value} 分钟计一次"),
        "rate_cents": N_("每次记 {value} 分"),
        "step_cents": N_("最小记到 {value} 分"),
        "least_minutes": FieldWords(N_("不到 {value} 分钟的服务不记分"), N_("再短的服务也记分")),
        "percent_by_category": FieldWords(
            N_("{key}按 {value}% 记分"), N_("各类服务一样记分"), key=category_name
        ),
        "most_cents_a_service": FieldWords(N_("一次服务最多记 {value} 分"), N_("一次服务记分不设上限")),
        "most_cents_a_day": FieldWords(N_("一个人一天最多记 {value} 分"), N_("一个人一天记分不设上限")),
    },
)


def points(cents: int) -> str:
    """``2.5 分`` for 250 hundredths; what was taken back has a minus sign."""
    return _("{points} 分").format(points=figure(cents))


def figure(cents: int) -> str:
    """``2.5`` for 250 hundredths, where the unit stands elsewhere."""
    return hundredths(cents)
