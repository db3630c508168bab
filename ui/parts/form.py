"""Forms (表单): labelled fields, refusals under the field they name, Enter to the next empty field.

``form.add("谁", field, name="person")`` ties a field to the request's field of that name, so that
``form.refuse(refusal)`` finds it. Ctrl+Enter is ``saved``, Esc is ``left``; what they mean is the screen's business.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.problems import Refusal
from app.sentences import sentence
from ui.parts import keys, paint
from ui.parts.announce import announce
from ui.parts.buttons import Button
from ui.parts.scrolling import Scrolling, keep_in_view
from ui.parts.text import Paragraph, Text
from ui.theme import FontRole, theme

W = TypeVar("W", bound=QWidget)

_BELOW, _BESIDE = 8, 16
"""What stays free between two rows, and between two that stand in one line."""
_SIDES = 30
"""What a field keeps free beside its words."""


@dataclass(frozen=True)
class Mend:
    """One button that puts right what was refused: ``Mend("用已有的档案", self.use_existing)``."""

    text: str
    run: Callable[[], None]


class RefusalLine(QWidget):
    """Triangle, sentence, and perhaps a button that mends it. Hidden while there is nothing to say."""

    def __init__(self, role: FontRole = "secondary") -> None:
        super().__init__()
        self._role = role
        self._words = Paragraph("", role, "trouble")
        self._mend: Button | None = None
        self.field: QWidget | None = None  # a screen reader says the refusal with it
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._dress()
        theme.changed.connect(self._dress)
        self.hide()

    def say(self, words: str, mend: Mend | None = None) -> None:
        self.clear()
        self._words.set_sentence(words)
        self._tell(words)
        announce(self, words)
        if mend is not None:
            self._mend = Button(mend.text)
            self._mend.clicked.connect(lambda _checked: mend.run())
            self._row.addWidget(self._mend)
        self.show()

    def clear(self) -> None:
        if not self.isHidden():
            self._tell("")
        self.hide()
        if self._mend is not None:
            self._mend.deleteLater()
            self._mend = None

    def _tell(self, words: str) -> None:
        if self.field is not None:
            (self.field.focusProxy() or self.field).setAccessibleDescription(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = theme.metrics.icon - 2
        first_line = QRectF(0, self._words.y(), size + 4, theme.line_box(self._role))
        paint.icon(painter, "trouble", first_line, size, "trouble")

    def _dress(self) -> None:
        self._row.setContentsMargins(theme.metrics.icon + 8, 4, 0, 4)


class FormRow(QWidget):
    """A label of fixed width, the field, and the line for its refusal."""

    def __init__(self, label: str, field: QWidget, label_width: Callable[[], int]) -> None:
        super().__init__()
        self.field = field
        self.refusal = RefusalLine()
        self.refusal.field = field
        self._label_width = label_width
        self._beside: FormRow | None = None
        self.label = Text(label, "body", "secondary")
        self.label.setBuddy(field)
        self._right = right = QVBoxLayout()
        right.setSpacing(0)
        is_narrow = field.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Maximum
        right.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag(0))
        right.addWidget(self.refusal)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 1)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(row, 1)
        hint = field.property("placeholderText") or ""
        if label and field.accessibleName() in ("", hint):
            field.setAccessibleName(label)  # an example of what to write is no name
        self._dress()
        theme.changed.connect(self._dress)

    def add_below(self, note: W) -> W:
        """Put what explains the field below it, in line with it."""
        self._right.addWidget(note)
        return note

    def take(self, other: FormRow) -> None:
        """Let another row stand at the right of this one; below it where their hints would be cut."""
        self._beside = other
        self._rows.addWidget(other, 1, Qt.AlignmentFlag.AlignTop)
        self._rows.setAlignment(
            self._rows.itemAt(0).layout(), Qt.AlignmentFlag.AlignTop
        )  # beside a refusal, too
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._beside is not None:
            self._dress()

    def _place_beside(self, other: FormRow) -> None:
        half = (self.width() - self._label_width() - _BESIDE) // 2
        room = half - _width_of(other.label.text())
        is_beside = _least(self.field) <= half and _least(other.field) <= room
        other.setMaximumWidth(
            half if is_beside else self.maximumWidth()
        )  # both fields are as wide, labels apart
        other._label_width = partial(_width_of, other.label.text()) if is_beside else self._label_width
        other._dress()
        self._rows.setSpacing(_BESIDE if is_beside else _BELOW)
        side, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._rows.setDirection(side if is_beside else below)
        for place in range(self._rows.count()):
            self._rows.setStretch(place, int(is_beside))  # they share the width, never spare height

    def _dress(self) -> None:
        if self._beside is not None:
            self._place_beside(self._beside)
        width = self._label_width()
        self.label.setFixedWidth(width)
        is_long = paint.text_width(self.label.text(), "body") > width - _BELOW  # clear of its field
        self.label.setWordWrap(is_long)
        self.label.setContentsMargins(0, 0, 12 if is_long else 0, 0)
        self.label.setFixedHeight(max(theme.metrics.row, 2 * theme.line_box("body") if is_long else 0))


class Form(QWidget):
    """Fields below each other. ``primary`` is the button that gets the focus when nothing is empty any more.

    ``label_width`` answers another width for the labels than the usual one.
    """

    saved = Signal()
    left = Signal()

    def __init__(self, *, label_width: Callable[[], int] | None = None) -> None:
        super().__init__()
        self._label_width = label_width or (lambda: theme.metrics.label_column)
        self.primary: Button | None = None
        self._rows: list[tuple[str, FormRow]] = []
        self._common = RefusalLine()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_BELOW)
        self._column.addWidget(self._common)
        self._column.addStretch()

    def add(
        self,
        label: str,
        field: W,
        *,
        name: str = "",
        above: QWidget | None = None,
        beside: QWidget | None = None,
        grows: bool = False,
        wide: bool = False,
    ) -> W:
        """Put ``field`` (one of the kit's) at the end, above a line of ``add_line``, or beside another field;
        ``name`` as in the request. One that ``grows`` takes what height there is; a ``wide`` one has no label.
        """
        row = FormRow(label, field, self._label_width if beside is None else partial(_width_of, label))
        row.label.setVisible(not wide)
        self._rows.append((name, row))
        if beside is not None:
            self.row_of(beside).take(row)
        else:
            self._insert(row, above)
        self._column.setStretchFactor(row, int(grows))
        kit_field: Any = field
        kit_field.edited.connect(lambda: self._mended(row))
        if hasattr(field, "picked"):
            kit_field.picked.connect(lambda _value: self.step_on())
        return field

    def add_line(self, widget: W) -> W:
        """Put something that is no field at the end: a heading, a chip row, a note."""
        self._insert(widget)
        return widget

    def remove(self, field: QWidget) -> None:
        """Take a field out again, with its label."""
        row = self.row_of(field)
        self._rows = [kept for kept in self._rows if kept[1] is not row]
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def row_of(self, field: QWidget) -> FormRow:
        return next(row for _name, row in self._rows if row.field is field)

    def refuse(self, refusal: Refusal, mend: Mend | None = None) -> None:
        """Show the sentence under the field the refusal names (or above the form) and go there."""
        words = sentence(refusal)
        row = next((row for name, row in self._rows if name and name == refusal.field), None)
        if row is None:
            self._common.say(words, mend)
            self._bring_into_view(self._common)
            return
        row.show()
        row.refusal.say(words, mend)
        field: Any = row.field
        field.set_refused(True)
        row.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._bring_into_view(row)

    def clear_refusals(self) -> None:
        self._common.clear()
        for _name, row in self._rows:
            self._clear(row)

    def start(self) -> None:
        """Focus the first field that can be filled in."""
        for row in self._visible():
            if row.field.focusPolicy() != Qt.FocusPolicy.NoFocus or row.field.focusProxy() is not None:
                row.field.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def step_on(self) -> None:
        """Go to the next empty field, else to the primary button."""
        rows = self._visible()
        here = next((place for place, row in enumerate(rows) if _has_focus(row.field)), -1)
        for row in rows[here + 1 :]:
            field: Any = row.field
            if field.is_empty():
                row.field.setFocus(Qt.FocusReason.TabFocusReason)
                self._bring_into_view(row)
                return
        if self.primary is not None:
            self.primary.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_save(event):
            self.saved.emit()
        elif keys.is_enter(event):
            self.step_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _insert(self, widget: QWidget, above: QWidget | None = None) -> None:
        place = self._column.count() - 1 if above is None else self._column.indexOf(above)
        self._column.insertWidget(place, widget)

    def _visible(self) -> list[FormRow]:
        rows = [row for _name, row in self._rows if row.isVisibleTo(self) and row.field.isEnabled()]
        return sorted(rows, key=self._line_of)

    def _line_of(self, row: FormRow) -> int:
        """Its place in the column; one that stands beside another shares the other's."""
        around = row.parentWidget()
        return self._column.indexOf(around if isinstance(around, FormRow) else row)

    def _mended(self, row: FormRow) -> None:
        self._common.clear()
        self._clear(row)

    def _clear(self, row: FormRow) -> None:
        row.refusal.clear()
        field: Any = row.field
        field.set_refused(False)

    def _bring_into_view(self, widget: QWidget) -> None:
        # A refusal has just appeared: its row has its height only after the layout.
        QTimer.singleShot(0, widget, partial(keep_in_view, widget))


def _width_of(label: str) -> int:
    """What a label needs that has no column of its own."""
    return round(paint.text_width(label, "body")) + 16


def _least(field: QWidget) -> int:
    """What a field needs to show its hint; one that is no line has none."""
    hint = field.placeholderText() if isinstance(field, QLineEdit) else ""
    return round(paint.text_width(hint, "body")) + _SIDES


def _has_focus(field: QWidget) -> bool:
    focused: QWidget | None = field.window().focusWidget()
    return focused is not None and (focused is field or field.isAncestorOf(focused))


class Page(QWidget):
    """Content that scrolls above a footer that stays: ``Page(form, left=[note], right=[save])``. A ``head`` over the
    whole width scrolls with it.
    """

    def __init__(
        self,
        content: QWidget,
        *,
        head: QWidget | None = None,
        left: tuple[QWidget, ...] = (),
        right: tuple[QWidget, ...] = (),
        widest: int = 880,
    ) -> None:
        super().__init__()
        holder = QWidget()
        scrolled = QVBoxLayout(holder)
        scrolled.setContentsMargins(0, 0, 0, 0)
        scrolled.setSpacing(0)
        if head is not None:
            scrolled.addWidget(head)
        around = QHBoxLayout()
        scrolled.addLayout(around, 1)
        around.setContentsMargins(24, 16, 24, 16)
        around.addWidget(content, 1)
        content.setMaximumWidth(widest)
        self.area = Scrolling(holder)
        around.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.area, 1)
        self.footer = _Footer(left, right, widest)
        column.addWidget(self.footer)
        if not (left or right):
            self.footer.hide()


class _Footer(QWidget):
    def __init__(self, left: tuple[QWidget, ...], right: tuple[QWidget, ...], widest: int) -> None:
        super().__init__()
        inner = QWidget()
        inner.setMaximumWidth(widest)
        self._widest = widest
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(12)
        self._lefts, self._rights = QHBoxLayout(), QHBoxLayout()
        _fill(self._lefts, left)
        self._lefts.addStretch()
        self._rights.addStretch()
        _fill(self._rights, right)
        self._lines.addLayout(self._lefts)
        self._lines.addLayout(self._rights)
        self._buttons = [button for button in right if isinstance(button, Button)]
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 12, 24, 12)
        outer.addWidget(inner, 1)
        outer.addStretch(0)
        self._inner = inner
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._share_lines()
        return super().eventFilter(watched, event)

    def _share_lines(self) -> None:
        """One line, or two when the buttons would have to give up their words; they give up their keys before."""
        lefts = self._lefts.minimumSize().width() + self._lines.spacing()
        in_a_line = self._lefts.sizeHint().width() + self._lines.spacing()  # chips may go on below
        rights, in_brief = self._rights_needed()
        # A footer of many words is wider than the content above it.
        self._inner.setMaximumWidth(max(self._widest, lefts, rights))
        room = min(self.width() - 48, self._inner.maximumWidth())
        is_brief = 0 < room < rights or in_a_line + in_brief <= room < in_a_line + rights
        for button in self._buttons:
            button.be_brief(is_brief)
        is_tight = 0 < room < lefts + (in_brief if is_brief else rights)
        self._lines.setDirection(
            QBoxLayout.Direction.TopToBottom if is_tight else QBoxLayout.Direction.LeftToRight
        )

    def _rights_needed(self) -> tuple[int, int]:
        """How wide the right side is with every key in its button, and without."""
        now = self._rights.minimumSize().width()
        shown = [button for button in self._buttons if not button.isHidden()]
        in_full = sum(button.width_in_full() - button.sizeHint().width() for button in shown)
        in_brief = sum(button.width_in_brief() - button.sizeHint().width() for button in shown)
        return now + in_full, now + in_brief

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        thin = paint.hairline(self)
        painter.fillRect(QRectF(0, 0, self.width(), thin), theme.colour("hairline"))


def _fill(row: QBoxLayout, widgets: tuple[QWidget, ...]) -> None:
    for widget in widgets:
        row.addWidget(widget)
