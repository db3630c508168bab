"""People (人员) and volunteers (志愿者) in words: refusals, what is hidden, and what happened to a profile."""

from __future__ import annotations

from datetime import datetime

from app.actions.people import ServiceKindUnknown
from app.domain.identity import SEX_NAMES, Sex
from app.domain.moments import full_date
from app.domain.numbers import grouped
from app.domain.people import (
    GROUP_NAMES,
    AlreadyVolunteer,
    BirthContradictsId,
    BirthImpossible,
    BirthMissing,
    DayNotUnderstood,
    Group,
    GuardianMissing,
    GuardianUnfit,
    IdNumberTaken,
    NotAVolunteer,
    PersonUnknown,
    ReferrerUnfit,
    RegisteredInTheFuture,
    SexContradictsId,
    TooYoung,
    VolunteerAges,
    VolunteerHasLeft,
)
from app.facts.people import (
    PersonEdited,
    PersonRegistered,
    VolunteerEdited,
    VolunteerLeft,
    VolunteerNote,
    VolunteerRegistered,
    VolunteerReturned,
)
from app.sentences import FieldWords, Names, calls, says, stays, tells
from app.storage.fold import Recorded
from app.words import N_, _

calls(
    VolunteerAges,
    N_("志愿者年龄"),
    N_("登记志愿者时按这个看。"),
    {
        "youngest_years": FieldWords(N_("满 {value} 岁可以当志愿者"), N_("多大都可以当志愿者")),
        "guardian_until_years": FieldWords(N_("不满 {value} 岁的要监护人同意"), N_("多大都不用监护人同意")),
    },
)

FIELDS = {
    "name": N_("姓名"),
    "id_type": N_("证件类型"),
    "id_number": N_("证件号"),
    "sex": N_("性别"),
    "born_on": N_("出生日期"),
    "phone": N_("电话"),
    "other_phone": N_("备用电话"),
    "region": N_("所在村社区"),
    "address": N_("住址"),
    "groups": N_("人群"),
    "remark": N_("备注"),
    "guardian": N_("监护人"),
    "skills": N_("特长"),
    "qualifications": N_("资质"),
    "categories": N_("服务类别"),
    "availability": N_("可服务时间"),
}


def group(value: Group) -> str:
    return _(GROUP_NAMES[value])


def sex(value: Sex) -> str:
    return _(SEX_NAMES[value])


def standing(number: str | None, left_at: datetime | None) -> str:
    """Whether somebody is a volunteer, was one, or is a resident."""
    if number is None:
        return _("普通居民")
    return _("曾是志愿者") if left_at is not None else _("在册志愿者")


@says(PersonUnknown)
def _unknown(it: PersonUnknown) -> str:
    return _("没有找到这个人，请重新查一下。")


@says(IdNumberTaken)
def _taken(it: IdNumberTaken) -> str:
    return _("这个证件号已经登记在“{name}”名下，请打开那份档案核对。").format(name=it.name)


@says(SexContradictsId)
def _sex(it: SexContradictsId) -> str:
    return _("身份证号上是{sex}性，请核对性别或证件号。").format(sex=sex(it.sex))


@says(BirthContradictsId)
def _birth(it: BirthContradictsId) -> str:
    return _("身份证号上是{date}出生，请核对出生日期或证件号。").format(date=full_date(it.birth))


@says(DayNotUnderstood)
def _day(it: DayNotUnderstood) -> str:
    return _("没看懂“{text}”。写年月日，例如 1965-3-4").format(text=it.text)


@says(BirthImpossible)
def _birth_impossible(it: BirthImpossible) -> str:
    return _("{date}不像出生日期，请核对年份。").format(date=full_date(it.birth))


@says(GuardianMissing)
def _guardian(it: GuardianMissing) -> str:
    return _("未满 {years} 周岁，要监护人同意，请选上监护人。").format(years=it.until_years)


@says(GuardianUnfit)
def _guardian_unfit(it: GuardianUnfit) -> str:
    return _("监护人要是另一位成年人，请另选。")


@says(BirthMissing)
def _birth_missing(it: BirthMissing) -> str:
    return _("登记志愿者要知道年龄，请填身份证号或出生日期。")


@says(TooYoung)
def _too_young(it: TooYoung) -> str:
    return _("志愿者要满 {years} 周岁，现在还不能登记。").format(years=it.youngest_years)


@says(RegisteredInTheFuture)
def _future(it: RegisteredInTheFuture) -> str:
    return _("登记日期还没到，请填今天或以前的日子。")


@says(ReferrerUnfit)
def referrer_unfit(problem: ReferrerUnfit) -> str:
    return _("推荐人要是另一位在册的志愿者。")


@says(AlreadyVolunteer)
def _already(it: AlreadyVolunteer) -> str:
    return _("已经是志愿者了，编号 {number}。").format(number=grouped(it.number))


@says(VolunteerHasLeft)
def _has_left(it: VolunteerHasLeft) -> str:
    return _("以前登记过，编号 {number}。用“恢复服务”就能接着用原来的编号。").format(
        number=grouped(it.number)
    )


@says(NotAVolunteer)
def _not_a_volunteer(it: NotAVolunteer) -> str:
    return _("{name}现在不是志愿者，请先登记或恢复服务。").format(name=it.name)


@says(ServiceKindUnknown)
def _service_kind(it: ServiceKindUnknown) -> str:
    return _("服务类别表里没有这一项，请重新选。")


@tells(PersonRegistered)
def tell_registered(it: Recorded[PersonRegistered], names: Names) -> str:
    return _("登记建档")


@tells(PersonEdited)
def tell_edited(it: Recorded[PersonEdited], names: Names) -> str:
    return _("改了{fields}").format(fields=_fields(it.body.fields))


@tells(VolunteerRegistered)
def tell_volunteer(it: Recorded[VolunteerRegistered], names: Names) -> str:
    return _("登记为志愿者，编号 {number}").format(number=grouped(it.body.number))


@tells(VolunteerEdited)
def tell_volunteer_edited(it: Recorded[VolunteerEdited], names: Names) -> str:
    return _("改了{fields}").format(fields=_fields(it.body.fields))


@tells(VolunteerLeft)
def tell_left(it: Recorded[VolunteerLeft], names: Names) -> str:
    note = it.part(it.body.person, VolunteerNote)
    return _("不再做志愿者：{reason}").format(reason=note.text) if note else _("不再做志愿者了")


@tells(VolunteerReturned)
def tell_returned(it: Recorded[VolunteerReturned], names: Names) -> str:
    return _("恢复志愿服务")


def _fields(fields: tuple[str, ...]) -> str:
    """Which fields, in words; those that only a newer program knows are summed up."""
    known = [_(FIELDS[field]) for field in fields if field in FIELDS]
    return _("、").join(known) or _("资料")


stays(
    PersonRegistered,
    because=N_("登记过的人撤不掉。写错了就改资料；不该登记的，请管理员删除个人信息。"),
)
