"""One redemption at the counter, durable, against a bare SQLCipher commit of one row on the same disk."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from app.actions.wallets import ReverseRedemption, redeem_gifts, reverse_redemption
from app.facts import Id
from tests.benchmarks import Bench, milliseconds_of, percentile_of_rounds
from tests.benchmarks.bench_approval import bare_commits_ms
from tests.support import counter
from tests.support.desk import open_station

ROUNDS = 3
PEOPLE = 100
ABOVE_BARE_MS = 20.0


def run() -> Bench:
    with tempfile.TemporaryDirectory(prefix="yizhan-bench-") as folder:
        commits = bare_commits_ms(Path(folder), ROUNDS * PEOPLE)
        bare = percentile_of_rounds([commits[place::ROUNDS] for place in range(ROUNDS)], 0.99)
        ours = percentile_of_rounds(_redemptions_ms(Path(folder) / "station"), 0.99)
    return Bench(
        bench="redemption",
        ours=ours,
        reference=bare,
        unit="ms p99",
        goal=f"ours - reference <= {ABOVE_BARE_MS:.0f} ms",
        holds=ours - bare <= ABOVE_BARE_MS,
    )


def _redemptions_ms(folder: Path) -> list[list[float]]:
    """Two gifts each. Each is taken back, which is not measured, so that the quarter is free for the next round."""
    station = open_station(folder)
    desk = station.desk
    towel, rice = (
        counter.stocked(station, name, points, quantity=2 * PEOPLE)
        for name, points in (("毛巾", 3), ("米", 5))
    )
    people = [counter.with_points(desk, 8, f"王小{number}") for number in range(PEOPLE)]

    def redemption_ms(person: Id) -> float:
        asked = counter.basket(person, towel, rice)
        measured = milliseconds_of(functools.partial(redeem_gifts, desk, asked))
        reverse_redemption(desk, ReverseRedemption(redemption=asked.redemption, reason="拿错了"))
        return measured

    rounds = [[redemption_ms(person) for person in people] for _round in range(ROUNDS)]
    station.close()
    return rounds
