"""The gift counter in words: what was done there, and what stands in the way."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.problems import Problem
from app.domain.stock import BatchBegun, NotExpiredYet, NotInStock
from app.facts import Fact
from app.facts.grants import GrantRevoked
from app.facts.stock import BatchReceived, DayClosed, StockWrittenOff
from app.facts.wallets import PointsTakenBack, ReceiptReprinted
from app.sentences import sentence
from tests.support.histories import told

ONE = "1" * 32
DAY = date(2026, 4, 7)


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (NotInStock(name="毛巾", left=0), "“毛巾”已经没有了，请另选。"),
        (NotInStock(name="毛巾", left=2), "“毛巾”只剩 2 件，请把数量改小。"),
        (BatchBegun(left=2), "这一批已经发出去一些，还剩 2 件。多记了的，请办出库。"),
        (NotExpiredYet(expires_on=None), "这一批没有到期日，不能按过期出库，请换一个原因。"),
        (NotExpiredYet(expires_on=DAY), "这一批2026年4月7日才到期，还能发；真要出库，请换一个原因。"),
    ],
)
def test_refusals_say_what_to_do(problem: Problem, words: str) -> None:
    assert sentence(problem) == words


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            BatchReceived(stock=ONE, batch=ONE, gift=ONE, quantity=20, source="donation", received_on=DAY),
            "入库毛巾 20 条（捐赠）",
        ),
        (
            StockWrittenOff(stock=ONE, write_off=ONE, batch=ONE, gift=ONE, quantity=3, cause="lost"),
            "出库毛巾 3 条（丢失）",
        ),
        (
            DayClosed(
                stock=ONE,
                closing=ONE,
                closed_on=DAY,
                redemptions=3,
                reversals=1,
                redeemed_cents=3_600,
                restored_cents=1_200,
                gifts=(),
            ),
            "日结：兑换 3 次，扣 36 分；撤销 1 次",
        ),
        (ReceiptReprinted(wallet=ONE, redemption=ONE, copy=2, printed_on=DAY), "凭证第 2 次补打"),
        (GrantRevoked(grant=ONE, person=ONE, points_cents=50, revoked_on=DAY), "收回奖励，扣 0.5 分"),
    ],
)
def test_histories_are_told(body: Fact, words: str) -> None:
    assert told(body) == words


@pytest.mark.parametrize(("service", "words"), [(ONE, "时长撤销，扣回 2 分"), (None, "扣回所欠的 2 分")])
def test_why_points_were_taken_back_is_told(service: str | None, words: str) -> None:
    assert told(PointsTakenBack(wallet=ONE, points_cents=200, taken_on=DAY, service=service)) == words
