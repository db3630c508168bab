"""The three kinds of "no": a refusal (拒绝), a trouble (故障), and everything else, which is our bug.

A *refusal* is the person's business and stands beside the field it names. A *trouble* is the world's: disk,
printer, a damaged file; it stands in the banner with what to do. Both are types with typed fields; the sentence a
person reads is made in ``app.sentences`` and nowhere else.

A subclass lists its fields as annotations and becomes a frozen-in-practice dataclass by itself::

    class AlreadyDispatched(Refusal):
        number: str

    raise AlreadyDispatched(number="0417-3K", field="team")
"""

from __future__ import annotations

import dataclasses
from typing import Any, dataclass_transform


@dataclass_transform(kw_only_default=True, eq_default=False)
class Problem(Exception):
    """The common part of refusals and troubles: keyword fields, and the request field it belongs to, if any."""

    field: str | None = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        dataclasses.dataclass(kw_only=True, eq=False)(cls)

    def __str__(self) -> str:
        fields = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self))  # type: ignore[arg-type]
        return f"{type(self).__name__}({fields})"


class Refusal(Problem):
    """What was asked cannot be done as asked; the person can mend it. ``field`` names the field to mend."""

    field: str | None = None


class Trouble(Problem):
    """The world is in the way: a full disk, a damaged file, a missing printer."""

    field: str | None = None


class BrokenOff(Trouble):
    """A bug of ours was in the way. The report says which; whoever waits for an answer hears this, and goes on."""
