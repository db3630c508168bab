"""What to say when a region code is incomplete (行政区划代码)."""

from __future__ import annotations

from app.domain import regions
from app.domain.regions import RegionMissing, RegionNotDigits, RegionWrongLength
from app.domain.villages import LONGEST_NAME_CHARACTERS, VillageNames, VillageNameWrong
from app.sentences import FieldWords, calls, says
from app.words import N_, _

calls(
    VillageNames,
    N_("本地村居名称"),
    N_("国家的代码表里没有村居，本站服务的村居在这里起名。记录里存的是代码。"),
    {"names": FieldWords(N_("{key} {value}"), N_("还没有给村居起名"), key=regions.grouped)},
)


@says(VillageNameWrong)
def _village_name_wrong(it: VillageNameWrong) -> str:
    return _("“{code} {name}”：代码要 12 位数字，名称要写，最多 {longest} 个字").format(
        code=it.code, name=it.said, longest=LONGEST_NAME_CHARACTERS
    )


@says(RegionMissing)
def _missing(it: RegionMissing) -> str:
    return _("请输入 12 位区划代码")


@says(RegionWrongLength)
def _length(it: RegionWrongLength) -> str:
    return _("区划代码是 12 位（县 6 位、乡镇 9 位也行），现在是 {digits} 位").format(digits=it.digits)


@says(RegionNotDigits)
def _digits(it: RegionNotDigits) -> str:
    return _("第 {position} 位不是数字").format(position=it.position)
