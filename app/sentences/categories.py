"""Categories (服务类别) in words."""

from __future__ import annotations

from app.domain.categories import shipped


def category_name(code: str) -> str:
    """What a category is called; a code that left the table stands for itself."""
    found = shipped().find(code)
    return found.title if found is not None else code
