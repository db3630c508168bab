"""Hours (服务时长) in words."""

from __future__ import annotations

from app.domain.hours import HoursPolicy
from app.sentences import calls
from app.words import N_

calls(HoursPolicy, N_("时长怎样计"))
