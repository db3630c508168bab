"""What a chain is known to have lost is found among the station's own facts, however long the chain is."""

from __future__ import annotations

from typing import Any

from app.actions.desk import Desk
from app.storage.chains import known_lost
from app.storage.engine import reading, writing
from app.storage.ids import new_id
from app.storage.log import Log
from tests.support.facts import asked_again, submitted

ORDER = "0190c0de" + "0" * 24
FACTS = 500


def test_it_does_not_walk_through_the_chain(desk: Desk) -> None:
    few = steps(desk)
    with writing(desk.engine) as connection:
        log = Log(connection, desk.device.chain)
        log.append([submitted(ORDER), *[asked_again(ORDER)] * FACTS], at=desk.now(), by=new_id())
        log.finish()
    assert steps(desk) < few + FACTS


def steps(desk: Desk) -> int:
    """How many steps SQLite's machine takes."""
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    with reading(desk.engine) as connection:
        driver: Any = connection.connection.driver_connection
        driver.set_progress_handler(step, 1)
        try:
            assert known_lost(driver) == 0
        finally:
            driver.set_progress_handler(None, 0)
    return taken
