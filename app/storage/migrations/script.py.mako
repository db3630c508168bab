"""${message}.

A million rows: say here how long it takes and how much room it needs, measured.

Rules: forward only, there is no way back but the backup made before. Import nothing from ``app``: it changes, this
does not. No facts are changed, ever. Foreign keys are off while this runs and are checked at the end. A table made
anew needs its indexes made anew. Then set ``NEWEST`` in ``app/storage/migrations/__init__.py``.
"""

from __future__ import annotations

from alembic import op

revision = ${repr(up_revision).replace("'", '"')}
down_revision = ${repr(down_revision).replace("'", '"')}


def upgrade() -> None:
    op.get_bind().exec_driver_sql("")
