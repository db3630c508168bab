"""What is left to see of names, documents, phones and addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import masking


@pytest.mark.parametrize(
    "full, masked",
    [
        ("张三", "张*"),
        ("张小明", "张*明"),
        ("欧阳修", "欧阳*"),
        ("欧阳小明", "欧阳*明"),
        ("陈𬱖", "陈*"),
        ("𠅤小𬱖", "𠅤*𬱖"),
        ("葛\U000e0100小明", "葛\U000e0100*明"),
        ("买买提·艾力", "买***力"),
        ("阿不都热合曼·买买提江", "阿***江"),
        ("John", "J**n"),
        ("张", "张*"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_surname_and_last_character(full: str, masked: str) -> None:
    assert masking.name(full) == masked


@pytest.mark.parametrize(
    "number, masked",
    [
        ("330105199712108123", "330105********8123"),
        ("11010519491231002X", "110105********002X"),
        ("CAN110081080302", "CAN110*****0302"),
        ("E12345678", "E****5678"),
        ("12345678", "1****678"),
        ("A1234", "A****"),
        ("A123", "****"),
        ("", ""),
    ],
)
def test_a_document_keeps_head_and_tail(number: str, masked: str) -> None:
    assert masking.id_number(number) == masked


@given(st.text("0123456789X", min_size=5, max_size=30))
def test_at_least_three_characters_of_a_document_stay_hidden(number: str) -> None:
    masked = masking.id_number(number)
    assert len(masked) == len(number)
    assert masked.count("*") >= 3


@pytest.mark.parametrize(
    "number, masked",
    [
        ("13800001234", "138****1234"),
        ("0571-87654321", "0571-****4321"),
        ("0539-8765432", "0539-***5432"),
        ("010-87654321-8001", "010-****4321"),
    ],
)
def test_a_phone_keeps_head_and_tail(number: str, masked: str) -> None:
    assert masking.phone(number) == masked


@pytest.mark.parametrize(
    "full, masked",
    [
        ("山东省邹城市曹村镇王庄村3号", "山东省邹城市曹村镇王庄村***"),
        ("曹村镇王庄村", "曹村镇王庄村"),
        ("王庄村3组12号", "王庄村***"),
        ("邹城市北宿街道凤凰社区2号楼301", "邹城市北宿街道凤凰社区***"),
        ("曹村镇供销社后院", "曹村镇***"),
        ("杭州市西湖区文三路1号", "杭州市西湖区***"),
        ("邹城市文三路阳光小区1号", "邹城市***"),
        ("文三路1号", "***"),
        ("", "***"),
    ],
)
def test_an_address_ends_at_the_village(full: str, masked: str) -> None:
    assert masking.address(full) == masked


class TestSight:
    def test_who_works_with_people_sees_whoever_was_opened(self) -> None:
        works = masking.Sight(works=True)
        assert works.name("张晓明") == "张晓明"
        assert works.words("膝盖不好") == "膝盖不好"
        assert works.place("桃源村 2 组 5 号") == "桃源村 2 组 5 号"

    def test_who_only_looks_sees_no_names_nor_words(self) -> None:
        looks = masking.Sight(works=False)
        assert looks.name("张晓明") == "张*明"
        assert (looks.words("膝盖不好"), looks.words("")) == ("***", "")
        assert (looks.place("桃源村 2 组 5 号"), looks.place("")) == ("桃源村***", "")

    @pytest.mark.parametrize("works", [True, False])
    def test_nobody_and_somebody_erased(self, works: bool) -> None:
        sight = masking.Sight(works=works)
        assert (sight.name(None), sight.name("")) == ("", "已删除")

    def test_lists_mask_for_everybody(self) -> None:
        assert [masking.listed(one) for one in ("张晓明", "", None)] == ["张*明", "已删除", ""]


@pytest.mark.parametrize(
    "code, said",
    [
        ("11010519491231002X", "110105********002X"),
        ("11010519491231002x", "110105********002x"),
        ("110105491231002", "110105*****1002"),
        ("13800001234", "138****1234"),
        ("138 0000-1234", "138****1234"),
        ("110105 19491231 002X", "110105********002X"),
        ("1022040010000425", "1022040010000425"),
        ("6901028075831", "6901028075831"),
        ("YZ1.ZM-370883102204-2026-A1000012-Q", "YZ1.ZM-370883102204-2026-A1000012-Q"),
    ],
)
def test_what_was_scanned_or_typed_says_no_document_and_no_phone_whole(code: str, said: str) -> None:
    assert masking.scanned(code) == said
