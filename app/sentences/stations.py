"""Stations (站) in words: refusals, and what happened to the station."""

from __future__ import annotations

from app.domain.moments import say_date
from app.domain.stations import StationLevel, StationNameMissing, StationNameTooLong
from app.facts.stations import ClockConfirmed, IncarnationBegun, StationFounded, StationRenamed
from app.sentences import Names, says, stays, tells
from app.storage.fold import Recorded
from app.words import N_, _

_LEVELS = {
    StationLevel.CENTRE: N_("中心"),
    StationLevel.OFFICE: N_("所"),
    StationLevel.STATION: N_("站"),
}


def level_words(level: str) -> str:
    """What a level is called; one from a newer program stays as it is."""
    return _(_LEVELS[StationLevel(level)]) if level in _LEVELS else level


@says(StationNameMissing)
def _name_missing(it: StationNameMissing) -> str:
    return _("请写站点的名称")


@says(StationNameTooLong)
def _name_too_long(it: StationNameTooLong) -> str:
    return _("名称太长，最多 {longest} 个字").format(longest=it.longest_characters)


@tells(StationFounded)
def tell_founded(it: Recorded[StationFounded], names: Names) -> str:
    return _("建站：{name}，{region}").format(name=it.body.name, region=names.region(it.body.region))


@tells(StationRenamed)
def tell_renamed(it: Recorded[StationRenamed], names: Names) -> str:
    return _("改为：{name}，{region}").format(name=it.body.name, region=names.region(it.body.region))


@tells(IncarnationBegun)
def tell_incarnation_begun(it: Recorded[IncarnationBegun], names: Names) -> str:
    body = it.body
    if body.doubt_from is None or body.doubt_until is None:
        return _("资料曾被还原，补回 {replayed} 条记录，往后编号用 {register} 册").format(
            replayed=body.replayed, register=body.register
        )
    return _("资料曾被还原，补回 {replayed} 条记录，{first}起的可能不全，往后编号用 {register} 册").format(
        replayed=body.replayed,
        register=body.register,
        first=say_date(body.doubt_from, body.doubt_until),
    )


@tells(ClockConfirmed)
def tell_clock_confirmed(it: Recorded[ClockConfirmed], names: Names) -> str:
    day = it.body.today
    return _("确认日期无误：{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


stays(StationFounded, because=N_("站已经建好，撤不掉。写错了就改名称和地区。"))
stays(IncarnationBegun, because=N_("这是程序自己补记的，撤不掉。"))
stays(ClockConfirmed, because=N_("日期已经确认，撤不掉。日期若错了，请把电脑的日期调对。"))
