"""The passphrase is forgotten (忘了口令): the code from the recovery sheet, whose it is, and a new passphrase."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.actions.startup import Recover
from app.domain.problems import Refusal
from app.domain.staff import Member
from app.sentences.staff import role_words
from app.words import _
from ui.cover import Cover
from ui.parts import tiles as parts
from ui.parts.buttons import Button
from ui.parts.form import Form
from ui.parts.grouped import GroupedField, cut
from ui.parts.newpassphrase import NewPassphrase
from ui.parts.steps import StepHeader

_CODE_CHARACTERS = 32
_SHARE = 0.3
"""How much of a page the tiles may take: a form stands below them."""


class RecoveryCodePage(Cover):
    """First the sheet. ``asked`` carries what was typed off it."""

    asked = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        back = Button(_("返回"), icon="left", key="Esc")
        self.go_on = Button(_("下一步"), kind="primary", key="Ctrl+Enter")
        super().__init__(left=(back,), right=(self.go_on,))
        self.form = Form()
        self.form.primary = self.go_on
        self.code = self.form.add(
            _("恢复码"), GroupedField(_grouped, name=_("恢复码"), at_most=_CODE_CHARACTERS), name="code"
        )
        self.column.addWidget(
            StepHeader(
                _("用恢复单打开"),
                1,
                2,
                _("把恢复单上四行字从头输到尾，大小写和空格都不要紧。有扫码枪的，扫单子上的码也行。"),
            )
        )
        self.column.addWidget(self.form)
        self.form.saved.connect(self._ask)
        self.form.left.connect(self.left)
        back.clicked.connect(lambda _checked: self.left.emit())
        self.go_on.clicked.connect(lambda _checked: self._ask())
        self.setFocusProxy(self.code)

    def refuse(self, refusal: Refusal) -> None:
        self.go_on.setEnabled(True)
        self.form.refuse(refusal)

    def _ask(self) -> None:
        self.go_on.setEnabled(False)
        self.asked.emit(self.code.value())


class NewPassphrasePage(Cover):
    """Then whose passphrase is forgotten, and the new one. ``asked`` carries a ``Recover``."""

    asked = Signal(object)
    left = Signal()

    def __init__(
        self, code: str, members: Sequence[Member], chosen: str | None, *, does: str, busy: str
    ) -> None:
        """``does`` is what the button says, ``busy`` what it says while that is done."""
        back = Button(_("上一步"), icon="left", key="Esc")
        self.go_on = Button(does, kind="primary", key="Ctrl+Enter")
        super().__init__(left=(back,), right=(self.go_on,))
        self._does, self._busy = does, busy
        self._code = code
        self._names = {member.id: member.name for member in members}
        self.tiles = parts.Tiles(
            [parts.Tile(member.id, member.name, role_words(member.role)) for member in members],
            name=_("谁忘了口令"),
        )
        self.form = Form()
        self.form.primary = self.go_on
        self.passphrase = NewPassphrase(self.form, self._name, label=_("新口令"))
        self.column.addWidget(
            StepHeader(
                _("谁忘了口令"), 2, 2, _("恢复码对。点忘了口令的人的名字，由本人输一个新的；别人的口令不变。")
            )
        )
        self.column.addWidget(self.tiles)
        self.column.addWidget(self.form)
        self.tiles.chosen.connect(self._on_tile)
        self.form.saved.connect(self._ask)
        self.form.left.connect(self.left)
        back.clicked.connect(lambda _checked: self.left.emit())
        self.go_on.clicked.connect(lambda _checked: self._ask())
        self.tiles.set_value(chosen if chosen in self._names else next(iter(self._names)))
        first: QWidget = self.tiles if len(members) > 1 else self.passphrase.first
        self.setFocusProxy(first)
        self.spaced.connect(lambda height: self.tiles.fit(round(_SHARE * height)))

    def refuse(self, refusal: Refusal) -> None:
        self._set_busy(False)
        self.form.refuse(refusal)

    def _set_busy(self, is_busy: bool) -> None:
        self.go_on.setText(self._busy if is_busy else self._does)
        self.go_on.setEnabled(not is_busy)
        self.go_on.updateGeometry()

    def _name(self) -> str:
        return self._names.get(self.tiles.value() or "", "")

    def _on_tile(self, _staff: str) -> None:
        self.passphrase.look_again()
        self.passphrase.first.setFocus(Qt.FocusReason.TabFocusReason)

    def _ask(self) -> None:
        staff = self.tiles.value()
        if staff is None or not self.passphrase.is_ready():
            return
        self._set_busy(True)
        self.asked.emit(Recover(code=self._code, staff=staff, passphrase=self.passphrase.value()))


def _grouped(code: str) -> str:
    return cut(code.upper(), *[4] * (_CODE_CHARACTERS // 4))
