"""The section of the self-check (自检和诊断), and the diagnostics as they are read before they are saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.actions.diagnostics import Page as DiagnosticsPage
from app.actions.diagnostics import SaveDiagnostics, diagnostics, save_diagnostics
from app.actions.selfcheck import Checked, SelfCheck, check_everything, repair_tables
from app.domain.problems import Problem
from app.sentences import sentence
from app.sentences.selfcheck import checked_words, self_check_words
from app.words import _
from ui.parts.buttons import Button
from ui.parts.fields import TextArea
from ui.parts.flow import Flow
from ui.parts.form import Page, RefusalLine
from ui.parts.overlay import Overlay
from ui.parts.question import Answer, Answered, Question, ask
from ui.parts.text import Paragraph, Text
from ui.report import versions
from ui.screen import Services
from ui.screens.settings.longwork import LongWork
from ui.screens.settings.section import Section, SectionHead
from ui.theme import theme

_MOST_LINES = 16
_FILE = "yizhan-diagnostics.zip"


class SelfCheckSection(Section):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self.work = LongWork(app.jobs)
        self.check = Button(_("开始自检"), kind="primary")
        self.repair = Button(_("按记录重新整理"))
        self.diagnostics = Button(_("看看诊断资料"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = SectionHead(
            _("自检和诊断"),
            _(
                "自检会逐条核对记录有没有被改动，按记录重新算一遍所有的表来比对，再真的打开最近的备份。"
                "自检时可以照常工作，也可以随时取消；自检不改动任何东西。"
            ),
        )
        column.addWidget(Page(self._content(), head=head))
        self.repair.hide()
        self.check.clicked.connect(
            lambda _checked: self.work.run(
                check_everything, words=self._words, is_well=_is_well, done=self._changed
            )
        )
        self.repair.clicked.connect(lambda _checked: self._ask_repair())
        self.diagnostics.clicked.connect(lambda _checked: self._read_diagnostics())
        self.work.busy.connect(self._on_busy)

    def enter(self) -> None:
        self.check.setFocus(Qt.FocusReason.OtherFocusReason)

    def _content(self) -> QWidget:
        content, buttons = QWidget(), QWidget()
        flow = Flow(buttons, gap=12)
        for button in (self.check, self.repair, self.diagnostics):
            flow.addWidget(button)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(buttons)
        column.addWidget(self.work)
        column.addWidget(
            Paragraph(
                _(
                    "诊断资料交给维护的人：只有版本、大小、条数、耗时和出过哪种毛病，没有任何人的信息。存之前先给您看。"
                ),
                "secondary",
                "secondary",
            )
        )
        column.addStretch()
        return content

    def _words(self, checked: Checked) -> str:
        may_repair = checked.log_and_tables.can_be_repaired and self.app.clerk.role == "administrator"
        self.repair.setVisible(may_repair)
        return "\n".join(checked_words(checked))

    def _changed(self) -> None:
        """The status line says how the log was found."""
        self.app.jobs.changed.emit(frozenset({"backup"}))

    def _on_busy(self, is_busy: bool) -> None:
        for button in (self.check, self.repair, self.diagnostics):
            button.setEnabled(not is_busy)

    # --- mending

    def _ask_repair(self) -> None:
        does = _("先做一份备份，再清空所有的表，按记录从头算一遍。记录本身不动。")
        question = Question(
            _("按记录重新整理？"),
            (Answer(_("重新整理"), "repair", does, kind="primary"),),
            stay=_("先不"),
        )
        ask(self, question, self._on_answered)

    def _on_answered(self, answered: Answered) -> None:
        if answered.value == "repair":
            self._on_busy(True)
            self.work.say(_("请稍等…"))
            self.app.jobs.run(
                self, repair_tables, None, done=self._on_repaired, refused=self._refuse, trouble=self._refuse
            )

    def _on_repaired(self, found: SelfCheck) -> None:
        self._on_busy(False)
        self.repair.setVisible(found.can_be_repaired)
        self.check.setFocus(Qt.FocusReason.OtherFocusReason)
        self.work.say(
            "\n".join((_("按记录整理过了。"), self_check_words(found))), is_trouble=bool(found.differences)
        )

    def _refuse(self, problem: Problem) -> None:
        self._on_busy(False)
        self.check.setFocus(Qt.FocusReason.OtherFocusReason)
        self.work.say(sentence(problem), is_trouble=True)

    # --- diagnostics

    def _read_diagnostics(self) -> None:
        self.app.jobs.read(self, diagnostics, versions(), done=self._show_diagnostics, trouble=self._refuse)

    def _show_diagnostics(self, pages: tuple[DiagnosticsPage, ...]) -> None:
        DiagnosticsOverlay(self, self.app, pages).open()


def _is_well(checked: Checked) -> bool:
    is_backed_up = checked.backup is not None and checked.backup.trouble is None
    return is_backed_up and not checked.log_and_tables.differences


def _lines_in(height: int) -> int:
    """How many lines a window of this height shows, with what stands around them."""
    line = theme.line_box("body")
    return max(4, min(_MOST_LINES, (height - theme.metrics.row - 8 * line) // line))


class DiagnosticsOverlay(Overlay):
    """Exactly what would be in the file; Esc leaves without saving."""

    def __init__(self, host: QWidget, app: Services, pages: tuple[DiagnosticsPage, ...]) -> None:
        super().__init__(host, width=760)
        self._app, self._pages = app, pages
        self.text = TextArea(name=_("诊断资料"), lines=_lines_in(host.window().height()))
        self.text.setReadOnly(True)
        self.text.set_value("\n\n".join(f"== {page.name}\n{page.text}" for page in pages))
        self.save = Button(_("存成文件"), kind="primary")
        close = Button(_("不存了"), key="Esc")
        self.refusal = RefusalLine()
        buttons = self.panel.foot()
        buttons.setSpacing(12)
        buttons.addWidget(self.save)
        buttons.addWidget(close)
        buttons.addStretch()
        column = self.panel.column
        column.addWidget(Text(_("诊断资料"), "section", bold=True))
        column.addWidget(Paragraph(_("文件里就是下面这些，一个字也不多。"), "body", "secondary"))
        column.addWidget(self.text, 1)
        column.addWidget(self.refusal)
        self.save.clicked.connect(lambda _checked: self.ask_where())
        close.clicked.connect(lambda _checked: self.close_overlay())
        self.setFocusProxy(self.save)

    def ask_where(self) -> QFileDialog:
        dialog = QFileDialog(self.window(), _("存诊断资料"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.selectFile(_FILE)
        dialog.finished.connect(dialog.deleteLater)
        dialog.fileSelected.connect(lambda name: self._save(Path(name)))
        dialog.open()
        return dialog

    def _save(self, path: Path) -> None:
        self._app.jobs.read(
            self,
            save_diagnostics,
            SaveDiagnostics(pages=self._pages, path=path),
            done=self._on_saved,
            trouble=lambda trouble: self.refusal.say(sentence(trouble)),
        )

    def _on_saved(self, path: Path) -> None:
        self.close_overlay()
        self._app.banner.news(_("已存到 {name}").format(name=path.name))
