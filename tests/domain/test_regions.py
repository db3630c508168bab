"""Region codes: form, tree, kinds and echo."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import regions
from app.domain.regions import Level, RegionMissing, RegionNotDigits, RegionWrongLength

CODES = st.integers(11 * 10**10, 82 * 10**10).map(str)


@pytest.mark.parametrize(
    "typed, code",
    [
        ("370883", "370883000000"),
        ("370883102", "370883102000"),
        ("370883 102 204", "370883102204"),
        ("３７０８８３-102-204", "370883102204"),
        ("\ufeff370883102204\u200b", "370883102204"),
    ],
)
def test_a_code_may_be_typed_in_many_ways(typed: str, code: str) -> None:
    assert regions.normalise(typed) == code


def test_what_is_no_code_is_refused() -> None:
    with pytest.raises(RegionMissing) as missing:
        regions.normalise(" ", field="station")
    assert missing.value.field == "station"
    with pytest.raises(RegionWrongLength) as length:
        regions.normalise("3708831")
    assert length.value.digits == 7
    with pytest.raises(RegionNotDigits) as letter:
        regions.normalise("37088310220X")
    assert letter.value.position == 12


@pytest.mark.parametrize(
    "typed, shown", [("370883102204", "370883 102 204"), ("3708831", "370883 1"), ("37", "37"), ("", "")]
)
def test_codes_are_grouped_while_they_are_typed(typed: str, shown: str) -> None:
    assert regions.grouped(typed) == shown


@pytest.mark.parametrize(
    "code, level, parent",
    [
        ("370000000000", Level.PROVINCE, None),
        ("370800000000", Level.CITY, "370000000000"),
        ("370883000000", Level.COUNTY, "370800000000"),
        ("370883102000", Level.TOWN, "370883000000"),
        ("370883102204", Level.VILLAGE, "370883102000"),
        ("441900003000", Level.TOWN, "441900000000"),
    ],
)
def test_level_and_parent(code: str, level: Level, parent: str | None) -> None:
    assert regions.level(code) is level
    assert regions.parent(code) == parent


@pytest.mark.parametrize(
    "other, steps",
    [
        ("370883102204", 0),
        ("370883102001", 1),
        ("370883102000", 1),
        ("370883103204", 2),
        ("370883000000", 2),
        ("370881102204", 3),
        ("370102001001", 4),
        ("330105001001", 5),
    ],
)
def test_distance_in_the_tree(other: str, steps: int) -> None:
    assert regions.distance("370883102204", other) == steps
    assert regions.distance(other, "370883102204") == steps


def test_what_lies_in_what() -> None:
    assert regions.within("370883102204", "370883000000")
    assert regions.within("370883102204", "370883102204")
    assert not regions.within("370883000000", "370883102204")
    assert not regions.within("370884102204", "370883000000")


@given(CODES, CODES, CODES)
def test_the_tree_is_a_tree(one: str, other: str, third: str) -> None:
    assert regions.distance(one, third) <= max(regions.distance(one, other), regions.distance(other, third))
    assert all(regions.within(one, step) for step in regions.path(one))
    assert regions.path(one)[-1] == one
    assert regions.within(one, other) is (other in regions.path(one))


@pytest.mark.parametrize(
    "code, kind",
    [
        ("370000000000", "省级"),
        ("370883000000", "县级"),
        ("370883001000", "街道"),
        ("370883102000", "镇"),
        ("370883200000", "乡"),
        ("370883400000", "其他乡级单位"),
        ("370883700000", "其他"),
        ("370883102001", "居民委员会"),
        ("370883102204", "村民委员会"),
        ("370883102498", "其他"),
    ],
)
def test_kinds_go_by_the_ranges(code: str, kind: str) -> None:
    assert regions.kind(code) == kind


@pytest.mark.parametrize(
    "code, said",
    [
        ("370883000000", "山东省 济宁市 邹城市"),
        ("370883102204", "山东省 济宁市 邹城市 城前镇 村民委员会（未收录）"),
        ("370883199204", "山东省 济宁市 邹城市 镇（未收录） 村民委员会（未收录）"),
        ("110101001000", "北京市 东城区 东华门街道"),
        ("110103000000", "北京市 崇文区（已撤销）"),
        ("441900003001", "广东省 东莞市 东城街道 居民委员会（未收录）"),
        ("429004001000", "湖北省 仙桃市 沙嘴街道"),
        ("810000000000", "香港特别行政区"),
        ("999999000000", "县级（未收录）"),
        ("999999999999", "其他（未收录） 其他（未收录）"),
    ],
)
def test_the_echo_says_what_was_typed(code: str, said: str) -> None:
    assert regions.echo(code) == said


@given(CODES)
def test_no_code_is_refused_for_being_unknown(code: str) -> None:
    assert regions.echo(regions.normalise(code))


def test_abolished_counties_were_something_once() -> None:
    assert regions.was_ever("110103")
    assert regions.was_ever("370883")
    assert regions.was_ever("37")
    assert not regions.was_ever("123456")
    assert regions.name("110103000000") == "崇文区"
    assert regions.name("370883102204") is None
