"""People in words."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.identity import Sex
from app.domain.people import (
    AlreadyVolunteer,
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
from app.sentences import sentence
from app.sentences.people import FIELDS, group, sex
from tests.support.histories import told

ME, TEAM = "1" * 32, "2" * 32
NUMBER = "1022040010000425"


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
        (
            VolunteerHasLeft(number=NUMBER),
            "以前登记过，编号 1022 0400 1000 0425。用“恢复服务”就能接着用原来的编号。",
        ),
        (AlreadyVolunteer(number=NUMBER), "已经是志愿者了，编号 1022 0400 1000 0425。"),
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
            VolunteerRegistered(person=ME, number=NUMBER, registered_on=date(2026, 4, 7)),
            "登记为志愿者，编号 1022 0400 1000 0425",
        ),
        (VolunteerEdited(person=ME, fields=("skills",)), "改了特长"),
        (VolunteerLeft(person=ME), "不再做志愿者了"),
        (VolunteerReturned(person=ME), "恢复志愿服务"),
        (TeamFounded(team=TEAM, name="理发队", level="squad", region=""), "成立，名为“理发队”"),
        (TeamEdited(team=TEAM, name="理发队", level="squad", region=""), "改了队伍资料"),
        (MemberJoined(team=TEAM, person=ME), "王* 入队"),
        (MemberLeft(team=TEAM, person=ME), "王* 退队"),
        (LeaderChanged(team=TEAM, person=ME), "王* 当队长"),
        (LeaderChanged(team=TEAM, person=None), "暂时没有队长"),
        (TeamClosed(team=TEAM, reason="并队"), "解散：并队"),
    ],
)
def test_histories_are_told(body: Fact, words: str) -> None:
    assert told(body) == words


def test_why_a_volunteer_left_is_told_while_it_is_known() -> None:
    assert told(VolunteerLeft(person=ME), {ME: VolunteerNote(text="搬走了")}) == "不再做志愿者：搬走了"


def test_every_field_has_a_name() -> None:
    fields = {*PersonDetails.__struct_fields__, *VolunteerDetails.__struct_fields__}
    assert fields == FIELDS.keys()


def test_groups_and_sexes_are_named() -> None:
    assert len({group(one) for one in Group}) == len(Group)
    assert (sex(Sex.MALE), sex(Sex.FEMALE)) == ("男", "女")
