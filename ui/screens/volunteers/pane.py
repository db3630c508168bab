"""The person who is pointed at (这个人): who it is, what there is of them in figures, what can be done, what was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.actions.people import Sensitive
from app.actions.people_cards import PersonCard
from app.domain import numbers
from app.domain.calendar import shanghai_day
from app.domain.moments import full_date, say_date
from app.domain.numerals import hours_text
from app.domain.phones import grouped
from app.sentences import people as words
from app.sentences import star_rounds as award_words
from app.sentences import stars as star_words
from app.sentences.points import points
from app.words import _
from ui.categories import category_names
from ui.parts.buttons import Button
from ui.parts.eye import MaskedValue
from ui.parts.facts import FactLine, Facts
from ui.parts.figure import Figure
from ui.parts.grouped import identity_groups
from ui.parts.link import Link
from ui.parts.text import Paragraph, Text
from ui.parts.timeline import Timeline
from ui.points import PointDoors
from ui.screen import Services
from ui.screens.volunteers.whole import Whole, events
from ui.screens.volunteers.wording import about, spaced_phone, stars

FIGURES = ("hours", "points", "stars", "certificates", "orders")
_SIDE = 20
_PLACES = {  # row, column, rows, columns: hours need the width
    "hours": (0, 0, 1, 2),
    "points": (1, 0, 1, 1),
    "stars": (1, 1, 1, 1),
    "certificates": (2, 0, 1, 1),
    "orders": (2, 1, 1, 1),
}
_HIDDEN = (Sensitive.PHONE, Sensitive.OTHER_PHONE, Sensitive.ID_NUMBER, Sensitive.ADDRESS)


@dataclass(frozen=True)
class Door:
    """Where a line leads: a screen, and what to show there."""

    screen: str
    object_id: str


class PersonPane(QWidget):
    """``figure_opened`` carries a name of ``FIGURES``; ``reveal_asked`` a hidden field and the reason to see it,
    ``opened`` a ``Door``."""

    figure_opened = Signal(str)
    reveal_asked = Signal(object, str)
    opened = Signal(object)
    edit_asked = Signal()
    certificate_asked = Signal()
    card_asked = Signal()
    erase_asked = Signal()
    standing_asked = Signal(str)  # "register", "leave", "return"
    left = Signal()

    def __init__(self, app: Services, *, may_edit: bool, may_erase: bool) -> None:
        super().__init__()
        self._now, self._may_edit, self._may_erase = app.now, may_edit, may_erase
        self.doors = PointDoors(app)
        self.whole: Whole | None = None
        self._name = Text("", "title", bold=True, wrap=True)
        self._about = Paragraph("", "body", "secondary")
        self._standing = Paragraph("", "secondary", "secondary")
        self._next_star = Paragraph("", "secondary", "secondary")
        self._facts = Facts()
        self._facts.opened.connect(self.opened)
        self._history_head = Text(_("经过"), "secondary", "secondary", bold=True)
        self._history = Timeline()
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 16, _SIDE, 16)
        column.setSpacing(8)
        column.addWidget(self._name)
        column.addWidget(self._about)
        column.addWidget(self._standing)
        column.addLayout(self._figure_grid())
        column.addWidget(self._next_star)
        column.addLayout(self._buttons())
        column.addWidget(self.doors)
        column.addLayout(self._hidden_lines())
        column.addWidget(self._facts)
        column.addSpacing(4)
        column.addWidget(self._history_head)
        column.addWidget(self._history)
        column.addStretch()

    # --- what is shown

    def show_whole(self, it: Whole) -> None:
        is_other = self.whole is None or self.whole.card.id != it.card.id
        self.whole = it
        card = it.card
        self._name.setText(card.name)
        self._about.set_sentence(about(card))
        self._about.setVisible(bool(about(card)))
        self._standing.set_sentence(self._standing_words(card))
        self._show_figures(it)
        self._show_hidden(card, is_other)
        self._show_buttons(card)
        self._facts.say(self._fact_lines(it))
        self._history.set_events(events(it, self._now()))

    def show_value(self, field: Sensitive, value: str) -> None:
        """What was hidden, now that somebody said why."""
        self.hidden[field].show_value(_readable(field, value))

    def figure(self, name: str) -> Figure:
        return self._figures[name]

    def has_figure(self, name: str) -> bool:
        return self._figures[name].isVisibleTo(self)

    def first_stop(self) -> QWidget:
        """Where Enter goes from the table."""
        return next(figure for figure in self._figures.values() if figure.isVisibleTo(self))

    # --- building

    def _figure_grid(self) -> QGridLayout:
        labels = (_("时长"), _("积分"), _("星级"), _("证明"), _("点过的单"))
        self._figures = {
            name: Figure(label, key=str(place))
            for place, (name, label) in enumerate(zip(FIGURES, labels, strict=True), start=1)
        }
        self._places = grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setSpacing(8)
        for name, figure in self._figures.items():
            grid.addWidget(figure, *_PLACES[name])
            figure.clicked.connect(lambda _checked, name=name: self.figure_opened.emit(name))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _buttons(self) -> QVBoxLayout:
        self.edit = Button(_("改资料"), key="E")
        self.certify = Button(_("开证明"), key="C")
        self.card = Link(_("印志愿者证"), key="Ctrl+Shift+P")
        self.standing = Link("")
        self.erase = Link(_("删除个人信息"))
        self.erase.clicked.connect(lambda _checked: self.erase_asked.emit())
        self.edit.clicked.connect(lambda _checked: self.edit_asked.emit())
        self.certify.clicked.connect(lambda _checked: self.certificate_asked.emit())
        self.card.clicked.connect(lambda _checked: self.card_asked.emit())
        self.standing.clicked.connect(lambda _checked: self.standing_asked.emit(self._step()))
        pair = QHBoxLayout()
        pair.setSpacing(8)
        for button in (self.edit, self.certify):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            pair.addWidget(button, 1)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(pair)
        column.addWidget(self.card)
        column.addWidget(self.standing)
        column.addWidget(self.erase)
        return column

    def _hidden_lines(self) -> QGridLayout:
        self.hidden = {
            field: MaskedValue(name=_(words.FIELDS[field]), wraps=True, may_look=self._may_edit)
            for field in _HIDDEN
        }
        self._hidden_labels = {
            field: Text(_(words.FIELDS[field]), "secondary", "secondary") for field in _HIDDEN
        }
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for place, field in enumerate(_HIDDEN):
            grid.addWidget(self._hidden_labels[field], place, 0)
            grid.addWidget(self.hidden[field], place, 1)
            self.hidden[field].asked.connect(partial(self.reveal_asked.emit, field))
        return grid

    # --- saying

    def _standing_words(self, card: PersonCard) -> str:
        it = card.volunteer
        if card.erased_at is not None:
            return _("{day}删除了个人信息").format(day=self._say_day(card.erased_at))
        if it is None:
            return _("居民，{day}建档").format(day=self._say_day(card.registered_at))
        if it.left_at is None:
            return _("志愿者 {number}\n{day}登记").format(
                number=numbers.grouped(it.number), day=full_date(it.registered_on)
            )
        return _("{number}\n{day}起不再做志愿者：{reason}").format(
            number=numbers.grouped(it.number), day=self._say_day(it.left_at), reason=it.left_reason
        )

    def _say_day(self, at: datetime) -> str:
        return say_date(shanghai_day(at), shanghai_day(self._now()))

    def _show_figures(self, it: Whole) -> None:
        done = it.done
        for name in FIGURES[:-1]:
            self._figures[name].setVisible(done is not None)
        # Who is no volunteer has no other figure: it leaves no hole beside it.
        orders_at = _PLACES["orders" if done is not None else "hours"]
        self._places.addWidget(self._figures["orders"], *orders_at)
        if done is not None:
            self._figures["hours"].say(hours_text(max(0, done.hours.minutes), done.hours.shown_step_minutes))
            self._figures["points"].say(points(done.points_cents))
            self._figures["stars"].say(stars(done.stars.level) or _("还没有"))
            self._figures["certificates"].say(_("{count} 份").format(count=done.valid_certificates))
        self._figures["orders"].say(_("{count} 单").format(count=it.story.orders_count))
        sentences: tuple[str, ...] = ()
        if done is not None:
            awarded = award_words.awarded(done.awards[0]) if done.awards else ""
            sentences = (awarded, star_words.missing(done.stars), star_words.fallen(done.stars))
        said = _("。").join(part for part in sentences if part)
        self._next_star.set_sentence(said)
        self._next_star.setVisible(bool(said))

    def _show_hidden(self, card: PersonCard, is_other: bool) -> None:
        masked = {
            Sensitive.PHONE: spaced_phone(card.phone),
            Sensitive.OTHER_PHONE: spaced_phone(card.other_phone),
            Sensitive.ID_NUMBER: _readable(Sensitive.ID_NUMBER, card.id_number),
            Sensitive.ADDRESS: card.address,
        }
        for field, text in masked.items():
            self.hidden[field].setVisible(bool(text))
            self._hidden_labels[field].setVisible(bool(text))
            if is_other or self.hidden[field].masked() != text:
                self.hidden[field].set_masked(text, card.id)

    def _show_buttons(self, card: PersonCard) -> None:
        may_edit = self._may_edit and card.erased_at is None
        is_active = card.volunteer is not None and card.volunteer.left_at is None
        self.edit.setVisible(may_edit)
        self.certify.setVisible(may_edit and card.volunteer is not None)
        self.card.setVisible(may_edit and is_active)
        self.standing.setVisible(may_edit)
        self.erase.setVisible(self._may_erase and card.erased_at is None)
        self.doors.show_person(card.id if may_edit and is_active else None)
        steps = {"register": _("登记为志愿者"), "leave": _("不再做志愿者"), "return": _("恢复服务")}
        self.standing.setText(steps[self._step()])
        self.standing.updateGeometry()

    def _step(self) -> str:
        assert self.whole is not None
        volunteer = self.whole.card.volunteer
        if volunteer is None:
            return "register"
        return "return" if volunteer.left_at is not None else "leave"

    def _fact_lines(self, it: Whole) -> list[FactLine]:
        card, volunteer = it.card, it.card.volunteer
        lines = [
            FactLine(_("村社区"), it.village),
            FactLine(_("监护人"), card.guardian_name, Door("volunteers", card.guardian or "")),
            *(
                FactLine(_("带队") if team.leads else _("队伍"), team.name, Door("teams", team.id))
                for team in it.story.teams
            ),
        ]
        if volunteer is not None:
            lines += [
                FactLine(_("会做"), category_names(volunteer.categories)),
                FactLine(_("特长"), _("、").join(volunteer.skills)),
                FactLine(_("资质"), _("、").join(volunteer.qualifications)),
                FactLine(_("有空"), volunteer.availability),
                FactLine(_("推荐人"), volunteer.referrer_name, Door("volunteers", volunteer.referrer or "")),
            ]
        return [*lines, FactLine(_("备注"), card.remark)]

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


def _readable(field: Sensitive, value: str) -> str:
    if field in (Sensitive.PHONE, Sensitive.OTHER_PHONE):
        return grouped(value)
    return identity_groups(value) if field is Sensitive.ID_NUMBER and len(value) == 18 else value
