"""The certificates screen (证书): choosing or the register at the left, the paper at the right; what each key does."""

from __future__ import annotations

import importlib
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
    certificate_entry,
    issue_certificate,
    reissue_certificate,
)
from app.domain.problems import Trouble
from app.facts import Id
from app.sentences import sentence
from app.words import _
from ui.parts.halves import Halves
from ui.screen import Screen, Services
from ui.screens.certificates.deeds import Deeds
from ui.screens.certificates.making import Making
from ui.screens.certificates.records import ALL, NEW
from ui.screens.certificates.register import Register
from ui.screens.certificates.side import Side


class CertificatesScreen(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._may_act = app.clerk.role != "auditor"
        self._pointed: CertificateEntry | None = None
        self.making = Making(app)
        self.register = Register(app)
        self.side = Side(app)
        self.deeds = Deeds(app, self)
        self._left = QStackedWidget()
        self._left.addWidget(self.making)
        self._left.addWidget(self.register)
        self.halves = Halves(self._left, self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.halves)
        self._connect()
        self._bind()
        if self._may_act:
            app.jobs.read(self, _load_printing, None, done=lambda _nothing: None)
        else:
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
        self.deeds.on_paper.connect(self._on_paper)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.halves.is_beside():
            self.halves.show_right(False)
            self._focus_left()
            return
        super().keyPressEvent(event)

    def narrowing(self) -> dict[str, Any]:
        return {"search": self.register.search, "filters": self.register.filters}

    def place(self) -> bool:
        """Whether a certificate is being made; what of it there is is a draft."""
        return self._is_making()

    def come_back(self, place: bool) -> None:
        """The register remembers its row."""
        if self._is_making() != place:
            self.turn()

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
            self.side.show_draft(draft)
        elif self.side.entry is None or not self.deeds.is_new(self.side.entry.certificate):
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
        self.side.show_issued(entry, is_new=self.deeds.is_new(entry.certificate))

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
        self.making.issue.hold()
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
        self.deeds.begin(issued.certificate)
        self._read_entry(issued.certificate, then=self._next_volunteer)
        self.register.point(issued.certificate)

    def _next_volunteer(self) -> None:
        """The number and the paper stand at the right; the form waits for the next one."""
        self.making.start_again()
        self.making.start()
        self._show_right()

    def _on_trouble(self, trouble: Trouble) -> None:
        self.making.issue.setEnabled(True)
        self.app.banner.trouble(partial(sentence, trouble))

    # --- what can be done with an issued one

    def print(self) -> None:
        """Ctrl+P."""
        if self.side.entry is not None and self._may_act:
            self.deeds.print(self.side.entry)

    def save(self) -> None:
        """Ctrl+S."""
        if self.side.entry is not None and self._may_act:
            self.deeds.save(self.side.entry)

    def void(self) -> None:
        """Delete: asks why."""
        if self.side.entry is not None and self._may_act:
            self.deeds.void(self.side.entry)

    def _on_paper(self) -> None:
        if self.side.entry is not None:
            self._show_issued(self.side.entry)

    def reissue(self) -> None:
        """R: the same records, or others, on a new paper in place of this one."""
        entry = self.side.entry
        if entry is None or not self._may_act or entry.replaced_by:
            return
        self._left.setCurrentWidget(self.making)
        self.halves.show_right(False)
        self.making.replace(entry)


def _load_printing(_desk: object, _query: None) -> None:
    """While the clerk types a name, so that the first paper comes as soon as the others."""
    importlib.import_module("app.printing.certificate")
    importlib.import_module("app.printing.fonts").warm_up()
