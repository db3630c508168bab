"""The gifts on the shelf (库存): a delivery, a blind count that finds one missing, and the close of the day."""

from __future__ import annotations

from app.actions.closings import closings
from app.actions.counts import SheetLine, count_sheet, counts
from app.actions.gifts import GiftRow, gift_rows
from app.actions.services import Page
from app.actions.stock import batches_of
from app.domain.moments import full_date
from ui.demo_day.counter import turn
from ui.demo_day.day import Day
from ui.demo_day.promises import promise


def deliver(day: Day) -> None:
    """What was low comes in; the pane says from where."""
    day.stage.pass_time(6)
    with day.step("delivery", "送货入库") as step:
        gift = min(_rows(day), key=lambda row: row.stock)
        pieces = 6 + day.rng.randrange(10)
        turn(day, "礼品与库存")
        view, index = day.eyes.row(gift.name, within="礼品与库存")
        day.hands.click_row(view, index)
        day.eyes.read("现有的每一批", gift.name)
        day.hands.press("F3")
        day.enter("数量")
        day.hands.write(str(pieces))
        day.enter("哪里来")
        day.hands.write("云溪镇供销社")
        day.picture("delivery")
        day.hands.press("Ctrl+Enter")
        day.said(gift.name, str(pieces))
        day.picture("stock")
        now = next(row.stock for row in _rows(day) if row.gift == gift.gift)
        promise(now == gift.stock + pieces, "库存正好多了这些", before=gift.stock, after=now)
        step.note(gift=gift.name, pieces=pieces, stock_before=gift.stock, stock_after=now)


def count(day: Day) -> None:
    """Nobody sees the book while counting; afterwards one piece lacks, and the reason is written down."""
    with day.step("count", "盲盘，少了一件，写明原因") as step:
        turn(day, "盘点")
        sheet = day.stage.look(count_sheet, None)
        day.eyes.field(_called(sheet[0]))
        day.save_paper("count-sheet", "盘点表", sheet[0].name)
        there = [_pieces(day, line) for line in sheet]
        place = day.rng.choice([at for at, pieces in enumerate(there) if pieces])
        there[place] -= 1
        for line, pieces in zip(sheet, there, strict=True):
            day.enter(_called(line))
            day.hands.write(str(pieces))
        day.picture("count")
        day.hands.press("Ctrl+Enter")
        day.said("1 种对不上")
        day.eyes.read(sheet[place].name, "少 1")
        day.hands.click(day.eyes.button("丢失"))
        day.enter("说明")
        day.hands.write("货架后面也找过了")
        day.picture("difference")
        day.save_paper("count-result", "盘点表", sheet[place].name)
        day.hands.press("Ctrl+Enter")
        day.said("原因记下了")
        [card] = day.stage.look(counts, Page(limit=1))
        promise(
            not card.to_explain and len(card.differences) == 1, "差异有了原因", differences=card.differences
        )
        lacks = card.differences[0]
        promise(lacks.counted == lacks.book - 1, "少的正好是一件", book=lacks.book, counted=lacks.counted)
        step.note(
            lines=len(sheet), gift=lacks.name, book=lacks.book, counted=lacks.counted, cause=lacks.cause
        )


def close(day: Day) -> None:
    """What was given, came in and lacks on one sheet of paper."""
    day.stage.pass_time(day.clock.until(17, 20))
    with day.step("day close", "日结") as step:
        turn(day, "日结")
        day.eyes.read("兑换", "撤销 1 次")
        day.hands.press("Ctrl+Enter")
        day.said("日结好了")
        day.picture("day-close")
        [sheet] = day.stage.look(closings, Page(limit=1))
        promise((sheet.redemptions, sheet.reversals) >= (2, 1), "兑换和撤销都在日结里", seen=sheet)
        sums = [
            line.before
            + line.received
            + line.returned
            + line.difference
            - line.redeemed
            - line.written_off
            - line.after
            for line in sheet.lines
        ]
        promise(not any(sums), "每样礼品的期初加减都等于期末", sums=sums)
        day.save_paper("day-sheet", "日结单", full_date(sheet.day))
        step.note(
            redemptions=sheet.redemptions,
            reversals=sheet.reversals,
            redeemed=sheet.redeemed_cents / 100,
            restored=sheet.restored_cents / 100,
        )


def _rows(day: Day) -> list[GiftRow]:
    return [row for row in day.stage.look(gift_rows, None) if not row.withdrawn]


def _pieces(day: Day, line: SheetLine) -> int:
    """How many there are of a gift with this day printed on it."""
    batches = day.stage.look(batches_of, line.gift)
    return sum(one.quantity for one in batches if one.expires_on == line.expires_on)


def _called(line: SheetLine) -> str:
    day = f"{full_date(line.expires_on)}到期" if line.expires_on else ""
    return f"{line.name} {line.spec} {day}".strip()
