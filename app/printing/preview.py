"""Pages of a finished PDF as pictures (预览), for the screen. PDFium allows one call at a time in a process."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass

import pypdfium2

_PDFIUM = threading.Lock()


@dataclass(frozen=True)
class Picture:
    """A page: ``rgba`` holds ``height`` rows of ``width`` pixels, four bytes each. ``pages`` is the whole paper's."""

    width: int
    height: int
    rgba: bytes
    pages: int


def picture(pdf: bytes, page: int, width_px: int) -> Picture:
    """Page ``page`` (from 0) of ``pdf``, about ``width_px`` wide. May be called from any thread."""
    with _PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        bitmap = _rendered(document, page, width_px)
        assert bitmap.stride == bitmap.width * 4
        return Picture(bitmap.width, bitmap.height, bytes(bitmap.buffer), len(document))


def png(pdf: bytes, page: int, width_px: int) -> bytes:
    """The same page as a PNG file, for whoever wants a file rather than pixels."""
    with _PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        image = _rendered(document, page, width_px).to_pil().convert("RGB")
    out = io.BytesIO()
    image.save(out, format="PNG")
    return out.getvalue()


def _rendered(document: pypdfium2.PdfDocument, page: int, width_px: int) -> pypdfium2.PdfBitmap:
    sheet = document[page]
    scale = width_px / sheet.get_width()
    # Red and blue are swapped while drawing, which gives RGBA without another pass.
    return sheet.render(scale=scale, rev_byteorder=True, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRA)
