"""Pictures of pages: right size, right colours, from several threads at once."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from PIL import Image

from app.printing import certificate
from app.printing.preview import picture, png
from tests.printing import papers


def test_a_picture_has_the_width_that_was_asked_for_and_knows_the_pages() -> None:
    made = certificate.pdf(papers.certificate(30))
    shown = picture(made, 1, 600)
    assert (shown.width, shown.pages) == (600, len(papers.pages(made)))
    assert abs(shown.height - 600 * 297 / 210) < 2
    assert len(shown.rgba) == shown.width * shown.height * 4
    assert shown.rgba[:4] == b"\xff\xff\xff\xff"


def test_red_is_red_in_pixels_and_in_the_file() -> None:
    made = certificate.pdf(papers.certificate(voided_on=date(2026, 5, 6)))
    shown = picture(made, 0, 600)
    from_pixels = Image.frombytes("RGBA", (shown.width, shown.height), shown.rgba).convert("RGB")
    from_file = Image.open(io.BytesIO(png(made, 0, 600)))
    assert from_pixels.tobytes() == from_file.convert("RGB").tobytes()
    red, _green, blue = (sum(band.tobytes()) for band in from_pixels.split())
    assert red > blue


def test_papers_made_and_shown_by_several_threads_do_not_disturb_each_other() -> None:
    def made_and_shown(name: str) -> tuple[bytes, bytes]:
        made = certificate.pdf(papers.certificate(name=name))
        return made, picture(made, 0, 300).rgba

    names = ["张三", papers.LONG_NAME, "𪚥", "欧阳建国"] * 2
    alone = [made_and_shown(name) for name in names]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(made_and_shown, names))
    assert together == alone
