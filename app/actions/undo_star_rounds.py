"""Undoing what was done in a review of stars (星级评定): one opened by mistake is given up, who was out is in again."""

from __future__ import annotations

from app.actions.desk import Work
from app.actions.star_rounds import StarPerson, StarReason, drop_star, give_up_star_round, keep_star
from app.actions.undo import Undoing, undoes
from app.facts.star_rounds import StarProposalDropped, StarProposalKept, StarRoundOpened
from app.words import _


@undoes(StarRoundOpened)
def undo_opening(work: Work, that: Undoing[StarRoundOpened]) -> None:
    give_up_star_round.inside(work, that.it.body.star_round)


@undoes(StarProposalDropped)
def undo_drop(work: Work, that: Undoing[StarProposalDropped]) -> None:
    keep_star.inside(work, StarPerson(star_round=that.it.body.star_round, person=that.it.body.person))


@undoes(StarProposalKept)
def undo_keep(work: Work, that: Undoing[StarProposalKept]) -> None:
    body = that.it.body
    request = StarReason(star_round=body.star_round, person=body.person, reason=_("恢复错了，撤销"))
    drop_star.inside(work, request)
