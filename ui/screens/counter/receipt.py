"""The receipt of a redemption (兑换凭证): printed after the commit, and again when the printer had no paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.actions.gift_papers import ReceiptQuery, gift_receipt
from app.domain.printers import PaperKind
from app.facts import Id
from app.words import _
from ui.parts.printing import print_made, save_made
from ui.screen import Services


def print_receipt(
    app: Services,
    owner: QWidget,
    redemption: Id,
    number: str,
    *,
    printed: Callable[[], None],
    failed: Callable[[str], None],
    is_copy: bool = False,
) -> None:
    """``is_copy`` marks the paper 补打: one was given out before."""
    query = ReceiptQuery(redemption=redemption, is_copy=is_copy)
    title = _("兑换凭证 {number}").format(number=number)
    print_made(
        app.jobs,
        owner,
        partial(_paper, app, owner, query),
        title,
        printed=printed,
        failed=failed,
        paper=PaperKind.GIFT_RECEIPT,
    )


def save_receipt(app: Services, owner: QWidget, redemption: Id, number: str, *, is_copy: bool) -> None:
    """As a PDF, where the clerk says."""
    query = ReceiptQuery(redemption=redemption, is_copy=is_copy)
    name = _("兑换凭证 {number}").format(number=number)
    save_made(
        app, owner, partial(_paper, app, owner, query), name=name, object_name=f"redemption:{redemption}"
    )


def _paper(app: Services, owner: QWidget, query: ReceiptQuery, give: Callable[[bytes], None]) -> None:
    app.jobs.read(owner, gift_receipt, query, done=give, key="receipt")
