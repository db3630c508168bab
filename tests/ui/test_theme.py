"""The looks: contrast of every pair, digits of equal width, shapes without colours, and live changes."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPalette
from pytestqt.qtbot import QtBot

import resources
from ui.parts.buttons import Button
from ui.parts.fields import TextField
from ui.parts.text import Paragraph, Text
from ui.theme import Scheme, paint_icon, theme
from ui.theme.colours import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, LINES_ON, TEXT_ON, Colours, contrast
from ui.theme.metrics import LARGE, NORMAL, ROOMY, Metrics
from ui.theme.shapes import style_sheet

TABLES = {"light": LIGHT, "dark": DARK, "contrast light": CONTRAST_LIGHT, "contrast dark": CONTRAST_DARK}
tables = pytest.mark.parametrize("colours", TABLES.values(), ids=TABLES.keys())


@tables
@pytest.mark.parametrize(
    "ground, text", [(ground, text) for ground, texts in TEXT_ON.items() for text in texts]
)
def test_every_text_can_be_read_on_its_grounds(colours: Colours, ground: str, text: str) -> None:
    values = asdict(colours)
    assert contrast(values[text], values[ground]) >= 4.5


@tables
@pytest.mark.parametrize(
    "ground, line", [(ground, line) for ground, lines in LINES_ON.items() for line in lines]
)
def test_borders_focus_and_shapes_can_be_seen(colours: Colours, ground: str, line: str) -> None:
    values = asdict(colours)
    assert contrast(values[line], values[ground]) >= 3


@pytest.mark.parametrize("colours", [CONTRAST_LIGHT, CONTRAST_DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    "ground, drawn",
    [(ground, drawn) for pairs in (TEXT_ON, LINES_ON) for ground in pairs for drawn in pairs[ground]],
)
def test_in_high_contrast_everything_stands_out(colours: Colours, ground: str, drawn: str) -> None:
    values = asdict(colours)
    assert contrast(values[drawn], values[ground]) >= 7


def _edge(button: Button) -> set[str]:
    """The colours along the upper edge of a button, between its round corners."""
    picture = button.grab().toImage()
    return {picture.pixelColor(x, 0).name() for x in range(8, picture.width() - 8)}


@pytest.mark.parametrize("scheme", ["light", "contrast"])
def test_a_primary_button_that_cannot_be_pressed_looks_so(qtbot: QtBot, scheme: Scheme) -> None:
    theme.use_scheme(scheme)
    button = Button("兑换", kind="primary")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    assert _edge(button) == {theme.colour("accent").name()}
    button.setEnabled(False)
    assert theme.colour("accent").name() not in _edge(button)
    assert (len(_edge(button)) > 1) == (scheme == "contrast"), (
        "its frame is broken where all frames are strong"
    )


def test_in_high_contrast_even_hairlines_are_as_strong_as_text() -> None:
    for colours in (CONTRAST_LIGHT, CONTRAST_DARK):
        assert contrast(colours.hairline, colours.paper) >= 7


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_high_contrast_draws_thick_lines_at_the_same_sizes(qtbot: QtBot, large: bool) -> None:
    theme.use_large(large)
    sizes = theme.metrics
    field = TextField()
    qtbot.addWidget(field)
    field.resize(200, field.height())
    field.show()
    with qtbot.waitSignal(theme.changed):
        theme.use_scheme("contrast")
    assert theme.is_contrast
    assert theme.is_strong
    assert (theme.metrics.border, theme.metrics.focus) == (2, 3)
    assert (theme.metrics.row, theme.metrics.type_px) == (sizes.row, sizes.type_px)
    field.clearFocus()
    drawn = field.grab().toImage()
    middle = drawn.height() // 2
    assert [drawn.pixelColor(x, middle).name() for x in (0, 1, 3)] == ["#000000", "#000000", "#ffffff"]
    theme.use_scheme("light")
    assert theme.metrics == sizes


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_paper_surface_and_rail_differ(colours: Colours) -> None:
    assert len({colours.paper, colours.surface, colours.rail}) == 3


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("face", ["NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"])
def test_digits_of_the_bundled_face_have_equal_width(face: str) -> None:
    font = TTFont(resources.font(face))
    names = font.getBestCmap()
    assert len({font["hmtx"][names[ord(digit)]][0] for digit in "0123456789"}) == 1


@pytest.mark.parametrize("bold", [False, True])
def test_digits_on_the_screen_have_equal_width(bold: bool) -> None:
    metrics = QFontMetricsF(theme.font("body", bold))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("metrics", [NORMAL, ROOMY, LARGE], ids=["normal", "roomy", "large"])
def test_the_style_sheet_only_shapes(metrics: Metrics) -> None:
    sheet = style_sheet(metrics)
    assert "dashed" in style_sheet(metrics, is_contrast=True) and "dashed" not in sheet
    assert not re.search(r"#[0-9a-fA-F]{3,8}|rgb|font|line-height", sheet)


def test_nothing_is_written_smaller_than_14_and_in_large_mode_20() -> None:
    assert min(size for size, _box in NORMAL.type_px.values()) == 14
    assert min(size for size, _box in LARGE.type_px.values()) == 20
    for role, (size, _box) in NORMAL.type_px.items():
        assert size < ROOMY.type_px[role][0] < LARGE.type_px[role][0]


def test_large_mode_changes_what_is_shown_without_restart(qtbot: QtBot) -> None:
    field, button, text = TextField(), Button("记下", key="Ctrl+Enter"), Text("今天", "section")
    for widget in (field, button, text):
        qtbot.addWidget(widget)
    width = button.sizeHint().width()
    with qtbot.waitSignal(theme.changed):
        theme.use_large(True)
    assert (field.height(), button.height()) == (60, 60)
    assert (field.font().pixelSize(), text.font().pixelSize()) == (24, 28)
    assert button.sizeHint().width() > width + 60  # its key stands inside now
    theme.use_large(False)
    assert (field.height(), field.font().pixelSize(), text.font().pixelSize()) == (44, 16, 20)


def test_a_line_needs_no_more_room_than_before_when_letters_become_small_again(qtbot: QtBot) -> None:
    title = Text("谁来管", "title", bold=True)
    qtbot.addWidget(title)
    before = title.sizeHint()
    theme.use_large(True)
    assert title.sizeHint().height() > before.height()
    theme.use_large(False)
    assert title.sizeHint() == before


def test_secondary_text_is_ink_in_large_mode(qtbot: QtBot) -> None:
    paragraph = Paragraph("今天值班", "secondary", "secondary")
    qtbot.addWidget(paragraph)
    theme.use_large(True)
    shown = paragraph.palette().color(QPalette.ColorRole.WindowText)
    assert shown == theme.colour("ink")


def test_dark_reaches_fields_that_are_shown(qtbot: QtBot) -> None:
    field = TextField()
    qtbot.addWidget(field)
    field.resize(200, 44)
    field.show()
    before = field.grab().toImage().pixelColor(100, 10)
    theme.use_scheme("dark")
    after = field.grab().toImage().pixelColor(100, 10)
    assert (before.name(), after.name()) == ("#ffffff", "#26292d")


@pytest.mark.parametrize("name", sorted(path.stem for path in resources.folder("icons").glob("*.svg")))
def test_every_icon_draws_in_its_colour(name: str) -> None:
    image = QImage(QSize(24, 24), QImage.Format.Format_ARGB32)
    image.fill(theme.colour("surface"))
    painter = QPainter(image)
    paint_icon(painter, name, QRectF(0, 0, 24, 24), theme.colour("accent"))
    painter.end()
    drawn = sum(
        image.pixelColor(x, y) != theme.colour("surface")
        for x in range(image.width())
        for y in range(image.height())
    )
    assert drawn > 8


def test_every_icon_that_is_named_exists_and_no_other() -> None:
    drawn = {path.stem for path in resources.folder("icons").glob("*.svg")}
    here = Path(resources.__file__).parent.parent / "ui"
    sources = "".join(source.read_text("utf-8") for source in here.rglob("*.py"))
    found = re.findall(r'icon="([a-z-]+)"|icon_name = "([a-z-]+)"', sources)
    named = {name for names in found for name in names if name}
    assert named
    assert named <= drawn
    assert {name for name in drawn if f'"{name}"' not in sources} == set()
