"""One draft (草稿) of an order: everything that stands in the form, as it was typed, half words included."""

from __future__ import annotations

from typing import Literal

import msgspec

from app.domain import categories
from app.domain.people import Group
from app.words import _
from ui.parts.people import group_words, tail_words

TITLE_CHARACTERS = 6


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in the register, with what tells them apart, and how they came to stand there."""

    id: str
    name: str
    tail: str = ""
    groups: tuple[Group, ...] = ()
    came: Literal["found", "registered", "every time"] = "found"

    @property
    def detail(self) -> str:
        """尾号 1234 · 独居: said when it is shown, for a draft outlives a language."""
        parts = (tail_words(self.tail), group_words(self.groups), self._how())
        return " · ".join(part for part in parts if part)

    def _how(self) -> str:
        return {"found": "", "registered": _("新登记"), "every time": _("今天都是")}[self.came]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a line for a person: somebody chosen, or half a word, or a name and phone to be registered."""

    who: Who | None = None
    text: str = ""
    is_new: bool = False
    name: str = ""
    phone: str = ""

    @property
    def is_blank(self) -> bool:
        return self == Line()

    @property
    def said(self) -> str:
        return self.who.name if self.who else self.name or self.text


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The form. ``beneficiary`` None is the requester; ``wanted_typed_at`` (ms) is the moment "+2" counts from.

    ``place_from`` is the person whose home was filled in; None once the clerk typed the place.
    """

    channel: str = ""
    requester: Line = Line()
    beneficiary: Line | None = None
    proxy: Line = Line()
    consented: bool = False
    category: str = ""
    what: str = ""
    place: str = ""
    place_from: str | None = None
    region: str = ""
    wanted: str = ""
    wanted_typed_at: int | None = None
    mind: str = ""
    cautions: tuple[str, ...] = ()
    urgent: bool = False
    more: bool = False
    policy_covered: bool = False
    shopping: bool = False
    advance: str = ""
    focus: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is typed yet; the channel and who carries it fill themselves in."""
        return msgspec.structs.replace(self, channel="", focus="", proxy=Line()) == Draft()

    @property
    def title(self) -> str:
        """A few words for its tab."""
        who = (self.beneficiary or self.requester).said or self.requester.said
        known = categories.menu().find(self.category)
        about = known.title if known else self.what[:TITLE_CHARACTERS]
        return " · ".join(part for part in (who, about) if part) or _("新的一单")


def written(draft: Draft) -> str:
    return msgspec.json.encode(draft).decode()
