"""The words people read: gettext with Simplified Chinese as the source language.

A text stands in the code as the Simplified Chinese sentence itself, wrapped in ``_``; other languages are
catalogues under ``resources/translations``. ``_`` looks the language up at every call, so that it can change
without a restart. Constants made at import time are only *marked* with ``N_`` and translated when shown.
"""

from __future__ import annotations

import gettext
from pathlib import Path

import resources

SOURCE_LANGUAGE = "zh_CN"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use_language(language: str, folder: Path | None = None) -> None:
    """Speak ``language`` (``zh_CN``, ``zh_TW``, ``en``) from now on; the source language needs no catalogue."""
    global _catalogue
    if language == SOURCE_LANGUAGE:
        _catalogue = gettext.NullTranslations()
        return
    _catalogue = gettext.translation(
        "yizhan", localedir=str(folder or resources.folder("translations")), languages=[language]
    )


def _(text: str) -> str:
    return _catalogue.gettext(text)


def N_(text: str) -> str:  # noqa: N802 - the name gettext tools know
    """Mark ``text`` for translation without translating it yet."""
    return text
