"""What the desk says about the printers of this PC (打印机): which paper goes where, and how many of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.actions.desk import DESK, Look, Work, action, reading
from app.domain import printers as rules
from app.domain.printers import PaperKind, PrinterChoice
from app.storage import printers as storage
from app.storage.types import clean_text

_LONGEST_NAME_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosePrinter:
    """``printer`` is the system's name of it; "" asks each time."""

    paper: PaperKind
    printer: str
    copies: int


@action(DESK, clock_believed=True)
def choose_printer(work: Work, request: ChoosePrinter) -> None:
    """Send a paper to this printer from now on. It holds for this PC only and is no fact."""
    printer = clean_text(request.printer, longest_characters=_LONGEST_NAME_CHARACTERS, field="printer")
    storage.keep(work.connection, request.paper, rules.choose(printer, request.copies))


@reading()
def printer_choices(look: Look, _query: None = None) -> Mapping[PaperKind, PrinterChoice]:
    """What holds for every paper; one statement."""
    kept = storage.kept(look.connection)
    return {paper: kept.get(paper, PrinterChoice()) for paper in PaperKind}
