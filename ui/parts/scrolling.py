"""What scrolls where the window is too low for all of it (矮窗): nothing in it is ever cut off."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QFrame, QScrollArea, QWidget

_AROUND = 24


class Scrolling(QScrollArea):
    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(1)  # what stands around it, buttons mostly, is not cut for its sake
        self.setWidget(content)
        # The content has its new places only after the layout.
        self.verticalScrollBar().rangeChanged.connect(
            lambda _least, _most: QTimer.singleShot(0, self, self._keep_focus_in_sight)
        )

    def _keep_focus_in_sight(self) -> None:
        """Where somebody types stays in sight when there is more to see or less room for it: letters that grow, too.
        A list looks after its rows itself.
        """
        focused: QWidget | None = self.window().focusWidget()
        if focused is None or isinstance(focused, QAbstractItemView) or not self.isAncestorOf(focused):
            return
        keep_in_view(focused)


def keep_in_view(widget: QWidget) -> None:
    """Scroll what lies around it so far that it is seen."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is None:
        return
    spare = around.viewport().height() - widget.height()
    if spare < 0:
        around.ensureWidgetVisible(widget)  # where its cursor is
        return
    top = widget.mapTo(around.widget(), QPoint(0, 0)).y()
    for edge in (top + widget.height(), top):
        around.ensureVisible(0, edge, 0, min(_AROUND, spare // 2))
