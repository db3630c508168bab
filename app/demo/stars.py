"""Reviews of stars in the sample town (星级评定): one after each half of a year, opened, posted and awarded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from app.actions.star_rounds import OpenStarRound, award_stars, open_star_round, post_star_notice
from app.demo.town import Town
from app.domain.calendar import instant_at, shipped
from app.domain.star_rounds import NobodyToPropose
from app.facts import Id
from app.storage.ids import new_id

_OPENED_AFTER, _POSTED_AFTER, _AWARDED_AFTER = 3, 2, 4
"""Working days between the end of a half, the opening, the posting and the award."""


class Reviews:
    """The halves of the years that are over, and what the station does about each."""

    def __init__(self, town: Town) -> None:
        self._town = town

    def plan(self) -> None:
        for cut_off in _ends_of_halves(self._town.first, self._town.last):
            self._on(cut_off, _OPENED_AFTER, partial(self._open, cut_off))

    def _open(self, cut_off: date, now: datetime) -> None:
        star_round = new_id()
        request = OpenStarRound(star_round=star_round, cut_off=cut_off)
        try:
            self._town.do(open_star_round, request, now)
        except NobodyToPropose:
            return  # the first halves of a young station
        self._on(now.date(), _POSTED_AFTER, partial(self._post, star_round))

    def _post(self, star_round: Id, now: datetime) -> None:
        self._town.do(post_star_notice, star_round, now)
        self._on(now.date(), _AWARDED_AFTER, partial(self._award, star_round))

    def _award(self, star_round: Id, now: datetime) -> None:
        self._town.do(award_stars, star_round, now, self._town.crew.administrator)

    def _on(self, day: date, working_days: int, do: Callable[[datetime], None]) -> None:
        later = shipped().add_working_days(day, working_days)
        self._town.agenda.at(instant_at(later, 10), do)


def _ends_of_halves(first: date, last: date) -> list[date]:
    halves = [
        date(year, month, 1) - timedelta(days=1)
        for year in range(first.year, last.year + 2)
        for month in (1, 7)
    ]
    return [day for day in halves if first < day < last]
