"""What an administrator changes of a policy (改一条规则): what is set for later days, its form, and from which day.

The form shows what would hold on the day that is chosen, so that a change from tomorrow builds on what was set for
tomorrow before. What is half typed is a draft.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.policies import (
    PolicyChange,
    PolicyStory,
    SetPolicy,
    WithdrawPolicy,
    set_policy,
    withdraw_policy,
)
from app.domain.calendar import shanghai_day
from app.domain.moments import day_ahead, say_date, say_day
from app.domain.policies import Policy
from app.domain.problems import Refusal
from app.sentences.policies import changed
from app.words import _
from ui.formdraft import FormDraft
from ui.parts.buttons import Button
from ui.parts.chips import Chips
from ui.parts.form import Page
from ui.parts.text import Paragraph
from ui.parts.when import EchoField
from ui.screen import Services
from ui.screens.settings.policyform import PolicyForm

From = Literal["tomorrow", "today", "later"]


_DAY = 160


class PolicyEditing(QWidget):
    """What is set for later days, the form, the day, and the button. It stands alone where a section has more.

    Of its own draft it is the one field: ``edited``, ``value`` and ``set_value`` are for that.
    """

    edited = Signal()

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
        self._draft = FormDraft(self, app, "policy")
        self._draft.keep("policy", self)
        self._connect()
        self._fit()

    def _connect(self) -> None:
        self.form.edited.connect(self._on_edited)
        for signal in (self.form.edited, self.begins.edited, self.day.edited):
            signal.connect(self.edited)
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
        if is_first:
            if self._has_focus():
                self.form.start()
            self._draft.begin(self._kind.name)

    def is_edited(self) -> bool:
        """Whether something is typed that is not set yet."""
        return self._is_edited

    def _has_focus(self) -> bool:
        focused: QWidget | None = self.window().focusWidget()
        return focused is not None and self.form.isAncestorOf(focused)

    # --- its draft

    def value(self) -> Any:
        """What is typed that is not set yet, if anything is."""
        if not self._is_edited:
            return None
        return {"fields": self.form.typed(), "begins": self.begins.value(), "day": self.day.value()}

    def set_value(self, state: Any) -> None:
        if state is None:
            return
        had_focus = self._has_focus()
        self._is_edited = True
        self.begins.set_value(state["begins"])
        self.day.set_value(state["day"])
        self.form.set_typed(state["fields"])
        self._fit()
        if had_focus:  # rows are made anew
            self.form.start()

    # --- what is done

    def save(self) -> None:
        if not self.save_button.isEnabled():
            return
        try:
            request = SetPolicy(policy=self._kind.name, value=self.form.text(), valid_from=self._chosen_day())
        except Refusal as refusal:
            self.form.refuse(refusal)
            return
        self._draft.save_early()  # what is sent is safe first
        self.save_button.hold()
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
        self._draft.forget()
        self._fit()
        if self.save_button.has_focus_waiting():
            self.form.start()
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
        self._draft.forget()
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
