"""Where a scanned code goes: to the line that wants it, to the screen, else to what it stands on."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from app.actions.codes import nouns_with_codes
from app.actions.desk import Desk
from app.actions.people_cards import person_card
from app.actions.search import suggest_people
from app.domain.identity import IdType
from app.domain.numbers import is_volunteer_number
from app.facts import Id
from tests.support.hands import Hands
from tests.support.people import volunteer
from tests.support.window import open_window
from ui.frame import screens_found
from ui.parts.grouped import PhoneField
from ui.parts.overlay import Overlay
from ui.parts.people import PersonField, person_rows
from ui.parts.typeahead import TypeAhead
from ui.screen import Screen, ScreenEntry, Services
from ui.screens.volunteers.kept import IdentityLine

SCANNED: list[str] = []


class Counter(Screen):
    """Takes codes that begin with a nine; its line takes those that begin with an eight."""

    def __init__(self, app: Services) -> None:
        super().__init__(app)
        SCANNED.clear()
        self.line = _Line(self)

    def on_scan(self, code: str) -> bool:
        SCANNED.append(f"screen {code}")
        return code.startswith("9")


class _Line(QLineEdit):
    def on_scan(self, code: str) -> bool:
        SCANNED.append(f"line {code}")
        return code.startswith("8")


def entry(key: str, *, went: list[Id] | None = None, opens: str = "") -> ScreenEntry:
    class Signpost(Screen):
        def go_to(self, object_id: str) -> None:
            assert went is not None
            went.append(object_id)

    build = Counter if went is None else Signpost
    return ScreenEntry(
        key=key, order=1, icon="gift", title=key, build=build, opens=frozenset({opens} if opens else ())
    )


def test_every_noun_with_codes_is_opened_by_one_screen() -> None:
    opened = [noun for one in screens_found() for noun in one.opens]
    assert set(nouns_with_codes()) <= set(opened)
    assert len(opened) == len(set(opened))


def test_the_focus_is_asked_first_then_the_screen_then_the_code_is_opened(qtbot: QtBot, desk: Desk) -> None:
    person = volunteer(desk, "李梅")
    card = person_card(desk, person).volunteer
    assert card is not None
    went: list[Id] = []
    with open_window(desk, entry("counter"), entry("people", went=went, opens="person")) as opened:
        screen = opened.screen()
        assert isinstance(screen, Counter)
        screen.line.setFocus()
        opened.frame.scanned("81234567")
        opened.frame.scanned("91234567")
        assert SCANNED == ["line 81234567", "line 91234567", "screen 91234567"]
        opened.frame.scanned(card.number)
        Hands(opened, qtbot).until(lambda: went)
        assert (went, opened.frame.current()) == ([person], "people")


def test_a_line_for_a_person_takes_a_card_and_chooses_who_it_is(qtbot: QtBot, desk: Desk) -> None:
    person = volunteer(desk, "李梅")
    card = person_card(desk, person).volunteer
    assert card is not None
    with open_window(desk, _with_line()) as opened:
        line = opened.screen().findChild(PersonField)
        assert isinstance(line, PersonField)
        line.setFocus()
        opened.frame.scanned(card.number)
        hands = Hands(opened, qtbot)
        hands.until(lambda: line.value() == person)
        assert line.text() == "李梅"
        line.clear()
        hands.write("zhou")
        hands.until(lambda: ["登记（Ctrl+N）" in row.title for row in line.proposals()] == [True])


def test_a_card_of_nobody_registers_nobody(qtbot: QtBot, desk: Desk) -> None:
    asked: list[str] = []
    with open_window(desk, _with_line(asked)) as opened:
        line = opened.screen().findChild(TypeAhead)
        assert isinstance(line, TypeAhead)
        line.setFocus()
        opened.frame.scanned("1022040010000425")
        Hands(opened, qtbot).until(line.is_open)
        assert (line.text(), asked) == ("1022040010000425", [])


def _with_line(asked: list[str] | None = None) -> ScreenEntry:
    """A screen with a line for somebody known, or, given a list for those who are not, for anybody."""

    class Asking(Screen):
        def __init__(self, app: Services) -> None:
            super().__init__(app)
            column = QVBoxLayout(self)
            if asked is None:
                column.addWidget(PersonField(app.jobs, name="谁"))
                return
            line = TypeAhead(
                app.jobs, suggest_people, person_rows, name="谁", new="＋新登记", codes=is_volunteer_number
            )
            line.new_asked.connect(asked.append)
            column.addWidget(line)

    return ScreenEntry(key="asking", order=1, icon="gift", title="asking", build=Asking)


def test_an_unknown_code_is_said_with_the_code(qtbot: QtBot, desk: Desk) -> None:
    with open_window(desk, entry("counter")) as opened:
        hands = Hands(opened, qtbot)
        opened.frame.scanned("1022040010000425")
        hands.until(lambda: "1022040010000425" in hands.news())
        assert opened.frame.current() == "counter"


def test_over_an_overlay_nothing_is_opened(qtbot: QtBot, desk: Desk) -> None:
    with open_window(desk, entry("counter")) as opened:
        overlay = Overlay(opened.frame)
        overlay.open()
        opened.frame.scanned("91234567")
        assert SCANNED == []
        assert "91234567" in Hands(opened, qtbot).news()


ID_NUMBER = "11010519491231002X"


class _Form(Screen):
    """Two fields for numbers."""

    def __init__(self, app: Services) -> None:
        super().__init__(app)
        column = QVBoxLayout(self)
        self.identity, self.phone = IdentityLine(), PhoneField(name="电话")
        column.addWidget(self.identity)
        column.addWidget(self.phone)


_FORM = ScreenEntry(key="form", order=1, icon="gift", title="form", build=_Form)


def test_a_number_that_a_reader_types_belongs_to_the_field_for_such_numbers(qtbot: QtBot, desk: Desk) -> None:
    with open_window(desk, _FORM) as opened:
        screen = opened.screen()
        assert isinstance(screen, _Form)
        hands, edited = Hands(opened, qtbot), []
        screen.identity.edited.connect(lambda: edited.append(screen.identity.value()))
        screen.identity.setFocus()
        opened.frame.scanned(ID_NUMBER)
        hands.until(lambda: edited)
        assert (edited, screen.identity.number.field.text()) == ([ID_NUMBER], "110105 1949 1231 002X")
        screen.phone.setFocus()
        opened.frame.scanned("13812340001")
        hands.until(lambda: screen.phone.value() == "13812340001")
        assert hands.news() == ""


def test_a_card_opens_its_volunteer_also_from_a_field_for_numbers(qtbot: QtBot, desk: Desk) -> None:
    person = volunteer(desk, "李梅")
    card = person_card(desk, person).volunteer
    assert card is not None
    went: list[Id] = []
    with open_window(desk, _FORM, entry("people", went=went, opens="person")) as opened:
        screen = opened.screen()
        assert isinstance(screen, _Form)
        screen.identity.id_type.set_value(IdType.PASSPORT)
        screen.identity.setFocus()
        opened.frame.scanned(card.number)
        Hands(opened, qtbot).until(lambda: went)
        assert (went, screen.identity.value()) == ([person], "")


@pytest.mark.parametrize("is_covered", [False, True])
def test_no_sentence_says_a_whole_number_of_a_person(qtbot: QtBot, desk: Desk, is_covered: bool) -> None:
    with open_window(desk, entry("counter")) as opened:
        hands = Hands(opened, qtbot)
        if is_covered:
            Overlay(opened.frame).open()
        opened.frame.scanned(ID_NUMBER)
        hands.until(lambda: "110105********002X" in hands.news())
