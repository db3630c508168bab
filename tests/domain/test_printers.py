"""What may be chosen for a paper."""

from __future__ import annotations

import pytest

from app.domain.printers import CopiesOutOfRange, PrinterChoice, choose


def test_a_paper_goes_to_a_printer() -> None:
    assert choose("HP-2", 2) == PrinterChoice(printer="HP-2", copies=2)


@pytest.mark.parametrize("copies", [0, 10])
def test_nobody_needs_so_many_copies(copies: int) -> None:
    with pytest.raises(CopiesOutOfRange):
        choose("HP-2", copies)
