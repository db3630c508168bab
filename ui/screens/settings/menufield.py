"""The menu as a field of its policy (服务菜单): the tree of categories, renamed, hidden, ordered, with own ones.

Nothing is recorded here: what stands in the list is what the form is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.categories import MenuEntry, MenuPolicy, new_code, shipped, shipped_entries
from app.domain.problems import Refusal
from app.words import _
from ui.parts import keys
from ui.parts.buttons import Button
from ui.parts.choice import Choice
from ui.parts.fields import TextField
from ui.parts.flow import Flow, flowing
from ui.parts.form import Form
from ui.parts.overlay import Overlay
from ui.parts.rows import Row, RowList, State
from ui.parts.text import Text
from ui.theme import theme

_ROWS_SHOWN = 7


class MenuField(QWidget):
    """``value()`` is () while it is as shipped."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[MenuEntry, ...] = ()
        self.list = RowList(name=_("服务菜单"))
        self.rename = Button(_("改名"), icon="edit", key="Enter")
        self.hide_button = Button(_("隐去"), icon="eye-off", key="H")
        self.up = Button(_("往上"), icon="up", key="Alt+↑")
        self.down = Button(_("往下"), icon="down", key="Alt+↓")
        self.add = Button(_("加一类"), icon="plus", key="N")
        self.add_main = Button(_("加一大类"), icon="plus", key="M")
        self.setFocusProxy(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list)
        column.addWidget(self._buttons())
        plain, alt = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
        self._deeds: dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], None]] = {
            (Qt.Key.Key_H, plain): self._hide,
            (Qt.Key.Key_N, plain): self._add,
            (Qt.Key.Key_M, plain): self._add_main,
            (Qt.Key.Key_Up, alt): partial(self._move, -1),
            (Qt.Key.Key_Down, alt): partial(self._move, 1),
        }
        self.list.opened.connect(lambda _code: self._rename())
        self.list.pointed.connect(lambda _code: self._fit())
        self.list.installEventFilter(self)
        theme.changed.connect(self._dress)
        self._dress()

    def value(self) -> Any:
        entries = () if self._entries == shipped_entries() else self._entries
        return msgspec.to_builtins(entries)

    def set_value(self, entries: Sequence[MenuEntry]) -> None:
        self._show(_ordered(entries or shipped_entries()))

    def typed(self) -> Any:
        return self.value()

    def set_typed(self, entries: Any) -> None:
        self.set_value(msgspec.convert(entries, tuple[MenuEntry, ...]))

    def is_empty(self) -> bool:
        return False

    def set_refused(self, is_refused: bool) -> None:
        """The sentence below is enough."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list would take these keys for itself."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        deed = self._deeds.get((Qt.Key(event.key()), keys.modifiers(event)))
        if deed is None:
            return False
        deed()
        return True

    # --- what is shown

    def _buttons(self) -> QWidget:
        row = QWidget()
        flow = Flow(flowing(row))
        deeds = (
            (self.rename, self._rename),
            (self.hide_button, self._hide),
            (self.up, partial(self._move, -1)),
            (self.down, partial(self._move, 1)),
            (self.add, self._add),
            (self.add_main, self._add_main),
        )
        for button, deed in deeds:
            button.clicked.connect(lambda _checked, deed=deed: deed())
            flow.addWidget(button)
        return row

    def _show(self, entries: tuple[MenuEntry, ...]) -> None:
        self._entries = entries
        self.list.set_rows(_rows(entries))
        if self.list.value() is None:
            self.list.point_first()
        self._fit()

    def _fit(self) -> None:
        entry = self._pointed()
        self.hide_button.setText(_("重新用") if entry is not None and entry.hidden else _("隐去"))
        self.hide_button.updateGeometry()

    def _dress(self) -> None:
        self.list.setFixedHeight(_ROWS_SHOWN * theme.metrics.row)

    def _pointed(self) -> MenuEntry | None:
        code = self.list.value()
        return next((entry for entry in self._entries if entry.code == code), None)

    # --- what is done

    def _rename(self) -> None:
        entry = self._pointed()
        if entry is not None:
            form = EntryForm(self, _("改“{name}”").format(name=_(entry.name)), entry, self._entries)
            form.given.connect(self._take)
            form.open()

    def _add(self) -> None:
        """Under the main category that is pointed at."""
        entry = self._pointed()
        if entry is None:
            return
        main = entry.parent or entry.code
        like = next(one for one in self._entries if one.code == main)
        title = _("“{name}”里加一类").format(name=_(like.name))
        self._ask_for_new(
            title, MenuEntry(code=new_code(self._entries, main), name="", national=like.national, parent=main)
        )

    def _add_main(self) -> None:
        national = shipped().national[-1]
        self._ask_for_new(
            _("加一大类"), MenuEntry(code=new_code(self._entries, ""), name="", national=national)
        )

    def _ask_for_new(self, title: str, entry: MenuEntry) -> None:
        form = EntryForm(self, title, entry, (*self._entries, entry))
        form.given.connect(self._take)
        form.open()

    def _hide(self) -> None:
        entry = self._pointed()
        if entry is not None:
            self._take(msgspec.structs.replace(entry, hidden=not entry.hidden))

    def _move(self, step: int) -> None:
        entry = self._pointed()
        if entry is None:
            return
        beside = [one for one in self._entries if one.parent == entry.parent]
        place = beside.index(entry)
        to = place + step
        if not 0 <= to < len(beside):
            return
        beside[place], beside[to] = beside[to], beside[place]
        others = [one for one in self._entries if one.parent != entry.parent]
        self._change(_ordered((*beside, *others)))

    def _take(self, entry: MenuEntry) -> None:
        """An entry as it is now, or a new one."""
        is_new = all(one.code != entry.code for one in self._entries)
        kept = tuple(entry if one.code == entry.code else one for one in self._entries)
        self._change(_ordered((*kept, entry) if is_new else kept))
        self.list.set_value(entry.code)

    def _change(self, entries: tuple[MenuEntry, ...]) -> None:
        self._show(entries)
        self.edited.emit()


class EntryForm(Overlay):
    """Name and national category of one entry. ``given`` carries it once it can be so."""

    given = Signal(object)

    def __init__(self, host: QWidget, title: str, entry: MenuEntry, entries: Sequence[MenuEntry]) -> None:
        super().__init__(host, width=560)
        self._entry, self._entries = entry, entries
        self.form = Form()
        self.name = self.form.add(_("名称"), TextField(name=_("名称"), at_most=20), name="name")
        self.name.set_value(_(entry.name) if entry.name else "")
        national = [(one, _(one)) for one in shipped().national]
        self.national: Choice[str] = self.form.add(_("国家分类"), Choice(national, name=_("国家分类")))
        self.national.set_value(entry.national)
        self.save = Button(_("就这样"), kind="primary", key="Ctrl+Enter")
        self.stay = Button(_("先不"), kind="quiet", key="Esc")
        self.form.primary = self.save
        buttons = QHBoxLayout()
        buttons.addWidget(self.stay)
        buttons.addStretch()
        buttons.addWidget(self.save)
        self.panel.column.addWidget(Text(title, "section", bold=True, wrap=True))
        self.panel.column.addWidget(self.form)
        self.panel.column.addLayout(buttons)
        self.setAccessibleName(title)
        self.form.saved.connect(self._on_save)
        self.form.left.connect(self.close_overlay)
        self.save.clicked.connect(lambda _checked: self._on_save())
        self.stay.clicked.connect(lambda _checked: self.close_overlay())

    def open(self) -> None:
        super().open()
        self.form.start()

    def _on_save(self) -> None:
        typed, entry = self.name.value(), self._entry
        name = entry.name if typed == _(entry.name) and entry.name else typed
        now = msgspec.structs.replace(entry, name=name, national=self.national.value() or entry.national)
        try:
            MenuPolicy(entries=tuple(now if one is entry else one for one in self._entries)).check()
        except Refusal as refusal:
            refusal.field = "name"
            self.form.refuse(refusal)
            return
        self.close_overlay()
        self.given.emit(now)


def _ordered(entries: Sequence[MenuEntry]) -> tuple[MenuEntry, ...]:
    """Each main category, and below it what stands under it."""
    mains = [entry for entry in entries if not entry.parent]
    return tuple(
        one for main in mains for one in (main, *(entry for entry in entries if entry.parent == main.code))
    )


def _rows(entries: Sequence[MenuEntry]) -> list[Row]:
    numbers = iter("123456789")
    rows = []
    for entry in entries:
        key = next(numbers, "") if not entry.parent and not entry.hidden else ""
        state = State("dash", "closed", _("不用了")) if entry.hidden else None
        rows.append(
            Row(
                _(entry.name),
                (_(entry.national),),
                right=_("按 {key}").format(key=key) if key else "",
                value=entry.code,
                state=state,
                indent=1 if entry.parent else 0,
            )
        )
    return rows
