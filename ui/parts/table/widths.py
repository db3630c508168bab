"""How wide the columns of a table are (列宽): as they were thought of, as somebody chose, and as the room allows.

In large mode, and where there is no room for more, the first columns remain, and those that stay: what stands in the
others is in the pane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ui.parts.table.rows import Column
from ui.remember import Remembered
from ui.theme import theme
from ui.theme.metrics import NORMAL

NARROWEST = 56
_LARGE_COLUMNS = 3
_LARGER = 1.35
_LEAST_SHARE = 0.9
"""Of its width a column can lose so much; before it loses more, the last columns leave."""


class Widths:
    """``name`` is the table's name among what is remembered."""

    def __init__(self, columns: Sequence[Column[Any]], remembered: Remembered, name: str) -> None:
        self._columns, self._remembered, self._name = columns, remembered, f"{name}.widths"

    def keep(self, widths: Mapping[str, int]) -> None:
        """Somebody chose them, by the keys of the columns; those of others stay as they are."""
        self._remembered.put(self._name, {**self._kept(), **widths})

    def usual(self) -> list[int]:
        """Of all columns, wherever there is room."""
        kept = self._kept()
        return [int(kept.get(column.key, column.least_width())) for column in self._columns]

    def fitted(self, room: int) -> dict[int, int]:
        """By place, of the columns that have one in ``room``. What grows takes what is left, else the last column does;
        too little, or the few columns of large mode, is shared by all.
        """
        wanted = self._grown(self._in(room), room)
        taken, last = sum(wanted.values()), max(wanted)
        if room > 0 and (theme.large or taken > room):
            wanted = {place: max(NARROWEST, width * room // taken) for place, width in wanted.items()}
        others = sum(width for place, width in wanted.items() if place != last)
        return {**wanted, last: max(NARROWEST, room - others)}

    def _kept(self) -> dict[str, int]:
        kept: dict[str, int] = self._remembered.get(self._name, {})
        return kept

    def _grown(self, wanted: dict[int, int], room: int) -> dict[int, int]:
        """A part of what is left for the columns that grow, never more than their own width again."""
        growing = [place for place in wanted if self._columns[place].grows]
        if theme.large or not growing or self._kept():
            return wanted
        more = max(0, room - sum(wanted.values())) // len(growing)
        return {
            place: width + (min(more, width) if place in growing else 0) for place, width in wanted.items()
        }

    def _in(self, room: int) -> dict[int, int]:
        """The widths of as many columns as have a place in ``room``, before it is shared out."""
        kept = self._kept()
        scale = _LARGER if theme.large else theme.metrics.type_px["body"][0] / NORMAL.type_px["body"][0]
        chosen = scale if theme.large else 1.0  # a width that was chosen is one for these letters
        wanted = {
            place: int(kept[column.key] * chosen if column.key in kept else column.least_width() * scale)
            for place, column in enumerate(self._columns)
        }
        most = _LARGE_COLUMNS if theme.large else len(wanted)
        for place in self._leaving():
            if len(wanted) > most or (room > 0 and sum(wanted.values()) * _LEAST_SHARE > room):
                del wanted[place]
        return wanted

    def _leaving(self) -> list[int]:
        """Which column leaves first where there is no room for all; the first never does."""
        return sorted(range(1, len(self._columns)), key=lambda place: (self._columns[place].stays, -place))
