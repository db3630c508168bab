"""外观 Look: colours and the size of letters, for whoever is signed in; seen at once and remembered for them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from app.words import N_, _
from ui.parts.chips import Chips
from ui.parts.form import Form, Page
from ui.parts.menu import SCHEMES
from ui.screen import Services
from ui.screens.settings.section import Section, SectionEntry, SectionHead
from ui.theme import Scheme, theme


class LookSection(Section):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self.form = Form()
        schemes = [(scheme, _(words)) for scheme, words in SCHEMES]
        self.scheme: Chips[Scheme] = self.form.add(_("颜色"), Chips(schemes, name=_("颜色")))
        sizes = [(False, _("标准")), (True, _("大字"))]
        self.large: Chips[bool] = self.form.add(_("字号"), Chips(sizes, name=_("字号")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(
            SectionHead(_("外观"), _("选了马上就变。只管您自己：您在这台电脑上登录时，一直是这个样子。"))
        )
        column.addWidget(Page(self.form), 1)
        self.scheme.edited.connect(self._use_scheme)
        self.large.edited.connect(self._use_large)
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

    def _use_large(self) -> None:
        theme.use_large(bool(self.large.value()))
        self.app.remembered.put("large", theme.large)

    def _mark(self) -> None:
        self.scheme.set_value(theme.scheme)
        self.large.set_value(theme.large)


SECTION = SectionEntry(key="look", order=60, title=N_("外观"), build=LookSection)
