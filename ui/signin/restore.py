"""Restoring a backup (从备份恢复): which one, and afterwards what came back. Who opens it is asked in between."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog

from app.actions.restoring import FoundBackup, Restored
from app.domain.moments import say_exactly
from app.domain.problems import Problem
from app.sentences import sentence
from app.sentences.backups import doubt_words, restored_words, taken_back_words
from app.words import _
from ui.cover import Cover, Mark
from ui.parts.buttons import Button
from ui.parts.form import RefusalLine
from ui.parts.rows import Row, RowList, State
from ui.parts.steps import StepHeader
from ui.parts.text import Paragraph, Text
from ui.theme import theme

_ROWS_SHOWN = 5
_SHARE = 0.4
"""How much of a page they may take."""


class RestorePage(Cover):
    """``chosen`` carries the path of a backup, ``place_asked`` a folder to look in; ``left`` goes back."""

    chosen = Signal(object)
    place_asked = Signal(object)
    left = Signal()

    def __init__(self, found: Sequence[FoundBackup], place: Path | None, *, is_new_pc: bool) -> None:
        """``place`` is where else was looked; on a new PC there is nothing that would be set aside."""
        back = Button(_("返回"), icon="left", key="Esc")
        self.elsewhere = (
            Button(_("到U盘里找"), icon="search")
            if found
            else Button(_("到U盘里找"), kind="primary", icon="search", key="Ctrl+Enter")
        )
        self.go_on = Button(_("用这一份"), kind="primary", key="Ctrl+Enter")
        super().__init__(left=(back,), right=(self.elsewhere, self.go_on))
        self._place, self._found = place, {one.path: one for one in found}
        self.list = RowList(name=_("备份"))
        self.refusal = RefusalLine()
        self.column.addWidget(StepHeader(_("从备份恢复"), 1, 2, self._sentence(found)))
        if found:
            self.column.addWidget(self.list)
        self.column.addWidget(self.refusal)
        if found and not is_new_pc:
            self.column.addWidget(
                Paragraph(
                    _("现在的资料会先放到一旁，不会删。备份之后记下的，镜像里有的会自动补回。"),
                    "secondary",
                    "secondary",
                )
            )
        self.list.set_rows([_row(one) for one in found])
        self.list.point_first()
        self.go_on.setVisible(bool(found))
        back.clicked.connect(lambda _checked: self.left.emit())
        self.elsewhere.clicked.connect(lambda _checked: self.ask_place())
        self.go_on.clicked.connect(lambda _checked: self._choose())
        self.list.opened.connect(lambda _path: self._choose())
        self.list.pointed.connect(lambda _path: self.refusal.clear())
        self.setFocusProxy(self.list if found else self.elsewhere)
        self.spaced.connect(self._fit)
        self._fit(self.height())

    def refuse(self, problem: Problem) -> None:
        self.refusal.say(sentence(problem))

    def ask_place(self) -> QFileDialog:
        """A folder, usually a stick."""
        dialog = QFileDialog(self.window(), _("备份在哪个文件夹里"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._place is not None:
            dialog.setDirectory(str(self._place))
        dialog.fileSelected.connect(lambda name: self.place_asked.emit(Path(name)))
        dialog.open()
        return dialog

    def _sentence(self, found: Sequence[FoundBackup]) -> str:
        if found:
            return _("选一份备份，最新的在最上面。下一步输口令，或用恢复单。")
        if self._place is not None:
            return _("{place} 里没有备份。请换一个U盘或文件夹。").format(place=self._place)
        return _("这台电脑上没有备份。请插上放备份的U盘，再点下面的“到U盘里找”。")

    def _choose(self) -> None:
        path = self.list.value()
        if path is None:
            return
        trouble = self._found[path].trouble
        if trouble is not None:
            self.refuse(trouble)
        else:
            self.chosen.emit(path)

    def _fit(self, height: int) -> None:
        room = max(2, round(_SHARE * height) // theme.metrics.row)
        rows = min(room, _ROWS_SHOWN, max(1, len(self._found)))
        self.list.setFixedHeight(rows * theme.metrics.row + 2)


class RestoredPage(Cover):
    """What came back. ``went_on`` leads to the desk."""

    went_on = Signal()

    def __init__(self, restored: Restored) -> None:
        self.go_on = Button(_("开始工作"), kind="primary", key="Enter")
        super().__init__(right=(self.go_on,), in_the_middle=True)
        self.column.addWidget(Mark("check", "done"))
        self.column.addWidget(Text(_("恢复好了"), "title", bold=True, wrap=True))
        self.sentences = [
            restored_words(restored),
            taken_back_words(restored.taken_back),
            _("往后新编的号用 {register} 册，不会和以前的重复。").format(register=restored.register),
        ]
        if restored.doubt is not None:
            self.sentences.append(doubt_words(restored.doubt))
        if restored.aside is not None:
            self.sentences.append(
                _("原来的资料放在 {place}，确认都好了再请管理员删。").format(place=restored.aside)
            )
        for words in self.sentences:
            self.column.addWidget(Paragraph(words))
        self.go_on.clicked.connect(lambda _checked: self.went_on.emit())
        self.setFocusProxy(self.go_on)


def _row(found: FoundBackup) -> Row:
    if found.made_at is None:
        return Row(found.path.name, value=found.path, state=State("triangle", "trouble", _("不能用")))
    return Row(
        say_exactly(found.made_at),
        details=(found.station, _("{count} 条记录").format(count=f"{found.facts:,}")),
        right=_("{size} MB").format(size=f"{found.megabytes:.1f}"),
        value=found.path,
    )
