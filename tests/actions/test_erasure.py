"""Deleting somebody's personal data: what goes, what stays, and that it really is gone from every file."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import delete, func, select

from app.actions.audit import AuditQuery, audit_trail
from app.actions.board import BoardFilter, board
from app.actions.certificates import (
    CertificateDraft,
    CertificateNotShown,
    CertificateUnknown,
    IssueCertificate,
    certificate_paper,
    certificates_of,
    issue_certificate,
)
from app.actions.desk import Desk, NotAllowed
from app.actions.drafts import SaveDraft, my_drafts, save_draft
from app.actions.erasure import (
    ErasePerson,
    ErasurePlan,
    OpenLocked,
    erase_again,
    erase_person,
    erasure_plan,
    open_locked_certificate,
)
from app.actions.history import history_of
from app.actions.hours import total_minutes
from app.actions.orders import Reasoned, cancel_order
from app.actions.people import (
    EditPerson,
    RegisterVolunteer,
    Reveal,
    Sensitive,
    edit_person,
    register_volunteer,
    reveal,
)
from app.actions.people_cards import person_card
from app.actions.search import FindQuery, find
from app.actions.services import (
    ApproveServices,
    ServiceReason,
    approve_services,
    photo,
    record_services,
    reverse_service,
    service_evidence,
)
from app.actions.undo import undo
from app.domain.erasure import ErasureReason, NameNotRepeated, OrdersUnderWay, PersonIsErased, RecordsWaiting
from app.domain.orders import ReasonMissing
from app.domain.people import Profile
from app.domain.staff import Role
from app.domain.undo import CannotBeUndone
from app.facts import Id
from app.storage import certificates as certificates_storage
from app.storage import erasure, points, services, teams, types
from app.storage import people as people_storage
from app.storage.certificates import certificates
from app.storage.disk import Places
from app.storage.engine import open_engine, reading, writing
from app.storage.erasure import Erasure
from app.storage.history import chain_head, log_private
from app.storage.ids import new_id
from app.storage.incarnation import Mirror
from app.storage.log import Mirrored, let_locked_go
from app.storage.mirror_file import Mirror as MirrorFile
from app.storage.orders import orders
from app.storage.selfcheck import check
from tests.support import people, served
from tests.support.databases import KEY
from tests.support.desk import Station
from tests.support.faults import no_room_left
from tests.support.raw_pages import decrypted
from tests.support.statements import statements_of

NAME, PHONE, ID_NUMBER = "欧阳灵犀", "13987651234", "11010519491231002X"
ADDRESS = "桃源村槐树巷十七号"
SAID = (NAME, PHONE, ID_NUMBER, ADDRESS, "ouyanglingxi", "怕黑", "给灵犀阿姨念报", "膝盖不好", "灵犀代领")


ROOM_BYTES = 4_000_000
"""More than the database of a test needs."""

LEFT_OVER = "欧阳灵犀，住槐树巷十七号"
PICTURE = served.JPEG.replace(b"small", b"little")


@pytest.fixture
def who(station: Station) -> Id:
    """A volunteer with an order, a record with a photo, a certificate and two drafts that speak of her."""
    desk = station.desk
    person = served.volunteer(
        desk, NAME, phone=PHONE, id_number=ID_NUMBER, address=ADDRESS, born_on=None, remark="膝盖不好"
    )
    people.team(desk, "爱心理发队", person)
    order = people.order(desk, person, what="给灵犀阿姨念报", place=ADDRESS, mind="怕黑")
    cancel_order(desk, Reasoned(order=order, reason="不用了", note=f"{NAME}说女儿回来了"))
    stretch = served.served(person, served.at(9), 120)
    record_services(desk, served.what(stretch, photos=(PICTURE,), remark="膝盖不好，少站"))
    approve_services(desk, ApproveServices(services=(stretch.service,)))
    draft = CertificateDraft(person=person, services=(stretch.service,))
    issue_certificate(desk, IssueCertificate(certificate=new_id(), draft=draft, consented=True))
    for body in (f'{{"who": "{person}"}}', f'{{"phone": "{PHONE}"}}', '{"what": "理发"}'):
        save_draft(desk, SaveDraft(draft=new_id(), kind="order", body=body))
    return person


def _erase(station: Station, person: Id, **typed: Any) -> None:
    desk = station.sit(Role.ADMINISTRATOR)
    request: dict[str, Any] = {"reason": ErasureReason.ASKED, "typed_name": NAME} | typed
    assert erase_person(desk, ErasePerson(person=person, **request)).value.sweeping is None


def _mirrored(desk: Desk) -> list[Mirrored]:
    facts = MirrorFile(desk.vault.places.backups, KEY).read()
    return [msgspec.msgpack.decode(fact, type=Mirrored) for fact in facts]


def _service_of(desk: Desk, person: Id) -> Id:
    with reading(desk.engine) as connection:
        service: Id = services.of_person(connection, person)[0].id
    return service


def _certificate_of(desk: Desk, person: Id) -> Id:
    return certificates_of(desk, person)[0].certificate


class TestWhoMay:
    def test_a_clerk_may_not(self, station: Station, who: Id) -> None:
        request = ErasePerson(person=who, reason=ErasureReason.ASKED, typed_name=NAME)
        with pytest.raises(NotAllowed):
            erase_person(station.desk, request)
        with pytest.raises(NotAllowed):
            erasure_plan(station.desk, who)
        assert person_card(station.desk, who).name == NAME

    def test_the_name_is_typed_once_more(self, station: Station, who: Id) -> None:
        with pytest.raises(NameNotRepeated):
            _erase(station, who, typed_name="欧阳灵")
        assert person_card(station.desk, who).name == NAME

    def test_nothing_may_be_under_way(self, station: Station, who: Id) -> None:
        people.order(station.desk, who)
        with pytest.raises(OrdersUnderWay):
            _erase(station, who)
        assert isinstance(erasure_plan(station.desk, who).obstacle, OrdersUnderWay)

    def test_no_record_may_wait(self, station: Station, who: Id) -> None:
        served.recorded(station.desk, who, served.at(14))
        with pytest.raises(RecordsWaiting):
            _erase(station, who)

    def test_it_says_before_what_goes_and_what_stays(self, station: Station, who: Id) -> None:
        desk = station.sit(Role.ADMINISTRATOR)
        assert erasure_plan(desk, who) == ErasurePlan(
            name=NAME,
            orders=1,
            records=1,
            photos=1,
            locked=1,
            locked_until=date(2036, 4, 7),
            minutes=120,
            points_cents=200,
            obstacle=None,
        )


class TestWhatGoes:
    def test_nothing_is_left_in_any_table(self, station: Station, who: Id) -> None:
        _erase(station, who)
        with reading(station.desk.engine) as connection:
            for table in types.metadata.sorted_tables:
                if table.name == "log_private":
                    continue
                for row in connection.execute(select(table)):
                    assert not [said for said in SAID if said in repr(tuple(row))], table.name

    def test_nothing_is_left_in_the_bytes_of_any_file(self, station: Station, who: Id) -> None:
        places = station.desk.vault.places
        before = decrypted(places.database, KEY)
        assert all(said.encode() in before for said in (NAME, PHONE, ID_NUMBER, ADDRESS, "怕黑"))
        # What the law keeps lies there in its own, locked row.
        with writing(station.desk.engine) as connection:
            connection.execute(delete(log_private).where(log_private.c.fact.in_(select(certificates.c.fact))))
        _erase(station, who)
        after = decrypted(places.database, KEY)
        assert "桃源村".encode() in after  # it is really decrypted
        assert [said for said in SAID if said.encode() in after] == []
        facts = MirrorFile(places.backups, KEY).read()
        assert facts and [said for said in SAID if any(said.encode() in fact for fact in facts)] == []

    def test_what_lay_in_unused_pages_before_goes_too(self, station: Station, who: Id) -> None:
        """Pages that were freed without being cleared, more than the erasure itself takes into use again."""
        places = station.desk.vault.places
        with station.desk.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            for statement in (
                "PRAGMA secure_delete = OFF",
                "CREATE TABLE once (words TEXT)",
                f"INSERT INTO once VALUES ('{LEFT_OVER * 5_000}')",
                "DROP TABLE once",
                "PRAGMA secure_delete = ON",
            ):
                driver.execute(statement)
        assert LEFT_OVER.encode() in decrypted(places.database, KEY)
        _erase(station, who)
        assert LEFT_OVER.encode() not in decrypted(places.database, KEY)

    def test_she_is_found_by_nothing(self, station: Station, who: Id) -> None:
        _erase(station, who)
        for typed in (NAME, PHONE, "ouyang", "1002X", "念报"):
            assert not [hit for group in find(station.desk, FindQuery(text=typed)) for hit in group.hits]

    def test_photos_and_drafts_go(self, station: Station, who: Id) -> None:
        clerk = station.desk
        picture = service_evidence(clerk, _service_of(clerk, who)).photos[0]
        assert photo(clerk, picture) == PICTURE
        _erase(station, who)
        assert photo(station.desk, picture) is None
        assert [one.body for one in my_drafts(station.sit(Role.CLERK), "order")] == ['{"what": "理发"}']

    def test_records_are_looked_through_once_for_all_photos(self, station: Station, who: Id) -> None:
        """There are two million of them at a county's centre."""
        desk = station.desk
        more = tuple(PICTURE.replace(b"little", word) for word in (b"little1", b"little2", b"little3"))
        stretch = served.served(who, served.at(15), 60)
        record_services(desk, served.what(stretch, photos=more))
        approve_services(desk, ApproveServices(services=(stretch.service,)))
        asked = statements_of(desk.engine, lambda: _erase(station, who))
        assert sum("services.photos" in one and "NOT IN" in one for one in asked) == 1

    def test_a_photo_that_shows_others_stays(self, station: Station, who: Id) -> None:
        desk = station.desk
        other = served.volunteer(desk, "赵晓燕")
        record_services(desk, served.what(served.served(other, served.at(9), 60), photos=(PICTURE,)))
        picture = service_evidence(desk, _service_of(desk, who)).photos[0]
        _erase(station, who)
        assert photo(station.desk, picture) == PICTURE


class TestWhatStays:
    def test_the_sums(self, station: Station, who: Id) -> None:
        _erase(station, who)
        assert total_minutes(station.desk, (who,)) == {who: 120}
        with reading(station.desk.engine) as connection:
            assert points.total_cents(connection, who) == 200
            found = check(connection)
        assert (found.differences, found.first) == (0, None)

    def test_she_is_called_erased(self, station: Station, who: Id) -> None:
        _erase(station, who)
        card = person_card(station.desk, who)
        assert (card.name, card.phone, card.address) == ("已删除", "", "")
        assert card.erased_at is not None
        assert certificates_of(station.desk, who)[0].who == "已删除"
        assert history_of(station.desk, f"person:{who}")[-1].text == "删除了个人信息：本人要求"

    def test_the_board_says_nothing_of_her(self, station: Station, who: Id) -> None:
        with reading(station.desk.engine) as connection:
            order = connection.execute(select(orders.c.id).where(orders.c.beneficiary == who)).scalar_one()
        before = board(station.desk, BoardFilter(ended=True)).columns
        assert "欧阳" in repr(before)
        _erase(station, who)
        shown = repr(board(station.desk, BoardFilter(ended=True)).columns)
        assert order in shown
        for said in (*SAID, "欧阳", "1234"):
            assert said not in shown

    def test_an_issued_certificate_is_locked_and_opened_with_a_reason(
        self, station: Station, who: Id
    ) -> None:
        certificate = _certificate_of(station.desk, who)
        _erase(station, who)
        with pytest.raises(CertificateNotShown):
            certificate_paper(station.desk, certificate)
        with pytest.raises(ReasonMissing):
            open_locked_certificate(station.desk, OpenLocked(certificate=certificate, reason=" "))
        paper = open_locked_certificate(
            station.desk, OpenLocked(certificate=certificate, reason="法院调取")
        ).value
        assert paper.startswith(b"%PDF")
        entry = audit_trail(station.desk, AuditQuery()).entries[0]
        assert (entry.what, entry.object, entry.reason) == (
            "open.locked",
            f"certificate:{certificate}",
            "法院调取",
        )
        with pytest.raises(NotAllowed):
            open_locked_certificate(
                station.sit(Role.CLERK), OpenLocked(certificate=certificate, reason="看看")
            )

    def test_only_what_is_locked_opens_so(self, station: Station, who: Id) -> None:
        desk = station.sit(Role.ADMINISTRATOR)
        with pytest.raises(CertificateNotShown):
            open_locked_certificate(desk, OpenLocked(certificate=_certificate_of(desk, who), reason="看看"))
        with pytest.raises(CertificateUnknown):
            open_locked_certificate(desk, OpenLocked(certificate=new_id(), reason="看看"))

    def test_after_its_years_it_goes(self, station: Station, who: Id) -> None:
        certificate = _certificate_of(station.desk, who)
        _erase(station, who)
        for day, is_there in ((date(2036, 4, 7), True), (date(2036, 4, 8), False)):
            with writing(station.desk.engine) as connection:
                let_locked_go(connection, day)
                left = connection.execute(select(func.count()).select_from(log_private)).scalar_one()
            with reading(station.desk.engine) as connection:
                row = certificates_storage.one(connection, certificate)
                assert row is not None
                assert (certificates_storage.locked_text(connection, row) is not None) is is_there
            assert left


class TestAfterwards:
    def test_nothing_new_is_noted_of_her(self, station: Station, who: Id) -> None:
        _erase(station, who)
        desk = station.sit(Role.CLERK)
        edit = EditPerson(person=who, profile=Profile(name=NAME), touched=frozenset({"name"}))
        draft = CertificateDraft(person=who, services=(_service_of(desk, who),))
        certificate = IssueCertificate(certificate=new_id(), draft=draft, consented=True)
        for deed in (
            lambda: edit_person(desk, edit),
            lambda: people.order(desk, who),
            lambda: reveal(desk, Reveal(person=who, field=Sensitive.PHONE, reason="打电话")),
            lambda: register_volunteer(desk, RegisterVolunteer(person=who)),
            lambda: served.recorded(desk, who, served.at(14)),
            lambda: issue_certificate(desk, certificate),
        ):
            with pytest.raises(PersonIsErased):
                deed()
        reverse_service(desk, ServiceReason(service=_service_of(desk, who), reason=f"{NAME}没来"))
        assert service_evidence(desk, _service_of(desk, who)).reason == ""

    def test_it_cannot_be_undone(self, station: Station, who: Id) -> None:
        _erase(station, who)
        with pytest.raises(CannotBeUndone):
            undo(station.desk)

    def test_a_database_from_before_erases_again(self, station: Station, who: Id, tmp_path: Path) -> None:
        """Its mirror is gone, too; what is remembered beside it says whom."""
        desk = station.desk
        old = tmp_path / "old"
        shutil.copytree(desk.vault.places.folder, old)
        _erase(station, who)
        for name in ("erased.json",):
            shutil.copy(desk.vault.places.folder / name, old / name)
        places = Places(old)
        engine = open_engine(places.database, KEY)
        mirror = Mirror(MirrorFile(places.backups, KEY))
        erase_again(engine, desk.device, places, mirror, at=desk.now())
        with reading(engine) as connection:
            row = people_storage.person_row(connection, who)
            assert row is not None and (row.name, row.phone) == ("", "")
            assert row.left_at is not None
            assert teams.teams_of(connection, who) == []
            assert check(connection).differences == 0
        after = decrypted(places.database, KEY)
        locked = (NAME, ID_NUMBER)  # on the certificate
        assert [said for said in SAID if said not in locked and said.encode() in after] == []
        erase_again(engine, desk.device, places, mirror, at=desk.now())  # nothing is left to do
        mirror.close()
        engine.dispose()

    def test_what_stood_in_the_way_of_clearing_is_tried_again(self, station: Station, who: Id) -> None:
        desk = station.sit(Role.ADMINISTRATOR)
        with reading(desk.engine) as connection:  # somebody still reads: the log cannot be emptied
            connection.execute(select(log_private)).first()
            done = erase_person(
                desk, ErasePerson(person=who, reason=ErasureReason.FAMILY, typed_name=NAME)
            ).value
        assert done.sweeping is not None
        assert not erasure.remembered(desk.vault.places)[0].swept
        assert desk.mirror is not None
        erase_again(desk.engine, desk.device, desk.vault.places, desk.mirror, at=desk.now())
        assert erasure.remembered(desk.vault.places)[0].swept
        assert PHONE.encode() not in decrypted(desk.vault.places.database, KEY)

    def test_clearing_the_next_one_clears_who_was_left(self, station: Station, who: Id) -> None:
        """The first erasure could not write the mirror; the second must not pass for both."""
        desk = station.sit(Role.ADMINISTRATOR)
        other = people.resident(desk, "钱多多", phone="13912345678")
        assert desk.mirror is not None
        file = MirrorFile(desk.vault.places.backups, KEY)
        with reading(desk.engine) as connection:
            head = chain_head(connection, desk.device.chain)
        facts = file.read()
        desk.mirror.append(head, facts * (2 * ROOM_BYTES // sum(map(len, facts))))
        with no_room_left(ROOM_BYTES):
            done = erase_person(desk, ErasePerson(person=who, reason=ErasureReason.ASKED, typed_name=NAME))
        assert done.value.sweeping is not None
        _erase(station, other, typed_name="钱多多")
        assert all(one.swept for one in erasure.remembered(desk.vault.places))
        parts = {person for fact in _mirrored(desk) for person in fact.parts}
        assert not parts & {who, other}

    def test_a_note_that_cannot_be_written_does_not_undo_it(self, station: Station, who: Id) -> None:
        desk = station.sit(Role.ADMINISTRATOR)
        places = desk.vault.places
        long_ago = [
            Erasure(person=f"{n:032x}", at=desk.now(), by=new_id(), reason="asked", swept=True)
            for n in range(ROOM_BYTES // 100)
        ]
        (places.folder / "erased.json").write_bytes(msgspec.json.encode(long_ago))
        with no_room_left(ROOM_BYTES):
            done = erase_person(desk, ErasePerson(person=who, reason=ErasureReason.ASKED, typed_name=NAME))
        assert done.value.sweeping is not None
        with pytest.raises(PersonIsErased):
            _erase(station, who)

    def test_one_damaged_list_is_made_up_by_the_other(self, station: Station, who: Id) -> None:
        _erase(station, who)
        (station.desk.vault.places.folder / "erased.json").write_bytes(b"[{")
        assert [one.person for one in erasure.remembered(station.desk.vault.places)] == [who]
