"""The shipped table of categories."""

from __future__ import annotations

from app.domain import categories


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
