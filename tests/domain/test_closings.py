from __future__ import annotations

from datetime import date

import pytest

from app.domain.closings import CountNotExplained, Figures, NothingToClose, close
from app.facts.stock import ClosedGift

TODAY = date(2026, 4, 7)
STOCK, CLOSING, TOWEL = (letter * 32 for letter in "abc")


def figures(redemptions: int = 0, reversals: int = 0, received: int = 0) -> Figures:
    gift = ClosedGift(
        gift=TOWEL, before=1, received=received, redeemed=0, returned=0, written_off=0, difference=0, after=1
    )
    return Figures(
        redemptions=redemptions, reversals=reversals, redeemed_cents=0, restored_cents=0, gifts=[gift]
    )


@pytest.mark.parametrize("happened", [figures(1), figures(0, 1), figures(received=1)])
def test_a_day_on_which_anything_happened_is_closed(happened: Figures) -> None:
    body = close(STOCK, CLOSING, happened, unexplained=None, today=TODAY)
    assert (body.redemptions, body.closed_on, len(body.gifts)) == (happened.redemptions, TODAY, 1)


def test_what_keeps_a_day_open() -> None:
    with pytest.raises(NothingToClose):
        close(STOCK, CLOSING, figures(), unexplained=None, today=TODAY)
    with pytest.raises(CountNotExplained):
        close(STOCK, CLOSING, figures(1), unexplained=TODAY, today=TODAY)
