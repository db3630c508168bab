"""Second page (谁来管): the first administrator and their passphrase; its rules tick themselves while it is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.words import _
from ui.cover import Cover
from ui.parts.buttons import Button
from ui.parts.fields import TextField
from ui.parts.form import Form
from ui.parts.newpassphrase import NewPassphrase
from ui.parts.steps import StepHeader


class AdministratorPage(Cover):
    on = Signal()
    back = Signal()
    fields = ("admin_name", "passphrase")

    def __init__(self) -> None:
        back = Button(_("上一步"), icon="left", key="Esc")
        go_on = Button(_("下一步"), kind="primary", key="Ctrl+Enter")
        super().__init__(left=(back,), right=(go_on,))
        self.form = Form()
        self.form.primary = go_on
        self.name = self.form.add(_("姓名"), TextField(_("第一位管理员"), at_most=60), name="admin_name")
        self.passphrase = NewPassphrase(self.form, self.name.value)
        self.column.addWidget(
            StepHeader(
                _("谁来管"),
                2,
                3,
                _("第一位管理员，以后由他再添别的人。口令只在这台电脑上有用，谁也看不到。"),
            )
        )
        self.column.addWidget(self.form)
        self.name.edited.connect(self.passphrase.look_again)
        self.form.saved.connect(self._go_on)
        self.form.left.connect(self.back)
        back.clicked.connect(lambda _checked: self.back.emit())
        go_on.clicked.connect(lambda _checked: self._go_on())
        self.setFocusProxy(self.name)

    def _go_on(self) -> None:
        """An empty name is refused by the rules of names; what is missing of the passphrase shows in its ticks."""
        if self.name.is_empty() or self.passphrase.is_ready():
            self.on.emit()
