"""The basket (篮子): what is taken, what it costs, the confirmation; afterwards what became of it, until the next scan.

``+`` and ``-`` change how many of the gift that was picked last; what is confirmed is confirmed once.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.actions.gifts import Tile
from app.actions.wallets import BasketLine, Redeemed
from app.domain.problems import Refusal
from app.facts import Id
from app.sentences import sentence
from app.sentences.points import figure, points
from app.words import _
from ui.parts.announce import announce
from ui.parts.buttons import Button
from ui.parts.form import RefusalLine
from ui.parts.printing import printer_names
from ui.parts.text import Paragraph, Text


class _Line(QWidget):
    """One gift in the basket, with less and more."""

    def __init__(self, tile: Tile, quantity: int) -> None:
        super().__init__()
        name = Text(tile.name, "body", bold=True, wrap=True)
        cost = Text(
            _("{each} × {count}").format(each=points(tile.points_cents), count=quantity),
            "secondary",
            "secondary",
        )
        self.less = Button(kind="quiet", icon="minus", name=_("少一件{name}").format(name=tile.name))
        self.more = Button(kind="quiet", icon="plus", name=_("多一件{name}").format(name=tile.name))
        for button in (self.less, self.more):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(name)
        words.addWidget(cost)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(0)
        row.addLayout(words, 1)
        row.addWidget(self.less)
        row.addWidget(Text(str(quantity), "section", bold=True))
        row.addWidget(self.more)
        self.setAccessibleName(_("{name} {count} 件").format(name=tile.name, count=quantity))


class Basket(QWidget):
    """``changed``: another content; ``confirmed``: give it out; ``again``: print once more."""

    changed = Signal()
    confirmed = Signal()
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tiles: dict[Id, Tile] = {}
        self._taken: dict[Id, int] = {}
        self._last: Id | None = None
        self._balance: int | None = None
        self._lines = QVBoxLayout()
        self._title = Text(_("篮子"), "section", bold=True)
        self._hint = Paragraph("", "body", "secondary")
        self._sum = Text("", "title", bold=True, wrap=True)
        self._refusal = RefusalLine()
        self.confirm = Button(_("兑换"), kind="primary", key="Enter", tall=True)
        self._thanks = Paragraph("", "section", "done")
        self._paper = Paragraph("", "body", "secondary")
        self.print = Button(icon="print", key="F10")
        self._build()
        self.serve(None)

    def _build(self) -> None:
        self.confirm.clicked.connect(lambda _checked: self.confirmed.emit())
        self.print.clicked.connect(lambda _checked: self.again.emit())
        inside = QWidget()
        listed = QVBoxLayout(inside)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(8)
        for widget in (self._hint, self._thanks, self._paper):
            listed.addWidget(widget)
        listed.addWidget(self.print, 0, Qt.AlignmentFlag.AlignLeft)
        self._lines.setSpacing(0)
        listed.addLayout(self._lines)
        listed.addStretch()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._area, 1)
        for part in (self._refusal, self._sum, self.confirm):
            column.addWidget(part)

    # --- what is in it

    def lines(self) -> tuple[BasketLine, ...]:
        return tuple(BasketLine(gift=gift, quantity=count) for gift, count in self._taken.items())

    def taken(self) -> dict[Id, int]:
        return dict(self._taken)

    def is_empty(self) -> bool:
        return not self._taken

    def is_thanking(self) -> bool:
        """Whether it says what was given out, until the next one comes."""
        return self._thanks.isVisibleTo(self)

    def cost_cents(self) -> int:
        return sum(self._tiles[gift].points_cents * count for gift, count in self._taken.items())

    def left_cents(self) -> int | None:
        """The points that remain; None while nobody is there."""
        return None if self._balance is None else self._balance - self.cost_cents()

    def put(self, tile: Tile) -> None:
        """One more of this gift."""
        self._tiles[tile.gift] = tile
        self._last = tile.gift
        self._change(tile.gift, 1)

    def fill(self, lines: Sequence[tuple[Tile, int]]) -> None:
        """What was picked before, and how many of each."""
        self._tiles = {tile.gift: tile for tile, _count in lines}
        self._taken = {tile.gift: count for tile, count in lines}
        self._last = next(reversed(self._taken), None)
        self.settle()
        self.changed.emit()

    def change_last(self, step: int) -> None:
        """One more, or one less, of the gift that was picked last."""
        if self._last is not None:
            self._change(self._last, step)

    def empty(self) -> None:
        self._taken, self._last = {}, None
        self._refusal.clear()
        self.settle()
        self.changed.emit()

    def _change(self, gift: Id, step: int) -> None:
        count = self._taken.get(gift, 0) + step
        self._taken.pop(gift, None) if count <= 0 else self._taken.update({gift: count})
        if gift not in self._taken and self._last == gift:
            self._last = next(reversed(self._taken), None)
        self._refusal.clear()
        self.settle()
        self.changed.emit()

    # --- what is shown

    def serve(self, balance_cents: int | None) -> None:
        """Somebody with these points stands at the counter, or nobody does."""
        self._balance = balance_cents
        self._forget_thanks()
        self.settle()

    def settle(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for gift, count in self._taken.items():
            line = _Line(self._tiles[gift], count)
            line.less.clicked.connect(lambda _checked, gift=gift: self._change(gift, -1))
            line.more.clicked.connect(lambda _checked, gift=gift: self.put(self._tiles[gift]))
            self._lines.addWidget(line)
        left = self.left_cents()
        can_confirm = bool(self._taken) and left is not None and left >= 0
        self.confirm.setEnabled(can_confirm)
        self.confirm.setVisible(not self._thanks.isVisibleTo(self))
        self._sum.setText(self._sum_words())
        self.confirm.setAccessibleDescription(self._sum.text())
        self._sum.setVisible(bool(self._taken) and self._balance is not None)
        self._hint.setVisible(not self._taken and not self._thanks.isVisibleTo(self))
        self._hint.set_sentence(
            _("先扫卡，或者打名字。") if self._balance is None else _("按 1 到 9 拿礼品，或者扫礼品上的码。")
        )

    def _sum_words(self) -> str:
        """What was had, and what will be left: "45 → 33 分"."""
        left = self.left_cents()
        if self._balance is None or left is None:
            return ""
        if left < 0:
            return _("还差 {points}").format(points=points(-left))
        return _("{before} → {after}").format(before=figure(self._balance), after=points(left))

    def refuse(self, refusal: Refusal) -> None:
        self._refusal.say(sentence(refusal))

    def say(self, words: str) -> None:
        """Why something was not put in."""
        self._refusal.say(words)

    def thank(self, redeemed: Redeemed) -> None:
        """It is done: this stays until the next person comes."""
        self._taken, self._last, self._balance = {}, None, None
        words = _("已扣 {points}，余 {left}。谢谢您").format(
            points=points(redeemed.points_cents), left=points(redeemed.after_cents)
        )
        self._thanks.set_sentence(words)
        announce(self, words)
        self._thanks.show()
        self._title.setText(_("办好了"))
        self.settle()
        self.changed.emit()

    def say_paper(self, words: str, is_trouble: bool) -> None:
        """What became of the receipt."""
        self._paper.set_sentence(words)
        self._paper.set_colour("trouble" if is_trouble else "secondary")
        self._paper.show()
        is_file = not printer_names()
        self.print.icon_name = "save" if is_file else "print"
        self.print.setText(_("存成 PDF") if is_file else _("再印"))
        self.print.show()

    def _forget_thanks(self) -> None:
        self._title.setText(_("篮子"))
        self._refusal.clear()
        for widget in (self._thanks, self._paper, self.print):
            widget.hide()
