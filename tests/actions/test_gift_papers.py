"""The papers of the gift counter, made from what was recorded, and who is shown on them."""

from __future__ import annotations

from datetime import date

import pytest

from app.actions.closings import CloseDay, close_day
from app.actions.counts import CountedGift, CountStock, ExplainCount, Explanation, count_stock, explain_count
from app.actions.gift_papers import (
    RegisterPaper,
    count_paper,
    day_paper,
    gift_receipt,
    register_paper,
)
from app.actions.redemptions import RedemptionsQuery, redemption
from app.actions.wallets import (
    Agent,
    BasketLine,
    RedeemGifts,
    ReprintReceipt,
    ReverseRedemption,
    redeem_gifts,
    reprint_receipt,
    reverse_redemption,
)
from app.domain.closings import ClosingUnknown
from app.domain.counts import Cause, CountUnknown
from app.domain.redemptions import RedemptionUnknown, RegisterTooLong
from app.domain.staff import Role
from app.facts import Id
from app.sentences import sentence
from app.storage.ids import new_id
from tests.printing.papers import pages, text
from tests.support import counter as make
from tests.support.desk import Station


@pytest.fixture
def towel(station: Station) -> Id:
    return make.stocked(station, "毛巾", 12, spec="纯棉", quantity=40, expires_on=date(2027, 9, 1))


@pytest.fixture
def wang(station: Station) -> Id:
    return make.with_points(station.desk, 45, "王建明")


def test_a_receipt_says_what_was_given_in_two_copies(station: Station, towel: Id, wang: Id) -> None:
    done = make.redeemed(station.desk, wang, towel)
    [page] = pages(gift_receipt(station.desk, done.redemption))
    for words in (
        f"凭证号{done.number}",
        "志愿者姓名王*明",
        "2026年第2季度",
        "毛巾纯棉条12112",
        "兑换前45本次扣12还剩33",
        "领取人本人经办、复核陈芳",
    ):
        assert page.count(words) == 2, words
    assert "补打" not in page
    assert "王建明" not in page


def test_one_more_receipt_is_marked_and_a_reversed_one_says_so(station: Station, towel: Id, wang: Id) -> None:
    request = RedeemGifts(
        redemption=new_id(),
        person=wang,
        lines=(BasketLine(gift=towel),),
        checker=station.staff[Role.ADMINISTRATOR],
        agent=Agent(name="李小明", relation="儿子"),
    )
    redeem_gifts(station.desk, request)
    station.clock.forward(days=1)
    reverse_redemption(station.desk, ReverseRedemption(redemption=request.redemption, reason="拿错了礼品"))
    assert reprint_receipt(station.desk, ReprintReceipt(redemption=request.redemption)).value == 1
    assert reprint_receipt(station.desk, ReprintReceipt(redemption=request.redemption)).value == 2
    said = text(gift_receipt(station.desk, request.redemption))
    assert "补打第2次2026年4月8日" in said
    assert "领取人李*明（儿子）代领经办、复核陈芳、沈静" in said
    assert "本次兑换已于2026年4月8日撤销" in said
    entry = redemption(station.desk, request.redemption)
    assert (entry.copies, entry.reprinted_on) == (2, date(2026, 4, 8))
    register = RegisterPaper(query=RedemptionsQuery(), about="全部")
    assert "4月8日撤销，补打2次" in text(register_paper(station.desk, register))


def test_there_is_no_receipt_of_nothing(station: Station) -> None:
    with pytest.raises(RedemptionUnknown):
        gift_receipt(station.desk, new_id())
    with pytest.raises(RedemptionUnknown):
        reprint_receipt(station.desk, ReprintReceipt(redemption=new_id()))


def test_the_register_has_what_was_chosen_the_oldest_first(station: Station, towel: Id, wang: Id) -> None:
    li = make.with_points(station.desk, 20, "李秀英", phone="13711112222")
    first = make.redeemed(station.desk, wang, towel)
    station.clock.forward(minutes=5)
    second = make.redeemed(station.desk, li, towel)
    reverse_redemption(station.desk, ReverseRedemption(redemption=first.redemption, reason="记错了人"))
    paper = RegisterPaper(query=RedemptionsQuery(quarter="2026Q2"), about="2026年第2季度")
    [page] = pages(register_paper(station.desk, paper))
    assert page.index(first.number) < page.index(second.number)
    assert "2026年第2季度兑换1次，扣12分；另有1次已撤销" in page
    assert "45→33" in page
    assert "40→39" in page
    assert "4月7日撤销" in page and "4月7日09:05" in page and "2026-04" not in page
    nothing = RegisterPaper(query=RedemptionsQuery(quarter="2026Q1"), about="2026年第1季度")
    assert "没有兑换。" in text(register_paper(station.desk, nothing))


def test_a_register_that_is_too_long_is_not_cut(
    station: Station, towel: Id, wang: Id, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.actions.gift_papers.MOST_ROWS", 1)
    paper = RegisterPaper(query=RedemptionsQuery(), about="")
    make.redeemed(station.desk, wang, towel)
    assert pages(register_paper(station.desk, paper))
    make.redeemed(station.desk, make.with_points(station.desk, 20, "李秀英"), towel)
    with pytest.raises(RegisterTooLong) as refused:
        register_paper(station.desk, paper)
    assert sentence(refused.value) == "这里有 2 次兑换，最多一起印 1 次。请先筛一筛，比如只看一天。"


def test_the_day_sheet_has_what_happened_between_two_closings(station: Station, towel: Id, wang: Id) -> None:
    first = make.redeemed(station.desk, wang, towel)
    assert "尚未日结" in text(day_paper(station.desk, None))
    closed = close_day(station.desk, CloseDay(closing=new_id())).value
    station.clock.forward(days=1)
    second = make.redeemed(
        station.desk, make.with_points(station.desk, 20, "李秀英", phone="13711112222"), towel
    )
    said = text(day_paper(station.desk, closed.closing))
    assert "兑换1次，扣12分" in said
    assert "2026年4月7日09:00由陈芳日结" in said
    assert first.number in said and second.number not in said
    assert "毛巾纯棉条040139" in said
    still_open = text(day_paper(station.desk, None))
    assert second.number in still_open and first.number not in still_open
    reverse_redemption(station.desk, ReverseRedemption(redemption=first.redemption, reason="拿错了礼品"))
    assert "兑换1次，扣12分；撤销1次，退12分" in text(day_paper(station.desk, None))
    with pytest.raises(ClosingUnknown):
        day_paper(station.desk, new_id())


def test_what_is_taken_back_after_the_closing_is_on_the_next_sheet(
    station: Station, towel: Id, wang: Id
) -> None:
    done = make.redeemed(station.desk, wang, towel)
    closed = close_day(station.desk, CloseDay(closing=new_id())).value
    station.clock.forward(days=1)
    reverse_redemption(station.desk, ReverseRedemption(redemption=done.redemption, reason="拿错了礼品"))
    open_day = text(day_paper(station.desk, None))
    assert "兑换0次，扣0分；撤销1次，退12分" in open_day
    assert f"{done.number}" in open_day and "毛巾纯棉条12-1-12" in open_day
    assert "上次日结前兑换，4月8日撤销" in open_day
    sheet = text(day_paper(station.desk, closed.closing))
    assert "兑换1次，扣12分" in sheet and "毛巾纯棉条12112" in sheet
    assert "日结后，4月8日撤销" in sheet
    both = make.redeemed(station.desk, wang, towel)
    reverse_redemption(station.desk, ReverseRedemption(redemption=both.redemption, reason="又拿错了"))
    assert "兑换1次，扣12分；撤销2次，退24分" in text(day_paper(station.desk, None))
    assert "12112" in text(day_paper(station.desk, None))


def test_a_day_has_what_came_after_the_closing_whatever_the_clock_says(
    station: Station, towel: Id, wang: Id
) -> None:
    closed = close_day(station.desk, CloseDay(closing=new_id())).value
    station.clock.forward(hours=-2)
    done = make.redeemed(station.desk, wang, towel)
    still_open = text(day_paper(station.desk, None))
    assert "兑换1次，扣12分" in still_open and done.number in still_open
    again = close_day(station.desk, CloseDay(closing=new_id())).value
    assert done.number not in text(day_paper(station.desk, closed.closing))
    assert done.number in text(day_paper(station.desk, again.closing))


def test_the_count_sheet_is_blind_until_it_is_counted(station: Station, towel: Id) -> None:
    blind = text(count_paper(station.desk, None))
    assert "毛巾纯棉条2027年9月1日" in blind
    assert "40" not in blind
    count = new_id()
    line = CountedGift(gift=towel, expires_on=date(2027, 9, 1), counted=38)
    count_stock(station.desk, CountStock(count=count, lines=(line,)))
    explained = (Explanation(gift=towel, cause=Cause.DAMAGED),)
    explain_count(station.desk, ExplainCount(count=count, gifts=explained, reason="受潮两条"))
    said = text(count_paper(station.desk, count))
    assert "由陈芳盘点，共1种38件" in said
    assert "毛巾纯棉条4038-2损坏，受潮两条" in said
    with pytest.raises(CountUnknown):
        count_paper(station.desk, new_id())
