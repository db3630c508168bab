"""Cards of volunteers: one, a sheet of them, and for whom there is none."""

from __future__ import annotations

import pytest

from app.actions import volunteer_cards
from app.actions.desk import Desk, NotAllowed
from app.actions.people import LeaveVolunteering, leave_volunteering
from app.actions.people_cards import person_card
from app.actions.volunteer_cards import NoCards, TooManyCards, card_sheets, volunteer_card
from app.domain.people import NotAVolunteer, PersonUnknown
from app.domain.staff import Role
from app.sentences import sentence
from app.storage.ids import new_id
from tests.printing.papers import pages, text
from tests.support.desk import STATION_NAME, Station
from tests.support.people import resident, team, volunteer


def number_of(desk: Desk, person: str) -> str:
    it = person_card(desk, person).volunteer
    assert it is not None
    return it.number


def test_a_card_says_who_of_which_team(desk: Desk) -> None:
    person = volunteer(desk, "李梅")
    team(desk, "爱心理发队", person)
    said = text(volunteer_card(desk, person))
    for words in ("李梅", "爱心理发队", STATION_NAME, number_of(desk, person)):
        assert words in said


def test_a_sheet_holds_the_volunteers_in_order_and_nobody_else(desk: Desk) -> None:
    first, second = volunteer(desk, "李梅"), volunteer(desk, "王强")
    gone = volunteer(desk, "赵敏")
    leave_volunteering(desk, LeaveVolunteering(person=gone, reason="搬走了"))
    [said] = pages(card_sheets(desk, (second, resident(desk, "孙大爷"), gone, first)))
    assert said.index("王强") < said.index("李梅")
    assert not {"孙大爷", "赵敏"} & {said[at : at + 3] for at in range(len(said))}


def test_there_is_no_card_for_who_is_no_volunteer(desk: Desk) -> None:
    person = resident(desk, "孙大爷")
    with pytest.raises(NotAVolunteer):
        volunteer_card(desk, person)
    with pytest.raises(PersonUnknown):
        volunteer_card(desk, new_id())
    with pytest.raises(NoCards) as refused:
        card_sheets(desk, (person,))
    assert "没有" in sentence(refused.value)


def test_more_than_anybody_cuts_are_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volunteer_cards, "MOST_CARDS", 1)
    with pytest.raises(TooManyCards) as refused:
        card_sheets(desk, (volunteer(desk, "李梅"), volunteer(desk, "王强")))
    assert (refused.value.count, refused.value.most) == (2, 1)
    assert "1 张" in sentence(refused.value)


def test_an_auditor_makes_no_cards(station: Station) -> None:
    person = volunteer(station.desk, "李梅")
    with pytest.raises(NotAllowed):
        volunteer_card(station.sit(Role.AUDITOR), person)
