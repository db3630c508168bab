"""The faces papers are set in (字体): which face holds a character, how wide it is, and how its text copies out.

The text face is Song (Noto Serif SC); Hei (Noto Sans SC) is for what is read from afar or typed off. A character
a face does not hold is looked for in the rare faces, which are loaded only then: each costs 40-260 ms and 20-54 MB.
Breaking lines is not done here (see ``lines``), nor drawing (see ``page``).
"""

from __future__ import annotations

import threading
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, Literal, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

import resources

Family = Literal["song", "hei"]

# Printed where no face holds a character, as Chinese printers do for a sort they lack.
MISSING = "□"

# ReportLab's registry of faces and a face's reading position are shared by all threads.
LOCK = threading.RLock()

_OWN = {
    ("song", False): "NotoSerifSC-Regular",
    ("song", True): "NotoSerifSC-Bold",
    ("hei", False): "NotoSansSC-Regular",
    ("hei", True): "NotoSansSC-Bold",
}
_BMP_END = 0x10000
_PLANE_2_START, _PLANE_2_END = 0x20000, 0x30000
_CODES_PER_BLOCK = 100  # the CMap format allows no more in one bfchar block


@dataclass(frozen=True)
class Style:
    """How a piece of text looks. ``leading_pt`` is the height of its line, 1.5 times the size unless told."""

    size_pt: float
    bold: bool = False
    family: Family = "song"
    leading_pt: float = 0.0
    grey: float = 0.0  # 0 is black

    @property
    def line_pt(self) -> float:
        return self.leading_pt or self.size_pt * 1.5


class Glyph(NamedTuple):
    """One character as it will be drawn. ``faux_bold``: its face has no bold, so it is drawn with an outline."""

    char: str
    face: str
    faux_bold: bool
    width_em: float


class Run(NamedTuple):
    """Neighbouring characters that share a face."""

    text: str
    face: str
    faux_bold: bool


class _Face(TTFont):  # type: ignore[misc]
    """A TrueType face whose text copies out right.

    ReportLab writes code points beyond the BMP with five hex digits and any number of entries in a block; readers
    need UTF-16BE in blocks of 100, so its finished maps are replaced.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - overrides ReportLab's name
        subsets = [list(codes) for codes in self.state[doc].subsets]
        super().addObjects(doc)
        for number, codes in enumerate(subsets):
            name = f"{SUBSETN(number).decode('ascii')}+{self.face.name.decode('ascii')}"
            doc.idToObject[f"toUnicodeCMap:{name}"].content = _to_unicode(name, codes)


def _to_unicode(name: str, codes: list[int]) -> str:
    """The CMap that says which text the byte codes 0, 1, ... of a subset stand for."""
    entries = [
        f"<{byte:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for byte, code in enumerate(codes)
        if code
    ]
    blocks: list[str] = []
    for start in range(0, len(entries), _CODES_PER_BLOCK):
        block = entries[start : start + _CODES_PER_BLOCK]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
    )
    tail = "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    return head + "\n".join(blocks) + tail


def warm_up() -> None:
    """Load the two faces nearly every paper needs, so that the first preview does not wait for them."""
    _face(_OWN["song", False])
    _face(_OWN["song", True])


def clean(text: str) -> str:
    """``text`` without what has no shape on paper: controls, joiners, variation selectors; a tab is a space."""
    return "".join(char for char in text.replace("\t", " ") if char == "\n" or not _is_shapeless(char))


@lru_cache(maxsize=40_000)
def glyph(char: str, family: Family, bold: bool) -> Glyph:
    """The face that draws ``char``, rare faces being loaded when nothing else holds it."""
    own = _OWN[family, bold]
    for name in (own, *_rare(char, family, bold)):
        face = _face(name).face
        if ord(char) in face.charToGlyph:
            return Glyph(char, name, bold and name.startswith("HanaMin"), face.getCharWidth(ord(char)) / 1000)
    return Glyph(MISSING, own, False, _face(own).face.getCharWidth(ord(MISSING)) / 1000)


def width_pt(text: str, style: Style) -> float:
    """How wide ``text`` is when set in ``style``, in points."""
    return style.size_pt * sum(glyph(char, style.family, style.bold).width_em for char in text)


def runs(text: str, style: Style) -> list[Run]:
    """``text`` cut where its face changes."""
    glyphs = (glyph(char, style.family, style.bold) for char in text)
    return [
        Run("".join(each.char for each in group), face, faux_bold)
        for (face, faux_bold), group in groupby(glyphs, key=lambda each: (each.face, each.faux_bold))
    ]


def _rare(char: str, family: Family, bold: bool) -> tuple[str, ...]:
    """The faces to try after the own one, the likeliest and the one alike in style first."""
    other = _OWN["hei" if family == "song" else "song", bold]
    code = ord(char)
    if code < _BMP_END:
        return ("HanaMinA", other)
    if _PLANE_2_START <= code < _PLANE_2_END:
        return ("HanaMinB", "HanaMinA", other)
    return (other, "HanaMinA")  # HanaMin has nothing of plane 3; Noto Sans SC has some


def _face(name: str) -> Any:
    with LOCK:
        return _loaded(name)


@cache
def _loaded(name: str) -> Any:
    # Without ``asciiReadable`` only the characters used are embedded, not all of ASCII in every face.
    face = _Face(name, str(resources.font(f"{name}.ttf")), asciiReadable=False)
    pdfmetrics.registerFont(face)
    return face


def _is_shapeless(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf") or "\ufe00" <= char <= "\ufe0f" or char >= "\U000e0100"
