"""A screen reader's view of the program, through AT-SPI, as JSON: ``reader.py PYTHON FOLDER SCREEN...``.

Runs on the system's Python, which has the bindings, inside a session bus of its own. For each screen it writes a list
of [role, name, focusable, checked] in the order a reader walks; at last, under "said", what was announced.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
NEWS = "已记下，编号 0417-3K"
_LONGEST_WAIT_S = 20
_MOMENT_MS = 100


def main(python: str, folder: str, screens: list[str]) -> None:
    launcher = subprocess.Popen(
        [LAUNCHER, "--launch-immediately"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    stage = subprocess.Popen(
        [python, "-m", "tests.support.reader_stage", folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        _wait_for(stage)
        json.dump(_read(stage, screens), sys.stdout, ensure_ascii=False)
    finally:
        for started in (stage, launcher):
            started.terminate()  # killed, it would leave its own bus behind
            started.wait()


def _read(stage: Any, screens: list[str]) -> dict[str, list[Any]]:
    import gi  # type: ignore[import-not-found]

    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib  # type: ignore[import-not-found]

    said: list[str] = []
    listener = Atspi.EventListener.new(lambda event: said.append(str(event.any_data)))
    listener.register("object:announcement")
    program = _awaited(GLib, lambda: _program(Atspi))
    if program is None:
        raise SystemExit("the program does not show itself to screen readers")
    told: dict[str, list[Any]] = {}
    for screen in screens:
        _tell(stage, screen)
        told[screen] = list(_walk(Atspi, program))
    _tell(stage, f"say {NEWS}")
    _awaited(GLib, lambda: said)
    told["said"] = said
    return told


def _awaited(glib: Any, found: Callable[[], Any]) -> Any:
    """What is found at last, while events are served; looked for again after each of them, and now and then."""
    late: list[bool] = []
    glib.timeout_add_seconds(_LONGEST_WAIT_S, lambda: late.append(True))
    glib.timeout_add(_MOMENT_MS, lambda: not late)
    while not (answer := found()) and not late:
        glib.MainContext.default().iteration(True)
    return answer


def _program(atspi: Any) -> Any:
    desktop = atspi.get_desktop(0)
    for place in range(desktop.get_child_count()):
        one = desktop.get_child_at_index(place)
        if one is not None and one.get_name() == "yizhan" and one.get_child_count():
            return one
    return None


def _walk(atspi: Any, node: Any) -> Any:
    for place in range(node.get_child_count()):
        child = node.get_child_at_index(place)
        states = child.get_state_set() if child is not None else None
        if states is None or not states.contains(atspi.StateType.SHOWING):
            continue
        focusable = states.contains(atspi.StateType.FOCUSABLE)
        yield [child.get_role_name(), child.get_name(), focusable, states.contains(atspi.StateType.CHECKED)]
        yield from _walk(atspi, child)


def _tell(stage: Any, line: str) -> None:
    stage.stdin.write(f"{line}\n")
    stage.stdin.flush()
    _wait_for(stage)


def _wait_for(stage: Any) -> None:
    if not stage.stdout.readline():
        raise SystemExit("the window went away")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
