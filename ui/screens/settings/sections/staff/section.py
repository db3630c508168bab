"""The staff section (工作人员): everybody who can or could sign in, and what is done with the one pointed at."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.staff import (
    DismissStaff,
    StaffCard,
    dismiss_staff,
    renew_recovery_sheet,
    staff_list,
)
from app.domain.calendar import shanghai_day
from app.domain.moments import say_date
from app.sentences.staff import role_words
from app.words import _
from ui.parts.buttons import Button
from ui.parts.question import Answer, Question, ask
from ui.parts.rows import Row, RowList, State
from ui.parts.text import Paragraph, Text
from ui.screen import Services
from ui.screens.settings.section import Section
from ui.screens.settings.sections.staff.forms import AdmitForm, EditForm, NewSheet, RenewForm, may_words


class StaffSection(Section):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._cards: dict[str, StaffCard] = {}
        self.list = RowList(name=_("工作人员"))
        self.admit = Button(_("添一位"), kind="primary", icon="plus", key="N")
        self.sheet = Button(_("换恢复单"), icon="print", key="S")
        self.card = _Card()
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 8)
        head.setSpacing(12)
        head.addWidget(Text(_("谁能在这台电脑上登录"), "section", bold=True))
        head.addStretch()
        head.addWidget(self.sheet)
        head.addWidget(self.admit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        below = QHBoxLayout()
        below.setContentsMargins(12, 0, 12, 0)
        below.addWidget(self.list)
        column.addLayout(below, 1)
        self._connect()
        self._bind_keys()
        self._read()

    def enter(self) -> None:
        self.list.setFocus()

    def refresh(self, changed: frozenset[str]) -> None:
        if "staff" in changed:
            self._read()

    def pane_widget(self) -> QWidget:
        return self.card

    def _connect(self) -> None:
        self.admit.clicked.connect(lambda _checked: self._admit())
        self.sheet.clicked.connect(lambda _checked: self._ask_for_sheet())
        self.list.pointed.connect(lambda _id: self._show())
        self.list.opened.connect(lambda _id: self._edit())
        self.card.edit.clicked.connect(lambda _checked: self._edit())
        self.card.renew.clicked.connect(lambda _checked: self._renew())
        self.card.dismiss.clicked.connect(lambda _checked: self._ask_to_dismiss())

    def _bind_keys(self) -> None:
        self.key("N", _("添一位"), self._admit)
        self.tell_key("Enter", _("改姓名或角色"))
        self.key("P", _("换一个新口令"), self._renew)
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
        today = shanghai_day(self.app.now())
        if card.dismissed_at is not None:
            left = say_date(shanghai_day(card.dismissed_at), today)
            state = State("dash", "closed", _("{day}离开").format(day=left))
            return Row(card.name, tuple(details), value=card.id, state=state)
        since = say_date(shanghai_day(card.admitted_at), today)
        return Row(card.name, tuple(details), right=_("{day}起").format(day=since), value=card.id)

    def _pointed(self) -> StaffCard | None:
        """Who is pointed at, if they still are staff."""
        card = self._cards.get(self.list.value() or "")
        return card if card is not None and card.dismissed_at is None else None

    def _show(self) -> None:
        card = self._cards.get(self.list.value() or "")
        self.card.show_card(card, is_me=card is not None and card.id == self.app.clerk.id)

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


class _Card(QWidget):
    """Who is pointed at, and what can be done with them."""

    def __init__(self) -> None:
        super().__init__()
        self._name = Text("", "section", bold=True, wrap=True)
        self._role = Text("", "body")
        self._may = Paragraph("", "secondary", "secondary")
        self.edit = Button(_("改姓名或角色"), icon="edit", key="Enter")
        self.renew = Button(_("换一个新口令"), icon="keys", key="P")
        self.dismiss = Button(_("不再是工作人员"), kind="danger", key="Delete")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        for words in (self._name, self._role, self._may):
            column.addWidget(words)
        column.addSpacing(8)
        for button in (self.edit, self.renew, self.dismiss):
            column.addWidget(button)
        column.addStretch()

    def show_card(self, card: StaffCard | None, *, is_me: bool) -> None:
        is_staff = card is not None and card.dismissed_at is None
        for button in (self.edit, self.renew, self.dismiss):
            button.setVisible(is_staff)
        if card is None:
            return
        self._name.setText(card.name)
        self._role.setText(role_words(card.role))
        if not is_staff:
            words = _("已经不是工作人员。记下的都还在。")
        elif card.last_administrator:
            words = _("唯一的管理员。要离开，先让另一个人当管理员。")
        else:
            words = may_words(card.role)
        self._may.set_sentence(words)
        self.renew.setVisible(is_staff and not is_me)
        self.dismiss.setVisible(is_staff and not card.last_administrator)
