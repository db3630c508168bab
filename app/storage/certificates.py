"""Tables, folds and queries of service record certificates (志愿服务记录证明).

What a certificate says stays where it was frozen, in the private part beside the fact that issued it; here stands
what the register lists.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    Label,
    LargeBinary,
    Row,
    ScalarSelect,
    Select,
    Text,
    func,
    or_,
    select,
)

from app.domain.certificates import Certificate, Standing
from app.domain.services import State
from app.facts import Id
from app.facts.certificates import (
    CertificateIssued,
    CertificateNote,
    CertificateReprinted,
    CertificateText,
    CertificateVoided,
)
from app.storage import lists, types
from app.storage.fold import Recorded, folds
from app.storage.history import locked_part, recorded_facts
from app.storage.people import people
from app.storage.rows import Rows
from app.storage.services import IS_REVERSED, services
from app.storage.staff import staff

certificates = types.table(
    "certificates",
    Column("id", types.Id, primary_key=True),
    Column("fact", types.Id, nullable=False),
    Column("number", Text, nullable=False),
    Column("person", types.Id, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("unit", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("issued_on", types.Day, nullable=False),
    Column("issued_at", types.Instant, nullable=False),
    Column("issued_by", types.Id, nullable=False),
    Column("content_hash", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("replaces", types.Id),
    Column("copies", Integer, nullable=False),
    Column("reprinted_on", types.Day),
    Column("voided_on", types.Day),
    Column("voided_at", types.Instant),
    Column("voided_by", types.Id),
    Column("void_reason", Text, nullable=False),
    Index(None, "number"),
    Index(None, "person"),
    Index(None, "issued_at"),
    Index(None, "replaces"),
    noun="certificate",
)

certificate_services = types.table(
    "certificate_services",
    Column("certificate_id", types.Id, primary_key=True),
    Column("service", types.Id, primary_key=True),
    Index(None, "service"),
    noun="certificate",
)

issuer, voider = staff.alias("issuer"), staff.alias("voider")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFilter:
    """Which certificates a list shows. ``persons`` and ``number`` (a part of it, without dashes) are two ways to be
    meant; with neither, all are.
    """

    year: int | None = None
    standing: Standing | None = None
    persons: Sequence[Id] = ()
    number: str = ""


@folds(CertificateIssued)
def fold_issued(rows: Rows, it: Recorded[CertificateIssued]) -> None:
    body = it.body
    rows.add(
        certificates,
        id=body.certificate,
        fact=it.id,
        number=body.number,
        person=body.person,
        minutes=body.minutes,
        unit=body.unit,
        region=body.region,
        issued_on=body.issued_on,
        issued_at=it.at,
        issued_by=it.by,
        content_hash=body.content_hash,
        signature=body.signature,
        replaces=body.replaces,
        copies=0,
        void_reason="",
    )
    for service in body.services:
        rows.add(certificate_services, certificate_id=body.certificate, service=service)


@folds(CertificateVoided)
def fold_voided(rows: Rows, it: Recorded[CertificateVoided]) -> None:
    note = it.part(it.body.person, CertificateNote)
    rows.change(
        certificates,
        it.body.certificate,
        voided_on=it.body.voided_on,
        voided_at=it.at,
        voided_by=it.by,
        void_reason=note.text if note else "",
    )


@folds(CertificateReprinted)
def fold_reprinted(rows: Rows, it: Recorded[CertificateReprinted]) -> None:
    rows.change(certificates, it.body.certificate, copies=it.body.copy, reprinted_on=it.body.printed_on)


def certificate(connection: Connection, certificate_id: Id) -> Certificate | None:
    """One certificate as the rules see it; one statement."""
    row = connection.execute(
        select(certificates, _replaced_by()).where(certificates.c.id == certificate_id)
    ).first()
    if row is None:
        return None
    return Certificate(
        id=row.id,
        number=row.number,
        person=row.person,
        voided=row.voided_on is not None,
        copies=row.copies,
        replaced_by=row.replaced_by,
    )


def frozen_text(connection: Connection, row: Row[Any]) -> CertificateText | None:
    """What the certificate in ``row`` says; None when this database is not entitled to it."""
    for recorded in recorded_facts(connection, [row.fact]):
        part: CertificateText | None = recorded.part(row.person, CertificateText)
        return part
    return None


def locked_text(connection: Connection, row: Row[Any]) -> CertificateText | None:
    """What it says while it is kept of somebody who was erased."""
    return locked_part(connection, row.fact, row.person, CertificateText)


def one(connection: Connection, certificate_id: Id) -> Row[Any] | None:
    """One certificate with the names around it."""
    return connection.execute(_listed().where(certificates.c.id == certificate_id)).first()


def with_number(connection: Connection, number: str) -> Row[Any] | None:
    return connection.execute(_listed().where(certificates.c.number == number)).first()


def id_of_number(connection: Connection, number: str) -> Id | None:
    """The certificate with this number."""
    return connection.execute(select(certificates.c.id).where(certificates.c.number == number)).scalar()


def numbers_of(connection: Connection, ids: Collection[Id]) -> dict[Id, str]:
    """The numbers of these certificates."""
    asked = select(certificates.c.id, certificates.c.number).where(certificates.c.id.in_(sorted(ids)))
    return {row.id: row.number for row in connection.execute(asked)}


def of_person(connection: Connection, person: Id) -> Sequence[Row[Any]]:
    """A person's certificates, void ones too, the newest first."""
    return connection.execute(
        _listed()
        .where(certificates.c.person == person)
        .order_by(certificates.c.issued_at.desc(), certificates.c.id.desc())
    ).all()


def register(connection: Connection, which: RegisterFilter, *, offset: int, limit: int) -> Sequence[Row[Any]]:
    """The register of certificates, void ones too, the newest first."""
    return connection.execute(
        _through(_listed(), which)
        .order_by(certificates.c.issued_at.desc(), certificates.c.number.desc())
        .offset(offset)
        .limit(limit)
    ).all()


def count(connection: Connection, which: RegisterFilter) -> int:
    found: int = connection.execute(
        _through(select(func.count()).select_from(certificates), which)
    ).scalar_one()
    return found


def place(connection: Connection, which: RegisterFilter, certificate_id: Id) -> int | None:
    """How many stand before this certificate in the register; None when the filter keeps it out."""
    return lists.place(
        connection,
        lambda query: _through(query, which),
        certificate_id,
        certificates.c.issued_at,
        certificates.c.number,
    )


def numbers_with(connection: Connection, service_ids: Collection[Id]) -> dict[Id, list[str]]:
    """On which valid certificates these records stand."""
    rows = connection.execute(
        select(certificate_services.c.service, certificates.c.number)
        .join(certificates, certificates.c.id == certificate_services.c.certificate_id)
        .where(certificate_services.c.service.in_(service_ids), certificates.c.voided_on.is_(None))
        .order_by(certificates.c.number)
    )
    found: dict[Id, list[str]] = {}
    for service, number in rows:
        found.setdefault(service, []).append(number)
    return found


def _listed() -> Select[Any]:
    """Certificates with names, what replaced them, and how many of their records were revoked since."""
    return (
        select(
            certificates,
            people.c.name.label("person_name"),
            people.c.number.label("volunteer_number"),
            people.c.erased_at,
            issuer.c.name.label("issuer_name"),
            voider.c.name.label("voider_name"),
            _replaced_by(),
            _revoked().label("revoked"),
        )
        .outerjoin(people, people.c.id == certificates.c.person)
        .outerjoin(issuer, issuer.c.id == certificates.c.issued_by)
        .outerjoin(voider, voider.c.id == certificates.c.voided_by)
    )


def _replaced_by() -> Label[str]:
    """The number of the certificate that was issued in place of the one in the row."""
    newer = certificates.alias("newer")
    return select(func.max(newer.c.number)).where(newer.c.replaces == certificates.c.id).label("replaced_by")


def _revoked() -> ScalarSelect[int]:
    """How many records on the certificate in the row were revoked since."""
    return (
        select(func.count())
        .select_from(certificate_services)
        .join(services, services.c.id == certificate_services.c.service)
        .where(
            certificate_services.c.certificate_id == certificates.c.id,
            services.c.state == State.REVERSED,
        )
        .correlate(certificates)
        .scalar_subquery()
    )


def _with_revoked() -> Select[Any]:
    """The certificates on which a record stands that was revoked since: there are few, so these are looked for."""
    return (
        select(certificate_services.c.certificate_id)
        .join(services, services.c.id == certificate_services.c.service)
        .where(IS_REVERSED)
    )


def _through(query: Select[Any], which: RegisterFilter) -> Select[Any]:
    if which.year is not None:
        days = date(which.year, 1, 1), date(which.year, 12, 31)
        query = query.where(certificates.c.issued_on.between(*days))
    if which.persons or which.number:
        query = query.where(or_(*_meant(which)))
    match which.standing:
        case Standing.VOID:
            return query.where(certificates.c.voided_on.is_not(None))
        case Standing.TO_VOID:
            return query.where(certificates.c.voided_on.is_(None), certificates.c.id.in_(_with_revoked()))
        case Standing.VALID:
            return query.where(certificates.c.voided_on.is_(None), certificates.c.id.not_in(_with_revoked()))
    return query


def _meant(which: RegisterFilter) -> list[ColumnElement[bool]]:
    ways: list[ColumnElement[bool]] = [certificates.c.person.in_(which.persons)]
    if which.number:
        ways.append(func.instr(func.replace(certificates.c.number, "-", ""), which.number) > 0)
    return ways
