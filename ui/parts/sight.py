"""What is current stays in sight (看得见): in another size, or with rows of another height, a list is scrolled as far
as it must be. Somebody who has scrolled away from it is left there.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractItemView


def is_seen(view: QAbstractItemView, size: QSize | None = None) -> bool:
    """Whether something of the current row is; ``size`` is the one the list had until now."""
    seen = view.viewport().rect() if size is None else QRect(QPoint(0, 0), size)
    return view.currentIndex().isValid() and seen.intersects(view.visualRect(view.currentIndex()))


def keep(view: QAbstractItemView, was_seen: bool) -> None:
    if was_seen:
        view.updateGeometries()  # else the bar still ends where it did before
        view.scrollTo(view.currentIndex())
