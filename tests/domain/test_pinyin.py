"""Readings of surnames and characters, and the Chinese order."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app.domain import pinyin

SURNAMES = {
    "曾小贤": "zeng",
    "单雄信": "shan",
    "仇英": "qiu",
    "解缙": "xie",
    "查良镛": "zha",
    "区寄": "ou",
    "盖聂": "ge",
    "翟志刚": "zhai",
    "朴树": "piao",
    "缪昌期": "miao",
    "乐毅": "yue",
    "覃文": "qin",
    "卜式": "bu",
    "黑娃": "he",
    "会田": "gui",
    "冼星海": "xian",
    "种师道": "chong",
    "那英": "na",
    "任盈盈": "ren",
    "华佗": "hua",
    "宓羲": "mi",
    "阚泽": "kan",
    "王小明": "wang",
}


@pytest.mark.parametrize("name, reading", SURNAMES.items())
def test_a_surname_has_its_own_reading_first(name: str, reading: str) -> None:
    assert pinyin.syllables_of_name(name)[0][0] == reading


@pytest.mark.parametrize(
    "name, everyday", [("曾小贤", "ceng"), ("单雄信", "dan"), ("查良镛", "cha"), ("黑娃", "hei")]
)
def test_the_everyday_reading_finds_a_surname_too(name: str, everyday: str) -> None:
    assert everyday in pinyin.syllables_of_name(name)[0]


@pytest.mark.parametrize(
    "name, readings",
    [
        ("尉迟恭", ["yu", "chi"]),
        ("万俟卨", ["mo", "qi"]),
        ("澹台灭明", ["tan", "tai"]),
        ("单于丹", ["chan", "yu"]),
    ],
)
def test_a_compound_surname_is_read_as_one(name: str, readings: list[str]) -> None:
    assert [ways[0] for ways in pinyin.syllables_of_name(name)[:2]] == readings


def test_two_characters_are_no_compound_surname() -> None:
    assert pinyin.split("欧阳") == ("欧", "阳")
    assert pinyin.split("欧阳修") == ("欧阳", "修")
    assert pinyin.split("张三") == ("张", "三")
    assert pinyin.split("") == ("", "")


def test_u_umlaut_is_typed_as_v_and_as_u() -> None:
    assert pinyin.syllables_of_name("吕布")[0] == ("lv", "lu")
    assert pinyin.syllables("略女") == [("lve", "lue"), ("nv", "nu")]


def test_living_polyphones_keep_both_readings() -> None:
    assert pinyin.syllables("乐")[0] == ("le", "yue")
    assert pinyin.syllables_of_name("单")[0] == ("shan", "dan", "chan")


def test_rare_characters_have_readings_and_unknown_ones_none() -> None:
    assert pinyin.syllables("𬱖𠅤") == [("di",), ("xi",)]
    assert pinyin.syllables_of_name("\U0002ebf0三") == [(), ("san",)]


def test_latin_words_are_one_syllable_each() -> None:
    assert pinyin.syllables_of_name("John Smith") == [("john",), ("smith",)]
    assert pinyin.syllables("A队3 b") == [("a",), ("dui",), ("3",), ("b",)]
    assert pinyin.syllables_of_name("") == []


def test_the_chinese_order() -> None:
    names = [
        "𠅤\U0002ebf0",
        "尉迟恭",
        "张三",
        "曾小贤",
        "单雄信",
        "李四",
        "张珊",
        "安安",
        "章三",
        "欧阳修",
        "\U0002ebf0明",
    ]
    ordered = sorted(names, key=pinyin.sort_key)
    # 张三 before 章三: one syllable and tone, then the character; 单 stands at shan, 曾 at zeng, 尉迟 at yu.
    assert ordered == [
        "安安", "李四", "欧阳修", "单雄信", "𠅤\U0002ebf0", "尉迟恭", "曾小贤", "张三", "张珊", "章三", "\U0002ebf0明",
    ]  # fmt: skip


def test_the_order_goes_by_syllable_then_tone_and_ignores_dots_and_width() -> None:
    assert pinyin.sort_key("马四") < pinyin.sort_key("骂三") < pinyin.sort_key("买三")
    assert pinyin.sort_key("买买提·艾力") == pinyin.sort_key("买买提・艾力")
    assert pinyin.sort_key("Anna") == pinyin.sort_key("Ａnna")
    assert pinyin.sort_key("买么") == "mai3买 me5么"


def test_the_dictionary_is_read_when_it_is_needed_and_not_before() -> None:
    code = (
        "import sys; from app.domain import pinyin, tokens, masking; assert 'pypinyin' not in sys.modules;"
        "pinyin.load(); assert 'pypinyin' in sys.modules;"
        "assert not [m for m in sys.modules if m == 'pypinyin.phrases_dict']"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
