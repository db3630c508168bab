"""Who is pointed at in a review of stars (这一位): the star, the hours, what can be done, and the records behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.services import Evidence
from app.actions.star_review import RoundView, StarEntry, StarEvidence, StarObjection
from app.domain.calendar import shanghai_day
from app.domain.moments import full_date, say_day
from app.domain.numbers import grouped
from app.domain.star_rounds import Stage
from app.facts import Id
from app.sentences import star_rounds as words
from app.sentences.services import hours
from app.words import _
from ui.parts.buttons import Button
from ui.parts.facts import FactLine, Facts
from ui.parts.flow import Flow, flowing
from ui.parts.form import RefusalLine
from ui.parts.link import Link
from ui.parts.rows import Row, RowList, State
from ui.parts.text import Paragraph, Text
from ui.theme import theme

_SIDE = 20
_RECORDS_SHOWN = 8


class StarPane(QWidget):
    """``drop_asked``, ``keep_asked``, ``object_asked``, ``answer_asked``, ``revoke_asked``, ``print_asked``: of
    ``person``, or of ``objection``. ``record_opened`` carries the id of a record.
    """

    drop_asked = Signal()
    keep_asked = Signal()
    object_asked = Signal()
    answer_asked = Signal()
    revoke_asked = Signal()
    print_asked = Signal()
    person_opened = Signal()
    record_opened = Signal(object)

    def __init__(self, now: Callable[[], datetime], role: str) -> None:
        super().__init__()
        self._now, self._role = now, role
        self.person: StarEntry | None = None
        self.objection: StarObjection | None = None
        self._name = Text("", "title", bold=True, wrap=True)
        self._level = Text("", "section", "secondary")
        self._trouble = RefusalLine()
        self._words = Paragraph("", "body", "ink")
        self._facts = Facts()
        self._buttons = QWidget()
        self._records_head = Text("", "secondary", "secondary", bold=True)
        self.records = RowList(name=_("服务记录"))
        self._more = Link(_("全部记录，在志愿者里看"))
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 16, _SIDE, 16)
        column.setSpacing(8)
        for said in (self._name, self._level, self._trouble, self._words, self._facts):
            column.addWidget(said)
        self._add_buttons(column)
        column.addSpacing(4)
        for below in (self._records_head, self.records, self._more):
            column.addWidget(below)
        column.addStretch()
        self.records.opened.connect(self.record_opened)
        self._more.clicked.connect(lambda _checked: self.person_opened.emit())
        theme.changed.connect(self._fit)

    def _add_buttons(self, column: QVBoxLayout) -> None:
        self.drop = Button(_("移出名单"), key="X")
        self.keep = Button(_("放回名单"), key="X")
        self.object = Button(_("记异议"), key="O")
        self.answer = Button(_("答复异议"), kind="primary", key="A")
        self.print = Button(_("印这一张"), icon="print")
        self.revoke = Button(_("撤销星级"), kind="danger", key="Delete")
        flow = Flow(flowing(self._buttons))
        for button, asked in (
            (self.drop, self.drop_asked),
            (self.keep, self.keep_asked),
            (self.object, self.object_asked),
            (self.answer, self.answer_asked),
            (self.print, self.print_asked),
            (self.revoke, self.revoke_asked),
        ):
            flow.addWidget(button)
            button.clicked.connect(lambda _checked, asked=asked: asked.emit())
        column.addWidget(self._buttons)

    # --- what is shown

    def show_person(self, view: RoundView, person: StarEntry) -> None:
        is_other = self.person is None or self.person.person != person.person
        self.person, self.objection = person, None
        self._name.setText(person.who)
        self._level.setText(words.stars(person.level))
        self._trouble.clear()
        if person.is_short and person.revoked_on is None and not person.dropped:
            self._trouble.say(
                _("后来有记录撤销，到截止日只剩 {left}，够不上{level}。").format(
                    left=hours(person.counted), level=words.stars(person.level)
                )
            )
        self._words.hide()
        self._facts.say(self._lines(view, person))
        self._settle(view.entry.stage)
        if is_other:
            self.show_records(None)

    def show_objection(self, view: RoundView, objection: StarObjection) -> None:
        self.person, self.objection = None, objection
        self._name.setText(objection.who)
        self._level.setText(_("有人提出异议"))
        self._trouble.clear()
        self._words.set_sentence(objection.words)
        self._words.show()
        today = shanghai_day(self._now())
        self._facts.say(
            [
                FactLine(_("反映人"), objection.raised_by or _("没留姓名")),
                FactLine(_("记下的时间"), say_day(shanghai_day(objection.raised_at), today)),
                FactLine(_("答复"), objection.answer),
            ]
        )
        self._settle(view.entry.stage)
        self.show_records(None)

    def show_records(self, evidence: StarEvidence | None) -> None:
        """The newest of the records behind the proposal; every one of them opens."""
        records = evidence.records if evidence is not None else ()
        self._records_head.setVisible(bool(records))
        self._records_head.setText(_("截止日以前的记录，{count} 条").format(count=len(records)))
        self.records.set_rows([self._record_row(one) for one in records[:_RECORDS_SHOWN]])
        self.records.setVisible(bool(records))
        self._more.setVisible(evidence is not None)
        self._fit()

    def wants(self) -> Id | None:
        """Whose records belong here."""
        return self.person.person if self.person is not None else None

    def _record_row(self, one: Evidence) -> Row:
        today = shanghai_day(self._now())
        is_revoked = one.reversed_at is not None
        return Row(
            say_day(one.served_on, today),
            (one.activity,),
            right=hours(one.counted_minutes),
            value=one.service,
            state=State("triangle", "trouble") if is_revoked else None,
        )

    def _lines(self, view: RoundView, person: StarEntry) -> list[FactLine]:
        awarded = full_date(person.awarded_on) if person.awarded_on else ""
        revoked = full_date(person.revoked_on) if person.revoked_on else ""
        return [
            FactLine(_("编号"), grouped(person.volunteer_number)),
            FactLine(_("截止日"), full_date(view.entry.cut_off)),
            FactLine(_("时长"), hours(person.minutes)),
            FactLine(_("现在算"), hours(person.counted) if person.counted != person.minutes else ""),
            FactLine(_("授予"), awarded),
            FactLine(_("证书"), person.number),
            FactLine(_("已撤销"), revoked),
            FactLine(_("原因"), person.reason),
        ]

    def _settle(self, stage: Stage) -> None:
        """The buttons that mean something now."""
        may_act, person = self._role != "auditor", self.person
        is_going = stage in (Stage.REVIEW, Stage.NOTICE)
        is_in = person is not None and not person.dropped
        has_star = is_in and person is not None and person.awarded_on is not None
        stands = has_star and person is not None and person.revoked_on is None
        self.drop.setVisible(may_act and is_going and is_in)
        self.keep.setVisible(may_act and stage is Stage.REVIEW and person is not None and not is_in)
        self.object.setVisible(may_act and stage is Stage.NOTICE and is_in)
        is_open = self.objection is not None and self.objection.upheld is None
        self.answer.setVisible(may_act and is_open and stage is Stage.NOTICE)
        self.print.setVisible(may_act and stands)
        self.revoke.setVisible(self._role == "administrator" and stands)

    def _fit(self) -> None:
        self.records.setFixedHeight(len(self.records.rows.rows) * theme.metrics.row)
