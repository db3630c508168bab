"""Looking for what must not be there: secrets in any spelling, in any file below a folder."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

TEXT_ENCODINGS = ("utf-8", "utf-16-le", "gb18030")


def traces(folder: Path, secrets: Sequence[str | bytes]) -> list[tuple[str, str | bytes]]:
    """Every file below ``folder`` that holds one of the secrets, and which; zip files are looked into."""
    return [
        (name, secret)
        for name, content in _files(folder)
        for secret in secrets
        if any(spelling in content for spelling in spellings(secret))
    ]


def spellings(secret: str | bytes) -> set[bytes]:
    """How a secret may stand in a file."""
    if isinstance(secret, str):
        escaped = secret.encode("unicode_escape")
        return {secret.encode(encoding) for encoding in TEXT_ENCODINGS} | {escaped}
    coded = base64.b64encode(secret).rstrip(b"=")[:-1]
    return {secret, secret.hex().encode(), secret.hex().upper().encode(), coded}


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name, content = str(path.relative_to(folder)), path.read_bytes()
            yield name, content
            if zipfile.is_zipfile(io.BytesIO(content)):
                with zipfile.ZipFile(io.BytesIO(content)) as packed:
                    yield from ((f"{name}:{inner}", packed.read(inner)) for inner in packed.namelist())
