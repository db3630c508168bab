"""People of the register in words (人员文字): what a cell, a line or an event says. No rules."""

from __future__ import annotations

from app.actions.people_cards import PersonCard
from app.domain.numerals import cardinal
from app.sentences import people as words
from app.words import _
from ui.parts.people import group_words


def stars(level: int | None) -> str:
    """三星; nothing for who has none."""
    return _("{level}星").format(level=cardinal(level)) if level else ""


def age(years: int | None) -> str:
    return _("{age} 岁").format(age=years) if years is not None else ""


def about(card: PersonCard) -> str:
    """女 · 38 岁 · 独居、老年人."""
    sex = words.sex(card.sex) if card.sex is not None else ""
    return " · ".join(part for part in (sex, age(card.age), group_words(card.groups)) if part)


def spaced_phone(masked: str) -> str:
    """138 **** 1234; landlines as they are."""
    return f"{masked[:3]} {masked[3:7]} {masked[7:]}" if len(masked) == 11 and masked[0] == "1" else masked
