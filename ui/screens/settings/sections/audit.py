"""审计记录 Audit: who signed in, looked at what is hidden, and took papers out; for administrators and auditors."""

from __future__ import annotations

from app.words import N_
from ui.screen import Services
from ui.screens.settings.section import Section, SectionEntry


def _build(app: Services) -> Section:
    from ui.screens.settings.audittrail import AuditSection  # hardly ever looked at

    return AuditSection(app)


SECTION = SectionEntry(
    key="audit",
    order=95,
    title=N_("审计记录"),
    build=_build,
    roles=frozenset({"administrator", "auditor"}),
)
