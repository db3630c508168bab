"""The section of the backups (备份和恢复): how they stand, what can be done, and those that are kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.actions import backups
from app.actions.backups import BackupCard, BackupRow, CarryState
from app.actions.drill import Drilled, drill
from app.domain.moments import say_exactly, say_moment
from app.domain.problems import Problem
from app.sentences import sentence
from app.sentences.backups import backed_up_words, carry_state_words, drilled_words
from app.words import _
from ui.parts.buttons import Button
from ui.parts.facts import FactLine, Facts
from ui.parts.flow import Flow
from ui.parts.form import Page
from ui.parts.question import Answer, Answered, Question, ask
from ui.parts.rows import Row, RowList, State
from ui.parts.text import Text
from ui.screen import Services
from ui.screens.settings.longwork import LongWork
from ui.screens.settings.section import Section, SectionHead
from ui.theme import theme

_ADMINISTRATOR = "administrator"


class BackupSection(Section):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._may = app.clerk.role == _ADMINISTRATOR
        self.facts = Facts()
        self.work = LongWork(app.jobs)
        self.back_up = Button(_("现在备份"), kind="primary")
        self.drill = Button(_("演练恢复"))
        self.choose = Button(_("选U盘或文件夹"))
        self.leave_place = Button(_("不再拷到另一处"))
        self.restore_from = Button(_("从备份恢复"))
        self.list = RowList(name=_("留着的备份"))
        self.kept = Text(_("留着的备份"), "body", bold=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = SectionHead(_("备份和恢复"), *self._sentences())
        column.addWidget(Page(self._content(), head=head))
        self._connect()
        theme.changed.connect(self._fit)
        self._look()

    # --- as every screen

    def enter(self) -> None:
        (self.back_up if self.back_up.isVisibleTo(self) else self.drill).setFocus(
            Qt.FocusReason.OtherFocusReason
        )
        self._look()

    def refresh(self, changed: frozenset[str]) -> None:
        if "backup" in changed:
            self._look()

    # --- building

    def _sentences(self) -> tuple[str, ...]:
        how = _(
            "每天第一个空闲的时候、每次关上程序的时候，会自动备份。备份加了密，做好就打开核对；"
            "留最近 7 天、再往前 4 周、再往前 12 个月的。这里的选择只管这台电脑。"
        )
        if self._may:
            return (how,)
        return (how, _("放在哪里、从备份恢复，管理员可以改。"))

    def _content(self) -> QWidget:
        content, buttons = QWidget(), QWidget()
        flow = Flow(buttons, gap=12)
        for button in (self.back_up, self.drill, self.choose, self.leave_place, self.restore_from):
            flow.addWidget(button)
        self.back_up.setVisible(self.app.clerk.role != "auditor")
        self.choose.setVisible(self._may)
        self.restore_from.setVisible(self._may)
        self.leave_place.hide()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for widget in (self.facts, buttons, self.work, self.kept, self.list):
            column.addWidget(widget)
        column.addStretch()
        return content

    def _connect(self) -> None:
        self.back_up.clicked.connect(lambda _checked: self._back_up())
        self.drill.clicked.connect(
            lambda _checked: self.work.run(drill, words=drilled_words, is_well=_went_well, done=self._changed)
        )
        self.choose.clicked.connect(lambda _checked: self.ask_place())
        self.leave_place.clicked.connect(lambda _checked: self._leave())
        self.restore_from.clicked.connect(lambda _checked: self._ask_restore())
        self.work.busy.connect(self._on_busy)
        self.app.minute_passed.connect(self._on_minute)

    def _back_up(self) -> None:
        self.work.run(
            backups.back_up_now,
            words=backed_up_words,
            is_well=lambda made: made.trouble is None,
            done=self._changed,
        )

    # --- how it stands

    def _on_minute(self) -> None:
        """A stick may have come or gone."""
        if self.isVisible():
            self._look()

    def _look(self) -> None:
        self.app.jobs.aside.read(self, backups.backup_card, None, done=self._show)

    def _show(self, card: BackupCard) -> None:
        self.facts.say(self._lines(card))
        self.leave_place.setVisible(self._may and card.chosen is not None)
        rows = [_row(one, has_other=card.chosen is not None) for one in card.rows]
        rows += [
            Row(path.name, value=path, state=State("triangle", "trouble", _("坏了"))) for path in card.damaged
        ]
        self.list.set_rows(rows)
        self.kept.setVisible(bool(rows))
        self.list.setVisible(bool(rows))
        self._fit()

    def _lines(self, card: BackupCard) -> list[FactLine]:
        now = self.app.now()
        if card.rows:
            last = _("{when}，之后又记了 {count} 条").format(
                when=say_moment(card.rows[0].made_at, now), count=card.facts_since
            )
        else:
            last = _("还没有")
        drilled = say_moment(card.drilled_at, now) if card.drilled_at is not None else _("还没有演练过")
        return [
            FactLine(_("上次备份"), last),
            FactLine(_("本机"), str(card.local)),
            FactLine(_("另一处"), self._other(card)),
            FactLine(_("上次演练"), drilled),
        ]

    def _other(self, card: BackupCard) -> str:
        if card.chosen is None:
            return _("没有选。电脑坏了，本机的备份会一起丢，请选一个U盘。")
        if card.state is not CarryState.THERE:
            return _("{place}（{state}，接上后会自动补拷）").format(
                place=card.chosen, state=carry_state_words(card.state)
            )
        if card.carried_at is None:
            return _("{place}（{state}，还没有拷过）").format(
                place=card.chosen, state=carry_state_words(card.state)
            )
        return _("{place}（{state}，上次拷到 {when}）").format(
            place=card.chosen,
            state=carry_state_words(card.state),
            when=say_moment(card.carried_at, self.app.now()),
        )

    def _changed(self) -> None:
        self.app.jobs.changed.emit(frozenset({"backup"}))

    def _on_busy(self, is_busy: bool) -> None:
        for button in (self.back_up, self.drill, self.choose, self.leave_place, self.restore_from):
            button.setEnabled(not is_busy)

    def _fit(self) -> None:
        self.list.setFixedHeight(max(1, self.list.rows.rowCount()) * theme.metrics.row + 2)

    # --- the other place

    def ask_place(self) -> QFileDialog:
        """A folder, usually on a stick."""
        dialog = QFileDialog(self.window(), _("备份也放到哪里"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.finished.connect(dialog.deleteLater)
        dialog.fileSelected.connect(lambda name: self._choose(Path(name)))
        dialog.open()
        return dialog

    def _choose(self, place: Path) -> None:
        """A backup goes there at once, so that what was chosen is known to work."""
        self.app.jobs.aside.read(
            self,
            backups.choose_backup_folder,
            place,
            done=lambda _state: self._back_up(),
            refused=self._refuse,
            trouble=self._refuse,
        )

    def _leave(self) -> None:
        self.app.jobs.aside.read(
            self, backups.leave_backup_folder, None, done=lambda _none: self._changed(), trouble=self._refuse
        )

    def _refuse(self, problem: Problem) -> None:
        self.work.say(sentence(problem), is_trouble=True)

    # --- restoring

    def _ask_restore(self) -> None:
        answers = (
            Answer(
                _("去选备份"),
                "restore",
                _("先把现在的资料备份好，再退出登录。现在的资料会放到一旁，不会删。"),
                kind="primary",
            ),
        )
        question = Question(
            _("从备份恢复？"),
            answers,
            _("本站会回到备份那时的样子，之后记下的从镜像补回。别人请先别用这台电脑。"),
            stay=_("先不"),
        )
        ask(self, question, self._on_answered)

    def _on_answered(self, answered: Answered) -> None:
        if answered.value == "restore":
            self.app.restore()


def _went_well(drilled: Drilled) -> bool:
    return not (drilled.missing or drilled.differences or drilled.is_carried_good is False)


def _row(one: BackupRow, *, has_other: bool) -> Row:
    why = {None: (), "repair": (_("整理之前"),)}.get(one.before, (_("升级之前"),))
    where = (_("两处都有") if one.is_carried else _("只在本机"),) if has_other else ()
    return Row(
        say_exactly(one.made_at),
        details=(_("{count} 条记录").format(count=f"{one.facts:,}"), *why, *where),
        right=_("{size} MB").format(size=f"{one.megabytes:.1f}"),
        value=one.path,
    )
