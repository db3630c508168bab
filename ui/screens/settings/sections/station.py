"""站点 The station: how it is called and where it stands; beside it what it was before."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.desk import Desk, Role
from app.actions.history import Told, history_of
from app.actions.stations import RenameStation, StationCard, rename_station, station_card
from app.domain import regions
from app.domain.calendar import shanghai_day
from app.domain.moments import full_date, say_exactly, say_moment
from app.domain.problems import Refusal
from app.sentences.stations import level_words
from app.words import N_, _
from ui.formdraft import FormDraft
from ui.parts.buttons import Button
from ui.parts.facts import FactLine, Facts
from ui.parts.fields import TextField
from ui.parts.form import Form, Page
from ui.parts.text import Paragraph, Text
from ui.parts.timeline import Event, Timeline
from ui.screen import Services
from ui.screens.settings.section import Section, SectionEntry, SectionHead
from ui.welcome.station import RegionField


@dataclass(frozen=True)
class _Whole:
    card: StationCard
    history: tuple[Told, ...]


def _whole(desk: Desk, _query: None = None) -> _Whole:
    card = station_card(desk, None)
    return _Whole(card, tuple(history_of(desk, f"station:{card.id}")))


class StationSection(Section):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._card: StationCard | None = None
        self._is_edited = False
        self._may_edit = app.clerk.role == Role.ADMINISTRATOR
        self.facts = Facts()
        self.timeline = Timeline()
        self._pane = self.beside(_pane(self.timeline))
        self.form = Form()
        self.name = self.form.add(_("名称"), TextField(_("证书上印的全称"), at_most=60), name="name")
        self.region = self.form.add(_("地区"), RegionField(), name="region")
        self._draft = FormDraft(self, app, "station")
        self._draft.keep("name", self.name)
        self._draft.keep("region", self.region)
        self.save_button = Button(_("改好了"), kind="primary", key="Ctrl+Enter")
        self.drop_button = Button(_("不改了"), kind="quiet")
        self.form.primary = self.save_button
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(
            SectionHead(_("站点"), _("新开的证书和单据用现在的名称；已经签发的，还是当时的名称。"))
        )
        page = Page(self._content(), right=(self.drop_button, self.save_button))
        page.footer.setVisible(self._may_edit)
        column.addWidget(page, 1)
        self._connect()
        self._fit()
        self._read()

    def enter(self) -> None:
        if self._may_edit:
            self.form.start()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"station", "staff"}:
            self._read()

    def pane_widget(self) -> QWidget:
        return self._pane

    def save(self) -> None:
        if not self.save_button.isEnabled():
            return
        self._draft.save_early()
        self.save_button.hold()
        self.app.jobs.run(
            self,
            rename_station,
            RenameStation(name=self.name.value(), region=self.region.value()),
            done=lambda _none: self._on_saved(),
            refused=self._on_refused,
            trouble=self._on_trouble,
        )

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for widget in (self.form, self.facts):
            column.addWidget(widget)
        self.form.setVisible(self._may_edit)
        if not self._may_edit:
            column.addWidget(Paragraph(_("管理员可以改。"), "body", "secondary"))
        column.addStretch(1)
        return content

    def _connect(self) -> None:
        for field in (self.name, self.region):
            field.edited.connect(self._on_edited)
        self.form.saved.connect(self.save)
        self.form.left.connect(self.left)
        self.save_button.clicked.connect(lambda _checked: self.save())
        self.drop_button.clicked.connect(lambda _checked: self._drop())
        if self._may_edit:
            self.key("Ctrl+Enter", _("改好了"), self.save)

    def _read(self) -> None:
        self.app.jobs.read(self, _whole, None, done=self._on_read)

    def _on_read(self, it: _Whole) -> None:
        """What is half typed stays."""
        self._card = it.card
        self.facts.say(_lines(it.card, is_whole=not self._may_edit))
        self.timeline.set_events([self._event(told) for told in reversed(it.history)])
        self._show_card()
        if self._may_edit and not self._is_edited:
            self._draft.begin("")

    def _event(self, told: Told) -> Event:
        return Event(say_moment(told.at, self.app.now()), told.text, told.by, say_exactly(told.at))

    def _show_card(self) -> None:
        if self._card is not None and not self._is_edited:
            self.name.set_value(self._card.name)
            self.region.set_value(self._card.region)
            self.form.clear_refusals()

    def _on_edited(self) -> None:
        self._is_edited = True
        self._fit()

    def _on_saved(self) -> None:
        self._is_edited = False
        self._draft.forget()
        self._fit()
        if self.save_button.has_focus_waiting():
            self.form.start()
        self.app.banner.news(_("站点改好了。"))

    def _on_refused(self, refusal: Refusal) -> None:
        self._fit()
        self.form.refuse(refusal)

    def _on_trouble(self, trouble: object) -> None:
        """What was typed stays for another try."""
        self._fit()
        self.app.jobs.troubled.emit(trouble)

    def _drop(self) -> None:
        self._is_edited = False
        self._draft.forget()
        self._fit()
        self._show_card()
        self.form.start()

    def _fit(self) -> None:
        self.save_button.setEnabled(self._is_edited)
        self.drop_button.setVisible(self._is_edited)


def _lines(card: StationCard, *, is_whole: bool) -> list[FactLine]:
    """What cannot be changed; for who reads only, what can be, too."""
    lines = [
        FactLine(_("级别"), level_words(card.level)),
        FactLine(_("建站"), full_date(shanghai_day(card.founded_at))),
        FactLine(
            _("编号册"), _("{register}，这台电脑开的单据和证书，编号里都有它").format(register=card.register)
        ),
    ]
    if not is_whole:
        return lines
    region = f"{regions.grouped(card.region)} {card.region_said}"
    return [FactLine(_("名称"), card.name), FactLine(_("地区"), region), *lines]


def _pane(timeline: Timeline) -> QWidget:
    pane = QWidget()
    column = QVBoxLayout(pane)
    column.setContentsMargins(20, 16, 20, 16)
    column.setSpacing(8)
    column.addWidget(Text(_("改过什么"), "body", bold=True))
    column.addWidget(timeline)
    column.addStretch()
    return pane


SECTION = SectionEntry(key="station", order=10, title=N_("站点"), build=StationSection)
