"""One gift (一件礼品): its picture, what it costs, its batches, and where every piece came from and went."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.desk import Desk
from app.actions.gifts import GiftRow, gift_picture
from app.actions.stock import BatchRow, Move, MovesPage, MovesQuery, batches_of, moves_of
from app.domain.moments import full_date, say_exactly, say_moment
from app.domain.problems import Refusal
from app.facts import Id
from app.sentences import sentence
from app.sentences.points import points
from app.sentences.stock import move_words, source_words
from app.words import _
from ui.parts.buttons import Button
from ui.parts.empty import Empty
from ui.parts.facts import FactLine, Facts
from ui.parts.flow import Flow, flowing
from ui.parts.form import RefusalLine
from ui.parts.photos import PhotoThumb
from ui.parts.pictures import photo_in
from ui.parts.text import Paragraph, Text
from ui.parts.timeline import Event, Timeline
from ui.screen import Services
from ui.screens.counter.giftforms import batch_words

READ_AFTER_MS = 60
"""Held arrows run over many rows; only the one they stop at is read."""
_MOVES = 30


def _whole(desk: Desk, gift: Id) -> tuple[tuple[BatchRow, ...], MovesPage]:
    """What the pane shows besides the row of the list."""
    return batches_of(desk, gift), moves_of(desk, MovesQuery(gift=gift, limit=_MOVES))


class GiftPane(QWidget):
    """The buttons ask the page."""

    deliver_asked = Signal()
    write_off_asked = Signal()
    edit_asked = Signal()
    withdraw_asked = Signal()

    def __init__(self, app: Services) -> None:
        super().__init__()
        self.app = app
        self.gift: GiftRow | None = None
        self._batches_read: tuple[BatchRow, ...] = ()
        self._may_act = app.clerk.role != "auditor"
        self._timer = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        self._timer.timeout.connect(self._read)
        self._build()
        self.point(None)

    def _build(self) -> None:
        self._empty = Empty(_("指着哪件礼品，这里就是它的每一批和来去。"))
        self._picture = PhotoThumb(1)
        self._name = Text("", "section", bold=True, wrap=True)
        self._facts = Facts()
        self._refusal = RefusalLine()
        self._batches = Paragraph("")
        self._history = Timeline()
        self.deliver = Button(_("入库"), kind="primary", key="F3")
        self.write_off = Button(_("出库"), key="X")
        self.edit = Button(_("改"), key="E")
        self.withdraw = Button("", key="W")
        buttons = QWidget()
        flow = Flow(flowing(buttons))
        for button, asked in (
            (self.deliver, self.deliver_asked),
            (self.write_off, self.write_off_asked),
            (self.edit, self.edit_asked),
            (self.withdraw, self.withdraw_asked),
        ):
            flow.addWidget(button)
            button.clicked.connect(lambda _checked, asked=asked: asked.emit())
        if not self._may_act:
            buttons.hide()
        if self.app.clerk.role != "administrator":
            self.edit.hide()
            self.withdraw.hide()
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        for widget in (self._picture, self._name, buttons, self._refusal, self._facts):
            body.addWidget(widget)
        body.addSpacing(8)
        body.addWidget(Text(_("现有的每一批"), "secondary", "secondary", bold=True))
        body.addWidget(self._batches)
        body.addSpacing(8)
        self._came = Text(_("来去"), "secondary", "secondary", bold=True)
        body.addWidget(self._came)
        body.addWidget(self._history)
        body.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self._empty)
        column.addWidget(self._body)

    # --- which gift

    def point(self, gift: GiftRow | None) -> None:
        """Show another gift, or how the same one is now."""
        before, self.gift = self.gift, gift
        self._empty.setVisible(gift is None)
        self._body.setVisible(gift is not None)
        if gift is None:
            return
        if before is None or before.gift != gift.gift:
            self._refusal.clear()
            self._forget_batches()
        self._name.setText(gift.name)
        self._facts.say(_fact_lines(gift))
        self.withdraw.setText(_("重新上架") if gift.withdrawn else _("下架"))
        self.withdraw.updateGeometry()
        self._picture.setVisible(bool(gift.picture))
        if gift.picture and (before is None or before.picture != gift.picture):
            asked = (gift_picture, gift.picture)
            self.app.jobs.read(self, photo_in, asked, done=self._picture.show_photo)
        self._timer.start()

    def there(self) -> tuple[BatchRow, ...]:
        """The batches of which something is left."""
        return tuple(batch for batch in self._batches_read if batch.quantity)

    def refuse(self, refusal: Refusal) -> None:
        self._refusal.say(sentence(refusal))

    def _read(self) -> None:
        gift = self.gift
        if gift is not None:
            self.app.jobs.read(self, _whole, gift.gift, done=partial(self._show, gift.gift), key="gift")

    def _show(self, gift: Id, whole: tuple[tuple[BatchRow, ...], MovesPage]) -> None:
        if self.gift is not None and self.gift.gift == gift:
            self._show_batches(*whole)

    def _forget_batches(self) -> None:
        """What is there of another gift is not known yet."""
        self._batches_read = ()
        self._batches.set_sentence("")
        self._history.set_events([])
        self._came.hide()
        self.write_off.setEnabled(False)

    def _show_batches(self, batches: tuple[BatchRow, ...], moves: MovesPage) -> None:
        self._batches_read = batches
        unit = self.gift.unit if self.gift is not None else ""
        self._batches.set_sentence(self._batch_lines(unit))
        self._history.set_events([self._event(move, unit) for move in moves.rows])
        self._came.setVisible(bool(moves.rows))
        self.write_off.setEnabled(bool(self.there()))

    def _batch_lines(self, unit: str) -> str:
        there = self.there()
        if not there:
            return _("没有存货。到货了按 F3 入库。") if self._may_act else _("没有存货。")
        return "\n".join(_batch_line(batch, unit) for batch in there)

    def _event(self, move: Move, unit: str) -> Event:
        return Event(
            say_moment(move.at, self.app.now()), _move_words(move, unit), move.by, say_exactly(move.at)
        )


def _fact_lines(gift: GiftRow) -> list[FactLine]:
    return [
        FactLine(_("规格"), gift.spec),
        FactLine(_("积分"), _("{points}一{unit}").format(points=points(gift.points_cents), unit=gift.unit)),
        FactLine(_("库存"), _("{count} {unit}").format(count=gift.stock, unit=gift.unit)),
        FactLine(
            _("过期"), _("{count} {unit}").format(count=gift.expired, unit=gift.unit) if gift.expired else ""
        ),
        FactLine(
            _("少了提醒"),
            _("剩 {count} {unit}时提醒").format(count=gift.low_stock, unit=gift.unit)
            if gift.low_stock
            else "",
        ),
        FactLine(_("条码"), gift.code),
    ]


def _batch_line(batch: BatchRow, unit: str) -> str:
    came = " ".join(part for part in (source_words(batch.source), batch.origin) if part)
    return _("{left}（{day}{came}，入 {received}）").format(
        left=batch_words(batch, unit), day=full_date(batch.received_on), came=came, received=batch.received
    )


def _move_words(move: Move, unit: str) -> str:
    words = _("{what} {count} {unit}").format(
        what=move_words(move.kind), count=f"{move.quantity:+}", unit=unit
    )
    return _("{words}，凭证 {number}").format(words=words, number=move.number) if move.number else words
