"""The check of texts and catalogues (packaging/wording.py), as packaging/test runs it, over a few lines."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
CODE = """
'''A module of a few words (几句话).'''
from app.words import N_, _

NAMES = {"a": N_("派单")}


def say(count):
    '''Says it (说).'''
    return _("{count} 单，按 F9")
"""


class Project:
    """A small project with one module and its catalogues."""

    def __init__(self, top: Path) -> None:
        self.top = top
        (top / "app").mkdir()
        (top / "ui").mkdir()
        self.write("app/a.py", CODE)

    def write(self, name: str, text: str) -> None:
        (self.top / name).write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> tuple[int, list[str]]:
        done = subprocess.run(
            [sys.executable, "-P", TOP / "packaging" / "wording.py", *arguments],
            cwd=self.top,
            env=os.environ | {"PYTHONPATH": str(TOP), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
        )
        assert not done.stderr
        return done.returncode, done.stdout.splitlines()

    def faults(self) -> list[str]:
        code, lines = self.run()
        faults = [line for line in lines if line]
        assert bool(code) == bool(faults)
        return faults

    def translate(self, language: str, source: str, translation: str) -> None:
        path = f"resources/translations/{language}.po"
        text = (self.top / path).read_text(encoding="utf-8")
        before, asked, after = text.partition(f'msgid "{source}"\nmsgstr "')
        assert asked, f"no such text: {source}"
        self.write(path, before + asked + translation + after[after.index('"\n') :])


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project in which everything is said in every language."""
    made = Project(tmp_path)
    assert made.run("renew") == (
        0,
        [f"resources/translations/{one}.po: 2 texts, 2 of them to be translated" for one in ("zh_TW", "en")],
    )
    made.translate("zh_TW", "派单", "派單")
    made.translate("zh_TW", "{count} 单，按 F9", "{count} 單，按 F9")
    made.translate("en", "派单", "Dispatch")
    made.translate("en", "{count} 单，按 F9", "{count} {count:order|orders}, press F9")
    return made


def test_what_is_said_in_every_language_passes(project: Project) -> None:
    assert project.faults() == []


def test_renewing_keeps_what_is_translated_and_drops_what_is_no_longer_said(project: Project) -> None:
    project.write("app/a.py", CODE.replace("派单", "退单"))
    assert {fault.partition(",")[0] for fault in project.faults()} == {
        "zh_TW.po: not gathered yet",
        "zh_TW.po: no longer said",
        "en.po: not gathered yet",
        "en.po: no longer said",
    }
    assert project.run("renew")[1][1] == "resources/translations/en.po: 2 texts, 1 of them to be translated"
    assert project.faults() == ["zh_TW.po: not translated: 退单", "en.po: not translated: 退单"]


@pytest.mark.parametrize(
    "language, source, translation, fault",
    [
        ("en", "派单", "", "not translated"),
        ("en", "派单", "派 it", "Chinese in English (派)"),
        ("en", "派单", "“Dispatch", "a quotation mark as wide as a Chinese character (“)"),
        ("en", "派单", "Dispatch {it}", "other placeholders"),
        ("en", "派单", "Dispatch {", "other placeholders"),
        ("en", "派单", "Dis\\npatch", "other lines"),
        ("en", "{count} 单，按 F9", "orders, press F9", "other placeholders"),
        ("en", "{count} 单，按 F9", "{count} orders, press F8", "other keys"),
        ("zh_TW", "派单", "派单", "simplified characters (单)"),
        ("zh_TW", "派单", "以后派單", "simplified characters (后)"),
    ],
)
def test_a_wrong_translation_is_told(
    project: Project, language: str, source: str, translation: str, fault: str
) -> None:
    project.translate(language, source, translation)
    assert project.faults() == [f"{language}.po: {fault}: {source}"]


def test_a_fuzzy_entry_and_another_order_are_told(project: Project) -> None:
    path = project.top / "resources" / "translations" / "en.po"
    head, first, second = path.read_text(encoding="utf-8").split("\n\n")
    path.write_text(f"{head}\n\n#, fuzzy\n{first}\n\n{second}", encoding="utf-8")
    assert project.faults() == ["en.po: still fuzzy: {count} 单，按 F9"]
    path.write_text(f"{head}\n\n{second}\n{first}\n", encoding="utf-8")
    assert project.faults() == ["en.po: not as packaging/renew-words writes it"]


def test_text_that_cannot_be_translated_is_told(project: Project) -> None:
    project.write(
        "ui/b.py",
        'from app.words import _\nHINT = "请稍等"\ndef f(): return _(f"共 {HINT}")\n'
        'def g(): return _("共" + HINT)\ndef h(): return _(HINT)\n',
    )
    assert project.faults() == [
        "ui/b.py:3: a text to be translated is one literal",
        "ui/b.py:4: a text to be translated is one literal",
        "ui/b.py:2: not marked with _: '请稍等'",
        "ui/b.py:3: not marked with _: '共 '",
        "ui/b.py:4: not marked with _: '共'",
    ]


def test_an_exception_that_nothing_needs_is_told(project: Project) -> None:
    """Else it would hide the next text that somebody forgets to mark there."""
    project.write("app/words.py", 'LANGUAGE = "简体中文"\n')
    assert project.faults() == []
    project.write("app/words.py", 'LANGUAGE = "Chinese"\n')
    assert project.faults() == ["app/words.py: nothing in it has to stay out of the translations any more"]


def test_a_text_that_would_keep_the_first_language_is_told(project: Project) -> None:
    project.write(
        "ui/b.py",
        'from app.words import _\nTITLE = _("派单")\n\n'
        'def f(a=_("派单")):\n    return _("派单")\n\ng = lambda: _("派单")\n',
    )
    assert project.faults() == [
        "ui/b.py:2: said once, when it is imported",
        "ui/b.py:4: said once, when it is imported",
    ]


def test_names_in_tables_are_texts_too(project: Project) -> None:
    (project.top / "resources" / "categories").mkdir()
    project.write(
        "resources/categories/default.json",
        '{"categories": [{"code": "a", "name": "理发"}], "national": ["其他"]}',
    )
    project.run("renew")
    assert [fault for fault in project.faults() if fault.startswith("en")] == [
        "en.po: not translated: 其他",
        "en.po: not translated: 理发",
    ]
