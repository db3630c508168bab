"""The papers of the gift counter (兑换凭证、登记簿、日结单、盘点表). Names come in masked: anybody at the desk prints.

A receipt is printed after its redemption is safe; each one after the first is counted and marked 补打.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from app.actions.closings import ClosedLine, DayEntry, DaySheet, day_entries, day_sheet, open_day
from app.actions.counts import CountCard, CountDifference, SheetLine, count_card, count_sheet
from app.actions.desk import Desk, Look, reading
from app.actions.redemptions import RedeemedLine, RedemptionEntry, RedemptionsQuery, redemption, redemptions
from app.domain.calendar import read_quarter, shanghai, shanghai_day
from app.domain.moments import full_date, say_date, say_exactly
from app.domain.numbers import grouped, voucher_bar_code
from app.domain.redemptions import RegisterTooLong
from app.facts import Id
from app.sentences.counts import cause_words
from app.sentences.points import figure, points
from app.sentences.redemptions import receiver_words
from app.storage import stations
from app.words import _

# Printing is loaded with the first paper: it takes longer than everything else a start needs from here.
if TYPE_CHECKING:
    from app.printing.count_sheet import CountRow
    from app.printing.day_sheet import StockRow
    from app.printing.gift_receipt import GiftReceipt
    from app.printing.gift_register import RegisterRow

MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPaper:
    """The register as it is filtered; ``about`` says in words how."""

    query: RedemptionsQuery
    about: str


def gift_receipt(desk: Desk, redemption_id: Id) -> bytes:
    """The receipt of a redemption in two copies (兑换凭证), as PDF; marked 补打 where it is one."""
    from app.printing.gift_receipt import pdf

    return pdf(_receipt(redemption(desk, redemption_id)))


def register_paper(desk: Desk, query: RegisterPaper) -> bytes:
    """The register of redemptions (兑换登记簿), the oldest first, as PDF; refused when it is not narrowed enough."""
    from app.printing.gift_register import GiftRegister, pdf

    at = _where(desk, None)
    found = redemptions(desk, replace(query.query, offset=0, limit=MOST_ROWS))
    if found.count > MOST_ROWS:
        raise RegisterTooLong(count=found.count, most=MOST_ROWS)
    return pdf(
        GiftRegister(
            station=at.station,
            about=query.about,
            total=_total(found.rows),
            rows=_register_rows(found.rows, at.today),
            day=at.today,
        )
    )


def day_paper(desk: Desk, closing: Id | None) -> bytes:
    """The sheet of a day that was closed, or of the one that is open (日结单), as PDF."""
    from app.printing import day_sheet as paper

    sheet = open_day(desk, None) if closing is None else day_sheet(desk, closing)
    at = _where(desk, None)
    return paper.pdf(
        paper.DaySheet(
            station=at.station,
            day=sheet.day,
            total=_day_total(sheet),
            closed_at=say_exactly(sheet.closed_at) if sheet.closed_at else "",
            closed_by=sheet.closed_by,
            rows=tuple(_day_rows(day_entries(desk, closing), sheet.day)),
            stock=tuple(_stock_row(line) for line in sheet.lines),
        )
    )


def count_paper(desk: Desk, count: Id | None) -> bytes:
    """The blind count sheet, or what a count found (盘点表), as PDF."""
    from app.printing.count_sheet import CountSheet, pdf

    at = _where(desk, None)
    if count is None:
        rows = tuple(_blind_row(line) for line in count_sheet(desk, None))
        return pdf(CountSheet(station=at.station, day=at.today, rows=rows))
    card = count_card(desk, count)
    found = tuple(_found_row(card, difference) for difference in card.differences)
    return pdf(CountSheet(station=at.station, day=card.counted_on, rows=found, result=_result(card)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Where:
    station: str
    today: date


@reading()
def _where(look: Look, _query: None) -> _Where:
    return _Where(station=stations.this_station(look.connection).name, today=look.today)


def _receipt(entry: RedemptionEntry) -> GiftReceipt:
    from app.printing.gift_receipt import Copy, GiftReceipt, GivenRow

    return GiftReceipt(
        number=entry.number,
        digits=voucher_bar_code(entry.number),
        station=entry.unit,
        given_at=say_exactly(entry.redeemed_at),
        quarter=read_quarter(entry.quarter).say(),
        volunteer=entry.who,
        volunteer_number=grouped(entry.volunteer_number),
        rows=tuple(
            GivenRow(
                gift=line.name,
                spec=line.spec,
                unit=line.unit,
                each=figure(line.points_cents),
                quantity=str(line.quantity),
                deducted=figure(line.deducted_cents),
            )
            for line in entry.gifts
        ),
        deducted=figure(entry.points_cents),
        before=figure(entry.before_cents),
        after=figure(entry.after_cents),
        receiver=receiver_words(entry),
        operator=entry.operator,
        checker=entry.checker,
        day=entry.redeemed_on,
        copy=Copy(entry.copies, entry.reprinted_on) if entry.reprinted_on else None,
        reversed_on=shanghai_day(entry.reversed_at) if entry.reversed_at else None,
    )


def _total(rows: tuple[RedemptionEntry, ...]) -> str:
    """What stands; a reversed redemption is on the paper but does not count."""
    given = [entry for entry in rows if entry.reversed_at is None]
    total = points(sum(entry.points_cents for entry in given))
    if len(given) == len(rows):
        return _("兑换 {count} 次，扣 {points}").format(count=len(given), points=total)
    return _("兑换 {count} 次，扣 {points}；另有 {reversed} 次已撤销").format(
        count=len(given), points=total, reversed=len(rows) - len(given)
    )


def _day_total(sheet: DaySheet) -> str:
    """What happened between two closings; what was taken back may have been given before."""
    figures = {
        "redemptions": sheet.redemptions,
        "redeemed": points(sheet.redeemed_cents),
        "reversals": sheet.reversals,
        "restored": points(sheet.restored_cents),
    }
    if not sheet.reversals:
        return _("兑换 {redemptions} 次，扣 {redeemed}").format(**figures)
    return _("兑换 {redemptions} 次，扣 {redeemed}；撤销 {reversals} 次，退 {restored}").format(**figures)


def _day_rows(day_of: Sequence[DayEntry], day: date) -> Iterator[RegisterRow]:
    """A line for each gift, so that they add up to the sums: what was given before and taken back now is less."""
    for one in day_of:
        reversed_on = _reversed_on(one.entry, day)
        if reversed_on and not one.given:
            remark = _("上次日结前兑换，{day}撤销").format(day=reversed_on)
        elif reversed_on and not one.taken_back:
            remark = _("日结后，{day}撤销").format(day=reversed_on)
        else:
            remark = _reversal_words(one.entry, day)
        for line in one.entry.gifts:
            row = _register_row(one.entry, line, day, remark)
            if not one.given:
                row = replace(
                    row,
                    quantity=str(-line.quantity),
                    deducted=figure(-line.deducted_cents),
                    points="",
                    stock="",
                )
            yield row


def _register_rows(entries: tuple[RedemptionEntry, ...], day: date) -> tuple[RegisterRow, ...]:
    """A line for each gift, in the order in which they were given, on a paper of ``day``."""
    return tuple(
        _register_row(entry, line, day, _reversal_words(entry, day))
        for entry in reversed(entries)
        for line in entry.gifts
    )


def _reversed_on(entry: RedemptionEntry, day: date) -> str:
    return say_date(shanghai_day(entry.reversed_at), day) if entry.reversed_at else ""


def _reversal_words(entry: RedemptionEntry, day: date) -> str:
    reversed_on = _reversed_on(entry, day)
    return _("{day}撤销").format(day=reversed_on) if reversed_on else ""


def _register_row(entry: RedemptionEntry, line: RedeemedLine, day: date, reversal: str) -> RegisterRow:
    from app.printing.gift_register import RegisterRow

    at = shanghai(entry.redeemed_at)
    remarks = (
        reversal,
        _("补打 {count} 次").format(count=entry.copies) if entry.copies else "",
    )
    return RegisterRow(
        number=entry.number,
        given_at=f"{say_date(at.date(), day)} {at:%H:%M}",
        volunteer=entry.who,
        volunteer_number=grouped(entry.volunteer_number),
        gift=f"{line.name} {line.spec}".strip(),
        unit=line.unit,
        each=figure(line.points_cents),
        quantity=str(line.quantity),
        deducted=figure(line.deducted_cents),
        points=f"{figure(entry.before_cents)} → {figure(entry.after_cents)}",
        stock=f"{line.stock_before} → {line.stock_after}",
        receiver=receiver_words(entry),
        staff=_("、").join(filter(None, (entry.operator, entry.checker))),
        remark=_("，").join(filter(None, remarks)),
    )


def _stock_row(line: ClosedLine) -> StockRow:
    from app.printing.day_sheet import StockRow

    def moved(count: int) -> str:
        return str(count) if count else ""

    return StockRow(
        gift=f"{line.name} {line.spec}".strip(),
        unit=line.unit,
        before=str(line.before),
        received=moved(line.received),
        redeemed=moved(line.redeemed),
        returned=moved(line.returned),
        written_off=moved(line.written_off),
        difference=f"{line.difference:+}" if line.difference else "",
        after=str(line.after),
    )


def _blind_row(line: SheetLine) -> CountRow:
    from app.printing.count_sheet import CountRow

    return CountRow(
        gift=f"{line.name} {line.spec}".strip(),
        unit=line.unit,
        expires=full_date(line.expires_on) if line.expires_on else "",
    )


def _found_row(card: CountCard, difference: CountDifference) -> CountRow:
    from app.printing.count_sheet import Counted, CountRow

    cause = cause_words(difference.cause) if difference.cause else ""
    return CountRow(
        gift=f"{difference.name} {difference.spec}".strip(),
        unit=difference.unit,
        counted=Counted(
            book=str(difference.book),
            counted=str(difference.counted),
            difference=f"{difference.counted - difference.book:+}",
            reason=_("，").join(filter(None, (cause, card.reason))),
        ),
    )


def _result(card: CountCard) -> str:
    return _("{at} 由{who}盘点，共 {gifts} 种 {pieces} 件").format(
        at=say_exactly(card.counted_at), who=card.counted_by, gifts=card.gifts, pieces=card.pieces
    )
