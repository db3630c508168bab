"""What a scanned code means (扫码): a volunteer's card, an order slip, a certificate's QR code, a gift, a voucher.

A noun joins with ``@reads_code`` in its own file: the id behind a code that is one of its own. A scanner types what
it reads, so a code is text: digits from our bar codes, plain letters and digits from a QR code.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import app.actions
from app.actions.desk import Look, reading
from app.domain.problems import Refusal
from app.facts import Id

CodeReader = Callable[[Look, str], Id | None]

_readers: dict[str, CodeReader] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeMeaning:
    """The object that a code stands on, and its noun."""

    noun: str
    object: Id


class CodeUnknown(Refusal):
    """No noun knows this code."""

    code: str


def reads_code(noun: str) -> Callable[[CodeReader], CodeReader]:
    """Register how an object of ``noun`` is found by a code: its id, or None; a ``Refusal`` also means "not mine"."""

    def register(reader: CodeReader) -> CodeReader:
        assert noun not in _readers, f"two readers of codes for {noun}"
        _readers[noun] = reader
        return reader

    return register


@reading()
def resolve_code(look: Look, code: str) -> CodeMeaning:
    """What ``code`` stands on, or ``CodeUnknown``."""
    for noun, reader in sorted(_all_readers().items()):
        found = _read(reader, look, code)
        if found is not None:
            return CodeMeaning(noun=noun, object=found)
    raise CodeUnknown(code=code, field="code")


def nouns_with_codes() -> frozenset[str]:
    """The nouns that can be scanned, for the test that a screen opens each of them."""
    return frozenset(_all_readers())


def _read(reader: CodeReader, look: Look, code: str) -> Id | None:
    try:
        return reader(look, code)
    except Refusal:
        return None


@cache
def _all_readers() -> dict[str, CodeReader]:
    for module in pkgutil.iter_modules(app.actions.__path__, "app.actions."):
        importlib.import_module(module.name)
    return _readers
