"""Amounts of money (金额) as they are typed."""

from __future__ import annotations

import pytest

from app.domain.money import MOST_YUAN, AmountNotUnderstood, AmountTooLarge, cents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50", 5000),
        ("12.5", 1250),
        ("12.05", 1205),
        ("￥12.50 元", 1250),
        ("１２．５", 1250),
        ("1,200", 120_000),
        ("30块", 3000),
        ("0", 0),
        (str(MOST_YUAN), MOST_YUAN * 100),
    ],
)
def test_an_amount_is_read_as_cents(text: str, expected: int) -> None:
    assert cents(text) == expected


@pytest.mark.parametrize("text", ["", "五十", "12.345", "-3", "1.2.3", "12元5"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountNotUnderstood) as refused:
        cents(text, "advance_cents")
    assert refused.value.field == "advance_cents"


def test_an_amount_nobody_means_is_refused() -> None:
    with pytest.raises(AmountTooLarge):
        cents(str(MOST_YUAN + 1))
