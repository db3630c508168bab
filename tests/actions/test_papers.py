"""The papers of an order, and saving them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.actions.audit import AuditQuery, audit_trail
from app.actions.desk import Desk, NotAllowed
from app.actions.orders import (
    AnswerOrder,
    EscalateOrder,
    OrderUnknown,
    ReferOrder,
    Step,
    TakeOrder,
    ToTeam,
    answer_order,
    dispatch_order,
    escalate_order,
    refer_order,
    take_order,
    withdraw_order,
)
from app.actions.papers import (
    NotDispatched,
    NotHandedUp,
    PrintList,
    SavePaper,
    escalation_slip,
    note_list_printed,
    order_slip,
    save_paper,
)
from app.domain.orders import ReasonMissing
from app.domain.papers import PapersPolicy
from app.domain.staff import Role
from app.facts.policies import PolicySet
from app.storage import audit
from app.storage.disk import PlaceMissing
from app.storage.engine import reading
from app.storage.ids import new_id
from tests.printing.papers import text
from tests.support import served as make
from tests.support.desk import STATION_NAME, Station
from tests.support.recording import record_facts

TODAY = date(2026, 4, 7)


class TestOrderSlip:
    def test_what_was_typed_beside_its_chip_is_said_once(self, desk: Desk) -> None:
        said = text(order_slip(desk, make.accepted_order(desk, cautions=("dog", "alone"), mind="独居")))
        assert "当心有狗、独居联系人" in said

    def test_says_what_a_volunteer_needs_at_the_door(self, desk: Desk) -> None:
        phone = PolicySet(
            policy=PapersPolicy.name, value='{"phone": "0537-5210000"}', valid_from=date(2026, 1, 1)
        )
        record_facts(desk, phone)
        order = make.accepted_order(desk, cautions=("dog",), mind="敲门重些", advance_cents=5050, urgent=True)
        said = text(order_slip(desk, order))
        for words in (
            "赵大爷",
            "13800001234",
            "桃源村3号",
            "买十斤米",
            "有狗；敲门重些",
            "爱心代办",
            "50.50",
            "急",
            "尽快",
            "2026年4月7日11:00",
            STATION_NAME,
            "0537-5210000",
        ):
            assert words in said

    def test_says_when_it_is_wanted_and_for_whom(self, desk: Desk) -> None:
        asker, receiver = make.resident(desk), make.resident(desk, "钱奶奶", phone="13800009999")
        order = make.accepted_order(
            desk,
            person=asker,
            beneficiary=receiver,
            wanted_from=make.at(9, day=TODAY),
            wanted_at=make.at(12, day=TODAY),
        )
        said = text(order_slip(desk, order))
        assert "2026年4月7日09:00—12:00" in said
        assert "钱奶奶" in said
        assert "最迟" not in said
        exactly = make.accepted_order(
            desk, wanted_from=make.at(15, day=TODAY), wanted_at=make.at(15, day=TODAY)
        )
        assert "2026年4月7日15:00" in text(order_slip(desk, exactly))

    def test_only_while_a_team_has_it(self, desk: Desk) -> None:
        order = make.order(desk)
        with pytest.raises(NotDispatched):
            order_slip(desk, order)
        dispatch_order(desk, ToTeam(order=order, team=make.team(desk)))
        assert order_slip(desk, order).startswith(b"%PDF")
        withdraw_order(desk, Step(order=order))
        with pytest.raises(NotDispatched):
            order_slip(desk, order)

    def test_unknown_orders_and_auditors(self, station: Station) -> None:
        with pytest.raises(OrderUnknown):
            order_slip(station.desk, new_id())
        order = make.accepted_order(station.desk)
        station.sit(Role.AUDITOR)
        with pytest.raises(NotAllowed):
            order_slip(station.desk, order)


class TestEscalationSlip:
    def test_says_to_whom_why_and_until_when(self, desk: Desk) -> None:
        order = make.order(desk)
        request = EscalateOrder(order=order, level="town", office="田黄镇实践所", note="路面破损要修")
        escalate_order(desk, request)
        before = text(escalation_slip(desk, order))
        for words in ("田黄镇实践所", "路面破损要修", "陈芳", "买十斤米", "2026年4月14日09:00", "赵大爷"):
            assert words in before
        take_order(desk, TakeOrder(order=order, name="周主任", phone="0537-5220000"))
        after = text(escalation_slip(desk, order))
        assert "周主任" in after
        assert "0537-5220000" in after
        assert "周主任" not in before

    def test_a_referral_without_a_note_says_the_usual(self, desk: Desk) -> None:
        order = make.order(desk)
        refer_order(desk, ReferOrder(order=order, office="民政办"))
        assert "按政策办理" in text(escalation_slip(desk, order))

    def test_the_newest_hand_over_counts(self, desk: Desk) -> None:
        order = make.order(desk)
        escalate_order(desk, EscalateOrder(order=order, level="town", office="田黄镇实践所"))
        take_order(desk, TakeOrder(order=order, name="周主任"))
        answer_order(desk, AnswerOrder(order=order, solved=False, note="不归我们管"))
        escalate_order(desk, EscalateOrder(order=order, level="county", office="市实践中心"))
        said = text(escalation_slip(desk, order))
        assert "接收单位市实践中心" in said
        assert "请上级协调办理" in said
        assert "接收人周主任" not in said

    def test_only_for_what_was_handed_up(self, desk: Desk) -> None:
        with pytest.raises(NotHandedUp):
            escalation_slip(desk, make.order(desk))


class TestSave:
    def test_a_saved_paper_leaves_a_line_in_the_audit(self, desk: Desk, tmp_path: Path) -> None:
        order = make.accepted_order(desk)
        pdf, path = order_slip(desk, order), tmp_path / "服务单.pdf"
        save_paper(desk, SavePaper(object=f"order:{order}", pdf=pdf, path=path))
        assert path.read_bytes() == pdf
        with reading(desk.engine) as connection:
            (line,) = audit.page(connection, audit.AuditFilter(), 0, 10)
        assert (line.what, line.object, line.reason, line.name) == (
            "save.paper",
            f"order:{order}",
            "服务单.pdf",
            "陈芳",
        )

    def test_a_folder_that_is_gone_is_a_trouble_and_leaves_no_line(self, desk: Desk, tmp_path: Path) -> None:
        request = SavePaper(object="order:1", pdf=b"%PDF", path=tmp_path / "gone" / "服务单.pdf")
        with pytest.raises(PlaceMissing):
            save_paper(desk, request)
        with reading(desk.engine) as connection:
            assert audit.page(connection, audit.AuditFilter(), 0, 10) == []


def test_papers_of_a_whole_list_are_noted_with_a_reason(station: Station) -> None:
    with pytest.raises(ReasonMissing):
        note_list_printed(station.desk, PrintList(count=120, reason=" "))
    note_list_printed(station.desk, PrintList(count=120, reason="换新样式"))
    (entry,) = audit_trail(station.sit(Role.AUDITOR), AuditQuery()).entries
    assert (entry.what, entry.about, entry.reason) == ("print.list", "120 人", "换新样式")
    with pytest.raises(NotAllowed):
        note_list_printed(station.desk, PrintList(count=1, reason="看看"))
