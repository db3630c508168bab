"""The settings screen (设置): the list of sections, and the section that is chosen in it.

A section is built when it is first chosen and stays: what is half typed in it is there when one comes back.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.actions.stations import station_card
from app.words import _, language
from ui.parts import paint
from ui.parts.buttons import Button
from ui.parts.halves import Halves
from ui.parts.rows import Row, RowList
from ui.parts.sheet import KeyHelp
from ui.screen import Screen, Services, Stand
from ui.screens.settings.section import GROUPS, Section, SectionEntry, sections_found
from ui.theme import theme

_REMEMBERED = "settings.section"


class SettingsScreen(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._entries = {it.key: it for it in sections_found() if app.clerk.role in it.roles}
        self._sections: dict[str, Section] = {}
        self._missed: dict[str, frozenset[str]] = {}
        self._stood: dict[str, Stand] = {}  # how those stood that are built anew in another language
        self._current = ""
        self.list = RowList()
        self._stack = QStackedWidget()
        self.back = Button("", kind="quiet", icon="left", key="Esc")
        self._say()
        self.back.clicked.connect(lambda _checked: self._go_out())
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.back)
        column.addWidget(self._stack, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 8, 1, 0)
        column.addWidget(self.list)
        self.halves = Halves(left, right, left_width=self._list_width)
        self.halves.fitted.connect(self._fit)
        self._fit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.halves)
        self.list.pointed.connect(self._on_pointed)
        self.list.opened.connect(lambda _key: self._go_in())
        self.list.clicked.connect(lambda _index: self.halves.show_right())
        self._choose(app.remembered.get(_REMEMBERED, ""))

    # --- as every screen

    def enter(self) -> None:
        if self.halves.is_beside() or self.list.isVisible():
            self.list.setFocus()
        else:
            self._section().enter()

    def refresh(self, changed: frozenset[str]) -> None:
        for key, section in self._sections.items():
            if key == self._current:
                section.refresh(changed)
            else:
                self._missed[key] = self._missed.get(key, frozenset()) | changed

    def go_to(self, object_id: str) -> None:
        """A section by its key, a policy by its name, the station or somebody of the staff by their ids."""
        key = next((key for key in (object_id, f"policy:{object_id}") if key in self._entries), None)
        if key is not None:
            self._choose(key)
            self._go_in()
            return
        self.app.jobs.read(
            self,
            station_card,
            None,
            done=lambda card: self._go_to_one(object_id, is_station=card.id == object_id),
        )

    def _go_to_one(self, object_id: str, *, is_station: bool) -> None:
        self._choose("station" if is_station else "staff")
        if not is_station:
            self._section().go_to(object_id)
        self._go_in()

    def pane_widget(self) -> QWidget | None:
        return self._section().pane_widget()

    def place(self) -> str:
        """The section, if the clerk is in it."""
        return "" if self.list.hasFocus() else self._current

    def speak_anew(self) -> bool:
        """The list here; and every section that is not amid something."""
        place = self.place()
        for key, section in list(self._sections.items()):
            if not section.is_amid():
                self._stood[key] = section.stand()
                self._stack.removeWidget(section)
                section.deleteLater()
                del self._sections[key]
        self._say()
        self.list.set_value(self._current)
        self.language = language()
        self._show_section()
        self.come_back(place)
        return True

    def may_leave(self) -> bool:
        return self._section().may_leave()

    def keys(self) -> list[KeyHelp]:
        return [*super().keys(), *self._section().keys()]

    def section(self, key: str) -> Section:
        """The section behind an entry of the list."""
        if key not in self._sections:
            section = self._sections[key] = self._entries[key].build(self.app)
            section.left.connect(self._go_out)
            self._stack.addWidget(section)
            if key in self._stood:
                section.stand_again(self._stood.pop(key))
        return self._sections[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.list.hasFocus():
            self._go_out()
        else:
            super().keyPressEvent(event)

    # --- the list

    def _say(self) -> None:
        """The list, the way back to it and the keys, in the language that is spoken now."""
        self.list.setAccessibleName(_("设置"))
        self.list.set_rows(_rows(self._entries.values()))
        self.back.setText(_("设置"))
        self._keys.clear()
        self.tell_key("Enter", _("到这一节里去"))
        self.tell_key("Esc", _("回到左边的目录，填了一半的留着"))

    def _section(self) -> Section:
        return self.section(self._current)

    def _choose(self, key: str) -> None:
        """One that is no longer there, or never was, leads to the first."""
        self.list.set_value(key if key in self._entries else next(iter(self._entries)))

    def _on_pointed(self, key: str) -> None:
        if key == self._current:
            return
        self._current = key
        self._show_section()
        self.app.remembered.put(_REMEMBERED, key)

    def _show_section(self) -> None:
        section = self._section()
        self._stack.setCurrentWidget(section)
        missed = self._missed.pop(self._current, frozenset())
        if missed:
            section.refresh(missed)
        self.app.pane_changed()

    def _fit(self) -> None:
        """Where only one half has room, a section has a way back to the list."""
        self.back.setVisible(not self.halves.is_beside())

    def _go_in(self) -> None:
        """Where there is nothing but sentences to read, the keyboard stays at the list, or at the way back to it."""
        self.halves.show_right()
        section = self._section()
        section.enter()
        focused: QWidget | None = self.window().focusWidget()
        if focused is None or not section.isAncestorOf(focused):
            (self.list if self.halves.is_beside() else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_out(self) -> None:
        self.halves.show_right(False)
        self.list.setFocus()

    def _list_width(self) -> int:
        """Wide enough for every title, in whatever language."""
        widest = max(paint.text_width(_(it.title), "body", bold=True) for it in self._entries.values())
        return max(10 * theme.metrics.icon, round(widest) + 48)


def _rows(entries: Iterable[SectionEntry]) -> list[Row]:
    """The entries under their headings."""
    rows: list[Row] = []
    shown = ""
    for entry in entries:
        group = [title for begins, title in GROUPS if begins <= entry.order][-1]
        if group != shown:
            rows.append(Row(_(group), is_heading=True))
            shown = group
        rows.append(Row(_(entry.title), value=entry.key))
    return rows
