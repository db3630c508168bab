"""The hand-over slip: who took what until when, and a receipt that stays whole."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.printing.escalation_slip import EscalationSlip, pdf
from tests.printing.papers import HISTORY, pages, text


def an_escalation_slip(**changes: Any) -> EscalationSlip:
    facts: dict[str, Any] = {
        "number": "4205-A1-0417-3K",
        "digits": "4205010417",
        "station": "曹村新时代文明实践站",
        "station_phone": "0537-5210000",
        "receiver": "钢山街道新时代文明实践所",
        "taken_by": "孙建业",
        "taken_by_phone": "0537-5330000",
        "handed_over": "2026年4月7日 15:30",
        "until": "2026年4月14日",
        "category": "道路",
        "what": "村口人行道地砖塌陷，老人摔过一次",
        "place": "曹村村口公交站旁",
        "requester": "王桂兰",
        "requester_phone": "138 0000 1234",
        "reason": "需要城建部门施工",
        "history": HISTORY,
        "clerk": "李小梅",
        "day": date(2026, 4, 7),
    }
    return EscalationSlip(**(facts | changes))


def test_the_hand_over_says_who_took_it_what_and_until_when() -> None:
    made = pages(pdf(an_escalation_slip()))
    assert len(made) == 1
    for words in (
        "转办单",
        "订单号：4205-A1-0417-3K",
        "日期：2026年4月7日",
        "转出单位曹村新时代文明实践站",
        "接收单位钢山街道新时代文明实践所",
        "办结期限2026年4月14日",
        "点单人王桂兰电话13800001234",
        "事项【道路】村口人行道地砖塌陷，老人摔过一次",
        "接收人孙建业",
        "交接时间2026年4月7日15:30",
        "接收人签字经办人签字",
        "请于2026年4月14日前办结，交回曹村新时代文明实践站。",
    ):
        assert words in made[0]


@pytest.mark.parametrize("times", [1, 6, 8, 10, 12, 30])
def test_the_receipt_is_never_torn_apart(times: int) -> None:
    made = pages(pdf(an_escalation_slip(history=HISTORY * times)))
    receipt = made[-1][made[-1].index("转办单回执") :]
    assert receipt.startswith("转办单回执订单号：4205-A1-0417-3K请于2026年4月14日前办结")
    for words in ("□已办结", "说明", "承办人：", "（盖章）年月日"):
        assert words in receipt
    assert "".join(made).count("派给爱心代购队") == times


@pytest.mark.parametrize("times", range(1, 16))
def test_no_signature_stands_alone(times: int) -> None:
    made = pages(pdf(an_escalation_slip(history=HISTORY * times)))
    [signed] = [page for page in made if "接收人签字" in page]
    assert "交接时间2026年4月7日15:30" in signed


def test_an_order_passed_up_unseen_has_no_history() -> None:
    assert "已办情况" not in text(pdf(an_escalation_slip(history=())))
