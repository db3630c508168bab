"""Deleting somebody's personal data (删除个人信息): what goes and what stays is said before; then a reason, and the
name once more, which is in no draft.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.actions.erasure import ErasedPerson, ErasePerson, ErasurePlan, erase_person
from app.domain.erasure import REASON_NAMES, ErasureReason
from app.domain.moments import full_date
from app.domain.problems import Trouble
from app.facts import Id
from app.sentences import sentence
from app.sentences.points import points
from app.sentences.services import hours
from app.words import _
from ui.keptform import KeptForm
from ui.parts.choice import Choice
from ui.parts.fields import TextField
from ui.parts.form import RefusalLine
from ui.parts.text import Paragraph, Text
from ui.screen import Services


class EraseForm(KeptForm):
    """Made of the plan of one person. Enter steps on; only Ctrl+Enter deletes."""

    WIDTH = 760  # so wide its sentences need few lines: nobody scrolls to the button
    erased = Signal()

    def __init__(self, host: QWidget, app: Services, person: Id, plan: ErasurePlan) -> None:
        title = _("删除{name}的个人信息").format(name=plan.name)
        super().__init__(host, app, title, _("删除，找不回来"), kind="erasure", about=person)
        self._person = person
        self.save.set_kind("danger")
        self.obstacle = RefusalLine()
        column = self.panel.column
        place = 1
        for widget in _words(plan):
            column.insertWidget(place, widget)
            place += 1
        column.insertWidget(place, self.obstacle)
        options = [(reason, _(name)) for reason, name in REASON_NAMES.items()]
        self.reason = self.keep(
            _("为什么"), Choice(options, name=_("为什么"), hint=_("选一个")), name="reason"
        )
        self.name = self.form.add(
            _("再写姓名"),
            TextField(_("照着上面的姓名写一遍"), name=_("再写姓名"), at_most=60),
            name="typed_name",
        )
        if plan.obstacle is not None:
            self.obstacle.say(sentence(plan.obstacle))
            self.form.hide()
            self.save.hide()

    def submit(self) -> None:
        reason = self.reason.value()
        request = ErasePerson(
            person=self._person,
            reason=ErasureReason(reason) if reason is not None else None,
            typed_name=self.name.value(),
        )
        self.run(erase_person, request, self._on_done)

    def _on_done(self, done: ErasedPerson) -> None:
        self.done()
        self.erased.emit()
        if done.sweeping is None:
            self.app.banner.news(_("个人信息已删除。"))
        else:
            self.app.banner.trouble(partial(_swept_later, done.sweeping))


def _swept_later(why: Trouble) -> str:
    return _("个人信息已删除。文件里的痕迹下次启动再清：{why}").format(why=sentence(why))


def _words(plan: ErasurePlan) -> list[QWidget]:
    """What goes, and what stays."""
    return [
        Text(_("会删掉"), "body", bold=True),
        Paragraph("\n".join(f"· {line}" for line in _goes(plan)), "body"),
        Text(_("会留下"), "body", bold=True),
        Paragraph("\n".join(f"· {line}" for line in _stays(plan)), "body"),
    ]


def _goes(plan: ErasurePlan) -> list[str]:
    lines = [_("姓名、电话、证件号、住址、备注，还有提到他的草稿")]
    if plan.orders:
        lines.append(_("{count} 单里写的：要什么、去哪里、当心什么").format(count=plan.orders))
    if plan.records:
        lines.append(_("{count} 条服务记录里写的内容和备注").format(count=plan.records))
    if plan.photos:
        lines.append(_("{count} 张照片").format(count=plan.photos))
    return [*lines, _("搜索里再也找不到，镜像一起清掉")]


def _stays(plan: ErasurePlan) -> list[str]:
    lines = [
        _("时长 {hours}、积分 {points}、单数，统计不变，名字写“已删除”").format(
            hours=hours(plan.minutes), points=points(plan.points_cents)
        )
    ]
    if plan.locked_until is not None:
        kept = _("{count} 份证明，法律要求留到 {day}，锁着，管理员写明原因才能看")
        lines.append(kept.format(count=plan.locked, day=full_date(plan.locked_until)))
    return [*lines, _("旧备份里还有，恢复时会再删；别人的单子里提到他的姓名，认不出来")]
