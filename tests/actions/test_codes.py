"""What a scanned code stands on: cards, slips, certificates; and codes that are nobody's."""

from __future__ import annotations

import pytest

from app.actions.certificates import (
    CertificateDraft,
    IssueCertificate,
    issue_certificate,
)
from app.actions.codes import CodeMeaning, CodeUnknown, nouns_with_codes, resolve_code
from app.actions.desk import Desk
from app.actions.gifts import GiftForm, ListGift, list_gift
from app.actions.people_cards import person_card
from app.domain.certificates import Seal, qr_payload
from app.domain.numbers import NumberWrongForm, order_bar_code, shown_order_number
from app.domain.staff import Role
from app.sentences import sentence
from app.storage import certificates as certificate_storage
from app.storage import orders as order_storage
from app.storage.engine import reading
from app.storage.ids import new_id
from tests.support import served
from tests.support.desk import Station
from tests.support.people import order, resident, volunteer

ID_NUMBER = "11010519491231002X"


def test_a_card_is_its_volunteer(desk: Desk) -> None:
    person = volunteer(desk, "李梅")
    card = person_card(desk, person).volunteer
    assert card is not None
    assert resolve_code(desk, card.number) == CodeMeaning(noun="person", object=person)


def test_a_slip_is_its_order_by_bar_code_and_by_number(desk: Desk) -> None:
    asked = order(desk, resident(desk, "王秀英"))
    with reading(desk.engine) as connection:
        row = order_storage.order_row(connection, asked)
    assert row is not None
    for code in (order_bar_code(row.number), shown_order_number(row.number)):
        assert resolve_code(desk, code) == CodeMeaning(noun="order", object=asked)


def test_a_certificate_is_known_by_its_qr_code_and_its_number(desk: Desk) -> None:
    person = served.volunteer(desk)
    certificate = new_id()
    draft = CertificateDraft(
        person=person, services=(served.approved(desk, person),), person_in_charge="孙站长"
    )
    issued = issue_certificate(
        desk, IssueCertificate(certificate=certificate, draft=draft, consented=True)
    ).value
    with reading(desk.engine) as connection:
        row = certificate_storage.one(connection, certificate)
    assert row is not None
    qr = qr_payload(Seal(row.number, row.content_hash, row.signature)).decode()
    for code in (qr, issued.number):
        assert resolve_code(desk, code) == CodeMeaning(noun="certificate", object=certificate)


@pytest.mark.parametrize("code", ["1022040010000425", "1022040010000426", "6901028075831", "", "YZ1.nothing"])
def test_a_code_of_nobody_is_refused_with_the_code(desk: Desk, code: str) -> None:
    with pytest.raises(CodeUnknown) as refused:
        resolve_code(desk, code)
    assert refused.value.code == code
    assert code in sentence(refused.value)


def test_a_document_that_was_scanned_is_not_said_whole(station: Station) -> None:
    """Somebody behind reads the banner, too."""
    with pytest.raises(CodeUnknown) as nobody:
        resolve_code(station.desk, ID_NUMBER)
    gift = ListGift(gift=new_id(), form=GiftForm(name="毛巾", unit="条", points_cents=500, code=ID_NUMBER))
    with pytest.raises(NumberWrongForm) as no_gift:
        list_gift(station.sit(Role.ADMINISTRATOR), gift)
    for said in (sentence(nobody.value), sentence(no_gift.value)):
        assert "110105" in said and ID_NUMBER not in said


def test_what_can_be_scanned_is_known_by_its_noun() -> None:
    assert {"person", "order", "certificate"} <= nouns_with_codes()
