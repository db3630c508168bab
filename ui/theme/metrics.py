"""Measures (尺寸) in logical pixels: one table for the normal size and one for large mode (大字), which is no zoom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

FontRole = Literal["secondary", "body", "section", "title", "number"]


@dataclass(frozen=True)
class Metrics:
    """How large things are. ``type_px`` maps a font role to (pixel size, line box)."""

    row: int
    gap: int
    margin: int
    label_column: int
    rail: int
    rail_wide: int
    rail_item: int
    rail_icon: int
    icon: int
    pane: int
    title_line: int
    status_line: int
    banner: int
    card: int
    strip: int
    step_tile: int
    border: int
    focus: int
    radius: int
    type_px: dict[FontRole, tuple[int, int]]


NORMAL = Metrics(
    row=44,
    gap=8,
    margin=16,
    label_column=88,
    rail=72,
    rail_wide=180,
    rail_item=60,
    rail_icon=24,
    icon=20,
    pane=320,
    title_line=48,
    status_line=28,
    banner=44,
    card=84,
    strip=36,
    step_tile=88,
    border=1,
    focus=2,
    radius=6,
    type_px={
        "secondary": (14, 20),
        "body": (16, 24),
        "section": (20, 28),
        "title": (24, 34),
        "number": (40, 52),
    },
)

LARGE = Metrics(
    row=60,
    gap=12,
    margin=20,
    label_column=128,
    rail=96,
    rail_wide=220,
    rail_item=80,
    rail_icon=32,
    icon=28,
    pane=400,
    title_line=64,
    status_line=40,
    banner=60,
    card=116,
    strip=48,
    step_tile=116,
    border=2,
    focus=3,
    radius=6,
    type_px={
        "secondary": (20, 28),
        "body": (24, 34),
        "section": (28, 40),
        "title": (32, 46),
        "number": (52, 66),
    },
)


ROOMY = replace(
    NORMAL,
    row=48,
    label_column=100,
    rail=80,
    rail_wide=200,
    rail_item=66,
    rail_icon=26,
    icon=22,
    pane=352,
    title_line=52,
    status_line=32,
    banner=48,
    card=98,
    strip=40,
    step_tile=100,
    type_px={
        "secondary": (16, 23),
        "body": (18, 27),
        "section": (22, 31),
        "title": (26, 37),
        "number": (44, 58),
    },
)
"""The normal layout with letters an eighth larger (稍大), for who reads normal ones with an effort."""


def strengthened(metrics: Metrics) -> Metrics:
    """The same sizes with the lines of high contrast: all of them are seen from afar."""
    return replace(metrics, border=max(metrics.border, 2), focus=max(metrics.focus, 3))


def lengthened(metrics: Metrics) -> Metrics:
    """The same sizes with room for the labels of a language whose words are long."""
    return replace(metrics, label_column=round(metrics.label_column * 1.4))


WIDE_RAIL_FROM = 1600
PANE_BESIDE_FROM = 1280
