"""Numbers that are grouped while typing and copied clean (分组号码): phones, ID numbers, region codes.

How a number is cut into groups is given as a function of the clean text; whether it is right is a rule of the domain.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence

from app.domain.names import without_invisible
from app.domain.phones import is_phone
from ui.parts.fields import CodeField, to_plain_width

_SEPARATORS = str.maketrans("", "", " -‐–—\u3000\t\n")


def cut(text: str, *sizes: int) -> str:
    """``cut("13800001234", 3, 4, 4)`` is "138 0000 1234"; what is left over stays in one last group."""
    groups: list[str] = []
    for size in sizes:
        if text:
            groups.append(text[:size])
        text = text[size:]
    return " ".join([*groups, *([text] if text else [])])


def phone_groups(number: str) -> str:
    """138 0000 1234 for mobiles, 0571 8888 1234 for area codes; short numbers stay whole."""
    if number.startswith("1"):
        return cut(number, 3, 4, 4)
    if number.startswith(("01", "02")):
        return cut(number, 3, 4, 4)
    if number.startswith("0"):
        return cut(number, 4, 4, 4)
    return number


def identity_groups(number: str) -> str:
    """330105 1997 1210 8123."""
    return cut(number, 6, 4, 4, 4)


class GroupedField(CodeField):
    """``GroupedField(phone_groups)``: shows groups, ``value()`` and the clipboard have none. ``codes`` says which
    scanned codes, when they are none of ours, are a number for this field.
    """

    def __init__(
        self,
        groups: Callable[[str], str],
        placeholder: str = "",
        *,
        name: str = "",
        at_most: int = 24,
        codes: Callable[[str], bool] = lambda _code: False,
    ) -> None:
        super().__init__(placeholder, name=name, at_most=at_most + 8)
        self._groups, self._codes = groups, codes
        self._at_most_clean = at_most
        self.textEdited.connect(self._regroup)

    def value(self) -> str:
        return clean(self.text())

    def set_value(self, text: str) -> None:
        self.setText(self._groups(clean(text)))

    def may_hold(self, code: str) -> bool:
        """Whether what was scanned is a number of this field's kind."""
        return not self.isReadOnly() and self._codes(code)

    def hold(self, code: str) -> None:
        """A reader of cards typed the number."""
        self.set_value(code)
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_clean()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.copy_clean()
            self.del_()
            self._regroup(self.text())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        copy = menu.findChild(QAction, "edit-copy")
        if copy is not None:
            copy.triggered.disconnect()
            copy.triggered.connect(self.copy_clean)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def copy_clean(self) -> None:
        if self.hasSelectedText():
            QGuiApplication.clipboard().setText(clean(self.selectedText()))

    def _regroup(self, text: str) -> None:
        before = len(clean(text[: self.cursorPosition()]))
        grouped = self._groups(clean(text)[: self._at_most_clean])
        if grouped == text:
            return
        self.setText(grouped)
        self.setCursorPosition(_place_of(grouped, before))


class PhoneField(GroupedField):
    def __init__(self, placeholder: str = "", *, name: str = "") -> None:
        super().__init__(phone_groups, placeholder, name=name, at_most=16, codes=is_phone)


class IdentityField(GroupedField):
    def __init__(self, placeholder: str = "", *, name: str = "") -> None:
        super().__init__(identity_groups, placeholder, name=name, at_most=18)

    def value(self) -> str:
        return super().value().upper()


def clean(text: str) -> str:
    """Plain width, without spaces and dashes: 138-0000 1234 pasted from anywhere becomes 13800001234."""
    return without_invisible(to_plain_width(text)).translate(_SEPARATORS)


def _place_of(grouped: str, clean_letters: int) -> int:
    """The cursor position after ``clean_letters`` letters that are no spaces."""
    seen = 0
    for place, letter in enumerate(grouped):
        if seen == clean_letters:
            return place
        seen += letter != " "
    return len(grouped)
