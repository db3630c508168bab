"""Hiding personal data where the whole of it is not needed (脱敏), and the one rule of who sees how much: ``Sight``.

Everything counts code points, never UTF-16 units. The log line that seeing the whole leaves is written where it is
shown.

Sources: domain rules §9 (张*, 张*明; ID first 1-6 and last 4; phone 138****1234); the number of stars for longer
names and other documents is our [default]: never more than three for a name, so that it tells no length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain import names, phones, pinyin
from app.words import _

_STAR = "*"
_RESIDENT = re.compile(r"[0-9]{15}|[0-9]{17}[0-9Xx]", re.ASCII)
_MOST_NAME_STARS = 3
_LONG_ID = 15
_SHORTEST_SHOWN = 5
_TOWN = r".*?(?:街道|镇|乡|苏木)"
_PLACES = [
    re.compile(rf"(?:{_TOWN})?.*?(?:村委会|居委会|社区|嘎查|村(?!镇|乡|街道))"),
    re.compile(_TOWN),
    re.compile(r".*?(?:县|(?<!小)区|旗)|.*?市"),
]


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody sees of people.

    In lists - one among many: registers, boards, what was found, papers that are posted - names are masked for
    everybody (``listed``). Of the one person or order that was opened, who ``works`` with people sees the name and
    what was said, for residents are called by their name and served at their door; phone, ID number, address and
    birth stay masked and are shown for a reason. Who only looks sees names masked there, too, places down to the
    village, and nothing that anybody said.
    """

    works: bool

    def name(self, full: str | None) -> str:
        """The name of whoever was opened."""
        return full if full and self.works else listed(full)

    def words(self, said: str) -> str:
        """What somebody said or wrote about a person."""
        return said if self.works or not said else _STAR * 3

    def place(self, full: str) -> str:
        """Where an order goes."""
        return full if self.works or not full else address(full)


def listed(full: str | None) -> str:
    """A name in a list; nothing for nobody, and said so of somebody who was erased."""
    if full is None:
        return ""
    return name(full) if full else _("已删除")


def name(full: str) -> str:
    """``张*``, ``张*明``, ``欧阳*``, ``欧阳*明``: the surname (or first character) and the last of several more."""
    if not full:
        return ""
    characters = names.characters(full)
    shown = len(pinyin.split(full)[0])
    surname, given = "".join(characters[:shown]), characters[shown:]
    if len(given) < 2:
        return surname + _STAR
    return surname + _STAR * min(len(given) - 1, _MOST_NAME_STARS) + given[-1]


def id_number(number: str) -> str:
    """``330105********8123``; shorter documents keep the first character and up to four of the last."""
    if len(number) < _SHORTEST_SHOWN:
        return _STAR * len(number)
    head = 6 if len(number) >= _LONG_ID else 1
    tail = min(4, len(number) - head - 4)
    return number[:head] + _STAR * (len(number) - head - tail) + number[len(number) - tail :]


def scanned(code: str) -> str:
    """What a scanner read or somebody typed, in a sentence: the number of a person's document or phone is not said
    whole.
    """
    plain = re.sub(r"[\s\-]", "", names.without_invisible(code))
    if _RESIDENT.fullmatch(plain):
        return id_number(plain)
    return phone(plain) if phones.is_mobile(plain) else code


def phone(number: str) -> str:
    """``138****1234``, ``0571-****4321``."""
    if "-" not in number:
        return number[:3] + _STAR * 4 + number[-4:]
    area, local, *_extension = number.split("-")
    return f"{area}-{_STAR * (len(local) - 4)}{local[-4:]}"


def address(full: str) -> str:
    """The address down to village or community, whatever follows as stars; nothing recognised, nothing shown."""
    for place in _PLACES:
        found = place.match(full)
        if found:
            return found[0] + (_STAR * 3 if found.end() < len(full) else "")
    return _STAR * 3
