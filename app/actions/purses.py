"""Facts that need custody (保管权), and keeping a wallet in order: for the actions that give and take points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.actions.desk import Look, Work
from app.domain import custody, wallets
from app.domain.wallets import ExpiryPolicy, Purse
from app.facts import Fact, Id, Private
from app.storage import custody as custody_storage
from app.storage import points
from app.storage.log import Draft


def record_held(work: Work, *bodies: Fact, parts: Mapping[Id, Private] | None = None) -> None:
    """Record facts that claim the terms they rely on, or ``NotTheHolder``."""
    names = {name for body in bodies for name in body.relies_on()}
    held = custody_storage.custodies(work.connection, sorted(names))
    device = work.desk.device.id
    work.record_each(
        Draft(body, parts if parts and body.private else {}, custody.claims(body, device, held))
        for body in bodies
    )


def purse_of(look: Look, person: Id) -> Purse:
    """What somebody has, owes, and has left of expired points; two statements."""
    return points.purse(look.connection, person, look.policy(ExpiryPolicy).expired_until(look.today))


def settle_debts(work: Work, persons: Iterable[Id], service: Id | None = None) -> None:
    """Take back what these people owe, as far as their balance goes, from the wallets that are held here; the other
    holders, and newer programs, do it as soon as they know. ``service`` is the record that was revoked just now.
    """
    work.settle()
    debts = points.debts(work.connection, persons)
    held = custody_storage.custodies(work.connection, [f"wallet:{person}" for person in debts])
    for person, purse in debts.items():
        it = held.get(f"wallet:{person}")
        if it is not None and it.holder == work.desk.device.id:
            _left, facts = wallets.tidy(person, purse, work.today, service)
            record_held(work, *facts)
