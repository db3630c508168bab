"""Who served from when to when (谁，从几点到几点): one line for each volunteer, a field of the form."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.actions.desk import new_id
from app.actions.search_people import PersonHit
from app.actions.services import Served
from app.domain import moments
from app.domain.calendar import shanghai
from app.domain.moments import Stretch
from app.domain.problems import Refusal
from app.domain.services import minutes_between
from app.facts import Id
from app.words import _
from ui.parts import keys
from ui.parts.buttons import Button
from ui.parts.people import PersonField, tail_words
from ui.parts.when import EchoField
from ui.screen import Services
from ui.screens.services.draft import Chosen, Line


class ServedLine(QWidget):
    """``service`` stays while the line is typed, so that a repeated save records it once."""

    edited = Signal()
    done = Signal()  # both are filled in, and the clerk goes on
    removed = Signal()

    def __init__(self, app: Services, service: Id | None = None) -> None:
        super().__init__()
        self.app = app
        self.service = service or new_id()
        self._tail = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("谁，从几点到几点"))
        self.who = PersonField(app.jobs, name=_("哪位志愿者"))
        self.when: EchoField[Stretch] = EchoField(
            lambda text: moments.stretch(text, app.now(), "when"),
            lambda meant: meant.echo,
            _("9-11:30，z14-16 是昨天"),
            name=_("从几点到几点"),
        )
        self.away = Button(kind="quiet", icon="close", name=_("去掉这一位"))
        keeps_place = self.away.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(True)
        self.away.setSizePolicy(keeps_place)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.who, 4)
        row.addWidget(self.when, 7)
        row.addWidget(self.away)
        self.setFocusProxy(self.who)
        self.who.picked.connect(self._on_picked)
        self.who.edited.connect(self.edited)
        self.when.edited.connect(self.edited)
        self.away.clicked.connect(lambda _checked: self.removed.emit())

    # --- as a field of a form

    def value(self) -> Served:
        """Raises the refusal of the stretch when it is not understood."""
        stretch = self.when.meaning()
        return Served(
            service=self.service,
            person=self.who.value() or "",
            started_at=stretch.begins,
            ended_at=stretch.ends,
        )

    def is_empty(self) -> bool:
        return self.who.is_empty() or self.when.is_empty()

    def set_refused(self, is_refused: bool) -> None:
        for field in (self.who, self.when):
            field.set_refused(is_refused)

    def refuse(self, part: str) -> None:
        """Show which of the two a refusal is about, and go there."""
        field, other = (self.who, self.when) if part == "person" else (self.when, self.who)
        other.set_refused(False)
        field.set_refused(True)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def minutes(self) -> int:
        """0 while it is not understood."""
        try:
            meant = self.when.meaning()
        except Refusal:
            return 0
        return max(0, minutes_between(meant.begins, meant.ends))

    # --- as a part of a draft

    def line(self) -> Line:
        who = Chosen(id=self.who.value(), name=self.who.text(), tail=self._tail)
        return Line(service=self.service, who=who, when=self._when_in_full())

    def set_line(self, line: Line) -> None:
        self.service = line.service
        self._tail = line.who.tail
        self.who.set_chosen(line.who.id, line.who.name, tail_words(self._tail) if line.who.id else "")
        self.when.set_value(line.when)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event) and self.who.hasFocus() and not self.who.is_empty():
            self._go_on()
            return
        super().keyPressEvent(event)

    def _on_picked(self, hit: PersonHit) -> None:
        self._tail = hit.phone_tail
        self._go_on()

    def _go_on(self) -> None:
        if self.when.is_empty():
            self.when.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.done.emit()

    def _when_in_full(self) -> str:
        try:
            meant = self.when.meaning()
        except Refusal:
            return self.when.value()
        return in_full(meant.begins, meant.ends)


def in_full(begins: datetime, ends: datetime) -> str:
    """A stretch as it can be typed, with its day."""
    return f"{shanghai(begins):%Y-%m-%d %H:%M}-{shanghai(ends):%H:%M}"
