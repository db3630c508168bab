"""The language can be changed while the program runs; Simplified Chinese is the source and needs no catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor as Thread
from pathlib import Path

import pytest

from app import words
from app.words import LANGUAGES, N_, SOURCE_LANGUAGE, _, entries, use_language


@pytest.fixture(autouse=True)
def source_language() -> Iterator[None]:
    yield
    use_language(SOURCE_LANGUAGE)


def speak(folder: Path, catalogue: str) -> None:
    """Speak English by this catalogue."""
    (folder / "en.po").write_text('msgid ""\nmsgstr ""\n"Language: en\\n"\n\n' + catalogue, encoding="utf-8")
    use_language("en", folder)


def test_a_sentence_stands_in_the_source_as_it_is_read() -> None:
    assert (_("已记下"), N_("已记下")) == ("已记下", "已记下")


def test_another_language_speaks_at_once_and_the_source_again(tmp_path: Path) -> None:
    speak(tmp_path, 'msgid "已记下"\nmsgstr "Noted"\n')
    assert (_("已记下"), _("派单"), words.language()) == ("Noted", "派单", "en")
    use_language(SOURCE_LANGUAGE)
    assert (_("已记下"), words.language()) == ("已记下", SOURCE_LANGUAGE)


def test_what_is_not_translated_yet_is_said_as_it_stands(tmp_path: Path) -> None:
    speak(tmp_path, 'msgid "已记下"\nmsgstr ""\n')
    assert _("已记下") == "已记下"
    assert _("") == "", "the head of a catalogue is no text"


@pytest.mark.parametrize(
    "count, said", [(1, "1 order"), (2, "2 orders"), (0, "0 orders"), ("1", "1 order"), ("1.5", "1.5 orders")]
)
def test_english_chooses_by_the_number(tmp_path: Path, count: object, said: str) -> None:
    speak(tmp_path, 'msgid "{count} 单"\nmsgstr "{count} {count:order|orders}"\n')
    assert _("{count} 单").format(count=count) == said


def test_a_month_is_chosen_by_its_number(tmp_path: Path) -> None:
    months = "|".join(("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"))
    speak(tmp_path, f'msgid "{{month}}月{{day:02}}日"\nmsgstr "{{month:{months}}} {{day:02}}"\n')
    said = [_("{month}月{day:02}日").format(month=month, day=7) for month in (1, 4, 12)]
    assert said == ["Jan 07", "Apr 07", "Dec 07"]


def test_a_catalogue_may_be_wrapped_and_escaped_as_other_tools_write_it() -> None:
    written = (
        '# said beside a field\nmsgid ""\n"一\\n"\n"“二”"\nmsgstr ""\n"one\\n"\n"\\"two\\"\\\\"\n\n'
        'msgid "三"\nmsgstr "three"'
    )
    first, last = entries(written)
    assert (first.comment, first.source, first.translation) == (
        "# said beside a field\n",
        "一\n“二”",
        'one\n"two"\\',
    )
    assert (last.source, last.translation) == ("三", "three")


def test_a_paper_is_made_in_its_own_language_while_the_window_speaks_another() -> None:
    use_language("en")
    with words.speaking("zh_TW"):
        assert (_("派单"), words.language()) == ("派單", "zh_TW")
        with words.speaking(SOURCE_LANGUAGE):
            assert (_("派单"), words.language()) == ("派单", SOURCE_LANGUAGE)
        with Thread() as other:
            assert other.submit(lambda: (_("派单"), words.language())).result() == ("Dispatch", "en")
    assert (_("派单"), words.language()) == ("Dispatch", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_can_be_spoken(language: str) -> None:
    use_language(language)
    assert words.language() == language
    assert _("派单")
