"""A new passphrase (设口令): typed twice into a form, with the rules that tick themselves while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.actions.session import passphrase_rules
from app.sentences.storage import rule_words
from app.words import _
from ui.parts import paint
from ui.parts.announce import announce
from ui.parts.form import Form
from ui.parts.passphrase import PassphraseField
from ui.parts.scrolling import keep_in_view
from ui.theme import ColourRole, theme

_Look = tuple[paint.StateShape, ColourRole]
_OPEN: _Look = ("hollow", "secondary")
_KEPT: _Look = ("tick", "done")
_MISSED: _Look = ("triangle", "trouble")


class RuleTicks(QWidget):
    """One line for each rule: a ring while it is open, a tick when it is kept, a triangle where it is missed."""

    def __init__(self) -> None:
        super().__init__()
        self._rules: Sequence[tuple[str, bool]] = ()
        self._missed: frozenset[int] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_rules(self, rules: Sequence[tuple[str, bool]]) -> None:
        """Nothing is missed while it is typed: what was, may be kept in a moment."""
        has_grown = len(rules) != len(self._rules)
        self._rules, self._missed = rules, frozenset()
        self.setAccessibleName(_("；").join(_told(words, is_kept) for words, is_kept in rules))
        if has_grown:
            self.updateGeometry()
        self.update()

    def rules(self) -> Sequence[tuple[str, bool]]:
        return self._rules

    def miss(self, places: Sequence[int]) -> None:
        """These rules had to be kept by now."""
        self._missed = frozenset(places)
        announce(self, _("；").join(self._rules[place][0] for place in places))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, len(self._rules) * self._line() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        size, left = theme.metrics.icon - 4, float(theme.metrics.label_column)
        for place, (words, is_kept) in enumerate(self._rules):
            line = QRectF(left, place * self._line(), self.width() - left, self._line())
            centre = QPointF(left + size / 2 + 1, line.center().y())
            shape, colour = _OPEN
            if is_kept:
                shape, colour = _KEPT
            elif place in self._missed:
                shape, colour = _MISSED
            paint.state(painter, shape, centre, size, colour)
            paint.line(painter, line.adjusted(size + 10, 0, 0, 0), words, "secondary", colour)

    def _line(self) -> int:
        return theme.line_box("secondary") + 4


class NewPassphrase:
    """Puts two fields and the ticks into ``form``; ``person`` answers the name of whose passphrase it is."""

    def __init__(
        self, form: Form, person: Callable[[], str], *, label: str = "", name: str = "passphrase"
    ) -> None:
        label = label or _("口令")
        self._person = person
        self.first = form.add(label, PassphraseField(name=label), name=name)
        self.again = form.add(_("再输一遍"), PassphraseField(name=_("再输一遍")))
        self.ticks = form.add_line(RuleTicks())
        self.first.edited.connect(self.look_again)
        self.again.edited.connect(self.look_again)
        self.look_again()

    def value(self) -> str:
        return self.first.value()

    def take_over(self, before: NewPassphrase) -> None:
        """What was typed in the same fields in another language."""
        self.first.line.setText(before.first.value())
        self.again.line.setText(before.again.value())
        self.look_again()

    def clear(self) -> None:
        self.first.clear()
        self.again.clear()
        self.look_again()

    def look_again(self) -> None:
        """Tick what is kept now; also after the name has changed."""
        typed = self.first.value()
        rules = [(rule_words(rule), kept) for rule, kept in passphrase_rules(typed, self._person())]
        is_same = bool(typed) and typed == self.again.value()
        self.ticks.set_rules([*rules, (_("两遍输得一样"), is_same)])
        if self.first.isVisible():
            keep_in_view(self.ticks)

    def is_ready(self) -> bool:
        """Whether every rule is kept. If not, the field to mend is marked and has the focus, and so are its rules."""
        broken = [at for at, (_words, is_kept) in enumerate(self.ticks.rules()) if not is_kept]
        if not broken:
            return True
        last = len(self.ticks.rules()) - 1  # the one that is about the second field
        field = self.again if broken == [last] else self.first
        field.set_refused(True)
        field.setFocus()
        self.ticks.miss([at for at in broken if at != last] or [last])
        keep_in_view(self.ticks)
        return False


def _told(words: str, is_kept: bool) -> str:
    return _("{rule}，做到了").format(rule=words) if is_kept else _("{rule}，还没有").format(rule=words)
