"""Type-ahead (边打边找): a line that proposes what exists while it is typed.

The list is a child of the window, not a popup: a popup ends the composition of Chinese input. It searches only while
nothing is being composed, drops stale answers (``Jobs.read``), never reorders once the arrows are used, and chooses a
row by itself only when it is the only one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.jobs import Jobs
from ui.parts import keys, paint
from ui.parts.fields import TextField
from ui.parts.rows import Row, RowList
from ui.theme import theme

Reading = Callable[[Any, str], Any]
_NEW = object()


class _Proposals(QFrame):
    """The list below the line. It never takes the focus."""

    def __init__(self, most_rows: int) -> None:
        super().__init__()
        self._most_rows = most_rows
        self.list = RowList()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # what it covers is not painted for nothing
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.addWidget(self.list)
        self.hide()

    def wanted_height(self) -> int:
        heights = [self.list.sizeHintForRow(place) for place in range(len(self.list.rows.rows))]
        return sum(heights[: self._most_rows]) + 4

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        painter.fillRect(area, theme.colour("surface"))
        paint.frame(painter, area, max(paint.hairline(self), theme.metrics.border), theme.colour("border"), 0)


class TypeAhead(TextField):
    """``chosen`` carries the value of the row, ``new_asked`` the text when the last row ("＋新登记") is taken.

    ``reading(desk, text)`` runs on the worker; ``rows(answer)`` turns its answer into at most a screenful of rows.
    ``codes`` says which scanned codes the line can be filled by.
    """

    chosen = Signal(object)
    new_asked = Signal(str)

    most_rows = 7  # six proposals and the last row
    widest = 560
    takes_first = False

    def __init__(
        self,
        jobs: Jobs,
        reading: Reading,
        rows: Callable[[Any], Sequence[Row]],
        placeholder: str = "",
        *,
        name: str = "",
        new: str = "",
        codes: Callable[[str], bool] = lambda _code: False,
    ) -> None:
        super().__init__(placeholder, name=name)
        self._jobs, self._reading, self._to_rows, self._new, self._codes = jobs, reading, rows, new, codes
        self._value: Any = None
        self._detail = ""
        self._is_steering = self._is_searching = self._enter_waits = self._scan_waits = False
        self._watched: list[QWidget] = []
        self._proposals = _Proposals(self.most_rows)
        self._proposals.setParent(self)  # until the list is shown in the window
        self._proposals.list.clicked.connect(lambda _index: self._take())
        self.edited.connect(self._search)
        self.textChanged.connect(self._on_text_changed)
        theme.changed.connect(self._fit_detail)

    # --- what stands in the line

    def value(self) -> Any:
        """The value of the chosen row; None while the text is only a text."""
        return self._value

    def set_chosen(self, value: Any, text: str, detail: str = "") -> None:
        """Show what is chosen; ``detail`` (phone tail, group) stands as a chip at the right."""
        self.close_list()
        self.setText(text)
        self._value, self._detail = value, detail
        self.setAccessibleDescription(detail)
        self._fit_detail()

    def is_empty(self) -> bool:
        return self._value is None

    def is_open(self) -> bool:
        return shiboken6.isValid(self._proposals) and self._proposals.isVisible()

    def proposals(self) -> Sequence[Row]:
        return self._proposals.list.rows.rows

    def on_scan(self, code: str) -> bool:
        """Look for what was scanned, and choose it when it is the only one."""
        if not self._codes(code) or self.isReadOnly():
            return False
        self.setText(code)
        self._search()
        self._scan_waits = True
        return True

    # --- searching

    def _search(self) -> None:
        self._is_steering = self._scan_waits = False
        text = self.text().strip()
        if self.is_composing():
            return
        if not text:
            self.close_list()
            return
        self._is_searching = True
        self._jobs.read(self, self._reading, text, done=self._show, key="type ahead")

    def _show(self, answer: Any) -> None:
        self._is_searching = False
        if self._is_steering or not self.text().strip() or not self._is_wanted():
            return
        rows = list(self._to_rows(answer))
        if self._new:
            rows.append(Row(self._new, value=_NEW))
        if not rows:
            self.close_list()
            return
        listed = self._proposals.list
        listed.rows.set_rows(rows)
        real = [row for row in rows if not row.is_heading and row.value is not _NEW]
        if len(real) == 1 or len(rows) == 1 or (self.takes_first and real):
            listed.point_first()
        self._open()
        if self._enter_waits or (self._scan_waits and len(real) == 1):
            self._enter_waits = self._scan_waits = False
            self._take()

    def _is_wanted(self) -> bool:
        return self.hasFocus() or self._enter_waits or self._scan_waits

    def _take(self) -> None:
        listed = self._proposals.list
        index = listed.currentIndex()
        if not index.isValid():
            return
        value, text = listed.value(), self.text().strip()
        self.close_list()
        if value is _NEW:
            self.new_asked.emit(text)
        else:
            self.chosen.emit(value)

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_searching and keys.is_enter(event) and self._value is None:
            self._enter_waits = True  # the answer is on its way: a quick typist is not made to wait
            return
        if self.is_open() and self._steer(event):
            return
        super().keyPressEvent(event)

    def _steer(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self._is_steering = True
            self._point(steps[key])
        elif keys.is_enter(event):
            self._take()
        elif key == Qt.Key.Key_Escape:
            self.close_list()
        else:
            return False
        return True

    def _point(self, step: int) -> None:
        listed = self._proposals.list
        rows = listed.rows.rows
        index = listed.currentIndex()
        places = [place for place, row in enumerate(rows) if not row.is_heading]
        if not places:
            return
        if not index.isValid():
            place = places[0] if step > 0 else places[-1]
        else:
            at = places.index(index.row()) + step
            place = places[min(max(at, 0), len(places) - 1)]
        listed.setCurrentIndex(listed.rows.index(place))

    # --- the list's place

    def close_list(self) -> None:
        self._enter_waits = self._scan_waits = False
        if self.is_open():
            self._proposals.hide()
        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []

    def _open(self) -> None:
        window = self.window()
        if self._proposals.parentWidget() is not window:
            self._proposals.setParent(window)
            self.destroyed.connect(self._proposals.deleteLater)
        self._place()
        self._proposals.show()
        self._proposals.raise_()
        if not self._watched:
            self._watch()

    def _watch(self) -> None:
        widget: QWidget | None = self
        while widget is not None:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = None if widget.isWindow() else widget.parentWidget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.is_open():
            QTimer.singleShot(0, self, self._place)
        elif event.type() == QEvent.Type.Hide and watched is not self._proposals:
            self.close_list()
        return False

    def _place(self) -> None:
        window = self.window()
        below = self.mapTo(window, QPoint(0, self.height() + 2))
        width = min(max(self.width(), self.widest), window.width() - 16)
        left = max(8, min(below.x(), window.width() - width - 8))
        height = self._proposals.wanted_height()
        top = below.y()
        if top + height > window.height() - 8:
            above = below.y() - self.height() - 4 - height
            top, height = (above, height) if above >= 8 else (top, window.height() - 8 - top)
        self._proposals.setGeometry(QRect(left, top, width, height))

    # --- events of the line

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if self.is_composing():
            self.close_list()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.close_list()

    def _on_text_changed(self, _text: str) -> None:
        if self._value is not None or self._detail:
            self._value, self._detail = None, ""
            self._fit_detail()

    def _fit_detail(self) -> None:
        room = paint.text_width(self._detail, "secondary") + 36 if self._detail else 0
        self.setTextMargins(0, 0, round(room), 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._detail:
            return
        painter = QPainter(self)
        paint.begin(painter)
        width = paint.text_width(self._detail, "secondary") + 20
        height = theme.line_box("secondary") + 6
        chip = QRectF(self.width() - width - 10, (self.height() - height) / 2, width, height)
        paint.fill(painter, chip, theme.colour("rail"), 4)
        paint.line(painter, chip, self._detail, "secondary", "secondary", align="centre")
