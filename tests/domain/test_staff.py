"""Who may be let in, and that somebody can always let others in."""

from __future__ import annotations

import pytest

from app.domain import staff as rules
from app.domain.staff import LastAdministrator, Member, Role, StaffNameTaken
from app.facts.staff import RoleChanged, StaffAdmitted, StaffDismissed, StaffName

JING = Member(id="1" * 32, name="沈静", role=Role.ADMINISTRATOR)
FANG = Member(id="2" * 32, name="陈芳", role=Role.CLERK)
OTHER_ADMINISTRATOR = Member(id="3" * 32, name="王琳", role=Role.ADMINISTRATOR)
ROSTER = [JING, FANG]
NEW = "4" * 32


def test_somebody_is_admitted_under_their_name_as_given() -> None:
    body, part = rules.admit(NEW, name=" 迪丽热巴·买买提 ", role=Role.CLERK, roster=ROSTER)
    assert body == StaffAdmitted(staff=NEW, role="clerk")
    assert part == StaffName(name="迪丽热巴·买买提")


def test_two_tiles_with_one_name_could_not_be_told_apart() -> None:
    with pytest.raises(StaffNameTaken) as refused:
        rules.admit(NEW, name="陈 芳", role=Role.CLERK, roster=ROSTER)
    assert refused.value.field == "name"


def test_ones_own_name_is_not_taken() -> None:
    body, part = rules.edit(FANG, name="陈芳", person="9" * 32, roster=ROSTER)
    assert (body.staff, part) == (FANG.id, StaffName(name="陈芳", person="9" * 32))
    with pytest.raises(StaffNameTaken):
        rules.edit(FANG, name="沈静", person=None, roster=ROSTER)


def test_a_role_changes() -> None:
    assert rules.change_role(FANG, Role.AUDITOR, roster=ROSTER) == [
        RoleChanged(staff=FANG.id, role="auditor")
    ]
    assert rules.change_role(FANG, Role.CLERK, roster=ROSTER) == []


def test_the_last_administrator_stays_one() -> None:
    with pytest.raises(LastAdministrator):
        rules.change_role(JING, Role.CLERK, roster=ROSTER)
    with pytest.raises(LastAdministrator) as refused:
        rules.dismiss(JING, roster=ROSTER)
    assert refused.value.name == "沈静"
    both = [*ROSTER, OTHER_ADMINISTRATOR]
    assert rules.change_role(JING, Role.CLERK, roster=both) == [RoleChanged(staff=JING.id, role="clerk")]
    assert rules.dismiss(JING, roster=both) == StaffDismissed(staff=JING.id)


def test_a_clerk_is_dismissed() -> None:
    assert rules.dismiss(FANG, roster=ROSTER) == StaffDismissed(staff=FANG.id)
