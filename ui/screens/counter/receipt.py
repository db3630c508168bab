"""The receipt of a redemption (兑换凭证): printed after the commit, and again when the printer had no paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.actions.gift_papers import gift_receipt
from app.actions.wallets import Redeemed, ReprintReceipt, reprint_receipt
from app.domain.printers import PaperKind
from app.facts import Id
from app.words import _
from ui.parts.printing import print_made, printer_names, save_made
from ui.screen import Services


class LastReceipt(QObject):
    """The paper of what was given just now, until the next one comes; ``say(words, is_trouble)`` tells what became
    of it. A PC without a printer is no trouble: there it is a file for whoever wants it.
    """

    def __init__(self, app: Services, owner: QWidget, say: Callable[[str, bool], None]) -> None:
        super().__init__(owner)
        self._app, self._owner, self._say = app, owner, say
        self._given: Redeemed | None = None
        self._is_printed = False

    def begin(self, given: Redeemed) -> None:
        """It is given and safe: print it, where there is a printer."""
        self._given, self._is_printed = given, False
        if printer_names():
            self.print()
        else:
            self._say(
                _("凭证 {number}。这台电脑没有打印机，要凭证就存成 PDF").format(number=given.number), False
            )

    def forget(self) -> None:
        self._given = None

    def print(self) -> None:
        """Once more after it was printed, it is marked 补打."""
        given = self._given
        if given is None:
            return
        if not printer_names():
            save_receipt(
                self._app,
                self._owner,
                given.redemption,
                given.number,
                is_copy=self._is_printed,
                kept=partial(self._on_kept, given),
            )
            return
        self._say(_("凭证 {number}").format(number=given.number), False)
        print_receipt(
            self._app,
            self._owner,
            given.redemption,
            given.number,
            printed=partial(self._on_printed, given),
            failed=partial(self._on_not_printed, given),
            is_copy=self._is_printed,
        )

    def _on_printed(self, given: Redeemed) -> None:
        if given is self._given:
            self._is_printed = True
            self._say(_("凭证 {number} 已送到打印机").format(number=given.number), False)

    def _on_kept(self, given: Redeemed) -> None:
        if given is self._given:
            self._is_printed = True

    def _on_not_printed(self, given: Redeemed, why: Callable[[], str]) -> None:
        if given is self._given:
            self._say("\n".join((_("已兑换，凭证没印出来 · 再印 F10"), why())), True)


def print_receipt(
    app: Services,
    owner: QWidget,
    redemption: Id,
    number: str,
    *,
    printed: Callable[[], None],
    failed: Callable[[Callable[[], str]], None],
    is_copy: bool = False,
) -> None:
    """``is_copy`` counts the paper and marks it 补打: one was given out before."""
    print_made(
        app.jobs,
        owner,
        partial(_copy if is_copy else _paper, app, owner, redemption),
        _("兑换凭证 {number}").format(number=number),
        printed=printed,
        failed=failed,
        object_name=f"redemption:{redemption}",
        paper=PaperKind.GIFT_RECEIPT,
    )


def save_receipt(
    app: Services,
    owner: QWidget,
    redemption: Id,
    number: str,
    *,
    is_copy: bool,
    kept: Callable[[], None] = lambda: None,
) -> None:
    """As a PDF, where the clerk says. A file goes out as a print does."""
    save_made(
        app,
        owner,
        partial(_copy if is_copy else _paper, app, owner, redemption),
        name=_("兑换凭证 {number}").format(number=number),
        object_name=f"redemption:{redemption}",
        kept=kept,
    )


def _paper(app: Services, owner: QWidget, redemption: Id, give: Callable[[bytes], None]) -> None:
    app.jobs.read(owner, gift_receipt, redemption, done=give, key="receipt")


def _copy(app: Services, owner: QWidget, redemption: Id, give: Callable[[bytes], None]) -> None:
    """Count one more, then give its paper."""
    app.jobs.run(
        owner,
        reprint_receipt,
        ReprintReceipt(redemption=redemption),
        done=lambda _copy: _paper(app, owner, redemption, give),
    )
