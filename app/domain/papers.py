"""What every paper of a station says about the station (纸面): the phone under which it can be asked.

What each paper says otherwise comes from its own noun; how it looks is in ``app.printing``.
"""

from __future__ import annotations

from typing import ClassVar

from app.domain.policies import Policy, PolicyMakesNoSense

LONGEST_PHONE_CHARACTERS = 50


class PapersPolicy(Policy, frozen=True, kw_only=True):
    """``phone`` is printed as it is written, perhaps with an extension or hours; empty prints nothing."""

    name: ClassVar[str] = "papers"

    phone: str = ""

    def check(self) -> None:
        if len(self.phone) > LONGEST_PHONE_CHARACTERS or not self.phone.isprintable():
            raise PolicyMakesNoSense(policy=self.name, value="phone")
