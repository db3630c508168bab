"""外观 Look: colours and the size of letters, for whoever is signed in; seen at once and remembered for them."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QVBoxLayout

from app.words import N_, _
from ui.parts.chips import Chips
from ui.parts.form import Form, Page
from ui.parts.menu import SCHEMES
from ui.screen import Services
from ui.screens.settings.section import Section, SectionEntry, SectionHead
from ui.theme import Scheme, theme

Size = Literal["normal", "roomy", "large"]


class LookSection(Section):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self.form = Form()
        schemes = [(scheme, _(words)) for scheme, words in SCHEMES]
        self.scheme: Chips[Scheme] = self.form.add(_("颜色"), Chips(schemes, name=_("颜色")))
        sizes: list[tuple[Size, str]] = [("normal", _("标准")), ("roomy", _("稍大")), ("large", _("大字"))]
        self.letters: Chips[Size] = self.form.add(_("字号"), Chips(sizes, name=_("字号")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(
            SectionHead(_("外观"), _("选了马上就变。只管您自己：您在这台电脑上登录时，一直是这个样子。"))
        )
        column.addWidget(Page(self.form), 1)
        self.scheme.edited.connect(self._use_scheme)
        self.letters.edited.connect(self._use_size)
        self.form.left.connect(self.left)
        theme.changed.connect(self._mark)
        self._mark()

    def enter(self) -> None:
        self.form.start()

    def _use_scheme(self) -> None:
        scheme = self.scheme.value()
        assert scheme is not None
        theme.use_scheme(scheme)
        self.app.remembered.put("scheme", scheme)

    def _use_size(self) -> None:
        """Large mode is another layout as well; somewhat larger letters stay in the usual one."""
        size = self.letters.value()
        if size != "large":
            theme.use_roomy(size == "roomy")
            self.app.remembered.put("roomy", theme.roomy)
        theme.use_large(size == "large")
        self.app.remembered.put("large", theme.large)

    def _mark(self) -> None:
        self.scheme.set_value(theme.scheme)
        self.letters.set_value("large" if theme.large else "roomy" if theme.roomy else "normal")


SECTION = SectionEntry(key="look", order=60, title=N_("外观"), build=LookSection)
