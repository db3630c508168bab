"""What a person does with service record certificates (志愿服务记录证明): choose, preview, issue, void, reprint.

A certificate is numbered when it is issued, in the same transaction, so the register has no gaps; a void one stays
listed. The paper is always made from what was frozen, never from what the tables say today.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from app.actions.codes import reads_code
from app.actions.desk import DESK, Look, Work, action, reading
from app.actions.services import Page
from app.domain import certificates as rules
from app.domain import masking
from app.domain.certificates import CertifiableService, Holder, Issuer, Obstacle, Seal, Standing
from app.domain.erasure import PersonIsErased, kept_until
from app.domain.hours import HoursPolicy
from app.domain.identity import ID_TYPE_NAMES, IdType
from app.domain.numbers import certificate_number, compact, read_certificate_number
from app.domain.papers import PapersPolicy
from app.domain.problems import Refusal
from app.domain.services import State
from app.facts import Id
from app.facts.certificates import CertificateNote, CertificateText, CertificateVoided
from app.storage import certificates as storage
from app.storage import people, search, services, stations
from app.storage.certificates import RegisterFilter
from app.storage.types import clean_text
from app.words import _, speaking

LONGEST_NAME_CHARACTERS = 50
LONGEST_CONTACT_CHARACTERS = 50
LONGEST_REASON_CHARACTERS = 1_000

_UNDECIDED = frozenset({State.WAITING, State.DECLINED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateDraft:
    """What will be certified: records of one person, and who answers for the paper. Without a ``contact`` it is the
    station's phone.
    """

    person: Id
    services: tuple[Id, ...]
    person_in_charge: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCertificate:
    """Issue ``draft`` under the id ``certificate``. ``consented``: the volunteer asked for it, or agreed."""

    certificate: Id
    draft: CertificateDraft
    consented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReissueCertificate(IssueCertificate):
    """Make ``replaces`` void for ``reason`` and issue ``draft`` in its place."""

    replaces: Id
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidCertificate:
    certificate: Id
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReprintCertificate:
    certificate: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """The new certificate and its number."""

    certificate: Id
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A record that may be chosen, or the ``obstacle`` why not. ``certified_in`` are valid numbers it stands on."""

    service: Id
    state: State
    activity: str
    served_on: date
    place: str
    content: str
    minutes: int
    unit: str
    obstacle: Obstacle | None
    certified_in: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateEntry:
    """A line of the register; the name is masked. ``standing`` is what it is worth today.

    ``revoked`` counts records on it that were revoked since: such a certificate should be made void. Where its
    volunteer was erased, the law keeps what it says until ``locked_until``.
    """

    certificate: Id
    number: str
    person: Id
    who: str
    volunteer_number: str
    minutes: int
    unit: str
    issued_on: date
    issued_by: str
    copies: int
    voided_on: date | None
    voided_at: datetime | None
    voided_by: str
    void_reason: str
    replaces: Id | None
    replaced_by: str
    revoked: int
    locked_until: date | None
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterQuery(Page):
    """Which window of the register: of one year or of all, of one standing or of all. ``text`` is what was typed to
    find somebody or a number; ``find`` is a certificate whose place is wanted.
    """

    year: int | None = None
    standing: Standing | None = None
    text: str = ""
    find: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRegister:
    """The newest first; void ones stay listed. ``found`` is the place of the one whose place was asked for."""

    rows: tuple[CertificateEntry, ...]
    count: int
    found: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a scanned code is worth. ``entry`` is None for a number that is not in this register; ``genuine``
    means that number and content are those that were issued.
    """

    number: str
    genuine: bool
    entry: CertificateEntry | None


class CertificateUnknown(Refusal):
    """There is no such certificate here."""


class CertificateNotShown(Refusal):
    """What the certificate says is not on this PC."""

    number: str


class HolderUnknown(Refusal):
    """There is no such person here."""


@reading()
def certifiable_services(look: Look, person: Id) -> tuple[Candidate, ...]:
    """Everything recorded of a person, with why a record cannot be certified here; four statements."""
    station = stations.this_station(look.connection)
    rows = services.of_person(look.connection, person)
    numbers = storage.numbers_with(look.connection, [row.id for row in rows])
    return tuple(
        Candidate(
            service=one.id,
            state=one.state,
            activity=one.activity,
            served_on=one.served_on,
            place=one.place,
            content=one.content,
            minutes=one.minutes,
            unit=one.unit,
            obstacle=rules.obstacle(one, person=person, station=station.id),
            certified_in=tuple(numbers.get(one.id, ())),
        )
        for one in _certifiable(look, rows)
    )


@reading(DESK)
def certificate_preview(look: Look, draft: CertificateDraft) -> bytes:
    """The paper as it would be, marked 预览, as PDF."""
    return paper_of(_text(look, draft, nonce=b""))


@action()
def issue_certificate(work: Work, request: IssueCertificate) -> Issued:
    """Freeze, number and sign a certificate. Issuing the same id twice gives the same certificate."""
    known = storage.certificate(work.connection, request.certificate)
    if known is not None:
        return Issued(certificate=known.id, number=known.number)
    return _issue(work, request, replaces=None)


@action()
def reissue_certificate(work: Work, request: ReissueCertificate) -> Issued:
    """Make a certificate void, where it is not yet, and issue another in its place, in one go."""
    known = storage.certificate(work.connection, request.certificate)
    if known is not None:
        return Issued(certificate=known.id, number=known.number)
    replaced = _certificate(work, request.replaces)
    body = rules.replace(replaced, person=request.draft.person, reason=request.reason, today=work.today)
    if body is not None:
        _record_void(work, body, request.reason)
    return _issue(work, request, replaces=replaced.id)


@action()
def void_certificate(work: Work, request: VoidCertificate) -> None:
    """Take a certificate back (作废); it stays listed."""
    body = rules.void(_certificate(work, request.certificate), reason=request.reason, today=work.today)
    _record_void(work, body, request.reason)


@action()
def reprint_certificate(work: Work, request: ReprintCertificate) -> int:
    """Note that the paper is printed once more (补打), and give the copy's number; print after this."""
    body = rules.reprint(_certificate(work, request.certificate), today=work.today)
    work.record(body)
    return body.copy


@reading(DESK)
def certificate_paper(look: Look, certificate: Id) -> bytes:
    """The paper of an issued certificate as PDF, marked 补打 or 作废 where it is."""
    row = storage.one(look.connection, certificate)
    if row is None:
        raise CertificateUnknown
    text = storage.frozen_text(look.connection, row)
    if text is None:
        raise CertificateNotShown(number=row.number)
    return paper_of(text, row)


@reading()
def certificates_of(look: Look, person: Id) -> tuple[CertificateEntry, ...]:
    """A person's certificates, void ones too, the newest first."""
    return tuple(_entry(look, row) for row in storage.of_person(look.connection, person))


@reading()
def certificate_entry(look: Look, certificate: Id) -> CertificateEntry:
    """One line of the register."""
    row = storage.one(look.connection, certificate)
    if row is None:
        raise CertificateUnknown
    return _entry(look, row)


@reading()
def certificate_register(look: Look, query: RegisterQuery) -> CertificateRegister:
    """The register of all certificates; at most five statements."""
    which = _filter(look, query)
    if which is None:
        return CertificateRegister(rows=(), count=0)
    rows = storage.register(look.connection, which, offset=query.offset, limit=query.limit)
    return CertificateRegister(
        rows=tuple(_entry(look, row) for row in rows),
        count=storage.count(look.connection, which),
        found=storage.place(look.connection, which, query.find) if query.find else None,
    )


@reading()
def certificates_to_void(look: Look, query: None) -> int:
    """How many certificates should be made void because a record on them was revoked, for the rail."""
    return storage.count(look.connection, RegisterFilter(standing=Standing.TO_VOID))


@reading()
def check_certificate(look: Look, payload: str) -> Checked:
    """Whether a scanned certificate is one of this register, and what became of it."""
    seal = rules.read_qr_payload(payload)
    row = storage.with_number(look.connection, seal.number)
    if row is None:
        return Checked(number=seal.number, genuine=False, entry=None)
    genuine = (seal.content_hash, seal.signature) == (row.content_hash, row.signature)
    return Checked(number=seal.number, genuine=genuine, entry=_entry(look, row))


@reads_code("certificate")
def certificate_of_code(look: Look, code: str) -> Id | None:
    """The certificate whose QR code was scanned, or whose number was; whether it is genuine is looked at there."""
    number = (
        rules.read_qr_payload(code).number if rules.is_qr_payload(code) else read_certificate_number(code)
    )
    return storage.id_of_number(look.connection, number)


def _filter(look: Look, query: RegisterQuery) -> RegisterFilter | None:
    """None when something was typed and nobody and no number is meant by it."""
    typed = query.text.strip()
    found = search.matches(look.connection, "person", typed, search.MOST_CONSIDERED) if typed else ()
    number = compact(typed) if any(map(str.isdigit, typed)) else ""
    if typed and not found and not number:
        return None
    return RegisterFilter(
        year=query.year,
        standing=query.standing,
        persons=[match.object for match in found],
        number=number,
    )


def _issue(work: Work, request: IssueCertificate, *, replaces: Id | None) -> Issued:
    station = stations.this_station(work.connection)
    text = _text(work, request.draft, nonce=os.urandom(rules.NONCE_BYTES))
    device = work.desk.device
    number = certificate_number(
        station.region,
        work.today.year,
        device.register,
        work.next_number(f"certificate:{device.register}"),
    )
    body = rules.issue(
        request.certificate,
        number,
        text,
        person=request.draft.person,
        region=station.region,
        consented=request.consented,
        private_key=device.private_key,
        replaces=replaces,
    )
    work.record(body, parts={request.draft.person: text})
    return Issued(certificate=request.certificate, number=number)


def _record_void(work: Work, body: CertificateVoided, reason: str) -> None:
    note = clean_text(reason, longest_characters=LONGEST_REASON_CHARACTERS, field="reason")
    work.record(body, parts={body.person: CertificateNote(text=note)})


def _certificate(work: Work, certificate: Id) -> rules.Certificate:
    known = storage.certificate(work.connection, certificate)
    if known is None:
        raise CertificateUnknown
    return known


def _text(look: Look, draft: CertificateDraft, *, nonce: bytes) -> CertificateText:
    station = stations.this_station(look.connection)
    holder = _holder(look, draft.person)
    ids = tuple(dict.fromkeys(draft.services))
    chosen = _certifiable(look, services.of_person(look.connection, draft.person, ids=ids))
    return rules.write(
        chosen,
        person=draft.person,
        holder=holder,
        issuer=Issuer(
            station=station.id,
            name=station.name,
            region=station.region,
            person_in_charge=clean_text(
                draft.person_in_charge,
                longest_characters=LONGEST_NAME_CHARACTERS,
                field="person_in_charge",
            ),
            clerk=look.by.name,
            contact=clean_text(draft.contact, longest_characters=LONGEST_CONTACT_CHARACTERS, field="contact")
            or look.policy(PapersPolicy).line(),
        ),
        hours=look.policy(HoursPolicy),
        nonce=nonce,
        today=look.today,
    )


def _holder(look: Look, person: Id) -> Holder:
    row = people.person_row(look.connection, person)
    if row is None:
        raise HolderUnknown(field="person")
    if row.erased_at is not None:
        raise PersonIsErased(field="person")
    return Holder(
        name=row.name,
        id_type=row.id_type,
        id_number=row.id_number,
        volunteer_number=row.number or "",
    )


def _certifiable(look: Look, rows: Sequence[Row[Any]]) -> list[CertifiableService]:
    """Records as certificates state them. In charge is the team's leader, else who let the record count."""
    leaders = people.names_of(look.connection, {row.team_leader for row in rows if row.team_leader})
    return [
        CertifiableService(
            id=row.id,
            person=row.person,
            state=State(row.state),
            station=row.station,
            unit=row.unit,
            activity=row.activity,
            served_on=row.served_on,
            place=row.place,
            content=row.content,
            minutes=row.minutes if row.state in _UNDECIDED else row.counted_minutes,
            person_in_charge=leaders.get(row.team_leader) or row.decider_name or "",
        )
        for row in rows
    ]


def paper_of(text: CertificateText, issued: Row[Any] | None = None) -> bytes:
    """The paper of what was frozen, in its language; of a mere draft while ``issued`` is None."""
    with speaking(text.language):
        return _paper_of(text, issued)


def _paper_of(text: CertificateText, issued: Row[Any] | None) -> bytes:
    # Loaded with the first paper: it takes longer than everything else a start needs from here.
    from app.printing import certificate as paper

    copies = issued.copies if issued else 0
    made = paper.Certificate(
        number=issued.number if issued else None,
        name=text.name,
        id_type=_(ID_TYPE_NAMES[IdType(text.id_type)]) if text.id_type else "",
        id_number=text.id_number,
        volunteer_number=text.volunteer_number,
        rows=tuple(
            paper.ServiceRow(
                activity=row.activity,
                served_on=row.served_on,
                place=row.place,
                content=row.content,
                hours=row.hours,
                unit=row.unit,
                person_in_charge=row.person_in_charge,
            )
            for row in text.rows
        ),
        total_hours=text.total_hours,
        total_words=text.total_words,
        issuer=text.issuer,
        person_in_charge=text.person_in_charge,
        clerk=text.clerk,
        contact=text.contact,
        issued_on=text.issued_on,
        qr=rules.qr_payload(Seal(issued.number, issued.content_hash, issued.signature)) if issued else None,
        reprint=paper.Reprint(copies, issued.reprinted_on) if issued and copies else None,
        voided_on=issued.voided_on if issued else None,
    )
    return paper.pdf(made)


def _entry(look: Look, row: Row[Any]) -> CertificateEntry:
    return CertificateEntry(
        certificate=row.id,
        number=row.number,
        person=row.person,
        who=masking.listed(row.person_name),
        volunteer_number=row.volunteer_number or "",
        minutes=row.minutes,
        unit=row.unit,
        issued_on=row.issued_on,
        issued_by=row.issuer_name or "",
        copies=row.copies,
        voided_on=row.voided_on,
        voided_at=row.voided_at,
        voided_by=row.voider_name or "",
        void_reason=look.sight.words(row.void_reason),
        replaces=row.replaces,
        replaced_by=row.replaced_by or "",
        revoked=row.revoked,
        locked_until=kept_until(row.issued_on) if row.erased_at is not None else None,
        standing=_standing(row),
    )


def _standing(row: Row[Any]) -> Standing:
    if row.voided_on is not None:
        return Standing.VOID
    return Standing.TO_VOID if row.revoked else Standing.VALID
