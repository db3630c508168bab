"""Papers that leave the screen (打印、存成 PDF): the system's own dialogs; the worker draws the pages for a printer.

Writing a PDF is an action's business (``app.actions.papers.save_paper``); this part asks for the place and tells what
became of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QRectF, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.printers import PaperKind, PrinterChoice
from app.printing.preview import Picture, picture
from app.sentences import sentence
from app.words import _
from ui.jobs import Jobs
from ui.parts.banner import Action

if TYPE_CHECKING:
    from ui.screen import Services

# Lines of 10.5 pt stay sharp, and a page takes a tenth of a second.
_DOTS_PER_INCH = 300
_A4_INCHES = (8.27, 11.69)
_KNOWN_FOR_S = 10.0

_known: tuple[float, list[str]] | None = None


def ask_where(owner: QWidget, name: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """Ask where a PDF shall go; ``chosen`` is told the path. ``name`` is proposed, without its ending."""
    dialog = QFileDialog(owner.window(), _("存成 PDF"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(_("PDF 文件 (*.pdf)"))
    dialog.setDefaultSuffix("pdf")
    dialog.setViewMode(QFileDialog.ViewMode.List)
    dialog.setDirectory(_documents())
    dialog.selectFile(f"{file_name(name)}.pdf")
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _documents() -> str:
    """The person's papers; Qt would take the folder the program was started in when there is none for them."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return place if Path(place).is_dir() else str(Path.home())


def save_pdf(app: Services, owner: QWidget, pdf: bytes, *, name: str, object_name: str) -> QFileDialog:
    """Ask where ``pdf`` shall go and write it there; ``object_name`` is what it is a paper of, for the audit."""
    return save_made(app, owner, lambda give: give(pdf), name=name, object_name=object_name)


def save_made(
    app: Services,
    owner: QWidget,
    make: Callable[[Callable[[bytes], None]], None],
    *,
    name: str,
    object_name: str,
    kept: Callable[[], None] = lambda: None,
) -> QFileDialog:
    """The same for a paper that ``make`` gives only once the place is chosen: each time it goes out is counted."""
    # The first start prints too, and does without the database.
    from app.actions.papers import SavePaper, save_paper

    def saved(path: Path) -> None:
        open_folder = Action(_("打开文件夹"), partial(show_folder_of, path))
        app.banner.news(_("已存到 {name}").format(name=path.name), open_folder)
        kept()

    def write(path: Path, pdf: bytes) -> None:
        app.jobs.run(owner, save_paper, SavePaper(object=object_name, pdf=pdf, path=path), done=saved)

    return ask_where(owner, name, lambda path: make(partial(write, path)))


def show_folder_of(path: Path) -> None:
    """Open the system's window of the folder where a file was saved."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def print_pdf(
    jobs: Jobs,
    owner: QWidget,
    pdf: bytes,
    title: str,
    *,
    printed: Callable[[], None],
    failed: Callable[[Callable[[], str]], None],
    object_name: str = "",
    paper: PaperKind | None = None,
    copies: int = 1,
) -> None:
    """Print on the printer that was chosen for ``paper`` on this PC; where none was, and for papers that have none, the
    person chooses. ``title`` is what the printer's queue shows; ``failed`` is given what says why. ``object_name`` is
    what it is a paper of, for the audit; there is none before a station is, and where the audit has it already.
    """
    print_made(
        jobs,
        owner,
        lambda give: give(pdf),
        title,
        printed=printed,
        failed=failed,
        object_name=object_name,
        paper=paper,
        copies=copies,
    )


def print_made(
    jobs: Jobs,
    owner: QWidget,
    make: Callable[[Callable[[bytes], None]], None],
    title: str,
    *,
    printed: Callable[[], None],
    failed: Callable[[Callable[[], str]], None],
    object_name: str = "",
    paper: PaperKind | None = None,
    copies: int = 1,
) -> None:
    """The same for a paper that ``make`` gives only once the printer is chosen: each print of it is counted."""
    if not printer_names():
        failed(lambda: _("这台电脑还没有打印机。可以先存成 PDF，拿到有打印机的电脑上印。"))
        return

    def draw(printer: QPrinter, pdf: bytes) -> None:
        put_on_paper(jobs, printer, pdf, ended)

    def ended(is_taken: bool) -> None:
        if not shiboken6.isValid(owner):
            return  # somebody else sits there now
        if is_taken:
            printed()
        else:
            failed(lambda: _("打印机没有应答，没有印出来。请看看电源和纸，再印一次。"))

    def note(printer: QPrinter, pdf: bytes) -> None:
        # The first start prints too, and does without the database.
        from app.actions.papers import PrintPaper, note_printed

        request = PrintPaper(object=object_name, printer=printer.printerName())
        jobs.run(
            owner,
            note_printed,
            request,
            done=lambda _none: draw(printer, pdf),
            trouble=lambda trouble: failed(partial(sentence, trouble)),
        )

    def send(printer: QPrinter) -> None:
        make(partial(note if object_name else draw, printer))

    def go(choice: PrinterChoice) -> None:
        printer = _printer(title, choice)
        if choice.printer in printer_names():
            send(printer)
            return
        if choice.printer:
            failed(
                lambda: _("“{printer}”没有连上。请另选一台打印机，或接好再印。").format(
                    printer=choice.printer
                )
            )
        _ask_which(owner, printer, partial(send, printer))

    if paper is None:
        go(PrinterChoice(copies=copies))
    else:
        jobs.read(owner, _choice_for, paper, done=go, key="printer")


def printer_names() -> list[str]:
    """The printers of this PC, as the system calls them, as they were a few seconds ago at the most: the system may
    look for printers in the network, and a receipt asks again and again.
    """
    global _known
    if _known is None or time.monotonic() - _known[0] > _KNOWN_FOR_S:
        _known = time.monotonic(), list(QPrinterInfo.availablePrinterNames())
    return _known[1]


def look_for_printers() -> None:
    """Whoever asks next for the printers is told who is there now."""
    global _known
    _known = None


def _choice_for(desk: Any, paper: PaperKind) -> PrinterChoice:
    # The first start prints too, and does without the database.
    from app.actions.printers import printer_choices

    return printer_choices(desk, None)[paper]


def _printer(title: str, choice: PrinterChoice) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if choice.printer in printer_names():
        printer.setPrinterName(choice.printer)
    printer.setDocName(title)
    printer.setCopyCount(choice.copies)
    printer.setFullPage(True)
    return printer


def _ask_which(owner: QWidget, printer: QPrinter, send: Callable[[], None]) -> None:
    """The system's own dialog; one that is closed prints nothing."""
    dialog = QPrintDialog(printer, owner.window())
    dialog.setWindowTitle(_("打印"))
    dialog.accepted.connect(send)
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()


class _Spool(QObject):
    """A paper on its way to a printer, a page at a time: one takes 35 MB. It lives while a page of it is drawn, and
    what was begun is finished, whoever stops waiting for something else.
    """

    def __init__(self, jobs: Jobs, printer: QPrinter, pdf: bytes, ended: Callable[[bool], None]) -> None:
        super().__init__()
        self._painter = QPainter()  # goes before the printer does, or its end would crash the program
        self._jobs, self._printer, self._pdf, self._ended = jobs, printer, pdf, ended
        self._width_px = round(_A4_INCHES[0] * _DOTS_PER_INCH)

    def draw(self, place: int) -> None:
        """Ask for page ``place``, from 0; the worker draws it."""
        if not self._jobs.is_closed():
            request = (self._pdf, place, self._width_px)
            self._jobs.run(self, _drawn, request, done=partial(self._put, place))

    def _put(self, place: int, page: Picture) -> None:
        lying_px = round(_A4_INCHES[1] * _DOTS_PER_INCH)
        if _lies(page) and self._width_px != lying_px:
            self._width_px = lying_px
            self.draw(place)
        elif not self._begin_page(place, page):
            self._ended(False)
        else:
            self._fill(page)
            if place + 1 < page.pages:
                self.draw(place + 1)
            else:
                self._ended(self._painter.end())

    def _begin_page(self, place: int, page: Picture) -> bool:
        if place:
            return self._printer.newPage()
        orientation = QPageLayout.Orientation
        self._printer.setPageOrientation(orientation.Landscape if _lies(page) else orientation.Portrait)
        return self._painter.begin(self._printer)

    def _fill(self, page: Picture) -> None:
        """The sheet, as far as the whole of the page fits it."""
        image = QImage(page.rgba, page.width, page.height, QImage.Format.Format_RGBA8888)
        sheet = self._printer.paperRect(QPrinter.Unit.DevicePixel)
        scale = min(sheet.width() / page.width, sheet.height() / page.height)
        self._painter.drawImage(QRectF(0, 0, page.width * scale, page.height * scale), image)


def put_on_paper(jobs: Jobs, printer: QPrinter, pdf: bytes, ended: Callable[[bool], None]) -> None:
    """Each page on a sheet of its own, turned as the page is; ``ended`` is told whether the printer took them all."""
    _Spool(jobs, printer, pdf, ended).draw(0)


@dataclass(frozen=True)
class _Drawn:
    """A page, promised as an action is: it changes nothing."""

    value: Picture
    changed: frozenset[str] = frozenset()


def _drawn(_desk: object, request: tuple[bytes, int, int]) -> _Drawn:
    """A page as fine as a printer needs it."""
    return _Drawn(picture(*request))


def _lies(page: Picture) -> bool:
    """Whether it is wider than high."""
    return page.width > page.height


def file_name(name: str) -> str:
    """``name`` as every system takes it for a file."""
    return "".join("-" if letter in '\\/:*?"<>|' or letter < " " else letter for letter in name).strip(" .")
