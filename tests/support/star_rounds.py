"""A review of stars for tests: a table of few hours, who reaches them, and how far the review is."""

from __future__ import annotations

from datetime import date, timedelta

from app.actions.desk import Desk
from app.actions.star_rounds import OpenStarRound, open_star_round, post_star_notice
from app.facts import Id
from app.facts.policies import PolicySet
from app.storage.ids import new_id
from tests.support import served
from tests.support.recording import record_facts

CUT_OFF = date(2026, 4, 6)
AFTER = timedelta(days=4)
"""The notice of 7 April is posted up to the 10th."""


def set_table(desk: Desk) -> None:
    """One hour is a star, two are two, four three."""
    record_facts(desk, PolicySet(policy="stars", value='{"hours": [1, 2, 4]}', valid_from=date(2026, 1, 1)))


def two_stars(desk: Desk, *minutes: int) -> Id:
    """王小明, with records of so many minutes, two hours in all."""
    assert sum(minutes) == 120
    person = served.volunteer(desk)
    for hour, length in zip((9, 14), minutes, strict=False):
        served.approved(desk, person, served.at(hour), length)
    return person


def one_star(desk: Desk) -> Id:
    """李晓芳, with one hour."""
    person = served.volunteer(desk, "李晓芳", phone="13900005679")
    served.approved(desk, person, served.at(9), 60)
    return person


def opened(desk: Desk) -> Id:
    """A review by whoever sits at the desk."""
    star_round = new_id()
    open_star_round(desk, OpenStarRound(star_round=star_round, cut_off=CUT_OFF))
    return star_round


def posted(desk: Desk) -> Id:
    """A review whose list is posted."""
    star_round = opened(desk)
    post_star_notice(desk, star_round)
    return star_round
