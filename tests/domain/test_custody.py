from __future__ import annotations

from datetime import date

import pytest

from app.domain.custody import Custody, NotTheHolder, Verdict, begun, claims, expect_holder, verdict
from app.facts import Claim, Fact
from app.facts.orders import OrderScreened
from app.facts.stock import StockOpened
from app.facts.wallets import PointsTakenBack, RedemptionReversed, WalletOpened

ME, OTHER, PERSON, STATION = ("1" * 32, "2" * 32, "3" * 32, "4" * 32)
WALLET, STOCK = f"wallet:{PERSON}", f"stock:{STATION}"
MINE = Custody(holder=ME, term=1, unit="桃源村")
TAKEN = PointsTakenBack(wallet=PERSON, points_cents=1, taken_on=date(2026, 4, 7))
BACK = RedemptionReversed(
    wallet=PERSON,
    redemption="5" * 32,
    number="",
    stock=STATION,
    quarter="2026Q2",
    reversed_on=date(2026, 4, 7),
    points_cents=1,
    returned=(),
)
OPENINGS = [
    WalletOpened(wallet=PERSON, holder=ME, term=1, unit="桃源村"),
    StockOpened(stock=STATION, holder=ME, term=1, unit="桃源村"),
]


def test_a_fact_claims_the_terms_it_relies_on() -> None:
    held = {WALLET: MINE, STOCK: Custody(holder=ME, term=3, unit="桃源村")}
    assert claims(BACK, ME, held) == (Claim(WALLET, 1), Claim(STOCK, 3))
    assert claims(TAKEN, ME, held) == (Claim(WALLET, 1),)


def test_only_the_holder_takes() -> None:
    assert expect_holder(MINE, ME) == MINE
    with pytest.raises(NotTheHolder) as elsewhere:
        claims(TAKEN, OTHER, {WALLET: MINE})
    assert elsewhere.value.unit == "桃源村"
    with pytest.raises(NotTheHolder) as unknown:
        claims(TAKEN, ME, {})
    assert unknown.value.unit == ""


@pytest.mark.parametrize("body", OPENINGS, ids=["wallet", "stock"])
def test_an_object_begins_once(body: Fact) -> None:
    assert begun(body) == MINE
    assert verdict(body, (), OTHER, {}) is Verdict.FOLDED
    assert verdict(body, (), ME, {body.object: MINE}) is Verdict.KEPT


@pytest.mark.parametrize(
    ("claimed", "device", "expected"),
    [
        ((Claim(WALLET, 1), Claim(STOCK, 1)), ME, Verdict.FOLDED),
        ((Claim(WALLET, 1), Claim(STOCK, 1)), OTHER, Verdict.KEPT),
        ((Claim(WALLET, 2), Claim(STOCK, 1)), ME, Verdict.KEPT),
        ((Claim(WALLET, 1),), ME, Verdict.KEPT),
        ((), ME, Verdict.KEPT),
    ],
    ids=["both terms", "another device", "another term", "one missing", "none"],
)
def test_the_verdict_follows_holder_and_term(
    claimed: tuple[Claim, ...], device: str, expected: Verdict
) -> None:
    held = {WALLET: MINE, STOCK: MINE}
    assert verdict(BACK, claimed, device, held) is expected
    assert verdict(BACK, claimed, device, {WALLET: MINE}) is Verdict.KEPT


def test_what_relies_on_nothing_always_counts() -> None:
    body = OrderScreened(order="6" * 32, due_at=1)
    assert begun(body) is None
    assert verdict(body, (), OTHER, {}) is Verdict.FOLDED
