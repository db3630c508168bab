"""What volunteers of the sample station do again and again (活动). Modelled on what counties have published; everything
is invented.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Activity:
    """Something volunteers do again and again. ``team`` is a society or brigade by name; a village's squad if None.

    ``months`` are those in which it happens, ``weekdays`` 0 to 6 (Monday first); ``people``, ``hours`` (of the start)
    and ``minutes`` are ranges. ``weight`` is how usual it is.
    """

    name: str
    content: str
    category: str
    place: str
    team: str | None = None
    months: frozenset[int] = frozenset(range(1, 13))
    weekdays: frozenset[int] = frozenset(range(7))
    people: tuple[int, int] = (3, 9)
    hours: tuple[int, int] = (8, 15)
    minutes: tuple[int, int] = (60, 180)
    weight: int = 4


_WEEKEND, _WORKDAYS = frozenset({5, 6}), frozenset(range(5))

ACTIVITIES = (
    Activity(
        "环境卫生大扫除", "清扫街道和卫生死角", "cleaning.yard", "{village}主街", people=(5, 14), weight=10
    ),
    Activity(
        "入户看望老人", "看望独居老人，打扫屋子、陪聊", "visit.chat", "{village}", people=(2, 5), weight=10
    ),
    Activity(
        "冬季平安巡查",
        "走访门户、提醒防火防煤气",
        "safety.patrol",
        "{village}",
        months=frozenset({11, 12, 1, 2}),
    ),
    Activity(
        "扫雪除冰", "清扫路面积雪", "cleaning.yard", "{village}", months=frozenset({12, 1, 2}), people=(6, 15)
    ),
    Activity(
        "麦收帮扶",
        "帮缺劳力的农户收麦",
        "meals.farm",
        "{village}麦田",
        months=frozenset({6}),
        people=(5, 12),
        weight=14,
    ),
    Activity(
        "三秋帮扶",
        "帮缺劳力的农户收玉米",
        "meals.farm",
        "{village}",
        months=frozenset({9, 10}),
        people=(4, 10),
        weight=8,
    ),
    Activity(
        "包饺子送温暖",
        "给五保老人包饺子",
        "meals.cooking",
        "{village}",
        months=frozenset({12, 1, 2}),
        people=(5, 12),
    ),
    Activity(
        "爱心理发", "为老人理发", "haircut.site", "{village}", "爱心理发服务社", people=(2, 5), weight=6
    ),
    Activity(
        "健康义诊", "量血压、测血糖、健康咨询", "health.clinic", "{village}卫生室", "健康义诊服务社", weight=6
    ),
    Activity(
        "理论宣讲",
        "用身边事讲政策",
        "culture.theory",
        "{village}文化大院",
        "理论宣讲服务社",
        people=(1, 3),
        weight=6,
    ),
    Activity(
        "送戏下乡",
        "山东梆子、小品演出",
        "culture.opera",
        "{village}文化广场",
        "云溪文艺服务社",
        people=(8, 16),
        minutes=(120, 210),
    ),
    Activity(
        "家电义务维修",
        "维修电视、电饭锅、收音机",
        "repair.appliance",
        "{village}",
        "家电维修服务社",
        people=(2, 4),
        weight=4,
    ),
    Activity(
        "线路排查",
        "检查老人家中电线和插座",
        "repair.power",
        "{village}",
        "水电维修服务社",
        people=(2, 3),
        weight=3,
    ),
    Activity(
        "四点半课堂",
        "课后看护、辅导作业",
        "visit.child",
        "云溪小学",
        "四点半课堂服务社",
        weekdays=_WORKDAYS,
        people=(2, 5),
        hours=(15, 15),
        minutes=(90, 120),
        weight=9,
    ),
    Activity(
        "周末兴趣课堂",
        "书法、剪纸、朗诵",
        "culture.class",
        "{village}文化大院",
        "教师志愿服务支队",
        weekdays=_WEEKEND,
        people=(2, 5),
    ),
    Activity(
        "剪纸写春联",
        "为村民写春联、送福字",
        "culture.class",
        "{village}",
        "书法剪纸服务社",
        months=frozenset({1, 2}),
        weight=8,
    ),
    Activity(
        "手机课堂",
        "教老人视频通话、防诈骗",
        "visit.phone",
        "{village}文化大院",
        "银龄智能手机服务社",
        people=(2, 5),
        weight=5,
    ),
    Activity(
        "长者食堂帮厨",
        "择菜、做饭、送餐",
        "meals.delivery",
        "镇长者食堂",
        "夕阳红助餐服务社",
        people=(2, 6),
        hours=(9, 10),
        minutes=(120, 180),
        weight=9,
    ),
    Activity(
        "代购代办",
        "为行动不便的人家买菜取药",
        "errands.shopping",
        "{village}",
        "代购跑腿服务社",
        people=(1, 4),
        weight=5,
    ),
    Activity(
        "云溪河清河行动",
        "捡拾河岸垃圾",
        "surroundings.river",
        "云溪河边",
        "绿水护河服务社",
        months=frozenset({3, 4, 5, 6, 7, 9, 10}),
        people=(6, 15),
        weight=5,
    ),
    Activity(
        "义务植树",
        "在村口和河堤植树",
        "surroundings.green",
        "云溪河堤",
        "青年志愿服务支队",
        months=frozenset({3, 4}),
        people=(8, 16),
        weight=5,
    ),
    Activity(
        "汛期巡堤",
        "巡查塘坝和易积水路段",
        "safety.flood",
        "云溪水库",
        "应急救援服务社",
        months=frozenset({6, 7, 8}),
        people=(3, 8),
        weight=6,
    ),
    Activity(
        "消防隐患排查",
        "入户检查灭火器和燃气",
        "safety.fire",
        "{village}",
        "应急救援服务社",
        people=(2, 5),
        weight=3,
    ),
    Activity(
        "高考护航",
        "考点周边引导和送水",
        "safety.traffic",
        "镇中学",
        "交通引导服务社",
        months=frozenset({6}),
        people=(6, 12),
        weight=3,
    ),
    Activity(
        "赶集日交通引导",
        "疏导车辆、劝导停放",
        "safety.traffic",
        "镇大集",
        "交通引导服务社",
        people=(3, 7),
        hours=(7, 8),
        weight=6,
    ),
    Activity(
        "晨练教八段锦",
        "教居民练八段锦",
        "culture.sport",
        "{village}文化广场",
        "广场舞健身服务社",
        hours=(6, 7),
        minutes=(60, 75),
        people=(1, 3),
        weight=5,
    ),
    Activity(
        "放电影",
        "放映公益电影",
        "culture.film",
        "{village}文化广场",
        "流动电影服务社",
        months=frozenset({6, 7, 8}),
        hours=(15, 15),
        people=(1, 3),
        weight=2,
    ),
    Activity(
        "邻里调解",
        "说和邻里纠纷",
        "law.mediation",
        "{village}调解室",
        "邻里调解服务社",
        people=(2, 3),
        minutes=(60, 150),
        weight=3,
    ),
    Activity(
        "法律进村",
        "法律咨询和防诈骗宣传",
        "law.advice",
        "{village}",
        "法律援助服务社",
        people=(1, 3),
        weight=2,
    ),
    Activity(
        "党员义务劳动",
        "修整村道、清理沟渠",
        "cleaning.yard",
        "{village}",
        "党员先锋志愿服务支队",
        people=(5, 14),
        weight=5,
    ),
    Activity(
        "巾帼家庭关爱",
        "看望困难妇女和儿童",
        "visit.child",
        "{village}",
        "巾帼志愿服务支队",
        people=(3, 8),
        weight=4,
    ),
    Activity(
        "红白事简办帮忙",
        "帮办婚丧事，劝导简办",
        "customs.wedding",
        "{village}",
        "红白理事服务社",
        people=(2, 5),
        minutes=(120, 240),
        weight=3,
    ),
)

THEME_DAY = Activity(
    "学雷锋志愿服务日",
    "便民服务：理发、义诊、磨刀、维修、宣讲",
    "customs.civility",
    "镇文化广场",
    people=(8, 18),
    minutes=(120, 200),
)
"""On 5 March everybody is out."""

DUTY = Activity(
    "飞燕值班走访", "当天值班，走访老人和孩子，代为点单", "visit.check", "{village}", minutes=(80, 150)
)
"""One swallow of a village's ten is on duty each day."""
