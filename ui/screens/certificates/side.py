"""The paper, and what can be done with it (证明本身): its number, what it is worth, print, keep, void, reissue."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.certificates import (
    CertificateDraft,
    CertificateEntry,
    certificate_paper,
    certificate_preview,
)
from app.actions.erasure import OpenLocked, open_locked_certificate
from app.domain.calendar import shanghai_day
from app.domain.certificates import Standing
from app.domain.moments import full_date, say_day
from app.sentences.services import hours
from app.words import _
from ui.parts import paint
from ui.parts.buttons import Button
from ui.parts.eye import ask_why
from ui.parts.flow import Flow, flowing
from ui.parts.form import RefusalLine
from ui.parts.paper import Paper
from ui.parts.text import Paragraph, Text
from ui.screen import Services
from ui.theme import theme

_MARGIN, _GAP = 16, 4


class _Number(Text):
    """A number of 31 characters that is never cut: where there is no room, it is smaller."""

    def fit(self, room: int) -> None:
        self.set_role("section" if paint.text_width(self.text(), "section", bold=True) <= room else "body")


class Side(QWidget):
    """``print_asked``, ``save_asked``, ``void_asked``, ``reissue_asked``: of the certificate in ``entry``."""

    print_asked = Signal()
    save_asked = Signal()
    void_asked = Signal()
    reissue_asked = Signal()
    back_asked = Signal()

    def __init__(self, app: Services) -> None:
        super().__init__()
        self.app = app
        self.entry: CertificateEntry | None = None
        self._may_act = app.clerk.role != "auditor"
        self._title = Text("", "secondary", "secondary")
        self.number = _Number("", "section", bold=True)
        self.copy = Button(kind="quiet", icon="copy", name=_("复制编号"))
        self._words = Paragraph("", "body", "secondary")
        self._trouble = RefusalLine()
        self.paper = Paper(app.jobs, "", name=_("证明"))
        self._buttons = QWidget()
        self._build()
        self.show_nothing()
        theme.changed.connect(self._fit_number)

    def _build(self) -> None:
        self.print = Button(_("打印"), kind="primary", icon="print", key="Ctrl+P")
        self.save = Button(_("存成 PDF"), icon="save", key="Ctrl+S")
        self.reissue = Button(_("换开"), icon="swap", key="R")
        self.void = Button(_("作废"), kind="danger", key="Delete")
        self.unlock = Button(_("写明原因看"), icon="eye")
        self.unlock.clicked.connect(lambda _checked: self._ask_why())
        self.back = Button(_("返回"), kind="quiet", icon="left", key="F7")
        flow = Flow(flowing(self._buttons))
        for button, asked in (
            (self.print, self.print_asked),
            (self.save, self.save_asked),
            (self.reissue, self.reissue_asked),
            (self.void, self.void_asked),
        ):
            flow.addWidget(button)
            button.clicked.connect(lambda _checked, asked=asked: asked.emit())
        flow.addWidget(self.unlock)
        self.back.clicked.connect(lambda _checked: self.back_asked.emit())
        self.copy.clicked.connect(lambda _checked: self._copy())
        number = QHBoxLayout()
        number.setSpacing(_GAP)
        number.addWidget(self.number)
        number.addWidget(self.copy)
        number.addStretch()
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(_MARGIN, 12, _MARGIN, 8)
        head.setSpacing(4)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        head.addWidget(self._title)
        head.addLayout(number)
        head.addWidget(self._words)
        head.addWidget(self._trouble)
        head.addSpacing(4)
        head.addWidget(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.paper.setMinimumHeight(1)  # it scrolls; what is done with it is not cut
        column.addWidget(self._head)
        column.addWidget(self.paper, 1)
        self.back.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_number()

    def _fit_number(self) -> None:
        self.number.fit(self.width() - 2 * _MARGIN - _GAP - theme.metrics.row)

    def set_alone(self, is_alone: bool) -> None:
        """The other half has no room beside this one: there is a way back to it."""
        self.back.setVisible(is_alone)

    def start(self) -> None:
        """Focus what is usually done next."""
        buttons = (self.print, self.save, self.back)
        target = next((button for button in buttons if button.isVisibleTo(self)), self.paper.preview)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is shown

    def show_nothing(self) -> None:
        self.entry = None
        self._show_head("", "")
        self.paper.show_words(_("选好志愿者，勾上记录，证明就出现在这里。"))

    def show_register(self) -> None:
        self.entry = None
        self._show_head("", "")
        self.paper.show_words(_("在左边选一份，证明就出现在这里。"))

    def show_draft(self, draft: CertificateDraft) -> None:
        self.entry = None
        self._show_head(_("预览，编号签发时才有"), "")
        self.paper.show_paper(certificate_preview, draft)

    def show_issued(self, entry: CertificateEntry, *, is_new: bool) -> None:
        """``is_new``: issued here and not on paper yet."""
        is_other = self.entry is None or self.entry.certificate != entry.certificate
        is_changed = self.entry != entry
        self.entry = entry
        title = _("已签发，编号") if is_new else ""
        self._show_head(title, entry.number)
        self._words.set_sentence(self._story(entry))
        self._say_trouble(entry)
        self._settle(entry, is_new)
        if entry.locked_until is not None:
            if is_other or is_changed:
                self.paper.show_words(_locked(entry.locked_until))
        elif self._may_act and (is_other or is_changed):
            self.paper.show_paper(certificate_paper, entry.certificate)
        elif not self._may_act:
            self.paper.show_words(_("证明上有完整的姓名和证件号，只给办事的同事看。"))

    def _show_head(self, title: str, number: str) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.number.setText(number)
        self._fit_number()
        for widget in (self.number, self.copy, self._words, self._buttons):
            widget.setVisible(bool(number))
        self._trouble.clear()

    def _story(self, entry: CertificateEntry) -> str:
        today = shanghai_day(self.app.now())
        lines = [
            _("{who}，{hours}，{day}由{by}签发").format(
                who=entry.who,
                hours=hours(entry.minutes),
                day=say_day(entry.issued_on, today),
                by=entry.issued_by or "—",
            )
        ]
        if entry.copies:
            lines[0] += _("，补打过 {count} 次").format(count=entry.copies)
        if entry.voided_on is not None:
            lines.append(
                _("{day}由{by}作废：{reason}").format(
                    day=full_date(entry.voided_on), by=entry.voided_by or "—", reason=entry.void_reason
                )
            )
        if entry.replaced_by:
            lines.append(_("已换开为 {number}").format(number=entry.replaced_by))
        return "\n".join(lines)

    def _say_trouble(self, entry: CertificateEntry) -> None:
        if entry.standing is Standing.TO_VOID:
            self._trouble.say(
                _("上面有 {count} 条记录后来撤销了，这份该作废，或者换开一份。").format(count=entry.revoked)
            )

    def _settle(self, entry: CertificateEntry, is_new: bool) -> None:
        is_void = entry.voided_on is not None
        self.print.setText(_("打印") if is_new else _("补打"))
        self.print.updateGeometry()
        self.print.set_kind("primary" if is_new else "plain")
        is_locked = entry.locked_until is not None
        self.print.setVisible(self._may_act and not is_void and not is_locked)
        self.save.setVisible(self._may_act and not is_locked)
        self.reissue.setVisible(self._may_act and not entry.replaced_by and not is_locked)
        self.unlock.setVisible(is_locked and self.app.clerk.role == "administrator")
        self.void.setVisible(self._may_act and not is_void)

    def _ask_why(self) -> None:
        """What the law keeps of somebody who was erased is looked at for a reason, and that is noted."""
        entry = self.entry
        if entry is None:
            return

        def show(pdf: bytes) -> None:
            if self.entry == entry:
                self.paper.show_paper(_as_it_is, pdf)

        def told(reason: str) -> None:
            request = OpenLocked(certificate=entry.certificate, reason=reason)
            self.app.jobs.run(self, open_locked_certificate, request, done=show)

        ask_why(self, _("这份锁着的证明"), told)

    def _copy(self) -> None:
        if self.entry is not None:
            QGuiApplication.clipboard().setText(self.entry.number)
            self.app.banner.news(_("编号复制好了"))


def _locked(until: date) -> str:
    return _("这个人的个人信息已经删除。证明锁着，法律要求留到 {day}。").format(day=full_date(until))


def _as_it_is(_desk: object, pdf: bytes) -> bytes:
    return pdf
