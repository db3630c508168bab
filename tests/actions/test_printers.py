"""Which paper goes to which printer of this PC."""

from __future__ import annotations

import pytest

from app.actions.desk import Desk, NotAllowed
from app.actions.printers import ChoosePrinter, choose_printer, printer_choices
from app.domain.printers import CopiesOutOfRange, PaperKind, PrinterChoice
from app.domain.staff import Role
from tests.support.desk import Station

RECEIPT = PaperKind.GIFT_RECEIPT


def test_until_somebody_chooses_it_is_asked_each_time(desk: Desk) -> None:
    assert set(printer_choices(desk, None).values()) == {PrinterChoice()}


def test_what_was_chosen_last_holds_and_is_no_fact(desk: Desk) -> None:
    choose_printer(desk, ChoosePrinter(paper=RECEIPT, printer="HP-1", copies=1))
    done = choose_printer(desk, ChoosePrinter(paper=RECEIPT, printer="HP-2", copies=2))
    assert done.changed == frozenset()
    choices = printer_choices(desk, None)
    assert choices[RECEIPT] == PrinterChoice(printer="HP-2", copies=2)
    assert choices[PaperKind.CERTIFICATE] == PrinterChoice()


def test_what_cannot_be_chosen(desk: Desk, station: Station) -> None:
    with pytest.raises(CopiesOutOfRange):
        choose_printer(desk, ChoosePrinter(paper=RECEIPT, printer="HP-1", copies=0))
    with pytest.raises(NotAllowed):
        choose_printer(station.sit(Role.AUDITOR), ChoosePrinter(paper=RECEIPT, printer="HP-1", copies=1))
