"""Run by Alembic for an upgrade: in the connection and the transaction it is given, so that it is whole or
not at all.
"""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
