"""The blind count (盘点): what is on the shelf is typed without seeing the book; then the differences get reasons.

What is typed is a draft, for a count takes a while and the queue comes in between.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.actions.counts import (
    CountCard,
    CountedGift,
    CountStock,
    SheetLine,
    count_card,
    count_sheet,
    count_stock,
    counts,
)
from app.actions.desk import Desk, new_id
from app.actions.drafts import SavedDraft, SaveDraft, my_drafts, read_draft, save_draft
from app.actions.gift_papers import count_paper
from app.actions.services import Page as Window
from app.actions.stock import stock_warnings
from app.domain.calendar import shanghai_day
from app.domain.moments import full_date, say_moment
from app.domain.policies import read_number
from app.domain.printers import PaperKind
from app.domain.problems import Refusal, Trouble
from app.facts import Id
from app.sentences import sentence
from app.words import _
from ui.parts.buttons import Button
from ui.parts.empty import Empty
from ui.parts.form import Form, Page
from ui.parts.printing import print_made, save_made
from ui.parts.text import Paragraph, Text
from ui.screen import Screen, Services
from ui.screens.counter.countline import CountLine
from ui.screens.counter.differences import Differences

KIND = "count"
QUIET_MS = 700
_ABOVE = 160  # px: above the first line stands what to do, and how the last count went


class Counting(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._draft = new_id()  # and the count that becomes of it
        self._is_stored = self._is_sent = False
        self.lines: list[CountLine] = []
        self.form = Form()
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.put_down)
        self.differences = Differences(app)
        self.empty = Empty(_("还没有入过库，没有可盘的。先在“礼品与库存”里入库。"))
        self._stack = QStackedWidget()
        self._build()
        nothing_read_yet = QWidget()
        for page in (nothing_read_yet, self._sheet, self.differences, self.empty):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.form.saved.connect(self.send)
        self.differences.explained.connect(self._look_again)
        self.differences.print_asked.connect(self.print)
        self.differences.save_asked.connect(self.save_paper)
        self.key("Ctrl+Enter", _("交上，或记下原因"), self._save)
        self.key("Ctrl+P", _("印盘点表"), self.print)
        self.key("Ctrl+S", _("盘点表存成 PDF"), self.save_paper)
        self._look_again()

    def _build(self) -> None:
        self._story = Paragraph("", "body", "secondary")
        self.form.add_line(
            Paragraph(_("到货架前数，数到几填几。账面数这里不显示；交上以后才对账，对不上的写原因。"))
        )
        self.form.add_line(self._story)
        self._note = Text("", "secondary", "secondary")
        self.print_sheet = Button(_("印盘点表"), icon="print", key="Ctrl+P")
        self.print_sheet.clicked.connect(lambda _checked: self.print())
        self.save_sheet = Button(_("存成 PDF"), icon="save", key="Ctrl+S")
        self.save_sheet.clicked.connect(lambda _checked: self.save_paper())
        self.send_button = Button(_("交上"), kind="primary", key="Ctrl+Enter")
        self.send_button.clicked.connect(lambda _checked: self.send())
        self.form.primary = self.send_button
        self._sheet = Page(
            self.form,
            left=(self._note,),
            right=(self.save_sheet, self.print_sheet, self.send_button),
            widest=720,
        )

    # --- the page

    def enter(self) -> None:
        if self._stack.currentWidget() is self.differences:
            self.differences.start()
        elif self.lines:
            line = next((one for one in self.lines if one.is_empty()), None) or self.lines[0]
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            # The lines may have come this moment, and have their places only after the layout.
            QTimer.singleShot(0, line, partial(self._sheet.area.ensureWidgetVisible, line, 0, _ABOVE))

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"gift", "stock", "wallet"}:
            self._look_again()

    def is_amid(self) -> bool:
        """What is counted is a draft; reasons that are half typed are amid, and what is being handed in."""
        is_explaining = self._stack.currentWidget() is self.differences and super().is_amid()
        return self._is_sent or is_explaining

    def put_down(self) -> None:
        """Save what is half counted."""
        self._timer.stop()
        if self._is_sent or self.app.jobs.is_closed():
            return
        typed = {line.key: line.value() for line in self.lines if not line.is_empty()}
        if not typed and not self._is_stored:
            return
        self._is_stored = True
        request = SaveDraft(draft=self._draft, kind=KIND, body=msgspec.json.encode(typed).decode())
        self.app.jobs.run(
            self, save_draft, request, done=lambda _nothing: self._show_note(), refused=lambda _no: None
        )

    def _look_again(self) -> None:
        self.app.jobs.read(self, _latest, None, done=self._on_latest)

    def _on_latest(self, card: CountCard | None) -> None:
        if card is not None and card.to_explain:
            self.differences.show_count(card)
            self._turn_to(self.differences)
            return
        self._story.set_sentence(self._told(card))
        self.app.jobs.read(self, count_sheet, None, done=self._show_sheet)

    def _told(self, card: CountCard | None) -> str:
        if card is None:
            return _("还没有盘过。")
        facts = {"when": say_moment(card.counted_at, self.app.now()), "who": card.counted_by}
        if not card.differences:
            return _("上次：{when} 由{who}盘点，都对得上。").format(**facts)
        return _("上次：{when} 由{who}盘点，{count} 种对不上，写了原因。").format(
            count=len(card.differences), **facts
        )

    def _show_sheet(self, sheet: tuple[SheetLine, ...]) -> None:
        self._turn_to(self._sheet if sheet else self.empty)
        if sheet == tuple(line.line for line in self.lines):
            return
        typed = {line.key: line.value() for line in self.lines}
        for old in self.lines:
            self.form.remove(old)
        self.lines = []
        for place, one in enumerate(sheet):
            line = self.form.add("", CountLine(one), name=f"lines.{place}.counted")
            self.form.row_of(line).label.hide()
            line.field.set_value(typed.get(line.key, ""))
            line.edited.connect(self._on_edited)
            self.lines.append(line)
        self._show_note()
        if not typed:
            self.app.jobs.read(self, my_drafts, KIND, done=self._restore)
        if self.isVisible():
            self.enter()

    def _turn_to(self, page: QWidget) -> None:
        is_other = self._stack.currentWidget() is not page
        self._stack.setCurrentWidget(page)
        if is_other and self.isVisible():
            self.enter()

    def _restore(self, drafts: tuple[SavedDraft, ...]) -> None:
        """Go on with what was counted before, unless somebody is typing already."""
        typed = read_draft(drafts[-1], dict[str, str]) if drafts else None
        if typed is None or any(not line.is_empty() for line in self.lines):
            return
        self._draft, self._is_stored = drafts[-1].id, True
        for line in self.lines:
            line.field.set_value(typed.get(line.key, ""))
        self._show_note()
        if self.isVisible():
            self.enter()

    def _on_edited(self) -> None:
        self._show_note()
        self._timer.start()

    def _show_note(self) -> None:
        missing = sum(line.is_empty() for line in self.lines)
        words = _("还有 {count} 行没数").format(count=missing) if missing else _("都数到了")
        is_saved = self._is_stored and not self._timer.isActive()
        self._note.setText(_("{words} · 草稿已存").format(words=words) if is_saved else words)

    # --- handing in

    def _save(self) -> None:
        """Ctrl+Enter."""
        if self._stack.currentWidget() is self.differences:
            self.differences.save()
        else:
            self.send()

    def send(self) -> None:
        """Hand the whole count in."""
        if self._is_sent or self._stack.currentWidget() is not self._sheet:
            return
        self.form.clear_refusals()
        try:
            lines = tuple(self._counted(place, line) for place, line in self._filled())
        except Refusal as refusal:
            self.form.refuse(refusal)
            return
        if self._timer.isActive():
            self.put_down()  # what is sent is safe first
        self._is_sent = True
        self.app.jobs.run(
            self,
            count_stock,
            CountStock(count=self._draft, lines=lines),
            done=self._on_counted,
            refused=self._refuse,
            trouble=self._on_trouble,
        )

    def _filled(self) -> list[tuple[int, CountLine]]:
        return [(place, line) for place, line in enumerate(self.lines) if not line.is_empty()]

    def _counted(self, place: int, line: CountLine) -> CountedGift:
        """May raise the refusal of a number."""
        counted = read_number(line.value(), f"lines.{place}.counted")
        return CountedGift(gift=line.line.gift, expires_on=line.line.expires_on, counted=counted)

    def _on_counted(self, card: CountCard) -> None:
        self._is_sent = False
        self._is_stored = False
        self._draft = new_id()
        for line in self.lines:
            line.field.set_value("")
        self._show_note()
        if card.differences:
            words = _("交上了，{count} 种对不上，写一下原因").format(count=len(card.differences))
        else:
            words = _("交上了，{gifts} 种 {pieces} 件都对得上").format(gifts=card.gifts, pieces=card.pieces)
        self.app.banner.news(words)
        self._on_latest(card)

    def _refuse(self, refusal: Refusal) -> None:
        """A refusal names a line by its place among the filled ones; what lacks is the first empty line."""
        self._is_sent = False
        empty = next((line for line in self.lines if line.is_empty()), None)
        if refusal.field == "lines" and empty is not None:
            refusal.field = f"lines.{self.lines.index(empty)}.counted"
        self.form.refuse(refusal)

    def _on_trouble(self, trouble: Trouble) -> None:
        self._is_sent = False
        self.app.banner.trouble(partial(sentence, trouble))

    def print(self) -> None:
        """The blind sheet, or what the last count found."""
        if not self._has_paper():
            return
        print_made(
            self.app.jobs,
            self,
            self._make_paper,
            _("盘点表"),
            printed=lambda: self.app.banner.news(_("盘点表已送到打印机")),
            failed=self.app.banner.trouble,
            object_name=self._paper_is_of(),
            paper=PaperKind.COUNT_SHEET,
        )

    def save_paper(self) -> None:
        """The same as a file, for a station without a printer."""
        if not self._has_paper():
            return
        name = _("盘点表 {day}").format(day=full_date(shanghai_day(self.app.now())))
        save_made(self.app, self, self._make_paper, name=name, object_name=self._paper_is_of())

    def _paper_is_of(self) -> str:
        return f"count:{self._shown_count() or 'sheet'}"

    def _has_paper(self) -> bool:
        return bool(self.lines) or self._shown_count() is not None

    def _shown_count(self) -> Id | None:
        """The count whose differences are asked about, if they are."""
        card = self.differences.card
        return card.count if card is not None and self._stack.currentWidget() is self.differences else None

    def _make_paper(self, give: Callable[[bytes], None]) -> None:
        self.app.jobs.read(self, count_paper, self._shown_count(), done=give)


def _latest(desk: Desk, _query: None) -> CountCard | None:
    """The count that still wants reasons, else the last one."""
    open_count = stock_warnings(desk, None).to_explain
    if open_count is not None:
        return count_card(desk, open_count)
    return next(iter(counts(desk, Window(limit=1))), None)
