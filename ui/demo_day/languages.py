"""Other languages (语言): the same desk in Traditional Chinese and in English, switched while it is open."""

from __future__ import annotations

from app.words import LANGUAGES, SOURCE_LANGUAGE, _
from ui.demo_day.day import Day

_SCREENS = {
    "today": "Ctrl+1",
    "intake": "Ctrl+2",
    "board": "Ctrl+3",
    "counter": "Ctrl+5",
    "certificates": "Ctrl+8",
}
_TODAY = {"zh_TW": ("今日", "要辦的事"), "en": ("Today", "To do")}


def speak(day: Day) -> None:
    """Switched live; each screen once, a paper in English; and back."""
    for language, seen in _TODAY.items():
        with day.step(f"language {language}", LANGUAGES[language]) as step:
            _choose(day, language)
            for name, key in _SCREENS.items():
                day.hands.press(key)
                if name == "today":
                    day.eyes.read(*seen)
                elif name == "certificates":
                    _look_at_certificate(day)
                day.picture(f"{language}-{name}")
            if language == "en":
                taken = day.orders["rare"]
                day.hands.press(_SCREENS["board"])
                day.point(taken)
                paper = day.book.paper("order-slip-english")
                day.hands.press("Ctrl+S")
                day.name_file(paper)
                day.read_paper(paper, "Service slip", taken.short)
            step.note(language=language)
    _choose(day, SOURCE_LANGUAGE)
    day.eyes.read("设置")


def _look_at_certificate(day: Day) -> None:
    """What would be printed, in the language of the moment."""
    name, typed = day.named(day.volunteer_of(day.orders["hotline"]))
    day.rewrite(_("哪位志愿者"), typed)
    day.eyes.until(day.eyes.proposals, f"按“{typed}”找得到{name}")
    day.hands.press("Enter")
    day.eyes.read(_("预览，编号签发时才有"))


def _choose(day: Day, language: str) -> None:
    day.hands.press("Ctrl+9")
    view, index = day.eyes.row(_("语言"), within=_("设置"))
    day.hands.click_row(view, index)
    day.hands.click(day.eyes.button(LANGUAGES[language]))
