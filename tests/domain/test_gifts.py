from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.gifts import (
    AlreadyWithdrawn,
    Entry,
    Gift,
    GiftCodeTaken,
    GiftNameMissing,
    LowStockImpossible,
    NotWithdrawn,
    PointsImpossible,
    PointsNotUnderstood,
    UnitMissing,
    cents_typed,
    edit,
    list_gift,
    offer_again,
    withdraw,
)

ENTRY = Entry(code="6901234567892", name="毛巾", spec="纯棉", unit="条", points_cents=500, low_stock=3)
TOWEL, OTHER = Gift(id="1" * 32, entry=ENTRY), Gift(id="2" * 32, entry=replace(ENTRY, name="牙膏"))


def test_an_entry_says_what_is_needed() -> None:
    assert list_gift(TOWEL.id, ENTRY, holder=None).name == "毛巾"
    assert list_gift(TOWEL.id, ENTRY, holder=TOWEL).code == ENTRY.code
    for entry, refusal, field in (
        (replace(ENTRY, name=""), GiftNameMissing, "name"),
        (replace(ENTRY, unit=""), UnitMissing, "unit"),
        (replace(ENTRY, points_cents=0), PointsImpossible, "points_cents"),
        (replace(ENTRY, low_stock=-1), LowStockImpossible, "low_stock"),
    ):
        with pytest.raises(refusal) as refused:
            list_gift(TOWEL.id, entry, holder=None)
        assert refused.value.field == field
    with pytest.raises(GiftCodeTaken):
        list_gift(TOWEL.id, ENTRY, holder=OTHER)


def test_only_what_changed_is_named() -> None:
    changed = edit(TOWEL, replace(ENTRY, points_cents=600, spec="厚"), holder=None)
    assert changed is not None and changed.fields == ("spec", "points_cents")
    assert edit(TOWEL, ENTRY, holder=TOWEL) is None


def test_off_the_shelf_and_on_again() -> None:
    gone = replace(TOWEL, withdrawn=True)
    assert withdraw(TOWEL).gift == offer_again(gone).gift == TOWEL.id
    with pytest.raises(AlreadyWithdrawn):
        withdraw(gone)
    with pytest.raises(NotWithdrawn):
        offer_again(TOWEL)


@pytest.mark.parametrize(
    ("text", "cents"), [("12", 1200), ("12.5 分", 1250), ("１２．２５积分", 1225), ("0.05", 5)]
)
def test_points_as_they_are_typed(text: str, cents: int) -> None:
    assert cents_typed(text) == cents


@pytest.mark.parametrize("text", ["", "-1", "十二", "1.234", "1 2x"])
def test_what_is_no_number_of_points(text: str) -> None:
    with pytest.raises(PointsNotUnderstood):
        cents_typed(text)
