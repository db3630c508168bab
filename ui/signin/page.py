"""Signing in (登录、解锁): the staff as tiles, a passphrase, how many tries are left, how long it is locked.

The same page covers a locked window and restores a backup, for both begin with somebody's passphrase.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.actions.session import SignIn, SignInLocked, Tile
from app.domain.problems import Refusal, Trouble
from app.sentences import sentence
from app.sentences.staff import role_words
from app.words import _
from ui.cover import Cover, Emblem
from ui.parts import tiles as parts
from ui.parts.buttons import Button
from ui.parts.form import RefusalLine
from ui.parts.languages import Languages
from ui.parts.passphrase import PassphraseField
from ui.parts.text import Paragraph
from ui.theme import theme

_COLUMNS = 3
_SHARE = 0.4
"""How much of a page the tiles may take."""


@dataclass(frozen=True)
class Wording:
    """What the page is for."""

    title: str
    sentence: str
    button: str
    busy: str


class SignInPage(Cover):
    """``asked`` carries a ``SignIn``; ``recovery_asked`` when the passphrase is forgotten, ``restore_asked`` for a
    backup; ``escaped`` with Esc.
    """

    asked = Signal(object)
    recovery_asked = Signal()
    language_chosen = Signal(str)
    restore_asked = Signal()

    def __init__(
        self,
        tiles: Sequence[Tile],
        *,
        wording: Wording | None = None,
        chosen: str | None = None,
        notices: Sequence[str] = (),
        sample_passphrase: str = "",
        leave: str = "",
        may_restore: bool = False,
    ) -> None:
        """``chosen`` is the tile to begin with; ``sample_passphrase`` is shown to everybody; ``leave`` is the
        button that goes back, if there is somewhere to go. ``may_restore``: nobody has the station open.
        """
        self._wording = wording or sign_in_wording()
        self.forgotten = Button(_("忘了口令"), kind="quiet")
        self.leave = Button(leave, kind="quiet", key="Esc")
        self.restore = Button(_("从备份恢复"), kind="quiet")
        self.languages = Languages()
        super().__init__(
            left=(self.forgotten,),
            right=(self.restore, self.leave),
            above=None if leave else self.languages,  # on the way somewhere a language is chosen already
            in_the_middle=True,
        )
        self.leave.setVisible(bool(leave))  # not before: without a parent they would be windows
        self.restore.setVisible(may_restore)
        self._locked_until_s: dict[str, float] = {}
        self._sample_passphrase = sample_passphrase
        self._is_busy = False
        self.column.addWidget(Emblem(self._wording.title, self._wording.sentence))
        for notice in notices:
            self.column.addWidget(Paragraph(notice, "secondary", "under_way"))
        self.tiles = parts.Tiles(columns=_COLUMNS, name=_("工作人员"))
        self.column.addWidget(self.tiles)
        self.column.addLayout(self._passphrase_row())
        self.refusal = RefusalLine()
        self.column.addWidget(self.refusal)
        if sample_passphrase:
            self.column.addWidget(self._sample_line(sample_passphrase))
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._count_down)
        self._connect()
        self.set_tiles(tiles, chosen)
        self.spaced.connect(self._fit)

    def set_tiles(self, tiles: Sequence[Tile], chosen: str | None) -> None:
        self._tiles = tiles
        for tile in tiles:
            if tile.locked_minutes and tile.staff not in self._locked_until_s:
                self._locked_until_s[tile.staff] = time.monotonic() + tile.locked_minutes * 60
        self.tiles.set_tiles([parts.Tile(t.staff, t.name, role_words(t.role)) for t in tiles])
        only = tiles[0].staff if len(tiles) == 1 else None
        known = {tile.staff for tile in tiles}
        self.tiles.set_value(chosen if chosen in known else only)
        self._fit(self.height())
        self._look_again()
        self.setFocusProxy(self.tiles if self.tiles.value() is None else self.passphrase)
        if self.isVisible():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, refusal: Refusal) -> None:
        """Say what was wrong with what was typed; a locked tile counts down."""
        self._set_busy(False)
        staff = self.tiles.value()
        self.passphrase.clear()
        if isinstance(refusal, SignInLocked) and staff is not None:
            self._locked_until_s[staff] = time.monotonic() + refusal.minutes * 60
            self._look_again()
            return
        self.passphrase.set_refused(True)
        self.refusal.say(sentence(refusal))
        self.passphrase.setFocus()

    def say_trouble(self, trouble: Trouble) -> None:
        """Something in the world is in the way; what was typed stays for another try."""
        self._set_busy(False)
        self.refusal.say(sentence(trouble))
        self.passphrase.setFocus()

    def take_over(self, before: SignInPage) -> None:
        """Go on where ``before`` was: its tile, and what was typed under it."""
        self._locked_until_s = before._locked_until_s
        self.set_tiles(before._tiles, before.tiles.value())
        self.passphrase.line.setText(before.passphrase.value())

    def is_in_use(self) -> bool:
        """Whether somebody has begun to type or is being let in."""
        return self._is_busy or not self.passphrase.is_empty()

    def locked_seconds(self) -> int:
        """How long the chosen tile still is locked."""
        until_s = self._locked_until_s.get(self.tiles.value() or "", 0.0)
        return max(0, math.ceil(until_s - time.monotonic()))

    # --- building

    def _passphrase_row(self) -> QHBoxLayout:
        self.passphrase = PassphraseField(_("口令"))
        self.enter = Button(self._wording.button, kind="primary", key="Enter")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.passphrase, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.enter, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _sample_line(self, passphrase: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(12)
        words = Paragraph(
            _("这是演示站点，人和事都是编的。每个人的口令都是 {passphrase}").format(passphrase=passphrase),
            "secondary",
            "secondary",
        )
        self.fill_in = Button(_("替我填上"))
        self.fill_in.clicked.connect(lambda _checked: self._fill_in(passphrase))
        row.addWidget(words, 1)
        row.addWidget(self.fill_in)
        return line

    def _fit(self, height: int) -> None:
        self.tiles.fit(round(_SHARE * height))

    def _connect(self) -> None:
        self.tiles.chosen.connect(self._on_tile)
        self.languages.chosen.connect(self.language_chosen)
        self.passphrase.edited.connect(self._on_edited)
        self.passphrase.entered.connect(self._ask)
        self.enter.clicked.connect(lambda _checked: self._ask())
        self.restore.clicked.connect(lambda _checked: self.restore_asked.emit())
        self.forgotten.clicked.connect(lambda _checked: self.recovery_asked.emit())
        self.leave.clicked.connect(lambda _checked: self.escaped.emit())
        theme.changed.connect(self._look_again)

    # --- what the person does

    def _on_tile(self, _staff: str) -> None:
        if self.passphrase.value() != self._sample_passphrase:  # everybody's: whoever sits down may use it
            self.passphrase.clear()
        self._on_edited()
        self._look_again()
        if self.passphrase.isEnabled():
            self.passphrase.setFocus()

    def _on_edited(self) -> None:
        self.refusal.clear()
        self.passphrase.set_refused(False)

    def _fill_in(self, passphrase: str) -> None:
        self.passphrase.line.setText(passphrase)
        self._on_edited()
        (self.tiles if self.tiles.value() is None else self.passphrase).setFocus()

    def _ask(self) -> None:
        staff = self.tiles.value()
        if self._is_busy or self.passphrase.is_empty() or not self.passphrase.isEnabled():
            return
        if staff is None:
            self.refusal.say(_("请先点自己的名字。"))
            self.tiles.setFocus()
            return
        self._set_busy(True)
        self.asked.emit(SignIn(staff=staff, passphrase=self.passphrase.value()))

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.enter.setText(self._wording.busy if is_busy else self._wording.button)
        self.enter.setEnabled(not is_busy and not self.locked_seconds())
        self.enter.updateGeometry()

    # --- the lock of fifteen minutes

    def _look_again(self) -> None:
        is_locked = self.locked_seconds() > 0
        self.passphrase.setEnabled(not is_locked)
        self.enter.setEnabled(not is_locked and not self._is_busy)
        if is_locked:
            self._say_locked()
            self._second.start()
        elif self._second.isActive():
            self._second.stop()
            self.refusal.clear()

    def _count_down(self) -> None:
        if self.locked_seconds():
            self._say_locked()
            return
        self._look_again()
        self.passphrase.setFocus()

    def _say_locked(self) -> None:
        minutes, seconds = divmod(self.locked_seconds(), 60)
        self.refusal.say(
            _("口令错了多次，请过 {minutes} 分 {seconds:02} 秒再试，或用恢复单打开。").format(
                minutes=minutes, seconds=seconds
            )
        )


def sign_in_wording() -> Wording:
    return Wording(_("驿站"), _("点自己的名字，再输口令。"), _("登录"), _("正在打开…"))


def unlock_wording() -> Wording:
    return Wording(
        _("锁着"), _("刚才的页面和写到一半的字都在。换别人用，就点别人的名字。"), _("打开"), _("正在打开…")
    )
