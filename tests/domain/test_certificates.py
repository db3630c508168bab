"""What may be certified, and that nobody can change what was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain import certificates as rules
from app.domain.certificates import (
    CertifiableService,
    Certificate,
    Holder,
    Issuer,
    Obstacle,
    Seal,
)
from app.domain.hours import HoursPolicy
from app.domain.numbers import certificate_number
from app.domain.services import ReasonNotGiven, State
from app.facts import encode, hash_of
from app.facts.certificates import CertificateIssued, CertificateText

TODAY = date(2026, 4, 8)
WANG, LI, STATION, OTHER, ONE, TWO, CERTIFICATE = (f"{n:032x}" for n in range(1, 8))
KEY = bytes(range(32))
NUMBER = certificate_number("370883102204", 2026, "A1", 12)
HOLDER = Holder(
    name="王小明", id_type="111", id_number="11010519491231002X", volunteer_number="1022040010000427"
)
ISSUER = Issuer(
    station=STATION, name="曹村站", region="370883102204", person_in_charge="孙", clerk="陈芳", contact=""
)
SERVICE = CertifiableService(
    id=ONE,
    person=WANG,
    state=State.APPROVED,
    station=STATION,
    unit="曹村站",
    activity="代购",
    served_on=TODAY,
    place="曹村",
    content="买米",
    minutes=90,
    person_in_charge="孙",
)
ISSUED = Certificate(id=CERTIFICATE, number=NUMBER, person=WANG, voided=False, copies=0)


def write(*chosen: CertifiableService, hours: HoursPolicy | None = None) -> CertificateText:
    return rules.write(
        chosen,
        person=WANG,
        holder=HOLDER,
        issuer=ISSUER,
        hours=hours or HoursPolicy(),
        nonce=b"n" * rules.NONCE_BYTES,
        today=TODAY,
    )


def issue(text: CertificateText, *, consented: bool = True) -> CertificateIssued:
    return rules.issue(
        CERTIFICATE,
        NUMBER,
        text,
        person=WANG,
        region=ISSUER.region,
        consented=consented,
        private_key=KEY,
    )


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        ({}, None),
        ({"person": LI}, Obstacle.OTHER_PERSON),
        ({"station": OTHER}, Obstacle.OTHER_UNIT),
        ({"state": State.WAITING}, Obstacle.NOT_APPROVED),
        ({"state": State.DECLINED}, Obstacle.DECLINED),
        ({"state": State.REVERSED}, Obstacle.REVERSED),
        ({"minutes": 0}, Obstacle.NOTHING_COUNTED),
    ],
)
def test_what_cannot_be_certified_says_why(change: dict[str, Any], obstacle: Obstacle | None) -> None:
    service = replace(SERVICE, **change)
    assert rules.obstacle(service, person=WANG, station=STATION) is obstacle
    if obstacle is not None:
        with pytest.raises(rules.CannotCertify) as refused:
            write(SERVICE, service)
        assert refused.value.obstacle is obstacle


def test_something_must_be_chosen() -> None:
    with pytest.raises(rules.NothingToCertify):
        write()


def test_lines_stand_by_day_and_add_up() -> None:
    early = replace(SERVICE, id=TWO, served_on=date(2026, 3, 5), minutes=60)
    text = write(SERVICE, early)
    assert [(row.service, row.hours) for row in text.rows] == [(TWO, "1"), (ONE, "1.5")]
    assert (text.total_hours, text.total_words) == ("2.5小时", "二小时三十分")
    assert (text.name, text.issuer, text.clerk, text.issued_on) == ("王小明", "曹村站", "陈芳", TODAY)


def test_a_county_that_rounds_rounds_every_line() -> None:
    text = write(
        replace(SERVICE, minutes=89),
        replace(SERVICE, id=TWO, minutes=89),
        hours=HoursPolicy(shown_step_minutes=30),
    )
    assert [row.hours for row in text.rows] == ["1", "1"]
    assert (text.total_hours, [row.minutes for row in text.rows]) == ("2小时", [89, 89])


def test_issuing_freezes_and_signs() -> None:
    text = write(SERVICE)
    fact = issue(text)
    assert (fact.number, fact.services, fact.minutes, fact.region) == (NUMBER, (ONE,), 90, ISSUER.region)
    assert fact.content_hash == hash_of(encode(text))
    seal = Seal(fact.number, fact.content_hash, fact.signature)
    assert rules.is_genuine(seal, rules.public_key_of(KEY))


def test_the_hash_is_that_of_the_text_as_it_comes_back() -> None:
    text = write(SERVICE)
    again = msgspec.msgpack.decode(encode(text), type=CertificateText)
    assert hash_of(encode(again)) == hash_of(encode(text))


def test_without_consent_nothing_is_issued() -> None:
    with pytest.raises(rules.ConsentNotGiven) as refused:
        issue(write(SERVICE), consented=False)
    assert refused.value.field == "consented"


@pytest.mark.parametrize(
    "change",
    [
        {"number": certificate_number("370883102204", 2026, "A1", 13)},
        {"content_hash": bytes(32)},
        {"signature": bytes(64)},
    ],
)
def test_a_changed_code_is_not_genuine(change: dict[str, Any]) -> None:
    fact = issue(write(SERVICE))
    seal = Seal(fact.number, fact.content_hash, fact.signature)
    assert not rules.is_genuine(replace(seal, **change), rules.public_key_of(KEY))


def test_another_station_cannot_have_signed_it() -> None:
    fact = issue(write(SERVICE))
    another = Ed25519PrivateKey.generate().private_bytes_raw()
    seal = Seal(fact.number, fact.content_hash, fact.signature)
    assert not rules.is_genuine(seal, rules.public_key_of(another))


def test_the_qr_code_is_short_and_holds_no_id_number() -> None:
    fact = issue(write(SERVICE))
    seal = Seal(fact.number, fact.content_hash, fact.signature)
    payload = rules.qr_payload(seal)
    assert len(payload) <= rules.QR_BYTES
    assert HOLDER.id_number.encode() not in payload
    assert rules.read_qr_payload(f" {payload.decode()}\r\n") == seal


@pytest.mark.parametrize("scanned", ["", "6901234567892", "YZ1.ZM-1.short.short", "https://example.org/"])
def test_other_codes_are_told_apart(scanned: str) -> None:
    with pytest.raises(rules.NotASeal):
        rules.read_qr_payload(scanned)


def test_void_once_and_with_a_reason() -> None:
    fact = rules.void(ISSUED, reason="名字错了", today=TODAY)
    assert (fact.certificate, fact.voided_on) == (CERTIFICATE, TODAY)
    with pytest.raises(ReasonNotGiven):
        rules.void(ISSUED, reason="", today=TODAY)
    with pytest.raises(rules.AlreadyVoid) as refused:
        rules.void(replace(ISSUED, voided=True), reason="名字错了", today=TODAY)
    assert refused.value.number == NUMBER


def test_copies_are_counted() -> None:
    assert rules.reprint(ISSUED, today=TODAY).copy == 1
    assert rules.reprint(replace(ISSUED, copies=4), today=TODAY).copy == 5
    with pytest.raises(rules.AlreadyVoid):
        rules.reprint(replace(ISSUED, voided=True), today=TODAY)


def test_replaced_by_one_of_the_same_person() -> None:
    fact = rules.replace(ISSUED, person=WANG, reason="名字错了", today=TODAY)
    assert fact is not None
    assert fact.certificate == CERTIFICATE
    with pytest.raises(rules.CertificateOfAnother):
        rules.replace(ISSUED, person=LI, reason="名字错了", today=TODAY)


def test_a_void_one_is_replaced_without_another_word() -> None:
    void = replace(ISSUED, voided=True)
    assert rules.replace(void, person=WANG, reason="", today=TODAY) is None


def test_replaced_only_once() -> None:
    with pytest.raises(rules.AlreadyReplaced) as refused:
        rules.replace(replace(ISSUED, voided=True, replaced_by="ZM-2"), person=WANG, reason="", today=TODAY)
    assert refused.value.replaced_by == "ZM-2"
