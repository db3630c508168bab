"""The rules of service record certificates (志愿服务记录证明): what may stand on one, and what makes it checkable.

Issuing freezes the text; later changes void and reissue, they never edit. Its hash stands in the fact; number and
hash are signed with the station's key, and all three stand in the QR code, which holds no ID number.

Sources: Ministry of Civil Affairs order 67 (2021): on request, free, truthful, with the volunteer's consent; who
recorded certifies. Number and QR are ours [default].
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.domain import services
from app.domain.hours import HoursPolicy, hours_figure, shown_step, total_texts
from app.domain.problems import Refusal
from app.domain.services import expect_reason
from app.facts import Id, encode, hash_of
from app.facts.certificates import (
    CertificateIssued,
    CertificateReprinted,
    CertificateRow,
    CertificateText,
    CertificateVoided,
)
from app.words import language

QR_BYTES = 300
NONCE_BYTES = 16
_QR = re.compile(r"YZ1\.([0-9A-Z-]{1,60})\.([\w-]{43})\.([\w-]{86})", re.ASCII)


class Obstacle(StrEnum):
    """Why a record cannot be certified here."""

    NOT_APPROVED = "not_approved"
    DECLINED = "declined"
    REVERSED = "reversed"
    OTHER_UNIT = "other_unit"
    OTHER_PERSON = "other_person"
    NOTHING_COUNTED = "nothing_counted"


class Standing(StrEnum):
    """What an issued certificate is worth: one with a record that was revoked since should be made void."""

    VALID = "valid"
    TO_VOID = "to_void"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiableService:
    """A record as a certificate would state it; ``minutes`` are those that count."""

    id: Id
    person: Id
    state: services.State
    station: Id
    unit: str
    activity: str
    served_on: date
    place: str
    content: str
    minutes: int
    person_in_charge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whom a certificate is about, as it states it."""

    name: str
    id_type: str
    id_number: str
    volunteer_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Which station certifies, and who answers for it."""

    station: Id
    name: str
    region: str
    person_in_charge: str
    clerk: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """An issued certificate as the rules see it. ``copies`` is how often it was printed after the first time,
    ``replaced_by`` the number of the one that was issued in its place.
    """

    id: Id
    number: str
    person: Id
    voided: bool
    copies: int
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Seal:
    """What a QR code says."""

    number: str
    content_hash: bytes
    signature: bytes


class NothingToCertify(Refusal):
    """No record was chosen."""


class CannotCertify(Refusal):
    """A chosen record cannot stand on this certificate."""

    activity: str
    served_on: date
    obstacle: Obstacle


class ConsentNotGiven(Refusal):
    """The volunteer did not ask for the certificate, nor agree to it."""


class AlreadyVoid(Refusal):
    """The certificate is void already."""

    number: str


class AlreadyReplaced(Refusal):
    """Another certificate was issued in its place."""

    number: str
    replaced_by: str


class CertificateOfAnother(Refusal):
    """A certificate can only be replaced by one of the same person."""

    number: str


class NotASeal(Refusal):
    """The scanned code is not one of a certificate."""


def obstacle(service: CertifiableService, *, person: Id, station: Id) -> Obstacle | None:
    """Why ``service`` cannot stand on a certificate of ``person`` by ``station``; None if it can."""
    if service.person != person:
        return Obstacle.OTHER_PERSON
    if service.station != station:
        return Obstacle.OTHER_UNIT
    match service.state:
        case services.State.WAITING:
            return Obstacle.NOT_APPROVED
        case services.State.DECLINED:
            return Obstacle.DECLINED
        case services.State.REVERSED:
            return Obstacle.REVERSED
    return None if service.minutes else Obstacle.NOTHING_COUNTED


def write(
    chosen: Sequence[CertifiableService],
    *,
    person: Id,
    holder: Holder,
    issuer: Issuer,
    hours: HoursPolicy,
    nonce: bytes,
    today: date,
) -> CertificateText:
    """Everything the paper will say, by day of service. Refuses records that cannot be certified."""
    if not chosen:
        raise NothingToCertify(field="services")
    for service in chosen:
        reason = obstacle(service, person=person, station=issuer.station)
        if reason is not None:
            raise CannotCertify(
                activity=service.activity, served_on=service.served_on, obstacle=reason, field="services"
            )
    minutes = [service.minutes for service in chosen]
    step = shown_step(minutes, hours)
    total, words = total_texts(minutes, step)
    return CertificateText(
        nonce=nonce,
        language=language(),
        name=holder.name,
        id_type=holder.id_type,
        id_number=holder.id_number,
        volunteer_number=holder.volunteer_number,
        rows=tuple(
            _row(service, step) for service in sorted(chosen, key=lambda one: (one.served_on, one.id))
        ),
        total_hours=total,
        total_words=words,
        issuer=issuer.name,
        issued_on=today,
        person_in_charge=issuer.person_in_charge,
        clerk=issuer.clerk,
        contact=issuer.contact,
    )


def issue(
    certificate: Id,
    number: str,
    text: CertificateText,
    *,
    person: Id,
    region: str,
    consented: bool,
    private_key: bytes,
    replaces: Id | None = None,
) -> CertificateIssued:
    """Freeze ``text`` under ``number``, signed with the station's raw Ed25519 key."""
    if not consented:
        raise ConsentNotGiven(field="consented")
    content_hash = hash_of(encode(text))
    return CertificateIssued(
        certificate=certificate,
        number=number,
        person=person,
        services=tuple(row.service for row in text.rows),
        minutes=sum(row.minutes for row in text.rows),
        unit=text.issuer,
        region=region,
        issued_on=text.issued_on,
        content_hash=content_hash,
        signature=Ed25519PrivateKey.from_private_bytes(private_key).sign(_signed(number, content_hash)),
        replaces=replaces,
    )


def void(certificate: Certificate, *, reason: str, today: date) -> CertificateVoided:
    """Take a certificate back; it stays listed."""
    _expect_valid(certificate)
    expect_reason(reason)
    return CertificateVoided(certificate=certificate.id, person=certificate.person, voided_on=today)


def replace(certificate: Certificate, *, person: Id, reason: str, today: date) -> CertificateVoided | None:
    """Make room for a certificate of ``person`` in this one's place; None when it is void already."""
    if certificate.person != person:
        raise CertificateOfAnother(number=certificate.number, field="draft")
    if certificate.replaced_by is not None:
        raise AlreadyReplaced(number=certificate.number, replaced_by=certificate.replaced_by)
    return None if certificate.voided else void(certificate, reason=reason, today=today)


def reprint(certificate: Certificate, *, today: date) -> CertificateReprinted:
    """Print a valid certificate once more, marked 补打."""
    _expect_valid(certificate)
    return CertificateReprinted(certificate=certificate.id, copy=certificate.copies + 1, printed_on=today)


def qr_payload(seal: Seal) -> bytes:
    """The QR code's bytes: printable, so that any scanner hands them over unharmed."""
    payload = f"YZ1.{seal.number}.{_text(seal.content_hash)}.{_text(seal.signature)}".encode()
    assert len(payload) <= QR_BYTES
    return payload


def read_qr_payload(payload: str) -> Seal:
    """What a scanned code says, or ``NotASeal``."""
    found = _QR.fullmatch(payload.strip())
    if found is None:
        raise NotASeal(field="payload")
    return Seal(found[1], _bytes(found[2]), _bytes(found[3]))


def is_qr_payload(text: str) -> bool:
    """Whether this is what a certificate's QR code says."""
    return _QR.fullmatch(text.strip()) is not None


def is_genuine(seal: Seal, public_key: bytes) -> bool:
    """Whether the station with this raw Ed25519 key signed this number and hash."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(
            seal.signature, _signed(seal.number, seal.content_hash)
        )
    except InvalidSignature:
        return False
    return True


def public_key_of(private_key: bytes) -> bytes:
    """The raw public key that belongs to a raw private key."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def _signed(number: str, content_hash: bytes) -> bytes:
    return b"certificate\0" + number.encode() + b"\0" + content_hash


def _row(service: CertifiableService, step_minutes: int) -> CertificateRow:
    return CertificateRow(
        service=service.id,
        activity=service.activity,
        served_on=service.served_on,
        place=service.place,
        content=service.content,
        minutes=service.minutes,
        hours=hours_figure(service.minutes, step_minutes),
        unit=service.unit,
        person_in_charge=service.person_in_charge,
    )


def _expect_valid(certificate: Certificate) -> None:
    if certificate.voided:
        raise AlreadyVoid(number=certificate.number)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
