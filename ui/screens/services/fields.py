"""Fields of 补录 that are its own (补录的输入框): what may stay empty, and for which team somebody went."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.actions.desk import Desk
from app.actions.search import FindQuery, Group, find
from app.actions.teams import TeamHit
from app.words import _
from ui.parts.fields import TextArea, TextField
from ui.parts.rows import Row, marks
from ui.parts.typeahead import TypeAhead
from ui.screen import Services
from ui.theme import theme


class MayBeEmpty(TextField):
    """A form does not wait for it."""

    def is_empty(self) -> bool:
        return False


class Remark(TextArea):
    def is_empty(self) -> bool:
        return False


class Indented(QWidget):
    """Below the fields of a form, not below their labels."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setSpacing(16)
        for widget in widgets:
            self._row.addWidget(widget)
        self._row.addStretch()
        self._dress()
        theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self._row.setContentsMargins(theme.metrics.label_column, 0, 0, 0)


class TeamField(TypeAhead):
    """For which team they went, if for one."""

    def __init__(self, app: Services) -> None:
        super().__init__(app.jobs, _teams, _team_rows, _("可以不写"), name=_("队伍"))
        self.chosen.connect(self._on_chosen)

    def is_empty(self) -> bool:
        return False

    def _on_chosen(self, hit: TeamHit) -> None:
        self.set_chosen(hit.id, hit.name)
        self.edited.emit()


def _teams(desk: Desk, typed: str) -> Sequence[Group]:
    return find(desk, FindQuery(text=typed, nouns=frozenset({"team"})))


def _team_rows(found: Sequence[Group]) -> list[Row]:
    hits = [hit for group in found for hit in group.hits]
    return [Row(hit.name, marks=marks(hit.matched), value=hit) for hit in hits if not hit.closed]
