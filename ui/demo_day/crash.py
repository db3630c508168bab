"""The program whose plug is pulled (断电的那个程序): records an order, types half of another, and waits to be killed.

``python -m ui.demo_day.crash FOLDER TIME CLERK``, then passphrase, phone and words as lines of the standard input:
everybody on the PC can read a command line. Says ``saved NUMBER`` when the draft is kept.
"""

from __future__ import annotations

import os
import re
import sys
import time
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

SAVED = "saved "


def main(arguments: Sequence[str]) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.demo_day.clock import DayClock
    from ui.demo_day.stage import Stage
    from ui.demo_day.watch import Watch
    from ui.program import application

    folder, now, clerk = arguments
    passphrase, phone, words = (sys.stdin.buffer.readline().decode().strip() for _line in range(3))
    running = application(["yizhan"])
    stage = Stage(Path(folder), DayClock(datetime.fromisoformat(now)), Watch())
    eyes, hands = stage.eyes, stage.hands
    stage.open()
    hands.click(eyes.button(clerk))
    hands.write(passphrase)
    hands.press("Enter")
    eyes.until(lambda: stage.window.frame() and not stage.window.is_covered(), "进得来")
    hands.press("F2")
    hands.write(phone)
    hands.press("Enter", "2")
    hands.write("理个发")
    hands.press("Ctrl+Enter")
    number = re.search(r"\d{4}-[0-9A-Z]{2}", eyes.line("念作"))
    assert number is not None
    hands.press("F2")
    hands.write(phone)
    hands.press("Enter", "1")
    hands.write(words)
    eyes.read("草稿", "已存")
    print(f"{SAVED}{number[0]}", flush=True)
    while running is not None:
        time.sleep(1)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Exception:  # noqa: BLE001 - the program itself would tell it in a window that nobody sees
        traceback.print_exc()
