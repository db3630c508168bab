"""Labels and what they say (要点): a short label and words beside it, line by line; what says nothing is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.parts.link import Link
from ui.parts.text import Paragraph, Text
from ui.theme import theme

_GAP = 12


@dataclass(frozen=True)
class FactLine:
    """``door`` makes the words a link: ``Facts.opened`` carries it when it is pressed."""

    label: str
    words: str
    door: object = None


class _Label(Text):
    """It stands beside the first line of its words; of a link, that line is as high as a row."""

    def __init__(self, text: str, *, beside_link: bool) -> None:
        self._beside_link = beside_link
        super().__init__(text, "secondary", "secondary")

    def _dress(self) -> None:
        super()._dress()
        self.setFixedHeight(theme.metrics.row if self._beside_link else theme.line_box("body"))


class Facts(QWidget):
    """``say([FactLine("时间", "昨天 9:00"), ...])``; lines without words are left out."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[FactLine] = []
        self._labels: list[Text] = []
        self._words: list[Link | Paragraph] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def say(self, lines: Sequence[FactLine]) -> None:
        wanted = [line for line in lines if line.words]
        if wanted == self._shown:
            return
        self._clear()
        self._shown = wanted
        for place, line in enumerate(wanted):
            self._add(place, line)

    def lines(self) -> Sequence[FactLine]:
        return self._shown

    def link(self, door: object) -> Link:
        """The link that opens ``door``."""
        place = next(place for place, line in enumerate(self._shown) if line.door == door)
        link = self._words[place]
        assert isinstance(link, Link)
        return link

    def _clear(self) -> None:
        for widget in (*self._labels, *self._words):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._labels, self._words = [], []

    def _add(self, place: int, line: FactLine) -> None:
        label = _Label(line.label, beside_link=line.door is not None)
        words = self._linked(line) if line.door is not None else _plain(line.words)
        words.setAccessibleName(f"{line.label} {line.words}")
        self._grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
        # Aligned, a link's own width does not limit the column's.
        align = Qt.AlignmentFlag.AlignLeft if isinstance(words, Link) else Qt.AlignmentFlag(0)
        self._grid.addWidget(words, place, 1, align)
        self._labels.append(label)
        self._words.append(words)

    def _linked(self, line: FactLine) -> Link:
        link = Link(line.words)
        link.clicked.connect(lambda _checked: self.opened.emit(line.door))
        return link


def _plain(text: str) -> Paragraph:
    words = Paragraph(text)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return words
