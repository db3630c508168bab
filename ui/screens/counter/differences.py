"""What a count found (差异): book and count of each gift that differs, and why. Half of it is a draft."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.counts import CountCard, CountDifference, ExplainCount, Explanation, explain_count
from app.domain.counts import Cause
from app.domain.moments import say_moment
from app.domain.problems import Refusal, Trouble
from app.sentences import sentence
from app.sentences.counts import cause_words
from app.words import _
from ui.formdraft import FormDraft
from ui.parts.buttons import Button
from ui.parts.chips import Chips
from ui.parts.fields import TextField
from ui.parts.form import Form, Page
from ui.parts.text import Paragraph, Text
from ui.screen import Services


class DifferenceLine(QWidget):
    """One gift that differs; its causes are those that fit its sign."""

    edited = Signal()

    def __init__(self, difference: CountDifference) -> None:
        super().__init__()
        self.difference = difference
        more = difference.counted - difference.book
        head = Text(f"{difference.name} {difference.spec}".strip(), "body", bold=True, wrap=True)
        figures = _figures(difference).format(
            book=difference.book, counted=difference.counted, count=abs(more), unit=difference.unit
        )
        self.causes = Chips([(cause, cause_words(cause)) for cause in _causes(more)], name=_("为什么"))
        self.causes.edited.connect(self.edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        for widget in (head, Text(figures, "body", "trouble", wrap=True), self.causes):
            column.addWidget(widget)
        self.setFocusProxy(self.causes)

    @property
    def name(self) -> str:
        """What its cause is called in a draft."""
        return f"cause.{self.difference.gift}"

    def value(self) -> Cause | None:
        return self.causes.value()

    def set_value(self, cause: str | None) -> None:
        self.causes.set_value(Cause(cause) if cause else None)

    def is_empty(self) -> bool:
        return self.causes.is_empty()

    def set_refused(self, is_refused: bool) -> None:
        """The sentence below is enough."""


class Differences(QWidget):
    """``explained``: every difference has its reason. ``print_asked`` and ``save_asked``: the paper of the count."""

    explained = Signal()
    print_asked = Signal()
    save_asked = Signal()

    def __init__(self, app: Services) -> None:
        super().__init__()
        self.app = app
        self.card: CountCard | None = None
        self.lines: list[DifferenceLine] = []
        self.form = Form()
        self._story = self.form.add_line(Paragraph(""))
        self.words = self.form.add(_("说明"), TextField(_("怎么回事，怎么处理"), at_most=200), name="reason")
        self._draft = FormDraft(self, app, "differences")
        self._draft.keep("reason", self.words)
        self.record = Button(_("记下原因"), kind="primary", key="Ctrl+Enter")
        self.record.clicked.connect(lambda _checked: self.save())
        self.print_sheet = Button(_("印盘点表"), icon="print", key="Ctrl+P")
        self.print_sheet.clicked.connect(lambda _checked: self.print_asked.emit())
        self.save_sheet = Button(_("存成 PDF"), icon="save", key="Ctrl+S")
        self.save_sheet.clicked.connect(lambda _checked: self.save_asked.emit())
        self.form.primary = self.record
        self.form.saved.connect(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Page(self.form, right=(self.save_sheet, self.print_sheet, self.record)))

    def show_count(self, card: CountCard) -> None:
        """Ask for the reasons of this count."""
        if self.card is not None and self.card.count == card.count:
            return
        self.card = card
        self._story.set_sentence(
            _("{when} 由{who}盘点，{count} 种对不上。账面已经按数到的改了，写一下原因，才能日结。").format(
                when=say_moment(card.counted_at, self.app.now()),
                who=card.counted_by,
                count=len(card.differences),
            )
        )
        for old in self.lines:
            self._draft.let_go(old.name)
            self.form.remove(old)
        self.lines = []
        for place, difference in enumerate(card.differences):
            line = self.form.add(
                "",
                DifferenceLine(difference),
                name=f"gifts.{place}.cause",
                above=self.form.row_of(self.words),
            )
            self.form.row_of(line).label.hide()
            self._draft.keep(line.name, line)
            self.lines.append(line)
        self.words.set_value("")
        self.form.clear_refusals()
        self._draft.begin(card.count)

    def start(self) -> None:
        if self.lines:
            self.lines[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        card = self.card
        if card is None or not self.record.isEnabled():
            return
        self.form.clear_refusals()
        self._draft.save_early()  # what is sent is safe first
        self.record.hold()
        request = ExplainCount(
            count=card.count,
            gifts=tuple(
                Explanation(gift=line.difference.gift, cause=cause)
                for line in self.lines
                if (cause := line.value()) is not None
            ),
            reason=self.words.value(),
        )
        self.app.jobs.run(
            self, explain_count, request, done=self._on_done, refused=self._refuse, trouble=self._on_trouble
        )

    def _on_done(self, _nothing: object) -> None:
        self.record.setEnabled(True)
        self.card = None
        self.words.set_value("")
        self._draft.forget()
        self.app.banner.news(_("原因记下了"))
        self.explained.emit()

    def _refuse(self, refusal: Refusal) -> None:
        self.record.setEnabled(True)
        self.form.refuse(refusal)

    def _on_trouble(self, trouble: Trouble) -> None:
        self.record.setEnabled(True)
        self.app.banner.trouble(partial(sentence, trouble))


def _figures(difference: CountDifference) -> str:
    if difference.counted > difference.book:
        return _("账面 {book}，数到 {counted}，多 {count} {unit}")
    if difference.counted < difference.book:
        return _("账面 {book}，数到 {counted}，少 {count} {unit}")
    return _("总数 {counted} {unit}对得上，各个有效期的对不上")


def _causes(more: int) -> tuple[Cause, ...]:
    if more > 0:
        return (Cause.FOUND, Cause.MISRECORDED, Cause.UNKNOWN)
    if more < 0:
        return (Cause.LOST, Cause.DAMAGED, Cause.MISRECORDED, Cause.UNKNOWN)
    return (Cause.MISRECORDED, Cause.UNKNOWN)
