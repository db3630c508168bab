"""Changing the person at an opened desk."""

from __future__ import annotations

import pytest

from app.actions.audit import AuditQuery, audit_trail
from app.actions.desk import NotSignedIn
from app.actions.drafts import my_drafts
from app.actions.session import (
    SignIn,
    lock,
    passphrase_rules,
    sign_in_again,
    sign_in_by_sheet,
    staff_by_sheet,
    tiles,
)
from app.actions.staff import DismissStaff, dismiss_staff
from app.actions.startup import Recover
from app.domain.staff import Role
from app.storage.keys import NoSuchStaff, SignInLocked, WrongPassphrase, WrongRecoveryCode
from tests.support.databases import KEY
from tests.support.desk import PASSPHRASE, STAFF, Station


def sign_in(station: Station, role: Role, passphrase: str = PASSPHRASE) -> str:
    return sign_in_again(station.desk, SignIn(staff=station.staff[role], passphrase=passphrase)).value.name


def test_another_person_sits_down(station: Station) -> None:
    assert sign_in(station, Role.ADMINISTRATOR) == "沈静"
    assert station.desk.signed_in is not None
    assert station.desk.signed_in.role is Role.ADMINISTRATOR
    assert [entry.what for entry in audit_trail(station.desk, AuditQuery()).entries] == ["signed_in"]


def test_a_locked_desk_lets_nobody_act_until_somebody_signs_in(station: Station) -> None:
    lock(station.desk)
    with pytest.raises(NotSignedIn):
        my_drafts(station.desk, "order")
    assert [tile.name for tile in tiles(station.desk)] == list(STAFF.values())
    sign_in(station, Role.CLERK)
    assert my_drafts(station.desk, "order") == ()


def test_a_wrong_passphrase_changes_nobody(station: Station) -> None:
    with pytest.raises(WrongPassphrase) as refused:
        sign_in(station, Role.ADMINISTRATOR, "wrong")
    assert refused.value.tries_left == 4
    assert station.desk.signed_in is not None
    assert station.desk.signed_in.name == "陈芳"


def test_five_wrong_ones_lock_the_tile_for_a_quarter_of_an_hour(station: Station) -> None:
    for _ in range(4):
        with pytest.raises(WrongPassphrase):
            sign_in(station, Role.ADMINISTRATOR, "wrong")
    with pytest.raises(SignInLocked):
        sign_in(station, Role.ADMINISTRATOR, "wrong")
    with pytest.raises(SignInLocked):
        sign_in(station, Role.ADMINISTRATOR)
    assert tiles(station.desk)[0].locked_minutes == 15
    station.clock.forward(minutes=16)
    assert sign_in(station, Role.ADMINISTRATOR) == "沈静"


def test_somebody_dismissed_cannot_sit_down(station: Station) -> None:
    dismiss_staff(station.sit(Role.ADMINISTRATOR), DismissStaff(staff=station.staff[Role.CLERK]))
    with pytest.raises(NoSuchStaff):
        sign_in(station, Role.CLERK)


def test_rules_of_a_passphrase_tick_one_by_one() -> None:
    assert [kept for _rule, kept in passphrase_rules("chunfeng", "陈芳")] == [True, False, True]


def test_the_key_is_shown_nowhere(station: Station) -> None:
    assert KEY.hex() not in repr(station.desk)
    assert repr(KEY) not in repr(station.desk)
    assert PASSPHRASE not in repr(SignIn(staff="1" * 32, passphrase=PASSPHRASE))


def test_the_recovery_sheet_gives_a_new_passphrase_at_a_locked_desk(station: Station) -> None:
    code = "-".join(station.desk.vault.keys.renew_recovery(KEY).lines())
    lock(station.desk)
    assert [member.name for member in staff_by_sheet(station.desk, code)] == list(STAFF.values())
    request = Recover(code=code, staff=station.staff[Role.CLERK], passphrase="Qiuyu-2027")
    assert sign_in_by_sheet(station.desk, request).value.name == "陈芳"
    lock(station.desk)
    assert sign_in(station, Role.CLERK, "Qiuyu-2027") == "陈芳"


def test_an_older_recovery_sheet_opens_nothing(station: Station) -> None:
    keys = station.desk.vault.keys
    code = keys.renew_recovery(KEY).characters
    keys.renew_recovery(KEY)
    lock(station.desk)
    request = Recover(code=code, staff=station.staff[Role.CLERK], passphrase="Qiuyu-2027")
    with pytest.raises(WrongRecoveryCode):
        staff_by_sheet(station.desk, code)
    with pytest.raises(WrongRecoveryCode):
        sign_in_by_sheet(station.desk, request)
    assert station.desk.signed_in is None
