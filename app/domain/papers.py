"""What every paper of a station says about the station (纸面): where it is and under which phone it can be asked.

What each paper says otherwise comes from its own noun; how it looks is in ``app.printing``.
"""

from __future__ import annotations

from typing import ClassVar

from app.domain.policies import Policy, PolicyMakesNoSense
from app.words import _

_LONGEST_CHARACTERS = {"phone": 50, "contact": 30, "address": 60}

CARDS_PER_SHEET = 10
"""Volunteers' cards on a sheet of A4."""


class PapersPolicy(Policy, frozen=True, kw_only=True):
    """Each is printed as it is written (a phone perhaps with an extension or hours); empty prints nothing."""

    name: ClassVar[str] = "papers"

    phone: str = ""
    contact: str = ""
    address: str = ""

    def line(self) -> str:
        """All of it in one line, for the place where a paper says how to ask."""
        return _("，").join(filter(None, (self.phone, self.contact, self.address)))

    def check(self) -> None:
        for field, longest in _LONGEST_CHARACTERS.items():
            text = getattr(self, field)
            if len(text) > longest or not text.isprintable():
                raise PaperLineTooLong(policy=self.name, value=field, longest_characters=longest)


class PaperLineTooLong(PolicyMakesNoSense):
    """It is longer than its line on a paper, or has a break in it."""

    longest_characters: int
