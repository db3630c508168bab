"""The certificates screen (证书): choosing or the register at the left, the paper at the right; what each key does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.actions.certificates import (
    CertificateEntry,
    Issued,
    ReissueCertificate,
    ReprintCertificate,
    VoidCertificate,
    certificate_entry,
    certificate_paper,
    issue_certificate,
    reissue_certificate,
    reprint_certificate,
    void_certificate,
)
from app.domain.problems import Refusal, Trouble
from app.facts import Id
from app.sentences import sentence
from app.words import N_, _
from ui.parts.halves import Halves
from ui.parts.printing import print_made, save_pdf
from ui.parts.question import Answer, Answered, Question, ask
from ui.screen import Screen, Services, UndoOffer
from ui.screens.certificates.making import Making
from ui.screens.certificates.records import ALL, NEW
from ui.screens.certificates.register import Register
from ui.screens.certificates.side import Side

_VOID_REASONS = (N_("信息写错了"), N_("有记录撤销了"), N_("重复开了"), N_("本人不要了"))


class CertificatesScreen(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._may_act = app.clerk.role != "auditor"
        self._not_printed: set[Id] = set()
        self._pointed: CertificateEntry | None = None
        self._undo: UndoOffer | None = None
        self.making = Making(app)
        self.register = Register(app)
        self.side = Side(app)
        self._left = QStackedWidget()
        self._left.addWidget(self.making)
        self._left.addWidget(self.register)
        self.halves = Halves(self._left, self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.halves)
        self._connect()
        self._bind()
        if not self._may_act:
            self._left.setCurrentWidget(self.register)

    def _connect(self) -> None:
        self.making.changed.connect(self._show_draft)
        self.making.issue_asked.connect(self.issue)
        self.making.register_asked.connect(self.turn)
        self.register.make_asked.connect(self.turn)
        self.register.pointed.connect(self._on_pointed)
        self.register.opened.connect(lambda _entry: self._show_right())
        self.side.print_asked.connect(self.print)
        self.side.save_asked.connect(self.save)
        self.side.void_asked.connect(self.void)
        self.side.reissue_asked.connect(self.reissue)
        self.side.back_asked.connect(self._turn_half)
        self.making.paper_asked.connect(self._turn_half)
        self.halves.fitted.connect(self._fit)

    def _bind(self) -> None:
        if self._may_act:
            self.key("Ctrl+Enter", _("签发"), self.issue)
            self.key("F6", _("开证明，或看登记簿"), self.turn)
            self.tell_key("Space", _("在记录上：勾上，或不勾"))
            self.key("F8", _("勾上没开过的"), partial(self._choose, NEW))
            self.key("F9", _("全部勾上"), partial(self._choose, ALL))
            self.key("Ctrl+P", _("打印，或补打"), self.print)
            self.key("Ctrl+S", _("存成 PDF"), self.save)
            self.key("R", _("换开"), self.reissue)
            self.key("Delete", _("作废"), self.void)
        self.key("Ctrl+F", _("换一位志愿者，或在登记簿里找"), self._focus_search)
        self.key("F7", _("窗口窄的时候，看纸样或看左边"), self._turn_half)
        self.tell_key("Ctrl++", _("放大纸样，Ctrl+- 缩小"))

    # --- the screen

    def enter(self) -> None:
        self._fit()
        self._focus_left()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"certificate", "service", "person"}:
            self.register.refresh()
            self.making.renew()
            if self.side.entry is not None:
                self._read_entry(self.side.entry.certificate)

    def go_to(self, object_id: str) -> None:
        """A certificate, or the person one is made for."""
        self.app.jobs.read(
            self,
            certificate_entry,
            object_id,
            done=lambda entry: self._open(entry.certificate),
            refused=lambda _unknown: self._make_for(object_id),
            key="go to",
        )

    def undo(self) -> UndoOffer | None:
        return self._undo

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.halves.is_beside():
            self.halves.show_right(False)
            self._focus_left()
            return
        super().keyPressEvent(event)

    def turn(self) -> None:
        """F6: from choosing to the register, and back."""
        if not self._may_act:
            return
        self.halves.show_right(False)
        if self._is_making():
            self._left.setCurrentWidget(self.register)
            self._on_pointed(self.register.table.row())
        else:
            self._left.setCurrentWidget(self.making)
            self._show_draft()
        self._focus_left()

    def _fit(self) -> None:
        """Each half has a way to the other where only one has room."""
        self.side.set_alone(not self.halves.is_beside())
        self.making.set_alone(not self.halves.is_beside())

    def _turn_half(self) -> None:
        """F7, where one half has room."""
        self.halves.turn()
        if self.side.isVisible() and not self.halves.is_beside():
            self.side.start()
        else:
            self._focus_left()

    def _show_right(self) -> None:
        self.halves.show_right()
        if not self.halves.is_beside():
            self.side.start()

    def _is_making(self) -> bool:
        return self._left.currentWidget() is self.making

    def _focus_left(self) -> None:
        (self.making if self._is_making() else self.register).start()

    def _focus_search(self) -> None:
        self.halves.show_right(False)
        line = self.making.person if self._is_making() else self.register.search
        line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        line.selectAll()

    def _choose(self, which: str) -> None:
        if self._is_making():
            self.making.records.choose(which)

    # --- what the right half shows

    def _show_draft(self) -> None:
        if not self._is_making():
            return
        draft = self.making.draft()
        if draft is not None:
            self._undo = None
            self.side.show_draft(draft)
        elif self.side.entry is None or self.side.entry.certificate not in self._not_printed:
            self.side.show_nothing()

    def _on_pointed(self, entry: CertificateEntry | None) -> None:
        self._pointed = entry
        if self._is_making():
            return
        if entry is None:
            self.side.show_register()
        else:
            self._show_issued(entry)

    def _show_issued(self, entry: CertificateEntry) -> None:
        self.side.show_issued(entry, is_new=entry.certificate in self._not_printed)

    def _read_entry(self, certificate: Id, then: Callable[[], None] | None = None) -> None:
        def done(entry: CertificateEntry) -> None:
            shown = self.side.entry
            if then is not None or (shown is not None and shown.certificate == certificate):
                self._show_issued(entry)
            if then is not None:
                then()

        self.app.jobs.read(self, certificate_entry, certificate, done=done, key="entry")

    def _open(self, certificate: Id) -> None:
        self._left.setCurrentWidget(self.register)
        self.register.point(certificate)
        self.register.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._read_entry(certificate, then=self._show_right)

    def _make_for(self, person: Id) -> None:
        if self._may_act:
            self._left.setCurrentWidget(self.making)
            self.halves.show_right(False)
            self.making.choose(person)

    # --- issuing

    def issue(self) -> None:
        """Ctrl+Enter."""
        request = self.making.request()
        if not self._is_making() or request is None or not self.making.issue.isEnabled():
            return
        self.making.form.clear_refusals()
        self.making.issue.setEnabled(False)  # one press, one certificate
        answers: dict[str, Any] = {
            "done": self._on_issued,
            "refused": self.making.refuse,
            "trouble": self._on_trouble,
        }
        if isinstance(request, ReissueCertificate):
            self.app.jobs.run(self, reissue_certificate, request, **answers)
        else:
            self.app.jobs.run(self, issue_certificate, request, **answers)

    def _on_issued(self, issued: Issued) -> None:
        self.making.remember()
        self._not_printed.add(issued.certificate)
        text = _("撤销：签发 {number}（作废）").format(number=issued.number)
        self._undo = UndoOffer(text, self.void)
        self._read_entry(issued.certificate, then=self._next_volunteer)
        self.register.point(issued.certificate)

    def _next_volunteer(self) -> None:
        """The number and the paper stand at the right; the form waits for the next one."""
        self.making.start_again()
        self.making.start()
        self._show_right()

    def _on_trouble(self, trouble: Trouble) -> None:
        self.making.issue.setEnabled(True)
        self.app.banner.trouble(sentence(trouble))

    # --- what can be done with an issued one

    def print(self) -> None:
        """Ctrl+P: the first print of a new certificate, else one more, counted and marked 补打."""
        entry = self.side.entry
        if entry is None or not self._may_act or entry.voided_on is not None:
            return
        is_new = entry.certificate in self._not_printed
        make = partial(self._paper if is_new else self._reprint, entry.certificate)
        print_made(
            self.app.jobs,
            self,
            make,
            entry.number,
            printed=partial(self._on_printed, entry),
            failed=self.app.banner.trouble,
        )

    def _paper(self, certificate: Id, give: Callable[[bytes], None]) -> None:
        self.app.jobs.read(self, certificate_paper, certificate, done=give, key="paper to print")

    def _reprint(self, certificate: Id, give: Callable[[bytes], None]) -> None:
        self.app.jobs.run(
            self,
            reprint_certificate,
            ReprintCertificate(certificate=certificate),
            done=lambda _copy: self._paper(certificate, give),
        )

    def _on_printed(self, entry: CertificateEntry) -> None:
        self._not_printed.discard(entry.certificate)
        self.app.banner.news(_("证明 {number} 已送到打印机").format(number=entry.number))
        if self.side.entry is not None:
            self._show_issued(self.side.entry)

    def save(self) -> None:
        """Ctrl+S."""
        entry = self.side.entry
        if entry is None or not self._may_act:
            return

        def keep(pdf: bytes) -> None:
            name = _("服务证明 {number}").format(number=entry.number)
            save_pdf(self.app, self, pdf, name=name, object_name=f"certificate:{entry.certificate}")

        self._paper(entry.certificate, keep)

    def void(self) -> None:
        """Delete, or Ctrl+Z right after issuing: asks why."""
        entry = self.side.entry
        if entry is None or not self._may_act or entry.voided_on is not None:
            return
        answer = Answer(_("作废"), "void", _("登记簿里留着，盖“作废”；已经发出去的纸请收回。"), kind="danger")
        question = Question(
            _("作废 {number}？").format(number=entry.number),
            (answer,),
            _("{who}的服务记录证明。").format(who=entry.who),
            tuple(_(reason) for reason in _VOID_REASONS),
            _("留着"),
        )
        ask(self, question, partial(self._void, entry))

    def _void(self, entry: CertificateEntry, answered: Answered) -> None:
        def done(_nothing: None) -> None:
            self._undo = None
            self._not_printed.discard(entry.certificate)
            again = _("证明 {number} 作废了").format(number=entry.number)
            self.app.banner.news(again)

        request = VoidCertificate(certificate=entry.certificate, reason=answered.reason)
        self.app.jobs.run(self, void_certificate, request, done=done, refused=self._say)

    def reissue(self) -> None:
        """R: the same records, or others, on a new paper in place of this one."""
        entry = self.side.entry
        if entry is None or not self._may_act or entry.replaced_by:
            return
        self._left.setCurrentWidget(self.making)
        self.halves.show_right(False)
        self.making.replace(entry)

    def _say(self, refusal: Refusal) -> None:
        self.app.banner.trouble(sentence(refusal))
