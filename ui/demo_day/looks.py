"""How else it can look (外观): large, dark, high contrast; each at once, and remembered for the clerk."""

from __future__ import annotations

from ui.demo_day.day import Day
from ui.demo_day.promises import promise
from ui.theme import theme

_SCREENS = {
    "今日": "today",
    "点单": "intake",
    "派单": "board",
    "兑换": "counter",
    "志愿者": "volunteers",
    "证书": "certificates",
}
_SEEN_IN_HIGH_CONTRAST = ("today", "board", "counter")


def large(day: Day) -> None:
    """Ctrl+0: larger targets, one group of questions a page, two columns."""
    with day.step("large mode", "大字") as step:
        row = theme.metrics.row
        day.hands.press("Ctrl+0")
        promise(theme.large and theme.metrics.row > row, "按 Ctrl+0 就变大", row=theme.metrics.row)
        for title, name in _SCREENS.items():
            day.go(title)
            day.picture(f"large-{name}")
        day.hands.press("Ctrl+0")
        promise(theme.metrics.row == row, "再按就变回来", row=theme.metrics.row)
        step.note(row_px=row)


def dark(day: Day) -> None:
    """From the clerk's menu: dark, and the high contrast."""
    with day.step("dark mode", "深色和高对比") as step:
        for scheme, text in (("dark", "深色"), ("contrast", "高对比")):
            _choose(day, text)
            promise(theme.scheme == scheme, f"{text}马上换好", scheme=theme.scheme)
            for title, name in _SCREENS.items():
                day.go(title)
                if scheme == "dark" or name in _SEEN_IN_HIGH_CONTRAST:
                    day.picture(f"{scheme}-{name}")
        _choose(day, "浅色")
        promise(theme.scheme == "light", "换得回来", scheme=theme.scheme)
        step.note(schemes=["dark", "contrast", "light"])


def keys(day: Day) -> None:
    """F1 says the keys of the screen; Shift+F1 how its work is done, with something looked up."""
    with day.step("keys", "F1 按键一览，帮助"):
        day.go("派单")
        day.hands.press("F1")
        day.eyes.read("按键一览")
        day.picture("keys")
        day.hands.press("Escape", "Shift+F1")
        day.eyes.row("派单", within="帮助的内容")
        day.picture("guide")
        day.hands.write("恢复")
        day.eyes.row("备份", within="帮助的内容")
        day.picture("guide-found")
        day.hands.press("Escape")


def _choose(day: Day, text: str) -> None:
    day.hands.click(day.eyes.button("我的菜单"))
    day.hands.choose(text)
