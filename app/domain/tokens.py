"""Search tokens (检索词): what is written into the full-text index, and what a clerk's typing becomes.

Every token is searched as a prefix. So a name is kept as every suffix of itself, its pinyin from every syllable
on with each earlier syllable in full or as initial (``zhangxm``, ``zxming``), and a number forwards and
backwards: its tail is a prefix of the reversed one. The index is FTS5 with the ``ascii`` tokenizer, for which every
non-ASCII character is a letter. The table itself lives in ``app.storage``, the readings in ``pinyin``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, product
from math import prod

from app.domain import names, pinyin

LONGEST_QUERY_CHARACTERS = 100
BACKWARDS = "¬"
"""Stands before a reversed number, so that the tail 8123 is never taken for numbers that begin with 3218."""

# Up to this many combinations of readings are kept; of a longer name full of polyphones, one is varied at a time.
_COMBINATIONS = 8
# Beyond this many syllables, full syllables and initials are mixed within a window of this length only.
_MIXED = 4

_RETROFLEX = re.compile(r"([zcs])h(?![aeiouv]|$)")
_PASSPORT_U = re.compile(r"(?<=[ln])yu")
_LETTERS_THEN_DIGITS = re.compile(r"([a-z]{2,})(\d+)")
_PIECES = re.compile(r"[a-z0-9]+|[^\x00-\x7f]+")


def of_name(name: str) -> set[str]:
    """Tokens of a person's name, with the readings of surnames."""
    return _of_words(name, pinyin.syllables_of_name(names.normalise(name).replace(names.DOT, "")))


def of_title(title: str) -> set[str]:
    """Tokens of any other short text: a team, a place, an activity."""
    return _of_words(title, pinyin.syllables(names.normalise(title).replace(names.DOT, "")))


def of_number(number: str) -> set[str]:
    """Tokens of an ID, order, volunteer or certificate number: found by its head and by its tail."""
    plain = _compact(number)
    return {plain, BACKWARDS + plain[::-1]} if plain else set()


def of_phone(phone: str) -> set[str]:
    """Tokens of a phone as it is kept: a landline is found without its area code too, an extension is no tail."""
    area_and_local = phone.split("-")[:2]
    return of_number("".join(area_and_local)) | {area_and_local[-1]}


def joined(tokens: Iterable[str]) -> str:
    """The text that goes into the index; the order is fixed, so that equal tokens make equal rows."""
    return " ".join(sorted(tokens))


def plan(query: str) -> tuple[str, ...]:
    """The FTS5 expressions that must all match, one for each word typed; empty when there is nothing to search."""
    parts: list[str] = []
    words = map(_searchable, considered(query).split())
    for numeric, run in groupby(filter(None, words), key=lambda word: word.isascii() and word.isdigit()):
        group = list(run)
        parts += _numbers_typed(group) if numeric else [part for word in group for part in _typed(word)]
    return tuple(parts)


def considered(query: str) -> str:
    """The beginning of what was typed, as far as it is searched: a whole document may have been pasted."""
    return query[:LONGEST_QUERY_CHARACTERS]


def match(query: str) -> str | None:
    """The whole MATCH expression for what was typed, or None when nothing of it can be searched."""
    return " AND ".join(plan(query)) or None


def matched(name: str, query: str) -> frozenset[int]:
    """Which characters (code points, from 0) of ``name`` the query hit, for showing them bold."""
    places = [place for place, character in enumerate(name) if names.is_letter(character)]
    letters = "".join(name[place].lower() for place in places)
    ways = [] if re.search("[a-z]", letters) else pinyin.syllables_of_name(letters)
    hits: set[int] = set()
    for piece in _PIECES.findall(" ".join(map(_searchable, considered(query).split()))):
        at = letters.find(piece)
        found = range(at, at + len(piece)) if at >= 0 else _spelled(ways, _spelling(piece))
        hits.update(places[character] for character in found)
    return frozenset(hits)


def _of_words(text: str, syllables: list[tuple[str, ...]]) -> set[str]:
    key = _searchable(text)
    tokens = {key[start:] for start in range(len(key))}
    for known, run in groupby(syllables, key=bool):
        for reading in _readings(list(run)) if known else ():
            tokens.update(_spellings(reading))
    return tokens


def _readings(ways: list[tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    if prod(map(len, ways)) <= _COMBINATIONS:
        return product(*ways)
    usual = tuple(way[0] for way in ways)
    varied = [(*usual[:at], other, *usual[at + 1 :]) for at, way in enumerate(ways) for other in way[1:]]
    return [usual, *varied]


def _spellings(reading: tuple[str, ...]) -> Iterator[str]:
    """Every way to type the reading from each syllable on.

    The last syllable stands in full only: its initial is a prefix of it.
    """
    if len(reading) <= _MIXED:
        tails = [reading[-1]]
        yield reading[-1]
        for syllable in reversed(reading[:-1]):
            tails = [head + tail for tail in tails for head in (syllable, syllable[0])]
            yield from tails
        return
    for start in range(len(reading)):
        rest = reading[start:]
        yield "".join(rest)
        yield "".join(syllable[0] for syllable in rest)
        *mixed, last = rest[:_MIXED]
        for heads in product(*((syllable, syllable[0]) for syllable in mixed)):
            yield "".join(heads) + last


def _searchable(text: str) -> str:
    """What of a text can be searched: evened out, without dots, hyphens and quotes, ü as v."""
    return names.compare_key(text).replace("ü", "v")


def _numbers_typed(words: list[str]) -> list[str]:
    """Digits in groups may be one number (138 0000 1234) or several (ID tail, phone tail)."""
    each = [_number_expression(word) for word in words]
    if len(words) == 1:
        return each
    return [f"({_number_expression(''.join(words))} OR ({' AND '.join(each)}))"]


def _typed(word: str) -> list[str]:
    """The expressions for one word: Chinese and letters may stand together (曾xx, 王8123)."""
    return [_piece(piece) for piece in _PIECES.findall(word)]


def _piece(piece: str) -> str:
    if not piece.isascii():
        return _prefix(piece)
    if piece.isalpha():
        return _any_of(_spelling(piece))
    number = _number_expression(piece)
    both = _LETTERS_THEN_DIGITS.fullmatch(piece)
    if both is None:
        return number
    return f"({number} OR ({_any_of(_spelling(both[1]))} AND {_number_expression(both[2])}))"


def _spelling(letters: str) -> list[str]:
    """Letters as typed and as the index spells them: zh before a consonant is the initial z, lyu is lv."""
    plain = _PASSPORT_U.sub("v", letters)
    return list(dict.fromkeys([plain, _RETROFLEX.sub(r"\1", plain)]))


def _number_expression(number: str) -> str:
    plain = _compact(number)
    return _any_of([plain, BACKWARDS + plain[::-1]])


def _any_of(tokens: list[str]) -> str:
    alternatives = " OR ".join(map(_prefix, tokens))
    return f"({alternatives})" if len(tokens) > 1 else alternatives


def _prefix(token: str) -> str:
    return f'"{token}" *'


def _compact(number: str) -> str:
    return "".join(character for character in _searchable(number) if character.isascii())


def _spelled(ways: list[tuple[str, ...]], spellings: list[str]) -> range:
    for start in range(len(ways)):
        for letters in spellings:
            length = _length_spelled(ways[start:], letters)
            if length:
                return range(start, start + length)
    return range(0)


def _length_spelled(ways: list[tuple[str, ...]], letters: str) -> int:
    """How many of the first characters ``letters`` spells: in full, as initial, the last one begun. 0: none."""
    for syllable in ways[0] if ways else ():
        if syllable.startswith(letters):
            return 1
        for typed in (syllable, syllable[0]):
            rest = letters.startswith(typed) and _length_spelled(ways[1:], letters[len(typed) :])
            if rest:
                return 1 + rest
    return 0
