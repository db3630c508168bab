"""What stays in words: what was to be undone, why it stays, and what comes next, each a sentence of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.domain.people import IdNumberTaken
from app.domain.policies import PolicyFromThePast
from app.domain.problems import Refusal
from app.domain.undo import UndoingRefused
from app.sentences import sentence

FROM_THE_PAST = PolicyFromThePast(today=date(2026, 4, 7))
TAKEN = IdNumberTaken(person="1" * 32, name="王秀英")
NEXT = "再按一次 Ctrl+Z，撤销它之前的“入队”。"
NEXT_IN_ENGLISH = ' Press Ctrl+Z again to undo "入队", done before it.'


@pytest.mark.parametrize(
    ("language", "why", "words"),
    [
        (
            "zh_CN",
            FROM_THE_PAST,
            "“改了规则”撤不了：过去的事不改，规则最早从今天（4月7日）起。" + NEXT,
        ),
        (
            "zh_CN",
            TAKEN,
            "“改了规则”撤不了：这个证件号已经登记在“王秀英”名下，请打开那份档案核对。" + NEXT,
        ),
        (
            "en",
            FROM_THE_PAST,
            '"改了规则" cannot be undone. The past stays; a rule can begin today (Apr 7) at the earliest.'
            + NEXT_IN_ENGLISH,
        ),
    ],
)
def test_each_sentence_ends_before_the_next_begins(
    language: str, why: Refusal, words: str, speak: Callable[[str], None]
) -> None:
    speak(language)
    assert sentence(UndoingRefused(deed="改了规则", why=why, before_it="入队")) == words
