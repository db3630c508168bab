"""The line for a person (谁): found while typing, or registered in the same line with name and phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from app.actions.desk import new_id
from app.actions.people import RegisteredPerson, RegisterPerson, register_person
from app.actions.search import Group as Found
from app.actions.search import suggest_people
from app.actions.search_people import PersonHit
from app.domain.calendar import shanghai_day
from app.domain.moments import say_day
from app.domain.numbers import is_volunteer_number
from app.domain.people import Profile
from app.domain.problems import Refusal
from app.words import _
from ui.jobs import Jobs
from ui.parts import keys
from ui.parts.buttons import Button
from ui.parts.fields import TextField
from ui.parts.grouped import PhoneField
from ui.parts.people import group_words, tail_words
from ui.parts.rows import Row, marks
from ui.parts.typeahead import TypeAhead
from ui.screens.intake.draft import Line, Who

_GAP = 8
_NUMBER = re.compile(r"\+?\d(?:[\d -]*\d)?", re.ASCII)


def name_and_phone(typed: str) -> tuple[str, str]:
    """What was looked for, as a new person's name and phone: 王秀芳 13812341234 in either order, with or without the
    space. Pinyin is no name, but John Smith is.
    """
    number = _NUMBER.search(typed)
    phone = number.group() if number is not None else ""
    name = typed.replace(phone, " ").strip() if phone else typed.strip()
    is_pinyin = name.isascii() and (name.islower() or name.isupper())
    return ("" if is_pinyin else name), phone.strip()


class PersonLine(QWidget):
    """``picked`` comes when somebody is chosen or registered here; a form then steps on.

    Refusals of a registration go to ``refused``, for the line below the field.
    """

    edited = Signal()
    picked = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        now: Callable[[], datetime],
        placeholder: str,
        *,
        name: str,
        beside: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._jobs, self._now = jobs, now
        self._new_person = ""
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._search = TypeAhead(
            jobs,
            suggest_people,
            self._rows,
            placeholder,
            name=name,
            new=_("＋新登记"),
            codes=is_volunteer_number,
        )
        self._name = TextField(_("姓名"), name=_("{who}：姓名").format(who=name), at_most=200)
        self._phone = PhoneField(_("电话，没有就空着"), name=_("{who}：电话").format(who=name))
        self._register = Button(_("登记"), key="Enter")
        self._back = Button(kind="quiet", icon="close", name=_("不登记，回去找"))
        self._register.clicked.connect(lambda _checked: self._on_register())
        self._back.clicked.connect(lambda _checked: self._search_again())
        typed, self._deeds = QHBoxLayout(), QHBoxLayout()
        typed.setSpacing(_GAP)
        typed.addWidget(self._search, 1)
        typed.addWidget(self._name, 2)
        typed.addWidget(self._phone, 3)
        self._deeds.setSpacing(_GAP)
        for button in (self._register, self._back, beside):
            if button is not None:
                self._deeds.addWidget(button)
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(_GAP)
        self._lines.addLayout(typed, 1)
        self._lines.addLayout(self._deeds)
        self._lines.setAlignment(self._deeds, Qt.AlignmentFlag.AlignLeft)
        self._search.chosen.connect(self._on_chosen)
        self._search.new_asked.connect(self._on_new)
        for field in (self._search, self._name, self._phone):
            field.edited.connect(self._on_edited)
        self._show_registration(False)

    # --- as a field of a form

    def value(self) -> Who | None:
        who: Who | None = None if self._is_new() else self._search.value()
        return who

    def is_empty(self) -> bool:
        return self.value() is None

    def set_refused(self, is_refused: bool) -> None:
        for field in (self._search, self._name, self._phone):
            field.set_refused(is_refused and field.isVisibleTo(self))

    # --- as a part of a draft

    def line(self) -> Line:
        if self._is_new():
            return Line(is_new=True, name=self._name.value(), phone=self._phone.value())
        who = self.value()
        return Line(who=who) if who is not None else Line(text=self._search.text())

    def set_line(self, line: Line) -> None:
        self._show_registration(line.is_new)
        self._name.set_value(line.name)
        self._phone.set_value(line.phone)
        if line.who is not None:
            self._choose(line.who)
        else:
            self._search.set_chosen(None, line.text)

    # --- finding

    def _rows(self, found: Found) -> list[Row]:
        return [self._row(hit) for hit in found.hits]

    def _row(self, hit: PersonHit) -> Row:
        age = _("{age}岁").format(age=hit.age) if hit.age is not None else ""
        details = (age, group_words(hit.groups), tail_words(hit.phone_tail))
        return Row(
            hit.name,
            tuple(detail for detail in details if detail),
            self._last_order(hit),
            marks=marks(hit.matched),
            value=hit,
        )

    def _last_order(self, hit: PersonHit) -> str:
        if hit.last_order_on is None:
            return ""
        return _("上次 {day}").format(day=say_day(hit.last_order_on, shanghai_day(self._now())))

    def _on_chosen(self, hit: PersonHit) -> None:
        self._accept(Who(id=hit.id, name=hit.name, tail=hit.phone_tail, groups=hit.groups))

    def _accept(self, who: Who) -> None:
        had_focus = self._has_focus()
        self._show_registration(False)
        self._choose(who)
        self.edited.emit()
        if had_focus:
            self._search.setFocus(Qt.FocusReason.OtherFocusReason)
            self.picked.emit(who)

    def _choose(self, who: Who) -> None:
        self._search.set_chosen(who, who.name, who.detail)
        self._search.setCursorPosition(0)

    # --- registering

    def _on_new(self, typed: str) -> None:
        name, phone = name_and_phone(typed)
        self._new_person = new_id()
        self._name.set_value(name)
        self._phone.set_value(phone)
        self._show_registration(True)
        (self._phone if name else self._name).setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def finish(self, then: Callable[[], None]) -> bool:
        """Register whom the line still holds as new, then go on; False when there is nobody to register."""
        if not self._is_new():
            return False
        self._register_person(then)
        return True

    def _on_register(self) -> None:
        self._register_person(lambda: None)

    def _register_person(self, then: Callable[[], None]) -> None:
        self._new_person = self._new_person or new_id()
        phone = self._phone.value()
        profile = Profile(name=self._name.value(), phone=phone)

        def done(registered: RegisteredPerson) -> None:
            self._new_person = ""
            tail = phone[-4:]
            self._accept(Who(id=registered.person, name=registered.name, tail=tail, came="registered"))
            then()

        def refused(refusal: Refusal) -> None:
            field = self._phone if refusal.field == "phone" else self._name
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.refused.emit(refusal)
            self.set_refused(False)
            field.set_refused(True)

        request = RegisterPerson(person=self._new_person, profile=profile)
        self._jobs.run(self, register_person, request, done=done, refused=refused)

    def _search_again(self) -> None:
        """Back to finding, with what was typed."""
        typed = self._name.value() or self._phone.value()
        self._show_registration(False)
        self._search.set_chosen(None, typed)
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _is_new(self) -> bool:
        return self._name.isVisibleTo(self)

    def _show_registration(self, is_new: bool) -> None:
        has_focus = self._has_focus()
        for widget in (self._name, self._phone, self._register, self._back):
            widget.setVisible(is_new)
        self._search.setVisible(not is_new)
        self.setFocusProxy(self._name if is_new else self._search)
        if has_focus and not is_new:
            self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._share_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_lines()

    def _share_lines(self) -> None:
        """The buttons of a registration stand below where name and phone need their line."""
        needed = (
            self._name.sizeHint().width() + self._phone.sizeHint().width() + self._deeds.sizeHint().width()
        )
        is_tight = self._is_new() and self.width() < needed + 2 * _GAP
        side, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._lines.setDirection(below if is_tight else side)

    # --- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_new() and keys.is_enter(event):
            self._on_enter()
        elif self._is_new() and event.key() == Qt.Key.Key_Escape:
            self._search_again()
        else:
            super().keyPressEvent(event)

    def _on_enter(self) -> None:
        if self._name.is_empty():
            self._name.setFocus(Qt.FocusReason.TabFocusReason)
        elif self._name.hasFocus() and self._phone.is_empty():
            self._phone.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._on_register()

    def _on_edited(self) -> None:
        self.set_refused(False)
        self.edited.emit()

    def _has_focus(self) -> bool:
        focused: QWidget | None = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)
