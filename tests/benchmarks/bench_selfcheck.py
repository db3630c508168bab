"""The self-check of the sample station, against reading the hashes of the same log anew: facts each second."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from sqlalchemy import select

from app.actions.desk import Desk
from app.actions.startup import close, sign_in
from app.facts import hash_of
from app.storage import selfcheck
from app.storage.engine import reading
from app.storage.history import CHUNK, log
from tests.benchmarks import Bench, median
from tests.benchmarks.ground import clerk_of, station

ROUNDS = 3
GOAL_FACTS_PER_S = 4_000


def run() -> Bench:
    there = station()
    desk = sign_in(there.folder, clerk_of(there), there.passphrase, lambda: datetime.now(UTC))
    try:
        ours = median([_checked_per_s(desk) for _ in range(ROUNDS)])
        reference = median([_hashed_per_s(desk) for _ in range(ROUNDS)])
    finally:
        close(desk)
    return Bench(
        bench="selfcheck",
        ours=ours,
        reference=reference,
        unit="facts/s",
        goal=f">= {GOAL_FACTS_PER_S}",
        holds=ours >= GOAL_FACTS_PER_S,
    )


def _checked_per_s(desk: Desk) -> float:
    with reading(desk.engine) as connection:
        found = selfcheck.check(connection)
    assert not found.differences, found.first
    return found.facts_per_second


def _hashed_per_s(desk: Desk) -> float:
    """What has to be read and hashed in any case."""
    facts, began_s = 0, time.perf_counter()
    with reading(desk.engine) as connection:
        rows = connection.execute(select(log.c.raw, log.c.hash).execution_options(yield_per=CHUNK))
        for row in rows:
            assert hash_of(row.raw) == row.hash
            facts += 1
    return facts / (time.perf_counter() - began_s)
