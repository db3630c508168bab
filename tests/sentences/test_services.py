"""Service records, points and certificates in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.domain.certificates import CannotCertify, Obstacle
from app.domain.problems import Problem
from app.domain.services import (
    BeforeRegistration,
    MoreThanADay,
    NotWaiting,
    Overlapping,
    PhotoTooLarge,
    State,
    TooLong,
)
from app.facts import milliseconds
from app.facts.certificates import CertificateNote, CertificateReprinted, CertificateVoided
from app.facts.services import (
    ServiceApproved,
    ServiceDeclined,
    ServiceNote,
    ServiceRecorded,
    ServiceReversed,
)
from app.sentences import sentence
from app.sentences.points import points
from app.sentences.services import hours, span
from tests.support.histories import told
from tests.support.served import at

DAY = date(2026, 4, 7)
ONE, WANG = (f"{n:032x}" for n in range(1, 3))


@pytest.mark.parametrize(
    ("cents", "said"), [(0, "0 分"), (100, "1 分"), (250, "2.5 分"), (33, "0.33 分"), (-1000, "-10 分")]
)
def test_points_without_idle_zeros(cents: int, said: str) -> None:
    assert points(cents) == said


def test_hours_that_are_taken_have_a_minus_sign() -> None:
    assert hours(150) == "2 小时 30 分"
    assert hours(-60) == "-1 小时"


def test_a_span_names_the_second_day_only_where_there_is_one() -> None:
    assert span(at(9, day=DAY), at(11, 30, day=DAY)) == "2026年4月7日 09:00—11:30"
    assert span(at(22), at(1, day=DAY)) == "2026年4月6日 22:00—2026年4月7日 01:00"


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (
            Overlapping(
                name="王小明",
                started_at=at(9),
                ended_at=at(11),
                activity="理发",
                order_number="366CA104173K",
            ),
            "王小明 2026年4月6日 09:00—11:00 已记了“理发”（订单 0417-3K），时间重叠，请核对。",
        ),
        (
            Overlapping(name="王小明", started_at=at(9), ended_at=at(11), activity="理发", order_number=None),
            "王小明 2026年4月6日 09:00—11:00 已记了“理发”，时间重叠，请核对。",
        ),
        (
            MoreThanADay(name="王小明", day=DAY, recorded_minutes=1200, minutes=300, most_hours=24),
            "王小明 2026年4月7日已记 20 小时，再记 5 小时 就超过一天 24 小时了，请核对。",
        ),
        (
            BeforeRegistration(name="李秀英", registered_on=DAY),
            "李秀英 2026年4月7日才登记为志愿者，这之前的时间不能记。",
        ),
        (TooLong(minutes=1020, longest_hours=16), "这一段有 17 小时，一段最多记 16 小时，请核对日期。"),
        (NotWaiting(state=State.APPROVED), "这条记录已通过，不用再审。"),
        (
            PhotoTooLarge(photo_bytes=300_001, most_bytes=300_000),
            "照片有 301 kB，最多 300 kB，请缩小后再放。",
        ),
        (
            CannotCertify(activity="代购", served_on=DAY, obstacle=Obstacle.OTHER_UNIT),
            "2026年4月7日的“代购”不能开证明：由别的单位记录，请到记录单位开。",
        ),
    ],
)
def test_refusals_name_what_is_in_the_way(problem: Problem, said: str) -> None:
    assert sentence(problem) == said


@pytest.mark.parametrize("late", [False, True])
def test_a_record_is_told_with_its_time(late: bool) -> None:
    body = ServiceRecorded(
        service=ONE,
        person=WANG,
        station=ONE,
        unit="桃源村站",
        activity="代购",
        category="errands",
        started_at=milliseconds(at(9)),
        ended_at=milliseconds(at(10, 30)),
        served_on=DAY,
        minutes=90,
        late=late,
    )
    said = "记下 王* 2026年4月6日 09:00—10:30 的服务：代购，1 小时 30 分"
    assert told(body) == said + ("（超过规定期限才记）" if late else "")


def test_what_became_of_it_is_told_with_the_reason() -> None:
    given: dict[str, Any] = {
        "service": ONE,
        "person": WANG,
        "minutes": 90,
        "points_cents": 150,
        "served_on": DAY,
    }
    assert told(ServiceApproved(**given)) == "审核通过，计 1 小时 30 分，积 1.5 分"
    note = ServiceNote(text="重复")
    assert told(ServiceReversed(**given), {WANG: note}) == "撤销，扣回 1 小时 30 分，积分 1.5 分：重复"
    assert told(ServiceDeclined(service=ONE, person=WANG), {WANG: note}) == "审核未通过：重复"
    assert told(ServiceDeclined(service=ONE, person=WANG)) == "审核未通过"


def test_certificates_are_told() -> None:
    voided = CertificateVoided(certificate=ONE, person=WANG, voided_on=DAY)
    assert told(voided, {WANG: CertificateNote(text="名字错了")}) == "作废：名字错了"
    assert told(voided) == "作废"
    assert told(CertificateReprinted(certificate=ONE, copy=2, printed_on=DAY)) == "第 2 次补打"
