"""Speed as ratios (测速): each bench measures ours and a reference in the same run, and says whether its goal holds.

``packaging/test bench [names]`` runs them; every bench is a module ``bench_<name>.py`` here with ``run() -> Bench``.
Nothing here is a test with a time limit: machines differ, ratios less so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One result. ``goal`` is a comparison in words; ``holds`` whether it is met."""

    bench: str
    ours: float
    reference: float
    unit: str
    goal: str
    holds: bool

    def as_dict(self) -> dict[str, object]:
        return {
            "bench": self.bench,
            "ours": round(self.ours, 3),
            "reference": round(self.reference, 3),
            "unit": self.unit,
            "ratio": round(self.ours / self.reference, 3) if self.reference else None,
            "goal": self.goal,
            "holds": self.holds,
        }


def milliseconds_of(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    function()
    return (time.perf_counter() - began) * 1_000


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0 to 1) of ``values`` lie, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    return percentile(values, 0.5)


def percentile_of_rounds(rounds: Sequence[Sequence[float]], share: float) -> float:
    """The middle one of the rounds' percentiles: what else a PC does for a moment spoils one round, not three."""
    return median([percentile(values, share) for values in rounds])
