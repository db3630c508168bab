"""A person found by typing (找人): the line, and how people stand in its list."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from app.actions.search import Group, suggest_people
from app.actions.search_people import PersonHit
from app.domain.numbers import is_volunteer_number
from app.words import _
from ui.jobs import Jobs
from ui.parts.rows import Row
from ui.parts.typeahead import TypeAhead


class PersonField(TypeAhead):
    """``value()`` is the person's id. ``picked`` carries the ``PersonHit`` and comes when somebody was chosen."""

    picked = Signal(object)

    def __init__(self, jobs: Jobs, placeholder: str = "", *, name: str) -> None:
        super().__init__(
            jobs,
            suggest_people,
            person_rows,
            placeholder or _("姓名、拼音、电话或志愿者号"),
            name=name,
            codes=is_volunteer_number,
        )
        self.chosen.connect(self._on_chosen)

    def _on_chosen(self, hit: PersonHit) -> None:
        self.set_chosen(hit.id, hit.name, tail_words(hit))
        self.setCursorPosition(0)
        self.edited.emit()
        self.picked.emit(hit)


def person_rows(found: Group) -> list[Row]:
    """Name with its matched letters, age, whether a volunteer, phone tail."""
    rows = [Row(hit.name, _details(hit), marks=_marks(hit), value=hit) for hit in found.hits]
    return rows or [nobody_row()]


def nobody_row() -> Row:
    """What stands there instead, in a line where nobody new is registered."""
    return Row(_("没有找到。新来的人先到“志愿者”里登记（Ctrl+N）。"), is_heading=True)


def tail_words(hit: PersonHit) -> str:
    return _("尾号 {tail}").format(tail=hit.phone_tail) if hit.phone_tail else ""


def _details(hit: PersonHit) -> tuple[str, ...]:
    age = _("{age} 岁").format(age=hit.age) if hit.age is not None else ""
    volunteer = (_("志愿者，已退出") if hit.left else _("在册志愿者")) if hit.number else ""
    return tuple(part for part in (age, volunteer, tail_words(hit)) if part)


def _marks(hit: Any) -> tuple[tuple[int, int], ...]:
    return tuple((place, place + 1) for place in sorted(hit.matched))
