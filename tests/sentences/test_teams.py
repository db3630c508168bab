"""Teams in words, and the reasons of a proposal."""

from __future__ import annotations

import pytest

from app.domain.problems import Problem
from app.domain.proposals import Proposal, Reason, ReasonKind
from app.domain.teams import Level, LevelNotBelowParent, TeamHasOpenOrders
from app.sentences import sentence
from app.sentences.teams import level, reason, reasons

CASES = [
    (Reason(ReasonKind.TAKES, 1, text="haircut"), "会理发"),
    (Reason(ReasonKind.TAKES, 1, text="left the table"), "会left the table"),
    (Reason(ReasonKind.DOES_NOT_TAKE, 1, text="haircut"), "没登记理发"),
    (Reason(ReasonKind.QUALIFIED, 1, text="电工证"), "资质符合"),
    (Reason(ReasonKind.NOT_QUALIFIED, 1, text="电工证"), "缺资质：电工证"),
    (Reason(ReasonKind.DISTANCE, 1, 0), "同村"),
    (Reason(ReasonKind.DISTANCE, 1, 5), "外省"),
    (Reason(ReasonKind.LOAD, 1, 0), "手上没有单"),
    (Reason(ReasonKind.LOAD, 1, 2), "手上 2 单"),
    (Reason(ReasonKind.LAST_STARS, 1, 5), "上次五星"),
    (Reason(ReasonKind.AVERAGE_STARS, 1, 43), "平均 4.3 星"),
    (Reason(ReasonKind.REFUSED_THIS, 1), "退过这一单"),
]


@pytest.mark.parametrize("given, words", CASES)
def test_reasons_are_short(given: Reason, words: str) -> None:
    assert reason(given) == words


def test_every_kind_of_reason_has_words() -> None:
    assert {given.kind for given, _words in CASES} == set(ReasonKind)


def test_reasons_stand_in_one_line() -> None:
    proposal = Proposal("1" * 32, "爱心理发队", (CASES[0][0], CASES[5][0], CASES[8][0], CASES[9][0]))
    assert reasons(proposal) == "会理发 · 同村 · 手上 2 单 · 上次五星"


@pytest.mark.parametrize(
    "problem, words",
    [
        (
            LevelNotBelowParent(level=Level.CORPS, parent_level=Level.SQUAD),
            "总队不能放在服务队/小队下面，请换上级或级别。",
        ),
        (TeamHasOpenOrders(count=2), "手上还有 2 单没办完，先办完或退回。"),
    ],
)
def test_refusals_say_what_to_do(problem: Problem, words: str) -> None:
    assert sentence(problem) == words


def test_levels_are_named() -> None:
    assert level(Level.BRIGADE) == "支队/大队"
