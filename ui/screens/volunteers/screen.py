"""The screen of people (志愿者): the register, the rows behind a figure, or the form, and the person in the pane."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.actions.desk import Desk
from app.actions.erasure import ErasurePlan, erasure_plan
from app.actions.people import (
    LeaveVolunteering,
    LeftVolunteering,
    RegisteredVolunteer,
    Reveal,
    Sensitive,
    leave_volunteering,
    return_to_volunteering,
    reveal,
)
from app.actions.people_cards import PersonCard
from app.actions.people_list import PeopleChoices, Who, people_choices
from app.actions.services import Evidence
from app.domain.numbers import grouped
from app.domain.staff import Role
from app.words import N_, _
from ui.parts.banner import Action
from ui.parts.question import Answer, Answered, Deed, Question, ask_and_do
from ui.places import Places, places
from ui.points import DONATE_KEY, REWARD_KEY
from ui.screen import Screen, Services
from ui.screens.volunteers.cards import Cards
from ui.screens.volunteers.erasing import EraseForm
from ui.screens.volunteers.filters import FilterLines, Narrowed
from ui.screens.volunteers.formpage import FormPage
from ui.screens.volunteers.ledgers import Ledgers
from ui.screens.volunteers.pane import FIGURES, Door, PersonPane
from ui.screens.volunteers.record import RecordPane
from ui.screens.volunteers.register import Register
from ui.screens.volunteers.rosters import Rosters
from ui.screens.volunteers.whole import Whole, whole

_SHOWN = frozenset({"person", "team", "service", "policy"})
_OF_PERSON = _SHOWN | {"order", "certificate", "star_round", "wallet", "grant"}
_NEW, _KNOWN = "new", "known"
_LEAVING = (N_("搬走了"), N_("身体原因"), N_("不想做了"), N_("去世"))


class Volunteers(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._may_edit = app.clerk.role != Role.AUDITOR
        self._is_read = False
        self._person = ""
        self._build()
        self._connect()
        self._tell_keys()

    # --- as every screen

    def enter(self) -> None:
        if not self._is_read:
            self._is_read = True
            self._read_choices()
            self.register.show_people(self.filters.narrowed)
            if self._may_edit:
                self.form.load()
        if self._shown() is self._list:
            # Who comes here types a name; in the list itself letters are keys.
            self.filters.go_search()
        else:
            self._take_focus()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & _SHOWN:
            self.register.refresh()
            self._read_choices()
        if changed & _OF_PERSON:
            self._read_person()
            if self._shown() is self.ledgers:
                self.ledgers.table().refresh()

    def pane_widget(self) -> QWidget | None:
        shown = self._shown()
        if shown is self.form and self.form.is_new():
            return None
        if shown is self.ledgers and self.record.view.evidence is not None:
            return self.record
        return self.pane if self.pane.whole is not None else None

    def go_to(self, object_id: str) -> None:
        """Somebody who was searched for: shown in the pane, and pointed at where the list has them."""
        self._show(self._list)
        self.app.show_pane()
        self._person = object_id
        self._read_person()
        self.register.go_to(object_id, partial(self._widen, object_id))
        self.register.take_focus()

    def narrowing(self) -> dict[str, Any]:
        return self.filters.fields()

    def place(self) -> tuple[str, str]:
        """Who is shown, and on which page."""
        shown = self._shown()
        if shown is self.form:
            return self._person, _NEW if self.form.is_new() else _KNOWN
        return self._person, self.ledgers.shown if shown is self.ledgers else ""

    def come_back(self, place: tuple[str, str]) -> None:
        """Into the form, with its draft; to the rows behind a figure once the figures are there."""
        self._person, page = place
        if page == _NEW:
            self._begin()
        elif self._person:
            self.register.point(self._person)
            self.app.jobs.read(
                self, whole, self._person, done=partial(self._on_found_again, page), key="found again"
            )

    def _on_found_again(self, page: str, it: Whole) -> None:
        self._on_whole(it)
        if page == _KNOWN:
            self._edit()
        elif page:
            self._open_figure(page)

    def is_amid(self) -> bool:
        """Somebody new, and edits that were left, are safe in their drafts."""
        is_editing = self._shown() is self.form and not self.form.is_new()
        return is_editing and (super().is_amid() or self.form.value() is not None)

    # --- building

    def _build(self) -> None:
        self.filters = FilterLines(may_register=self._may_edit)
        self.register = Register(self.app, self._begin, self.filters.clear)
        self.ledgers = Ledgers(self.app)
        self.form = FormPage(self.app)
        may_erase = self.app.clerk.role == Role.ADMINISTRATOR
        self.pane = self.beside(PersonPane(self.app, may_edit=self._may_edit, may_erase=may_erase))
        self.record = self.beside(RecordPane(self.app.jobs, may_edit=self._may_edit))
        self.cards = Cards(self.app, self)
        self.rosters = Rosters(self.app, self, lambda: self.register.roster(self.filters.about()))
        self.rosters.offer_in(self.filters.print)
        if self._may_edit:
            self.filters.print.part()
            cards = _("给名册里这些人印志愿者证")
            self.filters.print.offer(cards, self._print_cards, when=self._shows_volunteers)
        self._list = QWidget()
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        table = QVBoxLayout()
        table.setContentsMargins(16, 0, 8, 0)
        table.addWidget(self.register)
        column.addLayout(table, 1)
        self._stack = QStackedLayout(self)
        for page in (self._list, self.ledgers, self.form):
            self._stack.addWidget(page)

    def _connect(self) -> None:
        self.filters.changed.connect(self._on_narrowed)
        self.filters.left.connect(self.register.take_focus)
        self.filters.new_asked.connect(self._begin)
        self.filters.narrow_asked.connect(self._narrow)
        self.filters.stars_asked.connect(partial(self.app.go, "stars"))
        self.register.pointed.connect(self._on_pointed)
        self.register.opened.connect(lambda _person: self._into_pane())
        self.register.counted.connect(self.filters.show_count)
        self.pane.figure_opened.connect(self._open_figure)
        self.pane.reveal_asked.connect(self._reveal)
        self.pane.opened.connect(self._on_door)
        self.pane.edit_asked.connect(self._edit)
        self.pane.certificate_asked.connect(self._certify)
        self.pane.card_asked.connect(self._print_card)
        self.pane.standing_asked.connect(self._change_standing)
        self.pane.erase_asked.connect(self._ask_erasing)
        self.pane.left.connect(self._take_focus)
        self.ledgers.pointed.connect(self._on_evidence)
        self.ledgers.entered.connect(self._into_record)
        self.ledgers.certificate_opened.connect(partial(self.app.go, "certificates"))
        self.ledgers.order_opened.connect(partial(self.app.go, "board"))
        self.ledgers.left.connect(self._back_to_list)
        self.record.order_opened.connect(partial(self.app.go, "board"))
        self.record.revoked.connect(self._on_revoked)
        self.record.left.connect(self._take_focus)
        self.form.saved.connect(self._on_saved)
        self.form.opened.connect(self.go_to)
        self.form.left.connect(self._back_to_list)

    def _tell_keys(self) -> None:
        self.key("Ctrl+F", _("在名册里找"), self._find)
        self.key("F3", _("筛选：队伍、村社区、类别、星级"), partial(self._on_list, self._narrow))
        self.key("S", _("星级评定"), partial(self._on_list, partial(self.app.go, "stars")))
        self.tell_key("Enter", _("到右边这个人身上"))
        figures = (_("时长明细"), _("积分明细"), _("星级"), _("证明"), _("点过的单"))
        for place, (name, said) in enumerate(zip(FIGURES, figures, strict=True), start=1):
            self.key(str(place), said, partial(self._figure_key, name))
        open_print = partial(self._on_list, self.filters.print.open_menu)
        if self._may_edit:
            self.key("Ctrl+N", _("登记新人"), self._begin)
            self.key("E", _("改这个人的资料"), partial(self._on_list, self._edit))
            self.key("C", _("给他开证明"), self._certify)
            self.key("Ctrl+P", _("印名册，或给名册里这些人印志愿者证"), open_print)
            self.key("Ctrl+S", _("名册存成 PDF"), partial(self._on_list, self.rosters.save))
            self.key("Ctrl+Shift+P", _("印他的志愿者证"), self._print_card)
            self.key("Ctrl+Shift+S", _("把他的志愿者证存成 PDF，拿去制卡"), self._save_card)
            self.key("Delete", _("在明细里：撤销这条记录"), self._revoke_key)
            self.key(DONATE_KEY, _("转赠他的积分"), partial(self._on_list, self.pane.doors.donate))
            self.key(REWARD_KEY, _("奖励他的随手拍"), partial(self._on_list, self.pane.doors.reward))
            self.tell_key("Ctrl+Enter", _("登记，或者改好了"))
        else:
            self.key("Ctrl+P", _("印名册"), open_print)
        self.tell_key("Ctrl+← →", _("换一栏排序"))
        self.tell_key("Ctrl+↑ ↓", _("从前往后，或从后往前"))
        self.tell_key("Esc", _("回名册，填了一半的留着"))

    # --- reading

    def _read_choices(self) -> None:
        self.app.jobs.read(self, _choices, None, done=self._on_choices)

    def _on_choices(self, answer: tuple[PeopleChoices, Places]) -> None:
        choices, named = answer
        self.filters.show_choices(choices, named)
        self.form.offer_regions(choices.regions, named)

    def _read_person(self) -> None:
        if self._person:
            self.app.jobs.read(self, whole, self._person, done=self._on_whole, refused=lambda _refusal: None)

    def _on_whole(self, it: Whole) -> None:
        if it.card.id != self._person:
            return
        was_empty = self.pane.whole is None
        self.pane.show_whole(it)
        self.ledgers.show_heading(it)
        if was_empty:
            self.app.pane_changed()

    def _on_pointed(self, person: str) -> None:
        if self._shown() is self._list:
            self._person = person
            self._read_person()

    def _widen(self, person: str) -> None:
        """Somebody who was searched for is not on the list: show everybody of their kind instead."""
        it = self.pane.whole
        if it is None or it.card.id != person:
            return
        volunteer = it.card.volunteer
        is_active = volunteer is not None and volunteer.left_at is None
        self.filters.show_all(Who.VOLUNTEERS if is_active else Who.RESIDENTS)
        self.register.point(person)

    def _on_narrowed(self, narrowed: Narrowed) -> None:
        self.register.show_people(narrowed)

    # --- one page or another

    def _shown(self) -> QWidget:
        shown: QWidget | None = self._stack.currentWidget()
        assert shown is not None
        return shown

    def _show(self, page: QWidget) -> None:
        if self._shown() is page:
            return
        self._stack.setCurrentWidget(page)
        self.app.pane_changed()

    def _take_focus(self) -> None:
        shown = self._shown()
        if shown is self.form:
            self.form.take_focus()
        elif shown is self.ledgers:
            self.ledgers.take_focus()
        else:
            self.register.take_focus()

    def _back_to_list(self) -> None:
        self._show(self._list)
        self.register.take_focus()

    def _on_list(self, run: Callable[[], None]) -> None:
        """Some keys mean something in the list only."""
        if self._shown() is not self.form:
            self._show(self._list)
            run()

    def _find(self) -> None:
        self._show(self._list)
        self.app.clear_work()
        self.filters.go_search()

    def _narrow(self) -> None:
        self.app.clear_work()
        self.filters.open()

    def _into_pane(self) -> None:
        self.app.show_pane()
        if self.pane.whole is not None:
            self.pane.first_stop().setFocus()

    def _into_record(self) -> None:
        self.app.show_pane()
        self.record.first_stop().setFocus()

    def _on_door(self, door: Door) -> None:
        if door.screen == "volunteers":
            self.go_to(door.object_id)
        else:
            self.app.go(door.screen, door.object_id)

    # --- figures

    def _figure_key(self, name: str) -> None:
        if self._shown() is not self.form and self.pane.whole is not None and self.pane.has_figure(name):
            self._open_figure(name)

    def _open_figure(self, name: str) -> None:
        it = self.pane.whole
        if it is None:
            return
        self.app.clear_work()
        self.ledgers.show_figure(name, it)
        self._show(self.ledgers)
        self.ledgers.take_focus()

    def _on_evidence(self, evidence: Evidence | None) -> None:
        if evidence is not None:
            self.record.show_evidence(evidence)
        else:
            self.record.view.evidence = None
        self.app.pane_changed()

    def _revoke_key(self) -> None:
        if self._shown() is self.ledgers:
            self.record.ask_why()

    def _on_revoked(self) -> None:
        self.app.banner.news(_("已撤销，时长和积分扣回来了。"))

    # --- what is done with a person

    def _reveal(self, field: Sensitive, reason: str) -> None:
        person = self._person

        def done(value: str) -> None:
            if self._person == person:
                self.pane.show_value(field, value)

        self.app.jobs.run(self, reveal, Reveal(person=person, field=field, reason=reason), done=done)

    def _certify(self) -> None:
        it = self.pane.whole
        if it is not None and it.done is not None and self._shown() is not self.form:
            self.app.go("certificates", it.card.id)

    def _card(self) -> PersonCard | None:
        """The person in the pane, if there is a card for them: a volunteer who serves."""
        it = self.pane.whole
        if it is None or self._shown() is self.form or it.card.volunteer is None:
            return None
        return it.card if it.card.volunteer.left_at is None else None

    def _print_card(self) -> None:
        card = self._card()
        if card is not None:
            self.cards.print_one(card)

    def _save_card(self) -> None:
        card = self._card()
        if card is not None:
            self.cards.save_one(card)

    def _shows_volunteers(self) -> bool:
        """Nobody else has a card, and a count of sheets is only right where all have one."""
        shown = self.filters.narrowed
        return shown.who == Who.VOLUNTEERS and not shown.left

    def _print_cards(self) -> None:
        if self.register.table().total():
            self.cards.print_list(self.filters.narrowed, self.register.table().total())

    def _begin(self) -> None:
        self.app.clear_work()
        self.form.start_new()
        self._show(self.form)
        self.form.take_focus()

    def _edit(self, becomes_volunteer: bool = False) -> None:
        it = self.pane.whole
        if it is not None:
            self.app.clear_work()
            self.form.start_with(it.card, becomes_volunteer=becomes_volunteer)
            self._show(self.form)
            self.form.take_focus()

    def _on_saved(self, person: str, said: str) -> None:
        self.go_to(person)
        self.app.banner.news(said, Action(_("再登记一位"), self._begin))  # beside the list, not the form

    def _change_standing(self, step: str) -> None:
        if step == "register":
            self._edit(becomes_volunteer=True)
        elif step == "leave":
            self._ask_leaving()
        else:
            self.app.jobs.run(self, return_to_volunteering, self._person, done=self._on_returned)

    def _ask_leaving(self) -> None:
        it, person = self.pane.whole, self._person
        assert it is not None
        teams = _("、").join(team.name for team in it.story.teams)
        does = _("同时退出{teams}。时长和积分都留着，以后可以恢复。").format(teams=teams)
        if not teams:
            does = _("时长和积分都留着，以后可以恢复。")
        question = Question(
            _("{name}不再做志愿者了？").format(name=it.card.name),
            (Answer(_("不再做了"), "leave", does, "danger"),),
            reasons=tuple(_(reason) for reason in _LEAVING),
        )

        def deed(answer: Answered) -> Deed:
            request = LeaveVolunteering(person=person, reason=answer.reason)
            return Deed(leave_volunteering, request, self._on_left)

        ask_and_do(self, self.app.jobs, question, deed)

    def _ask_erasing(self) -> None:
        """What would go and what would stay is read first, and said on the page that asks."""
        person = self._person

        def ask(plan: ErasurePlan) -> None:
            form = EraseForm(self, self.app, person, plan)
            form.erased.connect(self._take_focus)  # the link that asked goes
            form.open()

        self.app.jobs.read(self, erasure_plan, person, done=ask)

    def _on_left(self, left: LeftVolunteering) -> None:
        if left.open_orders:
            numbers = _("、").join(left.open_orders)
            said = N_("已记下。他手上还有 {numbers}，请到派单改派。")
            self.app.banner.trouble(lambda: _(said).format(numbers=numbers))
        else:
            self.app.banner.news(_("已记下，谢谢他这些年的服务。"))

    def _on_returned(self, back: RegisteredVolunteer) -> None:
        self.app.banner.news(_("已恢复，还用原来的编号 {number}").format(number=grouped(back.number)))


def _choices(desk: Desk, _query: None) -> tuple[PeopleChoices, Places]:
    return people_choices(desk, None), places(desk)
