"""Refusal or trouble -> the sentence a person reads (给人看的话).

Every noun keeps its sentences in ``app/sentences/<noun>.py``; they are found by themselves. A sentence says what is
the matter and what to do, in the person's language, without codes.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from app.domain.problems import Problem

P = TypeVar("P", bound=Problem)
_sentences: dict[type[Problem], Callable[[Any], str]] = {}


def says(kind: type[P]) -> Callable[[Callable[[P], str]], Callable[[P], str]]:
    """Register the function that words problems of ``kind``."""

    def register(words: Callable[[P], str]) -> Callable[[P], str]:
        assert kind not in _sentences, f"two sentences for {kind.__name__}"
        _sentences[kind] = words
        return words

    return register


def sentence(problem: Problem) -> str:
    """What to tell the person about ``problem``. Every problem type has words of its own (a test checks it)."""
    load()
    for kind in type(problem).__mro__:
        if kind in _sentences:
            return _sentences[kind](problem)
    raise LookupError(f"no sentence for {type(problem).__name__}")


def worded() -> frozenset[type[Problem]]:
    """The problem types that have a sentence, for the test that none is missing."""
    load()
    return frozenset(_sentences)


@cache
def load() -> None:
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        importlib.import_module(module.name)
