"""What a review of stars asks for (小表单): the cut-off date to begin with, and what somebody objects to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.actions.star_review import StarEntry
from app.actions.star_rounds import (
    OpenStarRound,
    RaiseStarObjection,
    open_star_round,
    raise_star_objection,
)
from app.domain.moments import full_date
from app.domain.people import day_typed
from app.facts import Id
from app.words import _
from ui.keptform import KeptForm
from ui.parts.fields import TextArea, TextField
from ui.parts.when import EchoField
from ui.screen import Services


class OpenForm(KeptForm):
    """``opened`` is told the new review and how many it proposes."""

    def __init__(self, host: QWidget, app: Services, today: date, opened: Callable[[Id, int], None]) -> None:
        super().__init__(
            host,
            app,
            _("发起星级评定"),
            _("发起"),
            kind="star-round",
            about="",
            sentence=_("按截止日期那天的时长，把够得上更高星级的志愿者列出来。授星要由另一位管理员来做。"),
        )
        self._opened = opened
        self._last_month = today.replace(day=1) - timedelta(days=1)
        self.cut_off: EchoField[date | None] = self.keep(
            _("截止日期"),
            EchoField(
                lambda text: day_typed(text, "cut_off"),
                lambda day: full_date(day) if day else "",
                _("例如 2026-6-30"),
            ),
            name="cut_off",
        )
        self.cut_off.set_value(self._last_month.isoformat())

    def submit(self) -> None:
        day = self.cut_off.meaning() or self._last_month
        self.run(open_star_round, OpenStarRound(star_round=self.draft, cut_off=day), self._done)

    def _done(self, proposed: int) -> None:
        star_round = self.draft
        self.done()
        self._opened(star_round, proposed)


class ObjectionForm(KeptForm):
    """Somebody came and said so."""

    def __init__(self, host: QWidget, app: Services, star_round: Id, about: StarEntry) -> None:
        super().__init__(
            host,
            app,
            _("对{who}的异议").format(who=about.who),
            _("记下"),
            kind="objection",
            about=f"{star_round}/{about.person}",
            sentence=_("可以不留姓名。记下以后，答复了才能授星。"),
        )
        self._round, self._person = star_round, about.person
        self.words = self.keep(_("反映什么"), TextArea(_("说了什么，就写什么"), lines=2), name="words")
        self.raised_by = self.keep(_("谁反映的"), TextField(at_most=50), name="raised_by")

    def submit(self) -> None:
        request = RaiseStarObjection(
            star_round=self._round,
            person=self._person,
            objection=self.draft,
            words=self.words.value(),
            raised_by=self.raised_by.value(),
        )
        self.run(raise_star_objection, request, lambda _nothing: self.done())
