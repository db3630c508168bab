"""Refusal, trouble or fact -> the sentence a person reads (给人看的话).

Every noun keeps its sentences in ``app/sentences/<noun>.py``; they are found by themselves. ``@says`` words a
problem: what is the matter and what to do, without codes. ``@tells`` words a fact for a history: what happened, in
the past tense, without when and by whom, which stand beside it::

    @tells(OrderDispatched)
    def dispatched(it: Recorded[OrderDispatched], names: Names) -> str:
        return _("派给{team}").format(team=names.team(it.body.team))

Both are made when they are shown, in the language of the moment.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from app.domain.policies import Policy
from app.domain.problems import Problem
from app.facts import Fact, Id
from app.words import _

if TYPE_CHECKING:
    # The database is slow to import, and the first page is drawn before it is needed.
    from app.storage.fold import Recorded

P = TypeVar("P", bound=Problem)
F = TypeVar("F", bound=Fact)
_sentences: dict[type[Problem], Callable[[Any], str]] = {}


class Names(Protocol):
    """How things are called in a history; masked where lists must mask."""

    def person(self, person: Id) -> str: ...

    def staff(self, staff: Id) -> str: ...

    def team(self, team: Id) -> str: ...

    def order(self, order: Id) -> str:
        """The order's short number, as it is read aloud."""

    def category(self, code: str) -> str: ...

    def region(self, code: str) -> str: ...


_tales: dict[type[Fact], Callable[[Any, Names], str]] = {}


_titles: dict[str, str] = {}


def says(kind: type[P]) -> Callable[[Callable[[P], str]], Callable[[P], str]]:
    """Register the function that words problems of ``kind``."""

    def register(words: Callable[[P], str]) -> Callable[[P], str]:
        assert kind not in _sentences, f"two sentences for {kind.__name__}"
        _sentences[kind] = words
        return words

    return register


def tells(
    kind: type[F],
) -> Callable[[Callable[[Recorded[F], Names], str]], Callable[[Recorded[F], Names], str]]:
    """Register the function that words facts of ``kind`` for a history."""

    def register(words: Callable[[Recorded[F], Names], str]) -> Callable[[Recorded[F], Names], str]:
        assert kind not in _tales, f"two history sentences for {kind.kind}"
        _tales[kind] = words
        return words

    return register


def calls(kind: type[Policy], title: str) -> None:
    """Say how a policy is called; ``title`` is marked with ``N_``, for it is translated when shown."""
    assert kind.name not in _titles, f"two titles for {kind.name}"
    _titles[kind.name] = title


def policy_title(name: str) -> str:
    """How a policy is called; one of a newer program is called by its name."""
    load()
    return _(_titles[name]) if name in _titles else name


def sentence(problem: Problem) -> str:
    """What to tell the person about ``problem``. Every problem type has words of its own (a test checks it)."""
    load()
    for kind in type(problem).__mro__:
        if kind in _sentences:
            return _sentences[kind](problem)
    raise LookupError(f"no sentence for {type(problem).__name__}")


def story(recorded: Recorded[Any], names: Names) -> str:
    """What happened, as one sentence of a history. Every kind of fact has words of its own (a test checks it)."""
    load()
    return _tales[type(recorded.body)](recorded, names)


def worded() -> frozenset[type[Problem]]:
    """The problem types that have a sentence, for the test that none is missing."""
    load()
    return frozenset(_sentences)


def titled() -> frozenset[str]:
    """The policies that have a title, for the test that none is missing."""
    load()
    return frozenset(_titles)


def told() -> frozenset[type[Fact]]:
    """The kinds of fact that have a history sentence, for the test that none is missing."""
    load()
    return frozenset(_tales)


@cache
def load() -> None:
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        importlib.import_module(module.name)
