"""Everything the pane shows of an order (订单全貌), read at once."""

from __future__ import annotations

from dataclasses import dataclass

from app.actions.board import OrderView, order_view
from app.actions.desk import Desk
from app.actions.history import Told, history_of
from app.actions.services import Evidence, services_of_order
from app.facts import Id


@dataclass(frozen=True)
class WholeOrder:
    """Everything the pane shows."""

    order: OrderView
    history: tuple[Told, ...]
    services: tuple[Evidence, ...]


def whole_order(desk: Desk, order_id: Id) -> WholeOrder:
    """One reading for the pane."""
    return WholeOrder(
        order=order_view(desk, order_id),
        history=tuple(history_of(desk, f"order:{order_id}")),
        services=services_of_order(desk, order_id),
    )
