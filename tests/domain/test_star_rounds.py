"""The rules of a review of stars: who is proposed, how long the list is posted, who may award, and what stops it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain import calendar
from app.domain import star_rounds as rules
from app.domain.services import ReasonNotGiven
from app.domain.star_rounds import (
    AwardNotThere,
    Candidate,
    CutOffAhead,
    NobodyLeft,
    NobodyToPropose,
    NotAtThisStage,
    NoticeNotOver,
    NotProposed,
    ObjectionNotOpen,
    ObjectionsOpen,
    ObjectionWithoutWords,
    OpenedByYourself,
    Proposed,
    RoundStillOpen,
    ShortOfHours,
    Stage,
    StarRound,
    StillProposed,
)
from app.domain.stars import StarsPolicy
from app.facts.star_rounds import StarRoundOpened

TODAY = date(2026, 4, 7)
CUT_OFF = date(2026, 3, 31)
LONG_AGO = date(2015, 3, 5)
ROUND, WANG, LI = "a" * 32, "b" * 32, "c" * 32
CLERK, ADMINISTRATOR = "1" * 32, "2" * 32
OBJECTION = "d" * 32

REVIEW = StarRound(
    id=ROUND,
    stage=Stage.REVIEW,
    cut_off=CUT_OFF,
    hours=(100, 300, 600, 1000, 1500),
    notice_working_days=3,
    opened_by=CLERK,
    last_day=None,
    open_objections=0,
)
NOTICE = replace(REVIEW, stage=Stage.NOTICE, last_day=date(2026, 4, 10))
OVER = [replace(REVIEW, stage=stage) for stage in (Stage.AWARDED, Stage.GIVEN_UP)]
ONE = Proposed(
    person=WANG, level=1, minutes=6_000, counted=6_000, dropped=False, awarded=False, revoked=False
)
OUT = replace(ONE, dropped=True)
SHORT = replace(ONE, counted=5_999)


def candidate(hours: int, *, person: str = WANG, since: date = LONG_AGO, awarded: int = 0) -> Candidate:
    return Candidate(person=person, minutes=hours * 60, registered_on=since, awarded=awarded)


def opened(*candidates: Candidate, policy: StarsPolicy | None = None) -> StarRoundOpened:
    return rules.open_round(
        ROUND, candidates, cut_off=CUT_OFF, policy=policy or StarsPolicy(), still_open=None, today=TODAY
    )


class TestOpening:
    @pytest.mark.parametrize(
        ("table", "hours", "level"),
        [
            ((100, 300, 600, 1000, 1500), 612, 3),
            ((50, 100, 200, 400, 800), 612, 4),
            ((30, 60, 100, 200, 300), 612, 5),
            ((100, 300, 600, 1000, 1500, 2000, 3000, 4000), 3_100, 7),
        ],
    )
    def test_proposes_the_level_of_the_table_of_the_day(
        self, table: tuple[int, ...], hours: int, level: int
    ) -> None:
        body = opened(candidate(hours), policy=StarsPolicy(hours=table))
        assert [(one.person, one.level, one.minutes) for one in body.proposals] == [(WANG, level, hours * 60)]
        assert (body.cut_off, body.hours, body.notice_working_days) == (CUT_OFF, table, 3)

    def test_leaves_out_who_has_the_star_already_and_who_has_too_few_hours(self) -> None:
        body = opened(
            candidate(310, awarded=2), candidate(99), candidate(610, person=LI, awarded=2), candidate(100)
        )
        assert [(one.person, one.level) for one in body.proposals] == [(LI, 3), (WANG, 1)]

    def test_counts_the_time_since_registration_up_to_the_cut_off_date(self) -> None:
        policy = StarsPolicy(months_since_registration=12)
        body = opened(
            candidate(100, since=date(2025, 3, 31)),
            candidate(100, person=LI, since=date(2025, 4, 1)),
            policy=policy,
        )
        assert [one.person for one in body.proposals] == [WANG]

    def test_is_refused_beside_another_and_for_days_to_come_and_for_nobody(self) -> None:
        with pytest.raises(RoundStillOpen) as open_one:
            rules.open_round(
                ROUND, [], cut_off=CUT_OFF, policy=StarsPolicy(), still_open=LONG_AGO, today=TODAY
            )
        assert open_one.value.cut_off == LONG_AGO
        with pytest.raises(CutOffAhead) as ahead:
            rules.open_round(
                ROUND, [], cut_off=date(2026, 4, 8), policy=StarsPolicy(), still_open=None, today=TODAY
            )
        assert (ahead.value.field, ahead.value.today) == ("cut_off", TODAY)
        with pytest.raises(NobodyToPropose):
            opened(candidate(99))


class TestTheList:
    def test_loses_somebody_for_a_reason_also_while_it_is_posted(self) -> None:
        for stage in (REVIEW, NOTICE):
            assert rules.drop(stage, ONE, reason="重复登记").person == WANG
        with pytest.raises(ReasonNotGiven):
            rules.drop(REVIEW, ONE, reason=" ")
        for nobody in (None, OUT):
            with pytest.raises(NotProposed):
                rules.drop(REVIEW, nobody, reason="重复登记")
        for over in OVER:
            with pytest.raises(NotAtThisStage):
                rules.drop(over, ONE, reason="重复登记")

    def test_takes_somebody_back_before_it_is_posted(self) -> None:
        assert rules.keep(REVIEW, OUT).person == WANG
        with pytest.raises(NotProposed):
            rules.keep(REVIEW, None)
        with pytest.raises(StillProposed):
            rules.keep(REVIEW, ONE)
        with pytest.raises(NotAtThisStage):
            rules.keep(NOTICE, OUT)

    @pytest.mark.parametrize(
        ("today", "days", "last_day"),
        [
            (date(2026, 4, 7), 3, date(2026, 4, 10)),  # Tuesday to Friday
            (date(2026, 4, 9), 3, date(2026, 4, 14)),  # over a weekend
            (date(2026, 9, 29), 3, date(2026, 10, 9)),  # over the National Day week
            (date(2026, 9, 18), 3, date(2026, 9, 22)),  # Sunday the 20th is worked
            (date(2026, 4, 7), 5, date(2026, 4, 14)),
        ],
    )
    def test_is_posted_for_working_days_with_moved_ones(self, today: date, days: int, last_day: date) -> None:
        body = rules.post_notice(
            replace(REVIEW, notice_working_days=days), [ONE], calendar=calendar.shipped(), today=today
        )
        assert (body.first_day, body.last_day) == (today, last_day)

    def test_does_not_hang_out_empty_or_with_somebody_who_is_short(self) -> None:
        with pytest.raises(NobodyLeft):
            rules.post_notice(REVIEW, [OUT], calendar=calendar.shipped(), today=TODAY)
        with pytest.raises(ShortOfHours) as short:
            rules.post_notice(REVIEW, [ONE, SHORT], calendar=calendar.shipped(), today=TODAY)
        assert short.value.count == 1
        rules.post_notice(
            REVIEW, [ONE, replace(SHORT, dropped=True)], calendar=calendar.shipped(), today=TODAY
        )
        with pytest.raises(NotAtThisStage):
            rules.post_notice(NOTICE, [ONE], calendar=calendar.shipped(), today=TODAY)


class TestObjections:
    def test_are_raised_while_the_list_is_posted(self) -> None:
        body = rules.object_to(NOTICE, ONE, OBJECTION, words="时长不实")
        assert (body.objection, body.person) == (OBJECTION, WANG)
        with pytest.raises(NotAtThisStage):
            rules.object_to(REVIEW, ONE, OBJECTION, words="时长不实")
        for nobody in (None, OUT):
            with pytest.raises(NotProposed):
                rules.object_to(NOTICE, nobody, OBJECTION, words="时长不实")
        with pytest.raises(ObjectionWithoutWords) as refused:
            rules.object_to(NOTICE, ONE, OBJECTION, words=" ")
        assert refused.value.field == "words"

    def test_are_answered_once_with_a_reason(self) -> None:
        body = rules.answer(NOTICE, OBJECTION, WANG, upheld=True, reason="查实")
        assert (body.person, body.upheld) == (WANG, True)
        with pytest.raises(ObjectionNotOpen):
            rules.answer(NOTICE, OBJECTION, None, upheld=True, reason="查实")
        with pytest.raises(ReasonNotGiven):
            rules.answer(NOTICE, OBJECTION, WANG, upheld=False, reason="")
        with pytest.raises(NotAtThisStage):
            rules.answer(OVER[0], OBJECTION, WANG, upheld=False, reason="查实")


class TestAwarding:
    AFTER = date(2026, 4, 11)

    def test_is_for_those_who_are_left(self) -> None:
        left = rules.expect_awardable(
            NOTICE, [ONE, replace(OUT, person=LI)], by=ADMINISTRATOR, today=self.AFTER
        )
        assert left == [ONE]
        body = rules.award(NOTICE, ONE, "XJ-2026-A1000001-4", today=self.AFTER)
        assert (body.level, body.minutes, body.awarded_on) == (1, 6_000, self.AFTER)
        assert rules.finish(NOTICE, today=self.AFTER).awarded

    def test_waits_for_the_end_of_the_notice_and_says_the_date(self) -> None:
        with pytest.raises(NoticeNotOver) as refused:
            rules.expect_awardable(NOTICE, [ONE], by=ADMINISTRATOR, today=date(2026, 4, 10))
        assert (refused.value.last_day, refused.value.from_day) == (date(2026, 4, 10), self.AFTER)

    def test_waits_for_answers_and_decisions(self) -> None:
        with pytest.raises(ObjectionsOpen):
            rules.expect_awardable(
                replace(NOTICE, open_objections=1), [ONE], by=ADMINISTRATOR, today=self.AFTER
            )
        with pytest.raises(ShortOfHours):
            rules.expect_awardable(NOTICE, [SHORT], by=ADMINISTRATOR, today=self.AFTER)
        with pytest.raises(NobodyLeft):
            rules.expect_awardable(NOTICE, [OUT], by=ADMINISTRATOR, today=self.AFTER)

    def test_takes_a_second_person_and_the_notice(self) -> None:
        with pytest.raises(OpenedByYourself):
            rules.expect_awardable(NOTICE, [ONE], by=CLERK, today=self.AFTER)
        with pytest.raises(NotAtThisStage):
            rules.expect_awardable(REVIEW, [ONE], by=ADMINISTRATOR, today=self.AFTER)

    def test_a_review_can_be_given_up_until_it_awards(self) -> None:
        assert not rules.give_up(REVIEW, today=TODAY).awarded
        assert not rules.give_up(NOTICE, today=TODAY).awarded
        with pytest.raises(NotAtThisStage):
            rules.give_up(OVER[0], today=TODAY)


def test_an_award_is_taken_back_once_with_a_reason() -> None:
    awarded = replace(ONE, awarded=True)
    body = rules.revoke(OVER[0], awarded, reason="核减后不足", today=TODAY)
    assert (body.person, body.revoked_on) == (WANG, TODAY)
    for nothing in (None, ONE, replace(awarded, revoked=True)):
        with pytest.raises(AwardNotThere):
            rules.revoke(OVER[0], nothing, reason="核减后不足", today=TODAY)
    with pytest.raises(ReasonNotGiven):
        rules.revoke(OVER[0], awarded, reason="", today=TODAY)
