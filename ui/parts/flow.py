"""A layout that lays things in lines like words (流式排列), for chips and tiles."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class Flow(QLayout):
    """Children keep their size hints; a line that is full goes on below."""

    def __init__(self, parent: QWidget, gap: int = 8) -> None:
        super().__init__(parent)
        self._laid: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._laid.append(item)

    def count(self) -> int:
        return len(self._laid)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._laid[index] if 0 <= index < len(self._laid) else None

    # Qt asks until there is none left; PySide's stubs promise one.
    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._laid.pop(index) if 0 <= index < len(self._laid) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, moves=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._laid]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._laid]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def _lay(self, area: QRect, *, moves: bool) -> int:
        left, top, line_height = area.x(), area.y(), 0
        for item in self._laid:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if left > area.x() and left + size.width() > area.right() + 1:
                left, top, line_height = area.x(), top + line_height + self._gap, 0
            if moves:
                item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self._gap
            line_height = max(line_height, size.height())
        return top + line_height - area.y()


def flowing(widget: QWidget) -> QWidget:
    """Let a widget with a ``Flow`` grow downwards in the layout it stands in."""
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
    return widget
