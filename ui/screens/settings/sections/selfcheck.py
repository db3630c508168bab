"""自检 Self-check: log, tables and last backup looked at, tables mended from the log; what a helper may be given."""

from __future__ import annotations

from app.words import N_
from ui.screen import Services
from ui.screens.settings.section import Section, SectionEntry


def _build(app: Services) -> Section:
    from ui.screens.settings.selfchecks import SelfCheckSection  # its actions are not needed to start

    return SelfCheckSection(app)


SECTION = SectionEntry(key="selfcheck", order=85, title=N_("自检和诊断"), build=_build)
