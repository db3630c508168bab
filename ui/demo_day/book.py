"""What the day leaves behind (记录): numbered pictures and papers, one printed line per step, and ``day.json``."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.demo_day.hands import settle
from ui.demo_day.promises import promise

_PAPERS, _SCREENS, _STORY = "papers", "screens", "day.json"
_LAYING_PASSES = 4
"""What has just been read is laid out in several steps, each of which asks for the next."""


class FolderInUse(Exception):
    """Something that no demo day wrote lies in the folder."""


@dataclass
class Step:
    """One step of the day and its figures."""

    name: str
    title: str
    at: str
    figures: dict[str, Any] = field(default_factory=dict)
    screens: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    keys: int = 0
    clicks: int = 0

    def note(self, **figures: Any) -> None:
        self.figures |= figures


class Book:
    """The folder of the day. Only the leavings of an earlier day are ever taken away."""

    def __init__(self, folder: Path, seed: int, say: Callable[[str], None]) -> None:
        self.folder, self._seed, self._say = folder, seed, say
        self.steps: list[Step] = []
        self._pictures = 0
        if folder.exists() and any(folder.iterdir()) and not (folder / _STORY).exists():
            raise FolderInUse
        for name in (_PAPERS, _SCREENS):
            shutil.rmtree(folder / name, ignore_errors=True)
            (folder / name).mkdir(parents=True)
        self._write()

    @contextmanager
    def step(self, name: str, title: str, at: str, count: Callable[[], tuple[int, int]]) -> Iterator[Step]:
        """Everything until the end of the block is one step; its line is printed when it went as promised."""
        step = Step(name, title, at)
        keys, clicks = count()
        self.steps.append(step)
        yield step
        step.keys, step.clicks = count()[0] - keys, count()[1] - clicks
        self._write()
        self._say(_line(len(self.steps), step))

    def picture(self, widget: QWidget, name: str) -> Path:
        """What ``widget`` shows now, numbered in the order of the day."""
        self._pictures += 1
        path = self.folder / _SCREENS / f"{self._pictures:03}-{name}.png"
        for _pass in range(_LAYING_PASSES):
            settle()
        promise(widget.grab().save(str(path)), "截图存得下来", path=path.name)
        if self.steps:
            self.steps[-1].screens.append(path.name)
        return path

    def paper(self, name: str) -> Path:
        """Where a paper called ``name`` is to be saved."""
        return self.file(f"{name}.pdf")

    def file(self, name: str) -> Path:
        """Where another file is to be saved, beside the papers."""
        self.steps[-1].papers.append(name)
        return self.folder / _PAPERS / name

    def counted(self) -> str:
        """What is there in all, in words."""
        screens = sum(len(step.screens) for step in self.steps)
        papers = sum(len(step.papers) for step in self.steps)
        return f"{len(self.steps)} 步，{screens} 张画面，{papers} 份纸"

    def _write(self) -> None:
        story = {
            "seed": self._seed,
            "steps": [
                {
                    "name": step.name,
                    "title": step.title,
                    "at": step.at,
                    "keys": step.keys,
                    "clicks": step.clicks,
                    "screens": step.screens,
                    "papers": step.papers,
                    **step.figures,
                }
                for step in self.steps
            ],
        }
        text = json.dumps(story, ensure_ascii=False, indent=1)
        (self.folder / _STORY).write_text(f"{text}\n", encoding="utf-8")


def _line(number: int, step: Step) -> str:
    hands = f"{step.keys} 键 {step.clicks} 点"
    shown = "  ".join(f"{name}={_short(value)}" for name, value in step.figures.items())
    return f"{number:02}  {step.at}  {step.title}  {hands}  {shown}".rstrip()


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
