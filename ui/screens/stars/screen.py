"""The review of stars as a screen (星级评定): which review, how it stands, everybody in it, and what is done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.actions.desk import Desk
from app.actions.star_review import (
    RoundEntry,
    RoundView,
    StarEvidence,
    star_evidence,
    star_round_view,
    star_rounds,
)
from app.actions.star_rounds import StarPerson
from app.domain.calendar import shanghai_day
from app.domain.moments import full_date
from app.domain.star_rounds import Stage
from app.facts import Id
from app.words import _
from ui.parts.banner import Action
from ui.parts.buttons import Button
from ui.parts.choice import Choice
from ui.parts.empty import Empty
from ui.parts.flow import Flow, flowing
from ui.parts.form import RefusalLine
from ui.parts.rows import Row, RowList
from ui.parts.scrolling import Scrolling
from ui.parts.text import Paragraph
from ui.screen import Screen, Services
from ui.screens.stars import wording
from ui.screens.stars.doing import Doer
from ui.screens.stars.forms import OpenForm
from ui.screens.stars.pane import StarPane
from ui.screens.stars.papers import StarPaperDeeds


@dataclass(frozen=True)
class _Worded:
    """A review with its list in words, as of a day. A county proposes 15,000: they are worded by the worker."""

    view: RoundView
    today: date
    rows: list[Row]


def _worded(desk: Desk, asked: tuple[Id, date]) -> _Worded:
    star_round, today = asked
    view = star_round_view(desk, star_round)
    return _Worded(view, today, wording.rows(view, today))


class StarsScreen(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._may_act = app.clerk.role != "auditor"
        self.view: RoundView | None = None
        self._shown_on: date | None = None
        self._round: Id | None = None
        self._known: frozenset[Id] = frozenset()
        self._pointed: Any = None  # who is pointed at once the review is read
        self._papers = StarPaperDeeds(app, self)
        self._build()
        self._doer = Doer(app, self, self._say_refused)
        self._connect()
        self._bind()

    # --- as every screen

    def enter(self) -> None:
        if self.view is None:
            self._read()
        self._take_focus()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"star_round", "service", "person"}:
            self._read()

    def pane_widget(self) -> QWidget | None:
        return self.pane if self.view is not None else None

    def place(self) -> tuple[Id | None, Any]:
        """Which review, and who in it."""
        return self._round, self.list.value()

    def come_back(self, place: tuple[Id | None, Any]) -> None:
        self._round, self._pointed = place
        self._read()

    def go_to(self, object_id: str) -> None:
        """A review."""
        self._round = object_id
        self._read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.app.go("volunteers")
            return
        super().keyPressEvent(event)

    # --- building

    def _build(self) -> None:
        self.rounds: Choice[Id] = Choice(name=_("哪次评定"))
        self.rounds.setMaximumWidth(560)
        self.begin_button = Button(_("发起评定"), icon="plus", key="Ctrl+N")
        first = QHBoxLayout()
        first.setContentsMargins(0, 0, 0, 0)
        first.addWidget(self.rounds, 1)
        first.addStretch()
        first.addWidget(self.begin_button)
        self.standing = Paragraph("", "body", "ink")
        self.trouble = RefusalLine("body")
        self.refusal = RefusalLine("body")
        self.list = RowList(name=_("评星名单"))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 12, 8, 0)
        column.setSpacing(8)
        column.addLayout(first)
        for widget in (self.standing, self.trouble, self.refusal, self._deeds()):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self._work = Scrolling(content)
        sentence = _("还没有评过星级。评定按截止日期的时长提名，公示至少三个工作日，再由管理员授星。")
        if self._may_act:
            self.empty = Empty(sentence, _("发起评定"), self.begin_round, key="Ctrl+N")
        else:
            self.empty = Empty(sentence)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(QWidget())  # until it is known how the review stands
        self._stack.addWidget(self._work)
        self._stack.addWidget(self.empty)
        self.pane = self.beside(StarPane(self.app.now, self.app.clerk.role))

    def _deeds(self) -> QWidget:
        self.post = Button(_("公示"), kind="primary", key="Ctrl+Enter")
        self.award = Button(_("授星"), kind="primary", key="Ctrl+Enter")
        self.print = Button(_("打印"), icon="print", key="Ctrl+P")
        self.save = Button(_("存成 PDF"), icon="save", key="Ctrl+S")
        self.end = Button(_("结束评定"), kind="danger")
        around = QWidget()
        flow = Flow(flowing(around))
        for button in (self.post, self.award, self.print, self.save, self.end):
            flow.addWidget(button)
        return around

    def _connect(self) -> None:
        self.rounds.edited.connect(self._on_round)
        self.begin_button.clicked.connect(lambda _checked: self.begin_round())
        self.list.pointed.connect(lambda _value: self._show_pointed())
        self.list.opened.connect(lambda _value: self.app.show_pane())
        self.post.clicked.connect(lambda _checked: self.go_on())
        self.award.clicked.connect(lambda _checked: self.go_on())
        self.print.clicked.connect(lambda _checked: self.print_paper())
        self.save.clicked.connect(lambda _checked: self.save_paper())
        self.end.clicked.connect(lambda _checked: self._with_round(self._doer.give_up))
        self.pane.drop_asked.connect(self.turn_out)
        self.pane.keep_asked.connect(self.turn_out)
        self.pane.object_asked.connect(self.object_to)
        self.pane.answer_asked.connect(self.answer)
        self.pane.revoke_asked.connect(self.revoke)
        self.pane.print_asked.connect(self._print_one)
        self.pane.record_opened.connect(lambda service: self.app.go("services", service))
        self.pane.person_opened.connect(self._open_volunteer)
        self.app.minute_passed.connect(self._on_minute)

    def _bind(self) -> None:
        self.tell_key("↑ ↓", _("走到别的人"))
        self.tell_key("Enter", _("打开右边的窗格"))
        if self._may_act:
            self.key("Ctrl+N", _("发起评定"), self.begin_round)
            self.key("Ctrl+Enter", _("公示，或公示完以后授星"), self.go_on)
            self.key("X", _("移出名单，或放回去"), self.turn_out)
            self.key("O", _("记一条异议"), self.object_to)
            self.key("A", _("答复异议"), self.answer)
            self.key("Ctrl+P", _("打印公示或证书"), self.print_paper)
            self.key("Ctrl+S", _("把它存成 PDF"), self.save_paper)
        if self.app.clerk.role == "administrator":
            self.key("Delete", _("撤销授予的星级，要写原因"), self.revoke)
        self.key("V", _("看志愿者"), self._open_volunteer)
        self.tell_key("Esc", _("回志愿者"))

    # --- reading

    def _read(self) -> None:
        self.app.jobs.read(self, star_rounds, None, done=self._on_rounds)

    def _on_rounds(self, rounds: Sequence[RoundEntry]) -> None:
        ids = [one.id for one in rounds]
        if not ids:
            self._known = frozenset()
            self.view, self._round = None, None
            self._stack.setCurrentWidget(self.empty)
            self.app.pane_changed()
            self._take_focus_if_here()
            return
        if self._known:  # what a colleague has opened meanwhile comes first
            self._round = next((one for one in ids if one not in self._known), self._round)
        self._round = self._round if self._round in ids else ids[0]
        self._known = frozenset(ids)
        self.rounds.set_options([(one.id, wording.round_title(one)) for one in rounds])
        self.rounds.set_value(self._round)
        self._read_round()

    def _read_round(self) -> None:
        if self._round is not None:
            self.app.jobs.read(self, _worded, (self._round, self._today()), done=self._on_view)

    def _on_view(self, worded: _Worded) -> None:
        view = worded.view
        is_first = self.view is None
        is_other = is_first or self.view is None or self.view.entry.id != view.entry.id
        self.view = view
        self._stack.setCurrentWidget(self._work)
        self._show(worded)
        if is_other:
            self.list.point_first()
        if self._pointed is not None:
            self.list.set_value(self._pointed)
            self._pointed = None
        self._show_pointed()
        if is_first:
            self.app.pane_changed()
            self._take_focus_if_here()

    def _show(self, worded: _Worded) -> None:
        self._shown_on = worded.today
        view, today, entry = worded.view, worded.today, worded.view.entry
        focused: QWidget | None = self.window().focusWidget()
        self.standing.set_sentence(wording.standing(view, today))
        self.refusal.clear()
        words = wording.trouble(view)
        if words:
            self.trouble.say(words)
        else:
            self.trouble.clear()
        self.list.set_rows(worded.rows)
        is_over = entry.last_day is not None and today > entry.last_day
        may_award = self.app.clerk.role == "administrator" and not entry.opened_by_me
        self.begin_button.setVisible(self._may_act and entry.stage not in (Stage.REVIEW, Stage.NOTICE))
        self.post.setVisible(self._may_act and entry.stage is Stage.REVIEW)
        self.award.setVisible(may_award and entry.stage is Stage.NOTICE and is_over and not words)
        self.end.setVisible(self._may_act and entry.stage in (Stage.REVIEW, Stage.NOTICE))
        has_paper = self._may_act and entry.stage is not Stage.GIVEN_UP
        self.print.setText(_("打印证书") if entry.stage is Stage.AWARDED else _("打印公示"))
        self.print.updateGeometry()
        self.print.setVisible(has_paper)
        self.save.setVisible(has_paper)
        if focused in (self.begin_button, self.post, self.award, self.end) and not focused.isVisible():
            self._take_focus()  # Qt would give it to the button beside

    def _show_pointed(self) -> None:
        if self.view is None:
            return
        kind, object_id = self.list.value() or ("", "")
        if kind == wording.OBJECTION:
            self.pane.show_objection(
                self.view, next(one for one in self.view.objections if one.id == object_id)
            )
        elif kind == wording.PERSON:
            self.pane.show_person(self.view, next(one for one in self.view.people if one.person == object_id))
            asked = StarPerson(star_round=self.view.entry.id, person=object_id)
            self.app.jobs.read(self, star_evidence, asked, done=self._on_evidence)

    def _on_evidence(self, evidence: StarEvidence) -> None:
        if self.pane.wants() == evidence.person:
            self.pane.show_records(evidence)

    def _on_round(self) -> None:
        self._round = self.rounds.value()
        self._read_round()

    def _on_minute(self) -> None:
        """On another day something else may be due."""
        if self.isVisible() and self.view is not None and self._shown_on != self._today():
            self._read_round()

    def _today(self) -> date:
        return shanghai_day(self.app.now())

    # --- what is done

    def begin_round(self) -> None:
        """Ctrl+N."""
        if self._may_act and (self.view is None or self.begin_button.isVisible()):
            OpenForm(self, self.app, self._today(), self._on_opened).open()

    def _on_opened(self, star_round: Id, proposed: int) -> None:
        self.app.banner.news(_("提名 {count} 位，逐个看一看").format(count=proposed))
        self.go_to(star_round)

    def go_on(self) -> None:
        """Ctrl+Enter: the next stage."""
        if self.view is None:
            return
        if self.post.isVisible():
            self._doer.post(self.view.entry, self._on_posted)
        elif self.award.isVisible():
            self._doer.award(self.view.entry)

    def _on_posted(self, last_day: date) -> None:
        view = self.view
        assert view is not None
        words = _("公示到{last}，名单印出来贴上墙").format(last=full_date(last_day))
        self.app.banner.news(words, Action(_("打印"), self.print_paper))

    def turn_out(self) -> None:
        """X: out of the list, or back into it."""
        person = self.pane.person
        if self.view is None or person is None:
            return
        if self.pane.drop.isVisibleTo(self.pane):
            self._doer.drop(self.view.entry, person)
        elif self.pane.keep.isVisibleTo(self.pane):
            self._doer.keep(self.view.entry, person)

    def object_to(self) -> None:
        """O."""
        if self.view is not None and self.pane.person is not None and self.pane.object.isVisibleTo(self.pane):
            self._doer.object_to(self.view.entry, self.pane.person)

    def answer(self) -> None:
        """A."""
        objection = self.pane.objection
        if self.view is not None and objection is not None and self.pane.answer.isVisibleTo(self.pane):
            self._doer.answer(self.view.entry, objection)

    def revoke(self) -> None:
        """Delete."""
        if self.view is not None and self.pane.person is not None and self.pane.revoke.isVisibleTo(self.pane):
            self._doer.revoke(self.view.entry, self.pane.person)

    def print_paper(self) -> None:
        """Ctrl+P."""
        if self.print.isVisible():
            self._with_round(self._papers.print)

    def save_paper(self) -> None:
        """Ctrl+S."""
        if self.save.isVisible():
            self._with_round(self._papers.save)

    def _print_one(self) -> None:
        if self.view is not None and self.pane.person is not None:
            self._papers.print(self.view.entry, (self.pane.person.person,))

    def _with_round(self, run: Any) -> None:
        if self.view is not None:
            run(self.view.entry)

    def _say_refused(self, words: str) -> None:
        self.refusal.say(words)

    def _open_volunteer(self) -> None:
        person = self.pane.person or self.pane.objection
        if self.view is not None and person is not None:
            self.app.go("volunteers", person.person)

    # --- focus

    def _take_focus(self) -> None:
        if self._stack.currentWidget() is self._work:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._stack.currentWidget() is self.empty and self._may_act:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_focus_if_here(self) -> None:
        focused: QWidget | None = self.window().focusWidget()
        if focused is None or not focused.isVisible() or self.isAncestorOf(focused):
            self._take_focus()
