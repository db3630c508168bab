"""Undoing what was done last (撤销), by one key: a compensating fact, recorded as anything else.

What is undone is the whole of what one action recorded, in one transaction, while nothing else has happened to what
it touched since; several times in a row it walks back what somebody did since the program began. Where the last deed
stays, the first try says so, why, and what the next one would undo: nothing is undone out of order unsaid. Nouns say
how in ``undo_<noun>.py`` beside this file, and are found by themselves; kinds of fact that stay have a reason in the
noun's sentences (``stays``); those that change nothing (a paper was printed once more) are passed over::

    @undoes(OrderDispatched)
    def undo_dispatch(work: Work, that: Undoing[OrderDispatched]) -> None:
        withdraw_order.inside(work, Step(order=that.it.body.order))
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

import app.actions
from app.actions.desk import Deed, Desk, Done, Look, Work, do, reading
from app.actions.history import stories
from app.domain.problems import Refusal
from app.domain.undo import CannotBeUndone, ChangedSince, NothingToUndo, Stays, UndoingRefused
from app.facts import Fact, Id
from app.storage.fold import Recorded
from app.storage.history import happened_since, history, recorded_facts
from app.words import _

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Undoing(Generic[F]):
    """A fact that is being undone."""

    it: Recorded[F]
    connection: Connection

    @property
    def before(self) -> list[Recorded[Any]]:
        """What had happened to its object before it, the oldest first; for whoever puts that back."""
        told = history(self.connection, self.it.body.object)
        return list(takewhile(lambda one: one.id != self.it.id, told))


Undoer = Callable[[Work, Undoing[Any]], None]
Keeper = type[Fact] | Recorded[Any]
_undoers: dict[type[Fact], Undoer] = {}
_whole: set[type[Fact]] = set()
_passed_over: set[type[Fact]] = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoOffer:
    """What would be undone now, in words; ``obstacle`` says why it stays."""

    deed: str
    obstacle: Stays | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What was undone, in words, and where to look: an object of ``noun``."""

    deed: str
    noun: str
    object: Id


def undoes(*kinds: type[F], whole: bool = False) -> Callable[[Callable[[Work, Undoing[F]], None]], Undoer]:
    """Register the function that undoes facts of these kinds. ``whole``: what one action recorded of one object is
    undone together with the first of it.
    """

    def register(undoer: Callable[[Work, Undoing[F]], None]) -> Undoer:
        for kind in kinds:
            assert kind not in _undoers, f"two ways to undo {kind.kind}"
            _undoers[kind] = undoer
            if whole:
                _whole.add(kind)
        return undoer

    return register


def passes_over(*kinds: type[Fact]) -> None:
    """Facts of these kinds change nothing: they are neither undone nor in the way of undoing what was before them."""
    _passed_over.update(kinds)


@reading()
def undo_offer(look: Look, _query: None = None) -> UndoOffer | None:
    """What one would undo now; None where there is nothing."""
    for deed, keeper in _walk(look):
        obstacle = _obstacle(look, deed, keeper) if keeper is not None else None
        return UndoOffer(deed=_told(look, deed), obstacle=obstacle)
    return None


def undo(desk: Desk, _request: None = None) -> Done[Undone]:
    """Undo what whoever is signed in did last. Staff who may do a thing may undo it. What stays is told once; then it
    is the turn of what was done before.
    """
    turn = _turn(desk, None)
    if turn.obstacle is not None:
        desk.deeds.told_to_stay.update(turn.staying)
        raise turn.obstacle
    deed = turn.deed
    if deed is None:
        raise NothingToUndo
    try:
        return do(desk, lambda work: _undo(work, deed), deed.may, undoes=deed)
    except UndoingRefused as refusal:
        desk.deeds.refused.add(deed)
        next_turn = _turn(desk, None)
        desk.deeds.told_to_stay.update(next_turn.staying)
        refusal.before_it = next_turn.told
        raise


def undoable() -> frozenset[type[Fact]]:
    """The kinds of fact that can be undone, for the test that all others say why not."""
    return frozenset(_all_undoers())


def passed_over() -> frozenset[type[Fact]]:
    """The kinds of fact that undoing passes over, for the same test."""
    _all_undoers()
    return frozenset(_passed_over)


@dataclass(frozen=True, slots=True)
class _Turn:
    """What stays, the newest first, and why the first of it does; then the deed that can be undone, in words."""

    staying: Sequence[Deed]
    obstacle: Stays | None
    deed: Deed | None
    told: str


@reading()
def _turn(look: Look, _query: None) -> _Turn:
    staying: list[tuple[Deed, Keeper]] = []
    turned_to = None
    for deed, keeper in _walk(look):
        if keeper is None:
            turned_to = deed
            break
        staying.append((deed, keeper))
    told = _told(look, turned_to) if turned_to else ""
    obstacle = _obstacle(look, *staying[0], told) if staying else None
    return _Turn([deed for deed, _keeper in staying], obstacle, turned_to, told)


def _walk(look: Look) -> Iterator[tuple[Deed, Keeper | None]]:
    """What whoever looks did, the newest first, and what keeps it; without what was told to stay already."""
    for deed in look.desk.deeds.of(look.by.staff):
        if deed.kinds <= passed_over() or deed in look.desk.deeds.refused:
            continue
        keeper = _keeper(look, deed)
        if keeper is None or deed not in look.desk.deeds.told_to_stay:
            yield deed, keeper


def _undo(work: Work, deed: Deed) -> Undone:
    keeper = _keeper(work, deed)
    if keeper is not None:
        raise _obstacle(work, deed, keeper)
    told, happened = _told(work, deed), _happened(work, deed)
    for name in reversed(_objects(deed)):
        own = [one for one in happened.get(name, ()) if (name, one.id) in deed.facts]
        if own and type(own[0].body) in _whole:
            own = own[:1]
        for one in reversed(own):
            try:
                _undoers[type(one.body)](work, Undoing(one, work.connection))
            except Refusal as refusal:
                raise UndoingRefused(deed=told, why=refusal) from refusal
            work.settle()
    noun, _colon, object_id = _objects(deed)[0].partition(":")
    return Undone(deed=told, noun=noun, object=object_id)


def _keeper(look: Look, deed: Deed) -> Keeper | None:
    """What keeps a deed: a kind of fact in it that stays, or what somebody did there since."""
    staying = [kind for kind in deed.kinds if kind not in _all_undoers()]
    if staying:
        return min(staying, key=lambda kind: kind.kind)
    own = {fact for _object, fact in deed.facts}
    for happened in _happened(look, deed).values():
        stands = [
            one
            for one in happened
            if one.id not in look.desk.deeds.undone and type(one.body) not in _passed_over
        ]
        kept = [one for one in stands if one.id in own]
        if kept and stands[-len(kept) :] != kept:
            return stands[-1]
    return None


def _obstacle(look: Look, deed: Deed, keeper: Keeper, before_it: str = "") -> Stays:
    told = _told(look, deed)
    if isinstance(keeper, Recorded):
        who, what = stories(look, [keeper])[0]
        return ChangedSince(deed=told, before_it=before_it, who=who, what=what)
    return CannotBeUndone(deed=told, before_it=before_it, kind=keeper)


def _told(look: Look, deed: Deed) -> str:
    """派给爱心理发队; 核准时长，共 12 件."""
    name, fact = deed.facts[0]
    (first,) = recorded_facts(look.connection, [fact])
    _who, what = stories(look, [first])[0]
    count = sum(_noun(other) == _noun(name) for other in _objects(deed))
    return _("{deed}，共 {count} 件").format(deed=what, count=count) if count > 1 else what


def _happened(look: Look, deed: Deed) -> dict[str, list[Recorded[Any]]]:
    """What happened to what the deed touched, from the deed on."""
    first = dict(reversed(deed.facts))
    return happened_since(look.connection, list(first.values()))


def _noun(name: str) -> str:
    return name.partition(":")[0]


def _objects(deed: Deed) -> list[str]:
    """What the deed touched, in order, each once."""
    return list(dict.fromkeys(name for name, _fact in deed.facts))


@cache
def _all_undoers() -> Mapping[type[Fact], Undoer]:
    for module in pkgutil.iter_modules(app.actions.__path__, "app.actions."):
        if module.name.startswith("app.actions.undo_"):
            importlib.import_module(module.name)
    return _undoers
