"""The first start (首次启动): three pages, and nothing is created before the last one is left.

``Welcome`` walks them; each page has a file of its own. What the station needs is decided in
``app.actions.startup``, which the pages ask step by step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.actions.startup import Founded, FoundStation, check_founding, found_station
from app.domain.problems import Refusal
from ui.jobs import Jobs
from ui.welcome.administrator import AdministratorPage
from ui.welcome.recovery import RecoveryPage
from ui.welcome.station import StationPage


@dataclass(frozen=True)
class _Founding:
    folder: Path
    request: FoundStation
    clock: Callable[[], datetime]


class Welcome(QWidget):
    """``founded`` carries the opened station (``Founded``); ``left`` comes when the person would rather not, and
    ``restore_asked`` when the station was somewhere else before.
    """

    founded = Signal(object)
    left = Signal()
    restore_asked = Signal()
    language_chosen = Signal(str)

    def __init__(self, jobs: Jobs, folder: Path, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._jobs, self._folder, self._clock = jobs, folder, clock
        self.station = StationPage()
        self.administrator = AdministratorPage()
        self.recovery = RecoveryPage(jobs, clock)
        self._pages = QStackedWidget()
        for page in (self.station, self.administrator, self.recovery):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self.station.back.connect(self.left)
        self.station.restore_asked.connect(self.restore_asked)
        self.station.languages.chosen.connect(self.language_chosen)
        self.station.on.connect(self._after_station)
        self.administrator.back.connect(lambda: self._turn_to(self.station))
        self.administrator.on.connect(self._after_administrator)
        self.recovery.back.connect(lambda: self._turn_to(self.administrator))
        self.recovery.on.connect(self._found)
        self.setFocusProxy(self.station)

    def take_over(self, before: Welcome) -> None:
        """Go on where ``before`` was, on the first page: only there a language is chosen."""
        self.station.take_over(before.station)
        self.administrator.name.set_value(before.administrator.name.value())
        self.administrator.passphrase.take_over(before.administrator.passphrase)

    def request(self) -> FoundStation:
        """What the pages say so far."""
        return FoundStation(
            name=self.station.name.value(),
            region=self.station.region.value(),
            level=self.station.level(),
            admin_name=self.administrator.name.value(),
            passphrase=self.administrator.passphrase.value(),
            code=self.recovery.code,
        )

    def _turn_to(self, page: Any) -> None:
        self._pages.setCurrentWidget(page)
        self.setFocusProxy(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _after_station(self) -> None:
        self._check(self.station, lambda: self._turn_to(self.administrator))

    def _after_administrator(self) -> None:
        self._check(self.administrator, self._to_recovery)

    def _to_recovery(self) -> None:
        self.recovery.prepare(self.request())
        self._turn_to(self.recovery)

    def _check(self, page: StationPage | AdministratorPage, go_on: Callable[[], None]) -> None:
        """Ask whether what stands on ``page`` will do; later pages may still be empty."""

        def refused(refusal: Refusal) -> None:
            if refusal.field in page.fields:
                page.form.refuse(refusal)
            else:
                go_on()

        self._jobs.read(self, _checked, self.request(), done=lambda _fine: go_on(), refused=refused)

    def _found(self) -> None:
        self.recovery.set_busy(True)
        self._jobs.read(
            self,
            _found,
            _Founding(self._folder, self.request(), self._clock),
            done=self._on_founded,
            refused=self._on_refused,
            trouble=self._on_trouble,
        )

    def _on_founded(self, founded: Founded) -> None:
        self.founded.emit(founded)

    def _on_refused(self, refusal: Refusal) -> None:
        self.recovery.set_busy(False)
        for page in (self.station, self.administrator):
            if refusal.field in page.fields:
                self._turn_to(page)
                page.form.refuse(refusal)
                return
        self.recovery.form.refuse(refusal)

    def _on_trouble(self, trouble: Any) -> None:
        self.recovery.set_busy(False)
        self.recovery.say_trouble(trouble)


def _checked(_desk: object, request: FoundStation) -> None:
    check_founding(request)


def _found(_desk: object, founding: _Founding) -> Founded:
    return found_station(founding.folder, founding.request, founding.clock)
