"""The sentences under fields: names, documents, phones, regions, moments, numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.domain import gifts, identity, moments, money, names, numbers, phones, regions
from app.domain.identity import IdType
from app.domain.problems import Problem
from app.sentences import sentence

SENTENCES: list[tuple[Problem, str]] = [
    (identity.IdMissing(), "请输入证件号码"),
    (identity.IdWrongLength(characters=17, expected=18), "还差 1 位，应为 18 位"),
    (identity.IdWrongLength(characters=20, expected=18), "多了 2 位，应为 18 位"),
    (identity.IdWrongCharacter(position=3, character="O"), "第 3 位“O”不是数字"),
    (identity.IdWrongCheckDigit(), "号码对不上，有一位输错了，请对着证件再看一遍"),
    (identity.IdImpossibleDate(digits="19490231"), "第 7 到 14 位“19490231”不是真实的出生日期"),
    (identity.IdFutureBirth(birth=date(2030, 3, 5)), "出生日期 2030年3月5日 还没到，请核对"),
    (identity.IdWrongForm(id_type=IdType.TAIWAN), "不像台湾居民来往大陆通行证的号码：台胞证号是 8 位数字"),
    (identity.CreditCodeWrong(), "统一社会信用代码是 18 位，这个对不上，请对着证书再看一遍"),
    (names.NameMissing(), "请输入姓名"),
    (names.NameTooLong(characters=120, limit=100), "姓名有 120 个字，最多 100 个"),
    (names.NameUnprintable(position=2), "第 2 个字打印不出来，请换输入法重打这个字"),
    (phones.PhoneMissing(), "请输入电话"),
    (phones.PhoneWithoutAreaCode(number="87654321"), "座机请加区号，如 0571-87654321"),
    (phones.PhoneWrong(digits=10, starts_as_mobile=True), "手机号还差 1 位"),
    (phones.PhoneWrong(digits=12, starts_as_mobile=True), "手机号多了 1 位"),
    (phones.PhoneWrong(digits=11, starts_as_mobile=False), "不像电话号码：手机 11 位，座机加区号"),
    (regions.RegionMissing(), "请输入 12 位区划代码"),
    (regions.RegionWrongLength(digits=7), "区划代码是 12 位（县 6 位、乡镇 9 位也行），现在是 7 位"),
    (regions.RegionNotDigits(position=4), "第 4 位不是数字"),
    (moments.MomentImpossible(text="25点"), "没有“25点”这个时间"),
    (moments.MomentPassed(echo="今天 4月7日 09:00"), "今天 4月7日 09:00 已经过了"),
    (moments.MomentTooFar(echo="2028年1月1日 周六"), "2028年1月1日 周六 太远了，最多一年以内"),
    (money.AmountNotUnderstood(text="五十"), "“五十”看不出是多少钱，写成 50 或 12.50。"),
    (money.AmountNotUnderstood(text=" "), "写上多少元，没有就写 0。"),
    (gifts.PointsNotUnderstood(text="十二"), "“十二”不是积分，写成 12 或 12.5。"),
    (gifts.PointsNotUnderstood(text=""), "写上多少分，如 12 或 12.5。"),
    (numbers.NumberMistyped(number="366CA104137E"), "编号对不上，有一位错了或相邻两位颠倒了，请再看一遍"),
    (numbers.NumberWrongForm(number="abc"), "“abc”不是这种编号"),
]


@pytest.mark.parametrize(
    "problem, said", SENTENCES, ids=lambda it: type(it).__name__ if isinstance(it, Problem) else ""
)
def test_what_is_said(problem: Problem, said: str) -> None:
    assert sentence(problem) == said


def test_a_moment_not_understood_is_answered_with_examples_that_are_understood() -> None:
    said = sentence(moments.MomentNotUnderstood(text="?"))
    for example in ("明天9:30", "后天上午", "周五9点", "4-8 9:00", "+2"):
        assert example in said
        assert moments.wanted(example, datetime(2026, 4, 7, 6, 5, tzinfo=UTC)).echo


def test_a_past_moment_not_understood_is_answered_with_examples_of_the_past() -> None:
    said = sentence(moments.PastNotUnderstood(text="?"))
    for example in ("9:30", "z14", "4-8 9:00", "-30m"):
        assert example in said
        assert moments.happened(example, datetime(2026, 4, 8, 6, 5, tzinfo=UTC)).echo


@pytest.mark.parametrize("id_type", IdType)
def test_every_type_of_document_says_what_it_looks_like(id_type: IdType) -> None:
    assert "：" in sentence(identity.IdWrongForm(id_type=id_type))
