"""A whole backup of the sample station (copied, sealed, read back, opened, compared), against a bare VACUUM INTO."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from app.actions.startup import close, sign_in
from app.storage.backup import make_backup
from tests.benchmarks import Bench, median, milliseconds_of
from tests.benchmarks.ground import clerk_of, station

ROUNDS = 7
GOAL_RATIO = 2.0


def run() -> Bench:
    there = station()
    desk = sign_in(there.folder, clerk_of(there), there.passphrase, lambda: datetime.now(UTC))
    places, day = desk.vault.places, date(2026, 1, 1)
    ours, reference = [], []
    try:
        for number in range(ROUNDS):
            bare = there.folder / f"bare-{number}.db"
            reference.append(milliseconds_of(partial(_vacuum_into, desk.engine, bare)))
            bare.unlink()
            on = day + timedelta(days=number)
            backup = partial(make_backup, desk.engine, desk.vault.key, places, on, datetime.now(UTC))
            ours.append(milliseconds_of(backup))
    finally:
        close(desk)
    ratio = median(ours) / median(reference)
    return Bench(
        bench="backup",
        ours=median(ours),
        reference=median(reference),
        unit="ms",
        goal=f"<= {GOAL_RATIO} x VACUUM INTO",
        holds=ratio <= GOAL_RATIO,
    )


def _vacuum_into(engine: Engine, target: Path) -> None:
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(target),))
    finally:
        connection.close()
