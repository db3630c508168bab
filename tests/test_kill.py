"""A few pulled plugs in every test run; ``packaging/test kill`` pulls two hundred."""

from __future__ import annotations

import random
from pathlib import Path

from tests import kill


def test_nothing_acknowledged_is_missing_and_nothing_is_half_done(tmp_path: Path) -> None:
    tally = kill.run(runs=3, seed=random.randrange(10**9), folder=tmp_path / "station")
    assert tally.clean, tally
    assert tally.kills == 3
