"""What is done with an issued certificate (打印、保存、作废): each paper after the first is counted and marked 补打."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.actions.certificates import (
    CertificateEntry,
    ReprintCertificate,
    VoidCertificate,
    certificate_paper,
    reprint_certificate,
    void_certificate,
)
from app.domain.printers import PaperKind
from app.facts import Id
from app.words import N_, _
from ui.parts.printing import print_made, save_made
from ui.parts.question import Answer, Answered, Deed, Question, ask_and_do
from ui.screen import Services

_VOID_REASONS = (N_("信息写错了"), N_("有记录撤销了"), N_("重复开了"), N_("本人不要了"))


class Deeds(QObject):
    """``on_paper``: a certificate was printed or saved."""

    on_paper = Signal()

    def __init__(self, app: Services, owner: QWidget) -> None:
        super().__init__(owner)
        self.app, self._owner = app, owner
        self._not_printed: set[Id] = set()

    def begin(self, certificate: Id) -> None:
        """It was just issued; its first paper is still to come."""
        self._not_printed.add(certificate)

    def is_new(self, certificate: Id) -> bool:
        """Whether it was issued here and is not on paper yet."""
        return certificate in self._not_printed

    def print(self, entry: CertificateEntry) -> None:
        """The first print of a new certificate, else one more."""
        if entry.voided_on is not None:
            return
        make = partial(self.paper if self.is_new(entry.certificate) else self.reprint, entry.certificate)
        print_made(
            self.app.jobs,
            self._owner,
            make,
            entry.number,
            printed=partial(self.printed, entry),
            failed=self.app.banner.trouble,
            object_name=f"certificate:{entry.certificate}",
            paper=PaperKind.CERTIFICATE,
        )

    def paper(self, certificate: Id, give: Callable[[bytes], None]) -> None:
        self.app.jobs.read(self, certificate_paper, certificate, done=give, key="paper")

    def reprint(self, certificate: Id, give: Callable[[bytes], None]) -> None:
        """Count one more, then give its paper."""
        self.app.jobs.run(
            self,
            reprint_certificate,
            ReprintCertificate(certificate=certificate),
            done=lambda _copy: self.paper(certificate, give),
        )

    def printed(self, entry: CertificateEntry) -> None:
        self.app.banner.news(_("证明 {number} 已送到打印机").format(number=entry.number))
        self._went_out(entry)

    def _went_out(self, entry: CertificateEntry) -> None:
        self._not_printed.discard(entry.certificate)
        self.on_paper.emit()

    def save(self, entry: CertificateEntry) -> None:
        """As a PDF, where the clerk says. A file goes out as a print does: the one after it is marked, too."""
        is_first = entry.voided_on is not None or self.is_new(entry.certificate)
        save_made(
            self.app,
            self._owner,
            partial(self.paper if is_first else self.reprint, entry.certificate),
            name=_("服务证明 {number}").format(number=entry.number),
            object_name=f"certificate:{entry.certificate}",
            kept=partial(self._went_out, entry),
        )

    def void(self, entry: CertificateEntry) -> None:
        """Ask why, and make it void."""
        if entry.voided_on is not None:
            return
        does = _("登记簿里留着，盖“作废”；已经发出去的纸请收回。")
        question = Question(
            _("作废 {number}？").format(number=entry.number),
            (Answer(_("作废"), "void", does, kind="danger"),),
            _("{who}的服务记录证明。").format(who=entry.who),
            tuple(_(reason) for reason in _VOID_REASONS),
            _("留着"),
        )
        ask_and_do(self._owner, self.app.jobs, question, partial(self._void, entry))

    def _void(self, entry: CertificateEntry, answered: Answered) -> Deed:
        def done(_nothing: None) -> None:
            self._not_printed.discard(entry.certificate)
            self.app.banner.news(_("证明 {number} 作废了").format(number=entry.number))

        request = VoidCertificate(certificate=entry.certificate, reason=answered.reason)
        return Deed(void_certificate, request, done)
