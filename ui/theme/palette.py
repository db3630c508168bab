"""Colours -> ``QPalette`` (调色板), which carries every colour to the stock widgets and to the style sheet.

Qt's roles have fixed names; this is how ours stand in them (``palette(...)`` in ``shapes.py``): window = paper,
base = surface, alternate-base = rail, mid = field border, midlight = hairline, dark = secondary, link = focus,
link-visited = trouble, accent = accent, bright-text = text on accent.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from ui.theme.colours import Colours

_Role = QPalette.ColorRole


def palette(colours: Colours) -> QPalette:
    made = QPalette()
    for role, colour in _roles(colours).items():
        made.setColor(role, QColor(f"#{colour}"))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(f"#{colours.placeholder}"))
    return made


def _roles(c: Colours) -> dict[QPalette.ColorRole, str]:
    return {
        _Role.Window: c.paper,
        _Role.Base: c.surface,
        _Role.AlternateBase: c.rail,
        _Role.Button: c.surface,
        _Role.WindowText: c.ink,
        _Role.Text: c.ink,
        _Role.ButtonText: c.ink,
        _Role.PlaceholderText: c.placeholder,
        _Role.Highlight: c.selection,
        _Role.HighlightedText: c.ink,
        _Role.Mid: c.border,
        _Role.Midlight: c.hairline,
        _Role.Light: c.surface,
        _Role.Dark: c.secondary,
        _Role.Shadow: c.border,
        _Role.Link: c.focus,
        _Role.LinkVisited: c.trouble,
        _Role.Accent: c.accent,
        _Role.BrightText: c.on_accent,
        _Role.ToolTipBase: c.surface,
        _Role.ToolTipText: c.ink,
    }
