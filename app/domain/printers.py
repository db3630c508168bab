"""Which paper goes to which printer (打印机): the papers there are, and what may be chosen for each on one PC."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.problems import Refusal

MOST_COPIES = 9


class PaperKind(StrEnum):
    """The papers that are printed again and again. A recovery sheet is none: where that goes is asked each time."""

    ORDER_SLIP = "order_slip"
    ESCALATION_SLIP = "escalation_slip"
    CERTIFICATE = "certificate"
    GIFT_RECEIPT = "gift_receipt"
    GIFT_REGISTER = "gift_register"
    COUNT_SHEET = "count_sheet"
    DAY_SHEET = "day_sheet"
    VOLUNTEER_CARD = "volunteer_card"
    ROSTER = "roster"
    STAR_NOTICE = "star_notice"
    STAR_CERTIFICATE = "star_certificate"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterChoice:
    """``printer`` is the system's name of it; "" asks each time."""

    printer: str = ""
    copies: int = 1


class CopiesOutOfRange(Refusal):
    """None, or more than anybody needs of one paper."""

    most: int


def choose(printer: str, copies: int) -> PrinterChoice:
    """A choice that can be kept."""
    if not 1 <= copies <= MOST_COPIES:
        raise CopiesOutOfRange(most=MOST_COPIES, field="copies")
    return PrinterChoice(printer=printer, copies=copies)
