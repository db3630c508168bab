"""The program on the command line (命令行): ``python -m ui``. Qt is imported when it is known what is asked."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def parser() -> argparse.ArgumentParser:
    """Chinese for staff, English for whoever looks after the PC."""
    made = argparse.ArgumentParser(
        prog="packaging/run",
        description="驿站：新时代文明实践站的工作台 · Yizhan, the desk program of a practice station",
        add_help=False,
    )
    made.add_argument("-h", "--help", action="help", help="显示这份说明 · show this and leave")
    made.add_argument(
        "--folder", type=Path, metavar="DIR", help="站点资料放在哪个文件夹 · where the station's data lies"
    )
    made.add_argument(
        "--demo", action="store_true", help="打开一个热闹的演示站点 · open a lively sample station"
    )
    made.add_argument(
        "--demo-fresh", action="store_true", help="重新生成演示站点再打开 · build the sample station anew"
    )
    made.add_argument(
        "--demo-day",
        type=Path,
        metavar="DIR",
        help="不用显示器，演示一天的工作，写进文件夹 · play a day without a display and write it down",
    )
    made.add_argument(
        "--seed", type=int, default=1, metavar="N", help="演示用的随机数 · chooses people and times of a demo"
    )
    return made


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    if options.demo_day is not None:
        from ui.demo_day import main as play_a_day

        return play_a_day(options.demo_day, options.seed)
    from ui.program import Wanted, open_window

    return open_window(
        Wanted(
            folder=options.folder,
            is_demo=options.demo or options.demo_fresh,
            is_fresh=options.demo_fresh,
            seed=options.seed,
        )
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
