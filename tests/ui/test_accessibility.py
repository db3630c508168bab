"""What a screen reader is told: a name for everything that takes the focus, states, and what appears by itself.

Asked of Qt's own accessible objects, for every screen; ``test_screen_reader`` asks through AT-SPI where it can.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.domain.problems import Refusal
from tests.support import served
from tests.support.hands import Hands
from tests.support.people import order, resident, team
from tests.support.window import Opened, open_window
from tests.ui.samples import UnclearTime
from ui.frame import screens_found
from ui.parts.fields import TextField
from ui.parts.form import Form

SCREENS = [entry.key for entry in screens_found()]


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk with a volunteer, a team, a service and orders."""
    person = served.volunteer(desk, "李梅")
    served.approved(desk, person)
    team(desk, "爱心理发队", person)
    order(desk, resident(desk, "王秀英"), what="想理个发")
    return desk


def shown_in(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Everything shown below, in the order a screen reader walks it."""
    for place in range(interface.childCount()):
        child = interface.child(place)
        if not _is_shown(child):
            continue
        yield child
        yield from shown_in(child)


def _is_shown(interface: Any) -> bool:
    """Qt answers None for what is being made anew."""
    return interface is not None and not interface.state().invisible


def everything(widget: QWidget) -> list[QAccessibleInterface]:
    return list(shown_in(QAccessible.queryAccessibleInterface(widget)))


def states(interface: QAccessibleInterface) -> Any:
    """What it is just now; Qt's stubs know none of the states."""
    return interface.state()


def name(interface: QAccessibleInterface) -> str:
    return interface.text(QAccessible.Text.Name)


def names(widget: QWidget) -> list[str]:
    return [name(one) for one in everything(widget)]


def at(opened: Opened, qtbot: QtBot, screen: str) -> Opened:
    opened.frame.go(screen)
    Hands(opened, qtbot).settle()
    return opened


@pytest.mark.parametrize("screen", SCREENS)
def test_whatever_takes_the_focus_has_a_name(qtbot: QtBot, busy: Desk, screen: str) -> None:
    with open_window(busy, *screens_found()) as opened:
        at(opened, qtbot, screen)
        nameless = [
            (one.role(), one.object())
            for one in everything(opened.window)
            if states(one).focusable and not name(one).strip()
        ]
        assert nameless == []


@pytest.mark.parametrize("screen", SCREENS)
def test_the_window_is_told_in_the_order_it_is_seen(qtbot: QtBot, busy: Desk, screen: str) -> None:
    with open_window(busy, *screens_found()) as opened:
        at(opened, qtbot, screen)
        told = names(opened.window)
        entry = next(one for one in screens_found() if one.key == screen)
        assert told.index("页面") < told.index("搜索") < told.index("锁上")
        assert told.index("锁上") < len(told) - 1 - told[::-1].index(entry.title)


def test_the_place_where_one_is_is_told_as_a_state(qtbot: QtBot, busy: Desk) -> None:
    with open_window(busy, *screens_found()) as opened:
        at(opened, qtbot, "volunteers")
        buttons = [one for one in everything(opened.window) if states(one).checkable]
        checked = [name(one) for one in buttons if states(one).checked]
        assert checked == ["志愿者", "志愿者"]  # the place in the rail, and whom the list shows


def test_what_is_painted_is_told_in_whole_sentences(qtbot: QtBot, busy: Desk) -> None:
    with open_window(busy, *screens_found()) as opened:
        told = names(at(opened, qtbot, "board").window)
        assert any("王*英" in words and "想理个发" in words and "待审" in words for words in told)
        told = names(at(opened, qtbot, "volunteers").window)
        assert "李*" in told
        assert "1 小时 30 分" in told
        assert "没有村社区" in told


def test_a_refusal_is_said_with_its_field_until_it_is_mended(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    field = form.add("几点", TextField(), name="at")
    problem: Refusal = UnclearTime(field="at")
    form.refuse(problem)
    assert field.accessibleDescription() == "看不懂这个时间"
    assert field.accessibleName() == "几点"
    form.clear_refusals()
    assert field.accessibleDescription() == ""
