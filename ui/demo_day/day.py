"""The day as its chapters see it (这一天): who plays, what has been taken down so far, and what a clerk does again and
again: sign in, take a request, point at its card, take a step, save a paper.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QWidget

from app.actions.board import BoardFilter, OrderView, board, order_view
from app.actions.people_cards import person_card
from app.actions.staff import staff_list
from app.demo.cast import Cast, Player, cast
from app.demo.station import DemoStation
from app.domain.orders import State
from app.facts import Id
from ui.demo_day.book import Book, Step
from ui.demo_day.clock import DayClock
from ui.demo_day.eyes import Eyes
from ui.demo_day.hands import Hands
from ui.demo_day.promises import promise
from ui.demo_day.stage import Stage
from ui.demo_day.watch import Watch

_READING_MINUTES = 0.2
_NUMBER = re.compile(r"\d{4}-[0-9A-Z]{2}", re.ASCII)


@dataclass(frozen=True)
class Taken:
    """An order that was taken down: its id, its short number, and the words on its card."""

    id: Id
    short: str
    what: str


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a resident asks, as the clerk hears it. ``typed`` is how the person is found."""

    who: Player
    typed: str
    channel: str
    category: str
    what: str
    when: str = ""
    mind: str = ""
    cautions: Sequence[str] = ()
    advance: str = ""
    proxy: Player | None = None
    place: str = ""


class Day:
    """Everything a chapter needs. ``stage`` changes when the program is started again."""

    def __init__(self, book: Book, clock: DayClock, station: DemoStation, watch: Watch, seed: int) -> None:
        self.book, self.clock, self.station, self.watch = book, clock, station, watch
        self.rng = random.Random(f"day {seed}")
        self.seed = seed
        self.orders: dict[str, Taken] = {}
        self.people: Cast | None = None
        self.persons: dict[str, Id] = {}  # who comes again, by the part they play
        self.recovery_code = ""  # as the sheet of the first station has it
        self.served: dict[Id, str] = {}  # from when to when the first volunteer of an order served
        self._stage: Stage | None = None
        self._keys = self._clicks = 0

    @property
    def stage(self) -> Stage:
        assert self._stage is not None, "the program is not open"
        return self._stage

    @property
    def eyes(self) -> Eyes:
        return self.stage.eyes

    @property
    def hands(self) -> Hands:
        return self.stage.hands

    @property
    def cast(self) -> Cast:
        """Who comes today; chosen when somebody has signed in."""
        if self.people is None:
            self.people = self.stage.look(cast, self.seed)
        return self.people

    # --- the program

    def open(self, folder: Path, *, is_sample: bool = True) -> Stage:
        self._stage = Stage(folder, self.clock, self.watch, is_sample=is_sample)
        self._stage.open()
        return self._stage

    def close(self) -> None:
        if self._stage is None:
            return
        self._keys += self.hands.keys
        self._clicks += self.hands.clicks
        self._stage.close()
        self._stage = None

    def is_open(self) -> bool:
        return self._stage is not None

    def counted(self) -> tuple[int, int]:
        """Keys and clicks since the morning."""
        hands = self._stage.hands if self._stage is not None else None
        return self._keys + (hands.keys if hands else 0), self._clicks + (hands.clicks if hands else 0)

    @contextmanager
    def step(self, name: str, title: str) -> Iterator[Step]:
        with self.book.step(name, title, self.clock.said(), self.counted) as step:
            yield step
            self.watch.nothing_wrong()

    def picture(self, name: str) -> None:
        self.stage.come_to_rest()
        self.book.picture(self.stage.window, name)

    # --- people at the desk

    def sign_in(self, name: str) -> None:
        """Choose the tile, type the passphrase, and wait for the frame."""
        self.hands.click(self.eyes.button(name))
        self.hands.write(self.station.passphrase)
        self.hands.press("Enter")
        self.until_signed_in(name)

    def until_signed_in(self, name: str) -> None:
        window = self.stage.window
        self.eyes.until(lambda: window.frame() and not window.is_covered(), f"{name}进得来")
        promise(self.stage.frame().clerk.name == name, "坐在工作台前的是登录的人", expected=name)

    def volunteers_at_desk(self) -> dict[str, Id]:
        """The staff who are volunteers themselves, by name."""
        return {one.name: one.person for one in self.stage.look(staff_list, None) if one.person is not None}

    def clerk_as_volunteer(self) -> Id:
        """Who sits at the desk, as a volunteer of the register."""
        name = self.stage.frame().clerk.name
        own = self.volunteers_at_desk().get(name)
        promise(own is not None, f"{name}自己也是志愿者")
        assert own is not None
        return own

    def named(self, person: Id) -> tuple[str, str]:
        """A name, and how it is typed so that nobody else of that name comes up: with the phone's tail."""
        card = self.stage.look(person_card, person)
        return card.name, f"{card.name} {card.phone[-4:]}".strip()

    def volunteer_of(self, taken: Taken) -> Id:
        """The volunteer who accepted an order."""
        volunteer = self.view(taken).volunteer
        promise(volunteer is not None, f"{taken.short} 有人去")
        assert volunteer is not None
        return volunteer.id

    def switch(self, name: str) -> float:
        """Another clerk takes the desk, by the menu. How many seconds it took from the last key to the frame."""
        self.hands.click(self.eyes.button("我的菜单"))
        self.hands.choose("换人")
        self.eyes.until(self.stage.window.is_covered, "换人的时候，别人看不到刚才的页面")
        self.hands.click(self.eyes.button(name))
        self.hands.write(self.station.passphrase)
        began_s = time.monotonic()
        self.hands.press("Enter")
        self.until_signed_in(name)
        return time.monotonic() - began_s

    def go(self, screen: str) -> None:
        """To another screen, by the rail, when the last news has been read."""
        self.stage.pass_time(_READING_MINUTES)
        self.hands.click(self.eyes.button(screen))

    # --- requests

    def take(self, key: str, request: Request, *, picture: str = "") -> Taken:
        """Take a request down by keys, and hear its number."""
        self.begin_request(request)
        self.fill_in(request)
        if picture:
            self.picture(picture)
        self.hands.press("Ctrl+Enter")
        return self.heard(key, request.what)

    def begin_request(self, request: Request) -> None:
        self.hands.press("F2")
        while not self.eyes.button(request.channel).isChecked():
            self.hands.press("F6")
        self.find_person(request.who, request.typed)
        self.eyes.until(
            lambda: self.text_of("谁") == request.who.name, f"按“{request.typed}”找到了{request.who.name}"
        )

    def find_person(self, who: Player, typed: str) -> None:
        """Type until nobody else is proposed, as far as it takes, as a clerk does; of several the arrows choose."""
        for letter in typed:
            self.hands.write(letter)
            proposed = self.eyes.proposals()
            if len(proposed) == 1 and proposed[0].startswith(who.name):
                break
        proposed = self.eyes.until(self.eyes.proposals, f"按“{typed}”找得到人")
        place = next((at for at, row in enumerate(proposed) if _is_row_of(row, who)), None)
        promise(place is not None, f"按“{typed}”找得到{who.name}", proposed=proposed)
        assert place is not None
        if len(proposed) > 1:
            self.hands.press(*["Down"] * (place + 1))
        self.hands.press("Enter")

    def fill_in(self, request: Request) -> None:
        hands = self.hands
        if request.proxy is not None:
            promise(self.eyes.focus_is_in("代办人"), "接着问谁代办的")
            hands.write(request.proxy.phone)
            hands.press("Enter")
            hands.click(self.eyes.button("已口头同意"))
            hands.press("Enter")
        self.choose_category(request.category)
        promise(self.eyes.focus_is_in("要什么"), "选了类别就问要什么")
        hands.write(request.what)
        hands.press("Enter")
        if request.place:
            self.rewrite("在哪", request.place)
            hands.press("Enter")
        promise(self.eyes.focus_is_in("什么时候"), "地址照档案填好了，接着问什么时候")
        if request.when:
            hands.write(request.when)
        if request.mind:
            hands.press("Enter")
            hands.write(request.mind)
        for caution in request.cautions:
            hands.click(self.eyes.button(caution))
        if request.advance:
            hands.click(self.eyes.field("先拿多少元"))
            hands.write(request.advance)

    def choose_category(self, category: str) -> None:
        """A key of the row, or a name looked up in the tree."""
        if category.isdecimal():
            self.hands.press(category)
            return
        self.hands.press("0")
        self.eyes.field("找类别")
        self.hands.write(category)
        self.hands.press("Enter")
        self.eyes.until(lambda: not self.eyes.reads("全部类别"), "选好类别，表就收起来")

    def heard(self, key: str, what: str) -> Taken:
        """The number that stands in the pane, and how it is said."""
        said = self.eyes.line("念作")
        found = _NUMBER.search(said)
        promise(found, "窗格里有编号", said=said)
        assert found is not None
        taken = Taken(id=self._order_called(found[0]), short=found[0], what=what)
        self.orders[key] = taken
        promise(self.eyes.focus_is_in("谁") and not self.text_of("谁"), "光标已经在空着的“谁”里")
        promise(self.view(taken).what == what, "订单里记的就是说的", what=self.view(taken).what)
        return taken

    def _order_called(self, short: str) -> Id:
        columns = self.stage.look(board, BoardFilter(ended=True)).columns
        called = [card.id for cards in columns.values() for card in cards if card.short == short]
        promise(len(called) == 1, "这个编号只有一单", short=short)
        return called[0]

    # --- orders on the board

    def view(self, taken: Taken) -> OrderView:
        return self.stage.look(order_view, taken.id)

    def expect(self, taken: Taken, state: State, **figures: object) -> OrderView:
        """Promise where the order stands, as the database says it."""
        order = self.view(taken)
        promise(order.state is state, f"{taken.short} 到了 {state}", state=order.state)
        for name, value in figures.items():
            promise(
                getattr(order, name) == value,
                f"{taken.short} 的 {name} 是 {value!r}",
                seen=getattr(order, name),
            )
        return order

    def point(self, taken: Taken, strip: str = "") -> None:
        """Point at the card; ``strip`` is the folded column in which it may lie."""
        if strip and not self.eyes.lists_row(taken.what):
            self.hands.click(self.eyes.button_with(f"{strip} "))
        view, index = self.eyes.only_row(taken.what)
        self.hands.click_row(view, index)
        self.eyes.until(lambda: self.eyes.has_button(taken.short), f"窗格里是 {taken.short}")
        self.stage.breathe()

    def point_and_press(self, taken: Taken, *keys: str) -> None:
        self.point(taken)
        self.hands.press(*keys)

    def said(self, *parts: str) -> str:
        """What the banner says."""
        banner = self.stage.frame().banner

        def heard() -> str:
            sentence = banner.sentence()
            return sentence if all(part in sentence for part in parts) else ""

        return self.eyes.until(heard, "横幅说" + "、".join(f"“{part}”" for part in parts))

    # --- fields

    def text_of(self, name: str) -> str:
        return self.eyes.text_of(self.eyes.field(name))

    def rewrite(self, name: str, text: str) -> None:
        """Go into a field and write it anew."""
        self.enter(name)
        self.hands.press("Ctrl+A")
        self.hands.write(text)

    def choose_first(self, name: str) -> None:
        """The first line of a list to choose from."""
        self.hands.click(self.eyes.named(name, QComboBox))
        self.hands.press("Home", "Enter")

    def enter(self, name: str) -> QWidget:
        widget = self.eyes.field(name)
        if not self.eyes.focus_is_in(name):
            self.hands.click(widget)
        return widget

    # --- papers

    def save_paper(self, name: str, *contains: str, press: str = "Ctrl+S") -> Path:
        """Save the paper that belongs to what is shown, in the system's own dialog, and read it."""
        path = self.book.paper(name)
        if press:
            self.hands.press(press)
        self.name_file(path)
        self.said("已存到", path.name)
        self.read_paper(path, *contains)
        return path

    def name_file(self, path: Path, ending: str = ".pdf") -> None:
        """Answer the system's dialog that asks where to save. It is none of ours, and has no keys of its own here."""
        dialog = self.eyes.until(_save_dialog, "问存在哪里的对话框开着")
        promise(dialog.selectedFiles()[0].endswith(ending), "对话框已经给文件起好了名字")
        dialog.findChildren(QLineEdit)[0].setText(str(path.absolute()))
        dialog.accept()
        self.stage.window.activateWindow()
        self.eyes.until(path.exists, f"{path.name} 存下来了")

    def read_paper(self, path: Path, *contains: str) -> str:
        """The whole text of a paper, as it is copied out of it; ``contains`` must be in it, line breaks aside."""
        text = self.stage.look(_text_of, path)
        flat = re.sub(r"\s", "", text)
        for part in contains:
            promise(re.sub(r"\s", "", part) in flat, f"{path.name} 上印着“{part}”")
        return text


def _is_row_of(row: str, who: Player) -> bool:
    return row.startswith(who.name) and who.phone[-4:] in row


def _save_dialog() -> QFileDialog | None:
    dialog = QApplication.activeModalWidget()
    return dialog if isinstance(dialog, QFileDialog) else None


def _text_of(_desk: object, path: Path) -> str:
    """All text of a PDF; read by the worker, which draws the papers on the screen: pdfium knows one thread."""
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
