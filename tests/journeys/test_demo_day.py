"""The demo day is played once, in a process of its own, and what it leaves behind is what it promises."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.printing.papers import text as text_of

TOP = Path(__file__).resolve().parent.parent.parent
PAPERS = {
    "recovery-sheet.pdf",
    "order-slip.pdf",
    "order-slip-refused.pdf",
    "order-slip-shopping.pdf",
    "order-slip-rare-name.pdf",
    "referral-slip.pdf",
    "escalation-slip.pdf",
    "certificate.pdf",
    "certificate-void.pdf",
    "certificate-reissued.pdf",
    "certificate-reprint.pdf",
    "gift-receipt.pdf",
    "gift-receipt-again.pdf",
    "count-sheet.pdf",
    "count-result.pdf",
    "day-sheet.pdf",
    "volunteer-card.pdf",
    "volunteer-cards.pdf",
    "roster.pdf",
    "star-notice.pdf",
    "star-certificates.pdf",
    "order-slip-english.pdf",
    "diagnostics.zip",
}
OF_NOBODY = {"recovery-sheet.pdf", "diagnostics.zip"}
"""Papers of another station, or of none."""
STEPS = [
    "first start",
    "sign in",
    "hotline",
    "asked again",
    "dispatch",
    "refuse",
    "dispatch anew",
    "grab",
    "service",
    "five stars",
    "own hours",
    "switch",
    "approve",
    "look up",
    "certificate",
    "void",
    "reissue",
    "quarantine: order",
    "quarantine: delivered",
    "overlap",
    "two stars",
    "call-back",
    "pavement: referred",
    "idle lock",
    "opera: order",
    "health visit",
    "escalation",
    "rare name",
    "undo",
    "kill",
    "redeem",
    "receipt",
    "second redemption",
    "reverse",
    "redeem again",
    "delivery",
    "count",
    "day close",
    "evening",
    "nothing left",
    "policies",
    "policies hold",
    "pavement: repaired",
    "opera: sung",
    "cards",
    "unmask",
    "stars",
    "erase",
    "audit",
    "large mode",
    "dark mode",
    "keys",
    "language zh_TW",
    "language en",
    "award",
    "backup",
    "self-check",
    "diagnostics",
    "new PC",
    "recovery sheet",
]


def play(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "ui", "--demo-day", str(folder), *more],
        env=os.environ | {"PYTHONPATH": str(TOP)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.timeout(400)
def test_a_whole_day_is_as_promised(tmp_path: Path) -> None:
    folder = tmp_path / "day"
    played = play(folder, "--seed", "7")
    assert played.returncode == 0, played.stdout + played.stderr
    assert played.stderr == ""
    story = json.loads((folder / "day.json").read_text(encoding="utf-8"))
    steps: dict[str, dict[str, Any]] = {step["name"]: step for step in story["steps"]}
    assert (story["seed"], list(steps)) == (7, STEPS)
    assert len(played.stdout.splitlines()) == len(STEPS) + 1
    assert steps["hotline"]["keys_pressed"] <= 30
    assert steps["quarantine: delivered"]["minutes_to_delivery"] <= 120
    assert steps["quarantine: delivered"]["spent_cents"] == steps["quarantine: delivered"]["repaid_cents"]
    for one in steps["approve"]["approved"]:
        assert one["minutes_after"] == one["minutes_before"] + one["minutes"]
        assert one["points_after"] > one["points_before"]
    assert [one["minutes"] for one in steps["approve"]["approved"]] == steps["service"]["minutes"]
    assert steps["reissue"]["replaces"] == steps["certificate"]["certificate"] == steps["void"]["certificate"]
    assert "时间重叠" in steps["overlap"]["refused"]
    assert_counter(steps)
    assert_left_behind(folder, story)


def assert_counter(steps: dict[str, dict[str, Any]]) -> None:
    """Points and pieces as they were given, taken back and given again."""
    given, back, again = steps["redeem"], steps["reverse"], steps["redeem again"]
    assert given["stock_after"] == given["stock_before"] - 1
    assert back["points"] == given["points_before"]
    assert back["stock"] == given["stock_before"]
    assert again["points_after"] < back["points"]
    assert given["voucher"] == back["voucher"] != again["voucher"]
    assert "7月1日起可以再兑换" in steps["second redemption"]["refused"]
    assert steps["delivery"]["stock_after"] == steps["delivery"]["stock_before"] + steps["delivery"]["pieces"]
    assert steps["count"]["counted"] == steps["count"]["book"] - 1
    assert (steps["day close"]["redemptions"], steps["day close"]["reversals"]) == (2, 1)
    assert steps["stars"]["posted"] == steps["stars"]["proposed"] - 1
    assert steps["award"]["awarded"] <= steps["stars"]["posted"]
    assert steps["new PC"]["register"] != "A1"


def assert_left_behind(folder: Path, story: dict[str, Any]) -> None:
    """Every paper and picture of the story is there, numbered in the order of the day, and nothing else is."""
    screens = [name for step in story["steps"] for name in step["screens"]]
    assert screens == sorted(path.name for path in (folder / "screens").iterdir())
    papers = {name for step in story["steps"] for name in step["papers"]}
    assert papers == PAPERS == {path.name for path in (folder / "papers").iterdir()}
    for name in papers:
        assert name in OF_NOBODY or "云溪镇" in text_of((folder / "papers" / name).read_bytes())


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    played = play(tmp_path)
    assert played.returncode == 2
    assert "换一个空的文件夹" in played.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_what_breaks_is_told_where_somebody_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not in the program's window, which nobody sees."""
    from ui import demo_day
    from ui.demo_day import play

    def broken(*_asked: object, **_more: object) -> int:
        raise KeyError("cast")

    for name in ("QT_QPA_PLATFORM", "CUPS_SERVER"):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # as they were, afterwards
    monkeypatch.setattr(play, "play", broken)
    assert demo_day.main(tmp_path / "day", 1) == 1
    assert "KeyError: 'cast'" in capsys.readouterr().err
