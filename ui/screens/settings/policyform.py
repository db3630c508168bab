"""A form made from the fields of a policy (规则的表单): each field is a blank in its own sentence.

Which field asks for what is said by its type (``app.domain.policies.shapes``), the sentence by ``app/sentences``. A
new policy has its form without a line here.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
from PySide6.QtCore import Signal

from app.domain.policies import Policy, Shape, shapes
from app.sentences import FieldWords
from app.sentences.policies import field_words
from app.words import _
from ui.parts import paint
from ui.parts.chips import Chips
from ui.parts.fields import TextField
from ui.parts.form import Form
from ui.parts.tick import Tick
from ui.screens.settings.menufield import MenuField
from ui.screens.settings.policylines import Blank, NumberLines, TableLines
from ui.theme import theme

_WIDEST_LABEL = 240
_WIDEST_LABEL_LARGE = 400
_LONGEST_TEXT_CHARACTERS = 200
_COLON = re.compile("[:：]$")
_HALF_TYPED = (Blank, NumberLines, TableLines, MenuField)
"""Fields whose text says nothing yet while it is typed."""
_ROWS = {Shape.NUMBERS, Shape.NUMBER_BY_KEY, Shape.TEXT_BY_KEY, Shape.ENTRIES}


class PolicyForm(Form):
    """``edited`` comes with every change; ``text`` is the policy as JSON, ``typed`` what of it is half typed."""

    edited = Signal()

    def __init__(self, kind: type[Policy]) -> None:
        super().__init__(label_width=self._width_of_labels)
        self._kind = kind
        self._labels = [_before(self._words(field)) for field in shapes(kind)]
        self.fields: dict[str, Any] = {}
        for field, shape in shapes(kind).items():
            widget = self._add(field, shape)
            widget.edited.connect(self.edited)
            self.fields[field] = widget

    def show_policy(self, policy: Policy) -> None:
        for field, widget in self.fields.items():
            widget.set_value(getattr(policy, field))
        self.clear_refusals()

    def text(self) -> str:
        """Raises the refusal of a field that says nothing."""
        values = {field: widget.value() for field, widget in self.fields.items()}
        return msgspec.json.encode(values).decode()

    def typed(self) -> dict[str, Any]:
        """What stands in the fields, also what is refused later."""
        return {field: _typed(widget) for field, widget in self.fields.items()}

    def set_typed(self, typed: dict[str, Any]) -> None:
        for field in typed.keys() & self.fields.keys():
            widget = self.fields[field]
            set_typed = widget.set_typed if isinstance(widget, _HALF_TYPED) else widget.set_value
            set_typed(typed[field])

    def _words(self, field: str) -> FieldWords:
        return field_words(self._kind.name, field)

    def _add(self, field: str, shape: Shape) -> Any:
        words = self._words(field)
        if shape is Shape.FLAG:
            return self.add_line(Tick(_(words.sentence)))
        is_wide = shape in _ROWS
        return self.add(_before(words), self._made(field, shape, words), name=field, wide=is_wide)

    def _made(self, field: str, shape: Shape, words: FieldWords) -> Any:
        limits = self._kind.limits.get(field)
        match shape:
            case Shape.ENTRIES:
                return MenuField()
            case Shape.NUMBERS:
                return NumberLines(field, words, limits)
            case Shape.NUMBER_BY_KEY | Shape.TEXT_BY_KEY:
                return TableLines(
                    self._kind.name, field, words, limits, is_number=shape is Shape.NUMBER_BY_KEY
                )
        before, after = _around(words)
        name = f"{before}…{after}"
        if words.choices:
            return Chips([(value, _(said)) for value, said in words.choices.items()], name=name)
        if shape is Shape.TEXT:
            return TextField(name=name, at_most=_LONGEST_TEXT_CHARACTERS)
        return Blank(field, after.strip(), name=name, is_limit=shape is Shape.LIMIT, limits=limits)

    def _width_of_labels(self) -> int:
        widest = max((paint.text_width(label, "body") for label in self._labels), default=0)
        wanted = round(widest) + 16 if widest else 0
        return min(_WIDEST_LABEL_LARGE if theme.large else _WIDEST_LABEL, wanted)


def _typed(widget: Any) -> Any:
    return widget.typed() if isinstance(widget, _HALF_TYPED) else widget.value()


def _before(words: FieldWords) -> str:
    """What stands before the blank, as a label: without its colon. Lists and tables have their words in each row."""
    sentence = _(words.sentence)
    if "{value}" not in sentence or "{key}" in sentence or "{place}" in sentence or words.entries is not dict:
        return ""
    return _COLON.sub("", _around(words)[0].strip())


def _around(words: FieldWords) -> tuple[str, str]:
    """What stands before and behind the blank of one number or text; before the number is known, many are counted."""
    before, after = _(words.sentence).format(value="\n").split("\n")
    return before, after
