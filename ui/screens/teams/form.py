"""Founding and editing a team (成立、改资料): its place in the tree, what it takes, and where it goes."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.teams import EditTeam, FoundTeam, TeamCard, TeamNode, edit_team, found_team
from app.domain.problems import Refusal
from app.domain.teams import LEVEL_NAMES, Charter, Level
from app.domain.villages import VillageNames
from app.facts import Id
from app.words import _
from ui.categories import CategoryChips
from ui.formdraft import FormDraft
from ui.parts.buttons import Button
from ui.parts.chips import Chips, ManyChips
from ui.parts.choice import Choice
from ui.parts.fields import TextField
from ui.parts.form import Form, Page
from ui.parts.grouped import PhoneField
from ui.parts.text import Text
from ui.screen import Services
from ui.screens.volunteers.saving import several

_NONE = ""


class TeamForm(Form):
    def __init__(self) -> None:
        super().__init__()
        self.name = self.add(_("队名"), TextField(at_most=60), name="name")
        levels: Chips[Level] = Chips([(level, _(name)) for level, name in LEVEL_NAMES.items()])
        self.level = self.add(_("级别"), levels, name="level")
        parent, region = Choice([(_NONE, _("没有上级"))]), Choice([(_NONE, _("本站"))])
        self.parent_team: Choice[str] = self.add(_("上级队伍"), parent, name="parent")
        self.region: Choice[str] = self.add(_("所在"), region, name="region")
        self.phone = self.add(_("电话"), PhoneField(), name="phone")
        self.categories = self.add(_("服务项目"), CategoryChips(name=_("服务项目")), name="categories")
        self.areas = self.add(_("服务区域"), Areas(), name="regions")
        self.qualifications = self.add(
            _("资质"), TextField(_("要有证的，写在这里，用顿号分开"), at_most=300), name="qualifications"
        )
        self._region = ""

    def offer(self, parents: list[tuple[str, str]], villages: list[tuple[str, str]]) -> None:
        """What can be chosen; what is chosen stays."""
        self.parent_team.offer([(_NONE, _("没有上级")), *parents])
        self.region.offer([(_NONE, _("本站")), *villages])
        self.areas.offer(villages)
        self.row_of(self.areas).setVisible(bool(villages))

    def start_with(self, card: TeamCard | None) -> None:
        """An existing team, or an empty form for a new one."""
        self.clear_refusals()
        self.name.set_value(card.name if card else "")
        self.level.set_value(card.level if card else Level.SQUAD)
        self.parent_team.set_value((card.parent if card else None) or _NONE)
        self._region = card.region if card else ""
        self.region.set_value(self._region or _NONE)
        if self.region.is_empty():
            self.region.set_value(_NONE)
        self.phone.set_value(card.phone if card else "")
        self.categories.set_value(card.categories if card else ())
        self.areas.set_value(card.regions if card else ())
        self.qualifications.set_value(_("、").join(card.qualifications) if card else "")

    def fields(self) -> dict[str, QWidget]:
        """All of them, by name."""
        return {
            "name": self.name,
            "level": self.level,
            "parent": self.parent_team,
            "region": self.region,
            "phone": self.phone,
            "categories": self.categories,
            "areas": self.areas,
            "qualifications": self.qualifications,
        }

    def charter(self) -> Charter:
        """What is typed. A region that cannot be chosen here stays what it was."""
        return Charter(
            name=self.name.value(),
            level=self.level.value() or Level.SQUAD,
            parent=self.parent_team.value() or None,
            region=self.region.value() or self._region,
            regions=self.areas.value(),
            categories=self.categories.value(),
            qualifications=several(self.qualifications.value()),
            phone=self.phone.value(),
        )


class Areas(QWidget):
    """The villages a team goes to; areas that are no village of this station stay as they are."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._others: tuple[str, ...] = ()
        self._offered: list[tuple[str, str]] = []
        self._chips: ManyChips[str] = ManyChips([])
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._chips)

    def offer(self, villages: list[tuple[str, str]]) -> None:
        if villages == self._offered:
            return
        kept = self.value()
        self._offered = villages
        self._column.removeWidget(self._chips)
        self._chips.hide()
        self._chips.deleteLater()
        self._chips = ManyChips(villages, name=_("服务区域"))
        self._chips.edited.connect(self.edited)
        self._column.addWidget(self._chips)
        self.setFocusProxy(self._chips)
        self.set_value(kept)

    def value(self) -> tuple[str, ...]:
        return (*self._chips.value(), *self._others)

    def set_value(self, codes: tuple[str, ...]) -> None:
        known = {code for code, _name in self._offered}
        self._others = tuple(code for code in codes if code not in known)
        self._chips.set_value(codes)

    def is_empty(self) -> bool:
        return False

    def set_refused(self, is_refused: bool) -> None:
        """Chips have no common border to colour; the sentence below them is enough."""


class TeamFormPage(QWidget):
    """``saved`` carries the team's id and what to say."""

    saved = Signal(str, str)
    left = Signal()

    def __init__(self, app: Services) -> None:
        super().__init__()
        self._app = app
        self._card: TeamCard | None = None
        self._is_running = False
        self.title = Text("", "section", bold=True, wrap=True)
        self.form = TeamForm()
        self.save = Button(_("成立"), kind="primary", key="Ctrl+Enter")
        self.back = Button(_("先不填了"), kind="quiet", key="Esc")
        self.form.primary = self.save
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.title)
        inner.addWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Page(content, left=(self.back,), right=(self.save,)))
        self.form.saved.connect(self._save)
        self.form.left.connect(self.left)
        self._draft = FormDraft(self, app, "team")
        for name, field in self.form.fields().items():
            self._draft.keep(name, field)
        self.save.clicked.connect(lambda _checked: self._save())
        self.back.clicked.connect(lambda _checked: self.left.emit())
        self._start(None)

    def offer(self, nodes: tuple[TeamNode, ...], villages: VillageNames) -> None:
        parents = [(node.id, node.name) for node in nodes if not node.closed]
        self.form.offer(parents, sorted(villages.names.items()))

    def start_new(self) -> None:
        """A new team; what was typed of it before is still there."""
        if self._card is not None:
            self._start(None)

    def start_with(self, card: TeamCard) -> None:
        """An existing team, as it is now unless its form is half typed."""
        if self._card is None or self._card.id != card.id or not self.is_touched():
            self._start(card)

    def is_new(self) -> bool:
        return self._card is None

    def is_touched(self) -> bool:
        """Whether it says something else than when it was begun."""
        return self.form.charter() != self._begun

    def _start(self, card: TeamCard | None) -> None:
        self._draft.save_early()
        self._card = card
        self.form.start_with(card)
        self._begun = self.form.charter()
        self._draft.begin(card.id if card is not None else "")
        self.title.setText(_("{name} · 改资料").format(name=card.name) if card is not None else _("成立队伍"))
        self.save.setText(_("成立") if card is None else _("改好了"))
        self.save.updateGeometry()

    def _save(self) -> None:
        if self._is_running:
            return
        self._is_running = True
        self._draft.save_early()
        self.form.clear_refusals()
        charter = self.form.charter()
        is_new = self._card is None
        team: Id = self._draft.id if self._card is None else self._card.id
        said = _("“{name}”成立了。").format(name=charter.name.strip()) if is_new else _("改好了。")

        def done(_value: Any) -> None:
            self._is_running = False
            self._draft.forget()
            self._start(None)
            self.saved.emit(team, said)

        run = partial(self._app.jobs.run, self, done=done, refused=self._on_refused, trouble=self._on_trouble)
        if is_new:
            run(found_team, FoundTeam(team=team, charter=charter))
        else:
            run(edit_team, EditTeam(team=team, charter=charter))

    def _on_refused(self, refusal: Refusal) -> None:
        self._is_running = False
        self.form.refuse(refusal)

    def _on_trouble(self, trouble: Any) -> None:
        self._is_running = False
        self._app.jobs.troubled.emit(trouble)
