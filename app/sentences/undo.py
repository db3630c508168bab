"""Undoing (撤销) in words: why something stays as it is."""

from __future__ import annotations

from app.domain.undo import CannotBeUndone, ChangedSince, NothingToUndo
from app.sentences import says, why_it_stays
from app.words import _


@says(NothingToUndo)
def nothing_to_undo(problem: NothingToUndo) -> str:
    return _("这次登录以来，没有可以撤销的了。")


@says(ChangedSince)
def changed_since(problem: ChangedSince) -> str:
    return _("撤不了：后来 {who} 又办了“{what}”。").format(who=problem.who, what=problem.what)


@says(CannotBeUndone)
def cannot_be_undone(problem: CannotBeUndone) -> str:
    return why_it_stays(problem.kind)
