"""The banner (横幅): news and troubles, over the work just above the status line.

It never takes the focus, and stands before a dialog, not behind it. News and refusals leave after six seconds, a
trouble stays until it is closed; it pushes nothing, but never lies over what is typed. In large mode all of them stay
until they are closed, so the host gives them room of their own. Each has at most one action, which Ctrl+. presses.

In another language news leaves, for it was of the moment, and what stays says itself anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QScrollArea, QWidget

from app.words import _
from ui.language import speech
from ui.parts import paint
from ui.parts.announce import announce
from ui.parts.buttons import Button
from ui.parts.fields import is_text_input
from ui.parts.overlay import Overlay, top_overlay
from ui.parts.text import Text
from ui.theme import theme

NEWS_MS = 6000
_MORE_MS_A_LINE = 3000
_SETTLED_MS = 150
"""After a deed, or when another page comes below, the screen is still changing; then the banner looks again."""
_AROUND = 12
WIDEST = 640
ACTION_KEY = "Ctrl+."

Said = str | Callable[[], str]
"""A sentence, or what says it in the language of the moment."""


@dataclass(frozen=True)
class Action:
    """What the banner's one button says and does."""

    text: Said
    run: Callable[[], None]
    key: str = ACTION_KEY


@dataclass(frozen=True)
class _Message:
    kind: Literal["news", "refusal", "trouble"]
    said: Said
    action: Action | None

    def sentence(self) -> str:
        return _say(self.said)


class Banner(QWidget):
    """``news("已记下，编号 0417-3K", Action("撤销", undo))``, ``refuse(sentence)``, ``trouble(sentence)``.

    ``above`` answers how many pixels of the host's lower edge stay free, ``beside`` how many of its left one.
    ``room_wanted`` carries how many more the host should keep free of everything else.
    """

    room_wanted = Signal(int)

    def __init__(
        self, host: QWidget, above: Callable[[], int], beside: Callable[[], int] = lambda: 0
    ) -> None:
        super().__init__(host)
        self._host, self._above, self._beside = host, above, beside
        self._message: _Message | None = None
        self._troubles: list[_Message] = []
        self._words = Text("", "body", wrap=True)
        self._button = Button(kind="plain")
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(lambda _checked: self.act())
        self._close = Button(kind="quiet", icon="close", name=_("关上"))
        self._room = self._more_lines = 0
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.clicked.connect(lambda _checked: self.dismiss())
        self._row = QHBoxLayout(self)
        self._row.setSpacing(12)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._button)
        self._row.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.dismiss)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._give_way)
        running = QApplication.instance()
        assert isinstance(running, QApplication)
        running.focusChanged.connect(self._on_focus)
        host.installEventFilter(self)
        host.destroyed.connect(self.deleteLater)  # also while it stands before a dialog
        theme.changed.connect(self._on_shape)
        speech.changed.connect(self._speak_anew)
        self.hide()

    def news(self, sentence: Said, action: Action | None = None) -> None:
        self._show(_Message("news", sentence, action))

    def refuse(self, sentence: Said) -> None:
        """What was asked by a key, and not done."""
        self._show(_Message("refusal", sentence, None))

    def trouble(self, sentence: Said, action: Action | None = None) -> None:
        """Stays until closed. The same trouble again does not pile up."""
        message = _Message("trouble", sentence, action)
        self._troubles = [kept for kept in self._troubles if kept.sentence() != message.sentence()]
        self._troubles.append(message)
        self._show(message)

    def withdraw(self, sentence: str) -> None:
        """This trouble is over: nobody needs to close it."""
        over = [kept for kept in self._troubles if kept.sentence() == sentence]
        self._troubles = [kept for kept in self._troubles if kept not in over]
        if self._message in over:
            self.dismiss()

    def sentence(self) -> str:
        return self._message.sentence() if self._message is not None and self.isVisible() else ""

    def action(self) -> Action | None:
        return self._message.action if self._message is not None and self.isVisible() else None

    def act(self) -> None:
        """Press the button, if there is one."""
        action = self.action()
        if action is None:
            return
        self.dismiss()
        action.run()

    def dismiss(self) -> None:
        """Close what is shown; a trouble that was hidden by news comes back."""
        self._timer.stop()
        self._troubles = [kept for kept in self._troubles if kept is not self._message]
        self._message = None
        if self._troubles:
            self._show(self._troubles[-1])
        else:
            self.hide()
            self._want_room(0)

    def _speak_anew(self) -> None:
        self._close.setAccessibleName(_("关上"))
        self._close.setToolTip(_("关上"))
        if self._message is None:
            return
        if self._message.kind == "trouble":
            self._say(self._message)
        else:
            self.dismiss()

    def _show(self, message: _Message) -> None:
        self._message = message
        self._lie_over(top_overlay(self._host.window()))
        self._say(message)
        self.show()
        self.raise_()
        self._settled.start()
        self._timer.stop()
        if message.kind != "trouble" and not theme.large:
            self._timer.start(NEWS_MS + self._more_lines * _MORE_MS_A_LINE)

    def _lie_over(self, overlay: Overlay | None) -> None:
        """What is said in a dialog stands before it, not dimmed behind; when it is closed, before the work again."""
        before = self.parentWidget()
        around = overlay if overlay is not None and self._host.isVisible() else self._host
        if around is before:
            return
        if isinstance(before, Overlay):
            before.removeEventFilter(self)
            before.closed.disconnect(self._come_home)
        self.setParent(around)
        if isinstance(around, Overlay):
            around.installEventFilter(self)
            around.closed.connect(self._come_home)

    def _come_home(self) -> None:
        is_shown = self._message is not None
        self._lie_over(top_overlay(self._host.window()))
        if is_shown:
            self._place()
            self.show()
            self.raise_()

    def _say(self, message: _Message) -> None:
        sentence = message.sentence()
        self._words.setText(sentence)
        self._button.setVisible(message.action is not None)
        if message.action is not None:
            self._button.setText(_say(message.action.text))
            self._button.key = message.action.key
            self._button.updateGeometry()
        self.setAccessibleName(sentence)
        announce(self, sentence)
        self._place()
        self.update()  # another kind of message in the same place is painted anew

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._on_shape()
        return False

    def _on_shape(self) -> None:
        """What lies below has its new places only after this."""
        self._place()
        if self._message is not None:
            self._settled.start()

    def _on_focus(self, _before: QWidget | None, _now: QWidget | None) -> None:
        if self.isVisible():
            self._settled.start()

    def _give_way(self) -> None:
        """It moves only when it lies over what is used."""
        host = self.parentWidget()
        if host is not None and any(area.intersects(self.geometry()) for area in self._kept_free(host)):
            self._place()

    def _place(self) -> None:
        m = theme.metrics
        host = self.parentWidget()
        if host is None or self._message is None:
            return
        small = m.row - 12
        for button in (self._button, self._close):
            button.setFixedHeight(small)
        self._close.setFixedWidth(small)
        self._row.setContentsMargins(16 + m.icon + 10, 0, 8, 0)
        least = (self._beside() if host is self._host else 0) + _AROUND
        width = min(WIDEST + (160 if theme.large else 0), host.width() - least - _AROUND)
        room = width - (16 + m.icon + 10) - 8 - small - 12
        if self._message.action is not None:
            room -= self._button.sizeHint().width() + 12
        line = theme.line_box("body")
        self._more_lines = max(0, round(self._words.heightForWidth(room) / line) - 1)
        height = m.banner + self._more_lines * line
        bottom = host.height() - self._above() - _AROUND
        place = QRect(max(least, (host.width() - width) // 2), bottom - height, width, height)
        self._want_room(height + 2 * _AROUND if theme.large and host is self._host else 0)
        self.setGeometry(place if self._room else self._clear_of_use(host, place))

    def _want_room(self, room: int) -> None:
        if room != self._room:
            self._room = room
            self.room_wanted.emit(room)

    def _clear_of_use(self, host: QWidget, place: QRect) -> QRect:
        """Above the buttons it would cover, so that the mouse reaches them, and above the line that is typed into;
        never further up than the middle. Where buttons stand all the way up, it lies over those that scroll.
        """
        for also_scrolled in (True, False):
            used = self._kept_free(host, also_scrolled=also_scrolled)
            free = QRect(place)
            while free.top() > host.height() // 2:
                covered = [area for area in used if area.intersects(free)]
                if not covered:
                    return free
                free.moveBottom(min(area.top() for area in covered) - _AROUND)
        return place

    def _kept_free(self, host: QWidget, *, also_scrolled: bool = True) -> list[QRect]:
        """Every button, and what is being typed into; ``also_scrolled``: buttons that can be scrolled away, too."""
        used: list[QWidget] = [
            one
            for one in host.findChildren(QAbstractButton)
            if self._is_below(one) and (also_scrolled or not _scrolls(one))
        ]
        typed: QWidget | None = host.window().focusWidget()
        if typed is not None and is_text_input(typed) and host.isAncestorOf(typed):
            used.append(typed)
        return [_area_in(host, one) for one in used]

    def _is_below(self, button: QAbstractButton) -> bool:
        return button.isVisible() and button.isEnabled() and not self.isAncestorOf(button)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        is_trouble = self._message is not None and self._message.kind != "news"
        colour = theme.colour("trouble" if is_trouble else "done")
        paint.fill(painter, area, theme.colour("surface"))
        painter.save()
        painter.setClipRect(QRectF(0, 0, 4, area.height()))
        paint.fill(painter, area, colour)
        painter.restore()
        paint.frame(painter, area, max(paint.hairline(self), theme.metrics.border), theme.colour("border"))
        size = theme.metrics.icon
        spot = QRectF(16, 0, size, area.height())
        paint.icon(painter, "trouble" if is_trouble else "check", spot, size, colour)


def _say(said: Said) -> str:
    return said if isinstance(said, str) else said()


def _scrolls(widget: QWidget) -> bool:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around is not None


def _area_in(host: QWidget, widget: QWidget) -> QRect:
    """What of ``widget`` is seen, as ``host`` counts."""
    return widget.visibleRegion().boundingRect().translated(widget.mapTo(host, QPoint(0, 0)))
