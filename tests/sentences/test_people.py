"""People in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.domain.identity import Sex
from app.domain.people import (
    BirthContradictsId,
    Group,
    GuardianMissing,
    IdNumberTaken,
    SexContradictsId,
    VolunteerHasLeft,
)
from app.domain.problems import Problem
from app.facts import Fact
from app.facts.people import (
    PersonDetails,
    PersonEdited,
    PersonRegistered,
    VolunteerDetails,
    VolunteerEdited,
    VolunteerLeft,
    VolunteerNote,
    VolunteerRegistered,
    VolunteerReturned,
)
from app.facts.teams import LeaderChanged, MemberJoined, MemberLeft, TeamClosed, TeamEdited, TeamFounded
from app.sentences import sentence, story
from app.sentences.people import FIELDS, group, sex
from app.storage.fold import Recorded

ME, TEAM = "1" * 32, "2" * 32


class Called:
    """Names of a history without a register."""

    def person(self, person: str) -> str:
        return "张*"

    def staff(self, staff: str) -> str:
        return "陈芳"

    def team(self, team: str) -> str:
        return "爱心理发队"

    def order(self, order: str) -> str:
        return "0417-3K"

    def gift(self, gift: str) -> str:
        return "毛巾"

    def gift_unit(self, gift: str) -> str:
        return "条"

    def category(self, code: str) -> str:
        return "理发"

    def region(self, code: str) -> str:
        return "桃源村"


def recorded(body: Fact) -> Recorded[Any]:
    at = datetime(2026, 4, 7, 1, tzinfo=UTC)
    return Recorded(id=ME, body=body, at=at, by=ME, device=ME, position=None, parts={})


@pytest.mark.parametrize(
    "problem, words",
    [
        (
            IdNumberTaken(person=ME, name="王秀英"),
            "这个证件号已经登记在“王秀英”名下，请打开那份档案核对。",
        ),
        (SexContradictsId(sex=Sex.FEMALE), "身份证号上是女性，请核对性别或证件号。"),
        (
            BirthContradictsId(birth=date(1949, 12, 31)),
            "身份证号上是1949年12月31日出生，请核对出生日期或证件号。",
        ),
        (GuardianMissing(until_years=14), "未满 14 周岁，要监护人同意，请选上监护人。"),
        (VolunteerHasLeft(number="1022"), "以前登记过，编号 1022。用“恢复服务”就能接着用原来的编号。"),
    ],
)
def test_refusals_say_what_to_do(problem: Problem, words: str) -> None:
    assert sentence(problem) == words


@pytest.mark.parametrize(
    "body, words",
    [
        (PersonRegistered(person=ME), "登记建档"),
        (PersonEdited(person=ME, fields=("phone", "address", "newer")), "改了电话、住址"),
        (PersonEdited(person=ME, fields=("newer",)), "改了资料"),
        (
            VolunteerRegistered(person=ME, number="1022", registered_on=date(2026, 4, 7)),
            "登记为志愿者，编号 1022",
        ),
        (VolunteerEdited(person=ME, fields=("skills",)), "改了特长"),
        (VolunteerLeft(person=ME), "不再做志愿者"),
        (VolunteerReturned(person=ME), "恢复志愿服务"),
        (TeamFounded(team=TEAM, name="理发队", level="squad", region=""), "成立，名为“理发队”"),
        (TeamEdited(team=TEAM, name="理发队", level="squad", region=""), "改了队伍资料"),
        (MemberJoined(team=TEAM, person=ME), "张* 入队"),
        (MemberLeft(team=TEAM, person=ME), "张* 退队"),
        (LeaderChanged(team=TEAM, person=ME), "张* 当队长"),
        (LeaderChanged(team=TEAM, person=None), "暂时没有队长"),
        (TeamClosed(team=TEAM, reason="并队"), "解散：并队"),
    ],
)
def test_histories_are_told(body: Fact, words: str) -> None:
    assert story(recorded(body), Called()) == words


def test_why_a_volunteer_left_is_told_while_it_is_known() -> None:
    left = replace(recorded(VolunteerLeft(person=ME)), parts={ME: VolunteerNote(text="搬走了")})
    assert story(left, Called()) == "不再做志愿者：搬走了"


def test_every_field_has_a_name() -> None:
    fields = {*PersonDetails.__struct_fields__, *VolunteerDetails.__struct_fields__}
    assert fields == FIELDS.keys()


def test_groups_and_sexes_are_named() -> None:
    assert len({group(one) for one in Group}) == len(Group)
    assert (sex(Sex.MALE), sex(Sex.FEMALE)) == ("男", "女")
