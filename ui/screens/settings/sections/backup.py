"""备份 Backups: how they stand, a backup now, the stick, the drill, and the way to restoring."""

from __future__ import annotations

from app.words import N_
from ui.screen import Services
from ui.screens.settings.section import Section, SectionEntry


def _build(app: Services) -> Section:
    from ui.screens.settings.backups import BackupSection  # actions of backups are not needed to start

    return BackupSection(app)


SECTION = SectionEntry(key="backup", order=80, title=N_("备份和恢复"), build=_build)
