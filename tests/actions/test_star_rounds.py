"""A review of stars from its opening to the certificates, by the people of a station and by real records."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.actions.backups import back_up_now
from app.actions.desk import Desk, NotAllowed, new_id
from app.actions.erasure import ErasePerson, erase_person
from app.actions.history import history_of
from app.actions.policies import SetPolicy, set_policy
from app.actions.services import ServiceReason, reverse_service
from app.actions.star_review import (
    NothingAwarded,
    RoundView,
    StarEntry,
    StarPapers,
    star_awards_of,
    star_certificates_paper,
    star_evidence,
    star_notice_paper,
    star_round_view,
    star_rounds,
)
from app.actions.star_rounds import (
    AnswerStarObjection,
    OpenStarRound,
    RaiseStarObjection,
    StarPerson,
    StarReason,
    StarRoundUnknown,
    answer_star_objection,
    award_stars,
    drop_star,
    give_up_star_round,
    keep_star,
    open_star_round,
    post_star_notice,
    raise_star_objection,
    revoke_star,
)
from app.actions.today import today
from app.domain.erasure import ErasureReason
from app.domain.services import State
from app.domain.staff import Role
from app.domain.star_rounds import (
    AwardNotThere,
    CutOffAhead,
    NobodyToPropose,
    NotAtThisStage,
    NoticeNotOver,
    NotProposed,
    ObjectionNotOpen,
    ObjectionsOpen,
    OpenedByYourself,
    RoundStillOpen,
    ShortOfHours,
    Stage,
    StillProposed,
)
from app.domain.today import Waits
from app.facts import Id
from app.sentences import star_rounds as words
from tests.printing.papers import pages
from tests.support import served as make
from tests.support import star_rounds as reviews
from tests.support.desk import Station
from tests.support.star_rounds import AFTER, CUT_OFF
from tests.support.statements import statements_of


@pytest.fixture
def wang(station: Station) -> Id:
    """王小明, with two hours in two records: two stars by the table."""
    reviews.set_table(station.desk)
    return reviews.two_stars(station.desk, 60, 60)


@pytest.fixture
def li(station: Station, wang: Id) -> Id:
    return reviews.one_star(station.desk)


@pytest.fixture
def opened(station: Station, wang: Id, li: Id) -> Id:
    return reviews.opened(station.desk)


@pytest.fixture
def posted(station: Station, wang: Id, li: Id) -> Id:
    return reviews.posted(station.desk)


@pytest.fixture
def awarded(station: Station, posted: Id) -> Id:
    station.clock.now += AFTER
    award_stars(station.sit(Role.ADMINISTRATOR), posted)
    return posted


def view(desk: Desk, star_round: Id) -> RoundView:
    return star_round_view(desk, star_round)


def entry(desk: Desk, star_round: Id, person: Id) -> StarEntry:
    return next(one for one in view(desk, star_round).people if one.person == person)


def take_an_hour(desk: Desk, star_round: Id, person: Id) -> None:
    """Revoke one of the records behind a proposal."""
    evidence = star_evidence(desk, StarPerson(star_round=star_round, person=person))
    counting = next(one for one in evidence.records if one.state is State.APPROVED)
    reverse_service(desk, ServiceReason(service=counting.service, reason="重复"))


class TestOpening:
    def test_proposes_by_the_hours_at_the_cut_off_date(self, station: Station, wang: Id, li: Id) -> None:
        make.approved(station.desk, li, make.at(7, day=date(2026, 4, 7)), 60)  # after the cut-off date
        left = make.volunteer(station.desk, "赵小丽", phone="13900005680")
        make.approved(station.desk, left, make.at(9), 59)
        star_round = new_id()
        request = OpenStarRound(star_round=star_round, cut_off=CUT_OFF)
        assert open_star_round(station.desk, request).value == 2
        assert open_star_round(station.desk, request).value == 2
        found = view(station.desk, star_round)
        assert [(one.person, one.who, one.level, one.minutes) for one in found.people] == [
            (wang, "王*明", 2, 120),
            (li, "李*芳", 1, 60),
        ]
        assert (found.entry.stage, found.entry.hours, found.entry.proposed) == (Stage.REVIEW, (1, 2, 4), 2)
        assert (found.entry.opened_by, found.entry.opened_by_me, found.short) == ("陈芳", True, 0)
        assert len(star_rounds(station.desk, None)) == 1

    def test_opens_the_evidence_down_to_the_records(self, station: Station, opened: Id, wang: Id) -> None:
        asked = StarPerson(star_round=opened, person=wang)
        evidence = star_evidence(station.desk, asked)
        assert [(one.counted_minutes, one.activity) for one in evidence.records] == [(60, "代购")] * 2
        assert (evidence.minutes, evidence.counted) == (120, 120)
        with pytest.raises(StarRoundUnknown):
            star_evidence(station.desk, StarPerson(star_round=opened, person=new_id()))

    def test_is_refused_ahead_of_time_beside_another_and_for_nobody(
        self, station: Station, opened: Id
    ) -> None:
        again = OpenStarRound(star_round=new_id(), cut_off=CUT_OFF)
        with pytest.raises(RoundStillOpen):
            open_star_round(station.desk, again)
        give_up_star_round(station.desk, opened)
        with pytest.raises(CutOffAhead):
            open_star_round(station.desk, OpenStarRound(star_round=new_id(), cut_off=date(2026, 4, 8)))
        with pytest.raises(NobodyToPropose):
            open_star_round(station.desk, OpenStarRound(star_round=new_id(), cut_off=date(2026, 4, 5)))
        with pytest.raises(NotAllowed):
            open_star_round(station.sit(Role.AUDITOR), again)

    def test_keeps_the_table_it_was_opened_with(self, station: Station, opened: Id, wang: Id) -> None:
        higher = SetPolicy(policy="stars", value='{"hours": [50, 100]}', valid_from=date(2026, 4, 7))
        set_policy(station.sit(Role.ADMINISTRATOR), higher)
        assert not entry(station.desk, opened, wang).is_short


class TestTheReview:
    def test_takes_out_with_a_reason_and_back(self, station: Station, opened: Id, li: Id) -> None:
        drop_star(station.desk, StarReason(star_round=opened, person=li, reason="重复登记"))
        found = entry(station.desk, opened, li)
        assert (found.dropped, found.reason) == (True, "重复登记")
        assert view(station.desk, opened).entry.proposed == 1
        with pytest.raises(NotProposed):
            drop_star(station.desk, StarReason(star_round=opened, person=li, reason="重复登记"))
        keep_star(station.desk, StarPerson(star_round=opened, person=li))
        assert not entry(station.desk, opened, li).dropped
        with pytest.raises(StillProposed):
            keep_star(station.desk, StarPerson(star_round=opened, person=li))

    def test_shows_who_is_short_after_a_revocation_and_waits_for_a_decision(
        self, station: Station, opened: Id, wang: Id
    ) -> None:
        take_an_hour(station.desk, opened, wang)
        found = entry(station.desk, opened, wang)
        assert (found.is_short, found.minutes, found.counted) == (True, 120, 60)
        assert view(station.desk, opened).short == 1
        with pytest.raises(ShortOfHours):
            post_star_notice(station.desk, opened)
        drop_star(station.desk, StarReason(star_round=opened, person=wang, reason="核减后不足"))
        post_star_notice(station.desk, opened)

    def test_a_review_that_is_not_there_is_refused(self, desk: Desk) -> None:
        with pytest.raises(StarRoundUnknown):
            post_star_notice(desk, new_id())
        with pytest.raises(StarRoundUnknown):
            star_round_view(desk, new_id())


class TestTheNotice:
    def test_is_posted_three_working_days_with_masked_names(self, station: Station, opened: Id) -> None:
        [draft] = pages(star_notice_paper(station.desk, opened))
        assert "预览" in draft
        assert post_star_notice(station.desk, opened).value == date(2026, 4, 10)
        [page] = pages(star_notice_paper(station.desk, opened))
        text = page.replace("\n", "")
        assert "王*明" in text
        assert "王小明" not in text
        assert "公示期从2026年4月7日起，到2026年4月10日止" in text
        assert "预览" not in text
        with pytest.raises(NotAtThisStage):
            post_star_notice(station.desk, opened)
        with pytest.raises(NotAllowed):
            star_notice_paper(station.sit(Role.AUDITOR), opened)

    def test_all_are_written_down_together(self, station: Station, posted: Id) -> None:
        station.clock.now += AFTER
        desk = station.sit(Role.ADMINISTRATOR)
        asked = statements_of(desk.engine, lambda: award_stars(desk, posted))
        assert (
            sum(one.startswith("INSERT INTO log ") for one in asked) == 2
        )  # the awards, and the end of the review
        assert sum("INTO counters" in one for one in asked) == 1

    def test_objections_are_recorded_and_answered(
        self, station: Station, posted: Id, wang: Id, li: Id
    ) -> None:
        first, second = new_id(), new_id()
        request = RaiseStarObjection(
            star_round=posted, person=li, objection=first, words="没见她来过", raised_by="邻居"
        )
        raise_star_objection(station.desk, request)
        raise_star_objection(station.desk, request)
        other = RaiseStarObjection(star_round=posted, person=wang, objection=second, words="时长太多")
        raise_star_objection(station.desk, other)
        station.clock.now += AFTER
        with pytest.raises(ObjectionsOpen):
            award_stars(station.sit(Role.ADMINISTRATOR), posted)
        upheld = AnswerStarObjection(star_round=posted, objection=first, upheld=True, reason="签到查实没来")
        answer_star_objection(station.desk, upheld)
        with pytest.raises(ObjectionNotOpen):
            answer_star_objection(station.desk, upheld)
        answer_star_objection(
            station.desk,
            AnswerStarObjection(star_round=posted, objection=second, upheld=False, reason="记录齐全"),
        )
        found = view(station.desk, posted)
        assert [(one.who, one.words, one.raised_by, one.upheld, one.answer) for one in found.objections] == [
            ("李*芳", "没见她来过", "邻居", True, "签到查实没来"),
            ("王*明", "时长太多", "", False, "记录齐全"),
        ]
        assert entry(station.desk, posted, li).dropped
        assert award_stars(station.sit(Role.ADMINISTRATOR), posted).value == 1

    def test_an_auditor_reads_nothing_that_was_said(self, station: Station, posted: Id, li: Id) -> None:
        request = RaiseStarObjection(
            star_round=posted, person=li, objection=new_id(), words="没见她来过", raised_by="邻居"
        )
        raise_star_objection(station.desk, request)
        [objection] = view(station.sit(Role.AUDITOR), posted).objections
        assert (objection.who, objection.words, objection.raised_by) == ("李*芳", "***", "***")

    def test_nobody_is_objected_to_before_it(self, station: Station, opened: Id, li: Id) -> None:
        with pytest.raises(NotAtThisStage):
            raise_star_objection(
                station.desk,
                RaiseStarObjection(star_round=opened, person=li, objection=new_id(), words="不实"),
            )


class TestTheAward:
    def test_freezes_star_hours_and_certificate(
        self, station: Station, awarded: Id, wang: Id, li: Id
    ) -> None:
        found = view(station.desk, awarded)
        assert (found.entry.stage, found.entry.awarded, found.entry.closed_by) == (Stage.AWARDED, 2, "沈静")
        assert [one.number for one in found.people] == ["XJ-2026-A1000001-6", "XJ-2026-A1000002-0"]
        [star] = star_awards_of(station.desk, wang)
        assert (star.level, star.awarded_on, star.cut_off) == (2, date(2026, 4, 11), CUT_OFF)
        assert words.awarded(star) == "2026年4月11日授予二星（截止2026年4月6日的评定）"
        first, second = pages(star_certificates_paper(station.desk, StarPapers(star_round=awarded)))
        assert "王小明" in first
        assert "二星志愿者" in first
        assert "李晓芳" in second
        [only] = pages(star_certificates_paper(station.desk, StarPapers(star_round=awarded, persons=(li,))))
        assert only == second

    def test_passes_over_who_was_erased_meanwhile(self, station: Station, posted: Id, li: Id) -> None:
        erase_person(
            station.sit(Role.ADMINISTRATOR),
            ErasePerson(person=li, reason=ErasureReason.ASKED, typed_name="李晓芳"),
        )
        [notice] = pages(star_notice_paper(station.desk, posted))
        assert "下列1位志愿者" in notice.replace("\n", "")
        assert "已删除" not in notice
        station.clock.now += AFTER
        assert award_stars(station.desk, posted).value == 1
        assert entry(station.desk, posted, li).who == "已删除"

    def test_waits_for_the_end_of_the_notice(self, station: Station, posted: Id) -> None:
        station.clock.now += AFTER - timedelta(days=1)
        with pytest.raises(NoticeNotOver) as refused:
            award_stars(station.sit(Role.ADMINISTRATOR), posted)
        assert refused.value.from_day == date(2026, 4, 11)

    def test_is_an_administrators_and_not_of_who_opened_it(self, station: Station, wang: Id) -> None:
        star_round = new_id()
        request = OpenStarRound(star_round=star_round, cut_off=CUT_OFF)
        open_star_round(station.sit(Role.ADMINISTRATOR), request)
        post_star_notice(station.desk, star_round)
        station.clock.now += AFTER
        with pytest.raises(OpenedByYourself):
            award_stars(station.desk, star_round)
        with pytest.raises(NotAllowed):
            award_stars(station.sit(Role.CLERK), star_round)

    def test_gives_nothing_twice(self, station: Station, awarded: Id, wang: Id) -> None:
        again = OpenStarRound(star_round=new_id(), cut_off=CUT_OFF)
        with pytest.raises(NobodyToPropose):
            open_star_round(station.sit(Role.CLERK), again)
        make.approved(station.desk, wang, make.at(16), 120)
        open_star_round(station.desk, again)
        assert [(one.person, one.level) for one in view(station.desk, again.star_round).people] == [(wang, 3)]

    def test_stays_when_records_are_revoked_but_says_so(
        self, station: Station, awarded: Id, wang: Id
    ) -> None:
        take_an_hour(station.desk, awarded, wang)
        [star] = star_awards_of(station.desk, wang)
        assert star.is_short
        assert words.awarded(star).endswith("核减后不足")
        assert view(station.desk, awarded).short == 1

    def test_is_taken_back_by_an_administrator_with_a_reason(
        self, station: Station, awarded: Id, wang: Id, li: Id
    ) -> None:
        request = StarReason(star_round=awarded, person=wang, reason="核减后不足")
        with pytest.raises(NotAllowed):
            revoke_star(station.sit(Role.CLERK), request)
        revoke_star(station.sit(Role.ADMINISTRATOR), request)
        assert star_awards_of(station.desk, wang) == ()
        found = entry(station.desk, awarded, wang)
        assert (found.revoked_on, found.reason) == (date(2026, 4, 11), "核减后不足")
        with pytest.raises(AwardNotThere):
            revoke_star(station.desk, request)
        with pytest.raises(NothingAwarded):
            star_certificates_paper(station.desk, StarPapers(star_round=awarded, persons=(wang,)))

    def test_a_review_without_an_award_stays_listed(self, station: Station, opened: Id) -> None:
        give_up_star_round(station.desk, opened)
        [listed] = star_rounds(station.desk, None)
        assert (listed.stage, listed.awarded) == (Stage.GIVEN_UP, 0)
        with pytest.raises(NotAtThisStage):
            give_up_star_round(station.desk, opened)


def test_the_history_tells_everything(station: Station, posted: Id, wang: Id, li: Id) -> None:
    objection = new_id()
    raise_star_objection(
        station.desk, RaiseStarObjection(star_round=posted, person=li, objection=objection, words="不实")
    )
    answer_star_objection(
        station.desk,
        AnswerStarObjection(star_round=posted, objection=objection, upheld=True, reason="查实"),
    )
    station.clock.now += AFTER
    award_stars(station.sit(Role.ADMINISTRATOR), posted)
    revoke_star(station.desk, StarReason(star_round=posted, person=wang, reason="弄错了"))
    assert [one.text for one in history_of(station.desk, f"star_round:{posted}")] == [
        "发起评定，时长截止2026年4月6日，提名 2 位",
        "公示，到2026年4月10日为止",
        "有人对李晓芳提出异议：不实",
        "对李晓芳的异议成立，移出名单：查实",
        "授予王小明二星，证书 XJ-2026-A1000001-6",
        "授星完毕",
        "撤销王小明的星级：弄错了",
    ]


def test_the_day_says_what_a_review_waits_for(station: Station, opened: Id, li: Id) -> None:
    def waits() -> list[tuple[Waits, int, Id | None]]:
        return [(one.waits, one.count, one.object) for one in today(station.desk, None).chores]

    assert waits() == [(Waits.STAR_REVIEW, 2, opened)]
    post_star_notice(station.desk, opened)
    assert waits() == []
    objection = new_id()
    raise_star_objection(
        station.desk, RaiseStarObjection(star_round=opened, person=li, objection=objection, words="不实")
    )
    assert waits() == [(Waits.STAR_ANSWER, 1, opened)]
    answer_star_objection(
        station.desk,
        AnswerStarObjection(star_round=opened, objection=objection, upheld=True, reason="查实"),
    )
    station.clock.now += AFTER
    back_up_now(station.desk)
    assert waits() == [(Waits.STAR_AWARD, 1, opened)]
    award_stars(station.sit(Role.ADMINISTRATOR), opened)
    assert waits() == []
