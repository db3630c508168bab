"""One redemption (一次兑换): who took what for how many points, who gave it out, its receipt, its reversal."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.redemptions import RedemptionEntry
from app.domain.calendar import read_quarter
from app.domain.moments import full_date, say_exactly
from app.domain.numbers import grouped
from app.sentences.points import figure, points
from app.sentences.redemptions import receiver_words
from app.words import _
from ui.parts.buttons import Button
from ui.parts.empty import Empty
from ui.parts.facts import FactLine, Facts
from ui.parts.flow import Flow, flowing
from ui.parts.text import Text
from ui.screen import Services


class EntryPane(QWidget):
    """The buttons ask the page; ``person_asked`` carries a person's id."""

    print_asked = Signal()
    save_asked = Signal()
    reverse_asked = Signal()
    person_asked = Signal(object)

    def __init__(self, app: Services) -> None:
        super().__init__()
        self.entry: RedemptionEntry | None = None
        self._may_act = app.clerk.role != "auditor"
        self._empty = Empty(_("指着哪一次，这里就是它的经过。"))
        self._title = Text("", "section", bold=True, wrap=True)
        self._facts = Facts()
        self._facts.opened.connect(self.person_asked)
        self.print = Button(_("补打凭证"), icon="print", key="F10")
        self.save = Button(_("存成 PDF"), icon="save", key="Ctrl+S")
        self.reverse = Button(_("撤销兑换"), kind="danger", key="R")
        self._build()
        self.show_entry(None)

    def _build(self) -> None:
        buttons = QWidget()
        flow = Flow(flowing(buttons))
        for button, asked in (
            (self.print, self.print_asked),
            (self.save, self.save_asked),
            (self.reverse, self.reverse_asked),
        ):
            flow.addWidget(button)
            button.clicked.connect(lambda _checked, asked=asked: asked.emit())
        if not self._may_act:
            buttons.hide()
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        for widget in (self._title, buttons, self._facts):
            body.addWidget(widget)
        body.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self._empty)
        column.addWidget(self._body)

    def show_entry(self, entry: RedemptionEntry | None) -> None:
        self.entry = entry
        self._empty.setVisible(entry is None)
        self._body.setVisible(entry is not None)
        if entry is None:
            return
        self._title.setText(_("{who} · 扣 {points}").format(who=entry.who, points=points(entry.points_cents)))
        self._facts.say(_fact_lines(entry))
        self.reverse.setVisible(entry.reversed_at is None)


def _fact_lines(it: RedemptionEntry) -> list[FactLine]:
    """The row of the counter's book, in the order one asks for it."""
    gifts = "\n".join(
        _("{gift} {spec} × {count}，{points}，库存 {before} → {after}").format(
            gift=line.name,
            spec=line.spec,
            count=line.quantity,
            points=points(line.deducted_cents),
            before=line.stock_before,
            after=line.stock_after,
        )
        for line in it.gifts
    )
    before_after = _("{before} → {after}").format(
        before=figure(it.before_cents), after=points(it.after_cents)
    )
    reversed_by = (
        _("{who}　{when}").format(who=it.reversed_by, when=say_exactly(it.reversed_at))
        if it.reversed_at
        else ""
    )
    return [
        FactLine(_("谁"), it.who, it.person),
        FactLine(_("编号"), grouped(it.volunteer_number)),
        FactLine(_("礼品"), gifts),
        FactLine(_("积分"), before_after),
        FactLine(_("时间"), say_exactly(it.redeemed_at)),
        FactLine(_("季度"), read_quarter(it.quarter).say()),
        FactLine(_("领取人"), receiver_words(it)),
        FactLine(_("经办"), it.operator),
        FactLine(_("复核"), it.checker),
        FactLine(_("凭证"), it.number),
        FactLine(_("补打"), _copies(it)),
        FactLine(_("地点"), it.unit),
        FactLine(_("已撤销"), reversed_by),
        FactLine(_("原因"), it.reason),
    ]


def _copies(it: RedemptionEntry) -> str:
    if it.reprinted_on is None:
        return ""
    return _("{count} 次，最近 {day}").format(count=it.copies, day=full_date(it.reprinted_on))
