"""What the guide says (帮助的话): a topic is a drawing, one sentence of what it is for, and a few steps with keys.

Sentences are whole and marked with ``N_``, keys stand beside them as on the keyboard, so that a translator sees no
glued pieces. Where a rule has a number that a county may change, the number is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.words import N_, _


@dataclass(frozen=True)
class Sign:
    """A step in the drawing: an icon and a few words, marked with ``N_``."""

    icon: str
    words: str


@dataclass(frozen=True)
class Step:
    """A sentence, marked with ``N_``, and the keys it is about, if there are any."""

    words: str
    keys: str = ""


@dataclass(frozen=True)
class Topic:
    """``screen`` is the key of the screen it is about; empty for what is about none or all."""

    key: str
    title: str
    icon: str
    picture: tuple[Sign, ...]
    lead: str
    steps: tuple[Step, ...]
    screen: str = ""

    def text(self) -> str:
        """All its words in the language of the moment, for searching."""
        said = (
            self.title,
            self.lead,
            *(sign.words for sign in self.picture),
            *(step.words for step in self.steps),
        )
        return " ".join(map(_, said))


TOPICS: tuple[Topic, ...] = (
    Topic(
        "day",
        N_("一天怎么用"),
        "today",
        (
            Sign("today", N_("看今天要办的")),
            Sign("orders", N_("记下来点单的")),
            Sign("board", N_("派给队伍")),
            Sign("services", N_("核时长")),
        ),
        N_("左边一栏是每天的几件事，从上往下就是一张单子走的路。数字是等着您办的。"),
        (
            Step(N_("今日列出现在要办的，按 Enter 就到那一件。办完一行少一行。")),
            Step(N_("不管在哪一页，都能搜人、订单、队伍和礼品：拼音首字母、电话末几位都行。"), "Ctrl+K"),
            Step(N_("刚做错的一步，按一下就撤销；撤什么，右上角写着。"), "Ctrl+Z"),
            Step(N_("想知道这一页有哪些按键，随时看。"), "F1"),
            Step(N_("字太小，换成大字；再按一次换回来。"), "Ctrl+0"),
        ),
        screen="today",
    ),
    Topic(
        "intake",
        N_("点单"),
        "edit",
        (
            Sign("phone", N_("有人来、有人打电话")),
            Sign("edit", N_("谁，要什么，在哪")),
            Sign("check", N_("记下，念编号")),
        ),
        N_("居民要什么，一页记完。只用键盘，十几秒一张。"),
        (
            Step(N_("从哪一页都能开始记一张新单。"), "F2"),
            Step(N_("“谁”里打姓名、拼音或电话，出来了按 Enter；没有这个人，选最后一行“＋新登记”。")),
            Step(N_("类别按数字选，选完自动到下一格；别的类别按 0。"), "1-9"),
            Step(N_("时间空着就是尽快；+2 是两小时以后，m9 是明天九点。")),
            Step(N_("替别人点的，打开“给谁”。"), "Ctrl+B"),
            Step(N_("记下以后，编号用大字写在右边，照着念给对方。"), "Ctrl+Enter"),
            Step(N_("没写完就去忙别的也不要紧，草稿自己存着，回来接着写。"), "Ctrl+Tab"),
        ),
        screen="intake",
    ),
    Topic(
        "board",
        N_("派单"),
        "board",
        (
            Sign("orders", N_("待派")),
            Sign("teams", N_("选一支队伍")),
            Sign("heart", N_("上门服务")),
            Sign("star", N_("问一声满不满意")),
        ),
        N_("每张单子在哪一步、归谁、还剩多久，一眼看得到。超时的排在最前面，带三角。"),
        (
            Step(N_("方向键在卡片之间走，Enter 在右边打开这一单。"), "Enter"),
            Step(N_("派单：程序推荐三支队伍并说明理由，按数字选一支，再按 Enter。"), "D"),
            Step(N_("推荐的都不合适，自己找一支。"), "0"),
            Step(N_("队伍可以拒接，说了原因，单子就回到待派。")),
            Step(N_("村里办不了的，上交或转给部门；编号不变，办完再回来。")),
            Step(N_("做完了问居民满不满意；没问到的就是没评，不算五星。")),
        ),
        screen="board",
    ),
    Topic(
        "services",
        N_("核时长"),
        "services",
        (
            Sign("edit", N_("记下几点到几点")),
            Sign("check", N_("另一个人核")),
            Sign("star", N_("时长和积分到账")),
        ),
        N_("服务了多久就记多久，路上的时间不算。核过的才算数。"),
        (
            Step(N_("补录一次服务：谁、哪天、几点到几点、做了什么。"), "F3"),
            Step(N_("核对无误就通过；同一次记的可以一起通过。"), "A"),
            Step(N_("不对的不通过，写一句原因，记的人看得到。"), "X"),
            Step(N_("同一个人两段时间重叠了，程序会拦下来，告诉您和哪一段重。")),
            Step(N_("自己的时长要别人来核。")),
            Step(N_("通过了才发现不对，撤销它：时长扣回来，原来的记录还查得到。"), "R"),
        ),
        screen="services",
    ),
    Topic(
        "counter",
        N_("兑换"),
        "gift",
        (
            Sign("volunteers", N_("扫志愿者证")),
            Sign("gift", N_("按数字拿礼品")),
            Sign("check", N_("看扣多少，确认")),
            Sign("print", N_("印凭证")),
        ),
        N_("积分换礼品，时长不会少。每人每个季度一次。"),
        (
            Step(N_("扫证，或打姓名、拼音、电话。积分、本季度能不能换，左边写着。")),
            Step(N_("按数字拿礼品，加减号改数量。积分不够的写着还差多少。"), "1-9"),
            Step(N_("先看扣多少，再按一下才真的兑换。扫码枪不会替您确认。"), "Enter"),
            Step(N_("家里人来代领，写上姓名和关系。"), "F8"),
            Step(N_("凭证没印出来，兑换也算数，再印一次就行。"), "F10"),
            Step(N_("换错了，在兑换登记里撤销：积分、次数和库存都还回去。")),
        ),
        screen="counter",
    ),
    Topic(
        "stock",
        N_("礼品的账"),
        "save",
        (
            Sign("plus", N_("入库")),
            Sign("eye-off", N_("不看账，先数")),
            Sign("edit", N_("对不上的写原因")),
            Sign("check", N_("日结")),
        ),
        N_("礼品进来多少、出去多少，账和货架要对得上。"),
        (
            Step(N_("兑换、库存、盘点、登记、日结，一页一页换着看。"), "F6"),
            Step(N_("货到了就入库：数量、有效期、哪里来的。"), "F3"),
            Step(N_("坏了、丢了、过期了，就出库，写一句怎么回事。"), "X"),
            Step(N_("每周盘点一次，数到几填几。交上以后才对账，对不上的写原因，才能日结。")),
            Step(N_("日结算清这一天兑了、进了、退了多少，印一张签字，和凭证放在一起。"), "Ctrl+Enter"),
        ),
        screen="counter",
    ),
    Topic(
        "volunteers",
        N_("志愿者和志愿者证"),
        "volunteers",
        (
            Sign("plus", N_("登记")),
            Sign("print", N_("印证、印名册")),
            Sign("search", N_("一扫就找到")),
        ),
        N_("每位志愿者有一个编号，印在证上，条形码和二维码都是它。"),
        (
            Step(N_("登记一位新人；像是已经登记过的，程序会提醒。"), "Ctrl+N"),
            Step(N_("印一个人的证，A4 纸，沿角上的线裁开。"), "Ctrl+Shift+P"),
            Step(N_("先按队伍、村社区筛选，再印名册，或给这些人一起印证，每张纸十个。"), "Ctrl+P"),
            Step(N_("名册上姓名和电话遮着一部分；要全的，先说做什么用，会留下记录。")),
            Step(N_("拿去店里制卡，就存成一张卡大小的 PDF。"), "Ctrl+Shift+S"),
            Step(N_("时长、积分、星级点开就是明细，每一笔都查得到来处。"), "1-5"),
            Step(N_("电话和证件号平时遮着，要看先说原因，会留下记录。")),
        ),
        screen="volunteers",
    ),
    Topic(
        "stars",
        N_("星级评定"),
        "star",
        (
            Sign("star", N_("提名")),
            Sign("eye", N_("逐个看")),
            Sign("print", N_("公示")),
            Sign("star-full", N_("授星")),
        ),
        N_("从提名到授星一步一步来，谁也跳不过公示。"),
        (
            Step(N_("发起评定：按截止日期那天的时长，列出够得上更高星级的人。"), "Ctrl+N"),
            Step(N_("不合适的移出名单，写明原因；公示以前还可以放回。"), "X"),
            Step(N_("公示，名单印出来贴上墙。要挂几个工作日，程序替您数。"), "Ctrl+Enter"),
            Step(N_("有人来反映，记成异议，答复了才能授星。"), "O"),
            Step(N_("公示完由另一位管理员授星，每人一张证书。")),
            Step(N_("授星以后有记录撤销，这里会提醒；星级撤不撤，由管理员决定。")),
        ),
        screen="stars",
    ),
    Topic(
        "teams",
        N_("队伍"),
        "teams",
        (
            Sign("teams", N_("成立队伍")),
            Sign("plus", N_("加队员")),
            Sign("board", N_("派单时推荐")),
        ),
        N_("派单推荐哪支队伍，看的就是这里写的。"),
        (
            Step(N_("成立一支队伍：会做什么、管哪一片，写全了推荐才准。"), "Ctrl+N"),
            Step(N_("加队员：打姓名、拼音或电话，按 Enter 就进队。")),
            Step(N_("指着一位队员，让他当队长。"), "L"),
            Step(N_("印这支队伍的名册，开会签到、上报都用得上。"), "Ctrl+P"),
            Step(N_("队员、手上的单、居民的评价，各看各的一页。")),
        ),
        screen="teams",
    ),
    Topic(
        "certificates",
        N_("证书"),
        "certificates",
        (
            Sign("volunteers", N_("找到志愿者")),
            Sign("check", N_("勾上要证明的")),
            Sign("certificates", N_("签发，编号就定了")),
        ),
        N_("志愿服务记录证明，谁要就免费开给谁，写什么以核过的时长为准。"),
        (
            Step(N_("选人，左边勾记录，右边就是那张纸，边勾边变。")),
            Step(N_("签发以后内容不再变；编号连着号，一份不少。"), "Ctrl+Enter"),
            Step(N_("打印，或者以后补打；补打的纸上写着“补打”。"), "Ctrl+P"),
            Step(N_("写错了不能改，只能换开：旧的作废，新的写明替哪一份。"), "R"),
            Step(N_("有人拿纸来核对，扫纸上的二维码，就打开登记的那一份。")),
        ),
        screen="certificates",
    ),
    Topic(
        "scanner",
        N_("扫码枪"),
        "keys",
        (
            Sign("volunteers", N_("志愿者证")),
            Sign("orders", N_("服务单")),
            Sign("certificates", N_("证书")),
            Sign("gift", N_("礼品")),
        ),
        N_("插上就能用，不用装什么。在哪一页扫都行，开着中文输入法也不要紧。"),
        (
            Step(N_("扫志愿者证打开这个人；光标在填人的格子里，就填进这一格。")),
            Step(N_("扫服务单打开那一单，扫证书打开那一份。")),
            Step(N_("同一个码两秒之内扫两次，只算一次。")),
            Step(N_("扫码枪要设成“键盘”方式，扫完带回车，出厂多半就是这样。")),
            Step(N_("正打着拼音的时候扫，会少读一位，打完字再扫一次就好。")),
        ),
    ),
    Topic(
        "printing",
        N_("打印"),
        "print",
        (
            Sign("print", N_("打印")),
            Sign("save", N_("或者存成 PDF")),
        ),
        N_("先记下，再打印。打印机坏了，事情也已经办好了，修好再印。"),
        (
            Step(N_("打印眼前这一单、这一份。"), "Ctrl+P"),
            Step(N_("存成 PDF，拿到别的电脑上印。存出去的文件会留下记录。"), "Ctrl+S"),
            Step(N_("每种纸用哪台打印机，在设置的“打印机”里选，只管这台电脑。")),
            Step(N_("服务单用 A5，证书、名册和志愿者证用 A4。")),
        ),
    ),
    Topic(
        "backup",
        N_("备份与恢复"),
        "save",
        (
            Sign("save", N_("每天自动备份")),
            Sign("copy", N_("再存一份到U盘")),
            Sign("undo", N_("坏了就恢复")),
        ),
        N_("所有资料都加了密，放在这台电脑里。备份在每天和关程序的时候自动做。"),
        (
            Step(N_("在设置的“备份和恢复”里选一个U盘或文件夹，电脑坏了资料还在。")),
            Step(N_("电脑换了、坏了：在新电脑上打开程序，登录页选“从备份恢复”，用自己的口令打开。")),
            Step(N_("大家的口令都忘了，只有那张恢复单能打开。印两份，分开锁好。")),
            Step(N_("设置的“自检和诊断”会把资料从头核一遍，也真的打开最近的备份看一看。")),
        ),
        screen="settings",
    ),
    Topic(
        "rules",
        N_("规则和审计"),
        "settings",
        (
            Sign("settings", N_("选一条规则")),
            Sign("edit", N_("改数字")),
            Sign("today", N_("定从哪天起")),
        ),
        N_("期限、积分怎么算、几颗星要多少小时，都是规则。管理员可以改，到那天自己生效。"),
        (
            Step(N_("在设置里选一条规则，改了数字，再选从哪天起。"), "Ctrl+Enter"),
            Step(N_("谁改的、哪天改的、原来是多少，右边都留着；还没到的可以撤回。")),
            Step(N_("谁看过隐藏的信息、存出和打印过什么，审计记录里都有，谁也改不了。")),
            Step(N_("有人要删掉自己的信息：管理员在志愿者里找到他来删，时长和统计都不变。")),
        ),
        screen="settings",
    ),
    Topic(
        "lock",
        N_("换人与锁屏"),
        "lock",
        (
            Sign("lock", N_("离开就锁上")),
            Sign("swap", N_("换人各用各的")),
            Sign("keys", N_("回来接着写")),
        ),
        N_("谁办的事记谁的名字，所以各用各的口令。"),
        (
            Step(N_("离开座位就锁上。回来输口令，还在原来那一页、那一行、写了一半的那个字。"), "Ctrl+L"),
            Step(N_("一会儿没人动，会自己锁上。")),
            Step(N_("换人：右上角点自己的名字，选“换人”。每个人写了一半的都各自留着。")),
            Step(N_("口令连着输错几次要等一会儿；等不及，请管理员来解开。")),
            Step(N_("忘了口令，请管理员给一个新的；管理员也忘了，用恢复单。")),
        ),
    ),
)


def topic_of(screen: str) -> Topic:
    """The topic of the work on this screen, else how a day goes."""
    return next((topic for topic in TOPICS if topic.screen == screen), TOPICS[0])


def found(typed: str) -> tuple[Topic, ...]:
    """The topics that say all the words typed, by title in letters of pinyin too; all of them for nothing typed."""
    words = typed.lower().split()
    return tuple(topic for topic in TOPICS if all(_says(topic, word) for word in words))


def _says(topic: Topic, word: str) -> bool:
    if word in topic.text().lower():
        return True
    if not word.isascii():
        return False
    from app.domain.tokens import of_title  # readings are loaded when somebody types letters

    return any(token.startswith(word) for token in of_title(_(topic.title)))
