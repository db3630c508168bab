"""What stands behind each figure (明细的行): readings, columns, and the heading with what it says when it is empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.actions.certificates import CertificateEntry, certificates_of
from app.actions.desk import Desk
from app.actions.hours import HourLine, HoursQuery, hours_of
from app.actions.people_cards import (
    OrderOf,
    OrdersOfQuery,
    orders_of,
)
from app.actions.points import PointLine, PointsQuery, points_of
from app.actions.services import Evidence
from app.domain.moments import full_date, say_moment
from app.domain.services import State as ServiceState
from app.domain.wallets import PointKind
from app.facts import Id
from app.sentences import services as service_words
from app.sentences import stars as star_words
from app.sentences.categories import category_name
from app.sentences.points import points
from app.sentences.wallets import kind_words
from app.words import _
from ui.parts.rows import State
from ui.parts.table import Cell, Column, PageQuery, TablePage
from ui.screens.board.wording import shape_of
from ui.screens.volunteers.whole import Whole
from ui.states import certificate_state, service_state


@dataclass(frozen=True)
class LedgerLine:
    """A line of hours or points; ``evidence`` is None when no record of service is behind it, or it is not here."""

    key: str
    day: str
    what: str
    order: str
    by: str
    amount: str
    state: State | None
    evidence: Evidence | None


@dataclass(frozen=True)
class OrderLine:
    order: OrderOf
    when: str


Reading = Callable[[Desk, PageQuery], TablePage[Any]]


def hour_lines(person: Id) -> Reading:
    def read(desk: Desk, query: PageQuery) -> TablePage[LedgerLine]:
        it = hours_of(desk, HoursQuery(person=person, offset=query.first, limit=query.count))
        rows = [_hour_line(one) for one in it.lines]
        return TablePage(it.line_count, query.first, rows, _place(rows, query))

    return read


def point_lines(person: Id) -> Reading:
    def read(desk: Desk, query: PageQuery) -> TablePage[LedgerLine]:
        it = points_of(desk, PointsQuery(person=person, offset=query.first, limit=query.count))
        rows = [_point_line(one) for one in it.lines]
        return TablePage(it.line_count, query.first, rows, _place(rows, query))

    return read


def certificate_lines(person: Id) -> Reading:
    def read(desk: Desk, query: PageQuery) -> TablePage[CertificateEntry]:
        rows = certificates_of(desk, person)
        places = [place for place, one in enumerate(rows) if one.certificate == query.find]
        return TablePage(len(rows), 0, rows, places[0] if places else None)

    return read


def order_lines(person: Id) -> Reading:
    def read(desk: Desk, query: PageQuery) -> TablePage[OrderLine]:
        it = orders_of(desk, OrdersOfQuery(person=person, offset=query.first, limit=query.count))
        rows = [OrderLine(one, say_moment(one.submitted_at, desk.now())) for one in it.rows]
        places = [place for place, one in enumerate(rows) if one.order.id == query.find]
        return TablePage(it.total, query.first, rows, query.first + places[0] if places else None)

    return read


def _place(rows: list[LedgerLine], query: PageQuery) -> int | None:
    """Where the sought line stands, among the rows that were read."""
    return next((query.first + place for place, row in enumerate(rows) if row.key == query.find), None)


def _hour_line(line: HourLine) -> LedgerLine:
    amount, day = service_words.hours(line.minutes), full_date(line.served_on)
    return _service_line(line.fact, line.evidence, line.minutes < 0, day, amount)


def _point_line(line: PointLine) -> LedgerLine:
    """Points come from service, and go for gifts; whatever else stands behind a line is said by its kind."""
    amount, day, redemption = points(line.points_cents), full_date(line.counted_on), line.redemption
    if line.evidence is not None or line.kind is PointKind.EARNED:
        return _service_line(line.fact, line.evidence, line.points_cents < 0, day, amount)
    kind = kind_words(line.kind)
    if redemption is None:
        what = _("{kind} · {who}").format(kind=kind, who=line.other) if line.other else kind
        return LedgerLine(line.fact, day, what, line.order_number, "", amount, None, None)
    gifts = _("、").join(one.name for one in redemption.gifts)
    by = redemption.operator if line.kind is PointKind.REDEEMED else redemption.reversed_by
    return LedgerLine(
        line.fact, day, _("{kind} · {gifts}").format(kind=kind, gifts=gifts), "", by, amount, None, None
    )


def _service_line(fact: Id, it: Evidence | None, is_taken_back: bool, day: str, amount: str) -> LedgerLine:
    if it is None:
        return LedgerLine(fact, day, _("别处的服务记录"), "", "", amount, None, None)
    state = service_state(ServiceState.REVERSED if is_taken_back else ServiceState.APPROVED)
    by = it.reversed_by if is_taken_back else it.decided_by
    return LedgerLine(fact, day, it.content or it.activity, it.order_number, by, amount, state, it)


def ledger_columns(amount: str) -> list[Column[LedgerLine]]:
    return [
        Column("day", _("哪天"), 152, lambda line: line.day, can_order=False),
        Column("what", _("做了什么"), 260, lambda line: line.what, can_order=False),
        Column("amount", amount, 132, lambda line: line.amount, is_number=True, can_order=False),
        Column("state", _("结果"), 124, _ledger_state, can_order=False),
        Column("order", _("订单"), 96, lambda line: line.order, can_order=False),
        Column("by", _("经手"), 90, lambda line: Cell(line.by, is_quiet=True), can_order=False),
    ]


def _ledger_state(line: LedgerLine) -> Cell:
    return Cell(line.state.word if line.state is not None else "", line.state)


def certificate_columns() -> list[Column[CertificateEntry]]:
    return [
        Column("number", _("编号"), 330, lambda one: one.number, can_order=False),
        Column("day", _("开具"), 148, lambda one: full_date(one.issued_on), can_order=False),
        Column(
            "minutes",
            _("时长"),
            132,
            lambda one: service_words.hours(one.minutes),
            is_number=True,
            can_order=False,
        ),
        Column("state", _("状态"), 124, _certificate_state, can_order=False),
        Column("by", _("经手"), 90, lambda one: Cell(one.issued_by, is_quiet=True), can_order=False),
    ]


def _certificate_state(one: CertificateEntry) -> Cell:
    state = certificate_state(one)
    return Cell(state.word, state)


def order_columns() -> list[Column[OrderLine]]:
    return [
        Column("when", _("什么时候"), 128, lambda one: one.when, can_order=False),
        Column("category", _("类别"), 120, lambda one: category_name(one.order.category), can_order=False),
        Column("what", _("要什么"), 280, lambda one: one.order.what, can_order=False),
        Column("state", _("状态"), 112, _order_state, can_order=False),
        Column("number", _("编号"), 96, lambda one: one.order.short, can_order=False),
        Column("stars", _("评价"), 72, _order_stars, can_order=False),
    ]


def _order_state(one: OrderLine) -> Cell:
    state = shape_of(one.order.state)
    return Cell(state.word, state)


def _order_stars(one: OrderLine) -> str:
    return _("{stars} 星").format(stars=one.order.stars) if one.order.stars else ""


READINGS: dict[str, Callable[[Id], Reading]] = {
    "hours": hour_lines,
    "points": point_lines,
    "stars": hour_lines,
    "certificates": certificate_lines,
    "orders": order_lines,
}


def _hours_head(it: Whole) -> tuple[str, str, str]:
    assert it.done is not None
    years = " · ".join(
        _("{year} 年 {hours}").format(year=year, hours=service_words.hours(minutes))
        for year, minutes in it.done.hours.by_year
    )
    title = _("时长 {hours}").format(hours=service_words.hours(it.done.hours.minutes))
    return title, years, _("还没有通过审核的服务记录。服务完，在派单那里记下来就有了。")


def _points_head(it: Whole) -> tuple[str, str, str]:
    assert it.done is not None
    return (
        _("积分 {points}").format(points=points(it.done.points_cents)),
        _("点一条服务，看它的来历。"),
        _("还没有积分。服务记录通过审核，积分就有了。"),
    )


def _stars_head(it: Whole) -> tuple[str, str, str]:
    assert it.done is not None
    stars = it.done.stars
    below = _("。").join(part for part in (star_words.missing(stars), star_words.fallen(stars)) if part)
    return star_words.standing(stars), below, _("还没有通过审核的服务记录，星级按时长算。")


def _certificates_head(it: Whole) -> tuple[str, str, str]:
    assert it.done is not None
    title = _("证明 {count} 份").format(count=it.done.valid_certificates)
    return title, "", _("还没有开过证明。服务记录通过审核，就能开。")


def _orders_head(it: Whole) -> tuple[str, str, str]:
    title = _("点过的单 {count}").format(count=it.story.orders_count)
    return title, "", _("还没有点过单。")


HEADS: dict[str, Callable[[Whole], tuple[str, str, str]]] = {
    "hours": _hours_head,
    "points": _points_head,
    "stars": _stars_head,
    "certificates": _certificates_head,
    "orders": _orders_head,
}
