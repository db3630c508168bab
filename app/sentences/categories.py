"""Categories (服务类别) in words: their names, and the menu that a station makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.categories import (
    LONGEST_NAME_CHARACTERS,
    MenuEntry,
    MenuFault,
    MenuPolicy,
    MenuWrong,
    menu,
    shipped_entries,
)
from app.sentences import FieldWords, calls, says
from app.words import N_, _

_FAULTS = {
    MenuFault.NAME_MISSING: N_("有一类没有写名称"),
    MenuFault.NAME_TOO_LONG: N_("“{name}”太长，最多 {longest} 个字"),
    MenuFault.NAME_TWICE: N_("“{name}”有两个，换个名称好区分"),
    MenuFault.NATIONAL_UNKNOWN: N_("“{name}”要对上一个国家分类"),
    MenuFault.CODE_WRONG: N_("“{name}”放得不对，请去掉重新加"),
    MenuFault.NOTHING_LEFT: N_("至少留一大类"),
}


def category_name(code: str) -> str:
    """What a category is called; a code that left the table stands for itself."""
    found = menu().find(code)
    return found.title if found is not None else code


def entry_texts(entries: Sequence[MenuEntry]) -> Mapping[str, str]:
    """Each entry of a menu by its code: its name with the national category, or that it is hidden. No entries are the
    shipped ones.
    """
    return {entry.code: _entry_text(entry) for entry in entries or shipped_entries()}


def _entry_text(entry: MenuEntry) -> str:
    if entry.hidden:
        return _("{name}，不用了").format(name=_(entry.name))
    return _("{name}（{national}）").format(name=_(entry.name), national=_(entry.national))


calls(
    MenuPolicy,
    N_("服务菜单"),
    N_("点单时选的类别：可以改名、隐去、换次序，也可以加自己的。每一类对上国家分类。已经记下的单不变。"),
    {"entries": FieldWords(N_("自己的菜单，一共 {value} 类"), N_("用通常的菜单"), entries=entry_texts)},
)


@says(MenuWrong)
def _menu_wrong(it: MenuWrong) -> str:
    return _(_FAULTS[it.why]).format(name=it.name, longest=LONGEST_NAME_CHARACTERS)
