from __future__ import annotations

import pytest

from app.domain.papers import PapersPolicy
from app.domain.policies import PolicyMakesNoSense, parse_policy


def test_a_phone_is_printed_as_it_is_written() -> None:
    policy = parse_policy(PapersPolicy, '{"phone": "0537-5210000（8:30—17:30）"}')
    assert policy.phone == "0537-5210000（8:30—17:30）"
    assert parse_policy(PapersPolicy, "{}") == PapersPolicy()


def test_the_line_says_what_there_is() -> None:
    assert PapersPolicy().line() == ""
    whole = PapersPolicy(phone="0537-5210000", contact="陈芳", address="桃源村12号")
    assert whole.line() == "0537-5210000，陈芳，桃源村12号"
    assert PapersPolicy(contact="陈芳").line() == "陈芳"


@pytest.mark.parametrize("value", ['{"phone": "0537\\n110"}', '{"phone": "' + "1" * 51 + '"}'])
def test_what_does_not_fit_on_a_line(value: str) -> None:
    with pytest.raises(PolicyMakesNoSense):
        parse_policy(PapersPolicy, value)
