"""Undoing what was done at the gift counter (兑换): a redemption is reversed. What was due all the same (a wallet of
its own, points that expired or were owed) stays so beside it.
"""

from __future__ import annotations

from app.actions.desk import Work
from app.actions.undo import Undoing, passes_over, undoes
from app.actions.wallets import ReverseRedemption, reverse_redemption
from app.facts.wallets import GiftRedeemed, PointsExpired, PointsTakenBack, ReceiptReprinted, WalletOpened
from app.words import _

passes_over(ReceiptReprinted)


@undoes(GiftRedeemed)
def undo_redemption(work: Work, that: Undoing[GiftRedeemed]) -> None:
    reversal = ReverseRedemption(redemption=that.it.body.redemption, reason=_("兑换错了，撤销"))
    reverse_redemption.inside(work, reversal)


@undoes(WalletOpened)
def keep_wallet(work: Work, that: Undoing[WalletOpened]) -> None:
    """Somebody who is registered again redeems from it."""


@undoes(PointsTakenBack)
def keep_taken(work: Work, that: Undoing[PointsTakenBack]) -> None:
    """They were owed before; what is undone beside it settles anew."""


@undoes(PointsExpired)
def keep_expired(work: Work, that: Undoing[PointsExpired]) -> None:
    """Their time was over whatever else was done."""
