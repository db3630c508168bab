"""One policy (一条规则): its form and from which day it shall hold; beside it what holds today and what was changed.

Who may not change it reads it as sentences.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.desk import Role
from app.actions.policies import (
    PolicyCard,
    PolicyStory,
    policy_story,
)
from app.domain.calendar import shanghai_day
from app.domain.categories import MenuPolicy
from app.domain.policies import Policy
from app.sentences import policy_title, policy_words
from app.sentences.policies import statements
from app.words import _
from ui.parts.form import Page
from ui.parts.text import Paragraph
from ui.screen import Services
from ui.screens.settings.policyediting import PolicyEditing, coming_words
from ui.screens.settings.policypane import PolicyPane, since_words
from ui.screens.settings.section import Section, SectionHead


class PolicySection(Section):
    def __init__(self, app: Services, kind: type[Policy]) -> None:
        super().__init__(app)
        self._kind = kind
        self.pane = self.beside(PolicyPane(is_whole=app.clerk.role == Role.ADMINISTRATOR))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        words = policy_words(kind.name)
        self._column.addWidget(SectionHead(policy_title(kind.name), _(words.about) if words else ""))
        if app.clerk.role == Role.ADMINISTRATOR:
            self.editing: PolicyEditing | None = PolicyEditing(app, kind)
            self.editing.form.left.connect(self.left)
            self._column.addWidget(self.editing, 1)
            self.key("Ctrl+Enter", _("就这样定"), self.editing.save)
            if kind is MenuPolicy:
                self._tell_menu_keys()
        else:
            self.editing = None
            self._reading = _Reading()
            self._column.addWidget(Page(self._reading), 1)
        self._read()

    def _tell_menu_keys(self) -> None:
        self.tell_key("Enter", _("改一类的名称，或它的国家分类"))
        self.tell_key("H", _("隐去一类，或重新用"))
        self.tell_key("Alt+↑", _("往上挪，Alt+↓ 往下挪"))
        self.tell_key("N", _("加一类"))
        self.tell_key("M", _("加一大类"))

    def enter(self) -> None:
        if self.editing is not None:
            self.editing.form.start()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"policy", "staff"}:
            self._read()

    def pane_widget(self) -> QWidget:
        return self.pane

    def _read(self) -> None:
        self.app.jobs.read(self, policy_story, self._kind.name, done=self._on_read)

    def is_amid(self) -> bool:
        return self.editing is not None and self.editing.is_edited()

    def _on_read(self, story: PolicyStory) -> None:
        self.pane.show_story(story, self.app.now())
        if self.editing is not None:
            self.editing.show_story(story)
        else:
            self._reading.show_card(story.card, shanghai_day(self.app.now()))


class _Reading(QWidget):
    """A policy for who may not change it: what holds today, sentence by sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._since = Paragraph("", "secondary", "secondary")
        self._words = Paragraph("")
        self._column.addWidget(self._since)
        self._column.addWidget(self._words)
        self._column.addWidget(Paragraph(_("管理员可以改。"), "body", "secondary"))
        self._column.addStretch()

    def show_card(self, card: PolicyCard, today: date) -> None:
        self._since.set_sentence(since_words(card, today))
        coming = [coming_words(change, today) for change in card.coming]
        self._words.set_sentence("\n".join([*statements(card.value), *coming]))
