"""How names are read (拼音) and their Chinese order (排序).

A surname has readings of its own (曾 zeng, 单 shan, 尉迟 yuchi), a few characters are alive in several readings
(乐 le and yue). Both stand in ``resources/surnames``; every other character has the first reading of pypinyin's
dictionary, because its further ones are archaic and would only bring wrong people up. Search tokens are made in
``tokens``.

Sources: GB/T 28039-2011 (spelling of Chinese names), GB/T 16159 (spelling rules); passports write ü as YU.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import NamedTuple

import resources
from app.domain import names

_LAST = "~"


class _Readings(NamedTuple):
    surnames: Mapping[str, tuple[str, ...]]
    compound: Mapping[str, tuple[str, ...]]
    characters: Mapping[str, tuple[str, ...]]
    dictionary: Mapping[int, str]


@cache
def _tables() -> _Readings:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # the phrases cost 90 ms and hold no names
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin.constants import PINYIN_DICT

    text = (resources.folder("surnames") / "readings.json").read_text(encoding="utf-8")
    shipped = {
        kind: {character: tuple(readings.split()) for character, readings in entries.items()}
        for kind, entries in json.loads(text).items()
    }
    return _Readings(shipped["surnames"], shipped["compound"], shipped["characters"], PINYIN_DICT)


def load() -> None:
    """Read the tables now (50 ms), so that the first search does not wait for them."""
    _tables()


def split(name: str) -> tuple[str, str]:
    """Surname and given name of a Chinese name; a compound surname needs at least one more character."""
    length = 2 if len(name) > 2 and name[:2] in _tables().compound else 1
    return name[:length], name[length:]


def syllables_of_name(name: str) -> list[tuple[str, ...]]:
    """For each character of ``name`` the ways it may be typed, the usual one first; empty if none is known.

    The surname has its own readings before those of the character. A run of Latin letters is one syllable.
    """
    if not name or not _is_han(name[0]):
        return syllables(name)
    surname, given = split(name)
    if len(surname) == 2:
        first = [
            _typed((reading, *_marked(character)))
            for character, reading in zip(surname, _tables().compound[surname], strict=True)
        ]
        return first + syllables(given)
    return [_surname_typed(surname), *syllables(given)]


def syllables(text: str) -> list[tuple[str, ...]]:
    """The same for any other words: teams, places, activities."""
    found: list[tuple[str, ...]] = []
    for latin, run in groupby(text, key=str.isascii):
        if latin:
            found += [(word.casefold(),) for word in "".join(run).split()]
        else:
            found += map(_character_typed, run)
    return found


def sort_key(name: str) -> str:
    """Chinese order as text to be stored and compared byte by byte: surname reading, tone, then the character.

    Characters without a known reading come last.
    """
    plain = names.normalise(name).replace(names.DOT, "")
    surname, given = split(plain)
    own = _tables().compound.get(surname) or _tables().surnames.get(surname, ())[:1]
    first = own or [_first_marked(character) for character in surname]
    readings = [*first, *map(_first_marked, given)]
    return " ".join(
        f"{_toneless(reading)}{_tone(reading)}{character}" if reading else f"{_LAST}{character}"
        for reading, character in zip(readings, plain, strict=True)
    )


@cache
def _character_typed(character: str) -> tuple[str, ...]:
    return _typed(_marked(character))


@cache
def _surname_typed(surname: str) -> tuple[str, ...]:
    return _typed((*_tables().surnames.get(surname, ()), *_marked(surname)))


def _marked(character: str) -> tuple[str, ...]:
    """The living readings of one character, with tone marks."""
    tables = _tables()
    if character in tables.characters:
        return tables.characters[character]
    first = _first_marked(character)
    return (first,) if first else ()


def _first_marked(character: str) -> str:
    if character.isascii():
        return character.casefold()
    tables = _tables()
    if character in tables.characters:
        return tables.characters[character][0]
    return tables.dictionary.get(ord(character), "").split(",")[0]


def _typed(marked: tuple[str, ...]) -> tuple[str, ...]:
    """As typed on a keyboard: no tones; ü as v and as u (the query side turns yu after l and n into v)."""
    plain = [_toneless(reading) for reading in marked]
    return tuple(dict.fromkeys([*plain, *(reading.replace("v", "u") for reading in plain)]))


@cache
def _toneless(reading: str) -> str:
    parts = unicodedata.normalize("NFD", reading.casefold()).replace("u\u0308", "v")
    return "".join(character for character in parts if character.isascii())


@cache
def _tone(reading: str) -> int:
    """1 to 4 by the mark, 5 for the light tone, which sorts last."""
    marks = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
    return next((marks[mark] for mark in unicodedata.normalize("NFD", reading) if mark in marks), 5)


def _is_han(character: str) -> bool:
    return ord(character) in _tables().dictionary
