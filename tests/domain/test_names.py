"""Names as given, for comparing, and short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import names
from app.domain.names import NameHoldsNumber, NameMissing, NameTooLong, NameUnprintable


@pytest.mark.parametrize("dot", [*names.LOOK_ALIKE_DOTS, names.DOT])
def test_every_look_alike_dot_is_found_as_the_same_name_but_kept_as_given(dot: str) -> None:
    typed = f"买买提{dot}艾力"
    assert names.as_given(typed) == typed
    assert names.normalise(typed) == "买买提\u00b7艾力"
    assert names.compare_key(typed) == names.compare_key("买买提艾力")


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("  张 三 ", "张三"),
        ("王\u3000五", "王五"),
        ("John   Smith", "John Smith"),
        ("Иван  Петров", "Иван Петров"),
        ("张\u200b三\ufeff", "张三"),
        ("Jose\u0301", "Jos\u00e9"),
        ("𬱖𠅤", "𬱖𠅤"),
        ("\U00031350", "\U00031350"),
        ("\uf9dc", "\uf9dc"),
        ("葛\U000e0100", "葛\U000e0100"),
    ],
)
def test_a_name_is_kept_as_given(typed: str, kept: str) -> None:
    assert names.as_given(typed) == kept


def test_a_compatibility_character_is_printed_as_given_and_found_as_its_twin() -> None:
    assert names.as_given("张\uf9dc") != "张隆"
    assert names.compare_key("张\uf9dc") == names.compare_key("张隆")


def test_full_width_letters_are_found_as_plain_ones() -> None:
    assert names.normalise("ＪＯＨＮ") == "JOHN"
    assert names.compare_key("ＪＯＨＮ\u3000smith") == "johnsmith"


@pytest.mark.parametrize("nothing", ["", "  ", "\u3000", "\u200b"])
def test_an_empty_name_is_refused(nothing: str) -> None:
    with pytest.raises(NameMissing) as refused:
        names.as_given(nothing, field="requester")
    assert refused.value.field == "requester"


def test_names_of_fifty_and_a_hundred_characters_are_kept_and_longer_ones_refused() -> None:
    assert len(names.as_given("阿" * 50)) == 50
    assert len(names.as_given("𠅤" * names.LONGEST)) == names.LONGEST
    with pytest.raises(NameTooLong) as refused:
        names.as_given("阿" * (names.LONGEST + 1))
    assert (refused.value.characters, refused.value.limit) == (names.LONGEST + 1, names.LONGEST)


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\ue000", "\ud800", "\U0002ffff", "\uffff"])
def test_what_no_font_prints_is_refused_with_its_place(bad: str) -> None:
    with pytest.raises(NameUnprintable) as refused:
        names.as_given(f"张{bad}三")
    assert refused.value.position == 2


def test_a_variation_mark_belongs_to_its_character() -> None:
    assert names.characters("葛\U000e0100明") == ["葛\U000e0100", "明"]
    assert names.characters("\U000e0100") == ["\U000e0100"]


@pytest.mark.parametrize(
    "name, short",
    [
        ("尉迟小明", "尉迟小明"),
        ("买买提·艾力江", "买买提…"),
        ("买买提・艾力江", "买买提…"),
        ("阿不都热合曼江·艾力", "阿不都热合…"),
        ("𬱖" * 7, "𬱖𬱖𬱖𬱖𬱖…"),
    ],
)
def test_the_short_form_fits_six_characters(name: str, short: str) -> None:
    assert names.short_form(name) == short
    assert len(names.characters(short)) <= 6


@given(st.text(max_size=60))
def test_keeping_a_name_twice_changes_nothing(text: str) -> None:
    try:
        kept = names.as_given(text)
    except (NameHoldsNumber, NameMissing, NameTooLong, NameUnprintable):
        return
    assert names.as_given(kept) == kept
    assert names.compare_key(kept) == names.compare_key(names.normalise(kept))
    assert "".join(names.characters(kept)) == kept


@pytest.mark.parametrize("text", ["赵小燕 13900002222", "370883１９９７12108123"])
def test_a_phone_or_id_number_is_no_part_of_a_name(text: str) -> None:
    with pytest.raises(NameHoldsNumber):
        names.as_given(text)
