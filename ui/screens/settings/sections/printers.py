"""打印机 Printers: for each paper the printer of this PC that takes it and how many copies, or that it is asked each
time.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.desk import Role
from app.actions.printers import ChoosePrinter, choose_printer, printer_choices
from app.domain.policies import read_number
from app.domain.printers import PaperKind, PrinterChoice
from app.domain.problems import Refusal
from app.sentences import sentence
from app.sentences.printers import paper_words
from app.words import N_, _
from ui.parts import paint
from ui.parts.choice import Choice
from ui.parts.fields import CodeField
from ui.parts.form import Form, Page
from ui.parts.printing import look_for_printers, printer_names
from ui.parts.text import Text
from ui.screen import Services
from ui.screens.settings.section import Section, SectionEntry, SectionHead
from ui.theme import theme

_ASK = ""


class PrinterField(QWidget):
    """A printer, and a number of copies; every change counts at once."""

    edited = Signal()

    def __init__(self, paper: PaperKind, names: list[str]) -> None:
        super().__init__()
        self.printer: Choice[str] = Choice(_options(names), name=paper_words(paper))
        self.copies = CodeField(name=_("份数"), at_most=1)
        self.setFocusProxy(self.printer)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.printer, 1)
        row.addWidget(self.copies)
        row.addWidget(Text(_("份"), "body", "secondary"))
        self.printer.edited.connect(self.edited)
        self.copies.editingFinished.connect(self._on_copies)
        self._dress()
        theme.changed.connect(self._dress)

    def show_choice(self, choice: PrinterChoice, names: list[str]) -> None:
        """A printer that is gone stands there still, and says so."""
        gone = [choice.printer] if choice.printer not in ("", *names) else []
        self.printer.set_options(_options(names, gone))
        self.printer.set_value(choice.printer)
        self.copies.set_value(str(choice.copies))
        self.copies.setModified(False)

    def value(self) -> str:
        return self.printer.value() or _ASK

    def is_empty(self) -> bool:
        return False

    def set_refused(self, is_refused: bool) -> None:
        self.copies.set_refused(is_refused)

    def _on_copies(self) -> None:
        if self.copies.isModified():
            self.edited.emit()

    def _dress(self) -> None:
        self.copies.setFixedWidth(round(paint.text_width("00", "body")) + 28)


class PrintersSection(Section):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self.form = Form(label_width=_label_width)
        self.fields = {paper: self._add(paper) for paper in PaperKind}
        may_edit = app.clerk.role != Role.AUDITOR
        self.form.setEnabled(may_edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        others = () if may_edit else (_("管理员和操作员可以改。"),)
        column.addWidget(
            SectionHead(
                _("打印机"),
                _("选好了打印机的，按一下就印；每次都问的，印之前再选。只管这台电脑。"),
                *others,
            )
        )
        column.addWidget(Page(self.form), 1)
        self.form.left.connect(self.left)

    def enter(self) -> None:
        self.form.start()

    def showEvent(self, event: object) -> None:
        """Printers come and go, so it looks each time."""
        self._read()

    def _add(self, paper: PaperKind) -> PrinterField:
        field = self.form.add(paper_words(paper), PrinterField(paper, []), name=paper)
        field.edited.connect(partial(self._choose, paper))
        return field

    def _read(self) -> None:
        self.app.jobs.read(self, printer_choices, None, done=self._on_read)

    def _on_read(self, choices: Mapping[PaperKind, PrinterChoice]) -> None:
        look_for_printers()
        names = printer_names()
        for paper, field in self.fields.items():
            field.show_choice(choices[paper], names)

    def _choose(self, paper: PaperKind) -> None:
        field = self.fields[paper]
        try:
            copies = read_number(field.copies.value(), "copies")
        except Refusal as refusal:
            self._refuse(paper, refusal)
            return
        request = ChoosePrinter(paper=paper, printer=field.value(), copies=copies)
        self.app.jobs.run(
            self,
            choose_printer,
            request,
            done=lambda _none: field.copies.setModified(False),
            refused=partial(self._refuse, paper),
        )

    def _refuse(self, paper: PaperKind, refusal: Refusal) -> None:
        row = self.form.row_of(self.fields[paper])
        row.refusal.say(sentence(refusal))
        self.fields[paper].set_refused(True)


def _options(names: list[str], gone: list[str] | None = None) -> list[tuple[str, str]]:
    asks = (_ASK, _("每次都问"))
    missing = [(name, _("{name}（现在没接上）").format(name=name)) for name in gone or []]
    return [asks, *((name, name) for name in names), *missing]


def _label_width() -> int:
    return max(
        theme.metrics.label_column, *(round(paint.text_width(paper_words(p), "body")) + 16 for p in PaperKind)
    )


SECTION = SectionEntry(key="printers", order=70, title=N_("打印机"), build=PrintersSection)
