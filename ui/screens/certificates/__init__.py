"""证书 Certificates: records of a volunteer with ticks at the left, the paper itself at the right.

``screen`` puts the parts together; ``making`` chooses what is certified (``records`` is its list), ``register`` lists
what was issued, ``side`` is the paper, ``deeds`` what can be done with it.
"""

from __future__ import annotations

from typing import Any

from app.words import N_
from ui.screen import Screen, ScreenEntry, Services


def _build(app: Services) -> Screen:
    from ui.screens.certificates.screen import CertificatesScreen  # the program starts sooner without it

    return CertificatesScreen(app)


def _waiting(desk: Any) -> int:
    """Certificates that should be made void: a record on them was revoked."""
    from app.actions.certificates import certificates_to_void

    return certificates_to_void(desk, None)


SCREEN = ScreenEntry(
    key="certificates",
    order=70,
    icon="certificates",
    title=N_("证书"),
    build=_build,
    waiting=_waiting,
    opens=frozenset({"certificate"}),
)
