"""The sample town (云溪镇): its villages, and the sixty teams of its volunteers. None of it exists.

The town's nine digits are free in a county that exists, so that a code typed on a screen answers with a county.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.demo.words import VILLAGES
from app.domain.teams import Level

NAME = "云溪镇新时代文明实践所"
REGION = "370883120000"
_TOWN_DIGITS = 9

CORPS = "总队"
SWALLOWS = "飞燕"
"""Marks of the two kinds of teams that are joined in their own way: everybody's, and ten a village."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A team that will be founded. ``parent`` and ``village`` are names; ``day`` counts from the station's first.

    ``categories`` are what it takes, ``skill`` what its members can, ``share`` of the volunteers join it.
    """

    name: str
    level: Level
    parent: str | None
    categories: tuple[str, ...] = ()
    village: str | None = None
    skills: tuple[str, ...] = ()
    share: float = 0.0
    day: int = 0


_HELP = ("visit", "errands", "cleaning", "meals", "surroundings.green", "surroundings.river", "safety.patrol")

_BRIGADES = (
    ("党员先锋志愿服务支队", ("visit", "culture.theory", "safety"), 0.08),
    ("青年志愿服务支队", ("visit.phone", "culture.schooling", "customs.event"), 0.06),
    ("巾帼志愿服务支队", ("visit", "cleaning", "meals"), 0.07),
    ("退役军人志愿服务支队", ("safety", "benefits.veteran", "customs.civility"), 0.03),
    ("教师志愿服务支队", ("culture.schooling", "culture.class", "visit.child"), 0.03),
)

_SOCIETIES: tuple[tuple[str, tuple[str, ...], tuple[str, ...], float], ...] = (
    ("理论宣讲服务社", ("culture.theory", "culture.history"), ("普通话",), 0.02),
    ("云溪文艺服务社", ("culture.opera", "culture.class"), ("唱戏",), 0.03),
    ("爱心理发服务社", ("haircut",), ("理发",), 0.014),
    ("家电维修服务社", ("repair.appliance", "repair.tools", "repair.lock"), ("维修",), 0.012),
    ("水电维修服务社", ("repair.power", "repair.appliance"), ("维修", "电工证"), 0.007),
    ("健康义诊服务社", ("health",), ("医护",), 0.02),
    ("代购跑腿服务社", ("errands",), ("驾驶",), 0.03),
    ("法律援助服务社", ("law.advice", "law.tax", "law.drugs"), ("法律",), 0.006),
    ("邻里调解服务社", ("law.mediation", "customs.wedding"), (), 0.012),
    ("夕阳红助餐服务社", ("meals.delivery", "meals.cooking"), ("做饭",), 0.025),
    ("助农帮收服务社", ("meals.farm",), (), 0.025),
    ("绿水护河服务社", ("surroundings.green", "surroundings.river", "surroundings.rubbish"), (), 0.03),
    ("四点半课堂服务社", ("visit.child", "culture.schooling"), ("辅导作业",), 0.02),
    ("心理关爱服务社", ("health.mind", "visit.chat"), (), 0.006),
    ("银龄智能手机服务社", ("visit.phone",), ("电脑手机",), 0.012),
    ("广场舞健身服务社", ("culture.sport",), ("跳广场舞",), 0.02),
    ("书法剪纸服务社", ("culture.class", "culture.history"), ("写毛笔字",), 0.01),
    ("流动电影服务社", ("culture.film",), (), 0.004),
    ("红白理事服务社", ("customs.wedding", "customs.civility"), (), 0.012),
    ("应急救援服务社", ("safety.fire", "safety.flood", "safety.epidemic"), (), 0.015),
    ("交通引导服务社", ("safety.traffic", "customs.guide", "customs.event"), (), 0.02),
)


def region_of(town: str, digits: str) -> str:
    """The code of a village (three digits) of the town whose code this is."""
    return town[:_TOWN_DIGITS] + digits


def villages(town: str) -> list[tuple[str, str]]:
    """Code and name of every village."""
    return [(region_of(town, digits), name) for digits, name in VILLAGES]


def team_plans() -> Iterator[Plan]:
    """Sixty teams, each after the one it stands below."""
    corps = f"云溪镇志愿服务{CORPS}"
    yield Plan(corps, Level.CORPS, None)
    for name, categories, share in _BRIGADES:
        yield Plan(name, Level.BRIGADE, corps, categories, share=share, day=2)
    swallows = f"{SWALLOWS}志愿服务大队"
    yield Plan(swallows, Level.BRIGADE, corps, ("visit",), share=0.003, day=3)
    for turn, (_digits, village) in enumerate(VILLAGES):
        yield Plan(f"{village}志愿服务队", Level.SQUAD, corps, _HELP, village, day=1 + turn // 4)
        yield Plan(f"{village}{SWALLOWS}小队", Level.SQUAD, swallows, ("visit",), village, day=5 + turn // 2)
    for turn, (name, takes, skills, share) in enumerate(_SOCIETIES):
        # The last ones only came when the others had shown how it goes.
        yield Plan(name, Level.SOCIETY, corps, takes, skills=skills, share=share, day=8 + turn * turn // 2)
