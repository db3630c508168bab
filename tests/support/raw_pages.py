"""What really lies in an encrypted database file: every page decrypted, those that nothing uses any more, too.

SQLCipher 4: AES-256-CBC, each page of 4096 bytes ends with its initial vector (16 bytes) and a code (64 bytes).
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE_BYTES = 4096
RESERVED_BYTES = 80
SALT_BYTES = 16
WAL_HEAD_BYTES, FRAME_HEAD_BYTES = 32, 24


def decrypted(database: Path, key: bytes) -> bytes:
    """The plain bytes of the file and of its write-ahead log."""
    content = database.read_bytes()
    pages = [content[at : at + PAGE_BYTES] for at in range(0, len(content), PAGE_BYTES)]
    log = database.with_name(f"{database.name}-wal")
    frames = log.read_bytes()[WAL_HEAD_BYTES:] if log.exists() else b""
    size = FRAME_HEAD_BYTES + PAGE_BYTES
    written = [frames[at + FRAME_HEAD_BYTES : at + size] for at in range(0, len(frames) - size + 1, size)]
    first = _decrypted(pages[0], key, skip=SALT_BYTES)
    return (
        first
        + b"".join(_decrypted(page, key) for page in pages[1:])
        + b"".join(_decrypted(page, key, skip=skip) for page in written for skip in (0, SALT_BYTES))
    )


def _decrypted(page: bytes, key: bytes, skip: int = 0) -> bytes:
    vector = page[-RESERVED_BYTES : -RESERVED_BYTES + 16]
    decryptor = Cipher(algorithms.AES256(key), modes.CBC(vector)).decryptor()
    return decryptor.update(page[skip:-RESERVED_BYTES]) + decryptor.finalize()
