"""What to say when a document's number or a credit code cannot be right (证件)."""

from __future__ import annotations

from app.domain.identity import (
    ID_TYPE_NAMES,
    CreditCodeWrong,
    IdFutureBirth,
    IdImpossibleDate,
    IdMissing,
    IdType,
    IdWrongCharacter,
    IdWrongCheckDigit,
    IdWrongForm,
    IdWrongLength,
)
from app.domain.moments import full_date
from app.sentences import says
from app.words import N_, _

_FORMS = {
    IdType.RESIDENT: N_("居民身份证是 18 位；9 开头的是外国人永久居留身份证，请换证件类型"),
    IdType.PASSPORT: N_("护照号是 5 到 17 位字母和数字"),
    IdType.TAIWAN: N_("台胞证号是 8 位数字"),
    IdType.HONG_KONG_MACAU: N_("通行证号是 H 或 M 加 8 位数字"),
    IdType.FOREIGNER: N_("新证是 9 开头的 18 位数字，旧证是 3 个字母加 12 位数字"),
    IdType.OTHER: N_("最多 30 个字符"),
}


@says(IdMissing)
def _missing(it: IdMissing) -> str:
    return _("请输入证件号码")


@says(IdWrongLength)
def _length(it: IdWrongLength) -> str:
    if it.characters < it.expected:
        return _("还差 {count} 位，应为 {expected} 位").format(
            count=it.expected - it.characters, expected=it.expected
        )
    return _("多了 {count} 位，应为 {expected} 位").format(
        count=it.characters - it.expected, expected=it.expected
    )


@says(IdWrongCharacter)
def _character(it: IdWrongCharacter) -> str:
    return _("第 {position} 位“{character}”不是数字").format(position=it.position, character=it.character)


@says(IdWrongCheckDigit)
def _check_digit(it: IdWrongCheckDigit) -> str:
    return _("号码对不上，有一位输错了，请对着证件再看一遍")


@says(IdImpossibleDate)
def _date(it: IdImpossibleDate) -> str:
    return _("第 7 到 14 位“{digits}”不是真实的出生日期").format(digits=it.digits)


@says(IdFutureBirth)
def _future(it: IdFutureBirth) -> str:
    return _("出生日期 {birth} 还没到，请核对").format(birth=full_date(it.birth))


@says(IdWrongForm)
def _form(it: IdWrongForm) -> str:
    return _("不像{id_type}的号码：{form}").format(
        id_type=_(ID_TYPE_NAMES[it.id_type]), form=_(_FORMS[it.id_type])
    )


@says(CreditCodeWrong)
def _credit_code(it: CreditCodeWrong) -> str:
    return _("统一社会信用代码是 18 位，这个对不上，请对着证书再看一遍")
