"""What the program ships besides code: fonts, icons, translations and tables. Below every other layer."""

from __future__ import annotations

import lzma
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

import platformdirs

_HERE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder ``resources/<name>`` of this installation."""
    return _HERE / name


@cache
def faces() -> dict[str, str]:
    """The bundled faces: file name -> SHA-256 of the unpacked file."""
    lines = (folder("fonts") / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    return {face: digest for digest, face in (line.split() for line in lines)}


@cache
def font(name: str) -> Path:
    """The TrueType file of a bundled face, such as ``NotoSerifSC-Regular.ttf``; unpacked on first use.

    A face lies in a folder named by its content, so a new version never meets an old file.
    """
    inside = Path(faces()[name][:12], name)
    for place in _font_places():
        if (place / inside).is_file():
            return place / inside
    return _unpack(name, inside)


def _font_places() -> tuple[Path, Path]:
    """Beside the program where that can be written, else the person's own cache."""
    return _HERE.parent / ".local" / "fonts", platformdirs.user_cache_path(
        "yizhan", appauthor=False
    ) / "fonts"


def _unpack(name: str, inside: Path) -> Path:
    beside_program, own_cache = _font_places()
    try:
        return _unpack_into(beside_program / inside, name)
    except OSError:  # a read-only or full place: the person's cache may do
        return _unpack_into(own_cache / inside, name)


def _unpack_into(target: Path, name: str) -> Path:
    """Write beside the target and rename, so that two programs that start together never read half a face."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, half = tempfile.mkstemp(dir=target.parent)
    try:
        with lzma.open(folder("fonts") / f"{name}.xz") as packed, os.fdopen(handle, "wb") as unpacked:
            shutil.copyfileobj(packed, unpacked, 1 << 20)
        Path(half).chmod(0o644)
        os.replace(half, target)
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise
    return target
