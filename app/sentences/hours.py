"""Hours (服务时长) in words."""

from __future__ import annotations

from app.domain.hours import HoursPolicy
from app.sentences import FieldWords, calls
from app.words import N_

calls(
    HoursPolicy,
    N_("时长怎样计"),
    N_("核时长时按这个算，也按这个显示和印在证书上。已经核过的不变。"),
    {
        "shown_step_minutes": FieldWords(
            N_("时长写到{value}"),
            choices={1: N_("分钟"), 6: N_("0.1 小时"), 30: N_("半小时"), 60: N_("整小时")},
        ),
        "most_minutes_a_service": FieldWords(N_("一次服务最多算 {value} 分钟"), N_("一次服务不设上限")),
        "most_minutes_a_day": FieldWords(N_("一个人一天最多算 {value} 分钟"), N_("一个人一天不设上限")),
    },
)
