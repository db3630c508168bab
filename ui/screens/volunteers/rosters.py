"""Rosters (名册): what a list of people shows, to the printer or into a file, masked or whole for a reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.actions.rosters import MadeRoster, RosterPaper, WholeRoster, roster_paper, whole_roster_paper
from app.domain.moments import full_date
from app.domain.printers import PaperKind
from app.domain.staff import Role
from app.words import N_, _
from ui.parts import printing
from ui.parts.menubutton import MenuButton
from ui.parts.question import Answer, Answered, Deed, Question, ask_and_do
from ui.screen import Services

_WHY = (N_("开会签到"), N_("上报"), N_("通知到人"))


class Rosters:
    """``owner`` is what dialogs and questions open over; ``wanted`` tells what the list shows now, and how many that
    are, or None while it shows nobody.
    """

    def __init__(
        self, app: Services, owner: QWidget, wanted: Callable[[], tuple[RosterPaper, int] | None]
    ) -> None:
        self._app, self._owner, self._wanted = app, owner, wanted
        self._may_keep = app.clerk.role != Role.AUDITOR

    def offer_in(self, button: MenuButton) -> None:
        """An auditor prints it masked; nothing leaves as a file, and nothing whole."""
        button.offer(_("印名册"), self.print)
        if self._may_keep:
            button.offer(_("名册存成 PDF"), self.save, "Ctrl+S")
            button.offer(_("要全名和电话的名册"), self.ask_whole)

    def print(self) -> None:
        self._make(self._print)

    def save(self) -> None:
        self._make(self._save)

    def ask_whole(self) -> None:
        """Whole names and phones, once somebody said what for."""
        wanted = self._wanted()
        if wanted is None:
            return
        paper, count = wanted
        question = Question(
            _("要这 {count} 人全名和电话的名册？").format(count=f"{count:,}"),
            (
                Answer(_("打印"), "print", _("A4 纸，横着印"), "primary"),
                Answer(_("存成 PDF"), "save", _("拿到有打印机的电脑上印")),
            ),
            _("姓名和电话都不隐去。做什么用会印在纸上，也会记下谁印的。"),
            tuple(_(reason) for reason in _WHY),
        )
        uses = {"print": self._print, "save": self._save}

        def deed(answer: Answered) -> Deed:
            request = WholeRoster(paper=paper, reason=answer.reason)
            return Deed(whole_roster_paper, request, uses[answer.value])

        ask_and_do(self._owner, self._app.jobs, question, deed)

    def _make(self, use: Callable[[MadeRoster], None]) -> None:
        wanted = self._wanted()
        if wanted is not None:
            self._app.jobs.read(self._owner, roster_paper, wanted[0], done=use, key="roster")

    def _print(self, made: MadeRoster) -> None:
        printing.print_pdf(
            self._app.jobs,
            self._owner,
            made.pdf,
            made.title,
            printed=partial(self._say_printed, made.title),
            failed=self._app.banner.trouble,
            object_name=made.object,
            paper=PaperKind.ROSTER,
        )

    def _say_printed(self, title: str) -> None:
        self._app.banner.news(_("{title}已送到打印机").format(title=title))

    def _save(self, made: MadeRoster) -> None:
        name = _("{title} {day}").format(title=made.title, day=full_date(made.day))
        printing.save_pdf(self._app, self._owner, made.pdf, name=name, object_name=made.object)
