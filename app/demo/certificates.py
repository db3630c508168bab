"""Certificates of the sample town (证书): issued at the desk with the real actions; a few are made void,
reissued or reprinted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from app.actions.certificates import (
    CertificateDraft,
    IssueCertificate,
    ReissueCertificate,
    ReprintCertificate,
    VoidCertificate,
    issue_certificate,
    reissue_certificate,
    reprint_certificate,
    void_certificate,
)
from app.demo import texts
from app.demo.town import Helper, Town
from app.domain.calendar import instant_at
from app.facts import Id
from app.storage.ids import new_id

PHONE = "0537-5550120"
_MOST_ROWS = 14
_FEWEST_ROWS = 2
_FROM_SHARE = 0.25
_VOID_EVERY, _REISSUE_EVERY, _REPRINT_EVERY = 19, 17, 11


class Counter:
    """Where certificates are asked for, ``count`` of them."""

    def __init__(self, town: Town, count: int) -> None:
        self._town = town
        self._count = count

    def plan(self) -> None:
        """At any time since the first quarter, the last ones only lately."""
        town = self._town
        for turn in range(self._count):
            share = _FROM_SHARE + (1 - _FROM_SHARE) * (turn + town.rng.random()) / self._count
            day = town.first + timedelta(days=int(town.days * share))
            moment = instant_at(day, town.rng.randrange(9, 17), town.rng.randrange(60))
            town.agenda.at(moment, partial(self._issue, turn + 1))

    def _issue(self, turn: int, now: datetime) -> None:
        town = self._town
        fit = [one for one in town.helpers if one.gone_on is None and len(one.approved) >= _FEWEST_ROWS]
        if not fit:
            return
        helper = town.rng.choices(fit, [len(one.approved) for one in fit])[0]
        certificate = new_id()
        request = IssueCertificate(certificate=certificate, draft=self._draft(helper), consented=True)
        self._town.do(issue_certificate, request, now)
        later = town.minutes_later(now, 30, 6_000)
        if turn % _VOID_EVERY == 0:
            town.agenda.at(later, partial(self._void, certificate))
        elif turn % _REISSUE_EVERY == 0:
            town.agenda.at(later, partial(self._reissue, certificate, helper))
        elif turn % _REPRINT_EVERY == 0:
            town.agenda.at(later, partial(self._reprint, certificate))

    def _void(self, certificate: Id, now: datetime) -> None:
        reason = self._town.rng.choice(texts.VOIDED)
        self._town.do(void_certificate, VoidCertificate(certificate=certificate, reason=reason), now)

    def _reissue(self, certificate: Id, helper: Helper, now: datetime) -> None:
        request = ReissueCertificate(
            certificate=new_id(),
            draft=self._draft(helper),
            consented=True,
            replaces=certificate,
            reason=self._town.rng.choice(texts.VOIDED),
        )
        self._town.do(reissue_certificate, request, now)

    def _reprint(self, certificate: Id, now: datetime) -> None:
        self._town.do(reprint_certificate, ReprintCertificate(certificate=certificate), now)

    def _draft(self, helper: Helper) -> CertificateDraft:
        town = self._town
        return CertificateDraft(
            person=helper.person.id,
            services=tuple(helper.approved[-town.rng.randint(_FEWEST_ROWS, _MOST_ROWS) :]),
            person_in_charge=town.crew.administrator.name,
            contact=PHONE,
        )
