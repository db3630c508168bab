"""Villages are called by the names the station gave them."""

from __future__ import annotations

import pytest

from app.domain.policies import PolicyMakesNoSense
from app.domain.villages import VillageNames

CAO = "370883102204"


def test_a_village_has_the_name_it_was_given() -> None:
    names = VillageNames(names={CAO: "曹村"})
    names.check()
    assert names.said(CAO) == "曹村"


def test_what_nobody_named_is_called_by_the_tables_or_its_digits() -> None:
    assert VillageNames().said("370883000000") == "邹城市"
    assert VillageNames().said(CAO) == "370883 102 204"


@pytest.mark.parametrize("names", [{"3708": "曹村"}, {"37088310220x": "曹村"}, {CAO: " "}, {CAO: "长" * 31}])
def test_refuses_what_is_no_code_or_no_name(names: dict[str, str]) -> None:
    with pytest.raises(PolicyMakesNoSense):
        VillageNames(names=names).check()
