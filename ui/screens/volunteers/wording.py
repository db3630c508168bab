"""People of the register in words (人员文字): what a cell, a line or an event says. No rules."""

from __future__ import annotations

from app.actions.people_cards import PersonCard
from app.actions.people_list import PeopleSort
from app.domain.numerals import cardinal
from app.sentences import people as words
from app.words import N_, _
from ui.parts.people import group_words

_ORDERS = {
    (PeopleSort.NAME, False): N_("按姓名"),
    (PeopleSort.NAME, True): N_("按姓名，从后往前"),
    (PeopleSort.SINCE, False): N_("按登记先后"),
    (PeopleSort.SINCE, True): N_("新登记的在前"),
    (PeopleSort.MINUTES, False): N_("时长少的在前"),
    (PeopleSort.MINUTES, True): N_("时长多的在前"),
}


def stars(level: int | None) -> str:
    """三星; nothing for who has none."""
    return _("{level}星").format(level=cardinal(level)) if level else ""


def age(years: int | None) -> str:
    return _("{age} 岁").format(age=years) if years is not None else ""


def order_words(key: str, is_descending: bool) -> str:
    """How a list of people is ordered."""
    return _(_ORDERS[PeopleSort(key), is_descending])


def about(card: PersonCard) -> str:
    """女 · 38 岁 · 独居、老年人."""
    sex = words.sex(card.sex) if card.sex is not None else ""
    return " · ".join(part for part in (sex, age(card.age), group_words(card.groups)) if part)


def spaced_phone(masked: str) -> str:
    """138 **** 1234; landlines as they are."""
    return f"{masked[:3]} {masked[3:7]} {masked[7:]}" if len(masked) == 11 and masked[0] == "1" else masked
