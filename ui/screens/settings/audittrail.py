"""The audit section (审计记录): the newest first, narrowed by what, who and when. Nothing here can be changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.audit import (
    KEPT_DAYS,
    LAW_DAYS,
    AuditEntry,
    AuditGroup,
    AuditQuery,
    audit_trail,
    audited_staff,
)
from app.domain.calendar import shanghai_day
from app.domain.moments import say_moment
from app.facts import Id
from app.sentences.audit import audited
from app.words import _
from ui.parts.chips import Chips
from ui.parts.choice import Choice
from ui.parts.empty import Empty
from ui.parts.scrolling import Scrolling
from ui.parts.table import Cell, Column, PageQuery, Table, TablePage
from ui.screen import Services
from ui.screens.settings.section import Section, SectionHead

_EVERYTHING = ""
_PERIODS_DAYS = (1, 7, 30)


class AuditSection(Section):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self.groups = Chips(_groups(), name=_("看哪些"), chosen=_EVERYTHING)
        self.who: Choice[str] = Choice([(_EVERYTHING, _("所有人"))], name=_("谁"))
        self.when: Choice[int] = Choice(_periods(), name=_("什么时候"))
        self.table: Table[AuditEntry] = Table(
            app.jobs,
            self._columns(),
            lambda row: str(row.n),
            app.remembered,
            name="audit",
            order="audit",
            accessible=_("审计记录"),
        )
        self.empty = Empty(_("没有这样的记录。"), _("看全部"), self._show_everything)
        self._build()
        for field in (self.groups, self.who, self.when):
            field.edited.connect(self._show)
        self.table.counted.connect(self._on_counted)
        app.jobs.read(self, audited_staff, None, done=self._on_staff)
        self._show()

    def enter(self) -> None:
        self.groups.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.refresh()

    def refresh(self, changed: frozenset[str]) -> None:
        self.table.refresh()

    def narrowing(self) -> dict[str, Any]:
        return {"groups": self.groups, "who": self.who, "when": self.when}

    def query(self) -> AuditQuery:
        """What the filters say."""
        group, days = self.groups.value(), self.when.value()
        return AuditQuery(
            staff=self.who.value() or None,
            group=AuditGroup(group) if group else None,
            first_day=self._today() - timedelta(days=days - 1) if days else None,
        )

    def _build(self) -> None:
        filters = QHBoxLayout()
        filters.setContentsMargins(24, 4, 24, 8)
        filters.setSpacing(12)
        filters.addWidget(self.who, 1)
        filters.addWidget(self.when, 1)
        filters.addStretch(1)
        above = QVBoxLayout()
        above.setContentsMargins(24, 4, 24, 4)
        above.addWidget(self.groups)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SectionHead(_("审计记录"), _what_it_is()))
        column.addLayout(above)
        column.addLayout(filters)
        listed = QHBoxLayout()
        listed.setContentsMargins(12, 0, 12, 0)
        listed.addWidget(self.table)
        column.addLayout(listed, 1)
        column.addWidget(self.empty, 1)
        self.empty.hide()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(Scrolling(content))

    def _columns(self) -> tuple[Column[AuditEntry], ...]:
        return (
            _column("at", _("时间"), 136, lambda row: say_moment(row.at, self.app.now())),
            _column("who", _("谁"), 92, lambda row: row.staff_name),
            _column("what", _("什么事"), 232, _deed),
            _column("reason", _("为什么"), 160, lambda row: Cell(row.reason, is_quiet=True)),
        )

    def _show(self) -> None:
        self.table.show_rows(partial(_page, self.query()))

    def _show_everything(self) -> None:
        self.groups.set_value(_EVERYTHING)
        self.who.set_value(_EVERYTHING)
        self.when.set_value(0)
        self._show()
        self.groups.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_counted(self, count: int) -> None:
        self.empty.setVisible(count == 0)
        self.table.setVisible(count > 0)

    def _on_staff(self, staff: tuple[tuple[Id, str], ...]) -> None:
        self.who.offer([(_EVERYTHING, _("所有人")), *staff])

    def _today(self) -> date:
        return shanghai_day(self.app.now())


def _what_it_is() -> str:
    return _(
        "谁登录过、看过什么、为什么看，都在这里。至少留 {law} 天，满 {kept} 天自动清理，谁也改不了。"
    ).format(law=LAW_DAYS, kept=KEPT_DAYS)


def _groups() -> list[tuple[str, str]]:
    return [
        (_EVERYTHING, _("全部")),
        (AuditGroup.LOOKED, _("看了隐藏的信息")),
        (AuditGroup.TAKEN_OUT, _("存出和打印")),
        (AuditGroup.CAME_IN, _("登录和口令")),
        (AuditGroup.KEPT_SAFE, _("备份和自检")),
    ]


def _periods() -> list[tuple[int, str]]:
    today, week, month = _PERIODS_DAYS
    return [(0, _("所有时间")), (today, _("今天")), (week, _("最近 7 天")), (month, _("最近 30 天"))]


def _deed(row: AuditEntry) -> str:
    """看了电话：王*国; one's own signing in is about nobody else."""
    if not row.about or row.object == f"staff:{row.staff}":
        return audited(row.what)
    return _("{deed}：{about}").format(deed=audited(row.what), about=row.about)


def _column(key: str, title: str, width: int, cell: Any) -> Column[AuditEntry]:
    """The order is the one in which it happened."""
    return Column(key, title, width, cell, can_order=False, grows=key == "what")


def _page(query: AuditQuery, desk: Any, page: PageQuery) -> TablePage[AuditEntry]:
    found = audit_trail(desk, replace(query, offset=page.first, limit=page.count))
    return TablePage(found.total, page.first, found.entries)
