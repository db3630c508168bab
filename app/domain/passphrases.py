"""The rules of passphrases (口令), and those that are guessed first: what everybody types, however it is lengthened.

Whoever has copied the ways in can try some ten passphrases a second on one PC, and many more on many: it is the first
thousands of guesses that count. A dictionary would have millions of lines; nearly all of those that people choose are
made of a few pieces, and those are known here.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from app.domain.problems import Refusal

SHORTEST_PASSPHRASE_CHARACTERS = 8
LONG_PASSPHRASE_CHARACTERS = 12
FEWEST_OWN_CHARACTERS = 5

# The passphrase field takes no input method, so they are all of plain letters.
_WORDS = """
    password passw0rd p@ssw0rd p@ssword pass admin administrator root user guest test demo login welcome hello letmein
    secret love iloveyou baby monkey dragon sunshine princess master computer windows china zhongguo beijing woaini
    woaiwojia aini nihao mima kouling wode diannao baobao laopo taiyang yizhan wenming shijian shijianzhan zhiyuan
    zhiyuanzhe fuwu abc qwe asd zxc qaz wsx 123 321 520 1314 5201314 168 110
"""
_ROWS = "qwertyuiop asdfghjkl zxcvbnm 1234567890 abcdefghijklmnopqrstuvwxyz 1qaz2wsx3edc !@#$%^&*()"
_SHORTEST_RUN = 4
_YEAR = r"(?:19|20)\d\d"
_REPEATED = r"(.)\1{2,}"


def _runs() -> set[str]:
    """Neighbours on the keyboard and in the alphabet, in both directions."""
    rows = _ROWS.split()
    both = [*rows, *(row[::-1] for row in rows)]
    return {
        row[start:end]
        for row in both
        for start in range(len(row))
        for end in range(start + _SHORTEST_RUN, len(row) + 1)
    }


_PIECES = re.compile(
    "|".join(
        [
            _REPEATED,
            _YEAR,
            *map(re.escape, sorted({*_WORDS.split(), *_runs()}, key=lambda it: (-len(it), it))),
        ]
    )
)


class PassphraseRule(StrEnum):
    """What a passphrase must be, in the order of the ticks beside the field."""

    LONG_ENOUGH = "long enough"
    MIXED_OR_LONG = "mixed or long"
    NOT_EASY = "neither the name nor easily guessed"


class WeakPassphrase(Refusal):
    """The passphrase breaks these rules."""

    broken: tuple[PassphraseRule, ...]


def passphrase_rules(passphrase: str, name: str = "") -> tuple[tuple[PassphraseRule, bool], ...]:
    """Every rule and whether ``passphrase`` keeps it, for the ticks beside the field."""
    text = unicodedata.normalize("NFC", passphrase)
    longer = len(text) >= LONG_PASSPHRASE_CHARACTERS
    return (
        (PassphraseRule.LONG_ENOUGH, len(text) >= SHORTEST_PASSPHRASE_CHARACTERS),
        (PassphraseRule.MIXED_OR_LONG, longer or len(_character_kinds(text)) >= 2),
        (PassphraseRule.NOT_EASY, _bare(text) != _bare(name) and not is_guessed_first(text)),
    )


def check_passphrase(passphrase: str, name: str) -> None:
    """Raise ``WeakPassphrase`` with the rules that are broken, if any."""
    broken = tuple(rule for rule, kept in passphrase_rules(passphrase, name) if not kept)
    if broken:
        raise WeakPassphrase(broken=broken, field="passphrase")


def _character_kinds(text: str) -> set[str]:
    return {_character_kind(character) for character in text}


def _character_kind(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Lu", "Ll"}:
        return category
    return {"L": "letter", "N": "digit"}.get(category[0], "sign")


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split()).casefold()


def is_guessed_first(passphrase: str) -> bool:
    """Whether hardly anything is left of it without the words, rows of keys, years and repetitions that all use."""
    plain = unicodedata.normalize("NFKC", passphrase).casefold()
    return len(_PIECES.sub("", plain)) < FEWEST_OWN_CHARACTERS
