"""The papers of a review of stars (公示、证书): printed, or kept as a PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.actions.star_review import (
    RoundEntry,
    StarPapers,
    star_certificates_paper,
    star_notice_paper,
)
from app.domain.moments import full_date
from app.domain.printers import PaperKind
from app.domain.star_rounds import Stage
from app.facts import Id
from app.words import _
from ui.parts.printing import print_made, save_made
from ui.screen import Services


class StarPaperDeeds:
    """The paper of the stage: the notice until stars are awarded, then the certificates."""

    def __init__(self, app: Services, owner: QWidget) -> None:
        self._app, self._owner = app, owner

    def print(self, entry: RoundEntry, persons: tuple[Id, ...] = ()) -> None:
        print_made(
            self._app.jobs,
            self._owner,
            partial(self._make, entry, persons),
            _name(entry),
            printed=lambda: self._app.banner.news(_("已送到打印机")),
            failed=self._app.banner.trouble,
            object_name=f"star_round:{entry.id}",
            paper=PaperKind.STAR_CERTIFICATE if entry.stage is Stage.AWARDED else PaperKind.STAR_NOTICE,
        )

    def save(self, entry: RoundEntry, persons: tuple[Id, ...] = ()) -> None:
        save_made(
            self._app,
            self._owner,
            partial(self._make, entry, persons),
            name=_name(entry),
            object_name=f"star_round:{entry.id}",
        )

    def _make(self, entry: RoundEntry, persons: tuple[Id, ...], give: Callable[[bytes], None]) -> None:
        if entry.stage is Stage.AWARDED:
            wanted = StarPapers(star_round=entry.id, persons=persons)
            self._app.jobs.read(self._owner, star_certificates_paper, wanted, done=give, key="paper")
        else:
            self._app.jobs.read(self._owner, star_notice_paper, entry.id, done=give, key="paper")


def _name(entry: RoundEntry) -> str:
    words = _("星级证书 {day}") if entry.stage is Stage.AWARDED else _("星级公示 {day}")
    return words.format(day=full_date(entry.cut_off))
