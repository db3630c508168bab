"""Choosing what somebody does (会做什么): the main categories as chips, and narrower ones that were chosen before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.categories import menu
from app.sentences.categories import category_name
from app.words import _
from ui.parts.chips import ManyChips


def category_names(codes: Sequence[str]) -> str:
    return _("、").join(map(category_name, codes))


class CategoryChips(QWidget):
    """A field of a form. A narrower category is offered while somebody has it, so that an edit loses none."""

    edited = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self._name = name
        self._offered: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._chips = self._offered_as(())

    def value(self) -> tuple[str, ...]:
        return self._chips.value()

    def set_value(self, codes: Sequence[str]) -> None:
        narrower = tuple(code for code in codes if code not in _mains())
        if narrower != self._offered:
            self._column.removeWidget(self._chips)
            self._chips.hide()
            self._chips.deleteLater()
            self._chips = self._offered_as(narrower)
        self._chips.set_value(codes)

    def is_empty(self) -> bool:
        return False

    def set_refused(self, is_refused: bool) -> None:
        """Chips have no common border to colour; the sentence below them is enough."""

    def _offered_as(self, narrower: tuple[str, ...]) -> ManyChips[str]:
        self._offered = narrower
        codes = (*_mains(), *narrower)
        chips: ManyChips[str] = ManyChips([(code, category_name(code)) for code in codes], name=self._name)
        chips.edited.connect(self.edited)
        self._column.addWidget(chips)
        self.setFocusProxy(chips)
        return chips


def _mains() -> tuple[str, ...]:
    return tuple(main.code for main in menu().mains)
