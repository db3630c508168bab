"""The questions (点单的问题) in their order: what stands in them, as a ``Draft`` and as a request.

Which of them are shown, and how one walks through them, is in ``form``. Nothing is saved or sent here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.actions.orders import SubmitOrder
from app.domain import categories
from app.domain.orders import BY_PROXY, Channel
from app.words import N_, _
from ui.jobs import Jobs
from ui.parts.buttons import Button
from ui.parts.fields import TextArea
from ui.parts.form import Form, FormRow
from ui.parts.keyrow import KeyRow
from ui.parts.tick import Tick
from ui.screens.intake.draft import Draft, Line
from ui.screens.intake.fields import (
    BeneficiaryField,
    ChannelField,
    MindField,
    MoreField,
    PlaceField,
    WhenField,
)
from ui.screens.intake.person import PersonLine

W = TypeVar("W", bound=QWidget)

GROUPS = (N_("谁要办"), N_("要什么"), N_("在哪、什么时候"))
"""In large mode each stands on a page of its own."""


class Questions(Form):
    """``changed`` comes with every answer, after what follows from it."""

    changed = Signal()

    def __init__(self, jobs: Jobs, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.more_is_open = False
        self._place_from: str | None = None
        self._region = ""
        self._is_filling = self._policy_by_category = False
        self._groups: list[tuple[int, FormRow]] = []
        self._build(jobs, now)
        self.place.edited.connect(self._on_place)
        self.category.edited.connect(self._on_category)
        for _group, row in self._groups:
            answered: Any = row.field
            answered.edited.connect(self._on_edited)

    # --- building

    def _build(self, jobs: Jobs, now: Callable[[], datetime]) -> None:
        hint = _("电话、拼音或姓名")
        keyed = [(one.code, one.title) for one in categories.menu().keyed]
        self.channel = self._ask(0, _("来源"), ChannelField(), "channel")
        self.own = Button(_("给本人"), key="Ctrl+B", name=_("给本人，按下改成给别人"), parent=self)
        who = PersonLine(jobs, now, hint, name=_("谁"), beside=self.own)
        self.requester = self._ask(0, _("谁"), who, "requester")
        other = PersonLine(jobs, now, _("给谁办：电话、拼音或姓名"), name=_("给谁"))
        self.beneficiary = self._ask(0, _("给谁"), BeneficiaryField(other), "beneficiary")
        self.proxy = self._ask(0, _("代办人"), PersonLine(jobs, now, hint, name=_("代办人")), "proxy")
        self.consented = self._ask(0, "", Tick(_("已口头同意")), "consented")
        self.category = self._ask(1, _("类别"), KeyRow(keyed, name=_("类别")), "category")
        self.what = self._ask(1, _("要什么"), TextArea(name=_("要什么")), "what")
        self.place = self._ask(2, _("在哪"), PlaceField(name=_("在哪")), "place")
        self.wanted = self._ask(2, _("什么时候"), WhenField(now), "wanted_at")
        self.mind = self._ask(2, _("当心"), MindField(), "mind")
        self.more = Button(_("更多"), kind="quiet", key="F7", name=_("更多：走政策、代购垫付"), parent=self)
        self.extra = self._ask(2, _("更多"), MoreField(), "advance_cents")

    def _ask(self, group: int, label: str, field: W, name: str) -> W:
        self.add(label, field, name=name)
        self._groups.append((group, self.row_of(field)))
        return field

    # --- the draft

    def draft(self) -> Draft:
        return Draft(
            channel=self.channel.value(),
            requester=self.requester.line(),
            beneficiary=self.beneficiary.value(),
            proxy=self.proxy.line(),
            consented=self.consented.value(),
            category=self.category.value() or "",
            what=self.what.toPlainText(),
            place=self.place.text(),
            place_from=self._place_from,
            region=self._region,
            wanted=self.wanted.text(),
            wanted_typed_at=self.wanted.typed_at(),
            mind=self.mind.words.text(),
            cautions=self.mind.cautions.value(),
            urgent=self.mind.urgent.value(),
            more=self.more_is_open,
            policy_covered=self.extra.policy.value(),
            shopping=self.extra.shopping.value(),
            advance=self.extra.amount.text(),
            focus=self._focused(),
        )

    def fill(self, draft: Draft) -> None:
        self._is_filling = True
        self.clear_refusals()
        self.channel.set_value(Channel(draft.channel or Channel.WALK_IN))
        self.requester.set_line(draft.requester)
        self.beneficiary.set_value(draft.beneficiary)
        self.proxy.set_line(draft.proxy)
        self.consented.set_value(draft.consented)
        self._show_category(draft.category)
        self.what.set_value(draft.what)
        self.place.set_value(draft.place)
        self._place_from, self._region = draft.place_from, draft.region
        self.wanted.set_typed(draft.wanted, draft.wanted_typed_at)
        self.mind.words.set_value(draft.mind)
        self.mind.cautions.set_value(draft.cautions)
        self.mind.urgent.set_value(draft.urgent)
        self.more_is_open = draft.more
        self.extra.policy.set_value(draft.policy_covered)
        self.extra.set_shopping(draft.shopping, draft.advance)
        self._is_filling = False

    def request(self, order: str) -> SubmitOrder:
        """What is asked of the action; raises the Refusal of a field that cannot be read."""
        draft = self.draft()
        requester, beneficiary, proxy = draft.requester, draft.beneficiary, draft.proxy
        wanted = self.wanted.meaning()
        return SubmitOrder(
            order=order,
            channel=Channel(draft.channel),
            category=draft.category,
            requester=_id(requester),
            beneficiary=_id(requester if beneficiary is None else beneficiary),
            proxy=(_id(proxy) or None) if self._by_proxy() else None,
            consented=self._by_proxy() and draft.consented,
            what=draft.what,
            place=draft.place,
            region=draft.region,
            mind=draft.mind,
            urgent=draft.urgent,
            wanted_from=wanted.begins,
            wanted_at=wanted.ends,
            cautions=draft.cautions,
            policy_covered=draft.policy_covered,
            advance_cents=self.extra.cents(),
        )

    def set_home(self, person: str, region: str, address: str) -> None:
        """Where ``person`` lives, unless the clerk has said where it is."""
        self._region = region
        self.place.is_awaited = False
        if self._place_from is not None or not self.place.text():
            self._place_from = person
            self.place.set_value(address)

    def set_proxy(self, line: Line) -> None:
        """Whoever probably carries the request, unless somebody is named."""
        if self.proxy.line().is_blank:
            self.proxy.set_line(line)

    def register_new(self, then: Callable[[], None]) -> bool:
        """Register the first person who is still only typed, then go on; False when there is none."""
        lines = (self.requester, self.beneficiary.line, self.proxy)
        return any(line.isVisibleTo(self) and line.finish(then) for line in lines)

    def person_served(self) -> Line:
        other: Line | None = self.beneficiary.value()
        own: Line = self.requester.line()
        return own if other is None else other

    # --- what follows from an answer

    def _on_edited(self) -> None:
        if not self._is_filling:
            self.changed.emit()

    def _on_place(self) -> None:
        self._place_from = None

    def _on_category(self) -> None:
        known = categories.menu().find(self.category.value() or "")
        is_money, is_policy = known is not None and known.money, known is not None and known.policy
        extra = self.extra
        if is_money != extra.shopping.value() and extra.amount.is_empty():
            extra.set_shopping(is_money, "")
        if is_policy or self._policy_by_category:
            extra.policy.set_value(is_policy)
        self._policy_by_category = is_policy
        self.more_is_open = self.more_is_open or is_money or is_policy

    def _focused(self) -> str:
        focused: QWidget | None = self.window().focusWidget()
        return next(
            (name for name, row in self._rows if focused is not None and row.isAncestorOf(focused)), ""
        )

    def _show_category(self, code: str) -> None:
        known = categories.menu().find(code)
        self.category.set_value(code or None, known.title if known else code)

    def _by_proxy(self) -> bool:
        return self.channel.value() in BY_PROXY


def _id(line: Line) -> str:
    return line.who.id if line.who is not None else ""
