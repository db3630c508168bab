"""Orders (订单) in the list that Ctrl+K shows."""

from __future__ import annotations

from app.actions.search_orders import OrderHit
from app.sentences.categories import category_name
from app.words import N_
from ui.find import Around, Kind
from ui.parts.find import Found
from ui.screens.board.wording import shape_of


def _found(hit: OrderHit, around: Around) -> Found:
    title = f"{hit.short} {category_name(hit.category)}"
    details = tuple(part for part in (hit.who, hit.what) if part)
    return Found("board", hit.id, title, details, state=shape_of(hit.state), icon="orders")


KIND = Kind("order", N_("订单"), _found)
