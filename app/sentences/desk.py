"""Saying why the desk does not open, or somebody may not act there (登录、权限、日期、数据文件夹)."""

from __future__ import annotations

from app.actions.desk import ClockJumped, NotAllowed, NotSignedIn
from app.actions.startup import ClockImpossible, DatabaseMissing, FolderNotEmpty
from app.domain.moments import full_date
from app.domain.problems import BrokenOff
from app.domain.staff import Role
from app.sentences import says
from app.sentences.staff import role_words
from app.storage.staff import NoLongerStaff
from app.words import _


@says(BrokenOff)
def _broken_off(it: BrokenOff) -> str:
    return _("这一步没有做成，是程序的毛病。写好的都还在，可以再试一次；还不行，就把问题记录交给维护的人。")


@says(NotSignedIn)
def _not_signed_in(it: NotSignedIn) -> str:
    return _("请先登录")


@says(NotAllowed)
def _not_allowed(it: NotAllowed) -> str:
    if it.role is Role.AUDITOR:
        return _("审计员只能看，不能改")
    return _("{role}不能做这一项，请管理员来办").format(role=role_words(it.role))


@says(ClockJumped)
def _clock_jumped(it: ClockJumped) -> str:
    return _(
        "这台电脑的日期是 {today}，上一条记录是 {newest}。日期若没错，请管理员重新登录来确认；若错了，请先调好"
    ).format(today=full_date(it.today), newest=full_date(it.newest))


@says(NoLongerStaff)
def _no_longer_staff(it: NoLongerStaff) -> str:
    return _("口令没错，但已不是本站的工作人员。请找管理员")


@says(ClockImpossible)
def _clock_impossible(it: ClockImpossible) -> str:
    return _("这台电脑的日期是 {today}，请先把日期调对，再来建站。").format(today=full_date(it.today))


@says(FolderNotEmpty)
def _folder_not_empty(it: FolderNotEmpty) -> str:
    return _("这个文件夹里已有别的文件，请换一个空文件夹：{place}").format(place=it.place)


@says(DatabaseMissing)
def _database_missing(it: DatabaseMissing) -> str:
    if it.backup is None:
        return _("钥匙还在，资料文件不见了，也没有备份。请找找它是不是被移走了：{place}").format(
            place=it.place
        )
    return _("资料文件不见了：{place}。可以恢复 {day} 的备份，之后记下的会自动补回").format(
        place=it.place, day=full_date(it.backup)
    )
