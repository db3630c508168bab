"""The staff section (工作人员): everybody who can or could sign in, and what is done with the one pointed at."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.desk import Role
from app.actions.history import Told, history_of
from app.actions.staff import (
    DismissStaff,
    StaffCard,
    UnlockStaff,
    dismiss_staff,
    renew_recovery_sheet,
    staff_list,
    unlock_staff,
)
from app.domain.calendar import shanghai_day
from app.domain.moments import say_date
from app.sentences.staff import role_words
from app.words import _
from ui.parts.buttons import Button
from ui.parts.question import Answer, Question, ask
from ui.parts.rows import Row, RowList, State
from ui.screen import Services
from ui.screens.settings.section import Section, SectionHead
from ui.screens.settings.sections.staff.card import Card
from ui.screens.settings.sections.staff.forms import AdmitForm, EditForm, NewSheet, RenewForm


class StaffSection(Section):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._cards: dict[str, StaffCard] = {}
        self.list = RowList(name=_("工作人员"))
        self.admit = Button(_("添一位"), kind="primary", icon="plus", key="N")
        self.sheet = Button(_("换恢复单"), icon="print", key="S")
        self._may_edit = app.clerk.role == Role.ADMINISTRATOR
        self.card = self.beside(Card(may_edit=self._may_edit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        below = QHBoxLayout()
        below.setContentsMargins(12, 0, 12, 0)
        below.addWidget(self.list)
        column.addLayout(below, 1)
        self._connect()
        if self._may_edit:
            self._bind_keys()
        self._read()

    def enter(self) -> None:
        self.list.setFocus()

    def refresh(self, changed: frozenset[str]) -> None:
        if "staff" in changed:
            self._read()

    def pane_widget(self) -> QWidget:
        return self.card

    def go_to(self, object_id: str) -> None:
        """Somebody of the staff."""
        if object_id in self._cards:
            self.list.set_value(object_id)
        elif object_id != "staff":
            self._point_at(object_id)

    def _head(self) -> SectionHead:
        others = () if self._may_edit else (_("管理员可以改。"),)
        buttons = (self.sheet, self.admit)
        head = SectionHead(_("工作人员"), _("谁能在这台电脑上登录，能做什么。"), *others, right=buttons)
        for button in buttons:
            button.setVisible(self._may_edit)
        return head

    def _connect(self) -> None:
        self.admit.clicked.connect(lambda _checked: self._admit())
        self.sheet.clicked.connect(lambda _checked: self._ask_for_sheet())
        self.list.pointed.connect(lambda _id: self._show())
        self.list.opened.connect(lambda _id: self._edit())
        self.card.edit.clicked.connect(lambda _checked: self._edit())
        self.card.renew.clicked.connect(lambda _checked: self._renew())
        self.card.dismiss.clicked.connect(lambda _checked: self._ask_to_dismiss())
        self.card.unlock.clicked.connect(lambda _checked: self._unlock())

    def _bind_keys(self) -> None:
        self.key("N", _("添一位"), self._admit)
        self.tell_key("Enter", _("改姓名、角色，或在档案里是谁"))
        self.key("P", _("换一个新口令"), self._renew)
        self.key("U", _("输错口令被锁的，现在就能再试"), self._unlock)
        self.key("Delete", _("不再是工作人员"), self._ask_to_dismiss)
        self.key("S", _("换恢复单"), self._ask_for_sheet)

    # --- the list and the one pointed at

    def _read(self) -> None:
        self.app.jobs.read(self, staff_list, None, done=self._on_read)

    def _on_read(self, cards: tuple[StaffCard, ...]) -> None:
        self._cards = {card.id: card for card in cards}
        present = [card for card in cards if card.dismissed_at is None]
        gone = [card for card in cards if card.dismissed_at is not None]
        rows = [self._row(card) for card in present]
        if gone:
            rows += [Row(_("以前的"), is_heading=True), *(self._row(card) for card in gone)]
        self.list.set_rows(rows)
        if self.list.value() is None:
            self.list.point_first()
        self._show()

    def _row(self, card: StaffCard) -> Row:
        details = [role_words(card.role)]
        if card.id == self.app.clerk.id:
            details.append(_("我自己"))
        if card.locked_minutes:
            details.append(_("口令锁着"))
        today = shanghai_day(self.app.now())
        if card.dismissed_at is not None:
            left = say_date(shanghai_day(card.dismissed_at), today)
            state = State("dash", "closed", _("{day}离开").format(day=left))
            return Row(card.name, tuple(details), value=card.id, state=state)
        since = say_date(shanghai_day(card.admitted_at), today)
        return Row(card.name, tuple(details), right=_("{day}起").format(day=since), value=card.id)

    def _pointed(self) -> StaffCard | None:
        """Who is pointed at, if they still are staff and it is for this clerk to change them."""
        card = self._cards.get(self.list.value() or "")
        return card if card is not None and card.dismissed_at is None and self._may_edit else None

    def _show(self) -> None:
        card = self._cards.get(self.list.value() or "")
        self.card.show_card(card, is_me=card is not None and card.id == self.app.clerk.id)
        if card is not None:
            self.app.jobs.read(self, history_of, f"staff:{card.id}", done=self._on_history)

    def _on_history(self, history: list[Told]) -> None:
        self.card.show_history(history, self.app.now())

    # --- what is done

    def _admit(self) -> None:
        form = AdmitForm(self, self.app)
        form.admitted.connect(self._point_at)
        form.open()

    def _point_at(self, staff: str) -> None:
        self.app.jobs.read(
            self, staff_list, None, done=lambda cards: self._on_read_for(staff, cards), key="new"
        )

    def _on_read_for(self, staff: str, cards: tuple[StaffCard, ...]) -> None:
        self._on_read(cards)
        self.list.set_value(staff)

    def _edit(self) -> None:
        card = self._pointed()
        if card is not None:
            EditForm(self, self.app, card).open()

    def _renew(self) -> None:
        """For another: one's own is changed with the old one, in the menu."""
        card = self._pointed()
        if card is not None and card.id != self.app.clerk.id:
            RenewForm(self, self.app, card).open()

    def _unlock(self) -> None:
        card = self._pointed()
        if card is None or not card.locked_minutes:
            return
        said = _("{name}可以再试口令了。").format(name=card.name)
        self.app.jobs.run(
            self, unlock_staff, UnlockStaff(staff=card.id), done=lambda _none: self._on_unlocked(said)
        )

    def _on_unlocked(self, said: str) -> None:
        """Wrong tries are no fact, so nobody else says that they are forgiven."""
        self.app.banner.news(said)
        self._read()

    def _ask_to_dismiss(self) -> None:
        card = self._pointed()
        if card is None:
            return
        does = _("以后不能登录；他记下的都还在，也还写着他的名字。")
        question = Question(
            _("{name}不再是工作人员了？").format(name=card.name),
            (Answer(_("不再是了"), "dismiss", does, "danger"),),
            stay=_("还是"),
        )
        ask(self, question, lambda _answer: self._dismiss(card))

    def _dismiss(self, card: StaffCard) -> None:
        self.app.jobs.run(
            self,
            dismiss_staff,
            DismissStaff(staff=card.id),
            done=lambda _none: self.app.banner.news(_("{name}不能再登录了。").format(name=card.name)),
        )

    def _ask_for_sheet(self) -> None:
        does = _("旧的恢复单马上作废，以后只认新的这一张。")
        question = Question(
            _("换一张新的恢复单？"),
            (Answer(_("换一张"), "renew", does, "primary"),),
            _("恢复单丢了、用过了、或被别人看过，都该换。"),
            stay=_("先不换"),
        )
        ask(self, question, lambda _answer: self._renew_sheet())

    def _renew_sheet(self) -> None:
        self.app.jobs.run(self, renew_recovery_sheet, None, done=partial(_show_sheet, self, self.app))


def _show_sheet(host: QWidget, app: Services, sheet: Any) -> None:
    NewSheet(host, app, sheet).open()
