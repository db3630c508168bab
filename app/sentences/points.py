"""Points (积分) in words."""

from __future__ import annotations

from app.domain.points import PointsPolicy
from app.sentences import calls
from app.words import N_, _

calls(PointsPolicy, N_("积分怎样计"))


def points(cents: int) -> str:
    """``2.5 分`` for 250 hundredths; what was taken back has a minus sign."""
    whole, rest = divmod(abs(cents), 100)
    figure = f"{whole}.{rest:02}".rstrip("0").rstrip(".")
    return _("{points} 分").format(points=f"-{figure}" if cents < 0 else figure)
