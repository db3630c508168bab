"""What to say when a telephone number cannot be called (电话)."""

from __future__ import annotations

from app.domain.phones import PhoneMissing, PhoneWithoutAreaCode, PhoneWrong
from app.sentences import says
from app.words import _

MOBILE_DIGITS = 11


@says(PhoneMissing)
def _missing(it: PhoneMissing) -> str:
    return _("请输入电话")


@says(PhoneWithoutAreaCode)
def _area_code(it: PhoneWithoutAreaCode) -> str:
    return _("座机请加区号，如 0571-{number}").format(number=it.number)


@says(PhoneWrong)
def _wrong(it: PhoneWrong) -> str:
    if it.starts_as_mobile and it.digits < MOBILE_DIGITS:
        return _("手机号还差 {count} 位").format(count=MOBILE_DIGITS - it.digits)
    if it.starts_as_mobile and it.digits > MOBILE_DIGITS:
        return _("手机号多了 {count} 位").format(count=it.digits - MOBILE_DIGITS)
    return _("不像电话号码：手机 11 位，座机加区号")
