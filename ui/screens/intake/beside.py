"""What is found out while the clerk types (随手查): who it is and where they live, the same thing asked before, and
who carries today's requests. It fills the pane and offers answers to the form; it never stands in the way.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.actions.board import LikelySame, SameAs, likely_same
from app.actions.people import Reveal, Sensitive, reveal
from app.actions.people_cards import (
    Home,
    PersonCard,
    PersonStory,
    home_of,
    person_card,
    person_story,
)
from app.domain.calendar import shanghai_day
from app.domain.orders import BY_PROXY, Channel
from app.domain.phones import grouped
from app.words import _
from ui.parts.banner import Action
from ui.screen import Services
from ui.screens.intake.draft import Line, Who
from ui.screens.intake.form import IntakeForm
from ui.screens.intake.pane import IntakePane
from ui.screens.intake.same import same_words
from ui.theme import theme

CHANNEL = "intake.channel"


class Beside(QObject):
    """``merge_asked`` carries the order to be joined to; ``home_known`` ends the waiting for 在哪."""

    merge_asked = Signal(str)
    home_known = Signal()

    def __init__(self, app: Services, form: IntakeForm, pane: IntakePane, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._form, self._pane = app, form, pane
        self._asked_about: tuple[str, str] | None = None
        self._offered = ""
        form.requester.edited.connect(self._on_person)
        form.beneficiary.edited.connect(self._on_person)
        form.category.edited.connect(self._look_for_same)
        form.channel.edited.connect(self._on_channel)
        pane.same.merged.connect(self.merge_asked)
        form.same.merged.connect(self.merge_asked)
        pane.person.asked.connect(self._reveal)
        pane.person.opened.connect(partial(app.go, "board"))

    def last_channel(self) -> str:
        """The channel of the request before."""
        return str(self._app.remembered.get(CHANNEL, str(Channel.WALK_IN)))

    def look_again(self) -> None:
        """Another draft is shown, or something changed: look everything up anew."""
        self._asked_about = None
        self._on_channel()
        self._on_person()

    def remember_proxy(self) -> None:
        """Who carried this request carries the next one of this channel today, most likely."""
        channel, carrier = self._form.channel.value(), self._form.proxy.value()
        if channel in BY_PROXY and carrier is not None:
            self._app.remembered.put(_proxy_key(channel), [self._today(), carrier.id])

    def merge_first(self) -> None:
        if self._pane.same.first():
            self.merge_asked.emit(self._pane.same.first())

    # --- who it is about

    def _on_person(self) -> None:
        self._look_for_same()
        who = self._form.person_served().who
        self._form.place.is_awaited = False
        if who is None:
            self._pane.show_person(None)
            return
        self._app.jobs.read(self, person_story, who.id, done=self._on_story)
        self._form.place.is_awaited = True
        done = partial(self._on_home, who.id)
        self._app.jobs.read(self, home_of, who.id, done=done, refused=lambda _refusal: self._no_home())

    def _on_story(self, story: PersonStory) -> None:
        if self._is_about(story.card.id):
            self._pane.show_person(story)

    def _on_home(self, person: str, home: Home) -> None:
        if self._is_about(person):
            self._form.set_home(person, home.region, home.address)
            self.home_known.emit()

    def _no_home(self) -> None:
        self._form.place.is_awaited = False
        self.home_known.emit()

    def _is_about(self, person: str) -> bool:
        who = self._form.person_served().who
        return who is not None and who.id == person

    def _reveal(self, reason: str) -> None:
        shown = self._pane.person
        person = shown.person

        def done(phone: str) -> None:
            if shown.person == person:
                shown.phone.show_value(grouped(phone))

        request = Reveal(person=person, field=Sensitive.PHONE, reason=reason)
        self._app.jobs.run(self, reveal, request, done=done)

    # --- who carries it

    def _on_channel(self) -> None:
        channel = self._form.channel.value()
        self._app.remembered.put(CHANNEL, str(channel))
        day, carrier = self._app.remembered.get(_proxy_key(channel), ["", ""])
        if channel in BY_PROXY and day == self._today():
            self._app.jobs.read(self, person_card, carrier, done=partial(self._on_carrier, channel))

    def _on_carrier(self, channel: Channel, card: PersonCard) -> None:
        if self._form.channel.value() is channel:
            self._form.set_proxy(Line(who=Who(id=card.id, name=card.name, came="every time")))

    def _today(self) -> str:
        return shanghai_day(self._app.now()).isoformat()

    # --- the same thing again

    def _look_for_same(self) -> None:
        who = self._form.person_served().who
        category = self._form.category.value() or ""
        about = (who.id if who else "", category)
        if about == self._asked_about:
            return
        self._asked_about = about
        if not all(about):
            self._show_same(())
            return
        query = SameAs(person=about[0], category=category)
        self._app.jobs.read(self, likely_same, query, done=partial(self._on_same, about))

    def _on_same(self, about: tuple[str, str], likely: tuple[LikelySame, ...]) -> None:
        if about != self._asked_about:
            return
        self._show_same(likely)
        if likely and not self._app.pane_is_shown() and not theme.large:
            self._offered = _("像是同一件事：{order}").format(order=same_words(likely[0], self._app.now()))
            self._app.banner.news(self._offered, Action(_("并过去"), self.merge_first, "F9"))

    def _show_same(self, likely: tuple[LikelySame, ...]) -> None:
        self._pane.same.set_orders(likely)
        if self._offered and self._app.banner.sentence() == self._offered:
            self._app.banner.dismiss()  # that was about somebody else
        self._offered = ""
        self._form.show_same(likely)


def _proxy_key(channel: Channel) -> str:
    return f"intake.proxy.{channel}"
