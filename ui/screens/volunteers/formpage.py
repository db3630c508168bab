"""The form as a page (登记、改资料): its heading, who may be the same person, and the footer with the red button."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.people import Reveal, Sensitive, reveal
from app.actions.people_cards import PersonCard
from app.actions.search_people import (
    MaybeKnown,
    PersonHit,
    likely_same,
)
from app.domain.calendar import shanghai_day
from app.domain.people import IdNumberTaken
from app.domain.problems import Refusal
from app.facts import Id
from app.words import _
from ui.formdraft import FormDraft
from ui.parts import keys, paint
from ui.parts.buttons import Button
from ui.parts.form import Mend, Page
from ui.parts.people import details
from ui.parts.text import Paragraph, Text
from ui.places import Places
from ui.screen import Services
from ui.screens.volunteers.form import PersonForm
from ui.screens.volunteers.saving import Saving
from ui.theme import theme

_SAME_AFTER_MS = 250


class FormPage(QWidget):
    """``saved`` carries the person's id and what to say; ``opened`` somebody who is known already.

    Of its own draft it is the one field: ``edited``, ``value`` and ``set_value`` are for that.
    """

    saved = Signal(str, str)
    opened = Signal(str)
    left = Signal()
    edited = Signal()

    def __init__(self, app: Services) -> None:
        super().__init__()
        self._app = app
        self._card: PersonCard | None = None
        self._becomes_volunteer = False
        self.title = Text("", "section", bold=True, wrap=True)
        self.same = SameLine()
        self.form = PersonForm(app.jobs, lambda: shanghai_day(app.now()))
        self.save = Button(_("登记"), kind="primary", key="Ctrl+Enter")
        self.throw_away = Button(kind="quiet")
        self.back = Button(_("先不填了"), kind="quiet", key="Esc")
        self.form.primary = self.save
        self._begun = self.form.state()  # what stood there before anything was typed
        self._draft = FormDraft(self, app, "person")
        self._draft.keep("person", self)
        self._saving = Saving(app.jobs, self.form, self._on_refused)
        self._ask_same = QTimer(self, singleShot=True, interval=_SAME_AFTER_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.title)
        inner.addWidget(self.same)
        inner.addWidget(self.form)
        page = Page(content, left=(self.back, self.throw_away), right=(self.save,))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)

    def _connect(self) -> None:
        self.form.saved.connect(self._save)
        self.form.left.connect(self.left)
        self.form.changed.connect(self._on_changed)
        self.form.reveal_asked.connect(self._reveal)
        self.save.clicked.connect(lambda _checked: self._save())
        self.back.clicked.connect(lambda _checked: self.left.emit())
        self.throw_away.clicked.connect(lambda _checked: self._throw_away())
        self.same.opened.connect(self.opened)
        self._saving.saved.connect(self._on_saved)
        self._draft.restored.connect(self._fit)
        self._ask_same.timeout.connect(self._look_for_same)

    # --- beginning

    def offer_regions(self, codes: tuple[str, ...], named: Places) -> None:
        every = sorted({*codes, *named.villages.names, named.station})
        self.form.offer_regions([(code, named.said(code)) for code in every])

    def is_new(self) -> bool:
        return self._card is None

    def load(self) -> None:
        """Bring back who was half registered."""
        self._begin(None)

    def start_new(self) -> None:
        """Somebody new; what was typed of them before is still there."""
        if self._card is not None:
            self._begin(None)
        else:
            self._fit()

    def start_with(self, card: PersonCard, *, becomes_volunteer: bool) -> None:
        """Somebody known; what was edited of them before is still there."""
        self._becomes_volunteer = becomes_volunteer
        self._begin(card)

    def _begin(self, card: PersonCard | None) -> None:
        self._draft.save_early()
        self._card = card
        self.same.set_hits(())
        if card is None:
            self.form.start_new()
        else:
            self.form.start_with(card, becomes_volunteer=self._becomes_volunteer)
        self._begun = self.form.state()
        self._draft.begin(self._about())
        self._fit()

    def take_focus(self) -> None:
        self.form.name.setFocus()

    # --- its draft

    def _about(self) -> str:
        """Whom it is about, and whether they are registered: what they bring is not asked in an edit."""
        if self._card is None:
            return ""
        return f"{self._card.id}/volunteer" if self._becomes_volunteer else self._card.id

    def value(self) -> dict[str, Any] | None:
        """What says something else than when it was begun, if anything does."""
        now = self.form.state()
        return {name: typed for name, typed in now.items() if typed != self._begun[name]} or None

    def set_value(self, typed: dict[str, Any] | None) -> None:
        """Go on with what was typed before."""
        if typed is not None:
            self.form.set_state(self._begun | typed)

    def _fit(self) -> None:
        """Say whom it is about, and whether there is something to throw away."""
        is_typed = self.value() is not None
        if self._card is None:
            title, save = _("接着登记") if is_typed else _("登记新人"), _("登记")
        elif self._becomes_volunteer:
            title, save = _("{name} · 登记为志愿者").format(name=self._card.name), _("登记")
        else:
            title, save = _("{name} · 改资料").format(name=self._card.name), _("改好了")
        self.title.setText(title)
        self.save.setText(save)
        self.throw_away.setText(_("清空重填") if self._card is None else _("不要这份草稿"))
        for button in (self.save, self.throw_away):
            button.updateGeometry()
        self.throw_away.setVisible(is_typed)

    # --- while it is typed

    def _on_changed(self) -> None:
        self.edited.emit()
        self.throw_away.setVisible(self.value() is not None)
        self._ask_same.start()

    def _look_for_same(self) -> None:
        form = self.form
        if not form.name.value() or not (form.phone.value() or form.birth()):
            self.same.set_hits(())
            return
        query = MaybeKnown(
            name=form.name.value(),
            phone=form.phone.value(),
            born_on=form.birth(),
            other_than=self._card.id if self._card is not None else None,
        )
        self._app.jobs.read(self, likely_same, query, done=self.same.set_hits, refused=lambda _refusal: None)

    def _reveal(self, field: Sensitive, reason: str) -> None:
        assert self._card is not None
        person = self._card.id

        def done(value: str) -> None:
            if self._card is not None and self._card.id == person:
                self.form.show_known(field, value)

        self._app.jobs.run(self, reveal, Reveal(person=person, field=field, reason=reason), done=done)

    # --- saving

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter also where the form ends, on its button."""
        if keys.is_save(event):
            self._save()
            return
        super().keyPressEvent(event)

    def _save(self) -> None:
        self._saving.save(self._card.id if self._card is not None else self._draft.id, self._card)

    def _on_saved(self, person: str, said: str) -> None:
        self._draft.forget()
        self._begin(None)
        self.saved.emit(person, said)

    def _on_refused(self, refusal: Refusal) -> None:
        mend = None
        if isinstance(refusal, IdNumberTaken):
            holder = refusal.person
            mend = Mend(_("打开那份档案"), lambda: self.opened.emit(holder))
        self.form.refuse(refusal, mend)

    def _throw_away(self) -> None:
        self._draft.forget()
        self._begin(self._card)
        self.form.name.setFocus()


class SameLine(QWidget):
    """Somebody who may be the one that is being typed; it never stands in the way."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._words = Paragraph()
        self._open = Button(_("打开看看"))
        self._open.clicked.connect(lambda _checked: self.opened.emit(self._person))
        self._person: Id = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self._open)
        self.hide()

    def set_hits(self, hits: tuple[PersonHit, ...]) -> None:
        self.setVisible(bool(hits))
        if hits:
            self._person = hits[0].id
            who = " · ".join((hits[0].name, *details(hits[0])))
            self._words.set_sentence(_("像是已经登记过：{who}").format(who=who))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        paint.fill(painter, area, theme.colour("surface"))
        painter.save()
        painter.setClipRect(QRectF(0, 0, 4, area.height()))
        paint.fill(painter, area, theme.colour("waiting"))
        painter.restore()
        paint.frame(painter, area, max(paint.hairline(self), theme.metrics.border), theme.colour("border"))
