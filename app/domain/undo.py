"""Why something that was done stays done (撤销): nothing is left to undo, somebody went on, or it has left the house.

What is undone, and by which fact, is a rule of each noun.
"""

from __future__ import annotations

from app.domain.problems import Refusal
from app.facts import Fact


class NothingToUndo(Refusal):
    """Whoever is signed in has done nothing since the program began that is not undone already."""


class Stays(Refusal):
    """``deed`` stays. Undoing again undoes ``before_it``, the last thing done before that can be undone; "" when there
    is none.
    """

    deed: str
    before_it: str = ""


class ChangedSince(Stays):
    """After what should be undone, something else happened there: ``what`` was told of it, by ``who``."""

    who: str
    what: str


class CannotBeUndone(Stays):
    """Facts of this kind stay; every such kind has its reason."""

    kind: type[Fact]
