"""What can happen to a service record certificate (志愿服务记录证明). Issuing freezes what it says."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from app.facts import Count, Fact, Id, Minutes, Private


class CertificateRow(Private, frozen=True, kw_only=True):
    """One line of a certificate. ``hours`` is the text as printed."""

    service: Id
    activity: str
    served_on: date
    place: str
    content: str
    minutes: Minutes
    hours: str
    unit: str
    person_in_charge: str


class CertificateText(Private, frozen=True, kw_only=True):
    """Everything the paper says, frozen, except its number; ``language`` is the one it says it in.

    ``nonce`` is random: the hash of the text stands in the fact and in the QR code, and nobody may guess an ID
    number by trying hashes.

    Source of ``kept_years``: GB/T 40143 (records of service are kept at least ten years).
    """

    kept_years: ClassVar[int] = 10

    nonce: bytes
    language: str
    name: str
    id_type: str
    id_number: str
    volunteer_number: str
    rows: tuple[CertificateRow, ...]
    total_hours: str
    total_words: str
    issuer: str
    issued_on: date
    person_in_charge: str = ""
    clerk: str = ""
    contact: str = ""


class CertificateNote(Private, frozen=True, kw_only=True):
    """Why a certificate was made void, in words."""

    text: str


class CertificateIssued(Fact, frozen=True, kw_only=True):
    """A certificate was issued and numbered. ``content_hash`` is the SHA-256 of the frozen text."""

    kind: ClassVar[str] = "certificate.issued"
    private = CertificateText

    certificate: Id
    number: str
    person: Id
    services: tuple[Id, ...]
    minutes: Minutes
    unit: str
    region: str
    issued_on: date
    content_hash: bytes
    signature: bytes
    replaces: Id | None = None


class CertificateVoided(Fact, frozen=True, kw_only=True):
    """The certificate is void (作废); it stays listed. The reason stands beside the fact."""

    kind: ClassVar[str] = "certificate.voided"
    private = CertificateNote

    certificate: Id
    person: Id
    voided_on: date


class CertificateReprinted(Fact, frozen=True, kw_only=True):
    """The paper was printed once more, the ``copy``-th time after the first, and is marked 补打."""

    kind: ClassVar[str] = "certificate.reprinted"

    certificate: Id
    copy: Count
    printed_on: date
