"""What is half typed of 补录 (草稿): everything that stands in the form, except photos."""

from __future__ import annotations

import msgspec

from app.facts import Id


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or some team that was found, with the tail of the phone; or only what was typed (no id)."""

    id: Id | None = None
    name: str = ""
    tail: str = ""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """Who served from when to when. ``when`` says the day in full, so that it means the same tomorrow."""

    service: Id
    who: Chosen = Chosen()
    when: str = ""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The form; its id is that of the first line."""

    lines: tuple[Line, ...]
    category: str = ""
    activity: str = ""
    content: str = ""
    place: str = ""
    team: Chosen = Chosen()
    remark: str = ""

    @property
    def id(self) -> Id:
        return self.lines[0].service

    @property
    def is_blank(self) -> bool:
        is_anyone = any(line.who != Chosen() or line.when for line in self.lines)
        words = (self.category, self.activity, self.content, self.place, self.team.name, self.remark)
        return not is_anyone and not any(words)


def written(draft: Draft) -> str:
    return msgspec.json.encode(draft).decode()
