"""What may be asked for at this desk today (服务菜单): the categories as the station has them."""

from __future__ import annotations

from app.actions.desk import Look, reading
from app.domain.categories import Categories, MenuPolicy, own_menu


@reading()
def menu_today(look: Look, _query: None = None) -> Categories:
    """The table of today; one statement."""
    return own_menu(look.policy(MenuPolicy))
