"""The theme (外观): colours, fonts and measures by role, changed live for the whole program.

``theme`` is the one instance. Widgets ask ``theme.colour("ink")``, ``theme.font("body")`` and ``theme.metrics`` while
painting, and connect to ``theme.changed`` when they keep something derived from them. Colours of stock widgets come
from the palette, their shapes from the style sheet. What the clerk chose is remembered elsewhere.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QToolTip

from app.words import language
from ui.theme import fonts, system
from ui.theme.colours import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, ColourRole, Colours
from ui.theme.icons import paint_icon
from ui.theme.metrics import (
    LARGE,
    NORMAL,
    PANE_BESIDE_FROM,
    ROOMY,
    WIDE_RAIL_FROM,
    FontRole,
    Metrics,
    lengthened,
    strengthened,
)
from ui.theme.palette import palette
from ui.theme.shapes import style_sheet

Scheme = Literal["system", "light", "dark", "contrast"]
_LONG_WORDS = frozenset({"en"})

__all__ = [
    "PANE_BESIDE_FROM",
    "WIDE_RAIL_FROM",
    "ColourRole",
    "FontRole",
    "Metrics",
    "Scheme",
    "Theme",
    "mixed",
    "paint_icon",
    "theme",
]


class Theme(QObject):
    """What the program looks like now. ``changing`` comes while all is as it was, ``changed`` after palette, fonts and
    style sheet are in place.
    """

    changing = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scheme: Scheme = "light"
        self.large = False
        self.roomy = False
        self.metrics: Metrics = NORMAL
        self._has_long_words = False
        self._colours: Colours = LIGHT
        self._cache: dict[str, QColor] = {}
        self._fonts: dict[tuple[FontRole, bool], QFont] = {}

    def install(self, scheme: Scheme = "system", large: bool = False) -> None:
        """Dress the running application for the first time and follow the system from now on."""
        QApplication.setStyle("Fusion")
        fonts.load_bundled()
        self.scheme, self.large = scheme, large
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply()

    def use_scheme(self, scheme: Scheme) -> None:
        if scheme != self.scheme:
            self.scheme = scheme
            self._apply()

    def use_large(self, large: bool) -> None:
        if large != self.large:
            self.large = large
            self._apply()

    def use_roomy(self, roomy: bool) -> None:
        """Somewhat larger letters in the normal layout; large mode goes before."""
        if roomy != self.roomy:
            self.roomy = roomy
            self._apply()

    @property
    def is_dark(self) -> bool:
        return self._colours in (DARK, CONTRAST_DARK)

    @property
    def is_contrast(self) -> bool:
        return self._colours in (CONTRAST_DARK, CONTRAST_LIGHT)

    def suit_language(self) -> None:
        """Give the words of the language that is spoken now the room they need."""
        if (language() in _LONG_WORDS) != self._has_long_words:
            self._apply()

    @property
    def is_strong(self) -> bool:
        """Whether frames are drawn in full strength instead of as hairlines: for eyes that need it."""
        return self.large or self.is_contrast

    def colour(self, role: ColourRole) -> QColor:
        """The colour of ``role``; in large mode secondary text is ink, for eyes that need it."""
        return self._cache["ink" if self.large and role == "secondary" else role]

    def font(self, role: FontRole, bold: bool = False) -> QFont:
        """The face and size of ``role``; shared, so not to be changed."""
        font = self._fonts.get((role, bold))
        if font is None:
            font = self._fonts[role, bold] = fonts.make(self.metrics.type_px[role][0], bold)
        return font

    def line_box(self, role: FontRole) -> int:
        """The height of one line of ``role``; Qt's own line height differs from face to face."""
        return self.metrics.type_px[role][1]

    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        if self.scheme == "system":
            self._apply()

    def _apply(self) -> None:
        self.changing.emit()
        self._colours = self._wanted_colours()
        sizes = LARGE if self.large else ROOMY if self.roomy else NORMAL
        self._has_long_words = language() in _LONG_WORDS
        sizes = lengthened(sizes) if self._has_long_words else sizes
        self.metrics = strengthened(sizes) if self.is_contrast else sizes
        self._fonts.clear()
        self._cache = {role: QColor(f"#{value}") for role, value in vars(self._colours).items()}
        made = palette(self._colours)
        # The sheet is taken off first: Qt keeps the palette(...) colours it resolved while the same text stays.
        application().setStyleSheet("")
        QApplication.setPalette(made)
        QApplication.setFont(self.font("body"))
        QToolTip.setFont(self.font("secondary"))
        QToolTip.setPalette(made)
        application().setStyleSheet(style_sheet(self.metrics, is_contrast=self.is_contrast))
        self.changed.emit()

    def _wanted_colours(self) -> Colours:
        dark = system.asks_dark()
        if self.scheme == "contrast" or (self.scheme == "system" and system.asks_contrast()):
            return CONTRAST_DARK if dark else CONTRAST_LIGHT
        if self.scheme == "system":
            return DARK if dark else LIGHT
        return DARK if self.scheme == "dark" else LIGHT


def application() -> QApplication:
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    return running


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """``one`` with ``share`` (0 to 1) of ``other`` in it, for hover and pressed tints and the scrim."""
    return QColor(
        round(one.red() + (other.red() - one.red()) * share),
        round(one.green() + (other.green() - one.green()) * share),
        round(one.blue() + (other.blue() - one.blue()) * share),
    )


theme = Theme()
