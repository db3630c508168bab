"""工作人员 Staff: who may sign in here, as what. Everybody may see it, administrators change it.

``section`` is the list, ``card`` the one pointed at with what can be done; ``forms`` are what is asked for it.
"""

from __future__ import annotations

from app.words import N_
from ui.screen import Services
from ui.screens.settings.section import Section, SectionEntry


def _build(app: Services) -> Section:
    from ui.screens.settings.sections.staff.section import StaffSection

    return StaffSection(app)


SECTION = SectionEntry(key="staff", order=20, title=N_("工作人员"), build=_build)
