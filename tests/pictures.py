"""The README's pictures, taken again from the running program: ``packaging/test pictures``.

A whole demo day is played; some of its screens and papers are made small and put into ``resources/readme``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

import resources
from ui import demo_day

SEED = 1
SCREENS = (
    "today-morning",
    "intake",
    "likely-same",
    "proposals",
    "overlap-refused",
    "approval",
    "hours-row-by-row",
    "certificate-issued",
    "counter-basket",
    "counter-refused",
    "difference",
    "policy",
    "stars-posted",
    "erase",
    "large-board",
    "dark-board",
    "contrast-counter",
    "zh_TW-board",
    "en-today",
    "en-board",
    "restored",
)
PAPERS = {
    "papers": ("order-slip-shopping", "certificate", "escalation-slip"),
    "counter-papers": ("gift-receipt", "count-sheet", "volunteer-cards", "star-notice"),
}
MOST_BYTES = 300 * 1024

_COLOURS = 256
_ROUNDS = 3
_PAPER_HEIGHT_PX = 760
_GAP_PX = 24
_DESK = "#EFEEE9"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="yizhan-pictures-") as place:
        if code := demo_day.main(Path(place), SEED):
            return code
        for name, picture in pictures(Path(place)):
            _keep(picture, resources.folder("readme") / f"{name}.png")
    return 0


def pictures(day: Path) -> Iterator[tuple[str, Image.Image]]:
    """The screens of a day that the README shows, and its papers side by side."""
    for name in SCREENS:
        [path] = (day / "screens").glob(f"[0-9][0-9][0-9]-{name}.png")
        yield name, Image.open(path).convert("RGB")
    for name, papers in PAPERS.items():
        yield name, _side_by_side([_first_page(day / "papers" / f"{paper}.pdf") for paper in papers])


def _first_page(path: Path) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    try:
        page = document[0]
        drawn: Image.Image = page.render(scale=_PAPER_HEIGHT_PX / page.get_height()).to_pil()
        return ImageOps.expand(drawn.convert("RGB"), border=1, fill="#DEDDD7")
    finally:
        document.close()


def _side_by_side(papers: list[Image.Image]) -> Image.Image:
    width = sum(paper.width for paper in papers) + _GAP_PX * (len(papers) + 1)
    desk = Image.new("RGB", (width, max(paper.height for paper in papers) + 2 * _GAP_PX), _DESK)
    left = _GAP_PX
    for paper in papers:
        desk.paste(paper, (left, _GAP_PX))
        left += paper.width + _GAP_PX
    return desk


def _keep(picture: Image.Image, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    # Of Pillow's ways this one keeps the few strong colours of a screen as they are; the rounds after it, its greys.
    few = picture.quantize(
        _COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=_ROUNDS, dither=Image.Dither.NONE
    )
    few.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.name}  {size // 1024} kB")
    assert size <= MOST_BYTES, f"{path.name} is too heavy for a README"


if __name__ == "__main__":
    sys.exit(main())
