"""Refusals and troubles carry typed fields, and name the field of the request they belong to."""

from __future__ import annotations

from app.domain.problems import Refusal, Trouble


class Taken(Refusal):
    """A refusal of these tests."""

    number: str


class Full(Trouble):
    """A trouble of these tests."""

    place: str


def test_fields_are_given_by_name() -> None:
    refused = Taken(number="0417-3K", field="team")
    assert (refused.number, refused.field) == ("0417-3K", "team")
    assert str(refused) == "Taken(field='team', number='0417-3K')"


def test_what_belongs_to_no_field_says_so() -> None:
    assert Full(place="D:").field is None
