"""Undoing the issue of a certificate (证书): it is void and stays listed, for its number was drawn."""

from __future__ import annotations

from app.actions.certificates import VoidCertificate, void_certificate
from app.actions.desk import Work
from app.actions.undo import Undoing, passes_over, undoes
from app.facts.certificates import CertificateIssued, CertificateReprinted
from app.words import _

passes_over(CertificateReprinted)


@undoes(CertificateIssued)
def undo_issue(work: Work, that: Undoing[CertificateIssued]) -> None:
    request = VoidCertificate(certificate=that.it.body.certificate, reason=_("开错了，撤销"))
    void_certificate.inside(work, request)
