"""Changing one's own passphrase (换口令): the old one, and a new one twice."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.actions.staff import ChangePassphrase, change_passphrase
from app.words import _
from ui.jobs import Jobs
from ui.parts.banner import Banner
from ui.parts.formoverlay import FormOverlay
from ui.parts.newpassphrase import NewPassphrase
from ui.parts.passphrase import PassphraseField


class ChangePassphraseOverlay(FormOverlay):
    def __init__(self, host: QWidget, jobs: Jobs, person: str, banner: Banner) -> None:
        super().__init__(host, jobs, _("换口令"), _("换口令"))
        self._banner = banner
        self.old = self.form.add(_("原口令"), PassphraseField(name=_("原口令")), name="old")
        self.new = NewPassphrase(self.form, lambda: person, label=_("新口令"), name="new")

    def submit(self) -> None:
        if self.old.is_empty():
            self.old.setFocus()
        elif self.new.is_ready():
            request = ChangePassphrase(old=self.old.value(), new=self.new.value())
            self.run(change_passphrase, request, self._on_done)

    def _on_done(self, _none: None) -> None:
        self.close_overlay()
        self._banner.news(_("口令换好了，下次登录用新的。"))
