"""Checking the whole station (自检): every chain of facts, and every table against what they say."""

from __future__ import annotations

from app.actions.desk import Look, reading
from app.storage import selfcheck as storage
from app.storage.selfcheck import SelfCheck as SelfCheck


@reading()
def self_check(look: Look, _query: None = None) -> SelfCheck:
    """Look at everything and change nothing; ``app.sentences.log.self_check_words`` says what was found."""
    return storage.check(look.connection)
