"""What every screen is (页面): its entry in the rail, its base class, and the services the window gives it.

A screen module in ``ui/screens`` has ``SCREEN = ScreenEntry(...)``; the window finds it by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.words import language
from ui.jobs import Jobs
from ui.parts.banner import Banner
from ui.parts.form import Form
from ui.parts.overlay import overlay_open
from ui.parts.sheet import KeyHelp
from ui.remember import Remembered

if TYPE_CHECKING:
    from app.actions.undo import Undone

W = TypeVar("W", bound=QWidget)

EVERYBODY = frozenset({"administrator", "clerk", "auditor"})


@dataclass(frozen=True)
class Clerk:
    """Who is signed in; ``role`` is administrator, clerk or auditor."""

    id: str
    name: str
    role: str


class Services(Protocol):
    """The window, as screens see it."""

    jobs: Jobs
    banner: Banner
    remembered: Remembered
    clerk: Clerk

    def go(self, key: str, object_id: str | None = None) -> None:
        """Show another screen, and there the object."""

    def show_pane(self, is_shown: bool = True) -> None:
        """Open or close the pane at the right (it holds the screen's ``pane_widget``)."""

    def pane_is_shown(self) -> bool: ...

    def clear_work(self) -> None:
        """Put the pane away if it lies over the work: the clerk goes on there."""

    def pane_changed(self) -> None:
        """The screen has another ``pane_widget`` now."""

    def undo(self) -> None:
        """Undo what the clerk did last, as Ctrl+Z does."""

    def restore(self) -> None:
        """Leave the desk for the backups: a station is put back only while nobody has it open."""

    def lock(self) -> None:
        """Cover the window with the sign-in; unlocking comes back to the same half-typed word."""

    def speak(self, language: str) -> None:
        """Say everything in this language from now on, wherever this clerk signs in on this PC."""

    def now(self) -> datetime:
        """The time, aware; for showing "还剩40分" and the like."""

    @property
    def minute_passed(self) -> Any:
        """A signal once a minute: repaint what depends on the time."""

    @property
    def leaving(self) -> Any:
        """A signal before the clerk leaves, or a screen is built anew: save what is half typed now."""


@dataclass(frozen=True)
class ScreenEntry:
    """``title`` is marked with ``N_``; ``waiting(desk)`` counts the work behind the number in the rail.

    ``shortcut`` goes to the screen from anywhere and calls its ``begin`` (F2: a new order). ``opens`` are the nouns
    whose objects it shows with ``go_to``: after a scan, a search, an undo. A screen ``beneath`` another has no place of
    its own in the rail: the other leads to it, and its place is the current one.
    """

    key: str
    order: int
    icon: str
    title: str
    build: Callable[[Services], Screen]
    roles: frozenset[str] = EVERYBODY
    waiting: Callable[[Any], int] | None = None
    shortcut: str = ""
    opens: frozenset[str] = frozenset()
    beneath: str = ""


@dataclass(frozen=True)
class Stand:
    """How a screen stands: where the clerk is in it, and what it is narrowed to."""

    place: Any
    narrowing: Mapping[str, Any]


class Screen(QWidget):
    """Base of all screens. Override what applies; ``self.app`` are the services."""

    def __init__(self, app: Services) -> None:
        super().__init__()
        self.app = app
        self._keys: list[KeyHelp] = []
        self.language = language()

    def enter(self) -> None:
        """It is shown (again): focus what the clerk goes on with."""

    def begin(self) -> None:
        """Its shortcut was pressed: start what the screen is for."""

    def refresh(self, changed: frozenset[str]) -> None:
        """These nouns changed. Called only while shown; what was missed comes together, before ``enter``."""

    def pane_widget(self) -> QWidget | None:
        """What stands in the pane now: something that was made with ``beside``."""
        return None

    def beside(self, pane: W) -> W:
        """Something of this screen for the pane. It hangs on the pane or, while it is not shown, on nothing, and ends
        with the screen.
        """
        self.destroyed.connect(pane.deleteLater)
        return pane

    def go_to(self, object_id: str) -> None:
        """Point at this object."""

    def on_scan(self, code: str) -> bool:
        """A whole code was scanned while this screen is shown. True takes it; else what it stands on is opened."""
        return False

    def place(self) -> Any:
        """Where the clerk is in it, for ``come_back`` of the same screen in another language; "" is anywhere."""
        return ""

    def come_back(self, place: Any) -> None:
        """Go on at ``place``, in a screen that was just built and entered."""
        if place:
            self.go_to(place)

    def narrowing(self) -> Mapping[str, Any]:
        """The fields that say what of it is seen: search lines, filters, tabs. They are the same in the same screen in
        another language.
        """
        return {}

    def stand(self) -> Stand:
        """How it stands now, for ``stand_again`` of the same screen in another language."""
        return Stand(self.place(), {name: field.value() for name, field in self.narrowing().items()})

    def stand_again(self, before: Stand) -> None:
        """Show what the same screen showed in another language, in a screen that was just built and entered."""
        for name, field in self.narrowing().items():
            if name in before.narrowing and field.value() != before.narrowing[name]:
                field.set_value(before.narrowing[name])
                field.edited.emit()
        self.come_back(before.place)

    def is_amid(self) -> bool:
        """Whether something is half done that no draft keeps: then it stays as it is in whatever language."""
        roots = [self, self.pane_widget()]
        forms = [form for root in roots if root is not None for form in root.findChildren(Form)]
        return any(map(_is_half_typed, forms))

    def speak_anew(self) -> bool:
        """Say everything in the language that is spoken now; False asks to be built anew."""
        return False

    def put_down(self) -> None:
        """The clerk leaves, or the window closes: save what is half typed now, not when the timer says so."""

    def undone(self, undone: Undone) -> bool:
        """Something was undone while the screen is shown. True: it shows what became of it; else the screen that opens
        objects of this noun does.
        """
        return False

    def may_leave(self) -> bool:
        """False keeps the screen (its question then stands in the window)."""
        return True

    def keys(self) -> list[KeyHelp]:
        """The keys of this screen for F1: what ``key`` was told, in order."""
        return list(self._keys)

    def key(self, keys: str, does: str, run: Callable[[], None]) -> None:
        """Have ``run`` called by ``keys`` ("F7", "D", "Ctrl+B") while this screen is shown, and F1 say so."""
        self._keys.append(KeyHelp(keys.replace("Return", "Enter"), does))
        for sequence in _both_enters(keys):
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.setAutoRepeat(False)  # a key that is held does its deed once
            shortcut.activated.connect(lambda: None if overlay_open(self.window()) else run())

    def tell_key(self, keys: str, does: str) -> None:
        """Have F1 name a key that a part handles by itself."""
        self._keys.append(KeyHelp(keys, does))


def _is_half_typed(form: Form) -> bool:
    """Whether somebody has typed into one of its lines since it was filled in."""
    lines = any(line.isModified() for line in form.findChildren(QLineEdit))
    return lines or any(area.document().isModified() for area in form.findChildren(QPlainTextEdit))


def _both_enters(keys: str) -> list[str]:
    """Return and keypad Enter are the same key for people."""
    if keys.endswith(("Enter", "Return")):
        stem = keys.removesuffix("Enter").removesuffix("Return")
        return [f"{stem}Return", f"{stem}Enter"]
    return [keys]
