"""A full disk and a failing one (磁盘满、磁盘坏): a real process amid real actions and backups meets them all the time.

``packaging/test faults --steps N`` prints a line for each fault: what was acknowledged, what was turned away with a
sentence, ``"lost": 0, "half_done": 0``. The full disk is a small file system in memory; write and flush errors come
from libfiu between the program and the system. Whatever could not be done is done again when there is room again.
Where the machine allows neither, the line says why.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import errno
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from app.actions.backups import back_up_now
from app.actions.desk import Desk
from app.actions.selfcheck import self_check
from app.actions.startup import close, sign_in
from app.domain.problems import Trouble
from app.facts import Id
from app.sentences import sentence
from app.storage.backup import backups, check_backup
from app.storage.disk import CommitUncertain
from tests import kill
from tests.support.desk import PASSPHRASE, SettableClock
from tests.support.town import Town

STEPS = 400
BACKUP_EVERY = 12
LEAVE_EVERY = 7
DISK_BYTES = 24_000_000
KINDS = ("full disk", "failing disk")

# Where SQLite and Python write, and what the system may answer there.
_FAULTS = (
    ("posix/io/rw/pwrite", errno.ENOSPC),
    ("posix/io/rw/pwrite", errno.EIO),
    ("posix/io/rw/write", errno.ENOSPC),
    ("posix/io/rw/write", errno.EIO),
    ("posix/io/sync/fsync", errno.EIO),
    ("posix/io/sync/fdatasync", errno.EIO),
)
_LIKELY = (0.02, 0.1, 0.5, 1.0)

World = Callable[[], AbstractContextManager[None]]


@dataclass
class Tally:
    """What came of it. ``turned_away`` are troubles by their kind, each with a sentence."""

    fault: str
    acknowledged: int = 0
    backups: int = 0
    turned_away: dict[str, int] = field(default_factory=dict)
    lost: int = 0
    half_done: int = 0
    differences: list[str] = field(default_factory=list)
    skipped: str = ""

    @property
    def clean(self) -> bool:
        return not (self.lost or self.half_done or self.differences)


class Clerk(kill.Clerk):
    """Tries everything while something is wrong with the disk, and again when it is well."""

    def __init__(self, desk: Desk, town: Town, rng: random.Random, world: World, tally: Tally) -> None:
        clock = desk.clock
        assert isinstance(clock, SettableClock)
        super().__init__(desk, clock, town, rng, say=-1)
        self._world, self._tally = world, tally

    @property
    def desk(self) -> Desk:
        """The desk as it is open now."""
        return self._desk

    def go_through(self, steps: int) -> None:
        for number, step in zip(range(1, steps + 1), self._days(), strict=False):
            self._clock.forward(minutes=1)
            step()
            if number % BACKUP_EVERY == 0:
                self._back_up()
            if number % LEAVE_EVERY == 0:
                self._come_back()

    def _do(self, facts: int, action: Callable[[Desk, Any], object], asked: object) -> None:
        before = kill._head_seq(self._desk)
        trouble = self._suffer(lambda: action(self._desk, asked))
        after = kill._head_seq(self._desk)
        if trouble is None:
            self._tally.acknowledged += 1
            self._tally.lost += after < before + facts
            self._tally.half_done += after > before + facts
            return
        may_be = {before, before + facts} if isinstance(trouble, CommitUncertain) else {before}
        self._tally.half_done += after not in may_be
        if after == before:
            action(self._desk, asked)
            self._tally.lost += kill._head_seq(self._desk) != before + facts

    def _save_draft(self, order: Id) -> None:
        """Drafts are no facts; the plug is pulled on them elsewhere."""

    def _back_up(self) -> None:
        """What was there stays good, whatever happens to the new one."""
        key, folder = self._desk.vault.key, self._desk.vault.places.backups
        if self._suffer(lambda: back_up_now(self._desk)) is not None:
            for there in backups(folder):
                check_backup(there, key)
            back_up_now(self._desk)
        self._tally.backups += 1
        check_backup(backups(folder)[0], key)

    def _come_back(self) -> None:
        """Whoever cannot be let in is let in when the disk is well, and finds everything."""
        desk, folder, seq = self._desk, self._desk.vault.places.folder, kill._head_seq(self._desk)
        assert desk.signed_in is not None
        staff = desk.signed_in.staff
        came: list[Desk] = []
        close(desk)
        if self._suffer(lambda: came.append(sign_in(folder, staff, PASSPHRASE, self._clock))) is not None:
            came.append(sign_in(folder, staff, PASSPHRASE, self._clock))
        self._desk = came[0]
        self._tally.lost += kill._head_seq(self._desk) != seq

    def _suffer(self, work: Callable[[], object]) -> Trouble | None:
        try:
            with self._world():
                work()
        except Trouble as trouble:
            if not sentence(trouble):
                self._tally.differences.append(f"no words for {trouble}")
            kind = type(getattr(trouble, "because", trouble)).__name__
            kind = f"CommitUncertain/{kind}" if isinstance(trouble, CommitUncertain) else kind
            self._tally.turned_away[kind] = self._tally.turned_away.get(kind, 0) + 1
            if self._tally.fault == "full disk" and "DiskFull" not in kind:
                self._tally.differences.append(f"a full disk was called {kind}")
            return trouble
        return None


def run(kind: str, steps: int, seed: int) -> Tally:
    """One fault in a process of its own, on a file system of its own where it is to be full."""
    if kind == "failing disk":
        if shutil.which("fiu-run") is None:
            return Tally(kind, skipped="fiu-run is not installed (Debian: fiu-utils)")
        with tempfile.TemporaryDirectory(prefix="yizhan-faults-") as folder:
            return _in_process(["fiu-run", "-x"], kind, Path(folder), steps, seed)
    with tempfile.TemporaryDirectory(prefix="yizhan-faults-") as folder:
        options = f"size={DISK_BYTES}"
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "none", folder], capture_output=True, check=False
        )
        if mounted.returncode:
            return Tally(kind, skipped="this user of the machine may not mount a small file system")
        try:
            return _in_process([], kind, Path(folder), steps, seed)
        finally:
            subprocess.run(["umount", folder], check=True)


def _in_process(before: list[str], kind: str, folder: Path, steps: int, seed: int) -> Tally:
    asked = ["--inside", kind, "--folder", str(folder), "--steps", str(steps), "--seed", str(seed)]
    command = [*before, sys.executable, "-P", "-m", "tests.faults", *asked]
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=_environment())
    return Tally(**json.loads(told.stdout.splitlines()[-1]))


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parent.parent)}


def inside(kind: str, folder: Path, steps: int, seed: int) -> Tally:
    """In the process that suffers: found a station, work through ``steps``, leave, come back and look at everything."""
    rng, tally = random.Random(seed), Tally(kind)
    found = kill._found(folder / "station")
    world = _filled(folder, rng) if kind == "full disk" else _failing(rng)
    desk = sign_in(folder / "station", found["staff"], PASSPHRASE, kill._clock(0))
    clerk = Clerk(desk, Town(*found["town"]), rng, world, tally)
    clerk.go_through(steps)
    seq, clock = kill._head_seq(clerk.desk), desk.clock
    close(clerk.desk)
    desk = sign_in(folder / "station", found["staff"], PASSPHRASE, clock)
    checked = self_check(desk, None)
    tally.lost += kill._head_seq(desk) != seq
    if checked.differences:
        tally.differences.append(str(checked.first))
    if desk.device.incarnation != 1:
        tally.differences.append("the mirror and the database went apart")
    close(desk)
    return tally


def _filled(folder: Path, rng: random.Random) -> World:
    """A disk on which so much is left: nothing, a page, a little."""
    filler = folder / "filler"

    @contextlib.contextmanager
    def world() -> Iterator[None]:
        left = rng.choice((0, 4_096, 20_000, 150_000, 1_000_000))
        with filler.open("wb") as file:
            free = shutil.disk_usage(folder).free
            os.posix_fallocate(file.fileno(), 0, max(1, free - left))
        try:
            yield
        finally:
            filler.unlink()

    return world


def _failing(rng: random.Random) -> World:
    """Calls that fail now and then, or always, until it is over."""
    fiu = ctypes.CDLL("libfiu.so.0")
    fiu.fiu_enable_random.argtypes = [
        *(ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint, ctypes.c_float)
    ]

    @contextlib.contextmanager
    def world() -> Iterator[None]:
        call, code = rng.choice(_FAULTS)
        assert fiu.fiu_enable_random(call.encode(), 1, code, 0, rng.choice(_LIKELY)) == 0
        try:
            yield
        finally:
            fiu.fiu_disable(call.encode())

    return world


def main() -> int:
    parser = argparse.ArgumentParser(prog="packaging/test faults", description=__doc__.partition("\n")[0])
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=random.randrange(10**9))
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        print(json.dumps(asdict(inside(asked.inside, asked.folder, asked.steps, asked.seed))))
        return 0
    print(f"seed {asked.seed}", file=sys.stderr)
    tallies = [run(kind, asked.steps, asked.seed) for kind in KINDS]
    for tally in tallies:
        print(json.dumps(asdict(tally)), flush=True)
    return 0 if all(tally.clean for tally in tallies) else 1


if __name__ == "__main__":
    sys.exit(main())
