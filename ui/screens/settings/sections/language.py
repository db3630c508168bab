"""语言 Language: what everything is said in, for whoever is signed in; seen at once and remembered for them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from app.words import LANGUAGES, N_, _, language
from ui.parts.chips import Chips
from ui.parts.form import Form, Page
from ui.screen import Services
from ui.screens.settings.section import Section, SectionEntry, SectionHead


class LanguageSection(Section):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self.form = Form()
        self.languages: Chips[str] = self.form.add(_("语言"), Chips(list(LANGUAGES.items()), name=_("语言")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(
            SectionHead(
                _("语言"),
                _("选了马上就变，写到一半的字都在。只管您自己：您在这台电脑上登录时，一直说这种话。"),
                _("登录页说哪种话，在登录页的右上角选。已经签发的证明，还是签发时的样子。"),
            )
        )
        column.addWidget(Page(self.form), 1)
        self.languages.set_value(language())
        self.languages.edited.connect(self._speak)
        self.form.left.connect(self.left)

    def enter(self) -> None:
        self.form.start()

    def _speak(self) -> None:
        chosen = self.languages.value()
        if chosen is not None:
            self.app.speak(chosen)


SECTION = SectionEntry(key="language", order=65, title=N_("语言"), build=LanguageSection)
