"""The register of redemptions (兑换登记): every one that was made, reversed ones too, found by number or by person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.gift_papers import RegisterPaper, register_paper
from app.actions.redemptions import RedemptionEntry, RedemptionsQuery, redemptions
from app.actions.wallets import ReverseRedemption, reverse_redemption
from app.domain import masking
from app.domain.calendar import quarter_of, shanghai_day
from app.domain.moments import full_date, say_moment
from app.domain.printers import PaperKind
from app.sentences.points import figure, points
from app.words import N_, _
from ui.parts.buttons import Button
from ui.parts.chips import Chips
from ui.parts.empty import Empty
from ui.parts.fields import TextField
from ui.parts.form import Page
from ui.parts.printing import print_made, save_made
from ui.parts.question import Answer, Answered, Deed, Question, ask_and_do
from ui.parts.rows import State
from ui.parts.table import Cell, Column, PageQuery, Table, TablePage
from ui.parts.text import Text
from ui.screen import Screen, Services
from ui.screens.counter.entry import EntryPane
from ui.screens.counter.receipt import print_receipt, save_receipt
from ui.screens.counter.words import gifts_words

TODAY, QUARTER, EARLIER, ALL = "today", "quarter", "earlier", "all"
_WHICH = ((TODAY, N_("今日")), (QUARTER, N_("本季度")), (EARLIER, N_("上季度")), (ALL, N_("全部")))
_REVERSED_BECAUSE = (N_("拿错了礼品"), N_("本人不要了"), N_("记错了人"), N_("礼品有问题"))
_QUIET_MS = 120
_REGISTER = "redemptions:register"


class Register(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._may_act = app.clerk.role != "auditor"
        self.pane = self.beside(EntryPane(app))
        self.search = TextField(_("凭证号、姓名、拼音、志愿者号"), name=_("在登记里找"))
        self.which: Chips[str] = Chips([(value, _(text)) for value, text in _WHICH], name=_("看哪些"))
        self.which.set_value(QUARTER)
        self.table: Table[RedemptionEntry] = Table(
            app.jobs,
            self._columns(),
            lambda entry: entry.redemption,
            app.remembered,
            name="redemptions",
            order="when",
            is_descending=True,
            accessible=_("兑换登记"),
        )
        self.empty = Empty("")
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._find)
        self._build()
        self._connect()
        self._bind()
        self._find()

    def _build(self) -> None:
        self._count = Text("", "secondary", "secondary")
        self.print_list = Button(_("印登记簿"), icon="print", key="Ctrl+P")
        self.print_list.clicked.connect(lambda _checked: self.print())
        self.save_list = Button(_("登记簿存成 PDF"), icon="save", key="Ctrl+Shift+S")
        self.save_list.clicked.connect(lambda _checked: self.save_register())
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.search)
        inner.addWidget(self.which)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.empty, 1)
        self.empty.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        right = (self.save_list, self.print_list) if self._may_act else (self.print_list,)
        column.addWidget(Page(body, left=(self._count,), right=right, widest=1400))

    def _connect(self) -> None:
        self.search.edited.connect(self._quiet.start)
        self.search.returnPressed.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.which.edited.connect(self._find)
        self.table.pointed.connect(self.pane.show_entry)
        self.table.opened.connect(lambda _entry: self.app.show_pane())
        self.table.counted.connect(self._on_counted)
        self.pane.print_asked.connect(self.print_again)
        self.pane.save_asked.connect(self.save)
        self.pane.reverse_asked.connect(self.reverse)
        self.pane.person_asked.connect(lambda person: self.app.go("volunteers", person))

    def _bind(self) -> None:
        if self._may_act:
            self.key("F10", _("补打凭证"), self.print_again)
            self.key("Ctrl+S", _("凭证存成 PDF"), self.save)
            self.key("R", _("撤销这次兑换，要写原因"), self.reverse)
            self.key("Ctrl+Shift+S", _("登记簿存成 PDF"), self.save_register)
        self.key("Ctrl+P", _("印登记簿"), self.print)
        self.key("V", _("看志愿者"), self._open_person)
        self.key("F7", _("今天、本季度、上季度、全部"), self.which.next)
        self.key("Ctrl+F", _("在登记里找"), self._focus_search)

    def _columns(self) -> tuple[Column[RedemptionEntry], ...]:
        def column(
            key: str,
            title: str,
            width: int,
            cell: Callable[[RedemptionEntry], Cell | str],
            *,
            is_number: bool = False,
        ) -> Column[RedemptionEntry]:
            return Column(key, title, width, cell, is_number=is_number, can_order=False)

        return (
            column("when", _("时间"), 176, self._when_cell),
            column("who", _("谁"), 110, lambda one: one.who),
            column("gifts", _("礼品"), 234, lambda one: gifts_words(one.gifts)),
            column("points", _("扣积分"), 90, lambda one: figure(one.points_cents), is_number=True),
            column("number", _("凭证号"), 150, lambda one: Cell(one.number, is_quiet=True)),
            column("by", _("经办"), 100, lambda one: Cell(one.operator, is_quiet=True)),
        )

    def _when_cell(self, one: RedemptionEntry) -> Cell:
        words = say_moment(one.redeemed_at, self.app.now())
        if one.reversed_at is not None:
            return Cell(_("{when} 已撤销").format(when=words), State("dash", "closed"))
        return Cell(words, State("tick", "done"))

    # --- the page

    def enter(self) -> None:
        target: QWidget = self.search if self.empty.isVisibleTo(self) else self.table
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"wallet", "person"}:
            self.table.refresh()

    def pane_widget(self) -> QWidget | None:
        return self.pane

    def narrowing(self) -> dict[str, Any]:
        return {"search": self.search, "which": self.which}

    def go_to(self, object_id: str) -> None:
        """A redemption, whatever was searched for before."""
        self.search.set_value("")
        self.which.set_value(ALL)
        self._find()
        self.table.point(object_id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.app.show_pane()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.hasFocus():
            self.search.set_value("")
            self._find()
            self.enter()
            return
        super().keyPressEvent(event)

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _query(self) -> RedemptionsQuery:
        today = shanghai_day(self.app.now())
        now = quarter_of(today)
        quarters = {QUARTER: str(now), EARLIER: str(now.previous())}
        which = self.which.value() or ALL
        return RedemptionsQuery(
            quarter=quarters.get(which), day=today if which == TODAY else None, text=self.search.value()
        )

    def _find(self) -> None:
        self.table.show_rows(partial(_page, self._query()))

    def _on_counted(self, count: int) -> None:
        is_plain = not self.search.value()
        if count == 0:
            words = _("还没有兑换。到“兑换”里扫卡就能开始。") if is_plain else _("没有找到这样的兑换。")
            self.empty.set_sentence(words)
            self.pane.show_entry(None)
        had_focus = self.table.hasFocus()
        self.empty.setVisible(count == 0)
        self.table.setVisible(count > 0)
        self._count.setText(_("共 {count} 次").format(count=count) if count else "")
        if had_focus and count == 0:
            self.which.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is done

    def _entry(self) -> RedemptionEntry | None:
        return self.table.row() if self.table.isVisibleTo(self) else None

    def print_again(self) -> None:
        """F10: the receipt once more, marked 补打."""
        entry = self._entry()
        if entry is None or not self._may_act:
            return
        told = _("凭证 {number} 已送到打印机").format(number=entry.number)
        print_receipt(
            self.app,
            self,
            entry.redemption,
            entry.number,
            printed=lambda: self.app.banner.news(told),
            failed=self.app.banner.trouble,
            is_copy=True,
        )

    def save(self) -> None:
        entry = self._entry()
        if entry is not None and self._may_act:
            save_receipt(self.app, self, entry.redemption, entry.number, is_copy=True)

    def reverse(self) -> None:
        """R: points, quarter and stock as if it had not been."""
        entry = self._entry()
        if entry is None or entry.reversed_at is not None or not self._may_act:
            return
        does = _("退回 {points}，礼品放回库存，这个季度可以再兑换。").format(
            points=points(entry.points_cents)
        )
        question = Question(
            _("撤销{who}的这次兑换？").format(who=entry.who),
            (Answer(_("撤销兑换"), "reverse", does, "danger"),),
            _("{gifts}，凭证 {number}。礼品要收回来。").format(
                gifts=gifts_words(entry.gifts), number=entry.number
            ),
            tuple(_(reason) for reason in _REVERSED_BECAUSE),
            _("留着"),
        )
        ask_and_do(self, self.app.jobs, question, partial(self._reverse, entry))

    def _reverse(self, entry: RedemptionEntry, answered: Answered) -> Deed:
        told = _("撤销了，退回{who} {points}").format(who=entry.who, points=points(entry.points_cents))
        request = ReverseRedemption(redemption=entry.redemption, reason=answered.reason)
        return Deed(reverse_redemption, request, lambda _nothing: self.app.banner.news(told))

    def print(self) -> None:
        """The register as it is filtered."""
        if not self.table.total():
            return
        print_made(
            self.app.jobs,
            self,
            partial(self._make_paper, RegisterPaper(query=self._query(), about=self._about())),
            _("兑换登记簿"),
            printed=lambda: self.app.banner.news(_("登记簿已送到打印机")),
            failed=self.app.banner.trouble,
            object_name=_REGISTER,
            paper=PaperKind.GIFT_REGISTER,
        )

    def save_register(self) -> None:
        """The same as a file, for a station without a printer."""
        if not self.table.total():
            return
        paper = RegisterPaper(query=self._query(), about=self._about())
        name = _("兑换登记簿 {which}").format(which=self._which_words())
        save_made(self.app, self, partial(self._make_paper, paper), name=name, object_name=_REGISTER)

    def _make_paper(self, paper: RegisterPaper, give: Callable[[bytes], None]) -> None:
        self.app.jobs.read(self, register_paper, paper, done=give)

    def _about(self) -> str:
        """What was chosen, for the head of the paper, which says nobody's number whole."""
        words, typed = self._which_words(), masking.scanned(self.search.value().strip())
        return _("{which}，找“{typed}”").format(which=words, typed=typed) if typed else words

    def _which_words(self) -> str:
        today = shanghai_day(self.app.now())
        quarter = quarter_of(today)
        return {
            TODAY: full_date(today),
            QUARTER: quarter.say(),
            EARLIER: quarter.previous().say(),
            ALL: _("全部"),
        }[self.which.value() or ALL]

    def _open_person(self) -> None:
        entry = self._entry()
        if entry is not None:
            self.app.go("volunteers", entry.person)


def _page(query: RedemptionsQuery, desk: Any, page: PageQuery) -> TablePage[RedemptionEntry]:
    found = redemptions(desk, replace(query, offset=page.first, limit=page.count, find=page.find or None))
    return TablePage(found.count, page.first, found.rows, found.found)
