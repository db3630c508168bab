"""Gifts and stock (礼品与库存): the list, the one pointed at in the pane, what came in, what is gone, what is shown."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.gifts import GiftRow, gift_rows, offer_gift_again, withdraw_gift
from app.domain.moments import full_date
from app.domain.problems import Refusal
from app.facts import Id
from app.sentences.points import points
from app.words import N_, _
from ui.parts.buttons import Button
from ui.parts.chips import Chips
from ui.parts.empty import Empty
from ui.parts.form import Page
from ui.parts.question import Answer, Question, ask
from ui.parts.rows import State
from ui.parts.table import Cell, Column, PageQuery, Table, TablePage
from ui.parts.text import Text
from ui.screen import Screen, Services
from ui.screens.counter.giftforms import CatalogueForm, DeliveryForm, WriteOffForm
from ui.screens.counter.giftpane import GiftPane

ALL, LOW, EXPIRING, WITHDRAWN = "all", "low", "expiring", "withdrawn"
_FILTERS = ((ALL, N_("全部")), (LOW, N_("快没了")), (EXPIRING, N_("快过期")), (WITHDRAWN, N_("已下架")))
_NONE = {
    ALL: N_("还没有礼品。请管理员来添第一件。"),
    LOW: N_("都还够。"),
    EXPIRING: N_("没有快过期的。"),
    WITHDRAWN: N_("没有下架的。"),
}


class Gifts(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._may_act = app.clerk.role != "auditor"
        self._may_list = app.clerk.role == "administrator"
        self.pane = self.beside(GiftPane(app))
        self.filters: Chips[str] = Chips([(value, _(text)) for value, text in _FILTERS], name=_("看哪些"))
        self.filters.set_value(ALL)
        self.table: Table[GiftRow] = Table(
            app.jobs,
            self._columns(),
            lambda row: row.gift,
            app.remembered,
            name="gifts",
            order="points",
            accessible=_("礼品与库存"),
        )
        self.empty = Empty("", _("添一件礼品") if self._may_list else "", self.add, key="N")
        self._build()
        self._connect()
        self._bind()
        self._show_rows()

    def _build(self) -> None:
        self._count = Text("", "secondary", "secondary")
        self._who = Text(_("添、改、下架，管理员可以"), "secondary", "secondary")
        if self._may_list or not self._may_act:
            self._who.hide()
        self._add = Button(_("添一件礼品"), icon="plus", key="N")
        self._add.clicked.connect(lambda _checked: self.add())
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.filters)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.empty, 1)
        self.empty.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._page = Page(body, left=(self._count, self._who), right=(self._add,), widest=1400)
        self._add.setVisible(self._may_list)
        column.addWidget(self._page)

    def _connect(self) -> None:
        self.filters.edited.connect(self._show_rows)
        self.table.pointed.connect(self.pane.point)
        self.table.opened.connect(lambda _row: self.app.show_pane())
        self.table.counted.connect(self._on_counted)
        self.pane.deliver_asked.connect(self.deliver)
        self.pane.write_off_asked.connect(self.write_off)
        self.pane.edit_asked.connect(self.edit)
        self.pane.withdraw_asked.connect(self.withdraw)

    def _bind(self) -> None:
        if self._may_act:
            self.key("F3", _("入库"), self.deliver)
            self.key("X", _("出库：坏了、丢了、过期、调走"), self.write_off)
        if self._may_list:
            self.key("N", _("添一件礼品"), self.add)
            self.key("E", _("改这件礼品"), self.edit)
            self.key("W", _("下架，或重新上架"), self.withdraw)
        self.key("F7", _("看哪些礼品"), self.filters.next)

    def _columns(self) -> tuple[Column[GiftRow], ...]:
        def column(
            key: str, title: str, width: int, cell: Any, *, is_number: bool = False, grows: bool = False
        ) -> Column[GiftRow]:
            return Column(key, title, width, cell, is_number=is_number, can_order=False, grows=grows)

        return (
            column("name", _("礼品"), 240, _name_cell, grows=True),
            column("stock", _("库存"), 110, _stock_cell, is_number=True),
            column("points", _("积分"), 100, lambda row: points(row.points_cents), is_number=True),
            column("expires", _("最早到期"), 176, self._expires_cell),
            column("code", _("条码"), 160, lambda row: Cell(row.code, is_quiet=True)),
        )

    def _expires_cell(self, row: GiftRow) -> Cell:
        if row.expired:
            return Cell(
                _("过期 {count} {unit}").format(count=row.expired, unit=row.unit),
                State("triangle", "trouble"),
            )
        if row.expires_on is None:
            return Cell("—", is_quiet=True)
        return Cell(full_date(row.expires_on), State("half", "under_way") if row.expires_soon else None)

    # --- the page

    def enter(self) -> None:
        target: QWidget = self.table
        if self.empty.isVisibleTo(self):
            target = self.empty.button if self._may_list and self.filters.value() == ALL else self.filters
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"gift", "stock", "wallet", "policy"}:
            self.table.refresh()

    def pane_widget(self) -> QWidget | None:
        return self.pane

    def narrowing(self) -> dict[str, Any]:
        return {"filters": self.filters}

    def go_to(self, object_id: str) -> None:
        self.filters.set_value(ALL)
        self._show_rows()
        self._point(object_id)
        self.app.show_pane()

    def _point(self, gift: Id) -> None:
        self.table.point(gift)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self) -> None:
        self.table.show_rows(partial(_page, self.filters.value() or ALL))

    def _on_counted(self, count: int) -> None:
        which = self.filters.value() or ALL
        if count == 0:
            self.empty.set_sentence(self._none(which))
            self.pane.point(None)
        if self._may_list:
            self.empty.button.setVisible(which == ALL)
        gives_way = self.empty if count else self.table
        focused = self.window().focusWidget()
        had_focus = gives_way is focused or gives_way.isAncestorOf(focused)
        self.empty.setVisible(count == 0)
        self.table.setVisible(count > 0)
        self._add.setVisible(self._may_list and (count > 0 or which != ALL))
        self._count.setText(_("共 {count} 种").format(count=count) if count else "")
        self._page.footer.setVisible(any(not part.isHidden() for part in (self._add, self._who)) or count > 0)
        if had_focus:
            self.enter()

    def _none(self, which: str) -> str:
        if which == ALL and self._may_list:
            return _("还没有礼品。按 N 添第一件。")
        return _(_NONE[which])

    # --- what is done

    def _gift(self) -> GiftRow | None:
        """The one pointed at, if something may be done with it."""
        row = self.table.row() if self.table.isVisibleTo(self) else None
        return row if self._may_act else None

    def add(self) -> None:
        """N."""
        if self._may_list:
            CatalogueForm(self, self.app, None, self.go_to).open()

    def edit(self) -> None:
        """E."""
        gift = self._gift()
        if gift is not None:
            CatalogueForm(self, self.app, gift, self._point).open()

    def deliver(self) -> None:
        """F3."""
        gift = self._gift()
        if gift is not None:
            DeliveryForm(self, self.app, gift).open()

    def write_off(self) -> None:
        """X."""
        gift = self._gift()
        there = self.pane.there()
        if gift is None or not there or there[0].gift != gift.gift:
            return
        batches = tuple(sorted(there, key=lambda batch: not batch.is_expired))
        WriteOffForm(self, self.app, gift, batches).open()

    def withdraw(self) -> None:
        """W: off the shelf, or on it again."""
        gift = self._gift()
        if gift is None:
            return
        if gift.withdrawn:
            self._run(offer_gift_again, gift, _("{name}重新上架了").format(name=gift.name))
            return
        answer = Answer(_("下架"), "withdraw", _("货架上没有它了；库存留着，随时可以重新上架。"), "primary")
        question = Question(_("下架{name}？").format(name=gift.name), (answer,), stay=_("留着"))
        told = _("{name}下架了").format(name=gift.name)
        ask(self, question, lambda _answered: self._run(withdraw_gift, gift, told))

    def _run(self, action: Any, gift: GiftRow, told: str) -> None:
        def refused(refusal: Refusal) -> None:
            self.pane.refuse(refusal)
            self.app.show_pane()

        self.app.jobs.run(
            self, action, gift.gift, done=lambda _nothing: self.app.banner.news(told), refused=refused
        )


def _name_cell(row: GiftRow) -> Cell:
    words = _("{name} {spec}").format(name=row.name, spec=row.spec).strip()
    return Cell(words, State("dash", "closed") if row.withdrawn else None)


def _stock_cell(row: GiftRow) -> Cell:
    words = _("{count} {unit}").format(count=row.stock, unit=row.unit)
    if not row.stock and not row.withdrawn:
        return Cell(_("没货了"), State("triangle", "trouble"))
    return Cell(words, State("half", "under_way") if row.is_low else None)


def _page(which: str, desk: Any, page: PageQuery) -> TablePage[GiftRow]:
    """A station has some dozens of gifts: they are read whole."""
    kept = [row for row in gift_rows(desk, None) if _is_wanted(row, which)]
    found = next((place for place, row in enumerate(kept) if row.gift == page.find), None)
    return TablePage(len(kept), 0, kept, found)


def _is_wanted(row: GiftRow, which: str) -> bool:
    if which == WITHDRAWN:
        return row.withdrawn
    wanted = {ALL: True, LOW: row.is_low, EXPIRING: row.expires_soon or bool(row.expired)}
    return wanted[which] and not row.withdrawn
