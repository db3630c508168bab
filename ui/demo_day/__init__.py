"""The demo day (演示一天): a whole day at the desk, played by keys and clicks in the real window without a display.

``main`` builds a sample station, plays the chapters one after another, and leaves behind what a day leaves: every
paper as PDF, every screen as PNG, and ``day.json`` with the figures of each step. The seed chooses people, times and
amounts. It ends with 1 and a clear line at the first thing that is not as promised.

The day is played in Chinese, the language of the station: what it types, reads and tells is not translated.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path


def main(folder: Path, seed: int) -> int:
    """Play the day and write it into ``folder``; the exit code of the process."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything of Qt is loaded
    os.environ["CUPS_SERVER"] = os.devnull  # a day that is only played prints nothing
    from ui.demo_day.play import play

    try:
        return play(folder, seed, say=lambda line: print(line, file=sys.stdout, flush=True))
    except Exception:  # noqa: BLE001 - the program itself would tell it in a window that nobody sees
        traceback.print_exc()
        return 1
