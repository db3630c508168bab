"""The cards of volunteers (志愿者证): one person's or those of the whole list, to the printer or into a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.actions.desk import Desk
from app.actions.papers import PrintList, note_list_printed
from app.actions.people_cards import PersonCard
from app.actions.people_list import PeopleSort
from app.actions.volunteer_cards import MOST_CARDS, TooManyCards, card_sheets, volunteer_card
from app.domain.papers import CARDS_PER_SHEET
from app.domain.printers import PaperKind
from app.words import N_, _
from ui.parts import printing
from ui.parts.question import Answer, Answered, Deed, Question, ask_and_do
from ui.parts.table import PageQuery
from ui.screen import Services
from ui.screens.volunteers.filters import Narrowed
from ui.screens.volunteers.register import lines

_WHY = (N_("给新志愿者发证"), N_("证坏了、丢了"), N_("换新样式"))


class Cards:
    """``owner`` is what dialogs and questions open over."""

    def __init__(self, app: Services, owner: QWidget) -> None:
        self._app, self._owner = app, owner

    def print_one(self, card: PersonCard) -> None:
        """On A4 with cutting marks: that is the paper a station has."""
        self._make(partial(_sheet_of_one, card.id), partial(self._print, f"person:{card.id}"))

    def save_one(self, card: PersonCard) -> None:
        """A page of the card's own size: that is what a shop makes cards from."""

        def save(pdf: bytes) -> None:
            # By the number: names of files are remembered by the system, and by whoever the file is sent to.
            number = card.volunteer.number if card.volunteer is not None else ""
            name = _("志愿者证 {number}").format(number=number)
            printing.save_pdf(self._app, self._owner, pdf, name=name, object_name=f"person:{card.id}")

        self._make(lambda desk: volunteer_card(desk, card.id), save)

    def print_list(self, narrowed: Narrowed, count: int) -> None:
        """Everybody the list shows, once it is clear how many that are."""
        sheets = -(-count // CARDS_PER_SHEET)
        question = Question(
            _("给名册里这 {count} 人印志愿者证？").format(count=f"{count:,}"),
            (
                Answer(
                    _("打印"),
                    "print",
                    _("共 {count} 张 A4 纸，沿角上的线裁开").format(count=sheets),
                    "primary",
                ),
                Answer(_("存成 PDF"), "save", _("拿到有打印机的电脑上印")),
            ),
            _("每张纸十个。只想印一部分人的，先按队伍、村社区筛选。会记下谁印的、为什么。"),
            tuple(_(reason) for reason in _WHY),
        )

        def deed(answer: Answered) -> Deed:
            def go_on(_nothing: None) -> None:
                self._make(partial(_sheets_of, narrowed), uses[answer.value])

            return Deed(note_list_printed, PrintList(count=count, reason=answer.reason), go_on)

        def save(pdf: bytes) -> None:
            name = _("志愿者证 {count} 人").format(count=count)
            printing.save_pdf(self._app, self._owner, pdf, name=name, object_name=f"people:{count}")

        def print_it(pdf: bytes) -> None:
            self._print("", pdf)  # it was noted just now, with the reason

        uses = {"print": print_it, "save": save}
        ask_and_do(self._owner, self._app.jobs, question, deed)

    def _make(self, make: Callable[[Desk], bytes], use: Callable[[bytes], None]) -> None:
        self._app.jobs.read(self._owner, lambda desk, _query: make(desk), None, done=use, key="cards")

    def _print(self, object_name: str, pdf: bytes) -> None:
        printing.print_pdf(
            self._app.jobs,
            self._owner,
            pdf,
            _("志愿者证"),
            printed=lambda: self._app.banner.news(_("志愿者证已送到打印机")),
            failed=self._app.banner.trouble,
            object_name=object_name,
            paper=PaperKind.VOLUNTEER_CARD,
        )


def _sheet_of_one(person: str, desk: Desk) -> bytes:
    return card_sheets(desk, (person,))


def _sheets_of(narrowed: Narrowed, desk: Desk) -> bytes:
    page = lines(narrowed)(desk, PageQuery(0, MOST_CARDS, PeopleSort.NAME, False))
    if page.total > MOST_CARDS:
        raise TooManyCards(count=page.total, most=MOST_CARDS)
    return card_sheets(desk, tuple(line.row.id for line in page.rows))
