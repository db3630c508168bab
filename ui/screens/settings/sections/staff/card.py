"""Who is pointed at among the staff: what they may do, what can be done with them, and what happened to them."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.history import Told
from app.actions.staff import StaffCard
from app.domain.moments import say_exactly, say_moment
from app.sentences.staff import role_words
from app.words import _
from ui.parts.buttons import Button
from ui.parts.facts import FactLine, Facts
from ui.parts.text import Paragraph, Text
from ui.parts.timeline import Event, Timeline
from ui.screens.settings.sections.staff.forms import may_words


class Card(QWidget):
    """The buttons are there for who may press them."""

    def __init__(self, *, may_edit: bool) -> None:
        super().__init__()
        self._may_edit = may_edit
        self._name = Text("", "section", bold=True, wrap=True)
        self._role = Text("", "body")
        self._may = Paragraph("", "secondary", "secondary")
        self._locked = Paragraph("", "body", "trouble")
        self.facts = Facts()
        self.unlock = Button(_("现在就能再试"), icon="lock", key="U")
        self.edit = Button(_("改"), icon="edit", key="Enter")
        self.renew = Button(_("换一个新口令"), icon="keys", key="P")
        self.dismiss = Button(_("不再是工作人员"), kind="danger", key="Delete")
        self.timeline = Timeline()
        self._heading = Text(_("经过"), "body", bold=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        for words in (self._name, self._role, self._may, self.facts, self._locked):
            column.addWidget(words)
        for button in (self.unlock, self.edit, self.renew, self.dismiss):
            column.addWidget(button)
        column.addSpacing(12)
        column.addWidget(self._heading)
        column.addWidget(self.timeline)
        column.addStretch()
        self.show_card(None, is_me=False)

    def show_card(self, card: StaffCard | None, *, is_me: bool) -> None:
        is_staff = card is not None and card.dismissed_at is None
        is_locked = card is not None and card.locked_minutes > 0
        may_edit = self._may_edit and is_staff
        for button in (self.edit, self.renew, self.dismiss):
            button.setVisible(may_edit)
        self._locked.setVisible(is_locked)
        self.unlock.setVisible(may_edit and is_locked)
        self._heading.setVisible(card is not None)
        if card is None:
            return
        self._name.setText(card.name)
        self._role.setText(role_words(card.role))
        self._may.set_sentence(_about(card))
        self._locked.set_sentence(
            _("口令输错太多次，{minutes} 分钟后才能再试。").format(minutes=card.locked_minutes)
        )
        self.facts.say([FactLine(_("档案"), card.person_name)])
        self.renew.setVisible(may_edit and not is_me)
        self.dismiss.setVisible(may_edit and not card.last_administrator)

    def show_history(self, history: list[Told], now: datetime) -> None:
        self.timeline.set_events(
            [Event(say_moment(it.at, now), it.text, it.by, say_exactly(it.at)) for it in reversed(history)]
        )


def _about(card: StaffCard) -> str:
    if card.dismissed_at is not None:
        return _("已经不是工作人员。记下的都还在。")
    if card.last_administrator:
        return _("唯一的管理员。要离开，先让另一个人当管理员。")
    return may_words(card.role)
