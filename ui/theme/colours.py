"""The colours (颜色) of look.md by role, for light, dark and high contrast. Which one is shown is decided elsewhere.

``paper`` lies under everything, ``surface`` under fields and cards, ``rail`` beside the work. The state colours
(``waiting`` to ``closed``) colour words and shapes on paper or surface and are never fills.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, get_args

ColourRole = Literal[
    "paper",
    "surface",
    "rail",
    "ink",
    "secondary",
    "placeholder",
    "hairline",
    "border",
    "accent",
    "on_accent",
    "focus",
    "selection",
    "waiting",
    "under_way",
    "done",
    "trouble",
    "closed",
]


@dataclass(frozen=True)
class Colours:
    """One colour per role, as six hex digits."""

    paper: str
    surface: str
    rail: str
    ink: str
    secondary: str
    placeholder: str
    hairline: str
    border: str
    accent: str
    on_accent: str
    focus: str
    selection: str
    waiting: str
    under_way: str
    done: str
    trouble: str
    closed: str


LIGHT = Colours(
    paper="F7F6F2",
    surface="FFFFFF",
    rail="EFEEE9",
    ink="1F2328",
    secondary="57606A",
    placeholder="68707A",
    hairline="DEDDD7",
    border="858B94",
    accent="C8372D",
    on_accent="FFFFFF",
    focus="1F5FBF",
    selection="E6EEF9",
    waiting="3F6294",
    under_way="835500",
    done="256B46",
    trouble="A8261C",
    closed="596068",
)

DARK = Colours(
    paper="1C1E21",
    surface="26292D",
    rail="17191C",
    ink="E8E6E1",
    secondary="B0B6BE",
    placeholder="9AA1A9",
    hairline="3A3E44",
    border="80878F",
    accent="F0655A",
    on_accent="1A1110",
    focus="7FB0F5",
    selection="2B3A52",
    waiting="8FB3E6",
    under_way="E0B050",
    done="7CC79A",
    trouble="FF9C93",
    closed="A3AAB2",
)

# High contrast: every line as strong as text, no tints; one table for a light system and one for a dark one.
CONTRAST_LIGHT = Colours(
    paper="FFFFFF",
    surface="FFFFFF",
    rail="FFFFFF",
    ink="000000",
    secondary="000000",
    placeholder="404040",
    hairline="000000",
    border="000000",
    accent="8A0000",
    on_accent="FFFFFF",
    focus="0000C8",
    selection="D6E4FF",
    waiting="00317A",
    under_way="573800",
    done="00491F",
    trouble="8A0000",
    closed="202020",
)

CONTRAST_DARK = Colours(
    paper="000000",
    surface="000000",
    rail="000000",
    ink="FFFFFF",
    secondary="FFFFFF",
    placeholder="D0D0D0",
    hairline="FFFFFF",
    border="FFFFFF",
    accent="FFD24A",
    on_accent="000000",
    focus="6FE0FF",
    selection="14305A",
    waiting="A8CDFF",
    under_way="FFD24A",
    done="8CF0B0",
    trouble="FFB3AC",
    closed="E0E0E0",
)

STATES: tuple[ColourRole, ...] = ("waiting", "under_way", "done", "trouble", "closed")
# What is written or drawn on what; placeholders and field borders never stand on the rail or on a selection.
TEXT_ON: dict[ColourRole, tuple[ColourRole, ...]] = {
    "paper": ("ink", "secondary", "placeholder", *STATES),
    "surface": ("ink", "secondary", "placeholder", *STATES),
    "rail": ("ink", "secondary", *STATES),
    "selection": ("ink", "secondary", *STATES),
    "accent": ("on_accent",),
}
LINES_ON: dict[ColourRole, tuple[ColourRole, ...]] = {
    "paper": ("border", "focus", "accent", *STATES),
    "surface": ("border", "focus", "accent", *STATES),
    "rail": ("focus", "accent", *STATES),
    "selection": ("focus", *STATES),
}


def contrast(one: str, other: str) -> float:
    """The WCAG contrast of two colours given as six hex digits, from 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    linear = [_linear(int(colour[start : start + 2], 16) / 255) for start in (0, 2, 4)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.03928 else float(((channel + 0.055) / 1.055) ** 2.4)


assert set(get_args(ColourRole)) == {field.name for field in fields(Colours)}
