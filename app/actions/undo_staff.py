"""Undoing what was done with staff (工作人员): names and roles stand as before."""

from __future__ import annotations

from app.actions.desk import Work
from app.actions.staff import ChangeRole, EditStaff, change_role, edit_staff
from app.actions.undo import Undoing, undoes
from app.domain.staff import Role
from app.facts.staff import RoleChanged, StaffEdited
from app.storage import staff as storage


@undoes(StaffEdited)
def undo_edit(work: Work, that: Undoing[StaffEdited]) -> None:
    before = storage.before(that.before, that.it.body.staff)
    edit_staff.inside(work, EditStaff(staff=that.it.body.staff, name=before["name"], person=before["person"]))


@undoes(RoleChanged)
def undo_role(work: Work, that: Undoing[RoleChanged]) -> None:
    before = storage.before(that.before, that.it.body.staff)
    change_role.inside(work, ChangeRole(staff=that.it.body.staff, role=Role(before["role"])))
