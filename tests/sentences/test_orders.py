"""Orders in words: what a history says of the steps that have a time of their own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.facts import Fact, milliseconds
from app.facts.orders import OrderFinished, OrderStarted
from tests.support.histories import told

ONE = "1" * 32
TODAY = milliseconds(datetime(2026, 4, 7, 0, 30, tzinfo=UTC))
YESTERDAY = milliseconds(datetime(2026, 4, 6, 6, tzinfo=UTC))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (OrderStarted(order=ONE, started_at=TODAY), "08:30 开始服务"),
        (OrderStarted(order=ONE, started_at=YESTERDAY), "4月6日 14:00 开始服务"),
        (OrderFinished(order=ONE, beneficiary=ONE, finished_at=TODAY, due_at=TODAY), "08:30 服务完成"),
        (
            OrderFinished(order=ONE, beneficiary=ONE, finished_at=YESTERDAY, due_at=TODAY),
            "4月6日 14:00 服务完成",
        ),
    ],
)
def test_the_time_stands_beside_the_day_of_the_line(body: Fact, words: str) -> None:
    """Whoever reads it later would take today or yesterday for their own."""
    assert told(body) == words
