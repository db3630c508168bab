"""The papers of an order (服务单、转办单): to the printer or into a file, with what the banner says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.actions.board import OrderView
from app.actions.papers import escalation_slip, order_slip
from app.domain.orders import HANDED_UP
from app.domain.printers import PaperKind
from app.facts import Id
from app.sentences.printers import paper_words
from app.words import _
from ui.parts import printing
from ui.screen import Services

Use = Callable[[Id, PaperKind, bytes], None]


class OrderPapers:
    """``print(order)`` and ``save(order)`` take the slip that fits where the order is; dialogs open over ``owner``."""

    def __init__(self, app: Services, owner: QWidget) -> None:
        self._app, self._owner = app, owner

    def print(self, order: OrderView) -> None:
        self._make(order.id, _goes_up(order), self._send)

    def print_escalation(self, order: Id) -> None:
        """The slip for an office, right after the order was handed up."""
        self._make(order, True, self._send)

    def save(self, order: OrderView) -> None:
        self._make(order.id, _goes_up(order), lambda _id, kind, pdf: self._save(order, kind, pdf))

    def _make(self, order: Id, goes_up: bool, use: Use) -> None:
        paper, kind = (
            (escalation_slip, PaperKind.ESCALATION_SLIP) if goes_up else (order_slip, PaperKind.ORDER_SLIP)
        )
        self._app.jobs.read(self._owner, paper, order, done=partial(use, order, kind), key="paper")

    def _send(self, order: Id, kind: PaperKind, pdf: bytes) -> None:
        name = paper_words(kind)
        printing.print_pdf(
            self._app.jobs,
            self._owner,
            pdf,
            name,
            printed=lambda: self._app.banner.news(_("{name}已送到打印机").format(name=name)),
            failed=self._app.banner.trouble,
            object_name=f"order:{order}",
            paper=kind,
        )

    def _save(self, order: OrderView, kind: PaperKind, pdf: bytes) -> None:
        file_name, object_name = f"{paper_words(kind)} {order.short}", f"order:{order.id}"
        printing.save_pdf(self._app, self._owner, pdf, name=file_name, object_name=object_name)


def _goes_up(order: OrderView) -> bool:
    """Whether its paper is the slip for an office: it is there, or was and has no team since."""
    return order.state in HANDED_UP or (bool(order.office) and not order.team)
