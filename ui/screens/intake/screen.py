"""The intake screen (点单): form, drafts and pane put together; what Ctrl+Enter, F9 and leaving do."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.orders import RequesterMissing
from app.actions.undo import Undone
from app.domain.calendar import shanghai
from app.domain.problems import Refusal
from app.sentences import sentence
from app.words import _
from ui.parts import keys
from ui.parts.banner import Action
from ui.parts.buttons import Button
from ui.parts.form import Page
from ui.parts.tabs import DraftTabs
from ui.parts.text import Text
from ui.screen import Screen, Services
from ui.screens.intake.beside import Beside
from ui.screens.intake.draft import Draft
from ui.screens.intake.drafts import Drafts
from ui.screens.intake.form import IntakeForm
from ui.screens.intake.pane import IntakePane
from ui.screens.intake.questions import GROUPS
from ui.screens.intake.recording import Failed, Recorded, Recording
from ui.theme import theme


class Intake(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._current = self._sought = ""
        self._opened_pane = self._begun = False
        self._save_waits = False
        self._drafts = Drafts(app.jobs, app.now, self)
        self._form = IntakeForm(app.jobs, app.now)
        self._pane = self.beside(IntakePane(app.now))
        self._beside = Beside(app, self._form, self._pane, self)
        self._recording = Recording(app.jobs, self)
        self._build()
        self._connect()
        self._bind()
        self._open(self._drafts.begin(self._fresh()))
        self._drafts.load(self._restore)

    def _build(self) -> None:
        self._tabs = DraftTabs()
        self._step = Text("", "body", "secondary")
        self._step.setContentsMargins(24, 12, 24, 0)
        self._note = Text("", "secondary", "secondary")
        self._away = Button(_("不要这份草稿"), kind="quiet")
        self._before = Button(_("上一步"), key="PgUp")
        self._after = Button(_("下一步"), key="PgDn")
        self._save = Button(_("记下"), kind="primary", key="Ctrl+Enter")
        self._form.primary = self._save
        page = Page(
            self._form,
            left=(self._away, self._note),  # the note comes and goes: what is pressed stays where it is
            right=(self._form.more, self._before, self._after, self._save),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._step)
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
        self._recording.recorded.connect(self._on_recorded)
        self._recording.failed.connect(self._on_failed)
        self._recording.late.connect(self._go_on)
        self._recording.taken_back.connect(self._on_taken_back)
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

    def put_down(self) -> None:
        self._leave_draft()

    def place(self) -> str:
        return self._current

    def come_back(self, place: str) -> None:
        self._sought = place

    def is_amid(self) -> bool:
        return False  # drafts keep everything

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

    def undone(self, undone: Undone) -> bool:
        return undone.noun == "order" and self._recording.give_back(undone.object)

    def may_leave(self) -> bool:
        """What is typed is safe in its draft; what was just taken is another screen's to change now."""
        self._leave_draft()
        self._recording.forget()
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
        if self._sought in self._drafts.all():
            last = self._sought
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
        at, steps = self._form.group, len(GROUPS)
        self._step.setVisible(theme.large)
        self._step.setText(f"{at + 1}/{steps}  {_(GROUPS[at])}")
        self._before.setVisible(theme.large and at > 0)
        self._after.setVisible(theme.large and at < steps - 1)

    def _turn(self, step: int) -> None:
        if theme.large:
            self._form.turn(step)

    # --- recording

    def save(self) -> None:
        """Ctrl+Enter."""
        if self._form.register_new(then=self.save):
            return
        if self._form.place.is_awaited and not self._save_waits:
            self._save_waits = True  # the address is on its way; a second Ctrl+Enter goes without it
            return
        self._save_waits = False
        self._form.clear_refusals()
        self._drafts.put(self._current, self._form.draft())
        try:
            request = self._form.request(self._current)
        except Refusal as refusal:
            self._form.refuse(refusal)
            return
        self._beside.remember_proxy()
        self._drafts.send(self._current)
        self._recording.submit(request, self._form.draft())

    def _merge(self, order: str) -> None:
        """F9: the request joins an open order instead of becoming one."""
        typed = self._form.draft()
        if typed.requester.who is None:
            self._form.refuse(RequesterMissing(field="requester"))
            return
        self._drafts.send(self._current)
        self._recording.merge(order, self._current, typed)

    def _on_home_known(self) -> None:
        if self._save_waits:
            self.save()

    def _go_on(self, draft: str) -> None:
        """The answer takes its time: the next resident need not wait for it."""
        if draft == self._current:
            self._next_blank()

    def _on_recorded(self, recorded: Recorded) -> None:
        self._drafts.drop(recorded.draft)
        if recorded.draft == self._current:
            self._next_blank()
        else:
            self._show_tabs()
        self._pane.number.say(recorded.told, recorded.submitted.short)
        if not self.app.pane_is_shown():
            self.app.show_pane()
            self._opened_pane = self.app.pane_is_shown()

    def _on_failed(self, failed: Failed) -> None:
        """Back to the draft that could not be recorded, unless the clerk is already typing the next one."""
        draft, problem = failed.draft, failed.problem
        self._drafts.take_back(draft)
        if draft not in self._drafts.all():
            return
        if draft != self._current and not self._form.draft().is_blank:
            title = self._drafts.all()[draft].title
            look = Action(lambda: _("去看"), partial(self._open, draft))
            self.app.banner.trouble(
                lambda: _("{draft} 还没记下：{why}").format(draft=title, why=sentence(problem)), look
            )
            return
        self._open(draft)
        if isinstance(problem, Refusal):
            self._form.refuse(problem)
        else:
            self.app.banner.trouble(partial(sentence, problem))

    def _on_taken_back(self, typed: Draft) -> None:
        self._pane.number.forget()
        self._bring_back(typed)
