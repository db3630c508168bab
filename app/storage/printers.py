"""Which paper goes to which printer of this PC (打印机).

A local table: printers are this PC's, so what is chosen does not travel and is no fact.
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, Integer, Text, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.printers import PaperKind, PrinterChoice
from app.storage import types

printers = types.table(
    "printers",
    Column("paper", Text, primary_key=True),
    Column("printer", Text, nullable=False),
    Column("copies", Integer, nullable=False),
    local=True,
)


def keep(connection: Connection, paper: PaperKind, choice: PrinterChoice) -> None:
    """Keep what was chosen for ``paper`` instead of what was there."""
    values = {"printer": choice.printer, "copies": choice.copies}
    row = upsert(printers).values(paper=paper, **values)
    connection.execute(row.on_conflict_do_update(index_elements=["paper"], set_=values))


def kept(connection: Connection) -> dict[str, PrinterChoice]:
    """Everything that was chosen, by paper."""
    rows = connection.execute(select(printers))
    return {row.paper: PrinterChoice(printer=row.printer, copies=row.copies) for row in rows}
