"""The PC's date looks wrong (日期可疑): an administrator says that it is right, or it is put right first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.actions.desk import ClockJumped
from app.domain.moments import full_date
from app.domain.problems import Trouble
from app.sentences import sentence
from app.words import _
from ui.cover import Cover
from ui.parts.buttons import Button
from ui.parts.form import RefusalLine
from ui.parts.text import Paragraph, Text


class ClockPage(Cover):
    """``confirmed``: the date is right; ``looked``: go on without recording; ``switched``: somebody else signs in."""

    confirmed = Signal()
    looked = Signal()
    switched = Signal()

    def __init__(self, jumped: ClockJumped, *, may_confirm: bool) -> None:
        super().__init__(in_the_middle=True)
        self.column.addWidget(Text(_("今天是哪天？"), "title", bold=True))
        self.column.addWidget(
            Paragraph(
                _("这台电脑说今天是 {today}，可是上一条记录是 {newest}，差了很多天。").format(
                    today=full_date(jumped.today), newest=full_date(jumped.newest)
                )
            )
        )
        self.column.addWidget(
            Paragraph(
                _("日期错了，记下的时长和证书都会错。请先看看电脑右下角的日期，错了就调好。")
                if may_confirm
                else _("日期没错也要请管理员确认一下，才能接着记。现在可以先看。"),
                "body",
                "secondary",
            )
        )
        self.refusal = RefusalLine()
        self.column.addWidget(self.refusal)
        self.confirm = Button(_("日期没错，接着用") if may_confirm else _("请管理员登录"), kind="primary")
        self.look = Button(_("先只看，不记"))
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.look)
        buttons.addStretch()
        self.column.addSpacing(12)
        self.column.addLayout(buttons)
        said = self.confirmed if may_confirm else self.switched
        self.confirm.clicked.connect(lambda _checked: said.emit())
        self.look.clicked.connect(lambda _checked: self.looked.emit())
        self.setFocusProxy(self.confirm)

    def say_trouble(self, trouble: Trouble) -> None:
        """It could not be written down; it can be tried again."""
        self.refusal.say(sentence(trouble))
