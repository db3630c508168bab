"""Undoing what was done last (撤销), by one key: a compensating fact, recorded as anything else.

What is undone is the whole of what one action recorded, in one transaction, while nothing else has happened to what
it touched since; several times in a row it walks back what somebody did since the program began. Nouns say how in
``undo_<noun>.py`` beside this file, and are found by themselves; kinds of fact that stay have a reason in the
noun's sentences (``stays``)::

    @undoes(OrderDispatched)
    def undo_dispatch(work: Work, that: Undoing[OrderDispatched]) -> None:
        withdraw_order.inside(work, Step(order=that.it.body.order))
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

import app.actions
from app.actions.desk import Deed, Desk, Done, Look, NotSignedIn, Work, do, reading
from app.actions.history import stories
from app.domain.problems import Refusal
from app.domain.undo import CannotBeUndone, ChangedSince, NothingToUndo
from app.facts import Fact, Id
from app.storage import log
from app.storage.fold import Recorded
from app.words import _

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Undoing(Generic[F]):
    """A fact that is being undone, and what had happened to its object before it, the oldest first."""

    it: Recorded[F]
    before: Sequence[Recorded[Any]]


Undoer = Callable[[Work, Undoing[Any]], None]
_undoers: dict[type[Fact], Undoer] = {}
_whole: set[type[Fact]] = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoOffer:
    """What would be undone now, in words; ``obstacle`` says why it cannot."""

    deed: str
    obstacle: Refusal | None


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


@reading()
def undo_offer(look: Look, _query: None = None) -> UndoOffer | None:
    """What one would undo now; None where one has done nothing."""
    deed = look.desk.deeds.last_of(look.by.staff)
    if deed is None:
        return None
    happened = _happened(look, deed)
    return UndoOffer(deed=_told(look, deed, happened), obstacle=_obstacle(look, deed, happened))


def undo(desk: Desk, _request: None = None) -> Done[Undone]:
    """Undo what whoever is signed in did last. Staff who may do a thing may undo it."""
    if desk.signed_in is None:
        raise NotSignedIn
    deed = desk.deeds.last_of(desk.signed_in.staff)
    if deed is None:
        raise NothingToUndo
    return do(desk, lambda work: _undo(work, deed), deed.may, undoes=deed)


def undoable() -> frozenset[type[Fact]]:
    """The kinds of fact that can be undone, for the test that all others say why not."""
    return frozenset(_all_undoers())


def _undo(work: Work, deed: Deed) -> Undone:
    happened = _happened(work, deed)
    obstacle = _obstacle(work, deed, happened)
    if obstacle is not None:
        raise obstacle
    told = _told(work, deed, happened)
    for name in reversed(_objects(deed)):
        history = happened[name]
        own = [one for one in history if (name, one.id) in deed.facts]
        if own and type(own[0].body) in _whole:
            own = own[:1]
        for one in reversed(own):
            _undoers[type(one.body)](work, Undoing(one, history[: history.index(one)]))
            work.settle()
    noun, _colon, object_id = _objects(deed)[0].partition(":")
    return Undone(deed=told, noun=noun, object=object_id)


def _obstacle(look: Look, deed: Deed, happened: Mapping[str, Sequence[Recorded[Any]]]) -> Refusal | None:
    own = {fact for _object, fact in deed.facts}
    for name in _objects(deed):
        stands = [one for one in happened[name] if one.id not in look.desk.deeds.undone]
        kept = [one for one in stands if one.id in own]
        for one in kept:
            if type(one.body) not in _all_undoers():
                return CannotBeUndone(kind=type(one.body))
        if kept and stands[-len(kept) :] != kept:
            newest = stands[-1]
            who, what = stories(look, [newest])[0]
            return ChangedSince(who=who, what=what)
    return None


def _told(look: Look, deed: Deed, happened: Mapping[str, Sequence[Recorded[Any]]]) -> str:
    """派给爱心理发队; 核准时长，共 12 件."""
    name, fact = deed.facts[0]
    first = next(one for one in happened[name] if one.id == fact)
    _who, what = stories(look, [first])[0]
    count = len(_objects(deed))
    return _("{deed}，共 {count} 件").format(deed=what, count=count) if count > 1 else what


def _happened(look: Look, deed: Deed) -> dict[str, list[Recorded[Any]]]:
    return log.histories(look.connection, _objects(deed))


def _objects(deed: Deed) -> list[str]:
    """What the deed touched, in order, each once."""
    return list(dict.fromkeys(name for name, _fact in deed.facts))


@cache
def _all_undoers() -> Mapping[type[Fact], Undoer]:
    for module in pkgutil.iter_modules(app.actions.__path__, "app.actions."):
        if module.name.startswith("app.actions.undo_"):
            importlib.import_module(module.name)
    return _undoers
