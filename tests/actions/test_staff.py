"""Letting staff in and out, and their ways into the key."""

from __future__ import annotations

import pytest

from app.actions.audit import AuditQuery, audit_trail
from app.actions.desk import Desk, NotAllowed
from app.actions.history import history_of
from app.actions.session import SignIn, sign_in_again, tiles
from app.actions.staff import (
    AdmitStaff,
    ChangePassphrase,
    ChangeRole,
    DismissStaff,
    EditStaff,
    RenewPassphrase,
    StaffPersonUnknown,
    StaffUnknown,
    UnlockStaff,
    admit_staff,
    change_passphrase,
    change_role,
    dismiss_staff,
    edit_staff,
    renew_passphrase,
    renew_recovery_sheet,
    staff_list,
    unlock_staff,
)
from app.domain.passphrases import WeakPassphrase
from app.domain.problems import Refusal
from app.domain.staff import LastAdministrator, Role, StaffNameTaken
from app.storage.ids import new_id
from app.storage.keys import Keys, NoSuchStaff, SignInLocked, WrongPassphrase
from tests.support import people as make
from tests.support.databases import KEY
from tests.support.desk import PASSPHRASE, Station

NEW = "Qiuyu-2027"


@pytest.fixture
def administrator(station: Station) -> Desk:
    return station.sit(Role.ADMINISTRATOR)


def key_of(desk: Desk, staff: str, passphrase: str) -> bytes:
    """What the passphrase opens, read from the disk anew."""
    return Keys.open(desk.vault.places.keys).unlock(staff, passphrase, desk.now())


def test_somebody_new_can_sign_in(administrator: Desk) -> None:
    request = AdmitStaff(staff=new_id(), name="李娜", role=Role.CLERK, passphrase=NEW)
    done = admit_staff(administrator, request)
    assert (done.value.name, done.changed) == ("李娜", frozenset({"staff"}))
    assert admit_staff(administrator, request).changed == frozenset()
    assert key_of(administrator, request.staff, NEW) == KEY
    sign_in_again(administrator, SignIn(staff=request.staff, passphrase=NEW))
    assert [card.name for card in staff_list(administrator, None)] == ["沈静", "陈芳", "郭伟", "李娜"]


@pytest.mark.parametrize(
    ("name", "passphrase", "refusal", "field"),
    [("李娜", "123", WeakPassphrase, "passphrase"), ("陈芳", NEW, StaffNameTaken, "name")],
)
def test_a_refused_admission_leaves_nothing(
    administrator: Desk, name: str, passphrase: str, refusal: type[Refusal], field: str
) -> None:
    request = AdmitStaff(staff=new_id(), name=name, role=Role.CLERK, passphrase=passphrase)
    with pytest.raises(refusal) as refused:
        admit_staff(administrator, request)
    assert refused.value.field == field
    assert len(staff_list(administrator, None)) == 3
    assert len(tiles(administrator)) == 3


def test_only_administrators_let_people_in_and_out(station: Station) -> None:
    clerk = station.staff[Role.CLERK]
    with pytest.raises(NotAllowed):
        admit_staff(station.desk, AdmitStaff(staff=new_id(), name="李娜", role=Role.CLERK, passphrase=NEW))
    with pytest.raises(NotAllowed):
        change_role(station.desk, ChangeRole(staff=clerk, role=Role.ADMINISTRATOR))
    with pytest.raises(NotAllowed):
        dismiss_staff(station.desk, DismissStaff(staff=clerk))
    with pytest.raises(NotAllowed):
        renew_recovery_sheet(station.desk, None)


def test_a_name_is_put_right_on_the_tile_too(station: Station, administrator: Desk) -> None:
    edit_staff(administrator, EditStaff(staff=station.staff[Role.ADMINISTRATOR], name="沈婧"))
    assert [tile.name for tile in tiles(administrator)] == ["沈婧", "陈芳", "郭伟"]
    assert administrator.signed_in is not None
    assert administrator.signed_in.name == "沈婧"


def test_who_somebody_is_in_the_register_must_be_somebody(station: Station, administrator: Desk) -> None:
    with pytest.raises(StaffPersonUnknown):
        edit_staff(administrator, EditStaff(staff=station.staff[Role.CLERK], name="陈芳", person=new_id()))
    with pytest.raises(StaffUnknown):
        edit_staff(administrator, EditStaff(staff=new_id(), name="陈芳"))


def test_a_name_that_stands_already_is_no_news(station: Station, administrator: Desk) -> None:
    request = EditStaff(staff=station.staff[Role.CLERK], name="陈芳")
    assert edit_staff(administrator, request).changed == frozenset()


def test_who_somebody_is_in_the_register_stands_beside_them(station: Station, administrator: Desk) -> None:
    person = make.resident(administrator, "陈芳")
    clerk = station.staff[Role.CLERK]
    edit_staff(administrator, EditStaff(staff=clerk, name="陈芳", person=person))
    card = next(card for card in staff_list(administrator, None) if card.id == clerk)
    assert (card.person, card.person_name) == (person, "陈芳")


def test_five_wrong_passphrases_need_not_be_waited_out(station: Station, administrator: Desk) -> None:
    clerk = station.staff[Role.CLERK]
    for _try in range(5):
        with pytest.raises((WrongPassphrase, SignInLocked)):
            sign_in_again(administrator, SignIn(staff=clerk, passphrase="wrong"))
    locked = {card.id: card.locked_minutes for card in staff_list(administrator, None)}
    assert locked[clerk] == 15
    unlock_staff(administrator, UnlockStaff(staff=clerk))
    assert {card.locked_minutes for card in staff_list(administrator, None)} == {0}
    sign_in_again(administrator, SignIn(staff=clerk, passphrase=PASSPHRASE))
    station.sit(Role.ADMINISTRATOR)
    assert "unlocked" in [entry.what for entry in audit_trail(administrator, AuditQuery()).entries]


def test_only_an_administrator_lets_somebody_try_again(station: Station) -> None:
    with pytest.raises(NotAllowed):
        unlock_staff(station.desk, UnlockStaff(staff=station.staff[Role.CLERK]))
    with pytest.raises(StaffUnknown):
        unlock_staff(station.sit(Role.ADMINISTRATOR), UnlockStaff(staff=new_id()))


def test_a_new_role_stands_on_the_tile(station: Station, administrator: Desk) -> None:
    change_role(administrator, ChangeRole(staff=station.staff[Role.CLERK], role=Role.ADMINISTRATOR))
    assert [tile.role for tile in tiles(administrator)] == ["administrator", "administrator", "auditor"]
    change_role(administrator, ChangeRole(staff=station.staff[Role.ADMINISTRATOR], role=Role.CLERK))
    with pytest.raises(NotAllowed):
        change_role(administrator, ChangeRole(staff=station.staff[Role.CLERK], role=Role.CLERK))


def test_somebody_dismissed_has_no_way_in(station: Station, administrator: Desk) -> None:
    clerk = station.staff[Role.CLERK]
    dismiss_staff(administrator, DismissStaff(staff=clerk))
    with pytest.raises(NoSuchStaff):
        key_of(administrator, clerk, PASSPHRASE)
    with pytest.raises(StaffUnknown):
        dismiss_staff(administrator, DismissStaff(staff=clerk))
    card = next(card for card in staff_list(administrator, None) if card.id == clerk)
    assert card.dismissed_at == administrator.now()


def test_the_last_administrator_stays(station: Station, administrator: Desk) -> None:
    last = station.staff[Role.ADMINISTRATOR]
    assert [card.last_administrator for card in staff_list(administrator, None)] == [True, False, False]
    with pytest.raises(LastAdministrator):
        dismiss_staff(administrator, DismissStaff(staff=last))
    with pytest.raises(LastAdministrator):
        change_role(administrator, ChangeRole(staff=last, role=Role.AUDITOR))
    assert key_of(administrator, last, PASSPHRASE) == KEY


def test_everybody_changes_their_own_passphrase(station: Station) -> None:
    desk, auditor = station.sit(Role.AUDITOR), station.staff[Role.AUDITOR]
    change_passphrase(desk, ChangePassphrase(old=PASSPHRASE, new=NEW))
    assert key_of(desk, auditor, NEW) == KEY
    with pytest.raises(WrongPassphrase) as wrong:
        change_passphrase(desk, ChangePassphrase(old=PASSPHRASE, new=NEW))
    with pytest.raises(WeakPassphrase) as weak:
        change_passphrase(desk, ChangePassphrase(old=NEW, new="1"))
    assert (wrong.value.field, weak.value.field) == ("old", "new")


def test_a_forgotten_passphrase_is_set_anew(station: Station, administrator: Desk) -> None:
    clerk = station.staff[Role.CLERK]
    renew_passphrase(administrator, RenewPassphrase(staff=clerk, passphrase=NEW))
    assert key_of(administrator, clerk, NEW) == KEY
    with pytest.raises(StaffUnknown):
        renew_passphrase(administrator, RenewPassphrase(staff=new_id(), passphrase=NEW))


def test_a_new_recovery_sheet_is_a_paper(administrator: Desk) -> None:
    assert renew_recovery_sheet(administrator, None).value.startswith(b"%PDF")


def test_whoever_opens_a_way_in_leaves_a_line(station: Station, administrator: Desk) -> None:
    clerk, own = station.staff[Role.CLERK], station.staff[Role.ADMINISTRATOR]
    change_passphrase(administrator, ChangePassphrase(old=PASSPHRASE, new=NEW))
    renew_passphrase(administrator, RenewPassphrase(staff=clerk, passphrase=NEW))
    renew_recovery_sheet(administrator, None)
    with pytest.raises(WeakPassphrase):
        renew_passphrase(administrator, RenewPassphrase(staff=clerk, passphrase="1"))
    noted = [(one.what, one.object) for one in audit_trail(administrator, AuditQuery()).entries]
    assert noted == [
        ("renewed_sheet", f"staff:{own}"),
        ("renewed_passphrase", f"staff:{clerk}"),
        ("changed_passphrase", f"staff:{own}"),
    ]


def test_what_happened_to_somebody_in_words(station: Station, administrator: Desk) -> None:
    clerk = station.staff[Role.CLERK]
    station.clock.forward(hours=1)
    edit_staff(administrator, EditStaff(staff=clerk, name="陈方"))
    change_role(administrator, ChangeRole(staff=clerk, role=Role.AUDITOR))
    dismiss_staff(administrator, DismissStaff(staff=clerk))
    told = history_of(administrator, f"staff:{clerk}")
    assert [one.text for one in told] == ["成为操作员", "修改了姓名或档案", "改任审计员", "不再是工作人员"]
    assert {one.by for one in told} == {"沈静"}
    assert told[1].at == station.clock.now
