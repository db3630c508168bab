"""A person's points, opened line by line."""

from __future__ import annotations

from app.actions.desk import Desk
from app.actions.points import PointsQuery, points_of
from app.actions.services import ServiceReason, reverse_service
from tests.support import served as make


def test_points_are_a_ledger_of_their_own(desk: Desk) -> None:
    wang = make.volunteer(desk)
    kept = make.approved(desk, wang, make.at(9), 20)
    gone = make.approved(desk, wang, make.at(11), 40)
    reverse_service(desk, ServiceReason(service=gone, reason="重复"))
    statement = points_of(desk, PointsQuery(person=wang))
    assert (statement.points_cents, statement.line_count) == (33, 3)
    lines = [(line.points_cents, line.evidence and line.evidence.service) for line in statement.lines]
    assert sorted(lines) == sorted([(33, kept), (67, gone), (-67, gone)])


def test_nobody_has_points_to_begin_with(desk: Desk) -> None:
    statement = points_of(desk, PointsQuery(person=make.volunteer(desk)))
    assert (statement.points_cents, statement.lines, statement.line_count) == (0, (), 0)
