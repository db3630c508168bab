"""From the accepted passphrase to the usable day, against the start of an empty window with the same libraries.

Both are fresh processes, by turns. Ours (``start_ours``) begins when the passphrase has opened the key and ends when
it shows what there is to do today and has answered an arrow key; the passphrase is typed as fast as a machine can, so
that nothing is loaded in a pause before it. The reference (``start_empty``) begins with its process and ends when the
empty window is painted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from typing import Any

from tests.benchmarks import Bench, median
from tests.benchmarks.ground import PEOPLE, clerk_of, station

GOAL_RATIO = 1.6
PAIRS = 5
LONGEST_S = 60.0


def run() -> Bench:
    at = station()
    pairs = [_pair(str(at.folder), clerk_of(at), at.passphrase) for _ in range(PAIRS)]
    ours, reference = (median([pair[side] for pair in pairs]) for side in (0, 1))
    return Bench(
        bench="start",
        ours=ours,
        reference=reference,
        unit="ms median",
        goal=f"ratio <= {GOAL_RATIO:g} at {PEOPLE:,} people",
        holds=ours <= GOAL_RATIO * reference,
    )


def _pair(*at: str) -> tuple[float, float]:
    ours = _in_a_process("start_ours", *at)
    reference = _in_a_process("start_empty", *ours["libraries"])
    return ours["ms"], reference["ms"]


def _in_a_process(module: str, *arguments: str) -> Any:
    """What the child prints. It is told when it was started, on the clock all processes share."""
    with tempfile.TemporaryDirectory(prefix="yizhan-bench-") as home:
        done = subprocess.run(
            [sys.executable, "-m", f"tests.benchmarks.{module}", str(time.perf_counter()), *arguments],
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": home},
            stdout=subprocess.PIPE,
            check=True,
            timeout=LONGEST_S,
            text=True,
        )
    return json.loads(done.stdout)
