"""The questions (点单的问题) in their order. The form reads and fills a ``Draft``; it saves and sends nothing.

In large mode one group of questions stands on a page, and Enter on its last answer turns the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.actions.board import LikelySame
from app.actions.orders import SubmitOrder
from app.domain import categories
from app.domain.orders import BY_PROXY, Channel
from app.domain.problems import Refusal
from app.sentences import sentence
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
from ui.screens.intake.same import SameCard
from ui.screens.intake.tree import CategoryTree
from ui.theme import theme

GROUPS = (N_("谁要办"), N_("要什么"), N_("在哪、什么时候"))


class IntakeForm(Form):
    """``changed`` comes with every answer; ``asked`` with the person or category that may have changed."""

    changed = Signal()
    turned = Signal()  # another group of questions is shown

    def __init__(self, jobs: Jobs, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.group = 0
        self._place_from: str | None = None
        self._region = ""
        self._is_filling = False
        self._more_is_open = self._policy_by_category = False
        self._groups: list[tuple[int, FormRow]] = []
        self._build(jobs, now)
        self._connect()
        self._arrange()
        theme.changed.connect(self._arrange)

    # --- building

    def _build(self, jobs: Jobs, now: Callable[[], datetime]) -> None:
        hint = _("电话、拼音或姓名")
        keyed = [(one.code, one.name) for one in categories.shipped().keyed]
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
        self.same = self.add_line(SameCard(now))
        other.picked.connect(lambda _who: self.step_on())

    def _ask(self, group: int, label: str, field: Any, name: str) -> Any:
        self.add(label, field, name=name)
        self._groups.append((group, self.row_of(field)))
        return field

    def _connect(self) -> None:
        self.place.edited.connect(self._on_place)
        self.category.edited.connect(self._on_category)
        for (
            _group,
            row,
        ) in self._groups:  # after what follows from an answer, so that the draft holds that, too
            answered: Any = row.field
            answered.edited.connect(self._on_edited)
        self.category.opened.connect(self._open_tree)
        self.channel.edited.connect(self._arrange)
        self.beneficiary.closed.connect(self.toggle_beneficiary)
        self.own.clicked.connect(lambda _checked: self.toggle_beneficiary())
        self.more.clicked.connect(lambda _checked: self.toggle_more())
        for line, field in ((self.requester, self.requester), (self.proxy, self.proxy)):
            line.refused.connect(lambda refusal, at=field: self._refuse_person(at, refusal))
        self.beneficiary.line.refused.connect(lambda refusal: self._refuse_person(self.beneficiary, refusal))

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
            more=self._more_is_open,
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
        self._more_is_open = draft.more
        self.extra.policy.set_value(draft.policy_covered)
        self.extra.set_shopping(draft.shopping, draft.advance)
        self.group = self._group_of(draft.focus)
        self._arrange()
        self._is_filling = False
        self.turned.emit()

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

    def show_same(self, orders: Sequence[LikelySame]) -> None:
        """In large mode there is no pane beside: the likely duplicate stands below the questions."""
        self.same.set_orders(orders)
        self._arrange()

    # --- opening and closing

    def toggle_beneficiary(self) -> None:
        """Ctrl+B: a line for somebody else, or back to the requester."""
        self.beneficiary.set_value(None if self.beneficiary.is_open else Line())
        self.row_of(self.beneficiary).refusal.clear()
        self.show_group(0)
        target = self.beneficiary if self.beneficiary.is_open else self.requester
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.beneficiary.edited.emit()

    def toggle_more(self) -> None:
        """F7."""
        self._more_is_open = not self._more_is_open
        self.show_group(2)
        target = self.extra if self._more_is_open else self.mind
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._bring_into_view(self.row_of(target))
        self._on_edited()

    def toggle_urgent(self) -> None:
        self.mind.urgent.click()

    def next_channel(self) -> None:
        self.show_group(0)
        self.channel.next()

    def show_group(self, group: int) -> None:
        if self.group != group:
            self.group = group
            self.turned.emit()
        self._arrange()

    def turn(self, step: int) -> None:
        """To the page before or after this one, at its first question."""
        group = min(max(self.group + step, 0), len(GROUPS) - 1)
        if group != self.group:
            self.show_group(group)
            self.start_here()

    def start_here(self) -> None:
        """The first question of the group that Tab reaches."""
        for row in self._visible():
            if row.field is not self.channel:
                row.field.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # --- walking and refusing

    def step_on(self) -> None:
        if not theme.large:
            super().step_on()
            return
        if self._next_empty_here() or self.group == len(GROUPS) - 1:
            super().step_on()
            return
        self.turn(1)
        row = next((row for row in self._visible() if _is_empty(row)), None)
        if row is not None:
            row.field.setFocus(Qt.FocusReason.TabFocusReason)

    def refuse(self, refusal: Refusal, mend: Any = None) -> None:
        row = next((row for name, row in self._rows if name and name == refusal.field), None)
        if row is not None:
            self._open_for(row)
        super().refuse(refusal, mend)

    def focus_on(self, name: str) -> None:
        """Put the cursor back into the question of this name."""
        row = next((row for known, row in self._rows if known == name), None)
        if row is not None and row.isVisibleTo(self):
            row.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.start_here()

    def _next_empty_here(self) -> bool:
        rows = self._visible()
        focused: QWidget | None = self.window().focusWidget()
        here = next(
            (at for at, row in enumerate(rows) if focused is not None and row.isAncestorOf(focused)), -1
        )
        return any(_is_empty(row) for row in rows[here + 1 :])

    def _open_for(self, row: FormRow) -> None:
        if row.field is self.extra:
            self._more_is_open = True
        self.show_group(next(group for group, known in self._groups if known is row))

    def _refuse_person(self, field: QWidget, refusal: Refusal) -> None:
        row = self.row_of(field)
        row.refusal.say(sentence(refusal))
        self._bring_into_view(row)

    def _focused(self) -> str:
        focused: QWidget | None = self.window().focusWidget()
        return next(
            (name for name, row in self._rows if focused is not None and row.isAncestorOf(focused)), ""
        )

    def _group_of(self, name: str) -> int:
        row = next((row for known, row in self._rows if known == name), None)
        return next((group for group, known in self._groups if known is row), 0)

    # --- what follows from an answer

    def _on_edited(self) -> None:
        if not self._is_filling:
            self.changed.emit()

    def _on_place(self) -> None:
        self._place_from = None

    def _on_category(self) -> None:
        known = categories.shipped().find(self.category.value() or "")
        is_money, is_policy = known is not None and known.money, known is not None and known.policy
        extra = self.extra
        if is_money != extra.shopping.value() and extra.amount.is_empty():
            extra.set_shopping(is_money, "")
        if is_policy or self._policy_by_category:
            extra.policy.set_value(is_policy)
        self._policy_by_category = is_policy
        self._more_is_open = self._more_is_open or is_money or is_policy
        self._arrange()

    def _open_tree(self) -> None:
        tree = CategoryTree(self, self.category.value() or "")

        def picked(code: str) -> None:
            self._show_category(code)
            self.category.edited.emit()
            self.category.picked.emit(code)

        tree.picked.connect(picked)
        tree.open()

    def _show_category(self, code: str) -> None:
        known = categories.shipped().find(code)
        self.category.set_value(code or None, known.name if known else code)

    def _by_proxy(self) -> bool:
        return self.channel.value() in BY_PROXY

    def _arrange(self) -> None:
        """Show what is open, and in large mode only the group that is asked now."""
        closed = set()
        if not self._by_proxy():
            closed |= {self.proxy, self.consented}
        if not self._more_is_open:
            closed.add(self.extra)
        if not self.beneficiary.is_open:
            closed.add(self.beneficiary)
        for group, row in self._groups:
            row.setVisible(row.field not in closed and (not theme.large or group == self.group))
        is_last = not theme.large or self.group == len(GROUPS) - 1
        self.more.setVisible(is_last and not self._more_is_open)
        self.same.setVisible(theme.large and bool(self.same.first()))
        self.own.setVisible(not self.beneficiary.is_open)


def _is_empty(row: FormRow) -> bool:
    field: Any = row.field
    return bool(field.is_empty())


def _id(line: Line) -> str:
    return line.who.id if line.who is not None else ""
