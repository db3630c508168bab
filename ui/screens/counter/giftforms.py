"""What is asked about gifts and stock (添礼品、入库、报损): short forms over the window that start their action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.actions.gifts import (
    EditGift,
    GiftForm,
    GiftRow,
    ListedGift,
    ListGift,
    edit_gift,
    gift_picture,
    list_gift,
)
from app.actions.stock import BatchRow, ReceiveBatch, WriteOffStock, receive_batch, write_off
from app.domain import money
from app.domain.moments import full_date
from app.domain.people import day_typed
from app.domain.policies import read_number, say_number
from app.domain.problems import Refusal
from app.domain.stock import Source, WriteOff
from app.facts import Id
from app.sentences.stock import source_words, write_off_words
from app.words import _
from ui.keptform import KeptForm
from ui.parts.chips import Chips
from ui.parts.fields import CodeField, TextField
from ui.parts.photos import PhotoField
from ui.parts.when import EchoField
from ui.screen import Services


class Optional(TextField):
    """A line a form does not wait for."""

    def is_empty(self) -> bool:
        return False


class OptionalCode(CodeField):
    """A number a form does not wait for."""

    def is_empty(self) -> bool:
        return False


class DayField(EchoField[date | None]):
    """A day as it is typed, with its echo; a form does not wait for it."""

    def __init__(self, placeholder: str, *, field: str, name: str) -> None:
        super().__init__(partial(day_typed, field=field), _day_words, placeholder, name=name)

    def is_empty(self) -> bool:
        return False

    def echo(self) -> str:
        return super().echo() if self.value() else ""


class CatalogueForm(KeptForm):
    """A gift in the catalogue, new or as it shall be."""

    def __init__(
        self, host: QWidget, app: Services, gift: GiftRow | None, listed: Callable[[str], None]
    ) -> None:
        title = _("添一件礼品") if gift is None else _("改{name}").format(name=gift.name)
        super().__init__(
            host, app, title, _("记下"), kind="gift", about=gift.gift if gift is not None else ""
        )
        self._gift, self._listed = gift, listed
        self.name = self.keep(_("名称"), TextField(_("例如 毛巾"), at_most=40), name="name")
        self.spec = self.keep(_("规格"), TextField(_("例如 纯棉 34×75 厘米"), at_most=40), name="spec")
        self.unit = self.keep(_("单位"), TextField(_("例如 条"), at_most=8), name="unit")
        self.points = self.keep(
            _("积分"), CodeField(_("一件要多少分")), name="points_cents", beside=self.unit
        )
        self.low = self.keep(_("少了提醒"), OptionalCode(_("剩几件时提醒")), name="low_stock")
        self.code = self.keep(_("条码"), OptionalCode(_("扫包装上的码")), name="code", beside=self.low)
        self.picture = self.form.add(
            _("图片"), PhotoField(app.jobs, app.banner, name=_("图片"), most=1), name="picture"
        )
        self._fill(gift)

    def on_scan(self, code: str) -> bool:
        """The maker's bar code, scanned while the form is open."""
        self.code.set_value(code)
        self.code.edited.emit()
        return True

    def _fill(self, gift: GiftRow | None) -> None:
        if gift is None:
            return
        self.name.set_value(gift.name)
        self.spec.set_value(gift.spec)
        self.unit.set_value(gift.unit)
        self.points.set_value(say_number(gift.points_cents, "points_cents"))
        self.low.set_value(say_number(gift.low_stock, "low_stock"))
        self.code.set_value(gift.code)
        if gift.picture:
            self.app.jobs.read(self, gift_picture, gift.picture, done=self._show_picture)

    def _show_picture(self, content: bytes | None) -> None:
        if content is not None and not self.picture.value():
            self.picture.set_value((content,))

    def submit(self) -> None:
        try:
            form = self._form()
        except Refusal as refusal:
            self.form.refuse(refusal)
            return
        if self._gift is None:
            self.run(list_gift, ListGift(gift=self.draft, form=form), self._on_listed)
        else:
            gift = self._gift.gift
            self.run(edit_gift, EditGift(gift=gift, form=form), lambda _nothing: self._on_edited(gift))

    def _form(self) -> GiftForm:
        """May raise the refusal of a number."""
        low = self.low.value()
        return GiftForm(
            name=self.name.value(),
            spec=self.spec.value(),
            unit=self.unit.value(),
            points_cents=read_number(self.points.value(), "points_cents"),
            low_stock=read_number(low, "low_stock") if low else 0,
            code=self.code.value(),
            picture=next(iter(self.picture.value()), None),
        )

    def _on_listed(self, listed: ListedGift) -> None:
        self.done()
        self.app.banner.news(_("{name}上架了，条码 {code}").format(name=self.name.value(), code=listed.code))
        self._listed(listed.gift)

    def _on_edited(self, gift: Id) -> None:
        self.done()
        self.app.banner.news(_("{name}改好了").format(name=self.name.value()))
        self._listed(gift)


class DeliveryForm(KeptForm):
    """Pieces of a gift that came in."""

    def __init__(self, host: QWidget, app: Services, gift: GiftRow) -> None:
        title = _("{name}入库").format(name=gift.name)
        super().__init__(host, app, title, _("入库"), kind="delivery", about=gift.gift)
        self._gift = gift
        self.quantity = self.keep(
            _("数量"), CodeField(_("多少{unit}").format(unit=gift.unit)), name="quantity"
        )
        self.expires = self.keep(
            _("有效期"),
            DayField(_("例如 2027-9-1，不会过期就不填"), field="expires_on", name=_("有效期")),
            name="expires_on",
        )
        sources = [(source, source_words(source)) for source in Source]
        self.source = self.keep(
            _("怎么来的"), Chips(sources, name=_("怎么来的"), chosen=Source.PURCHASE), name="source"
        )
        self.origin = self.keep(
            _("哪里来"), Optional(_("店家、捐赠人、拨给的单位"), at_most=60), name="origin"
        )
        self.received = self.keep(
            _("哪天到"),
            DayField(_("不填就是今天"), field="received_on", name=_("哪天到")),
            name="received_on",
        )
        self.cost = self.keep(_("单价"), OptionalCode(_("元")), name="unit_cost_cents", beside=self.received)
        self.remark = self.keep(_("备注"), Optional(_("可以不写"), at_most=200), name="remark")

    def submit(self) -> None:
        try:
            request = self._request()
        except Refusal as refusal:
            self.form.refuse(refusal)
            return
        self.run(receive_batch, request, lambda _nothing: self._on_done(request.quantity))

    def _request(self) -> ReceiveBatch:
        """May raise the refusal of a number or a day."""
        cost = self.cost.value()
        return ReceiveBatch(
            batch=self.draft,
            gift=self._gift.gift,
            quantity=read_number(self.quantity.value(), "quantity"),
            source=Source(self.source.value() or Source.PURCHASE),
            origin=self.origin.value(),
            remark=self.remark.value(),
            received_on=self.received.meaning(),
            expires_on=self.expires.meaning(),
            unit_cost_cents=money.cents(cost, "unit_cost_cents") if cost else None,
        )

    def _on_done(self, quantity: int) -> None:
        self.done()
        self.app.banner.news(
            _("{name}入库 {count} {unit}").format(name=self._gift.name, count=quantity, unit=self._gift.unit)
        )


class WriteOffForm(KeptForm):
    """Pieces of a batch that are gone, and why."""

    def __init__(self, host: QWidget, app: Services, gift: GiftRow, batches: tuple[BatchRow, ...]) -> None:
        title = _("{name}出库").format(name=gift.name)
        super().__init__(host, app, title, _("出库"), kind="write-off", about=gift.gift)
        self._gift = gift
        options = [(batch.batch, batch_words(batch, gift.unit)) for batch in batches]
        is_expired = batches[0].is_expired
        self.batch = self.keep(
            _("哪一批"), Chips(options, name=_("哪一批"), chosen=batches[0].batch), name="batch"
        )
        causes = [(cause, write_off_words(cause)) for cause in WriteOff]
        self.cause = self.keep(
            _("为什么"),
            Chips(causes, name=_("为什么"), chosen=WriteOff.EXPIRED if is_expired else None),
            name="cause",
        )
        self.quantity = self.keep(
            _("数量"), CodeField(_("多少{unit}").format(unit=gift.unit)), name="quantity"
        )
        if is_expired:
            self.quantity.set_value(str(batches[0].quantity))
        self.reason = self.keep(_("说明"), TextField(_("怎么没的，怎么处理的"), at_most=200), name="reason")

    def submit(self) -> None:
        try:
            quantity = read_number(self.quantity.value(), "quantity")
        except Refusal as refusal:
            self.form.refuse(refusal)
            return
        request = WriteOffStock(
            write_off=self.draft,
            batch=self.batch.value() or "",
            quantity=quantity,
            cause=WriteOff(self.cause.value() or WriteOff.DAMAGED),
            reason=self.reason.value(),
        )
        self.run(write_off, request, lambda _nothing: self._on_done(quantity))

    def _on_done(self, quantity: int) -> None:
        self.done()
        self.app.banner.news(
            _("{name}出库 {count} {unit}").format(name=self._gift.name, count=quantity, unit=self._gift.unit)
        )


def batch_words(batch: BatchRow, unit: str) -> str:
    """How many of a batch are left, and until when they are good."""
    if batch.expires_on is None:
        return _("{count} {unit}，不会过期").format(count=batch.quantity, unit=unit)
    words = _("{count} {unit}，已过期 {day}") if batch.is_expired else _("{count} {unit}，{day}到期")
    return words.format(count=batch.quantity, unit=unit, day=full_date(batch.expires_on))


def _day_words(day: date | None) -> str:
    return full_date(day) if day is not None else ""
