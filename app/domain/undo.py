"""Why something that was done stays done (撤销): nothing is left to undo, somebody went on, or it has left the house.

What is undone, and by which fact, is a rule of each noun.
"""

from __future__ import annotations

from app.domain.problems import Refusal
from app.facts import Fact


class NothingToUndo(Refusal):
    """Whoever is signed in has done nothing since the program began that is not undone already."""


class ChangedSince(Refusal):
    """``deed`` stays: something else happened there afterwards, of which ``what`` was told, by ``who``. Undoing again
    undoes ``before_it``, the last thing done before that can be undone; "" when there is none.
    """

    deed: str
    who: str
    what: str
    before_it: str = ""


class CannotBeUndone(Refusal):
    """``deed`` stays, as all facts of this kind; every such kind has its reason. ``before_it`` is as above."""

    deed: str
    kind: type[Fact]
    before_it: str = ""


class UndoingRefused(Refusal):
    """``deed`` stays: the rules refuse what would undo it, and ``why``. ``before_it`` is as above."""

    deed: str
    why: Refusal
    before_it: str = ""


Stays = ChangedSince | CannotBeUndone
