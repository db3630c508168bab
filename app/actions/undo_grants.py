"""Undoing granted points (积分奖励): they are taken back as far as the balance goes, and the rest is owed."""

from __future__ import annotations

from app.actions.desk import Work
from app.actions.purses import settle_debts
from app.actions.undo import Undoing, undoes
from app.domain import grants as rules
from app.facts.grants import PointsGranted


@undoes(PointsGranted)
def undo_grant(work: Work, that: Undoing[PointsGranted]) -> None:
    work.record(rules.revoke(that.it.body, today=work.today))
    settle_debts(work, [that.it.body.person])
