"""A person found by typing (找人): the line, and how people stand in its list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.actions.search import Group, suggest_people
from app.actions.search_people import PersonHit
from app.domain.numbers import is_volunteer_number
from app.domain.people import Group as GroupOfPeople
from app.sentences import people as words
from app.words import _
from ui.jobs import Jobs
from ui.parts.rows import Row, marks
from ui.parts.typeahead import TypeAhead

_GROUPS_SHOWN = 2
_CIRCUMSTANCES = (GroupOfPeople.ALONE, GroupOfPeople.LEFT_BEHIND)


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
        self.set_chosen(hit.id, hit.name, tail_words(hit.phone_tail))
        self.setCursorPosition(0)
        self.edited.emit()
        self.picked.emit(hit)


def person_rows(found: Group) -> list[Row]:
    """What a line shows below itself while a person is typed; the value is the hit."""
    rows = [Row(hit.name, details(hit), marks=marks(hit.matched), value=hit) for hit in found.hits]
    return rows or [nobody_row()]


def nobody_row() -> Row:
    """What stands there instead, in a line where nobody new is registered."""
    return Row(_("没有找到。新来的人先到“志愿者”里登记（Ctrl+N）。"), is_heading=True)


def details(hit: PersonHit) -> tuple[str, ...]:
    """What tells people of one name apart, and what says least last, where it may be cut: 72 岁 · 在册志愿者 · 尾号
    1234 · 独居.
    """
    age = _("{age} 岁").format(age=hit.age) if hit.age is not None else ""
    parts = (age, _standing(hit), tail_words(hit.phone_tail), group_words(hit.groups))
    return tuple(part for part in parts if part)


def group_words(groups: Sequence[GroupOfPeople]) -> str:
    """独居、老年人: at most two, the circumstances before the kinds."""
    first = sorted(groups, key=lambda group: group not in _CIRCUMSTANCES)
    return _("、").join(words.group(group) for group in first[:_GROUPS_SHOWN])


def tail_words(tail: str) -> str:
    return _("尾号 {tail}").format(tail=tail) if tail else ""


def _standing(hit: PersonHit) -> str:
    if hit.number is None:
        return ""
    return _("曾是志愿者") if hit.left else _("在册志愿者")
