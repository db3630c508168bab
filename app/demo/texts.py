"""What residents of the sample station ask for, and what is said and written along the way (点单用语).

Keyed by the codes of the shipped categories. Modelled on cases that counties have published; everything is invented.
"""

from __future__ import annotations

from dataclasses import dataclass

# Category: requests with what to mind ("" where nothing).
REQUESTS: dict[str, tuple[tuple[str, str], ...]] = {
    "visit.chat": (
        ("想找人来家里坐坐，说说话", "独居"),
        ("老伴刚走，孩子都在外地，盼着有人来陪陪", "独居"),
        ("腿摔了出不了门，想有人念念报纸", "行动不便"),
        ("请志愿者每周来看看，聊聊村里的事", "独居"),
    ),
    "visit.phone": (
        ("手机不会视频，想学会和孙子视频通话", ""),
        ("社保认证在手机上老是过不去，请人教一教", ""),
        ("新换的手机字太小，想调大，再学学微信付款", "眼神不好"),
        ("收到短信说要交钱，怕是骗人的，请人给看看", ""),
    ),
    "visit.child": (
        ("孩子放学后没人接，四点半到六点想有人看着", ""),
        ("下周三要去县医院，小孙女没人看半天", ""),
        ("奶奶住院，两个孩子放学后没地方去", "留守儿童"),
    ),
    "visit.wish": (
        ("孩子想要一个新书包，家里一时买不起", "留守儿童"),
        ("想拍一张全家福，几十年没照过了", ""),
        ("八十大寿想吃一碗大家一块做的长寿面", "独居"),
    ),
    "visit.check": (
        ("两天没看见后院老人出门，请人去敲敲门", "独居，耳背"),
        ("母亲电话一上午没人接，请就近去看看", "独居"),
        ("天冷了，请去看看五保老人的炉子和烟囱", "防煤气"),
    ),
    "haircut.home": (
        ("老人卧床半年，头发长了，请上门理发", "卧床"),
        ("父亲偏瘫出不了门，想请人来家理个发", "行动不便"),
        ("奶奶九十二了，想在家剪剪头发", "行动不便"),
        ("两口子都下不了楼，请来理发，三楼没电梯", "行动不便"),
    ),
    "haircut.site": (
        ("村里十几位老人想月底一块理发", ""),
        ("想问这个月爱心理发哪天来，给老伴报个名", ""),
        ("学校住校生该理发了，大约二十人", ""),
    ),
    "errands.shopping": (
        ("居家隔离出不了门，请代买{goods}", "传染，放门口"),
        ("腿疼下不了楼，请代买{goods}", "行动不便"),
        ("下大雪路滑，请帮着捎{goods}", ""),
        ("一个人带两个娃走不开，请代买{goods}", ""),
        ("请代买{goods}，钱回来给", "独居"),
    ),
    "errands.medicine": (
        ("降压药快吃完了，请到镇卫生院代取一个月的", "认准药名"),
        ("糖尿病的药今天断了，请帮忙取药", "行动不便"),
        ("村医开了中药，请到县医院药房代取", ""),
    ),
    "errands.paperwork": (
        ("高龄补贴要交身份证复印件，自己跑不动，请代办", "行动不便"),
        ("医保卡丢了，请代办补卡", ""),
        ("老人要办残疾证换证，请问要什么材料，能代跑吗", ""),
        ("户口本上名字写错一个字，请陪着去派出所改", ""),
    ),
    "errands.bills": (
        ("电费欠了二十多块，不会在手机上交，请帮忙", ""),
        ("暖气费月底截止，请代缴", ""),
        ("儿子汇来话费，请帮着充到老人机上", ""),
    ),
    "errands.parcel": (
        ("快递放在镇上驿站三天了，取不了，请捎回来", "一箱，约十公斤"),
        ("女儿寄来的药在快递点，今天想拿到", ""),
    ),
    "repair.appliance": (
        ("电视没有图像，一个人在家就指着它", "独居"),
        ("洗衣机不转了，买了七八年", ""),
        ("冰箱不制冷，药还在里面放着", "药要冷藏"),
        ("电饭锅跳闸，不敢再插", "小心漏电"),
        ("收音机不响了，听戏听不成", ""),
    ),
    "repair.power": (
        ("屋里跳闸，合不上，天黑前想修好", "小心漏电"),
        ("水龙头关不死，一夜接一桶水", ""),
        ("厕所灯坏了，晚上怕摔着", "独居"),
        ("厨房下水堵了，返味", ""),
    ),
    "repair.lock": (
        ("门锁拧不动，钥匙快断里头了", ""),
        ("窗户玻璃裂了，风大，怕掉下来", ""),
        ("大门门轴坏了，关不上", "有狗"),
    ),
    "repair.tools": (
        ("菜刀剪子钝了，想磨一磨", ""),
        ("三把伞坏了，问修伞的师傅哪天来", ""),
    ),
    "cleaning.home": (
        ("老人刚出院，屋里几个月没打扫", "行动不便"),
        ("过年前想把玻璃擦擦，自己够不着", "独居"),
        ("眼看不见，灶台好久没人擦了", "视力残疾"),
    ),
    "cleaning.laundry": (
        ("被褥潮了，想趁天好晒一晒洗一洗", "独居"),
        ("卧床老人的床单一周换不上一回", "卧床"),
    ),
    "cleaning.yard": (
        ("院里草半人高，怕有蛇", ""),
        ("秋后院里落叶柴火堆满了，想清一清", "防火"),
        ("大雪封门，出不去，请帮着扫雪", "独居"),
    ),
    "cleaning.moving": (
        ("旧衣柜要搬到西屋，两个老人抬不动", ""),
        ("买的两袋面送到村口，扛不回来", "行动不便"),
        ("搬床到一楼，上楼腿疼", "三楼没电梯"),
    ),
    "health.visit": (
        ("头晕两天，想请人来量量血压", "高血压"),
        ("出院一周，想有人来家换药、量血压", "卧床"),
        ("老人不肯去卫生室，请医生志愿者上门看看", "耳背"),
        ("血糖仪不会用，请来教一教", "糖尿病"),
    ),
    "health.clinic": (
        ("想问膝盖疼义诊哪天来，看要不要拍片", ""),
        ("村里想请县医院来一次义诊，老人多", ""),
    ),
    "health.rehab": (
        ("中风后右手抬不起来，想学在家怎么练", "偏瘫"),
        ("股骨头换了，出院不知道怎么走路", "行动不便"),
    ),
    "health.mind": (
        ("孩子不愿上学，整天关在屋里，想有人开导", "先联系家长"),
        ("老伴去世后整夜睡不着，想有人说说", "独居"),
    ),
    "health.escort": (
        ("周四去县医院复查，一个人不会挂号", "行动不便"),
        ("白内障手术，子女赶不回来，请陪一天", ""),
        ("透析每周三次，这周司机有事，请帮忙接送一回", ""),
    ),
    "meals.delivery": (
        ("胳膊摔骨折了做不了饭，请送几天饭", "软一点"),
        ("老两口都感冒，中午想送碗热汤面", ""),
        ("独居老人申请长者食堂送餐", "糖尿病，少盐少糖"),
    ),
    "meals.cooking": (
        ("儿媳坐月子，婆婆住院，想有人帮着做顿饭", ""),
        ("冬至了，想给村里五保老人包顿饺子", ""),
    ),
    "meals.farm": (
        ("麦子熟了，家里没劳力，三亩地请帮收", "机器进不去"),
        ("男人在外打工，两亩玉米再不收就倒了", ""),
        ("大樱桃熟透卖不完，请帮着摘，再问问销路", ""),
        ("蒜薹抽不过来，请来三五个人帮半天", ""),
    ),
    "culture.opera": (
        ("村里老人想听一场山东梆子，这几年没听过了", ""),
        ("敬老院二十多位老人想听戏，请文艺队来唱半天", "室内"),
        ("老寿星九十大寿，邻居们想请戏班来唱一段", ""),
    ),
    "culture.film": (
        ("广场想放一场老电影，《地道战》就行", ""),
        ("暑假孩子多，请来放一场儿童电影", ""),
    ),
    "culture.class": (
        ("想办一个剪纸班，妇女们农闲没事", ""),
        ("想学写毛笔字，村里有七八个人", ""),
        ("请教跳舞的老师，广场舞队要比赛了", ""),
    ),
    "culture.schooling": (
        ("孙子数学跟不上，爷爷奶奶教不了", "留守儿童"),
        ("暑假作业没人辅导，家里两个孩子", ""),
        ("想请大学生志愿者教英语发音", ""),
    ),
    "culture.sport": (
        ("健身器材不会用，怕伤着，请人来教", ""),
        ("想学八段锦，早上有十几个人", ""),
    ),
    "culture.theory": (
        ("想请宣讲员讲讲养老金调整的政策", ""),
        ("村里想听一听土地延包怎么回事", ""),
        ("请来讲一讲今年的惠农补贴，用土话讲", ""),
    ),
    "culture.history": (
        ("想把村里老党员的故事讲给孩子们听", ""),
        ("想请人给家里写一幅家训", ""),
    ),
    "surroundings.road": (
        ("村口水泥路塌了一块，三轮车过不去", ""),
        ("桥头护栏断了两根，晚上危险", "夜里看不见"),
        ("胡同口人行道砖碎了，老人绊倒过", ""),
    ),
    "surroundings.light": (
        ("文化广场三盏路灯不亮", ""),
        ("南头一排路灯天黑不亮，孩子放学害怕", ""),
    ),
    "surroundings.rubbish": (
        ("垃圾箱满了三天没人拉，有味", ""),
        ("河边有人倒建筑垃圾", ""),
        ("村西空地堆了装修垃圾", ""),
    ),
    "surroundings.water": (
        ("自来水两天水小，三楼上不去", ""),
        ("一下雨门口就积水，下水道堵了", ""),
        ("井盖丢了，路口有个洞", "危险，先立个牌子"),
    ),
    "surroundings.green": (
        ("村口花坛想补种些花", ""),
        ("植树节想组织孩子们种树", ""),
    ),
    "surroundings.river": (
        ("云溪河边塑料袋多，想请人一块清一清", ""),
        ("汛期前想清清村前的沟", ""),
    ),
    "law.advice": (
        ("工钱拖了半年没给，想问怎么要", ""),
        ("宅基地和邻居有纠纷，想请懂法的看看合同", ""),
        ("老人想立遗嘱，怎么写才算数", ""),
    ),
    "law.mediation": (
        ("邻居盖房滴水滴到我家墙上，说不到一块", "两家情绪都大"),
        ("兄弟俩为赡养老人吵架，请人来说和", ""),
        ("楼上漏水半年了，商量不成", ""),
    ),
    "law.drugs": (("学校想请人讲一堂禁毒课", ""),),
    "law.tax": (("开了个小卖部，想问要不要报税", ""),),
    "benefits.pension": (
        ("满六十了养老金还没发，想问缺什么", ""),
        ("在外地看病，医保怎么报", ""),
    ),
    "benefits.allowance": (
        ("男人病了两年，想问能不能申请低保", ""),
        ("孩子上大学，家里困难，想申请助学", ""),
    ),
    "benefits.housing": (
        ("西屋墙裂了一道缝，想申请危房改造", "先别住人"),
        ("房顶漏雨，老人一个人住", "独居"),
    ),
    "benefits.disability": (
        ("轮椅坏了，想问残联能不能给换一个", "肢体残疾"),
        ("孩子听不清，想问助听器怎么申请", ""),
    ),
    "benefits.veteran": (("退役军人优待证一直没办下来", ""),),
    "safety.traffic": (
        ("小学门口早上车多，请人来引导", ""),
        ("赶集日路口堵，请帮着疏导", ""),
    ),
    "safety.fire": (
        ("灭火器过期了，请来看看", ""),
        ("独居老人家电线老化，请查一查", "独居"),
    ),
    "safety.flood": (("连着下雨，村后的坝想有人巡一巡", ""),),
    "safety.epidemic": (("卫生室打疫苗人多，请两个人维持秩序", ""),),
    "safety.patrol": (("农忙家里没人，想请夜里巡一巡", ""),),
    "customs.wedding": (
        ("下月儿子结婚，不想大操大办，请红白理事会帮着操持", ""),
        ("老人走了，想从简办，请理事会来主持", "要快"),
    ),
    "customs.civility": (("赶集日乱停乱放，请人劝一劝", ""),),
    "customs.event": (("桃花节停车场要十个人帮忙", ""),),
    "customs.guide": (("外地来了两车游客，请人讲讲古桥", ""),),
    "other": (
        ("捡到一串钥匙，想找失主", ""),
        ("家里的狗丢了，请帮着在群里问问", ""),
        ("想捐一批旧衣服，送到哪里", ""),
    ),
}

SEASONS: dict[str, frozenset[int]] = {
    "麦": frozenset({5, 6}),
    "樱桃": frozenset({5, 6}),
    "蒜薹": frozenset({5}),
    "玉米": frozenset({9, 10}),
    "秋后": frozenset({10, 11}),
    "草半人高": frozenset({7, 8, 9}),
    "大雪": frozenset({12, 1, 2}),
    "天冷": frozenset({11, 12, 1}),
    "冬至": frozenset({12}),
    "过年": frozenset({12, 1, 2}),
    "暖气": frozenset({10, 11, 3}),
    "汛期": frozenset({5, 6}),
    "连着下雨": frozenset({7, 8}),
    "暑假": frozenset({7, 8}),
    "植树": frozenset({3}),
    "桃花": frozenset({3, 4}),
}
"""Words of requests that are only made in some months."""

PUBLIC_PLACES = ("文化广场", "村口", "桥头", "卫生室旁", "小学门口", "文化大院")
"""Where something is asked for that is nobody's home."""

IN_PUBLIC = (
    "surroundings",
    "customs.civility",
    "customs.event",
    "customs.guide",
    "safety.traffic",
    "safety.flood",
    "safety.epidemic",
    "safety.patrol",
    "culture.opera",
    "culture.film",
    "culture.class",
    "culture.sport",
    "culture.theory",
)
"""Categories of such requests."""

OUT_OF_SCOPE: tuple[tuple[str, str, str, str], ...] = (
    ("law.advice", "要替他打官司要账", "不在志愿服务范围", "请带材料到镇司法所申请法律援助"),
    ("health.visit", "老人突然胸口疼、出冷汗", "紧急情况", "已当场告知拨打 120，并联系村医先到"),
    ("safety.patrol", "家里进了小偷，丢了钱", "紧急情况", "已告知拨打 110，并联系村警务室"),
    ("repair.power", "要给出租房重新走一遍线", "属于经营性服务", "请找有资质的电工，站里有名单可看"),
    ("other", "想让志愿者替他上班值夜", "不在志愿服务范围", "已向本人说明，本人理解"),
    ("surroundings.rubbish", "后山着火冒烟", "紧急情况", "已告知拨打 119，并通知镇应急办"),
)
"""Category, what was asked, why it is not for volunteers, and what the requester was told."""

GOODS = (
    "一袋面、两斤鸡蛋和几样青菜",
    "十斤大米、一桶油",
    "奶粉一罐、纸尿裤两包",
    "馒头五个、豆腐一块、一把小葱",
    "两箱牛奶、一兜苹果",
    "米、面、降压药各一份",
    "洗衣粉、卫生纸、两节电池",
    "蔬菜够吃三天的，再带两斤肉",
)

WORDS_BY_STARS: dict[int, tuple[str, ...]] = {
    5: (
        "来得快，人也和气，比亲儿女还细心",
        "理得清清爽爽，还陪着说了半天话",
        "修好了，一分钱没收，水也没喝一口",
        "送到门口，一样没少，钱也算得明白",
        "唱得好，老人们盼着下回再来",
        "孩子愿意写作业了，谢谢大学生",
        "手轻，不疼，走的时候还嘱咐了药怎么吃",
        "下着雨还来，真过意不去",
        "把院里扫得干干净净",
        "讲得明白，听得懂",
        "两个小时就送来了，隔离也不着急了",
        "麦子抢在雨前收完了，全家谢谢",
        "教了三遍不嫌烦，我会视频了",
        "",
        "",
        "",
    ),
    4: ("挺好，就是来得晚了些", "修好了，声音还有点响", "不错，下回想早点打个电话", "满意", "", ""),
    3: ("一般，来了一个人，没干完", "还行，等了两天", "东西买得不太对，换了一回", ""),
    2: ("约好上午，下午才来，也没先说一声", "修了又坏，第二天还是不响", "买错了药，差点吃了"),
    1: ("等了三天没人来，打电话也没人接", "说话不耐烦，老人心里不好受"),
}

CALL_BACKS: dict[bool, tuple[str, ...]] = {
    True: (
        "队长带着队员上门道歉，重新做了一遍，老人说行了",
        "电话回访，已退换，居民表示满意",
        "换了一支队伍当天补做，居民认可",
    ),
    False: ("电话打了两次没人接，明天上门", "已说明情况，居民要求队长亲自来一趟"),
}

REFUSALS = (
    ("人手不够", "这周队里都在帮收麦子"),
    ("没有会的人", "要持电工证的，队里没有"),
    ("离得太远", "在河北边，来回要一个多小时"),
    ("时间排不开", "队员都上班，只有周末有空"),
    ("天气不允许", "大雨，梯子不敢上"),
)
RETURNS = (
    ("到场后发现干不了", "线路埋在墙里，要专业施工队"),
    ("队员临时有事", "老人住院了，走不开"),
)
CANCELS = (
    ("自己解决了", "邻居已经帮忙弄好了"),
    ("不需要了", "儿子周末回来"),
    ("改天再说", "老人去女儿家住几天"),
    ("重复点单", "村里楼长也报了一遍"),
)
OFFICES = {
    "surroundings": "镇城建办",
    "benefits": "镇民政办",
    "law": "镇司法所",
    "safety": "镇应急办",
    "health": "镇卫生院",
}
"""Who is in charge, by main category."""

OTHER_OFFICE = "镇便民服务中心"
CENTRE = "市新时代文明实践中心"
OFFICIALS = ("周主任", "李所长", "韩干事", "孔科长", "孟工", "王干事")
ANSWERS: dict[bool, tuple[str, ...]] = {
    True: (
        "已派施工队修补，今天上午完工，请居民看过了",
        "材料齐了，本月起发放，已电话告知本人",
        "路灯换了三盏，当晚亮了",
        "现场清运干净，安排了每天巡查",
    ),
    False: ("不属本部门职责，请站里组织志愿者先清理", "暂无资金，列入下半年计划，请站里先做好安全提醒"),
}
ESCALATIONS = (
    "村里和镇上都没有这样的队伍，请中心协调",
    "需要县医院专家，请中心联系",
    "涉及两个镇，请中心出面",
)
FINISHED = (
    "",
    "",
    "",
    "老人很高兴，约了下次再来",
    "还差一个零件，自己带来换上了",
    "顺手把院门也修了",
    "家属在场，签了字",
)
SECOND_TIME = ("儿女在网上替老人点的：{what}", "{what}，请尽快", "邻居代报：{what}")
ASKED_AGAIN = ("儿子从外地打电话又问了一遍", "楼长也来反映同一件事", "老人不放心，又来问了一回")

DECLINED = ("当天点名不在场", "时间和签到表对不上，请重新登记", "属于本职工作，不算志愿服务", "重复登记")
REVERSED = (
    "核对签到表，实际只到场半小时，先撤销再重记",
    "登记到了同名的另一个人名下",
    "属于单位派出的公务，按规定不能记时长",
)
VOIDED = (
    "姓名有一个字写错，重开",
    "少选了一条记录，本人要求重开",
    "用途变了，本人退回",
    "打印时缺页，交回作废",
)
LEFT = ("搬到外地了", "身体不好", "工作忙，先退出", "考上大学离开本地")


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


def fits_month(what: str, month: int) -> bool:
    """Whether somebody would ask for this at that time of the year."""
    return all(month in months for word, months in SEASONS.items() if word in what)
