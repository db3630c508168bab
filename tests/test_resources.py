"""The bundled faces: whole, found by name, unpacked once, readable by ReportLab and fit for figures in columns."""

from __future__ import annotations

import hashlib
import lzma
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import resources

FACES = sorted(resources.faces())
RARE = ("HanaMinA.ttf", "HanaMinB.ttf")


@pytest.fixture
def own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installation with one small 'face', so that unpacking can be tried without the real 104 MB."""
    installation = tmp_path / "installation"
    fonts = installation / "resources" / "fonts"
    fonts.mkdir(parents=True)
    content = b"a face" * 1000
    (fonts / "Small.ttf.xz").write_bytes(lzma.compress(content))
    (fonts / "SHA256SUMS").write_text(f"{hashlib.sha256(content).hexdigest()}  Small.ttf\n", encoding="ascii")
    monkeypatch.setattr(resources, "_HERE", installation / "resources")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    resources.faces.cache_clear()
    resources.font.cache_clear()
    yield installation
    resources.faces.cache_clear()
    resources.font.cache_clear()


@pytest.mark.parametrize("face", FACES)
def test_a_face_unpacks_to_what_was_locked(face: str) -> None:
    assert hashlib.sha256(resources.font(face).read_bytes()).hexdigest() == resources.faces()[face]


@pytest.mark.parametrize("face", FACES)
def test_a_face_has_outlines_that_papers_can_embed(face: str) -> None:
    with TTFont(resources.font(face), lazy=True) as font:
        assert "glyf" in font


@pytest.mark.parametrize("face", [face for face in FACES if face.startswith("NotoSans")])
def test_digits_are_equally_wide(face: str) -> None:
    with TTFont(resources.font(face), lazy=True) as font:
        glyphs, widths = font.getBestCmap(), font["hmtx"]
        assert len({widths[glyphs[ord(digit)]][0] for digit in "0123456789"}) == 1


@pytest.mark.parametrize("character", ["㐂", "𠅤", "𬱖", "𮯠"])
def test_rare_characters_of_names_have_a_face(character: str) -> None:
    assert any(ord(character) in characters(face) for face in ("NotoSerifSC-Regular.ttf", *RARE))


def characters(face: str) -> frozenset[int]:
    with TTFont(resources.font(face), lazy=True) as font:
        return frozenset(font.getBestCmap())


def test_a_face_is_unpacked_beside_the_program(own_copy: Path) -> None:
    assert resources.font("Small.ttf").is_relative_to(own_copy / ".local" / "fonts")


def test_a_face_goes_to_the_own_cache_where_the_program_cannot_be_written(
    own_copy: Path, tmp_path: Path
) -> None:
    (own_copy / ".local").write_text("in the way")
    path = resources.font("Small.ttf")
    assert path.is_relative_to(tmp_path / "cache")
    assert path.read_bytes() == b"a face" * 1000


def test_a_damaged_face_leaves_nothing_half(own_copy: Path) -> None:
    packed = own_copy / "resources" / "fonts" / "Small.ttf.xz"
    packed.write_bytes(packed.read_bytes()[:-20])
    with pytest.raises(EOFError):
        resources.font("Small.ttf")
    assert [path for path in (own_copy / ".local").rglob("*") if path.is_file()] == []


def test_programs_that_start_together_share_a_face(own_copy: Path) -> None:
    unpack = resources.font.__wrapped__
    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(unpack, ["Small.ttf"] * 8))
    assert [path.read_bytes() for path in paths] == [b"a face" * 1000]
    assert len(list((own_copy / ".local").rglob("*.*tf"))) == 1


def test_an_unknown_face_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        resources.font("Comic.ttf")
