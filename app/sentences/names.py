"""What to say when a name cannot be kept as typed (姓名)."""

from __future__ import annotations

from app.domain.names import NameHoldsNumber, NameMissing, NameTooLong, NameUnprintable
from app.sentences import says
from app.words import _


@says(NameMissing)
def _missing(it: NameMissing) -> str:
    return _("请输入姓名")


@says(NameTooLong)
def _long(it: NameTooLong) -> str:
    return _("姓名有 {characters} 个字，最多 {limit} 个").format(characters=it.characters, limit=it.limit)


@says(NameHoldsNumber)
def _number(it: NameHoldsNumber) -> str:
    return _("姓名里有一串数字，电话和证件号请填到它们自己的格里")


@says(NameUnprintable)
def _unprintable(it: NameUnprintable) -> str:
    return _("第 {position} 个字打印不出来，请换输入法重打这个字").format(position=it.position)
