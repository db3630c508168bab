"""The names of the villages and communities a station serves (村名), which no shipped table knows.

Codes below a town change with every merger, so the names are a dated policy: records keep their code, and a list of a
day names them as that day's policy does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import msgspec

from app.domain import regions
from app.domain.policies import Policy, PolicyMakesNoSense

LONGEST_NAME_CHARACTERS = 30


class VillageNameWrong(PolicyMakesNoSense):
    """The code has not its 12 digits, or the name is missing or too long."""

    code: str
    said: str


class VillageNames(Policy, frozen=True, kw_only=True):
    """Name by 12-digit code."""

    name: ClassVar[str] = "regions.villages"

    names: Mapping[str, str] = msgspec.field(default_factory=dict)

    def check(self) -> None:
        for code, said in self.names.items():
            whole = len(code) == regions.LENGTH and code.isdecimal() and code.isascii()
            if not whole or not 0 < len(said.strip()) <= LONGEST_NAME_CHARACTERS:
                raise VillageNameWrong(policy=self.name, value="names", code=code, said=said)

    def known(self, code: str) -> str | None:
        """The region's own name here, else what the shipped tables say."""
        return self.names.get(code) or regions.name(code)

    def said(self, code: str) -> str:
        """How people call the region: its name, or its digits where nobody named it."""
        return self.known(code) or regions.grouped(code)
