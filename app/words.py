"""The words people read (语言): gettext's catalogues with Simplified Chinese as the source language.

A text stands in the code as the Simplified Chinese sentence itself, wrapped in ``_``; other languages are the
catalogues in ``resources/translations``, read as they are. ``_`` looks a text up at every call, so that the language
can change without a restart. Constants made at import time are only *marked* with ``N_`` and translated when shown.

Chinese counts without plurals, English does not. So a translation may choose among words by a number of the
sentence: ``{count} {count:order|orders}`` takes the first word for 1, the second for 2, and the last for every
other number; with twelve words ``{month:Jan|Feb|…|Dec}`` names a month. The code that asks need not know.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import resources

SOURCE_LANGUAGE = "zh_CN"
LANGUAGES = {SOURCE_LANGUAGE: "简体中文", "zh_TW": "繁體中文", "en": "English"}
"""Every language, called as its own speakers call it."""

_ENTRY = re.compile(r'((?:^#.*\n)*)^msgid ((?:".*"\n)+)msgstr ((?:".*"(?:\n|\Z))+)', re.MULTILINE)
_PIECE = re.compile(r'^"(.*)"$', re.MULTILINE)
_ESCAPE = re.compile(r"\\(.)")
_CHOOSES = re.compile(r"\{\w+:[^{}]*\|")


@dataclass(frozen=True)
class Entry:
    """One text of a catalogue: comment lines, the source text, and the translation ("" while there is none)."""

    comment: str
    source: str
    translation: str


class Choosing(str):
    """A translation with words to be chosen by a number when it is filled in."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        return _chooser.vformat(self, args, values)


class _Chooser(string.Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" not in format_spec:
            return format(value, format_spec)
        choices = format_spec.split("|")
        number = str(value)
        return choices[int(number) - 1 if number.isdecimal() and 0 < int(number) < len(choices) else -1]


_chooser = _Chooser()
_language = SOURCE_LANGUAGE
_texts: Mapping[str, str] = {}
_aside: ContextVar[tuple[str, Mapping[str, str]] | None] = ContextVar("aside", default=None)


def use_language(language: str, folder: Path | None = None) -> None:
    """Speak ``language``, one of ``LANGUAGES``, from now on; the source language needs no catalogue."""
    global _language, _texts
    _texts = _read(language, folder)
    _language = language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say what is made inside in ``language``, in this thread alone: a paper that was issued in it."""
    before = _aside.set((language, _texts if language == _language else _read(language)))
    try:
        yield
    finally:
        _aside.reset(before)


def language() -> str:
    """The language that is spoken now."""
    aside = _aside.get()
    return aside[0] if aside is not None else _language


def catalogue(language: str, folder: Path | None = None) -> Path:
    return (folder or resources.folder("translations")) / f"{language}.po"


def entries(text: str) -> Iterator[Entry]:
    """The entries of a catalogue's text in their order, its head (the entry of "") among them."""
    for comment, source, translation in _ENTRY.findall(text):
        yield Entry(comment, _joined(source), _joined(translation))


def _(text: str) -> str:
    aside = _aside.get()
    return (aside[1] if aside is not None else _texts).get(text, text)


def N_(text: str) -> str:  # noqa: N802 - the name gettext tools know
    """Mark ``text`` for translation without translating it yet."""
    return text


def _read(language: str, folder: Path | None = None) -> Mapping[str, str]:
    assert language in LANGUAGES, f"no such language: {language}"
    if language == SOURCE_LANGUAGE:
        return {}
    path = catalogue(language, folder)
    return {
        entry.source: Choosing(entry.translation) if _CHOOSES.search(entry.translation) else entry.translation
        for entry in entries(path.read_text(encoding="utf-8"))
        if entry.source and entry.translation
    }


def _joined(quoted: str) -> str:
    whole = "".join(_PIECE.findall(quoted))
    return (
        _ESCAPE.sub(lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), whole)
        if "\\" in whole
        else whole
    )
