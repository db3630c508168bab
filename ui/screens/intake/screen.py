"""The intake screen (点单): form, drafts and pane put together; what Ctrl+Enter, F9 and leaving do."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.orders import AskAgain, Reasoned, Submitted, ask_again, cancel_order, submit_order
from app.domain.calendar import shanghai
from app.domain.orders import Channel
from app.domain.problems import Problem, Refusal
from app.sentences import sentence
from app.words import _
from ui.parts import keys
from ui.parts.banner import Action
from ui.parts.buttons import Button
from ui.parts.form import Page
from ui.parts.tabs import DraftTabs
from ui.parts.text import Text
from ui.screen import Screen, Services, UndoOffer
from ui.screens.intake.beside import Beside
from ui.screens.intake.draft import Draft
from ui.screens.intake.drafts import Drafts
from ui.screens.intake.form import GROUPS, IntakeForm
from ui.screens.intake.pane import IntakePane
from ui.screens.intake.same import category_name
from ui.theme import theme

WIDEST = 1040
PATIENCE_MS = 150
"""A save that takes longer does not hold the next resident up: the form goes on, the number follows."""


class Intake(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._current = ""
        self._undo: UndoOffer | None = None
        self._opened_pane = self._begun = False
        self._waited_for = ""
        self._save_waits = False
        self._drafts = Drafts(app.jobs, app.now, self)
        self._form = IntakeForm(app.jobs, app.now)
        self._pane = IntakePane(app.now)
        self._beside = Beside(app, self._form, self._pane, self)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._build()
        self._connect()
        self._bind()
        self._open(self._drafts.begin(self._fresh()))
        self._drafts.load(self._restore)

    def _build(self) -> None:
        self._tabs = DraftTabs()
        self._note = Text("", "secondary", "secondary")
        self._away = Button(_("不要这份草稿"), kind="quiet")
        self._before = Button(_("上一步"), key="PgUp")
        self._after = Button(_("下一步"), key="PgDn")
        self._save = Button(_("记下"), kind="primary", key="Ctrl+Enter")
        self._form.primary = self._save
        page = Page(
            self._form,
            left=(self._note, self._away),
            right=(self._form.more, self._before, self._after, self._save),
            widest=WIDEST,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(page, 1)

    def _connect(self) -> None:
        self._form.changed.connect(self._on_changed)
        self._form.turned.connect(self._show_step)
        self._form.left.connect(lambda: self.app.go("board"))
        self._form.saved.connect(self.save)
        self._tabs.chosen.connect(self._open)
        self._tabs.new_asked.connect(self.begin)
        self._save.clicked.connect(lambda _checked: self.save())
        self._away.clicked.connect(lambda _checked: self._throw_away())
        self._before.clicked.connect(lambda _checked: self._form.turn(-1))
        self._after.clicked.connect(lambda _checked: self._form.turn(1))
        self._drafts.saved.connect(lambda _draft: self._show_note())
        self._beside.merge_asked.connect(self._merge)
        self._beside.home_known.connect(self._on_home_known)
        self._patience.timeout.connect(self._go_on)
        theme.changed.connect(self._show_step)

    def _bind(self) -> None:
        self.tell_key("Ctrl+Enter", _("记下"))
        self.tell_key("Enter", _("到下一个空着的"))
        self.tell_key("1-9", _("选类别，0 打开全部"))
        self.key("F6", _("换来源"), self._form.next_channel)
        self.key("Ctrl+B", _("给别人点单"), self._form.toggle_beneficiary)
        self.key("F7", _("更多：走政策、代购垫付"), self._form.toggle_more)
        self.key("F8", _("急"), self._form.toggle_urgent)
        self.key("F9", _("并到像是同一件的订单"), self._beside.merge_first)
        self.key("Ctrl+Tab", _("下一份草稿"), self._tabs.next)
        self.key("PgUp", _("上一步（大字时）"), partial(self._turn, -1))
        self.key("PgDown", _("下一步（大字时）"), partial(self._turn, 1))

    # --- the screen

    def enter(self) -> None:
        self._form.focus_on(self._drafts.all()[self._current].focus or "requester")
        self._drafts.save_now()

    def begin(self) -> None:
        """F2: the next resident; what is half typed waits in its tab."""
        self._begun = True
        self._leave_draft()
        self._open(self._drafts.begin(self._fresh()))
        self._form.focus_on("requester")

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"order", "person"}:
            self._beside.look_again()

    def pane_widget(self) -> QWidget:
        return self._pane

    def undo(self) -> UndoOffer | None:
        return self._undo

    def may_leave(self) -> bool:
        """What is typed is safe in its draft; what was just taken is another screen's to change now."""
        self._leave_draft()
        self._undo = None
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_save(event):
            self.save()
            return
        super().keyPressEvent(event)

    # --- drafts

    def _fresh(self) -> Draft:
        return Draft(channel=self._beside.last_channel())

    def _restore(self, last: str | None) -> None:
        """The saved drafts are read: go on with the last one, unless somebody is already typing."""
        if last is not None and not self._begun and self._drafts.all()[self._current].is_blank:
            self._drafts.throw_away(self._current)
            self._current = ""
            self._open(last)
        self._show_tabs()

    def _open(self, draft: str) -> None:
        if draft == self._current:
            return
        self._leave_draft()
        self._current = draft
        kept = self._drafts.all()[draft]
        self._form.fill(kept)
        self._beside.look_again()
        self._show_tabs()
        self._show_note()
        self._show_step()
        if self.isVisible():
            self._form.focus_on(kept.focus or "requester")

    def _leave_draft(self) -> None:
        if self._current in self._drafts.all():
            self._drafts.put(self._current, self._form.draft())
        self._drafts.save_now()

    def _on_changed(self) -> None:
        if self._current not in self._drafts.all():
            return
        before, draft = self._drafts.all()[self._current], self._form.draft()
        self._drafts.put(self._current, draft)
        if (draft.title, draft.is_blank) != (before.title, before.is_blank):
            self._show_tabs()
        self._show_note()
        if self._opened_pane:  # it lies over the form: out of the way of the next resident
            self._opened_pane = False
            self.app.show_pane(False)

    def _throw_away(self) -> None:
        """Thrown away at once; the banner gives it back."""
        thrown = self._form.draft()
        self._drafts.throw_away(self._current)
        self._next_blank()
        self.app.banner.news(_("那份草稿丢掉了"), Action(_("找回来"), partial(self._bring_back, thrown)))

    def _bring_back(self, draft: Draft) -> None:
        """Put ``draft`` into a form of its own and go on with it."""
        self._leave_draft()
        brought = self._drafts.begin(self._fresh())
        self._drafts.put(brought, draft)
        self._current = ""
        self._open(brought)

    def _next_blank(self) -> None:
        """The next resident: an empty form with the cursor in 谁."""
        self._current = ""
        self._open(self._drafts.begin(self._fresh()))
        self._form.focus_on("requester")

    def _show_tabs(self) -> None:
        tabs = [(draft, kept.title) for draft, kept in self._drafts.all().items()]
        self._tabs.set_tabs(tabs, self._current)
        self._tabs.setVisible(len(tabs) > 1)

    def _show_note(self) -> None:
        at = self._drafts.saved_at(self._current)
        is_blank = self._form.draft().is_blank
        said = _("草稿 {time} 已存").format(time=f"{shanghai(at):%H:%M}") if at and not is_blank else ""
        self._note.setText(said)
        self._note.setVisible(bool(said))
        self._away.setVisible(not is_blank)

    def _show_step(self) -> None:
        self._before.setVisible(theme.large and self._form.group > 0)
        self._after.setVisible(theme.large and self._form.group < len(GROUPS) - 1)

    def _turn(self, step: int) -> None:
        if theme.large:
            self._form.turn(step)

    # --- recording

    def save(self) -> None:
        """Ctrl+Enter."""
        draft = self._current
        if self._form.register_new(then=self.save):
            return
        if self._form.place.is_awaited and not self._save_waits:
            self._save_waits = True  # the address is on its way; a second Ctrl+Enter goes without it
            return
        self._save_waits = False
        self._form.clear_refusals()
        self._drafts.put(draft, self._form.draft())
        try:
            request = self._form.request(draft)
        except Refusal as refusal:
            self._form.refuse(refusal)
            return
        self._beside.remember_proxy()
        who, about = self._form.person_served().said, category_name(request.category)
        told = _("已记下：{who} {category}").format(who=who, category=about)
        self._drafts.send(draft)
        self.app.jobs.run(
            self,
            submit_order,
            request,
            done=partial(self._on_submitted, draft, told),
            refused=partial(self._on_refused, draft),
            trouble=partial(self._on_trouble, draft),
        )
        self._waited_for = draft
        self._patience.start()

    def _on_home_known(self) -> None:
        if self._save_waits:
            self.save()

    def _merge(self, order: str) -> None:
        """F9: the request joins an open order instead of becoming one."""
        draft, typed = self._current, self._form.draft()
        if typed.requester.who is None:
            return
        request = AskAgain(
            order=order,
            requester=typed.requester.who.id,
            channel=Channel(typed.channel),
            text=typed.what,
            draft=draft,
        )
        self._drafts.send(draft)
        self.app.jobs.run(
            self,
            ask_again,
            request,
            done=partial(self._on_recorded, draft, _("已并到原来的一单")),
            refused=partial(self._on_refused, draft),
            trouble=partial(self._on_trouble, draft),
        )

    def _go_on(self) -> None:
        """The answer takes its time: the next resident need not wait for it."""
        if self._waited_for == self._current:
            self._next_blank()

    def _on_submitted(self, draft: str, told: str, submitted: Submitted) -> None:
        typed = self._drafts.all().get(draft)
        self._on_recorded(draft, told, submitted)
        if typed is not None:
            text = _("撤销：记下 {number}").format(number=submitted.short)
            self._undo = UndoOffer(text, partial(self._take_back, submitted, typed))

    def _on_recorded(self, draft: str, told: str, submitted: Submitted) -> None:
        self._patience.stop()
        self._undo = None
        self._drafts.drop(draft)
        if draft == self._current:
            self._next_blank()
        else:
            self._show_tabs()
        self._pane.number.say(told, submitted.short)
        if not self.app.pane_is_shown():
            self.app.show_pane()
            self._opened_pane = self.app.pane_is_shown()

    def _on_refused(self, draft: str, refusal: Refusal) -> None:
        if self._back_to(draft, refusal):
            self._form.refuse(refusal)

    def _on_trouble(self, draft: str, trouble: Problem) -> None:
        self._back_to(draft, trouble)
        self.app.banner.trouble(sentence(trouble))

    def _back_to(self, draft: str, problem: Problem) -> bool:
        """Show the draft that could not be recorded, unless the clerk is already typing the next one."""
        self._patience.stop()
        self._drafts.take_back(draft)
        if draft not in self._drafts.all():
            return False
        if draft != self._current and not self._form.draft().is_blank:
            said = _("{draft} 还没记下：{why}").format(
                draft=self._drafts.all()[draft].title, why=sentence(problem)
            )
            self.app.banner.trouble(said, Action(_("去看"), partial(self._open, draft)))
            return False
        self._open(draft)
        return True

    def _take_back(self, submitted: Submitted, typed: Draft) -> None:
        """Ctrl+Z: the order is cancelled, and what was typed stands in the form again."""
        self._undo = None
        request = Reasoned(order=submitted.order, reason=_("记错了，重新记"))

        def done(_nothing: None) -> None:
            self._pane.number.forget()
            self._bring_back(typed)

        self.app.jobs.run(self, cancel_order, request, done=done)
