"""Beside a policy (规则的来历): what holds today, and every change of it, who made it and when."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.policies import PolicyCard, PolicyChange, PolicyStory
from app.domain.calendar import shanghai_day
from app.domain.moments import say_date, say_exactly, say_moment
from app.sentences.policies import changed, statements
from app.words import _
from ui.parts.rows import State
from ui.parts.text import Paragraph, Text
from ui.parts.timeline import Event, Timeline


class PolicyPane(QWidget):
    """``is_whole`` where the work does not say already what holds today."""

    def __init__(self, *, is_whole: bool) -> None:
        super().__init__()
        self._since = Paragraph("", "secondary", "secondary")
        self._holds = Paragraph("")
        self._changes = Timeline()
        self._never = Paragraph(_("还没有人改过。"), "body", "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        self._holds.setContentsMargins(0, 0, 0, 12)
        for widget in (Text(_("今天这样办"), "body", bold=True), self._since, self._holds):
            column.addWidget(widget)
            widget.setVisible(is_whole)
        column.addWidget(Text(_("改过什么"), "body", bold=True))
        column.addWidget(self._never)
        column.addWidget(self._changes)
        column.addStretch()

    def show_story(self, story: PolicyStory, now: datetime) -> None:
        card, today = story.card, shanghai_day(now)
        self._since.set_sentence(since_words(card, today))
        self._holds.set_sentence("\n".join(statements(card.value)))
        self._never.setVisible(not story.changes)
        self._changes.set_events([_event(change, now, today) for change in story.changes])


def since_words(card: PolicyCard, today: date) -> str:
    """From when on it is so."""
    if card.since is None:
        return _("一向是这样，没有另外规定")
    return _("{day}起").format(day=say_date(card.since, today))


def _event(change: PolicyChange, now: datetime, today: date) -> Event:
    words = _("{day}起：{changes}").format(
        day=say_date(change.valid_from, today), changes=_("；").join(changed(change.before, change.after))
    )
    state = None
    if change.withdrawn_at is not None:
        state = State("dash", "closed")
        words = _("{words}。{name}{when}撤回了").format(
            words=words, name=change.withdrawn_by, when=say_moment(change.withdrawn_at, now)
        )
    return Event(say_moment(change.at, now), words, change.by, say_exactly(change.at), state)
