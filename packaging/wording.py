"""Gathers the texts that people read (语言) from the code, and judges the catalogues in resources/translations.

``packaging/renew-words`` brings the catalogues up to date: new texts come in untranslated, gone ones go, everything
is sorted by its source text. Without ``renew`` nothing is written: one line for every fault, and it fails when
there is one. Standard library and ``app.words``, the program's own reader of catalogues.
"""

from __future__ import annotations

import ast
import json
import re
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.words import LANGUAGES, SOURCE_LANGUAGE, Entry, entries

# Chinese that nobody reads as a sentence of the program, and why.
NOT_FOR_TRANSLATION = {
    "app/demo/": "invented people and what they say",
    "ui/demo_day/": "the story of an invented day",
    "ui/__main__.py": "the command line speaks two languages at once",
    "app/domain/masking.py": "how addresses are written",
    "app/domain/moments.py": "what clerks type",
    "app/domain/names.py": "characters of names",
    "app/domain/numbers.py": "how numbers are read aloud",
    "app/domain/numerals.py": "numbers in Chinese words",
    "app/domain/regions.py": "names of regions",
    "app/printing/lines.py": "where Chinese lines may break",
    "app/storage/disk.py": "names of other programs",
    "app/words.py": "what the languages are called by those who speak them",
    "ui/parts/fields.py": "which characters an input method types wide",
    "ui/parts/grouped.py": "what is left out of a number",
    "ui/parts/tiles.py": "characters of names",
}
TABLES = ("resources/categories/default.json",)
# The program's name, and what a language is called by those who speak it.
CHINESE_IN_ENGLISH = ("驿站", *LANGUAGES.values())
# Characters that Traditional Chinese has, too, but hardly ever in the sense a sentence of ours would use.
DOUBTFUL_IN_TRADITIONAL = "后余于征伙松范蒙冲并"

CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
CURLY = re.compile(r"[‘’“”]")
IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
KEYS = re.compile(r"\b(?:(?:Ctrl|Alt|Shift)\+\S|F\d{1,2}\b|Enter\b|Esc\b|Space\b|Delete\b|PgDn\b|Tab\b)")
HEAD = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


@dataclass(frozen=True)
class Gathered:
    """The texts of a project, and what is wrong with how they stand in the code."""

    texts: frozenset[str]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Unmarked:
    """Chinese that is not marked with ``_``, and where."""

    module: str
    line: int
    text: str

    @property
    def is_free(self) -> bool:
        return any(self.module.startswith(place) for place in NOT_FOR_TRANSLATION)


def gather(top: Path) -> Gathered:
    """Every text marked with ``_`` or ``N_``, and every text of the tables that people read."""
    texts: set[str] = set()
    faults: list[str] = []
    unmarked: list[Unmarked] = []
    for folder in ("app", "ui"):
        for path in sorted((top / folder).rglob("*.py")):
            name = path.relative_to(top).as_posix()
            unmarked += _read_module(name, path.read_text(encoding="utf-8"), texts, faults)
    faults += [f"{it.module}:{it.line}: not marked with _: {it.text!r}" for it in unmarked if not it.is_free]
    faults += [
        f"{place}: nothing in it has to stay out of the translations any more"
        for place in NOT_FOR_TRANSLATION
        if (top / place).exists() and not any(it.module.startswith(place) for it in unmarked)
    ]
    for table in TABLES:
        if (top / table).exists():
            texts.update(_texts_in(json.loads((top / table).read_text(encoding="utf-8"))))
    return Gathered(frozenset(texts), tuple(faults))


def judge(top: Path) -> list[str]:
    """What is wrong, one line each; nothing when everything is said in every language."""
    gathered = gather(top)
    faults = list(gathered.faults)
    for language in LANGUAGES:
        if language != SOURCE_LANGUAGE:
            faults += [f"{language}.po: {fault}" for fault in _judge_catalogue(top, language, gathered.texts)]
    return faults


def renew(top: Path) -> Iterator[str]:
    """Write the catalogues anew; yields what there is to translate in each."""
    texts = gather(top).texts
    for language in LANGUAGES:
        if language == SOURCE_LANGUAGE:
            continue
        path = _path(top, language)
        known = (
            {entry.source: entry for entry in entries(path.read_text(encoding="utf-8"))}
            if path.exists()
            else {}
        )
        kept = [known.get(text, Entry("", text, "")) for text in sorted(texts)]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_written(language, kept), encoding="utf-8")
        missing = sum(not entry.translation for entry in kept)
        yield f"{path.relative_to(top)}: {len(kept)} texts, {missing} of them to be translated"


# --- the code


def _read_module(name: str, code: str, texts: set[str], faults: list[str]) -> Iterator[Unmarked]:
    """Adds its texts and faults; yields what is not marked."""
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        faults.append(f"{name}:{error.lineno}: no Python")
        return
    seen = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile":
            seen |= {id(part) for part in ast.walk(node)}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_"):
            given = node.args[0]
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                texts.add(given.value)
                seen.add(id(given))
            elif isinstance(given, ast.JoinedStr | ast.BinOp):
                faults.append(f"{name}:{node.lineno}: a text to be translated is one literal")
    faults += [f"{name}:{line}: said once, when it is imported" for line in _said_at_import(tree)]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in seen:
            continue
        if isinstance(node.value, str) and CHINESE.search(node.value):
            yield Unmarked(name, node.lineno, node.value)


def _said_at_import(node: ast.AST) -> Iterator[int]:
    """The lines where ``_`` is called outside of every function: the language of that moment would stay."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id == "_":
            yield child.lineno
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for default in (*child.args.defaults, *child.args.kw_defaults, *child.decorator_list):
                yield from _said_at_import(ast.Expression(default)) if default is not None else ()
        elif not isinstance(child, ast.Lambda):
            yield from _said_at_import(child)


def _texts_in(value: object) -> Iterator[str]:
    """Every Chinese text in a table."""
    if isinstance(value, str) and IDEOGRAPH.search(value):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts_in(inner)


# --- the catalogues


def _path(top: Path, language: str) -> Path:
    return top / "resources" / "translations" / f"{language}.po"


def _judge_catalogue(top: Path, language: str, texts: frozenset[str]) -> Iterator[str]:
    written = _path(top, language).read_text(encoding="utf-8")
    found = [entry for entry in entries(written) if entry.source]
    sources = {entry.source for entry in found}
    yield from (f"not gathered yet, run packaging/renew-words: {text}" for text in sorted(texts - sources))
    yield from (f"no longer said, run packaging/renew-words: {text}" for text in sorted(sources - texts))
    if sources == texts and written != _written(language, sorted(found, key=lambda entry: entry.source)):
        yield "not as packaging/renew-words writes it"
    for entry in found:
        yield from (f"{fault}: {entry.source}" for fault in _judge_entry(language, entry))


def _judge_entry(language: str, entry: Entry) -> Iterator[str]:
    source, said = entry.source, entry.translation
    if not said:
        yield "not translated"
        return
    if "fuzzy" in entry.comment:
        yield "still fuzzy"
    if _placeholders(source) != _placeholders(said):
        yield "other placeholders"
    if set(KEYS.findall(source)) != set(KEYS.findall(said)):
        yield "other keys"
    if source.count("\n") != said.count("\n"):
        yield "other lines"
    if language == "en":
        yield from _judge_english(said)
    else:
        yield from _judge_traditional(said)


def _judge_english(said: str) -> Iterator[str]:
    for name in CHINESE_IN_ENGLISH:
        said = said.replace(name, "")
    if found := CHINESE.search(said):
        yield f"Chinese in English ({found[0]})"
    if found := CURLY.search(said):
        yield f"a quotation mark as wide as a Chinese character ({found[0]})"


def _judge_traditional(said: str) -> Iterator[str]:
    """Big5 knows the traditional forms and not the simplified ones."""
    wrong = [one for one in IDEOGRAPH.findall(said) if one in DOUBTFUL_IN_TRADITIONAL or not _is_in_big5(one)]
    if wrong:
        yield f"simplified characters ({''.join(wrong)})"


def _is_in_big5(character: str) -> bool:
    try:
        character.encode("cp950")
    except UnicodeEncodeError:
        return False
    return True


def _placeholders(text: str) -> set[str]:
    """The names and how they are shown; words to choose from are the translation's own affair."""
    try:
        parts = [
            (name, spec or "") for _literal, name, spec, _conversion in string.Formatter().parse(text) if name
        ]
    except ValueError:
        return {"unreadable"}
    return {name if "|" in spec or not spec else f"{name}:{spec}" for name, spec in parts}


def _written(language: str, kept: list[Entry]) -> str:
    blocks = [HEAD.format(language=language)]
    blocks += [
        f"{entry.comment}msgid {_quoted(entry.source)}\nmsgstr {_quoted(entry.translation)}\n"
        for entry in kept
    ]
    return "\n".join(blocks)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def main(arguments: list[str]) -> int:
    top = Path.cwd()
    if arguments == ["renew"]:
        print(*renew(top), sep="\n")
        return 0
    faults = judge(top)
    print(*faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
