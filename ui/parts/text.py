"""A text on a screen (文字): a label with a font role and a colour role that follows the theme by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import ColourRole, FontRole, theme
from ui.theme.fonts import see


class Text(QLabel):
    """``Text("今天", "section")``. Wraps when asked; never reads its text as markup unless it is a paragraph."""

    def __init__(
        self,
        text: str = "",
        role: FontRole = "body",
        colour: ColourRole = "ink",
        *,
        bold: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._bold, self._colour = role, bold, colour
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        self._dress()
        theme.changed.connect(self._dress)

    def setText(self, text: str) -> None:
        see(text)
        super().setText(text)

    def set_colour(self, colour: ColourRole) -> None:
        self._colour = colour
        self._dress()

    def set_role(self, role: FontRole) -> None:
        self._role = role
        self._dress()

    def _dress(self) -> None:
        self.setMinimumHeight(theme.line_box(self._role))
        self.setFont(theme.font(self._role, self._bold))
        # A label measures itself once, the least height counted in. Taking the style sheet off brings its former font
        # back, so it may have been measured already, with the new font and the old height.
        self.setWordWrap(self.wordWrap())
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._colour))
        self.setPalette(palette)


class Paragraph(Text):
    """Several lines, each in its line box (a percentage would differ from face to face); takes plain text."""

    def __init__(
        self, text: str = "", role: FontRole = "body", colour: ColourRole = "ink", *, centred: bool = False
    ) -> None:
        self._sentence, self._centred = text, centred
        super().__init__("", role, colour, wrap=True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.set_sentence(text)

    def set_sentence(self, text: str) -> None:
        self._sentence = text
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
        align = "center" if self._centred else "left"
        self.setText(
            f'<p align="{align}" style="line-height:{theme.line_box(self._role)}px; margin:0">{escaped}</p>'
        )
        self.setAccessibleName(text)

    def _dress(self) -> None:
        super()._dress()
        self.set_sentence(self._sentence)
