"""Buttons (按钮): one primary per window, plain ones, dangerous ones, and quiet ones that are only text or icon.

A button knows its key (``key="Ctrl+Enter"``), shows it inside in large mode and as a cap while Ctrl is held
(``keyhints.py``); the key itself is handled by whoever owns the button. With the focus it hears Ctrl+Enter by itself:
it stands in a footer, where the form above does not hear keys.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.parts import keys, paint
from ui.theme import mixed, theme

ButtonKind = Literal["primary", "plain", "danger", "quiet"]

QUIET_SIDE = 8
"""What a button without a frame keeps free at both sides of its words."""
_TALLER = 20


class Button(QPushButton):
    """``Button("记下", kind="primary", key="Ctrl+Enter")``. Return and keypad Enter press it, as Space does."""

    def __init__(
        self,
        text: str = "",
        *,
        kind: ButtonKind = "plain",
        icon: str = "",
        key: str = "",
        name: str = "",
        icon_last: bool = False,
        tall: bool = False,
        is_key_told: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``name`` is what a screen reader says when the button is only an icon; it is the tool tip then, too.

        One that is ``tall`` is as wide as there is room: what a queue waits for. ``is_key_told``: the key stands in
        it in normal mode, too, so that it is learned by looking.
        """
        super().__init__(text, parent)
        self.kind, self.icon_name, self.key = kind, icon, key
        self._icon_last, self._tall, self._is_key_told = icon_last, tall, is_key_told
        self._hovered = self._is_held = self._is_brief = False
        if name:
            self.setAccessibleName(name)
            self.setToolTip(f"{name}  {key}".strip())
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding if tall else QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._dress()
        theme.changed.connect(self._dress)

    def hold(self) -> None:
        """Off until the answer comes: one press, one deed. The focus waits in what the button stands in, and comes back
        with it: Qt would hand it to the next button, which an impatient second Enter would press.
        """
        around = self.parentWidget()
        if self.hasFocus() and around is not None:
            self._is_held = True
            around.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setEnabled(False)

    def has_focus_waiting(self) -> bool:
        """Whether it is held and the focus would come back with it."""
        around = self.parentWidget()
        return self._is_held and around is not None and around.hasFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and self.isEnabled() and self._is_held:
            is_waited_for, self._is_held = self.has_focus_waiting(), False
            if is_waited_for:
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_kind(self, kind: ButtonKind) -> None:
        self.kind = kind
        self.update()

    def be_brief(self, is_brief: bool) -> None:
        """Its words without its key, where there is no room for both."""
        if is_brief != self._is_brief:
            self._is_brief = is_brief
            self.updateGeometry()
            self.update()

    def width_in_full(self) -> int:
        """What it would like to have, with its key if that is to be seen."""
        return self._width(with_key=self._has_key())

    def width_in_brief(self) -> int:
        """What it can do with, without its key."""
        return self._width(with_key=False)

    def sizeHint(self) -> QSize:
        if not self.text():
            return QSize(theme.metrics.row, theme.metrics.row)
        return QSize(self._width(with_key=self._shows_key()), self._height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_own = keys.is_save(event) and self.key == "Ctrl+Enter"
        if keys.is_enter(event) or is_own:
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        self._paint_ground(painter, area)
        self._paint_content(painter, area.adjusted(self._side(), 0, -self._side(), 0))
        if self.hasFocus():
            self._paint_focus(painter, area)

    def _paint_ground(self, painter: QPainter, area: QRectF) -> None:
        ground = self._ground()
        if ground is not None:
            paint.fill(painter, area, ground)
        if self.kind in ("plain", "danger") or (self.kind == "primary" and not self.isEnabled()):
            colour = theme.colour("border") if self.isEnabled() else theme.colour("hairline")
            width = max(paint.hairline(self), theme.metrics.border)
            # In high contrast no line is fainter than another: what cannot be pressed has a broken one.
            is_broken = theme.is_contrast and not self.isEnabled()
            paint.frame(painter, area, width, colour, dashed=is_broken)

    def _ground(self) -> QColor | None:
        base = theme.colour("accent" if self.kind == "primary" else "surface")
        if not self.isEnabled():
            return None if self.kind == "quiet" else theme.colour("paper")
        tint = 0.12 if self.isDown() else 0.06 if self._hovered else 0.0
        if self.kind == "quiet":
            return (
                mixed(theme.colour("paper"), theme.colour("ink"), tint) if tint or self.isChecked() else None
            )
        return mixed(base, theme.colour("ink"), tint)

    def _paint_content(self, painter: QPainter, area: QRectF) -> None:
        m = theme.metrics
        colour = self._ink()
        bold = self.kind == "primary"
        if not self.text():
            paint.icon(painter, self.icon_name, QRectF(self.rect()), m.icon, colour)
            return
        cap = paint.key_cap_width(self.key) + 12 if self._shows_key() else 0.0
        taken = paint.text_width(self.text(), "body", bold) + (m.icon + 8 if self.icon_name else 0) + cap
        left = area.left() + max(0.0, (area.width() - taken) / 2)
        after = m.icon + 8 if self.icon_name and self._icon_last else 0
        if self.icon_name:
            spot = left + taken - cap - m.icon if after else left
            paint.icon(painter, self.icon_name, QRectF(spot, 0, m.icon, area.height()), m.icon, colour)
            left += 0 if after else m.icon + 8
        text_area = QRectF(left, area.top(), area.right() - left - cap - after + 1, area.height())
        left += paint.line(painter, text_area, self.text(), "body", colour, bold=bold)
        if cap:
            height = theme.line_box("secondary")
            box = QRectF(left + 12, (self.height() - height) / 2, cap - 12, height)
            paint.key_cap(painter, box, self.key, "ink")

    def _paint_focus(self, painter: QPainter, area: QRectF) -> None:
        paint.focus_ring(painter, area)
        if self.kind == "primary":
            gap = theme.metrics.focus  # blue on red alone is hard to see
            paint.frame(painter, area.adjusted(gap, gap, -gap, -gap), 1, theme.colour("on_accent"), 4)

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return theme.colour("placeholder")
        return theme.colour(
            "on_accent" if self.kind == "primary" else "trouble" if self.kind == "danger" else "ink"
        )

    def _width(self, *, with_key: bool) -> int:
        m = theme.metrics
        if not self.text():
            return m.row
        width = paint.text_width(self.text(), "body", self.kind == "primary") + 2 * self._side()
        if self.icon_name:
            width += m.icon + 8
        if with_key:
            width += paint.key_cap_width(self.key) + 12
        return max(round(width + 0.5), 2 * m.row if self.kind != "quiet" else 0)

    def _shows_key(self) -> bool:
        return self._has_key() and not self._is_brief

    def _has_key(self) -> bool:
        return (theme.large or self._is_key_told) and bool(self.key) and bool(self.text())

    def _side(self) -> int:
        return QUIET_SIDE if self.kind == "quiet" else 20 if theme.large else 16

    def _dress(self) -> None:
        self.setFont(theme.font("body", self.kind == "primary"))
        self.setFixedHeight(self._height())
        self.updateGeometry()
        self.update()

    def _height(self) -> int:
        return theme.metrics.row + (_TALLER if self._tall else 0)
