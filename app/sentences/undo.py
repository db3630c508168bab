"""Undoing (撤销) in words: why something stays as it is."""

from __future__ import annotations

import unicodedata

from app.domain.undo import CannotBeUndone, ChangedSince, NothingToUndo, Stays, UndoingRefused
from app.sentences import says, sentence, why_it_stays
from app.words import _


@says(NothingToUndo)
def nothing_to_undo(problem: NothingToUndo) -> str:
    return _("程序打开以后您办的，没有可以撤销的了。")


@says(ChangedSince)
def changed_since(problem: ChangedSince) -> str:
    told = _("“{deed}”撤不了：后来 {who} 又办了“{what}”。").format(
        deed=problem.deed, who=problem.who, what=problem.what
    )
    return _and_before(told, problem)


@says(CannotBeUndone)
def cannot_be_undone(problem: CannotBeUndone) -> str:
    told = _("“{deed}”：{why}").format(deed=problem.deed, why=why_it_stays(problem.kind))
    return _and_before(told, problem)


@says(UndoingRefused)
def undoing_refused(problem: UndoingRefused) -> str:
    told = _("“{deed}”撤不了：{why}").format(deed=problem.deed, why=_ended(sentence(problem.why)))
    return _and_before(told, problem)


def _ended(said: str) -> str:
    """What stands beside a field has no full stop of its own; here another sentence follows."""
    is_ended = unicodedata.category(said[-1]) == "Po"  # a full stop or a question mark, in any script
    return said if is_ended else _("{said}。").format(said=said)


def _and_before(told: str, problem: Stays | UndoingRefused) -> str:
    """What the next try would undo is said before it is tried."""
    if not problem.before_it:
        return told
    return _("{told}再按一次 Ctrl+Z，撤销它之前的“{before}”。").format(told=told, before=problem.before_it)
