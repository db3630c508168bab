"""The language can be changed while the program runs; Simplified Chinese is the source and needs no catalogue."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import words
from app.words import _


@pytest.fixture(autouse=True)
def source_language() -> Iterator[None]:
    yield
    words.use_language(words.SOURCE_LANGUAGE)


def catalogue(folder: Path, language: str, texts: dict[str, str]) -> None:
    """A compiled catalogue (GNU gettext's .mo) of a few texts."""
    texts = {"": "Content-Type: text/plain; charset=UTF-8\n", **texts}
    pairs = sorted((key.encode(), value.encode()) for key, value in texts.items())
    count, at = len(pairs), 28 + 16 * len(pairs)
    tables, strings = [b"", b""], b""
    for side in (0, 1):
        for pair in pairs:
            tables[side] += struct.pack("<II", len(pair[side]), at + len(strings))
            strings += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 28 + 16 * count)
    place = folder / language / "LC_MESSAGES" / "yizhan.mo"
    place.parent.mkdir(parents=True)
    place.write_bytes(head + tables[0] + tables[1] + strings)


def test_a_sentence_stands_in_the_source_as_it_is_read() -> None:
    assert _("已记下") == "已记下"


def test_another_language_speaks_at_once_and_the_source_again(tmp_path: Path) -> None:
    catalogue(tmp_path, "en", {"已记下": "Noted"})
    words.use_language("en", tmp_path)
    assert (_("已记下"), _("派单")) == ("Noted", "派单")
    words.use_language(words.SOURCE_LANGUAGE)
    assert _("已记下") == "已记下"
