"""The way into the sample station (演示站): found, or built with a page that says how far it is.

What is in it is invented in ``app.demo``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.problems import Trouble
from app.sentences import sentence
from app.words import _
from ui.cover import Cover, Emblem
from ui.jobs import Jobs
from ui.parts import paint
from ui.parts.text import Paragraph, Text
from ui.signin.trouble import TroublePage
from ui.sitting import Entrance
from ui.theme import theme
from ui.window import Window


@dataclass(frozen=True)
class Step:
    """``done`` of ``total`` parts are built; ``text`` says what is being built."""

    text: str
    done: int
    total: int


@dataclass(frozen=True)
class _Building:
    at: Entrance
    seed: int
    progress: Any


class DemoEntrance(QObject):
    """``ready`` carries the passphrase of everybody there."""

    ready = Signal(str)
    _progressed = Signal(object)  # Step, from the worker

    def __init__(self, window: Window, jobs: Jobs, at: Entrance) -> None:
        super().__init__(window)
        self._window, self._jobs, self._at = window, jobs, at
        self._page: BuildingPage | None = None
        self._progressed.connect(self._on_progress)

    def begin(self, seed: int, *, is_fresh: bool) -> None:
        if is_fresh:
            self._build(seed)
            return
        self._jobs.read(
            self,
            _found,
            self._at,
            done=lambda found: self._on_found(found, seed),
            trouble=lambda trouble: self._on_trouble(trouble, seed, is_fresh=False),
        )

    def _on_found(self, found: Any, seed: int) -> None:
        if found is None:
            self._build(seed)
        else:
            self.ready.emit(found.passphrase)

    def _build(self, seed: int) -> None:
        self._page = BuildingPage()
        self._window.cover(self._page)
        self._jobs.read(self._page, _is_outdated, self._at, done=self._page.say_why)
        self._jobs.read(
            self,
            _built,
            _Building(self._at, seed, lambda *step: self._progressed.emit(Step(*step))),
            done=lambda built: self.ready.emit(built.passphrase),
            trouble=lambda trouble: self._on_trouble(trouble, seed, is_fresh=True),
        )

    def _on_progress(self, step: Step) -> None:
        if self._page is not None:
            self._page.show_step(step)

    def _on_trouble(self, trouble: Trouble, seed: int, *, is_fresh: bool) -> None:
        self._page = None
        page = TroublePage(_("现在打不开演示站点"), sentence(trouble), _("再看一次"))
        page.acted.connect(lambda: self.begin(seed, is_fresh=is_fresh))
        page.closed.connect(self._window.close)
        self._window.cover(page)


class BuildingPage(Cover):
    """How far the sample station is."""

    def __init__(self) -> None:
        super().__init__(in_the_middle=True)
        self._bar = _Bar()
        self._words = Text("", "secondary", "secondary")
        self.column.addWidget(
            Emblem(
                _("正在准备演示站点"),
                _("编一个镇子的三年：人、队伍、点单、服务和证书。大约半分钟，只有这一次。"),
            )
        )
        self.why = Paragraph("", "body", "secondary")
        self.why.hide()
        self.column.addWidget(self.why)
        self.column.addWidget(self._bar)
        self.column.addWidget(self._words)

    def say_why(self, is_outdated: bool) -> None:
        if is_outdated:
            self.why.set_sentence(_("程序更新了，原来的演示资料打不开，正在重新编一份。"))
            self.why.show()

    def show_step(self, step: Step) -> None:
        self._bar.show_share(step.done / max(1, step.total))
        self._words.setText(step.text)


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        self._share = min(1.0, share)
        self.setAccessibleName(_("完成了 {percent}%").format(percent=round(self._share * 100)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(100, 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        paint.fill(painter, QRectF(self.rect()), theme.colour("hairline"), 3)
        paint.fill(painter, QRectF(0, 0, self.width() * self._share, self.height()), theme.colour("ink"), 3)


def _found(_desk: object, at: Entrance) -> Any:
    from app.demo.station import find

    return find(at.folder, at.clock())


def _is_outdated(_desk: object, at: Entrance) -> bool:
    from app.demo.station import has_outdated

    return has_outdated(at.folder)


def _built(_desk: object, building: _Building) -> Any:
    from app.demo.station import build

    return build(building.at.folder, building.seed, building.at.clock, building.progress)
