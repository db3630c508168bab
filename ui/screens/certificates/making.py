"""Choosing what is certified (开证明): who, which records, who answers for it, and that the volunteer agreed. Until it
is issued it is a draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.certificates import (
    Candidate,
    CertificateDraft,
    CertificateEntry,
    IssueCertificate,
    ReissueCertificate,
    certifiable_services,
    certificate_entry,
)
from app.actions.desk import new_id
from app.actions.people_cards import (
    PersonCard,
    person_card,
)
from app.domain.calendar import shanghai_day
from app.domain.problems import Refusal
from app.facts import Id
from app.words import _
from ui.formdraft import FormDraft
from ui.parts.buttons import Button
from ui.parts.fields import TextField
from ui.parts.form import Form, Page
from ui.parts.people import PersonField, tail_words
from ui.parts.text import Paragraph
from ui.parts.tick import Tick
from ui.screen import Services
from ui.screens.certificates.records import Records

_IN_CHARGE, _CONTACT = "certificates.person_in_charge", "certificates.contact"


class _Contact(TextField):
    def is_empty(self) -> bool:
        """Without one, the station's phone is printed: a form does not wait for it."""
        return False


class _Consent(Tick):
    def is_empty(self) -> bool:
        return not self.value()


class Begun(msgspec.Struct, frozen=True):
    """What there is of a certificate that is not issued yet; it will have this id, whatever happens in between."""

    certificate: Id
    person: Id
    replaces: Id | None
    services: tuple[Id, ...]
    consented: bool
    person_in_charge: str
    contact: str
    reason: str


class Making(QWidget):
    """``changed``: the paper says something else now. ``issue_asked`` comes from Ctrl+Enter and the button.

    Of its own draft it is the one field: ``edited``, ``value`` and ``set_value`` are for that.
    """

    changed = Signal()
    edited = Signal()
    issue_asked = Signal()
    register_asked = Signal()
    paper_asked = Signal()

    def __init__(self, app: Services) -> None:
        super().__init__()
        self.app = app
        self._certificate = new_id()
        self._replaced: CertificateEntry | None = None
        self._awaited: Id | None = None  # who was chosen, and is being read
        self._begun: Begun | None = None
        self.form = Form()
        self._build_fields()
        self.issue = Button(_("签发"), kind="primary", key="Ctrl+Enter")
        self.issue.clicked.connect(lambda _checked: self.issue_asked.emit())
        register = Button(_("登记簿"), key="F6")
        register.clicked.connect(lambda _checked: self.register_asked.emit())
        self.form.primary = self.issue
        self.form.saved.connect(self.issue_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._paper = Button(_("看纸样"), kind="quiet", key="F7")
        self._paper.clicked.connect(lambda _checked: self.paper_asked.emit())
        column.addWidget(Page(self.form, left=(self._paper,), right=(register, self.issue), widest=1000))
        self._paper.hide()
        self._settle()
        self._draft = FormDraft(self, app, "certificate")
        self._draft.keep("certificate", self)
        self._draft.begin("")

    def _build_fields(self) -> None:
        form = self.form
        self._notice = form.add_line(Paragraph("", "body", "under_way"))
        self.reason = form.add(_("换开原因"), TextField(_("例如 名字写错了"), at_most=200), name="reason")
        self._keep = form.add_line(Button(_("不换开了"), kind="quiet", icon="undo"))
        self._keep.clicked.connect(lambda _checked: self.start_again())
        self.person = PersonField(self.app.jobs, name=_("哪位志愿者"))
        self.person.picked.connect(lambda _hit: self._read())  # before the form steps on: to the list
        form.add(_("哪位志愿者"), self.person, name="person")
        self.records = form.add("", Records(self._today), name="services", grows=True)
        form.row_of(self.records).label.hide()
        self.in_charge = form.add(
            _("负责人"), TextField(_("站长或队长"), at_most=50), name="person_in_charge"
        )
        self.contact = form.add(
            _("联系方式"), _Contact(_("不填就印本站电话"), at_most=50), name="contact", beside=self.in_charge
        )
        self.in_charge.set_value(self.app.remembered.get(_IN_CHARGE, ""))
        self.contact.set_value(self.app.remembered.get(_CONTACT, ""))
        self.consent = form.add("", _Consent(_("本人同意：本人要求开的，或问过本人")), name="consented")
        self.person.edited.connect(self._on_person)
        for field in (self.records, self.in_charge, self.contact):
            field.edited.connect(self.changed)
        for signal in (self.changed, self.consent.edited, self.reason.edited):
            signal.connect(self.edited)

    def set_alone(self, is_alone: bool) -> None:
        """The paper has no room beside this: there is a way to it."""
        self._paper.setVisible(is_alone)

    # --- whose records

    def choose(self, person: Id) -> None:
        """Take this person, from another screen."""
        self.start_again()
        self._read_person(person)

    def replace(self, entry: CertificateEntry) -> None:
        """Begin the certificate that is issued in place of ``entry``."""
        self.start_again()
        self._replace(entry)

    def _replace(self, entry: CertificateEntry) -> None:
        self._replaced = entry
        self._notice.set_sentence(
            _("换开 {number}：签发新的一份时，原来那份作废。").format(number=entry.number)
            if entry.voided_on is None
            else _("{number} 已经作废，现在开一份替它。").format(number=entry.number)
        )
        self._settle()
        self._read_person(entry.person)

    def _read_person(self, person: Id) -> None:
        self._awaited = person
        self.app.jobs.read(self, person_card, person, done=self._chosen, refused=self._on_unknown)

    def _on_unknown(self, refusal: Refusal) -> None:
        self.start_again()
        self.app.jobs.refused.emit(refusal)

    # --- its draft

    def value(self) -> Any:
        """What there is of it, if somebody is chosen; what is being read stays as it was."""
        if self._begun is not None:
            return msgspec.to_builtins(self._begun)
        person = self._awaited or self.person.value()
        if person is None:
            return None
        begun = Begun(
            certificate=self._certificate,
            person=person,
            replaces=self._replaced.certificate if self._replaced is not None else None,
            services=self.records.value(),
            consented=self.consent.value(),
            person_in_charge=self.in_charge.value(),
            contact=self.contact.value(),
            reason=self.reason.value(),
        )
        return msgspec.to_builtins(begun)

    def set_value(self, state: Any) -> None:
        """Go on with what was begun, also in another language."""
        if state is None:
            return
        begun = self._begun = msgspec.convert(state, Begun)
        self._certificate = begun.certificate
        self.in_charge.set_value(begun.person_in_charge)
        self.contact.set_value(begun.contact)
        self.reason.set_value(begun.reason)
        if begun.replaces is None:
            self._read_person(begun.person)
        else:
            read = self.app.jobs.read
            read(self, certificate_entry, begun.replaces, done=self._replace, refused=self._on_unknown)

    def renew(self) -> None:
        """Records may have changed meanwhile; the ticks stay."""
        if self.person.value() is not None:
            self._read(keeps_ticks=True)

    def start_again(self) -> None:
        """An empty form: the next volunteer."""
        self._draft.forget()
        self._certificate = new_id()
        self._replaced = self._awaited = self._begun = None
        self.form.clear_refusals()
        self.person.set_chosen(None, "")
        self.reason.set_value("")
        self.consent.set_value(False)
        self.records.forget()
        self._settle()
        self.changed.emit()

    def start(self) -> None:
        target = self.person if self.person.value() is None else self.records
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, card: PersonCard) -> None:
        self.person.set_chosen(card.id, card.name, tail_words(card.phone[-4:]))
        self.person.setCursorPosition(0)
        self._awaited = None
        self._read()
        if self._begun is None or self.person.hasFocus():
            self.records.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_person(self) -> None:
        """Another name is being typed: nobody's records are shown."""
        self._begun = None
        if self.person.value() is None and self.records.list.rows.rows:
            self.records.forget()
            self._settle()
            self.changed.emit()

    def _read(self, *, keeps_ticks: bool = False) -> None:
        person = self.person.value()
        if not keeps_ticks:
            self.records.wait()
            self.consent.set_value(False)

        def done(records: Sequence[Candidate]) -> None:
            if person == self.person.value():
                self._take(records, keeps_ticks)

        self.app.jobs.read(self, certifiable_services, person, done=done)

    def _take(self, records: Sequence[Candidate], keeps_ticks: bool) -> None:
        self.records.show_records(records)
        begun, self._begun = self._begun, None
        if begun is not None:
            self.records.take(begun.services)
            self.consent.set_value(begun.consented)
        elif not keeps_ticks:
            self.records.preset(self._replaced.number if self._replaced is not None else "")
        self._settle()
        self.changed.emit()

    def _settle(self) -> None:
        """What can be seen and pressed now."""
        is_reissue = self._replaced is not None
        self._notice.setVisible(is_reissue)
        self._keep.setVisible(is_reissue)
        self.form.row_of(self.reason).setVisible(is_reissue and self._must_void())
        self.person.setEnabled(not is_reissue)
        self.issue.setText(_("换开") if is_reissue else _("签发"))
        self.issue.updateGeometry()
        self.issue.setEnabled(bool(self.records.list.able()))

    def _must_void(self) -> bool:
        return self._replaced is not None and self._replaced.voided_on is None

    # --- what was chosen

    def draft(self) -> CertificateDraft | None:
        """None while nobody is chosen."""
        person = self.person.value()
        if person is None or not self.records.list.able():
            return None
        return CertificateDraft(
            person=person,
            services=self.records.value(),
            person_in_charge=self.in_charge.value(),
            contact=self.contact.value(),
        )

    def request(self) -> IssueCertificate | ReissueCertificate | None:
        draft = self.draft()
        if draft is None:
            return None
        consented = self.consent.value()
        if self._replaced is None:
            return IssueCertificate(certificate=self._certificate, draft=draft, consented=consented)
        return ReissueCertificate(
            certificate=self._certificate,
            draft=draft,
            consented=consented,
            replaces=self._replaced.certificate,
            reason=self.reason.value(),
        )

    def remember(self) -> None:
        """Who answers for the papers here is the same tomorrow."""
        self.app.remembered.put(_IN_CHARGE, self.in_charge.value())
        self.app.remembered.put(_CONTACT, self.contact.value())

    def refuse(self, refusal: Refusal) -> None:
        self.issue.setEnabled(True)
        self.form.refuse(refusal)

    def _today(self) -> date:
        return shanghai_day(self.app.now())
