"""What to say when a scanned code is nobody's (扫码)."""

from __future__ import annotations

from app.actions.codes import CodeUnknown
from app.domain import masking
from app.sentences import says
from app.words import _


@says(CodeUnknown)
def _unknown(it: CodeUnknown) -> str:
    return _("这里没有编号是 {code} 的，请再扫一次").format(code=masking.scanned(it.code))
