"""Who served (记服务): each volunteer from when to when, what was done, where, a note and photos."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt

from app.actions.desk import new_id
from app.actions.services import RecordServices, Served
from app.domain import moments
from app.domain.calendar import shanghai, shanghai_day
from app.domain.moments import Stretch
from app.domain.problems import Refusal
from app.domain.services import minutes_between
from app.sentences.categories import category_name
from app.words import _
from ui.parts.buttons import Button
from ui.parts.fields import TextArea, TextField
from ui.parts.people import PersonField
from ui.parts.photos import PhotoField
from ui.parts.text import Text
from ui.parts.when import EchoField
from ui.screens.board.forms import StepForm


@dataclass
class _Line:
    """One volunteer's stretch while it is typed; ``service`` stays, so that a repeated save records it once."""

    service: str
    who: PersonField
    when: EchoField[Stretch]


class ServeForm(StepForm):
    """One line for each volunteer; the first is who went, from when the service began to when it ended."""

    def build(self) -> None:
        self._lines: list[_Line] = []
        self.form.add_line(Text(_("谁，从几点到几点"), "secondary", "secondary"))
        self.more = Button(_("再加一位"), kind="quiet", icon="plus")
        self.more.clicked.connect(lambda _checked: self._add_and_go())
        self.form.add_line(self.more)
        self.add_person()
        self.total = self.form.add_line(Text("", "secondary", "secondary"))
        self.total.hide()
        self.content = TextArea(_("开证明时会用到"), name=_("做了什么"))
        # What the resident said and where they live would end up on somebody's certificate.
        self.content.set_value(category_name(self.order.category))
        self.ask(self.content, "content", _("做了什么"))
        self.place = TextField(name=_("在哪"))
        self.place.set_value(self.order.village)
        self.place.setCursorPosition(0)
        self.ask(self.place, "place", _("在哪"))
        self.remark = TextArea(_("可以不写"), name=_("备注"))
        self.ask(self.remark, "remark", _("备注"))
        self.photos = PhotoField(self.app.jobs, self.app.banner, name=_("照片"))
        self.ask(self.photos, "photos")
        self._begin_with_who_went()
        self.draft.found.connect(self._make_lines)
        self.draft.restored.connect(self._count)

    def _make_lines(self, names: tuple[str, ...]) -> None:
        """As many as there were."""
        wanted = sum(name.endswith(".person") for name in names)
        while len(self._lines) < wanted:
            self.add_person()

    def start(self) -> None:
        first = self._lines[0]
        target = first.when if not first.who.is_empty() and first.when.is_empty() else first.who
        if not first.who.is_empty() and not first.when.is_empty():
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def request(self) -> RecordServices:
        stretches = tuple(self._served(place, line) for place, line in enumerate(self._filled()))
        return RecordServices(
            stretches=stretches,
            activity=category_name(self.order.category),
            category=self.order.category,
            content=self.content.value(),
            place=self.place.value(),
            remark=self.remark.value(),
            order=self.order.id,
            team=self.order.team_id,
            photos=self.photos.value(),
        )

    def refuse(self, refusal: Refusal) -> None:
        """A refusal names a stretch by its place among the lines that are filled in; both its times are one field."""
        whole, _dot, part = (refusal.field or "").rpartition(".")
        if whole.startswith("stretches."):
            line = self._filled()[int(whole.removeprefix("stretches."))]
            part = "person" if part == "person" else "started_at"
            refusal.field = f"stretches.{self._lines.index(line)}.{part}"
        super().refuse(refusal)

    def add_person(self) -> _Line:
        """One more line, empty, below the others."""
        place = len(self._lines)
        who = PersonField(self.app.jobs, name=_("谁去的"))
        when: EchoField[Stretch] = EchoField(
            lambda text: moments.stretch(text, self.app.now()),
            lambda meant: meant.echo,
            _("9:00-11:30"),
            name=_("从几点到几点"),
        )
        for field, name in ((who, "person"), (when, "started_at")):
            self.form.add("", field, name=f"stretches.{place}.{name}", above=self.more)
            self.form.row_of(field).label.hide()
            self.keep(f"stretches.{place}.{name}", field)
        line = _Line(new_id(), who, when)
        when.edited.connect(self._count)
        self._lines.append(line)
        return line

    def _add_and_go(self) -> None:
        before = self._lines[-1]
        line = self.add_person()
        if not before.when.is_empty():
            line.when.set_value(before.when.value())  # they usually go together
        line.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filled(self) -> list[_Line]:
        """The lines somebody wrote in; the first one always counts."""
        return [
            line
            for place, line in enumerate(self._lines)
            if place == 0 or line.who.text() or not line.when.is_empty()
        ]

    def _served(self, place: int, line: _Line) -> Served:
        stretch = moments.stretch(line.when.value(), self.app.now(), f"stretches.{place}.started_at")
        return Served(
            service=line.service,
            person=line.who.value() or "",
            started_at=stretch.begins,
            ended_at=stretch.ends,
        )

    def _begin_with_who_went(self) -> None:
        line, order = self._lines[0], self.order
        if order.volunteer is not None:
            line.who.set_chosen(order.volunteer.id, order.volunteer.name)
        if order.started_at is not None and order.finished_at is not None:
            line.when.set_value(_typed(order.started_at, order.finished_at, self.app.now()))
            self._count()

    def _count(self) -> None:
        minutes = 0
        for line in self._lines:
            try:
                meant = line.when.meaning()
            except Refusal:
                continue
            minutes += max(0, minutes_between(meant.begins, meant.ends))
        self.total.setText(_("共 {time}").format(time=moments.say_duration(minutes)))
        self.total.setVisible(minutes > 0)


def _typed(began: datetime, ended: datetime, now: datetime) -> str:
    """A stretch as a clerk would type it."""
    local, until = shanghai(began), shanghai(ended)
    day = "" if local.date() == shanghai_day(now) else f"{local:%Y-%m-%d} "
    return f"{day}{local:%H:%M}-{until:%H:%M}"
