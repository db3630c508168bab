"""Who somebody is and what they bring (登记表): for somebody new, for a resident who becomes a volunteer, for edits.

The form knows what is typed and what of it is new; ``saving`` makes requests of it. Sex and birth fill themselves in
from the ID number, a guardian is asked for only where somebody is young.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.actions.people import Sensitive
from app.actions.people_cards import PersonCard
from app.actions.search import suggest_people
from app.actions.search_people import PersonHit
from app.domain import identity
from app.domain.identity import SEX_NAMES, Identity, Sex, age_on
from app.domain.moments import full_date
from app.domain.people import FULL_AGE, GROUP_NAMES, Group, day_typed
from app.domain.problems import Refusal
from app.sentences import sentence
from app.words import _
from ui.categories import CategoryChips
from ui.jobs import Jobs
from ui.parts.chips import Chips, ManyChips
from ui.parts.choice import Choice
from ui.parts.fields import TextArea, TextField
from ui.parts.form import Form
from ui.parts.grouped import PhoneField
from ui.parts.people import PersonField, person_rows, tail_words
from ui.parts.text import Text
from ui.parts.typeahead import TypeAhead
from ui.parts.when import EchoField
from ui.screens.volunteers.kept import IdentityLine, KeptField
from ui.screens.volunteers.wording import age, spaced_phone

VOLUNTEER, RESIDENT = "volunteer", "resident"
_NO_REGION = ""


class PersonForm(Form):
    """``changed`` comes with every change; ``reveal_asked`` a hidden field and the reason to see it."""

    changed = Signal()
    reveal_asked = Signal(object, str)

    def __init__(self, jobs: Jobs, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._filled: Identity | None = None
        self._card: PersonCard | None = None
        self._add_profile(jobs)
        self._add_brings(jobs)
        self._connect()
        self.start_new()

    # --- building

    def _add_profile(self, jobs: Jobs) -> None:
        self.kind = self.add(
            _("登记成"), Chips([(VOLUNTEER, _("志愿者")), (RESIDENT, _("居民"))], chosen=VOLUNTEER)
        )
        self.kind.leave_tab_order()
        self.name = self.add(_("姓名"), TextField(at_most=200), name="name")
        self.identity = self.add(_("证件"), IdentityLine(), name="id_number")
        self.phone = self.add(_("电话"), KeptField(PhoneField(), _("电话")), name="phone")
        self.sex: Chips[Sex] = self.add(
            _("性别"), Chips([(sex, _(name)) for sex, name in SEX_NAMES.items()]), name="sex"
        )
        birth: EchoField[date | None] = EchoField(
            lambda text: day_typed(text, "born_on"), self._say_birth, _("1965-3-4；有身份证号就不用写")
        )
        self.born_on = self.add(_("出生日期"), KeptField(birth, _("出生日期")), name="born_on")
        self.guardian = self.add(
            _("监护人"), TypeAhead(jobs, suggest_people, person_rows, _("姓名、拼音或电话")), name="guardian"
        )
        self.region: Choice[str] = self.add(_("村社区"), Choice(hint=_("选村社区")), name="region")
        self.address = self.add(_("住址"), KeptField(TextField(at_most=200), _("住址")), name="address")
        groups: ManyChips[Group] = ManyChips([(group, _(name)) for group, name in GROUP_NAMES.items()])
        self.groups = self.add(_("人群"), groups, name="groups")
        self.other_phone = self.add(
            _("备用电话"), KeptField(PhoneField(_("家里人的也行")), _("备用电话")), name="other_phone"
        )
        self.remark = self.add(_("备注"), TextArea(lines=1), name="remark")

    def _add_brings(self, jobs: Jobs) -> None:
        self._heading = self.add_line(Text(_("志愿服务"), "section", bold=True))
        self.categories = self.add(_("会做什么"), CategoryChips(name=_("会做什么")), name="categories")
        self.skills = self.add(_("特长"), TextField(_("几样用顿号分开"), at_most=300), name="skills")
        self.qualifications = self.add(
            _("资质"), TextField(_("电工证、护士证…"), at_most=300), name="qualifications"
        )
        self.availability = self.add(_("有空"), TextField(_("周末、晚上…"), at_most=300), name="availability")
        since: EchoField[date | None] = EchoField(
            lambda text: day_typed(text, "registered_on"), self._say_day, _("空着就是今天")
        )
        self.registered_on = self.add(_("登记日期"), since, name="registered_on")
        self.referrer = self.add(_("推荐人"), PersonField(jobs, name=_("推荐人")), name="referrer")

    def _connect(self) -> None:
        self.kind.edited.connect(self._fit)
        self.identity.edited.connect(self._on_identity)
        self.identity.number.field.editingFinished.connect(self._check_identity)
        self.born_on.edited.connect(self._fit)
        self.guardian.chosen.connect(self._on_guardian)
        for name, field in self._hidden().items():
            field.asked.connect(lambda reason, name=name: self.reveal_asked.emit(name, reason))
        for _name, row in self._rows:
            widget: Any = row.field
            widget.edited.connect(self.changed)

    def _hidden(self) -> dict[Sensitive, KeptField]:
        return {
            Sensitive.PHONE: self.phone,
            Sensitive.OTHER_PHONE: self.other_phone,
            Sensitive.ID_NUMBER: self.identity.number,
            Sensitive.ADDRESS: self.address,
            Sensitive.BORN_ON: self.born_on,
        }

    # --- beginning

    def offer_regions(self, regions: list[tuple[str, str]]) -> None:
        """The villages that can be chosen; what is chosen stays."""
        self.region.offer([(_NO_REGION, _("还不知道")), *regions])

    def start_new(self) -> None:
        """Empty, for somebody new."""
        self._card, self._filled = None, None
        self._empty()
        self.row_of(self.kind).show()
        self._fit()

    def start_with(self, card: PersonCard, *, becomes_volunteer: bool = False) -> None:
        """With what is known of somebody, of which the sensitive stays hidden."""
        self._empty()
        self._card, self._filled = card, None
        self.row_of(self.kind).hide()
        is_volunteer = becomes_volunteer or (card.volunteer is not None and card.volunteer.left_at is None)
        self.kind.set_value(VOLUNTEER if is_volunteer else RESIDENT)
        self.name.set_value(card.name)
        if card.id_type is not None:
            self.identity.id_type.set_value(card.id_type)
        self.sex.set_value(card.sex)
        self.region.set_value(card.region or _NO_REGION)
        self.groups.set_value(card.groups)
        self.remark.set_value(card.remark)
        if card.guardian is not None:
            self.guardian.set_chosen(card.guardian, card.guardian_name)
        self.phone.start(spaced_phone(card.phone), card.id)
        self.other_phone.start(spaced_phone(card.other_phone), card.id)
        self.identity.number.start(card.id_number, card.id)
        self.address.start(card.address, card.id)
        self.born_on.start(age(card.age), card.id)
        if card.volunteer is not None:
            self.categories.set_value(card.volunteer.categories)
            self.skills.set_value(_("、").join(card.volunteer.skills))
            self.qualifications.set_value(_("、").join(card.volunteer.qualifications))
            self.availability.set_value(card.volunteer.availability)
        self._fit()

    def show_known(self, field: Sensitive, value: str) -> None:
        """What was hidden, now that somebody said why."""
        self._hidden()[field].show_known(value)
        self._fit()

    def _empty(self) -> None:
        self.clear_refusals()
        self.kind.set_value(VOLUNTEER)
        for line in (self.name, self.skills, self.qualifications, self.availability, self.registered_on):
            line.set_value("")
        self.remark.set_value("")
        for field in self._hidden().values():
            field.start("")
        self.identity.id_type.setCurrentIndex(0)
        self.identity.say("")
        self.sex.set_value(None)
        self.region.set_value(None)
        self.groups.set_value(())
        self.categories.set_value(())
        for somebody in (self.guardian, self.referrer):
            somebody.set_chosen(None, "")

    # --- what it says

    def is_volunteer(self) -> bool:
        return self.kind.value() == VOLUNTEER

    def birth(self) -> date | None:
        """The birth date that is typed, if it can be understood."""
        try:
            return day_typed(self.born_on.value())
        except Refusal:
            return None

    def age(self) -> int | None:
        birth = self.birth()
        if birth is not None:
            return age_on(birth, self._today())
        return self._card.age if self._card is not None else None

    def state(self) -> dict[str, Any]:
        """What is typed, for a draft; what was hidden and is only looked at is not."""
        return {
            **{name: _typed(field) for name, field in self._lines().items()},
            "kind": self.kind.value(),
            "id_type": self.identity.kind(),
            "sex": self.sex.value(),
            "region": self.region.value(),
            "groups": list(self.groups.value()),
            "categories": list(self.categories.value()),
            "guardian": _chosen(self.guardian),
            "referrer": _chosen(self.referrer),
        }

    def set_state(self, state: Mapping[str, Any]) -> None:
        """What a draft has kept."""
        for name, field in self._lines().items():
            field.set_value(str(state.get(name, "")))
        self.kind.set_value(state.get("kind") or VOLUNTEER)
        self.identity.id_type.set_value(identity.IdType(state.get("id_type") or identity.IdType.RESIDENT))
        self.sex.set_value(Sex(state["sex"]) if state.get("sex") else None)
        self.region.set_value(state.get("region"))
        self.groups.set_value([Group(one) for one in state.get("groups", ())])
        self.categories.set_value(state.get("categories", ()))
        for name, field in (("guardian", self.guardian), ("referrer", self.referrer)):
            field.set_chosen(*(state.get(name) or (None, "")))
        self._fit()

    def _lines(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "id_number": self.identity.number,
            "phone": self.phone,
            "other_phone": self.other_phone,
            "born_on": self.born_on,
            "address": self.address,
            "remark": self.remark,
            "skills": self.skills,
            "qualifications": self.qualifications,
            "availability": self.availability,
            "registered_on": self.registered_on,
        }

    # --- while it is typed

    def _on_identity(self) -> None:
        """A whole number is checked at once; what an unfinished one had told goes."""
        self._forget_filled()
        if self.identity.is_whole():
            self._check_identity()

    def _check_identity(self) -> None:
        """Say what is wrong with the number without going back to it; or fill in what it tells."""
        number = self.identity.value()
        if not number or (self._filled is not None and self._filled.number == number):
            return
        try:
            told = identity.check(self.identity.kind(), number, self._today())
        except Refusal as refusal:
            self.row_of(self.identity).refusal.say(sentence(refusal))
            self.identity.set_refused(True)
            return
        self._fill(told)

    def _fill(self, told: Identity) -> None:
        self._filled = told
        if told.sex is not None:
            self.sex.set_value(told.sex)
        if told.birth is not None:
            self.born_on.set_value(told.birth.isoformat())
        checked = _("号码对得上。") if told.birth is not None else ""
        self.identity.say(checked if told.area_known else _("号码对得上，地区码没收录，请再看一眼。"))
        for field in (self.sex, self.born_on):
            self.row_of(field).refusal.clear()
        self._fit()

    def _forget_filled(self) -> None:
        told, self._filled = self._filled, None
        self.identity.say("")
        if told is not None and told.birth is not None:
            self.sex.set_value(None)
            self.born_on.set_value("")
            self._fit()

    def _on_guardian(self, hit: PersonHit) -> None:
        self.guardian.set_chosen(hit.id, hit.name, tail_words(hit.phone_tail))
        self.changed.emit()
        self.step_on()

    def _fit(self) -> None:
        """Ask only what concerns this person."""
        years = self.age()
        is_young = years is not None and years < FULL_AGE
        self.row_of(self.guardian).setVisible(is_young or self.guardian.value() is not None)
        brings: tuple[QWidget, ...] = (self.categories, self.skills, self.qualifications, self.availability)
        self._heading.setVisible(self.is_volunteer())
        for field in brings:
            self.row_of(field).setVisible(self.is_volunteer())
        is_known_volunteer = self._card is not None and self._card.volunteer is not None
        for field in (self.registered_on, self.referrer):
            self.row_of(field).setVisible(self.is_volunteer() and not is_known_volunteer)

    def _say_birth(self, birth: date | None) -> str:
        if birth is None:
            return ""
        return _("{day}，{age}").format(day=full_date(birth), age=age(age_on(birth, self._today())))

    def _say_day(self, day: date | None) -> str:
        return full_date(day) if day is not None else ""


def _typed(field: Any) -> str:
    is_as_known = isinstance(field, KeptField) and not field.touched()
    return "" if is_as_known else field.value()


def _chosen(field: TypeAhead) -> list[str] | None:
    """Who was chosen and how the line names them, for a draft."""
    return [field.value(), field.text()] if field.value() else None
