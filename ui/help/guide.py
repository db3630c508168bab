"""The guide over the window (帮助): a search line, the topics at the left, the one that is read at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.words import _
from ui.help.picture import Picture
from ui.help.topics import TOPICS, Topic, found, topic_of
from ui.parts import paint
from ui.parts.buttons import Button
from ui.parts.fields import TextField
from ui.parts.keycaps import KeyCaps
from ui.parts.overlay import Overlay
from ui.parts.rows import Row, RowList
from ui.parts.text import Paragraph, Text
from ui.theme import theme

_WIDTH = 980
_TALLEST = 620
_AROUND = 24 + 2 * 20 + 2 + 12  # below and above the panel, its margins, its frame, the space below the head


class Guide(Overlay):
    """Opened at the topic of ``screen``. Arrows in the search line walk the topics, PgUp and PgDn scroll."""

    def __init__(self, host: QWidget, screen: str) -> None:
        super().__init__(host, width=_WIDTH)
        self.setAccessibleName(_("帮助"))
        self.search = TextField(_("找一件事：恢复、补录、扫码"), name=_("在帮助里找"))
        self.topics = RowList(name=_("帮助的内容"))
        self.page = _Page()
        self._nothing = Paragraph(_("没有说到这个。换一个词试试。"), "body", "secondary")
        self._area = QScrollArea()
        self._body = QWidget()
        self._build()
        self.search.textChanged.connect(lambda _text: self._narrow())
        self.topics.pointed.connect(self._show)
        self.search.installEventFilter(self)
        self._dress()
        theme.changed.connect(self._dress)
        self._narrow()
        self.topics.set_value(topic_of(screen).key)
        self.search.setFocus()

    def shown(self) -> Topic | None:
        """The topic that is read."""
        return next((topic for topic in TOPICS if topic.key == self.topics.value()), None)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Text(_("帮助"), "section", bold=True))
        head.addWidget(self.search, 1)
        close = Button(kind="quiet", icon="close", name=_("关上"), key="Esc")
        close.clicked.connect(lambda _checked: self.close_overlay())
        head.addWidget(close)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.page)
        self.page.setAutoFillBackground(False)  # the panel's own surface shows through
        self._body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        right = QVBoxLayout()
        right.addWidget(self._nothing)
        right.addWidget(self._area, 1)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addWidget(self.topics, 2)
        row.addLayout(right, 5)
        self.panel.column.addLayout(head)
        self.panel.column.addWidget(self._body)

    def _dress(self) -> None:
        """Room for every title."""
        widest = max(paint.text_width(_(topic.title), "body") for topic in TOPICS)
        self.topics.setMinimumWidth(round(widest) + theme.metrics.icon + 64)

    def _narrow(self) -> None:
        if self.search.is_composing():
            return
        shown = found(self.search.value())
        self.topics.set_rows([Row(_(topic.title), value=topic.key, icon=topic.icon) for topic in shown])
        if self.topics.value() is None:
            self.topics.point_first()
        self._show(self.topics.value())

    def _show(self, _key: object) -> None:
        topic = self.shown()
        self._nothing.setVisible(topic is None)
        self._area.setVisible(topic is not None)
        if topic is not None:
            self.page.show_topic(topic)
            self._area.verticalScrollBar().setValue(0)

    def _lay(self) -> None:
        """As high as the window lets it, so that the list and the page scroll by themselves."""
        height = min(_TALLEST, self.height() - _AROUND - self.search.height())
        if height > 0 and self._body.height() != height:
            self._body.setFixedHeight(height)
        super()._lay()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._steer(event)
        return super().eventFilter(watched, event)

    def _steer(self, event: QKeyEvent) -> bool:
        """Keys of the list and of the page, while the search line keeps the focus."""
        rows, bar = self.topics, self._area.verticalScrollBar()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        key = Qt.Key(event.key())
        if key in steps:
            place = rows.currentIndex().row() + steps[key]
            rows.setCurrentIndex(rows.rows.index(min(max(place, 0), rows.rows.rowCount() - 1)))
        elif key in pages:
            bar.setValue(bar.value() + pages[key] * bar.pageStep())
        else:
            return False
        return True


class _Page(QWidget):
    """One topic: its drawing, what it is for, and its steps."""

    def __init__(self) -> None:
        super().__init__()
        self._title = Text("", "title", bold=True, wrap=True)
        self._picture = Picture()
        self._lead = Paragraph("")
        self._steps = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        for widget in (self._title, self._picture, self._lead, self._steps):
            column.addWidget(widget)
        column.addStretch()
        self._column = column

    def show_topic(self, topic: Topic) -> None:
        self._title.setText(_(topic.title))
        self._picture.show_signs(topic.picture)
        self._lead.set_sentence(_(topic.lead))
        before, self._steps = self._steps, _steps(topic)
        self._column.replaceWidget(before, self._steps)
        before.setParent(None)
        before.deleteLater()
        self.setAccessibleName(_(topic.title))


def _steps(topic: Topic) -> QWidget:
    """A line for each: the keys at the left where there are any, the sentence beside them."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for place, step in enumerate(topic.steps):
        if step.keys:
            grid.addWidget(KeyCaps(step.keys), place, 0, Qt.AlignmentFlag.AlignTop)
        words = Paragraph(_(step.words))
        words.setContentsMargins(0, 4, 0, 4)
        grid.addWidget(words, place, 1)
    return made
