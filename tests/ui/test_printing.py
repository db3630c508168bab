"""Papers go out: under a name every system takes, in their own size, and what is in the way is said."""

from __future__ import annotations

import gc
import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.actions.audit import AuditGroup, AuditQuery, audit_trail
from app.actions.printers import ChoosePrinter, choose_printer
from app.domain.printers import PaperKind
from app.domain.staff import Role
from app.printing import gift_register, rosters
from app.printing.flow import Column
from app.printing.gift_register import GiftRegister
from app.printing.recovery_sheet import RecoverySheet, pdf
from app.printing.rosters import Roster
from app.sentences.audit import audited
from app.storage.ids import new_id
from tests.support.desk import Station
from tests.support.window import PATIENCE_MS
from ui.jobs import Jobs
from ui.parts.printing import (
    ask_where,
    file_name,
    look_for_printers,
    print_pdf,
    printer_names,
    put_on_paper,
)

SHEET = RecoverySheet("曹村新时代文明实践站", "370883 102 204", ("7K3M 9QXD",) * 4, date(2026, 4, 7))


@pytest.fixture(autouse=True)
def other_printers() -> Iterator[None]:
    """A test may plug one in; the next shall not remember it."""
    look_for_printers()
    yield
    look_for_printers()


def printer_into(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    return printer


def several_pages() -> bytes:
    """A roster of sixty."""
    rows = tuple((f"第{place}位",) for place in range(60))
    return rosters.pdf(Roster("名册", "曹村站", "按姓名", (Column("姓名", 30),), rows, SHEET.day, ""))


def put(qtbot: QtBot, out: Path, paper: bytes) -> bool:
    """Whether all of it was taken."""
    jobs, told = Jobs(None), list[bool]()
    put_on_paper(jobs, printer_into(out), paper, told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    jobs.close()
    [is_taken] = told
    return is_taken


def test_a_printed_page_has_the_size_of_the_paper(qtbot: QtBot, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    assert put(qtbot, out, pdf(SHEET))
    with pypdfium2.PdfDocument(out) as printed, pypdfium2.PdfDocument(pdf(SHEET)) as meant:
        assert len(printed) == len(meant)
        assert printed[0].get_size() == pytest.approx(meant[0].get_size(), abs=2)
        dark = sum(value < 128 for value in printed[0].render().to_pil().convert("L").tobytes())
    assert dark > 2000


def test_a_page_that_lies_turns_the_sheet_and_fills_it(qtbot: QtBot, tmp_path: Path) -> None:
    """A register on an upright sheet would be printed at two thirds of its size, with half the sheet empty."""
    out, register = tmp_path / "out.pdf", gift_register.pdf(GiftRegister("曹村站", "", "", (), SHEET.day))
    assert put(qtbot, out, register)
    with pypdfium2.PdfDocument(out) as printed, pypdfium2.PdfDocument(register) as meant:
        assert printed[0].get_size() == pytest.approx(meant[0].get_size(), abs=2)
        assert _middle_of_the_ink(printed) == pytest.approx(_middle_of_the_ink(meant), abs=2)


def test_a_long_paper_is_drawn_a_page_at_a_time(qtbot: QtBot, tmp_path: Path) -> None:
    """All its pages at once would not fit into the memory of a station's PC."""
    long = several_pages()
    out, jobs, told = tmp_path / "out.pdf", Jobs(None), list[bool]()
    put_on_paper(jobs, printer_into(out), long, told.append)
    asked: list[int] = []
    jobs.changed.connect(lambda _nouns: asked.append(jobs._undelivered))
    jobs.cancel()  # of something else that was waited for
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    jobs.close()
    with pypdfium2.PdfDocument(out) as printed, pypdfium2.PdfDocument(long) as meant:
        assert len(printed) == len(meant) > 3
        assert asked == [1] * len(meant) + [0]  # one at a time; the first again, as it lies


def test_the_rest_is_left_when_the_program_closes(qtbot: QtBot, tmp_path: Path) -> None:
    jobs, told = Jobs(None), list[bool]()
    put_on_paper(jobs, printer_into(tmp_path / "out.pdf"), several_pages(), told.append)
    jobs.close()
    qtbot.waitUntil(jobs.is_resting, timeout=PATIENCE_MS)
    assert told == []


def test_a_paper_that_is_left_halfway_takes_nothing_with_it(qtbot: QtBot, tmp_path: Path) -> None:
    """A printer that goes before what paints on it would end the program."""
    out, jobs, told = tmp_path / "out.pdf", Jobs(None), list[bool]()
    put_on_paper(jobs, printer_into(out), _upright(3), told.append)
    jobs.changed.connect(lambda _nouns: jobs.close())  # when the first page is on the paper
    with qtbot.waitSignal(jobs.rested, timeout=PATIENCE_MS):
        pass
    gc.collect()
    assert told == []
    assert out.read_bytes().startswith(b"%PDF"), "what was painted until then is ended"


def _upright(pages: int) -> bytes:
    made = io.BytesIO()
    with pypdfium2.PdfDocument(pdf(SHEET)) as one, pypdfium2.PdfDocument.new() as several:
        for _page in range(pages):
            several.import_pages(one, [0])
        several.save(made)
    return made.getvalue()


def _middle_of_the_ink(document: pypdfium2.PdfDocument) -> tuple[float, float]:
    """Where the dark parts of the first page lie, in hundredths of its size."""
    page = document[0].render().to_pil().convert("L").point(lambda value: 255 if value < 128 else 0)
    left, top, right, bottom = page.getbbox()
    return 100 * (left + right) / 2 / page.width, 100 * (top + bottom) / 2 / page.height


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    assert not put(qtbot, tmp_path / "no" / "such" / "folder.pdf", pdf(SHEET))


def test_without_a_printer_the_pdf_is_offered(qtbot: QtBot) -> None:
    owner, jobs = QWidget(), Jobs(None)
    said: list[Callable[[], str]] = []
    qtbot.addWidget(owner)
    print_pdf(jobs, owner, pdf(SHEET), "恢复单", printed=lambda: pytest.fail("printed"), failed=said.append)
    jobs.close()
    assert [why() for why in said] == ["这台电脑还没有打印机。可以先存成 PDF，拿到有打印机的电脑上印。"]


@pytest.mark.qt_log_ignore("QPainter::begin|QPrinter::setPrinterName")
def test_what_goes_to_a_printer_leaves_a_line_in_the_audit(
    qtbot: QtBot, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["HP-2"])
    choose_printer(station.desk, ChoosePrinter(paper=PaperKind.ORDER_SLIP, printer="HP-2", copies=1))
    owner, jobs = QWidget(), Jobs(station.desk)
    qtbot.addWidget(owner)
    said: list[Callable[[], str]] = []
    order = f"order:{new_id()}"
    for object_name in ("", order):
        print_pdf(
            jobs,
            owner,
            pdf(SHEET),
            "服务单",
            printed=lambda: pytest.fail("nothing is plugged in"),
            failed=said.append,
            object_name=object_name,
            paper=PaperKind.ORDER_SLIP,
        )
        qtbot.waitUntil(lambda: len(said) == 1)
        said.clear()
    jobs.close()
    [entry] = audit_trail(station.sit(Role.AUDITOR), AuditQuery(group=AuditGroup.TAKEN_OUT)).entries
    assert (entry.what, entry.object, entry.staff_name) == ("print.paper", order, "陈芳")
    assert audited(entry.what) == "打印单据"


def test_it_is_said_that_the_chosen_printer_is_not_there_and_another_is_offered(
    qtbot: QtBot, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Canon"])
    choose_printer(station.desk, ChoosePrinter(paper=PaperKind.ORDER_SLIP, printer="HP-2", copies=1))
    owner, jobs = QWidget(), Jobs(station.desk)
    qtbot.addWidget(owner)
    said: list[Callable[[], str]] = []
    print_pdf(
        jobs,
        owner,
        pdf(SHEET),
        "服务单",
        printed=lambda: pytest.fail("printed"),
        failed=said.append,
        paper=PaperKind.ORDER_SLIP,
    )
    qtbot.waitUntil(lambda: owner.findChild(QPrintDialog) is not None)
    dialog = owner.findChild(QPrintDialog)
    assert isinstance(dialog, QPrintDialog)
    dialog.reject()
    jobs.close()
    assert [why() for why in said] == ["“HP-2”没有连上。请另选一台打印机，或接好再印。"]


def test_the_system_is_not_asked_for_its_printers_again_and_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = iter((["HP-2"], ["HP-2", "Canon"]))
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: next(there))
    assert [printer_names() for _time in range(5)] == [["HP-2"]] * 5
    look_for_printers()
    assert printer_names() == ["HP-2", "Canon"]


def test_the_person_says_where_a_pdf_goes(qtbot: QtBot, tmp_path: Path) -> None:
    owner = QWidget()
    heard: list[Path] = []
    qtbot.addWidget(owner)
    owner.show()
    dialog = ask_where(owner, "恢复单 A/B", heard.append)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    line = dialog.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    assert line.text() == "恢复单 A-B.pdf"
    line.setText(str(tmp_path / "恢复单"))
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [tmp_path / "恢复单.pdf"]


@pytest.mark.parametrize(
    "name, plain",
    [("证明 2026/4", "证明 2026-4"), ("a:b*c?", "a-b-c-"), (" 王*\n", "王--"), ("名单.", "名单")],
)
def test_a_file_name_is_taken_by_every_system(name: str, plain: str) -> None:
    assert file_name(name) == plain
