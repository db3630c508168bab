"""The day close (日结): what was given since the last one, gift by gift; closed once the count has its reasons."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.closings import CloseDay, ClosedLine, DaySheet, close_day, closings, day_sheet, open_day
from app.actions.desk import new_id
from app.actions.gift_papers import day_paper
from app.actions.services import Page
from app.domain.calendar import shanghai_day
from app.domain.moments import full_date, say_date, say_exactly, say_moment
from app.domain.printers import PaperKind
from app.domain.problems import Refusal, Trouble
from app.facts import Id
from app.sentences import sentence
from app.sentences.points import points
from app.words import _
from ui.parts.buttons import Button
from ui.parts.choice import Choice
from ui.parts.empty import Empty
from ui.parts.form import Page as Footed
from ui.parts.form import RefusalLine
from ui.parts.printing import print_made, save_made
from ui.parts.table import Cell, Column, PageQuery, Table, TablePage
from ui.parts.text import Paragraph
from ui.screen import Screen, Services

_DAYS = 60


class Closing(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._may_act = app.clerk.role != "auditor"
        self._closing = new_id()
        self.sheet: DaySheet | None = None
        self.days: Choice[Id | None] = Choice([(None, _("还没日结的"))], name=_("看哪一天"))
        self.story = Paragraph("", "body")
        self.refusal = RefusalLine()
        self.table: Table[ClosedLine] = Table(
            app.jobs,
            _columns(),
            lambda line: line.gift,
            app.remembered,
            name="closing",
            order="shelf",
            accessible=_("各礼品收发"),
        )
        self.empty = Empty(_("上次日结以后没有收发。"))
        self.close_button = Button(_("日结"), kind="primary", key="Ctrl+Enter")
        self.print_button = Button(_("印日结单"), icon="print", key="Ctrl+P")
        self.save_button = Button(_("存成 PDF"), icon="save", key="Ctrl+S")
        self._build()
        for button in (self.close_button, self.print_button, self.save_button):
            button.setEnabled(False)  # until the day was read
        self.days.edited.connect(self._read)
        self.close_button.clicked.connect(lambda _checked: self.close_day())
        self.print_button.clicked.connect(lambda _checked: self.print())
        self.save_button.clicked.connect(lambda _checked: self.save())
        if self._may_act:
            self.key("Ctrl+Enter", _("日结"), self.close_day)
            self.key("Ctrl+S", _("日结单存成 PDF"), self.save)
        self.key("Ctrl+P", _("印日结单"), self.print)
        self._read_days()
        self._read()

    def _build(self) -> None:
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.days)
        head.addStretch(1)
        inner.addLayout(head)
        for widget in (self.story, self.refusal):
            inner.addWidget(widget)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.empty, 1)
        self.empty.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        every = (self.save_button, self.print_button, self.close_button)
        right = every if self._may_act else (self.print_button,)
        column.addWidget(Footed(body, right=right, widest=1400))

    # --- the page

    def enter(self) -> None:
        target: QWidget = self.table if self.table.isVisibleTo(self) else self.days
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"gift", "stock", "wallet"}:
            self._read_days()
            self._read()

    def narrowing(self) -> dict[str, Any]:
        return {"days": self.days}

    def _read_days(self) -> None:
        self.app.jobs.read(self, closings, Page(limit=_DAYS), done=self._offer_days)

    def _offer_days(self, days: tuple[DaySheet, ...]) -> None:
        today = shanghai_day(self.app.now())
        self.days.offer([(None, _("还没日结的")), *((one.closing, say_date(one.day, today)) for one in days)])

    def _read(self) -> None:
        closing = self.days.value()
        if closing is None:
            self.app.jobs.read(self, open_day, None, done=self._show, key="day")
        else:
            self.app.jobs.read(self, day_sheet, closing, done=self._show, key="day")

    def _show(self, sheet: DaySheet) -> None:
        self.sheet = sheet
        self.story.set_sentence(self._told(sheet))
        self.refusal.clear()
        is_empty = not sheet.lines
        self.empty.setVisible(is_empty)
        self.table.setVisible(not is_empty)
        self.table.show_rows(partial(_page, sheet.lines))
        self.close_button.setVisible(self._may_act and sheet.closing is None)
        self.close_button.setEnabled(sheet.closing is None)
        for button in (self.print_button, self.save_button):
            button.setEnabled(True)

    def _told(self, sheet: DaySheet) -> str:
        facts = {
            "redemptions": sheet.redemptions,
            "reversals": sheet.reversals,
            "redeemed": points(sheet.redeemed_cents),
            "restored": points(sheet.restored_cents),
        }
        if sheet.reversals:
            sums = _("兑换 {redemptions} 次，扣 {redeemed}；撤销 {reversals} 次，退 {restored}。").format(
                **facts
            )
        else:
            sums = _("兑换 {redemptions} 次，扣 {redeemed}。").format(**facts)
        return "\n".join((sums, self._since(sheet)))

    def _since(self, sheet: DaySheet) -> str:
        if sheet.closed_at is not None:
            return _("{when}由{who}日结。").format(when=say_exactly(sheet.closed_at), who=sheet.closed_by)
        if sheet.since is None:
            return _("还没有日结过。")
        return _("上次日结：{when}。").format(when=say_moment(sheet.since, self.app.now()))

    # --- what is done

    def close_day(self) -> None:
        """Ctrl+Enter: what happened until now is this day."""
        if self.sheet is None or self.sheet.closing is not None or not self.close_button.isEnabled():
            return
        self.close_button.hold()
        self.app.jobs.run(
            self,
            close_day,
            CloseDay(closing=self._closing),
            done=self._on_closed,
            refused=self._refuse,
            trouble=self._on_trouble,
        )

    def _on_closed(self, sheet: DaySheet) -> None:
        self._closing = new_id()
        self.app.banner.news(_("日结好了。印一张日结单，签了字和凭证放在一起"))
        today = shanghai_day(self.app.now())
        self.days.set_options([(None, _("还没日结的")), (sheet.closing, say_date(sheet.day, today))])
        self.days.set_value(sheet.closing)
        self._show(sheet)

    def _refuse(self, refusal: Refusal) -> None:
        self.close_button.setEnabled(True)
        self.refusal.say(sentence(refusal))

    def _on_trouble(self, trouble: Trouble) -> None:
        self.close_button.setEnabled(True)
        self.app.banner.trouble(partial(sentence, trouble))

    def print(self) -> None:
        if self.sheet is None:
            return
        print_made(
            self.app.jobs,
            self,
            partial(self._make_paper, self.sheet.closing),
            _("日结单"),
            printed=lambda: self.app.banner.news(_("日结单已送到打印机")),
            failed=self.app.banner.trouble,
            object_name=f"closing:{self.sheet.closing or 'open'}",
            paper=PaperKind.DAY_SHEET,
        )

    def save(self) -> None:
        """The same as a file, for a station without a printer."""
        if self.sheet is None:
            return
        save_made(
            self.app,
            self,
            partial(self._make_paper, self.sheet.closing),
            name=_("日结单 {day}").format(day=full_date(self.sheet.day)),
            object_name=f"closing:{self.sheet.closing or 'open'}",
        )

    def _make_paper(self, closing: Id | None, give: Callable[[bytes], None]) -> None:
        self.app.jobs.read(self, day_paper, closing, done=give)


def _columns() -> tuple[Column[ClosedLine], ...]:
    def figure(key: str, title: str, *, stays: bool = False) -> Column[ClosedLine]:
        return Column(key, title, 88, partial(_figure, key), is_number=True, can_order=False, stays=stays)

    return (
        Column("name", _("礼品"), 260, lambda line: f"{line.name} {line.spec}".strip(), can_order=False),
        figure("before", _("期初"), stays=True),
        figure("received", _("入库")),
        figure("redeemed", _("兑出")),
        figure("returned", _("退还")),
        figure("written_off", _("出库")),
        figure("difference", _("盘点差异")),
        figure("after", _("期末"), stays=True),
        Column("unit", _("单位"), 80, lambda line: Cell(line.unit, is_quiet=True), can_order=False),
    )


def _figure(key: str, line: ClosedLine) -> Cell:
    value: int = getattr(line, key)
    if key in ("before", "after"):
        return Cell(str(value))
    return Cell(f"{value:+}" if key == "difference" and value else str(value) if value else "")


def _page(lines: tuple[ClosedLine, ...], _desk: object, page: PageQuery) -> TablePage[ClosedLine]:
    found = next((place for place, line in enumerate(lines) if line.gift == page.find), None)
    return TablePage(len(lines), 0, lines, found)
