"""A few full and failing disks in every test run; ``packaging/test faults`` makes many more."""

from __future__ import annotations

import random

import pytest

from tests import faults


@pytest.mark.parametrize("kind", faults.KINDS)
def test_nothing_is_lost_or_half_done_and_it_goes_on(kind: str) -> None:
    tally = faults.run(kind, steps=14, seed=random.randrange(10**9))
    if tally.skipped:
        pytest.skip(tally.skipped)
    assert tally.clean, tally
    assert tally.backups
