"""Third page (恢复单): print it or save it, and go on with its last four characters, which only stand on the paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.actions.startup import (
    FoundStation,
    RecoveryCode,
    keep_recovery_sheet,
    new_recovery_code,
    print_recovery_sheet,
)
from app.domain.calendar import shanghai_day
from app.domain.problems import Trouble
from app.sentences import sentence
from app.words import _
from ui.cover import Cover
from ui.jobs import Jobs
from ui.parts.buttons import Button
from ui.parts.fields import CodeField
from ui.parts.form import Form
from ui.parts.printing import ask_where, print_pdf
from ui.parts.steps import StepHeader
from ui.parts.text import Paragraph

_COPIES = 2
_LAST_CHARACTERS = 4


@dataclass(frozen=True)
class _Keep:
    path: Path
    sheet: bytes


class RecoveryPage(Cover):
    on = Signal()
    back = Signal()

    def __init__(self, jobs: Jobs, clock: Callable[[], datetime]) -> None:
        self._back = Button(_("上一步"), icon="left", key="Esc")
        self._go_on = Button(_("建站，开始用"), kind="primary", key="Ctrl+Enter")
        super().__init__(left=(self._back,), right=(self._go_on,))
        self._jobs, self._clock = jobs, clock
        self.code: RecoveryCode = new_recovery_code()
        self._sheet, self._station = b"", ""
        self._when_made: Callable[[], object] = lambda: None
        self.form = Form()
        self.form.primary = self._go_on
        self.print = Button(_("打印两份"), icon="print")
        self.save = Button(_("存成 PDF"), icon="save")
        self._said = Paragraph("", "secondary", "secondary")
        self._build()
        self._connect()
        self.setFocusProxy(self.print)

    def prepare(self, request: FoundStation) -> None:
        """Make the sheet of what the pages say now. Another name or region is another sheet."""
        self._go_on.setEnabled(False)
        self._jobs.read(self, self._made, request, done=lambda sheet: self._on_made(request, sheet))

    def is_ready(self) -> bool:
        """Whether there is a sheet to print."""
        return bool(self._sheet)

    def set_busy(self, is_busy: bool) -> None:
        self._go_on.setText(_("正在建站…") if is_busy else _("建站，开始用"))
        self._go_on.updateGeometry()
        for button in (self._go_on, self._back):
            button.setEnabled(not is_busy)

    def say_trouble(self, trouble: Trouble) -> None:
        self._fail(sentence(trouble))

    def _build(self) -> None:
        self.column.addWidget(
            StepHeader(
                _("恢复单"), 3, 3, _("忘了口令，只有这张纸能打开。印两份，分开锁好；拿到它的人也能打开。")
            )
        )
        self.ways = self.form.add(_("先拿到纸"), _Ways(self.print, self.save))
        self.form.row_of(self.ways).add_below(self._said)
        self._said.hide()
        self.last = self.form.add(
            _("最后四位"), CodeField(_("照纸上输，大小写都行"), at_most=_LAST_CHARACTERS + 4), name="code"
        )
        self.column.addWidget(self.form)

    def _connect(self) -> None:
        self.print.clicked.connect(lambda _checked: self._on_print())
        self.save.clicked.connect(lambda _checked: self._on_save())
        self._back.clicked.connect(lambda _checked: self.back.emit())
        self._go_on.clicked.connect(lambda _checked: self._on_go_on())
        self.form.saved.connect(self._on_go_on)
        self.form.left.connect(self.back)

    def _made(self, _desk: object, request: FoundStation) -> bytes:
        return print_recovery_sheet(request, shanghai_day(self._clock()))

    def _on_made(self, request: FoundStation, sheet: bytes) -> None:
        details = f"{request.name} {request.region}"
        if details != self._station:
            self.last.set_value("")
            self._say("")
        self._station, self._sheet = details, sheet
        self._go_on.setEnabled(True)
        wanted, self._when_made = self._when_made, lambda: None
        wanted()

    def _on_print(self) -> None:
        if not self._sheet:
            self._when_made = self._on_print  # it is on its way
            return
        print_pdf(
            self._jobs,
            self,
            self._sheet,
            _("恢复单"),
            copies=_COPIES,
            printed=lambda: self._has_paper(_("送去打印了。拿到纸，把最后四位输在下面。")),
            failed=lambda why: self._fail(why()),
        )

    def _on_save(self) -> QFileDialog | None:
        if not self._sheet:
            self._when_made = self._on_save
            return None
        return ask_where(self, _("恢复单"), self._keep)

    def _keep(self, path: Path) -> None:
        self._jobs.read(
            self,
            _kept,
            _Keep(path, self._sheet),
            done=lambda kept: self._has_paper(
                _("存到了 {place}。印出来以后，请把这个文件删掉。").format(place=kept)
            ),
            trouble=self.say_trouble,
        )

    def _has_paper(self, words: str) -> None:
        self._say(words)
        self.form.row_of(self.last).refusal.clear()
        self.last.set_refused(False)
        self.last.setFocus()

    def _say(self, words: str) -> None:
        self.form.row_of(self.ways).refusal.clear()
        self._said.set_sentence(words)
        self._said.setVisible(bool(words))

    def _fail(self, words: str) -> None:
        self._say("")
        self.form.row_of(self.ways).refusal.say(words)

    def _on_go_on(self) -> None:
        if not self._go_on.isEnabled():
            return
        if self.code.is_confirmed_by(self.last.value()):
            self.on.emit()
            return
        row = self.form.row_of(self.last)
        row.refusal.say(
            _("请先打印或存成 PDF，再输纸上最后四位。")
            if self.last.is_empty()
            else _("和纸上的最后四位不一样，请对着纸再输一遍。")
        )
        self.last.set_refused(True)
        self.last.setFocus()


class _Ways(QWidget):
    """The two buttons, as one line of the form."""

    edited = Signal()

    def __init__(self, *buttons: Button) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for button in buttons:
            row.addWidget(button)
        row.addStretch()
        self.setFocusProxy(buttons[0])

    def is_empty(self) -> bool:
        return False

    def set_refused(self, is_refused: bool) -> None:
        """There is nothing to mend in a pair of buttons."""


def _kept(_desk: object, request: _Keep) -> Path:
    keep_recovery_sheet(request.path, request.sheet)
    return request.path
