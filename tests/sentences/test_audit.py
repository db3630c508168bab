"""What the audit says in words."""

from __future__ import annotations

from app.actions.people import Sensitive
from app.sentences.audit import audited
from app.storage import audit


def test_every_look_has_words() -> None:
    assert {audited(f"{audit.REVEALED}{field}") for field in Sensitive} == {
        *("看了证件号", "看了电话", "看了备用电话", "看了住址", "看了出生日期")
    }


def test_every_deed_has_words() -> None:
    deeds = [
        value
        for name, value in vars(audit).items()
        if name.isupper() and isinstance(value, str) and name != "REVEALED"
    ]
    assert len({audited(deed) for deed in deeds}) == len(deeds) > 0
