from __future__ import annotations

import pytest

from app.domain.papers import PapersPolicy
from app.domain.policies import PolicyMakesNoSense, parse_policy


def test_a_phone_is_printed_as_it_is_written() -> None:
    policy = parse_policy(PapersPolicy, '{"phone": "0537-5210000（8:30—17:30）"}')
    assert policy.phone == "0537-5210000（8:30—17:30）"
    assert parse_policy(PapersPolicy, "{}") == PapersPolicy()


@pytest.mark.parametrize("value", ['{"phone": "0537\\n110"}', '{"phone": "' + "1" * 51 + '"}'])
def test_what_does_not_fit_on_a_line(value: str) -> None:
    with pytest.raises(PolicyMakesNoSense):
        parse_policy(PapersPolicy, value)
