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
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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

    def gift(self, gift: Id) -> str: ...

    def gift_unit(self, gift: Id) -> str:
        """What it is counted in: 条, 瓶."""

    def category(self, code: str) -> str: ...

    def region(self, code: str) -> str: ...


_tales: dict[type[Fact], Callable[[Any, Names], str]] = {}


@dataclass(frozen=True)
class FieldWords:
    """A field of a policy as a sentence, marked with ``N_``: its form is the sentence with the blank at ``{value}``.

    ``otherwise`` is said when a flag is off and when there is no limit, no text or nothing in a list. In a list the
    sentence says one item, of which ``{place}`` counts from one; in a table it says one row, where ``{key}`` is said by
    ``key``. ``choices`` are the only values a number may have, with what each is called. ``entries`` says each entry
    of a list of structs, by what makes it the same one; their number is the ``{value}``.
    """

    sentence: str
    otherwise: str = ""
    key: Callable[[str], str] = str
    choices: Mapping[int, str] = field(default_factory=dict)
    entries: Callable[[Any], Mapping[str, str]] = dict


@dataclass(frozen=True)
class PolicyWords:
    """What a policy is called, what it rules, and its fields."""

    title: str
    about: str
    fields: Mapping[str, FieldWords]


_policies: dict[str, PolicyWords] = {}
_reasons: dict[type[Fact], str] = {}


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


def calls(
    kind: type[Policy], title: str, about: str = "", fields: Mapping[str, FieldWords | str] | None = None
) -> None:
    """Say how a policy and its fields are called; all is marked with ``N_``, for it is translated when shown."""
    assert kind.name not in _policies, f"two titles for {kind.name}"
    words = {
        name: FieldWords(said) if isinstance(said, str) else said for name, said in (fields or {}).items()
    }
    _policies[kind.name] = PolicyWords(title, about, words)


def stays(*kinds: type[Fact], because: str) -> None:
    """Say why facts of these kinds cannot be undone; ``because`` is marked with ``N_``."""
    for kind in kinds:
        assert kind not in _reasons, f"two reasons why {kind.kind} stays"
        _reasons[kind] = because


def why_it_stays(kind: type[Fact]) -> str:
    """Why a fact of this kind cannot be undone."""
    load()
    return _(_reasons[kind])


def policy_title(name: str) -> str:
    """How a policy is called; one of a newer program is called by its name."""
    words = policy_words(name)
    return _(words.title) if words is not None else name


def policy_words(name: str) -> PolicyWords | None:
    """The words of a policy; None for one of a newer program."""
    load()
    return _policies.get(name)


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


def told() -> frozenset[type[Fact]]:
    """The kinds of fact that have a history sentence, for the test that none is missing."""
    load()
    return frozenset(_tales)


def staying() -> frozenset[type[Fact]]:
    """The kinds of fact that say why they cannot be undone, for the test that all others can."""
    load()
    return frozenset(_reasons)


@cache
def load() -> None:
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        importlib.import_module(module.name)
