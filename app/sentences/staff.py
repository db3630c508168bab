"""Staff (工作人员) in words: roles, refusals, and what happened to somebody."""

from __future__ import annotations

from app.actions.staff import StaffPersonUnknown, StaffUnknown
from app.domain.staff import LastAdministrator, Role, StaffNameTaken
from app.facts.staff import RoleChanged, StaffAdmitted, StaffDismissed, StaffEdited
from app.sentences import Names, says, stays, tells
from app.storage.fold import Recorded
from app.words import N_, _

_ROLES = {
    Role.ADMINISTRATOR: N_("管理员"),
    Role.CLERK: N_("操作员"),
    Role.AUDITOR: N_("审计员"),
}


def role_words(role: str) -> str:
    """What a role is called; one from a newer program stays as it is."""
    return _(_ROLES[Role(role)]) if role in _ROLES else role


@says(LastAdministrator)
def _last_administrator(it: LastAdministrator) -> str:
    return _("{name}是唯一的管理员。请先让另一个人当管理员").format(name=it.name)


@says(StaffNameTaken)
def _name_taken(it: StaffNameTaken) -> str:
    return _("已经有一位{name}了。请加上区分，如 {name}（东院）").format(name=it.name)


@says(StaffUnknown)
def _unknown(it: StaffUnknown) -> str:
    return _("这个人已不在工作人员名单里")


@says(StaffPersonUnknown)
def _person_unknown(it: StaffPersonUnknown) -> str:
    return _("人员档案里没有这个人")


@tells(StaffAdmitted)
def tell_admitted(it: Recorded[StaffAdmitted], names: Names) -> str:
    return _("成为{role}").format(role=role_words(it.body.role))


@tells(StaffEdited)
def tell_edited(it: Recorded[StaffEdited], names: Names) -> str:
    return _("修改了姓名或档案")


@tells(RoleChanged)
def tell_role_changed(it: Recorded[RoleChanged], names: Names) -> str:
    return _("改任{role}").format(role=role_words(it.body.role))


@tells(StaffDismissed)
def tell_dismissed(it: Recorded[StaffDismissed], names: Names) -> str:
    return _("不再是工作人员")


stays(StaffAdmitted, because=N_("口令已经设好，撤不掉。不让他再登录，请在“工作人员”里点“不再是工作人员”。"))
stays(StaffDismissed, because=N_("口令已经收回，撤不掉。还要用，就重新添加。"))
