"""The draft of a form (表单草稿): what is half typed about one thing is saved soon after the typing stops, and before
the clerk leaves; it stands there again the next time, also after a crash.
"""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.actions.desk import new_id
from app.actions.drafts import (
    ForgetDraft,
    SavedDraft,
    SaveDraft,
    forget_draft,
    my_drafts,
    read_draft,
    save_draft,
)
from app.facts import Id
from ui.parts.typeahead import TypeAhead
from ui.screen import Services

QUIET_MS = 700


class Half(msgspec.Struct, frozen=True):
    """What stood in the fields of a form about one thing."""

    about: str
    fields: dict[str, Any]


class FormDraft(QObject):
    """``keep`` its fields, ``begin`` once they are filled in, ``forget`` when they are recorded.

    ``found`` tells the names of what comes back, before it does: a form may need more fields for it; ``restored`` comes
    after it.
    """

    found = Signal(object)  # tuple[str, ...]
    restored = Signal()

    def __init__(self, owner: QWidget, app: Services, kind: str) -> None:
        super().__init__(owner)
        self._owner, self._app, self._kind = owner, app, kind
        self.id: Id = new_id()
        self._about = ""
        self._fields: dict[str, Any] = {}
        self._unchanged: dict[str, Any] = {}
        self._is_stored = False
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.save)
        app.leaving.connect(self.save_early)

    def keep(self, name: str, field: QWidget) -> None:
        kit: Any = field
        kit.edited.connect(self._timer.start)
        self._fields[name] = kit

    def let_go(self, name: str) -> None:
        """The form has no such field any more."""
        del self._fields[name]

    def begin(self, about: str) -> None:
        """The form asks about this now."""
        self._timer.stop()
        self.id, self._about, self._is_stored = new_id(), about, False
        self._unchanged = self._typed()
        self._app.jobs.read(self, my_drafts, self._kind, done=self._restore)

    def save_early(self) -> None:
        """Before it is sent, or the clerk leaves."""
        if self._timer.isActive():
            self.save()

    def save(self) -> None:
        self._timer.stop()
        if self._app.jobs.is_closed():
            return
        typed = self._typed()
        if typed == self._unchanged:
            self.forget()
            return
        self._is_stored = True
        body = msgspec.json.encode(Half(self._about, typed)).decode()
        self._app.jobs.run(
            self._owner.window(),
            save_draft,
            SaveDraft(draft=self.id, kind=self._kind, body=body),
            done=lambda _nothing: None,
            refused=lambda _no: None,  # while the desk is locked; it is saved with the next word
        )

    def forget(self) -> None:
        """It is recorded, or taken out again: nothing is half typed any more."""
        self._timer.stop()
        if self._is_stored and not self._app.jobs.is_closed():
            self._app.jobs.run(
                self._owner.window(), forget_draft, ForgetDraft(draft=self.id), done=lambda _nothing: None
            )
        self._is_stored = False

    def _typed(self) -> dict[str, Any]:
        return {name: _state(field) for name, field in self._fields.items()}

    def _restore(self, drafts: tuple[SavedDraft, ...]) -> None:
        """Unless somebody is typing already."""
        if self._typed() != self._unchanged:
            return
        for draft in reversed(drafts):
            half = read_draft(draft, Half)
            if half is not None and half.about == self._about:
                self.id, self._is_stored = draft.id, True
                self.found.emit(tuple(half.fields))
                for name, state in half.fields.items():
                    if name in self._fields:
                        _set_state(self._fields[name], state)
                self._timer.stop()  # nobody has typed
                self.restored.emit()
                return


def _state(field: Any) -> Any:
    """What stands in a field, as JSON keeps it; of somebody who was chosen the name, too."""
    return [field.value(), field.text()] if isinstance(field, TypeAhead) else field.value()


def _set_state(field: Any, state: Any) -> None:
    if isinstance(field, TypeAhead):
        field.set_chosen(*state)
    else:
        field.set_value(state)
        field.edited.emit()  # what depends on it follows
