"""A small invented station for the gallery and the tests of the kit: three screens made of every part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QFont, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.actions.desk import Done
from app.actions.undo import Undone, UndoOffer
from app.domain.problems import Refusal, Trouble
from app.sentences import says
from ui.frame import Surroundings
from ui.parts.buttons import Button
from ui.parts.cards import Card, CardList
from ui.parts.chips import Chips, ManyChips
from ui.parts.choice import Choice
from ui.parts.empty import Empty
from ui.parts.eye import MaskedValue
from ui.parts.fields import CodeField, TextArea, TextField
from ui.parts.find import Found, FoundGroup
from ui.parts.form import Form, Mend, Page
from ui.parts.grouped import IdentityField, PhoneField
from ui.parts.keyrow import KeyRow
from ui.parts.passphrase import PassphraseField
from ui.parts.rows import Row, RowList, State
from ui.parts.stars import Stars
from ui.parts.statusline import Status, StatusItem
from ui.parts.steps import StepHeader
from ui.parts.table import Cell, Column, PageQuery, Table, TablePage
from ui.parts.tabs import DraftTabs
from ui.parts.text import Paragraph, Text
from ui.parts.tick import Tick
from ui.parts.tiles import Tile, Tiles
from ui.parts.timeline import Event, Timeline
from ui.parts.typeahead import TypeAhead
from ui.parts.when import EchoField
from ui.remember import Remembered
from ui.screen import Clerk, Screen, ScreenEntry, Services
from ui.undo import Undoing

BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2027, 4, 7, 13, 5, tzinfo=BEIJING)

WAITING = State("hollow", "waiting", "待派")
UNDER_WAY = State("half", "under_way", "服务中")
DONE = State("tick", "done", "已办完")
CLOSED = State("dash", "closed", "已结")


class NumberTooShort(Refusal):
    digits: int


class UnclearTime(Refusal):
    pass


class DiskFull(Trouble):
    pass


@says(NumberTooShort)
def _number_too_short(problem: NumberTooShort) -> str:
    return f"手机号要 11 位，现在是 {problem.digits} 位。"


@says(UnclearTime)
def _unclear_time(problem: UnclearTime) -> str:
    return "看不懂这个时间"


@says(DiskFull)
def _disk_full(problem: DiskFull) -> str:
    return "磁盘满了，刚才这一步没有记下。请删掉一些不要的文件再试。"


@dataclass(frozen=True)
class Volunteer:
    id: str
    name: str
    phone: str
    team: str
    minutes: int
    stars: int


SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗"
TEAMS = ("爱心理发队", "夕阳红代购队", "银铃合唱团", "蓝马甲巡查队", "健康敲门队")


def volunteer(place: int) -> Volunteer:
    name = SURNAMES[place % 20] + "*" * (1 + place % 2)
    return Volunteer(
        f"{place:032x}",
        name,
        f"138****{1000 + place * 37 % 9000}",
        TEAMS[place % 5],
        place * 97 % 30000,
        place % 6,
    )


class Desk:
    """Enough of a desk for the parts: readings of invented rows."""

    total = 200_000


def volunteers(desk: Desk, query: PageQuery) -> TablePage[Volunteer]:
    first = query.first
    found = int(query.find, 16) if query.find else None
    places = range(first, min(first + query.count, desk.total))
    rows = [volunteer(desk.total - 1 - place if query.is_descending else place) for place in places]
    return TablePage(desk.total, first, rows, found)


@dataclass(frozen=True)
class Person:
    name: str
    marks: tuple[tuple[int, int], ...]
    details: tuple[str, ...]


PEOPLE = (
    Person("王秀芳", ((0, 2),), ("72 岁", "独居老人", "尾号 1234", "昨天 代购")),
    Person("王秀英", ((0, 2),), ("68 岁", "居民", "尾号 8890", "3月28日 理发")),
    Person("汪秀兰", ((0, 2),), ("81 岁", "残疾人", "尾号 4471")),
    Person("王修远", ((0, 2),), ("9 岁", "儿童", "尾号 2310", "4月2日 作业辅导")),
)


def suggest(desk: Desk, text: str) -> tuple[Person, ...]:
    if text.startswith("1381234"):
        return PEOPLE[:1]
    return PEOPLE if text.startswith(("w", "王")) else ()


def person_rows(people: tuple[Person, ...]) -> list[Row]:
    return [Row(person.name, person.details, marks=person.marks, value=person) for person in people]


def find(desk: Desk, text: str) -> list[FoundGroup]:
    people = tuple(
        Found("volunteers", f"{place:032x}", p.name, p.details[:3], p.marks, icon="volunteers")
        for place, p in enumerate(PEOPLE)
    )
    orders = (
        Found(
            "board",
            "a",
            "0417-3K 代购",
            ("买米和降压药", "王* 曹村"),
            state=WAITING,
            icon="orders",
        ),
        Found("board", "b", "0416-9C 理发", ("上门理发",), state=UNDER_WAY, icon="orders"),
    )
    teams = (Found("board", "c", "王家村蓝马甲队", ("12 人", "手上 1 单"), icon="teams"),)
    return [FoundGroup("人", people), FoundGroup("订单", orders), FoundGroup("队伍", teams)]


def understand_when(text: str) -> datetime | None:
    if not text:
        return None
    if text.startswith("+") and text[1:].isdigit():
        return NOW + timedelta(hours=int(text[1:]))
    if text.startswith("m") and text[1:].isdigit():
        return NOW.replace(hour=int(text[1:]), minute=0) + timedelta(days=1)
    raise UnclearTime(field="when")


def say_when(when: datetime | None) -> str:
    if when is None:
        return "尽快"
    day = "今天" if when.date() == NOW.date() else f"明天 {when.month}月{when.day}日"
    return f"{day} {when:%H:%M}"


class Intake(Screen):
    """A form with every field, a draft bar, and a pane with a history."""

    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self.tabs = DraftTabs()
        self.tabs.set_tabs([("1", "王秀芳 代购"), ("2", "新的一单")], "2")
        self.form = Form()
        self.channel = Chips(
            [("walk", "来人"), ("call", "电话"), ("swallow", "飞燕"), ("captain", "楼长")], chosen="call"
        )
        self.form.add("来源", self.channel)
        self.channel.leave_tab_order()
        self.who = self.form.add(
            "谁", TypeAhead(app.jobs, suggest, person_rows, "电话、拼音或姓名", new="＋ 新登记"), name="who"
        )
        self.who.chosen.connect(self._take)
        kinds = ("代购", "理发", "送餐", "陪诊", "维修", "保洁", "聊天陪伴", "作业辅导", "法律咨询")
        self.kind = self.form.add("类别", KeyRow([(kind, kind) for kind in kinds]), name="kind")
        self.what = self.form.add("要什么", TextArea("说了什么，就写什么"), name="what")
        self.when = self.form.add(
            "什么时候", EchoField(understand_when, say_when, "空着就是尽快，+2 是两小时后，m9 是明天九点")
        )
        self.phone = self.form.add("电话", PhoneField(), name="phone")
        self.identity = self.form.add("身份证", IdentityField(), name="identity")
        self.care = self.form.add(
            "当心", ManyChips([("alone", "独居"), ("slow", "行动不便"), ("dog", "有狗"), ("ill", "传染")])
        )
        self.form.add("", Tick("已口头同意代为记录"))
        self.team = self.form.add("队伍", Choice([(team, team) for team in TEAMS], hint="先不指定"))
        self.save = Button("记下", kind="primary", key="Ctrl+Enter")
        self.form.primary = self.save
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 4, 16, 0)
        bar.addWidget(self.tabs)
        column.addLayout(bar)
        note = Text("草稿 14:05 已存", "secondary", "secondary")
        column.addWidget(Page(self.form, left=(note,), right=(Button("不要了"), self.save)), 1)
        self.key("F6", "换来源", self.channel.next)
        self.key("Ctrl+Enter", "记下", lambda: None)
        self.tell_key("1–9", "选类别")
        self.tell_key("Ctrl+Tab", "下一份草稿")
        self._pane = history_pane()

    def enter(self) -> None:
        self.who.setFocus()

    def pane_widget(self) -> QWidget:
        return self._pane

    def refuse_phone(self) -> None:
        self.form.refuse(NumberTooShort(digits=9, field="phone"), Mend("用档案里的号码", lambda: None))

    def _take(self, person: Person) -> None:
        self.who.set_chosen(person, person.name, "138 **** 1234 · 独居老人")
        self.form.step_on()


def history_pane() -> QWidget:
    pane = QWidget()
    column = QVBoxLayout(pane)
    column.setContentsMargins(20, 16, 20, 16)
    column.setSpacing(8)
    column.addWidget(Text("0417-3K", "number"))
    column.addWidget(Paragraph("读作：零四一七，三，K", "secondary", "secondary"))
    phone = MaskedValue("138 **** 1234", name="电话")
    column.addWidget(phone)
    column.addWidget(
        Timeline(
            [
                Event("今天 13:02", "派给爱心理发队，领队赵*。", "李敏", "2027-04-07 13:02:11", UNDER_WAY),
                Event("今天 12:40", "电话里记下：想理发，家里有狗。", "李敏", state=WAITING),
                Event("昨天 09:15", "上一单代购办完，五星：买得细心，还帮忙把米扛上楼。", "", state=DONE),
            ]
        )
    )
    row = QHBoxLayout()
    row.addWidget(Button("改派", key="D"))
    row.addWidget(Button("取消这一单", kind="danger", key="Delete"))
    row.addStretch()
    column.addLayout(row)
    column.addStretch()
    return pane


def cards(count: int, state: State, overdue: int = 0) -> list[Card]:
    heads = ("代购", "理发", "送餐", "陪诊", "维修")
    whats = ("买米和降压药", "上门理发，腿脚不便", "中午送一份软饭", "陪去镇卫生院复查血压", "水龙头漏水")
    times = ("还剩40分", "还剩2小时", "明天09:30", "还剩55分", "今天16:00")
    return [
        Card(
            f"{state.word}{place}",
            heads[place % 5],
            whats[place % 5],
            f"{SURNAMES[place]}* · 曹村三组",
            "超时20分" if place < overdue else times[place % 5],
            state,
            "急" if place % 3 == 0 else "",
            place < overdue,
        )
        for place in range(count)
    ]


class Board(Screen):
    """Columns of cards beside each other."""

    def __init__(self, app: Services) -> None:
        super().__init__(app)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(16, 12, 16, 12)
        columns.setSpacing(12)
        rated = State("hollow", "done", "待评")
        self.lists: list[CardList] = []
        for title, made in (
            ("待审 2", cards(2, WAITING)),
            ("待派 5 ▲1", cards(5, WAITING, 1)),
            ("待接 3", cards(3, State("half", "waiting", "待接"))),
            ("服务中 9", cards(9, UNDER_WAY, 2)),
            ("待评 1", cards(1, rated)),
        ):
            column = QVBoxLayout()
            column.setSpacing(8)
            column.addWidget(Text(title, "body", bold=True))
            listed = CardList(name=title)
            listed.set_cards(made)
            self.lists.append(listed)
            column.addWidget(listed)
            columns.addLayout(column)
        self._pane = history_pane()

    def enter(self) -> None:
        self.lists[1].setFocus()
        self.lists[1].point("待派1")

    def pane_widget(self) -> QWidget:
        return self._pane


class VolunteersTable(Screen):
    """The fast table with 200,000 rows."""

    def __init__(self, app: Services) -> None:
        super().__init__(app)
        columns: list[Column[Volunteer]] = [
            Column("name", "姓名", 120, lambda v: v.name),
            Column("team", "队伍", 180, lambda v: v.team),
            Column(
                "minutes",
                "时长",
                140,
                lambda v: f"{v.minutes // 60} 小时 {v.minutes % 60:02} 分",
                is_number=True,
            ),
            Column("phone", "电话", 150, lambda v: Cell(v.phone, is_quiet=True)),
            Column(
                "stars",
                "状态",
                120,
                lambda v: Cell(DONE.word, DONE) if v.stars > 2 else Cell(WAITING.word, WAITING),
            ),
        ]
        self.count = Text("", "secondary", "secondary")
        self.table = Table(app.jobs, columns, lambda v: v.id, app.remembered, name="volunteers")
        self.table.counted.connect(lambda total: self.count.setText(f"{total:,} 人"))
        self.search = TextField("姓名、拼音、号码")
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(Chips([("all", "全部"), ("mine", "本村"), ("star", "有星级")], chosen="all"), 2)
        top.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 0)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        self.table.show_rows(volunteers)
        self._pane = history_pane()

    def enter(self) -> None:
        self.table.setFocus()

    def pane_widget(self) -> QWidget:
        return self._pane

    def go_to(self, object_id: str) -> None:
        self.table.point(object_id)


class Nothing(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        column = QVBoxLayout(self)
        self.empty = Empty(
            "还没有证书。先到志愿者那里选几条服务记录，\n就可以开第一张。",
            "去选服务记录",
            lambda: None,
            key="F2",
        )
        column.addWidget(self.empty)

    def enter(self) -> None:
        self.empty.button.setFocus()


class Pieces(Screen):
    """Parts that stand on no other sample."""

    def __init__(self, app: Services) -> None:
        super().__init__(app)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addWidget(
            StepHeader("谁来管", 2, 3, "先设一位管理员。口令只在这台电脑上，忘了只有恢复单能打开。")
        )
        column.addWidget(
            Tiles(
                [
                    Tile("1", "李敏", "管理员"),
                    Tile("2", "王建国", "操作员"),
                    Tile("3", "赵晓燕", "操作员"),
                    Tile("4", "欧阳明月", "审计员"),
                ],
                columns=3,
            )
        )
        buttons = QHBoxLayout()
        buttons.addWidget(Button("记下", kind="primary", key="Ctrl+Enter"))
        buttons.addWidget(Button("改派", icon="swap"))
        buttons.addWidget(Button("取消这一单", kind="danger"))
        buttons.addWidget(Button("先不", kind="quiet"))
        disabled = Button("不能按", kind="primary")
        disabled.setEnabled(False)
        buttons.addWidget(disabled)
        buttons.addWidget(Button(kind="quiet", icon="print", name="打印"))
        buttons.addStretch()
        column.addLayout(buttons)
        passphrase = PassphraseField("口令")
        passphrase.line.setText("qingtian")
        passphrase.line.caps_lock.emit(True)
        self.code = CodeField("网址或编号", name="编号")
        column.addWidget(passphrase)
        stars = Stars()
        stars.set_value(4)
        column.addWidget(stars)
        self.rows = RowList(name="要做的事")
        self.rows.set_rows(
            [
                Row("今天要做", is_heading=True),
                Row("3 单等着派", ("最早的一单等了 40 分",), "F3", value=1, icon="board", state=WAITING),
                Row(
                    "1 单要回访",
                    ("王* · 代购 · 两星",),
                    "今天 17:00 前",
                    value=2,
                    icon="phone",
                    state=UNDER_WAY,
                ),
                Row("开证明 2 张", ("李* 等",), "昨天", value=3, icon="certificates", state=DONE),
            ]
        )
        self.rows.setFixedHeight(180)
        column.addWidget(self.rows)
        column.addStretch()
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def enter(self) -> None:
        self.rows.setFocus()
        self.rows.point_first()


def paper_page() -> bytes:
    """A picture of a page, for the preview."""
    page = QImage(840, 1188, QImage.Format.Format_RGB32)
    page.fill(QColor("white"))
    painter = QPainter(page)
    font = QFont("Noto Sans SC")
    font.setPixelSize(44)
    painter.setFont(font)
    painter.drawText(page.rect().adjusted(0, 120, 0, -960), 0x84, "志愿服务记录证明")
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(page)
    return bytes(buffer.data().data())


ENTRIES = (
    ScreenEntry("today", 10, "today", "今日", Pieces),
    ScreenEntry("intake", 20, "orders", "点单", Intake, shortcut="F2"),
    ScreenEntry("board", 30, "board", "派单", Board, waiting=lambda desk: 5),
    ScreenEntry("volunteers", 40, "volunteers", "志愿者", VolunteersTable),
    ScreenEntry("certificates", 50, "certificates", "证书", Nothing, waiting=lambda desk: 12),
)
CLERK = Clerk("c" * 32, "李敏", "clerk")


def undo_offer(desk: Desk, _query: None) -> UndoOffer | None:
    return UndoOffer(deed="派给 爱心理发队", obstacle=None)


def undo(desk: Desk, _request: None) -> Done[Undone]:
    return Done(Undone(deed="派给 爱心理发队", noun="order", object="o" * 32), frozenset())


def status(desk: Desk) -> Status:
    return Status(
        "曹村新时代文明实践站",
        (
            StatusItem("离线 2 天", is_trouble=True),
            StatusItem("待上报 14 条"),
            StatusItem("上次备份 今天 08:02"),
        ),
        "今天值班 赵晓燕",
    )


SURROUNDINGS = Surroundings(find, Undoing(undo_offer, undo), status, lambda: NOW)


def remembered() -> Remembered:
    return Remembered({}, lambda _name, _text: None)


def kept(store: dict[str, Any]) -> Remembered:
    return Remembered(store, store.__setitem__)
