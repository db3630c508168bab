"""Certificates: chosen, previewed, issued, made void, replaced, reprinted and checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from app.actions.certificates import (
    CertificateDraft,
    CertificateEntry,
    CertificateUnknown,
    HolderUnknown,
    IssueCertificate,
    RegisterQuery,
    ReissueCertificate,
    ReprintCertificate,
    VoidCertificate,
    certifiable_services,
    certificate_entry,
    certificate_paper,
    certificate_preview,
    certificate_register,
    certificates_of,
    certificates_to_void,
    check_certificate,
    issue_certificate,
    reissue_certificate,
    reprint_certificate,
    void_certificate,
)
from app.actions.desk import Desk, NotAllowed
from app.actions.people import EditPerson, edit_person
from app.actions.services import ServiceReason, reverse_service
from app.domain.certificates import (
    AlreadyReplaced,
    AlreadyVoid,
    CannotCertify,
    CertificateOfAnother,
    ConsentNotGiven,
    NotASeal,
    NothingToCertify,
    Obstacle,
    Seal,
    Standing,
    is_genuine,
    public_key_of,
    qr_payload,
    read_qr_payload,
)
from app.domain.people import Profile
from app.domain.services import ReasonNotGiven
from app.domain.staff import Role
from app.facts import Id
from app.sentences.certificates import verdict
from app.storage import certificates as storage
from app.storage.engine import reading
from app.storage.ids import new_id
from tests.printing.papers import text as text_of
from tests.support import served as make
from tests.support.desk import STATION_NAME, Station

NAME = "王小𬱖"
ID_NUMBER = "11010519491231002X"


@pytest.fixture
def wang(desk: Desk) -> Id:
    return make.volunteer(desk, NAME, id_number=ID_NUMBER, born_on=None)


def draft(desk: Desk, person: Id, *services: Id) -> CertificateDraft:
    return CertificateDraft(
        person=person, services=services or (make.approved(desk, person),), person_in_charge="孙站长"
    )


def issue(desk: Desk, made: CertificateDraft, *, consented: bool = True) -> tuple[Id, str]:
    request = IssueCertificate(certificate=new_id(), draft=made, consented=consented)
    done = issue_certificate(desk, request)
    return done.value.certificate, done.value.number


class TestChoosing:
    def test_what_cannot_be_certified_says_why(self, desk: Desk, wang: Id) -> None:
        good = make.approved(desk, wang, make.at(8), 60)
        waiting = make.recorded(desk, wang, make.at(10), 60)
        gone = make.approved(desk, wang, make.at(12), 60)
        reverse_service(desk, ServiceReason(service=gone, reason="重复"))
        found = {one.service: one.obstacle for one in certifiable_services(desk, wang)}
        assert found == {good: None, waiting: Obstacle.NOT_APPROVED, gone: Obstacle.REVERSED}

    def test_what_was_certified_says_where(self, desk: Desk, wang: Id) -> None:
        certificate, number = issue(desk, draft(desk, wang))
        (one,) = certifiable_services(desk, wang)
        assert (one.obstacle, one.certified_in, one.minutes) == (None, (number,), 90)
        void_certificate(desk, VoidCertificate(certificate=certificate, reason="名字错了"))
        (one,) = certifiable_services(desk, wang)
        assert one.certified_in == ()


class TestPreview:
    def test_is_marked_and_numbers_nothing(self, desk: Desk, wang: Id) -> None:
        made = draft(desk, wang)
        text = text_of(certificate_preview(desk, made))
        assert "预览" in text
        assert NAME in text
        assert "1.5" in text
        assert certificate_register(desk, RegisterQuery()).count == 0

    def test_nothing_chosen(self, desk: Desk, wang: Id) -> None:
        with pytest.raises(NothingToCertify):
            certificate_preview(desk, CertificateDraft(person=wang, services=()))

    def test_nobody(self, desk: Desk) -> None:
        with pytest.raises(HolderUnknown):
            certificate_preview(desk, CertificateDraft(person=new_id(), services=(new_id(),)))

    def test_full_names_and_numbers_are_not_for_auditors(self, station: Station, wang: Id) -> None:
        made = draft(station.desk, wang)
        station.sit(Role.AUDITOR)
        with pytest.raises(NotAllowed):
            certificate_preview(station.desk, made)


class TestIssue:
    def test_numbers_have_no_gaps(self, station: Station, wang: Id) -> None:
        desk, made = station.desk, draft(station.desk, wang)
        first = issue(desk, made)[1]
        with pytest.raises(ConsentNotGiven):
            issue(desk, made, consented=False)
        station.clock.forward(hours=1)
        second = issue(desk, made)[1]
        assert first.startswith("ZM-370883102204-2026-A1000001-")
        assert second.startswith("ZM-370883102204-2026-A1000002-")
        register = certificate_register(desk, RegisterQuery(year=2026))
        assert [row.number for row in register.rows] == [second, first]
        assert certificate_register(desk, RegisterQuery(year=2025)).rows == ()

    def test_a_repeated_save_is_one_certificate(self, desk: Desk, wang: Id) -> None:
        request = IssueCertificate(certificate=new_id(), draft=draft(desk, wang), consented=True)
        assert issue_certificate(desk, request).value == issue_certificate(desk, request).value
        assert certificate_register(desk, RegisterQuery()).count == 1

    def test_the_paper_keeps_the_language_it_was_issued_in(
        self, desk: Desk, wang: Id, speak: Callable[[str], None]
    ) -> None:
        speak("en")
        certificate, _number = issue(desk, draft(desk, wang))
        speak("zh_TW")
        assert "Thisistocertifythat" in text_of(certificate_paper(desk, certificate))
        other, _number = issue(desk, draft(desk, wang, make.approved(desk, wang, make.at(14))))
        assert "茲證明" in text_of(certificate_paper(desk, other))

    def test_the_paper_says_what_was_frozen(self, desk: Desk, wang: Id) -> None:
        certificate, number = issue(desk, draft(desk, wang))
        before = certificate_paper(desk, certificate)
        edit_person(
            desk, EditPerson(person=wang, profile=Profile(name="王改名"), touched=frozenset({"name"}))
        )
        assert certificate_paper(desk, certificate) == before
        text = text_of(before)
        for said in (NAME, ID_NUMBER, number, STATION_NAME, "孙站长", "陈芳", "买米送到家", "居民身份证"):
            assert said in text
        assert "预览" not in text
        assert "补打" not in text

    def test_nothing_that_does_not_count(self, desk: Desk, wang: Id) -> None:
        good, waiting = make.approved(desk, wang, make.at(8)), make.recorded(desk, wang, make.at(12))
        with pytest.raises(CannotCertify) as refused:
            issue(desk, draft(desk, wang, good, waiting))
        assert refused.value.obstacle is Obstacle.NOT_APPROVED

    def test_nothing_of_somebody_else(self, desk: Desk, wang: Id) -> None:
        li = make.volunteer(desk, "李秀英", phone="13711112222")
        with pytest.raises(NothingToCertify):
            issue(desk, draft(desk, li, make.approved(desk, wang)))

    def test_the_signature_is_the_stations(self, desk: Desk, wang: Id) -> None:
        _certificate, number = issue(desk, draft(desk, wang))
        assert is_genuine(seal_of(desk, number), public_key_of(desk.device.private_key))


class TestVoidAndReissue:
    def test_a_void_one_stays_listed_with_its_reason(self, station: Station, wang: Id) -> None:
        desk = station.desk
        certificate, number = issue(desk, draft(desk, wang))
        station.sit(Role.ADMINISTRATOR)
        void_certificate(desk, VoidCertificate(certificate=certificate, reason="名字错了"))
        (row,) = certificates_of(desk, wang)
        assert (row.number, row.who, row.void_reason, row.voided_by, row.issued_by) == (
            number,
            "王*𬱖",
            "名字错了",
            "沈静",
            "陈芳",
        )
        assert row.voided_on == date(2026, 4, 7)
        assert "作废" in text_of(certificate_paper(desk, certificate))
        with pytest.raises(AlreadyVoid):
            void_certificate(desk, VoidCertificate(certificate=certificate, reason="再来一次"))
        station.sit(Role.AUDITOR)
        assert certificate_register(desk, RegisterQuery()).rows[0].void_reason == "***", "it may name anybody"

    def test_a_reason_is_needed(self, desk: Desk, wang: Id) -> None:
        certificate, _number = issue(desk, draft(desk, wang))
        with pytest.raises(ReasonNotGiven):
            void_certificate(desk, VoidCertificate(certificate=certificate, reason=""))

    def test_reissued_in_one_go(self, desk: Desk, wang: Id) -> None:
        made = draft(desk, wang)
        old, old_number = issue(desk, made)
        request = ReissueCertificate(
            certificate=new_id(), draft=made, consented=True, replaces=old, reason="名字错了"
        )
        new = reissue_certificate(desk, request).value
        assert reissue_certificate(desk, request).value == new
        rows = {row.number: row for row in certificates_of(desk, wang)}
        assert set(rows) == {old_number, new.number}
        assert (rows[new.number].replaces, rows[old_number].replaced_by) == (old, new.number)
        assert rows[old_number].void_reason == "名字错了"
        assert new.number.startswith("ZM-370883102204-2026-A1000002-")

    def test_a_reissue_is_whole_or_not_at_all(self, desk: Desk, wang: Id) -> None:
        old, _number = issue(desk, draft(desk, wang))
        waiting = make.recorded(desk, wang, make.at(14))
        request = ReissueCertificate(
            certificate=new_id(),
            draft=draft(desk, wang, waiting),
            consented=True,
            replaces=old,
            reason="名字错了",
        )
        with pytest.raises(CannotCertify):
            reissue_certificate(desk, request)
        (row,) = certificates_of(desk, wang)
        assert row.voided_on is None

    def test_only_for_the_same_person(self, desk: Desk, wang: Id) -> None:
        old, _number = issue(desk, draft(desk, wang))
        li = make.volunteer(desk, "李秀英", phone="13711112222")
        request = ReissueCertificate(
            certificate=new_id(), draft=draft(desk, li), consented=True, replaces=old, reason="换人"
        )
        with pytest.raises(CertificateOfAnother):
            reissue_certificate(desk, request)

    def test_a_void_one_may_be_replaced_once(self, desk: Desk, wang: Id) -> None:
        made = draft(desk, wang)
        old, _number = issue(desk, made)
        void_certificate(desk, VoidCertificate(certificate=old, reason="名字错了"))
        request = ReissueCertificate(
            certificate=new_id(), draft=made, consented=True, replaces=old, reason="换开"
        )
        assert reissue_certificate(desk, request).value.number
        (row,) = [row for row in certificates_of(desk, wang) if row.certificate == old]
        assert row.void_reason == "名字错了"
        with pytest.raises(AlreadyReplaced):
            reissue_certificate(desk, replace(request, certificate=new_id()))

    def test_a_revoked_record_flags_its_certificates(self, desk: Desk, wang: Id) -> None:
        service = make.approved(desk, wang)
        issue(desk, draft(desk, wang, service))
        assert certificates_of(desk, wang)[0].revoked == 0
        reverse_service(desk, ServiceReason(service=service, reason="重复"))
        assert certificates_of(desk, wang)[0].revoked == 1
        assert certificate_register(desk, RegisterQuery()).rows[0].revoked == 1

    def test_unknown_ones(self, desk: Desk) -> None:
        with pytest.raises(CertificateUnknown):
            void_certificate(desk, VoidCertificate(certificate=new_id(), reason="没有"))
        with pytest.raises(CertificateUnknown):
            certificate_paper(desk, new_id())


class TestRegister:
    @pytest.fixture
    def listed(self, station: Station, wang: Id) -> list[CertificateEntry]:
        """A valid one, a void one, and one with a record that was revoked since; the newest first."""
        desk = station.desk
        li = make.volunteer(desk, "李秀英", phone="13711112222")
        issue(desk, draft(desk, wang))
        station.clock.forward(minutes=5)
        void, _number = issue(desk, draft(desk, li))
        void_certificate(desk, VoidCertificate(certificate=void, reason="名字错了"))
        station.clock.forward(minutes=5)
        gone = make.approved(desk, li, make.at(14))
        issue(desk, draft(desk, li, gone))
        reverse_service(desk, ServiceReason(service=gone, reason="重复"))
        return list(certificate_register(desk, RegisterQuery()).rows)

    def test_every_certificate_has_its_standing(self, desk: Desk, listed: list[CertificateEntry]) -> None:
        assert [row.standing for row in listed] == [Standing.TO_VOID, Standing.VOID, Standing.VALID]
        for row in listed:
            found = certificate_register(desk, RegisterQuery(standing=row.standing))
            assert (found.rows, found.count) == ((row,), 1)
        assert certificates_to_void(desk, None) == 1

    @pytest.mark.parametrize(
        "typed, places",
        [
            ("wangxiao", [2]),
            ("李秀英", [0, 1]),
            ("A1000003", [0]),
            ("2026-a1 000002", [1]),
            ("没有这个人", []),
        ],
    )
    def test_is_found_by_person_and_number(
        self, desk: Desk, listed: list[CertificateEntry], typed: str, places: list[int]
    ) -> None:
        found = certificate_register(desk, RegisterQuery(text=typed))
        assert [listed.index(row) for row in found.rows] == places
        assert found.count == len(places)

    def test_tells_the_place_of_one(self, desk: Desk, listed: list[CertificateEntry]) -> None:
        for place, row in enumerate(listed):
            query = RegisterQuery(limit=1, find=row.certificate)
            assert certificate_register(desk, query).found == place
        void = listed[1].certificate
        assert certificate_register(desk, RegisterQuery(standing=Standing.VALID, find=void)).found is None
        assert certificate_register(desk, RegisterQuery(text="李秀英", find=void)).found == 1

    def test_one_line_by_itself(self, desk: Desk, listed: list[CertificateEntry]) -> None:
        assert certificate_entry(desk, listed[0].certificate) == listed[0]
        with pytest.raises(CertificateUnknown):
            certificate_entry(desk, new_id())


class TestReprint:
    def test_copies_are_counted_and_marked(self, desk: Desk, wang: Id) -> None:
        certificate, _number = issue(desk, draft(desk, wang))
        assert reprint_certificate(desk, ReprintCertificate(certificate=certificate)).value == 1
        assert reprint_certificate(desk, ReprintCertificate(certificate=certificate)).value == 2
        text = text_of(certificate_paper(desk, certificate))
        assert "补打第2次2026年4月7日" in text
        assert certificates_of(desk, wang)[0].copies == 2

    def test_a_void_one_is_not_printed_again(self, desk: Desk, wang: Id) -> None:
        certificate, _number = issue(desk, draft(desk, wang))
        void_certificate(desk, VoidCertificate(certificate=certificate, reason="名字错了"))
        with pytest.raises(AlreadyVoid):
            reprint_certificate(desk, ReprintCertificate(certificate=certificate))


class TestCheck:
    def test_a_genuine_one_and_a_void_one(self, desk: Desk, wang: Id) -> None:
        certificate, number = issue(desk, draft(desk, wang))
        payload = qr_payload(seal_of(desk, number)).decode()
        checked = check_certificate(desk, payload)
        assert checked.genuine
        assert verdict(checked) == f"证明 {number} 是真的，2026年4月7日签发，合计 1 小时 30 分。"
        void_certificate(desk, VoidCertificate(certificate=certificate, reason="名字错了"))
        assert verdict(check_certificate(desk, payload)) == f"证明 {number} 已于2026年4月7日作废。"

    def test_a_forged_one(self, desk: Desk, wang: Id) -> None:
        _certificate, number = issue(desk, draft(desk, wang))
        forged = replace(seal_of(desk, number), content_hash=bytes(32))
        checked = check_certificate(desk, qr_payload(forged).decode())
        assert not checked.genuine
        assert "对不上" in verdict(checked)

    def test_one_of_another_station(self, desk: Desk, wang: Id) -> None:
        _certificate, number = issue(desk, draft(desk, wang))
        other = replace(seal_of(desk, number), number="ZM-370883102205-2026-B2000001-K")
        checked = check_certificate(desk, qr_payload(other).decode())
        assert checked.entry is None
        assert "本站没有" in verdict(checked)

    def test_something_else(self, desk: Desk) -> None:
        with pytest.raises(NotASeal):
            check_certificate(desk, "6901234567892")


def seal_of(desk: Desk, number: str) -> Seal:
    with reading(desk.engine) as connection:
        row = storage.with_number(connection, number)
    assert row is not None
    seal = Seal(row.number, row.content_hash, row.signature)
    assert read_qr_payload(qr_payload(seal).decode()) == seal
    return seal
