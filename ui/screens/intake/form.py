"""The form (点单表): which questions are open, how one walks through them, and where a refusal stands.

In large mode one group of questions stands on a page, and Enter on its last answer turns the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.actions.board import LikelySame
from app.domain.problems import Refusal
from app.sentences import sentence
from ui.jobs import Jobs
from ui.parts.form import FormRow
from ui.screens.intake.draft import Draft, Line
from ui.screens.intake.questions import GROUPS, Questions
from ui.screens.intake.same import SameLine
from ui.screens.intake.tree import CategoryTree
from ui.theme import theme


class IntakeForm(Questions):
    """``turned`` when another group of questions is shown."""

    turned = Signal()

    def __init__(self, jobs: Jobs, now: Callable[[], datetime]) -> None:
        super().__init__(jobs, now)
        self.group = 0
        self.same = self.add_line(SameLine(now))
        self._connect()
        self._arrange()
        theme.changed.connect(self._on_looks)

    def _connect(self) -> None:
        self.category.opened.connect(self._open_tree)
        self.channel.edited.connect(self._arrange)
        self.category.edited.connect(self._arrange)
        self.beneficiary.line.picked.connect(lambda _who: self.step_on())
        self.beneficiary.closed.connect(self.toggle_beneficiary)
        self.own.clicked.connect(lambda _checked: self.toggle_beneficiary())
        self.more.clicked.connect(lambda _checked: self.toggle_more())
        for field in (self.requester, self.proxy):
            field.refused.connect(partial(self._refuse_person, field))
        self.beneficiary.line.refused.connect(partial(self._refuse_person, self.beneficiary))

    def fill(self, draft: Draft) -> None:
        super().fill(draft)
        self.group = self._group_of(draft.focus)
        self._arrange()
        self.turned.emit()

    def show_same(self, orders: Sequence[LikelySame]) -> None:
        """In large mode there is no pane beside: the likely duplicate stands below the questions."""
        self.same.set_orders(orders)
        self._arrange()

    # --- opening and closing

    def toggle_beneficiary(self) -> None:
        """Ctrl+B: a line for somebody else, or back to the requester."""
        self.beneficiary.set_value(None if self.beneficiary.is_open else Line())
        self.row_of(self.beneficiary).refusal.clear()
        self.show_group(0)
        target = self.beneficiary if self.beneficiary.is_open else self.requester
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.beneficiary.edited.emit()

    def toggle_more(self) -> None:
        """F7."""
        self.more_is_open = not self.more_is_open
        self.show_group(2)
        target = self.extra if self.more_is_open else self.mind
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._bring_into_view(self.row_of(target))
        self._on_edited()

    def toggle_urgent(self) -> None:
        self.mind.urgent.click()

    def next_channel(self) -> None:
        self.show_group(0)
        self.channel.next()

    def show_group(self, group: int) -> None:
        if self.group != group:
            self.group = group
            self.turned.emit()
        self._arrange()

    def turn(self, step: int) -> None:
        """To the page before or after this one, at its first question."""
        group = min(max(self.group + step, 0), len(GROUPS) - 1)
        if group != self.group:
            self.show_group(group)
            self.start_here()

    def start_here(self) -> None:
        """The first question of the group that Tab reaches."""
        for row in self._visible():
            if row.field is not self.channel:
                row.field.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # --- walking and refusing

    def step_on(self) -> None:
        if not theme.large:
            super().step_on()
            return
        if self._next_empty_here() or self.group == len(GROUPS) - 1:
            super().step_on()
            return
        self.turn(1)
        row = next((row for row in self._visible() if _is_empty(row)), None)
        if row is not None:
            row.field.setFocus(Qt.FocusReason.TabFocusReason)

    def refuse(self, refusal: Refusal, mend: Any = None) -> None:
        row = next((row for name, row in self._rows if name and name == refusal.field), None)
        if row is not None:
            self._open_for(row)
        super().refuse(refusal, mend)

    def focus_on(self, name: str) -> None:
        """Put the cursor back into the question of this name."""
        row = next((row for known, row in self._rows if known == name), None)
        if row is not None and row.isVisibleTo(self):
            row.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.start_here()

    def _next_empty_here(self) -> bool:
        rows = self._visible()
        focused: QWidget | None = self.window().focusWidget()
        here = next(
            (at for at, row in enumerate(rows) if focused is not None and row.isAncestorOf(focused)), -1
        )
        return any(_is_empty(row) for row in rows[here + 1 :])

    def _open_for(self, row: FormRow) -> None:
        if row.field is self.extra:
            self.more_is_open = True
        self.show_group(next(group for group, known in self._groups if known is row))

    def _refuse_person(self, field: QWidget, refusal: Refusal) -> None:
        row = self.row_of(field)
        row.refusal.say(sentence(refusal))
        self._bring_into_view(row)

    def _group_of(self, name: str) -> int:
        row = next((row for known, row in self._rows if known == name), None)
        return next((group for group, known in self._groups if known is row), 0)

    def _open_tree(self) -> None:
        tree = CategoryTree(self, self.category.value() or "")

        def picked(code: str) -> None:
            self._show_category(code)
            self.category.edited.emit()
            self.category.picked.emit(code)

        tree.picked.connect(picked)
        tree.open()

    def _on_looks(self) -> None:
        """In another look the cursor stays in its question, on whatever page that is."""
        focused = QApplication.focusWidget()
        row = next(
            (row for _group, row in self._groups if focused is not None and row.isAncestorOf(focused)), None
        )
        if row is not None and theme.large:
            self.group = next(group for group, known in self._groups if known is row)
            self.turned.emit()
        self._arrange()
        if row is not None and focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        """Show what is open, and in large mode only the group that is asked now."""
        closed = set()
        if not self._by_proxy():
            closed |= {self.proxy, self.consented}
        if not self.more_is_open:
            closed.add(self.extra)
        if not self.beneficiary.is_open:
            closed.add(self.beneficiary)
        for group, row in self._groups:
            row.setVisible(row.field not in closed and (not theme.large or group == self.group))
        is_last = not theme.large or self.group == len(GROUPS) - 1
        self.more.setVisible(is_last and not self.more_is_open)
        self.same.setVisible(theme.large and bool(self.same.first()))
        self.own.setVisible(not self.beneficiary.is_open)


def _is_empty(row: FormRow) -> bool:
    field: Any = row.field
    return bool(field.is_empty())
