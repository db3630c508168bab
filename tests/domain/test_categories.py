"""The shipped table of categories, and the menu that a station makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from app.domain import categories
from app.domain.categories import (
    MenuEntry,
    MenuFault,
    MenuPolicy,
    MenuWrong,
    category_exists,
    new_code,
    own_menu,
    shipped_entries,
)


def test_nine_keys_and_three_is_shopping() -> None:
    shipped = categories.shipped()
    assert [category.key for category in shipped.keyed] == list("123456789")
    errands = shipped.by_key("3")
    assert errands is not None
    assert (errands.name, errands.money) == ("代购代办", True)
    assert shipped.by_key("0") is None
    assert shipped.mains[:9] == shipped.keyed


def test_codes_are_unique_and_every_child_has_its_parent() -> None:
    shipped = categories.shipped()
    codes = [category.code for category in shipped.every]
    assert len(set(codes)) == len(codes)
    for category in shipped.every:
        assert shipped.find(category.code) is category
        if category.parent:
            assert category.code.startswith(f"{category.parent}.")
            assert category in shipped.children(category.parent)
    assert shipped.find("nothing") is None
    assert categories.category_exists("errands.shopping")
    assert not categories.category_exists("errands.nothing")


def test_every_category_maps_to_a_national_one() -> None:
    shipped = categories.shipped()
    assert {category.national for category in shipped.every} <= set(shipped.national)
    assert len(shipped.national) == 22
    assert len(shipped.beneficiaries) == 12


def test_children_inherit_what_they_do_not_say() -> None:
    shipped = categories.shipped()
    by_code = {category.code: category for category in shipped.every}
    assert by_code["errands.medicine"].money
    assert by_code["surroundings.road"].policy
    assert not by_code["surroundings.river"].policy
    assert by_code["repair.appliance"].skill == "维修"
    assert by_code["repair.power"].skill == "电工证"
    assert by_code["health.escort"].skill is None
    assert by_code["culture.opera"].national == "文化艺术"
    assert by_code["culture.schooling"].national == "支教助学"


def test_a_team_that_takes_the_main_category_takes_its_children() -> None:
    assert categories.covers("errands", "errands.shopping")
    assert categories.covers("errands.shopping", "errands.shopping")
    assert not categories.covers("errands.shopping", "errands")
    assert not categories.covers("err", "errands.shopping")


def entry(code: str, name: str = "理发", **more: Any) -> MenuEntry:
    return MenuEntry(**({"code": code, "name": name, "national": "社区服务"} | more))


def own(*changes: Callable[[list[MenuEntry]], list[MenuEntry]]) -> categories.Categories:
    entries = list(shipped_entries())
    for change in changes:
        entries = change(entries)
    policy = MenuPolicy(entries=tuple(entries))
    policy.check()
    return own_menu(policy)


def renamed(code: str, **changes: Any) -> Callable[[list[MenuEntry]], list[MenuEntry]]:
    return lambda entries: [
        msgspec.structs.replace(one, **changes) if one.code == code else one for one in entries
    ]


def test_without_a_menu_of_its_own_the_shipped_one_holds() -> None:
    assert own_menu(MenuPolicy()) == categories.shipped()
    assert own() == categories.shipped()


def test_a_name_is_the_stations_own() -> None:
    table = own(renamed("haircut", name="理发修面"))
    found = table.find("haircut")
    assert found is not None
    assert (found.name, found.key, found.skill) == ("理发修面", "2", "理发")


def test_a_hidden_category_is_offered_no_more_and_keeps_its_name() -> None:
    table = own(renamed("visit", hidden=True), renamed("haircut.site", hidden=True))
    assert "visit" not in [one.code for one in table.mains]
    assert table.keyed[0].code == "haircut"
    assert [one.code for one in table.children("haircut")] == ["haircut.home"]
    found = table.find("visit")
    assert found is not None
    assert (found.name, found.key) == ("探望陪伴", None)


def test_the_first_nine_have_the_keys() -> None:
    table = own(
        lambda entries: [
            *(one for one in entries if one.code == "other"),
            *(one for one in entries if one.code != "other"),
        ]
    )
    assert [(one.code, one.key) for one in table.mains[:2]] == [("other", "1"), ("visit", "2")]
    assert len(table.keyed) == 9


def test_an_own_category_inherits_from_what_it_stands_under() -> None:
    code = new_code(shipped_entries(), "haircut")
    table = own(lambda entries: [*entries, entry(code, "染发", parent="haircut"), entry("own1", "擦皮鞋")])
    found = table.find(code)
    assert found is not None
    assert (code, found.skill, found.parent) == ("haircut.own1", "理发", "haircut")
    assert categories.covers("haircut", code)
    assert new_code([*shipped_entries(), entry("own1")], "") == "own2"


def test_what_a_newer_program_ships_stands_at_the_end() -> None:
    table = own_menu(MenuPolicy(entries=(entry("own1", "擦皮鞋"),)))
    assert table.mains[0].code == "own1"
    assert table.find("haircut") is not None


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ((entry("own1", " "),), MenuFault.NAME_MISSING),
        ((entry("own1", "理" * 13),), MenuFault.NAME_TOO_LONG),
        ((entry("own1"), entry("own2")), MenuFault.NAME_TWICE),
        ((entry("own1", national="理财"),), MenuFault.NATIONAL_UNKNOWN),
        ((entry("own1"), entry("own1", "别的")), MenuFault.CODE_WRONG),
        ((entry("own1"), entry("own2.own1", parent="own1")), MenuFault.CODE_WRONG),
        ((entry("own1.own1", parent="own1"),), MenuFault.CODE_WRONG),
        ((entry("own1", hidden=True),), MenuFault.NOTHING_LEFT),
    ],
)
def test_a_menu_that_cannot_be(entries: tuple[MenuEntry, ...], why: MenuFault) -> None:
    with pytest.raises(MenuWrong) as refused:
        MenuPolicy(entries=entries).check()
    assert refused.value.why is why


def test_a_menu_with_own_ones_under_own_ones() -> None:
    MenuPolicy(entries=(entry("own1"), entry("own1.own1", "染发", parent="own1"))).check()


def test_a_shipped_name_is_said_in_the_language_and_an_own_one_as_it_is(
    speak: Callable[[str], None],
) -> None:
    speak("en")
    haircut = categories.shipped().find("haircut")
    assert haircut is not None
    assert haircut.title == "Haircut"
    assert replace(haircut, name="理发修面").title == "理发修面"


def test_the_table_in_use_is_what_was_said_last() -> None:
    assert categories.menu() == categories.shipped()
    try:
        categories.use(own(renamed("haircut", name="理发修面")))
        found = categories.menu().find("haircut")
        assert found is not None and found.name == "理发修面"
        assert category_exists("haircut")
    finally:
        categories.use(categories.shipped())
