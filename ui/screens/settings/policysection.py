"""One policy (一条规则): its form and from which day it shall hold; beside it what holds today and what was changed.

Who may not change it reads it as sentences. The form shows what would hold on the day that is chosen, so that a change
from tomorrow builds on what was set for tomorrow before.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.desk import Role
from app.actions.policies import (
    PolicyCard,
    PolicyChange,
    PolicyStory,
    SetPolicy,
    WithdrawPolicy,
    policy_story,
    set_policy,
    withdraw_policy,
)
from app.domain.calendar import shanghai_day
from app.domain.categories import MenuPolicy
from app.domain.moments import day_ahead, say_date, say_day
from app.domain.policies import Policy
from app.domain.problems import Refusal
from app.sentences import policy_title, policy_words
from app.sentences.policies import changed, statements
from app.words import _
from ui.parts.buttons import Button
from ui.parts.chips import Chips
from ui.parts.form import Page
from ui.parts.text import Paragraph
from ui.parts.when import EchoField
from ui.screen import Services
from ui.screens.settings.policyform import PolicyForm
from ui.screens.settings.policypane import PolicyPane, since_words
from ui.screens.settings.section import Section, SectionHead

From = Literal["tomorrow", "today", "later"]


_DAY = 160


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


class PolicyEditing(QWidget):
    """What is set for later days, the form, the day, and the button. It stands alone where a section has more."""

    def __init__(self, app: Services, kind: type[Policy]) -> None:
        super().__init__()
        self._app, self._kind = app, kind
        self.story: PolicyStory | None = None
        self._is_edited = False
        self.form = PolicyForm(kind)
        self.begins: Chips[From] = Chips(
            [("tomorrow", _("明天起")), ("today", _("今天起")), ("later", _("另选一天"))],
            name=_("从哪天起"),
            chosen="tomorrow",
        )
        self.day: EchoField[date] = EchoField(
            lambda text: day_ahead(text, self._app.now(), "day"),
            lambda day: say_date(day, self._today()),
            _("5月1日、下周一"),
            name=_("从哪天起"),
        )
        self.day.setMinimumWidth(_DAY)
        self.save_button = Button(_("就这样定"), kind="primary", key="Ctrl+Enter")
        self.drop_button = Button(_("不改了"), kind="quiet")
        self.form.primary = self.save_button
        self._lines: list[Coming] = []
        self._coming = QVBoxLayout()
        self._coming.setSpacing(8)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._coming)
        column.addWidget(self.form, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        buttons = (self.drop_button, self.save_button)
        whole.addWidget(Page(content, left=(self.begins, self.day), right=buttons))
        self._connect()
        self._fit()

    def _connect(self) -> None:
        self.form.edited.connect(self._on_edited)
        self.form.saved.connect(self.save)
        self.begins.edited.connect(self._on_day)
        self.day.edited.connect(self._show_base)
        self.save_button.clicked.connect(lambda _checked: self.save())
        self.drop_button.clicked.connect(lambda _checked: self._drop())

    def show_story(self, story: PolicyStory) -> None:
        """What is half typed stays."""
        is_first, self.story = self.story is None, story
        self._show_coming(story.card.coming)
        self._show_base()
        focused: QWidget | None = self.window().focusWidget()
        if is_first and focused is not None and self.form.isAncestorOf(focused):
            self.form.start()

    def is_edited(self) -> bool:
        """Whether something is typed that is not set yet."""
        return self._is_edited

    def save(self) -> None:
        if not self.save_button.isEnabled():
            return
        try:
            request = SetPolicy(policy=self._kind.name, value=self.form.text(), valid_from=self._chosen_day())
        except Refusal as refusal:
            self.form.refuse(refusal)
            return
        self.save_button.setEnabled(False)
        self._app.jobs.run(
            self,
            set_policy,
            request,
            done=lambda _none: self._on_saved(request.valid_from),
            refused=self._on_refused,
            trouble=self._on_trouble,
        )

    def _on_saved(self, day: date) -> None:
        self._is_edited = False
        self._fit()
        self._app.banner.news(_("记下了，{day}起这样办。").format(day=say_day(day, self._today())))

    def _on_refused(self, refusal: Refusal) -> None:
        self._fit()
        self.form.refuse(refusal)

    def _on_trouble(self, trouble: object) -> None:
        """What was typed stays for another try."""
        self._fit()
        self._app.jobs.troubled.emit(trouble)

    def _on_edited(self) -> None:
        self._is_edited = True
        self._fit()

    def _on_day(self) -> None:
        self._fit()
        self._show_base()
        if self.day.isVisible():
            self.day.setFocus()

    def _drop(self) -> None:
        self._is_edited = False
        self._fit()
        self._show_base()
        self.form.start()

    def _show_base(self) -> None:
        """What would hold on the chosen day anyway, while nothing else is typed."""
        if self.story is None or self._is_edited:
            return
        try:
            day = self._chosen_day()
        except Refusal:
            return
        self.form.show_policy(self.story.card.on(day))

    def _fit(self) -> None:
        self.save_button.setEnabled(self._is_edited)
        self.drop_button.setVisible(self._is_edited)
        self.day.setVisible(self.begins.value() == "later")

    def _chosen_day(self) -> date:
        today = self._today()
        return {"today": today, "tomorrow": today + timedelta(days=1)}.get(
            self.begins.value() or ""
        ) or self.day.meaning()

    def _today(self) -> date:
        return shanghai_day(self._app.now())

    # --- what is set for later days

    def coming(self) -> list[Coming]:
        """The lines of what is set for later days."""
        return list(self._lines)

    def _show_coming(self, coming: tuple[PolicyChange, ...]) -> None:
        for line in self._lines:
            self._coming.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [Coming(change, self._today()) for change in coming]
        for change, line in zip(coming, self._lines, strict=True):
            line.withdraw.clicked.connect(lambda _checked, it=change.setting: self._withdraw(it))
            self._coming.addWidget(line)

    def _withdraw(self, setting: str) -> None:
        request = WithdrawPolicy(policy=self._kind.name, setting=setting)
        self._app.jobs.run(
            self,
            withdraw_policy,
            request,
            done=lambda _none: self._app.banner.news(_("撤回了，还照原来的办。")),
        )


class Coming(QWidget):
    """明天起：派出以后 12 小时内接单（原来 24） [撤回]"""

    def __init__(self, change: PolicyChange, today: date) -> None:
        super().__init__()
        self.withdraw = Button(_("撤回"), icon="undo")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Paragraph(coming_words(change, today)), 1)
        row.addWidget(self.withdraw)


def coming_words(change: PolicyChange, today: date) -> str:
    """What will be different, and from which day on."""
    return _("{day}起：{changes}").format(
        day=say_day(change.valid_from, today), changes=_("；").join(changed(change.before, change.after))
    )


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
