"""Passphrases that are guessed first (好猜的口令): what everybody types, however it is lengthened.

Whoever has copied the ways in can try some ten passphrases a second on one PC, and many more on many: it is the first
thousands of guesses that count. A dictionary would have millions of lines; nearly all of those that people choose are
made of a few pieces, and those are known here.
"""

from __future__ import annotations

import re
import unicodedata

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


def is_guessed_first(passphrase: str) -> bool:
    """Whether hardly anything is left of it without the words, rows of keys, years and repetitions that all use."""
    plain = unicodedata.normalize("NFKC", passphrase).casefold()
    return len(_PIECES.sub("", plain)) < FEWEST_OWN_CHARACTERS
