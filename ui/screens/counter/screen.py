"""The gift counter's pages (兑换、礼品与库存、盘点、兑换登记、日结) as tabs; F6 goes round.

Each page is a small screen of its own with its own keys; those of the page that is shown are told by F1.
"""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.actions.desk import Desk
from app.actions.gifts import gift_rows
from app.actions.redemptions import redemption
from app.domain.numbers import is_volunteer_number
from app.domain.redemptions import RedemptionUnknown
from app.facts import Id
from app.words import _
from ui.parts.sheet import KeyHelp
from ui.parts.tabs import Tabs
from ui.screen import Screen, Services, Stand
from ui.screens.counter.closing import Closing
from ui.screens.counter.counting import Counting
from ui.screens.counter.gifts import Gifts
from ui.screens.counter.register import Register
from ui.screens.counter.serving import Serving

SERVING, GIFTS, COUNTING, REGISTER, CLOSING = "serving", "gifts", "counting", "register", "closing"


class CounterScreen(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self.pages: dict[str, Screen] = {}
        self._missed: dict[str, frozenset[str]] = {}
        self.tabs = Tabs(name=_("兑换的各页"))
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tabs.setContentsMargins(8, 0, 0, 0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        names = self._names()
        self.tabs.set_tabs(names, names[0][0])
        self.tabs.chosen.connect(self.show_page)
        self.key("F6", _("换一页：兑换、库存、盘点、登记、日结"), self.tabs.next)
        self._turn_to(names[0][0])

    def _names(self) -> list[tuple[str, str]]:
        """Auditors look at what was given and what is there, and change nothing."""
        read = [(GIFTS, _("礼品与库存")), (REGISTER, _("兑换登记")), (CLOSING, _("日结"))]
        if self.app.clerk.role == "auditor":
            return read
        return [(SERVING, _("兑换")), read[0], (COUNTING, _("盘点")), *read[1:]]

    def page(self) -> Screen:
        """The page that is shown."""
        return self.pages[self.tabs.current() or ""]

    def show_page(self, name: str) -> None:
        """Turn to another page, ready for the keyboard."""
        self._turn_to(name)
        self.page().enter()

    def _turn_to(self, name: str) -> None:
        before = self._stack.currentWidget()
        if isinstance(before, Screen):
            before.put_down()
        if name not in self.pages:
            self.pages[name] = _BUILD[name](self.app)
            self._stack.addWidget(self.pages[name])
        self.tabs.set_current(name)
        self._stack.setCurrentWidget(self.pages[name])
        missed = self._missed.pop(name, frozenset())
        if missed:
            self.pages[name].refresh(missed)
        self.app.pane_changed()

    # --- the screen, by its page

    def enter(self) -> None:
        self.page().enter()

    def refresh(self, changed: frozenset[str]) -> None:
        for name, page in self.pages.items():
            if page is self.page():
                page.refresh(changed)
            else:
                self._missed[name] = self._missed.get(name, frozenset()) | changed

    def pane_widget(self) -> QWidget | None:
        return self.page().pane_widget()

    def go_to(self, object_id: str) -> None:
        """A redemption, a gift, or somebody who comes to the counter; a whole stock is all the gifts. A page may be
        meant by its name.
        """
        if object_id in dict(self._names()):
            self.show_page(object_id)
            return

        def found(name: str) -> None:
            if name in dict(self._names()):
                self.show_page(name)
                self.page().go_to(object_id)

        self.app.jobs.read(self, _page_of, object_id, done=found, key="go to")

    def place(self) -> tuple[str, dict[str, Stand]]:
        """The page that is shown, and how each stands."""
        return self.tabs.current() or "", {name: page.stand() for name, page in self.pages.items()}

    def come_back(self, place: tuple[str, dict[str, Stand]]) -> None:
        shown, standings = place
        for name, standing in standings.items():
            self._turn_to(name)
            self.pages[name].stand_again(standing)
        self.show_page(shown)

    def is_amid(self) -> bool:
        return any(page.is_amid() for page in self.pages.values())

    def on_scan(self, code: str) -> bool:
        """A volunteer's card at another page means that somebody has come to the counter."""
        if self.page().on_scan(code):
            return True
        if (
            SERVING not in dict(self._names())
            or self.tabs.current() == SERVING
            or not is_volunteer_number(code)
        ):
            return False
        self.show_page(SERVING)
        return self.page().on_scan(code)

    def put_down(self) -> None:
        for page in self.pages.values():
            page.put_down()

    def may_leave(self) -> bool:
        self.put_down()
        return True

    def keys(self) -> list[KeyHelp]:
        return [*self.page().keys(), *super().keys()]


_BUILD = {SERVING: Serving, GIFTS: Gifts, COUNTING: Counting, REGISTER: Register, CLOSING: Closing}


def _page_of(desk: Desk, object_id: Id) -> str:
    """On which page an object is shown."""
    try:
        redemption(desk, object_id)
    except RedemptionUnknown:
        is_gift = any(row.gift == object_id for row in gift_rows(desk, None))
        is_stock = object_id == desk.device.station
        return GIFTS if is_gift or is_stock else SERVING
    return REGISTER
