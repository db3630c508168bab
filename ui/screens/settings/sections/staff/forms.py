"""What is asked about staff (添人、改、新口令、恢复单): each a short form over the window that starts its action."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.actions.desk import Role
from app.actions.staff import (
    AdmitStaff,
    ChangeRole,
    EditStaff,
    RenewPassphrase,
    StaffCard,
    StaffPersonUnknown,
    admit_staff,
    change_role,
    edit_staff,
    renew_passphrase,
)
from app.domain.staff import Member
from app.sentences.staff import role_words
from app.words import N_, _
from ui.keptform import KeptForm
from ui.parts.buttons import Button
from ui.parts.chips import Chips
from ui.parts.fields import TextField
from ui.parts.form import RefusalLine
from ui.parts.formoverlay import FormOverlay
from ui.parts.newpassphrase import NewPassphrase
from ui.parts.overlay import Overlay
from ui.parts.people import PersonField
from ui.parts.printing import print_pdf, save_pdf
from ui.parts.text import Paragraph, Text
from ui.screen import Services

_MAY = {
    Role.ADMINISTRATOR: N_("什么都能办，也管工作人员、规则和恢复单。"),
    Role.CLERK: N_("登记、派单、核时长、兑换、开证书。"),
    Role.AUDITOR: N_("都能看，也看审计记录；什么也不能改。"),
}
_COPIES = 2


def may_words(role: Role) -> str:
    """What somebody of this role may do."""
    return _(_MAY[role])


class RoleField:
    """Chips in a form, with a sentence that says what the chosen role may do."""

    def __init__(self, owner: KeptForm, chosen: Role) -> None:
        options = [(role, role_words(role)) for role in _MAY]
        self.chips = owner.keep(_("做什么"), Chips(options, name=_("做什么"), chosen=chosen), name="staff")
        self._words = owner.form.row_of(self.chips).add_below(_note(""))
        self.chips.edited.connect(self._say)
        self._say()

    def value(self) -> Role:
        return self.chips.value() or Role.CLERK

    def _say(self) -> None:
        self._words.set_sentence(may_words(self.value()))


def _note(sentence: str) -> Paragraph:
    """What explains the field above it."""
    return Paragraph(sentence, "secondary", "secondary")


class AdmitForm(KeptForm):
    """Somebody new. ``admitted`` carries their id. A passphrase is in no draft."""

    admitted = Signal(str)

    def __init__(self, host: QWidget, app: Services) -> None:
        super().__init__(
            host,
            app,
            _("添一位工作人员"),
            _("添上"),
            kind="staff",
            about="",
            sentence=_("口令请本人来输，别人不要看。"),
        )
        self.name = self.keep(_("姓名"), TextField(name=_("姓名"), at_most=60), name="name")
        self.role = RoleField(self, Role.CLERK)
        self.passphrase = NewPassphrase(self.form, self.name.value)
        self.name.edited.connect(self.passphrase.look_again)

    def submit(self) -> None:
        if not self.name.is_empty() and not self.passphrase.is_ready():
            return
        request = AdmitStaff(
            staff=self.draft,
            name=self.name.value(),
            role=self.role.value(),
            passphrase=self.passphrase.value(),
        )
        self.run(admit_staff, request, self._on_done)

    def _on_done(self, member: Member) -> None:
        self.done()
        self.app.banner.news(_("{name}现在可以登录了。").format(name=member.name))
        self.admitted.emit(member.id)


class EditForm(KeptForm):
    """Another name, another role, or who they are in the register."""

    def __init__(self, host: QWidget, app: Services, card: StaffCard) -> None:
        title = _("改{name}").format(name=card.name)
        super().__init__(host, app, title, _("改好了"), kind="staff", about=card.id)
        self._card = card
        self.name = self.keep(_("姓名"), TextField(name=_("姓名"), at_most=60), name="name")
        self.name.set_value(card.name)
        self.role = RoleField(self, card.role)
        self.person = self.keep(_("在档案里"), PersonField(app.jobs, name=_("在档案里")), name="person")
        self.person.set_chosen(card.person, card.person_name)
        self.form.row_of(self.person).add_below(
            _note(_("在人员档案里是谁。自己的时长自己不能核，自己的礼品自己不能发。"))
        )

    def submit(self) -> None:
        if self.person.text().strip() and self.person.value() is None:
            self.form.refuse(StaffPersonUnknown(field="person"))
            return
        request = EditStaff(staff=self._card.id, name=self.name.value(), person=self.person.value())
        self.run(edit_staff, request, lambda _none: self._change_role())

    def _change_role(self) -> None:
        request = ChangeRole(staff=self._card.id, role=self.role.value())
        self.run(change_role, request, lambda _none: self.done())


class RenewForm(FormOverlay):
    """A new passphrase for somebody who forgot theirs."""

    def __init__(self, host: QWidget, app: Services, card: StaffCard) -> None:
        title = _("{name}的新口令").format(name=card.name)
        super().__init__(host, app.jobs, title, _("换好了"), _("请本人来输。旧的口令随即不能用了。"))
        self._app, self._card = app, card
        self.passphrase = NewPassphrase(self.form, lambda: card.name)

    def submit(self) -> None:
        if self.passphrase.is_ready():
            request = RenewPassphrase(staff=self._card.id, passphrase=self.passphrase.value())
            self.run(renew_passphrase, request, self._on_done)

    def _on_done(self, _none: None) -> None:
        self.close_overlay()
        self._app.banner.news(_("{name}的口令换好了。").format(name=self._card.name))


class NewSheet(Overlay):
    """A new recovery sheet, until it is on paper."""

    def __init__(self, host: QWidget, app: Services, sheet: bytes) -> None:
        super().__init__(host, width=640)
        self._app, self._sheet = app, sheet
        self.print = Button(_("打印两份"), kind="primary", icon="print")
        self.save = Button(_("存成 PDF"), icon="save")
        self.done = Button(_("纸拿到了"), kind="quiet", key="Esc")
        self._refusal = RefusalLine()
        column = self.panel.column
        column.addWidget(Text(_("新的恢复单"), "section", bold=True))
        column.addWidget(
            Paragraph(_("旧的已经作废，请撕掉。新的印两份，分开锁好；离开这里，这一张就再也印不出来了。"))
        )
        column.addWidget(self._refusal)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        for button in (self.print, self.save):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self.done)
        column.addLayout(buttons)
        self.setAccessibleName(_("新的恢复单"))
        self.print.clicked.connect(lambda _checked: self._print())
        self.save.clicked.connect(lambda _checked: self._save())
        self.done.clicked.connect(lambda _checked: self.close_overlay())

    def _print(self) -> None:
        said: Callable[[], None] = self._refusal.clear
        print_pdf(
            self._app.jobs,
            self,
            self._sheet,
            _("恢复单"),
            printed=said,
            failed=lambda why: self._refusal.say(why()),
            copies=_COPIES,
        )

    def _save(self) -> None:
        save_pdf(self._app, self, self._sheet, name=_("恢复单"), object_name="station:recovery_sheet")
