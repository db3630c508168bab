"""How stars (星级) are read: a person's level, since when, and what is missing for the next."""

from __future__ import annotations

from app.actions.desk import Look, reading
from app.domain.stars import Stars, StarsPolicy, stars
from app.facts import Id
from app.storage import hours, services


@reading()
def stars_of(look: Look, person: Id) -> Stars:
    """Where a person stands by today's table; three statements."""
    volunteer = services.volunteers(look.connection, [person]).get(person)
    return stars(
        hours.earned(look.connection, person),
        registered_on=volunteer.registered_on if volunteer else None,
        today=look.today,
        policy=look.policy(StarsPolicy),
    )
