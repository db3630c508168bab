"""Nobody is left without words: every problem, every fact in a history, every policy."""

from __future__ import annotations

import importlib
import pkgutil
import random
from collections.abc import Iterator

import pytest

import app
from app import sentences
from app.domain.policies import Shape, policy_kinds, shapes
from app.domain.problems import Problem, Refusal, Trouble
from app.facts import Fact, kinds
from app.sentences import sentence
from tests.support.histories import told
from tests.support.random_facts import FactMaker

KEYED = {Shape.NUMBER_BY_KEY, Shape.TEXT_BY_KEY}
EVERY_KIND = sorted(kinds().values(), key=lambda kind: kind.kind)


@pytest.fixture(scope="module", autouse=True)
def every_module() -> None:
    """Problems are found in whatever module they stand."""
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def test_every_problem_has_a_sentence_of_its_own() -> None:
    silent = {kind for kind in _problems(Problem) if kind not in sentences.worded()}
    assert sorted(kind.__qualname__ for kind in silent) == []


def test_every_fact_has_a_history_sentence() -> None:
    assert sorted(kind.kind for kind in set(kinds().values()) - sentences.told()) == []


def test_every_policy_and_every_field_of_it_has_words() -> None:
    for name, kind in policy_kinds().items():
        words = sentences.policy_words(name)
        assert words is not None and words.title and words.about, name
        assert list(words.fields) == list(shapes(kind)), name


def test_the_words_of_a_field_have_their_blanks() -> None:
    for name, kind in policy_kinds().items():
        words = sentences.policy_words(name)
        assert words is not None
        for field, shape in shapes(kind).items():
            said = words.fields[field]
            assert ("{value}" in said.sentence) == (shape is not Shape.FLAG), field
            assert ("{key}" in said.sentence) == (shape in KEYED), field
            assert ("{place}" in said.sentence) == (shape is Shape.NUMBERS), field
            assert bool(said.otherwise) or shape in {Shape.NUMBER, Shape.NUMBERS}, field


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.kind)
def test_any_fact_can_be_told(kind: type[Fact]) -> None:
    """Also one with values that no screen would ever make, and without its private parts."""
    seed = random.getrandbits(32)
    print(f"seed {seed}")
    maker = FactMaker(random.Random(seed))
    for _ in range(8):
        draft = maker.draft(kind)
        said = told(draft.body, draft.parts)
        assert said.strip()
        assert not {"{", "}"} & set(said.replace(getattr(draft.body, "value", ""), ""))


def test_a_problem_without_words_is_our_bug() -> None:
    with pytest.raises(LookupError):
        sentence(Problem())


def _problems(kind: type[Problem]) -> Iterator[type[Problem]]:
    for below in kind.__subclasses__():
        if below.__module__.startswith("app.") and below not in (Refusal, Trouble):
            yield below
        yield from _problems(below)
