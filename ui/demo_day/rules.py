"""Rules that change (规则): decided today, from tomorrow on; and the next morning everybody sees that they hold."""

from __future__ import annotations

from datetime import timedelta

from app.actions.policies import policy_story
from app.actions.today import today
from app.actions.wallets import CounterPerson
from app.demo.station import ADMINISTRATOR
from app.domain.calendar import shanghai_day
from app.domain.redemptions import RedemptionPolicy
from app.domain.stars import StarsPolicy
from ui.demo_day.counter import customer, say_name, turn
from ui.demo_day.day import Day
from ui.demo_day.promises import promise

_LEAST_POINTS = 20
_FIRST_STAR_HOURS = 60
_TITLE, _LEAST = "兑换的条件", "积分满 … 分才能兑换"
_STARS_TITLE, _FIRST_STAR = "星级标准", "一星要满 … 小时"


def change(day: Day) -> None:
    """From tomorrow on a redemption needs some points in the account, and the first star fewer hours."""
    day.stage.pass_time(day.clock.until(17, 35))
    with day.step("policies", "改规则，明天起") as step:
        day.persons["few points"] = _with_few_points(day).person
        day.switch(ADMINISTRATOR)
        section(day, _TITLE)
        day.rewrite(_LEAST, str(_LEAST_POINTS))
        day.hands.press("Ctrl+Enter")
        day.said("记下了", "明天起")
        day.eyes.read(f"明天起：积分满 {_LEAST_POINTS} 分才能兑换")
        day.picture("policy")
        section(day, _STARS_TITLE)
        day.rewrite(_FIRST_STAR, str(_FIRST_STAR_HOURS))
        day.hands.press("Ctrl+Enter")
        day.eyes.read(f"明天起：一星要满 {_FIRST_STAR_HOURS} 小时")
        card = day.stage.look(policy_story, RedemptionPolicy.name).card
        tomorrow = card.on(shanghai_day(day.clock()) + timedelta(days=1))
        assert isinstance(tomorrow, RedemptionPolicy)
        promise(card.value == RedemptionPolicy(), "今天还照原来的办", value=card.value)
        promise(tomorrow.least_balance_cents == _LEAST_POINTS * 100, "明天起按新的办", value=tomorrow)
        step.note(least_points=_LEAST_POINTS, first_star_hours=_FIRST_STAR_HOURS)


def hold(day: Day) -> None:
    """The first page says what is new; who could redeem yesterday is told what it takes today."""
    day.clock.forward(day.clock.until(8, 20, days=1))
    with day.step("policies hold", "第二天，新规则管用了") as step:
        day.switch(day.station.tiles[1].name)
        day.go("今日")
        day.stage.pass_time(1)
        day.eyes.read(f"“{_TITLE}”今天起按新的办", f"“{_STARS_TITLE}”今天起按新的办")
        day.picture("today-new-rules")
        promise(
            {RedemptionPolicy.name, StarsPolicy.name} <= set(day.stage.look(today, None).new_policies),
            "今天起的规则就是昨天改的",
        )
        day.go("兑换")
        turn(day, "兑换")
        say_name(day, day.persons["few points"])
        said = day.eyes.line(f"积分满 {_LEAST_POINTS} 分才能兑换")
        day.picture("counter-threshold")
        step.note(refused=said)


def section(day: Day, title: str) -> None:
    """A section of the settings."""
    day.go("设置")
    view, index = day.eyes.row(title, within="设置")
    day.hands.click_row(view, index)


def _with_few_points(day: Day) -> CounterPerson:
    """Who may redeem today and will lack points tomorrow."""
    return customer(day, 100, _LEAST_POINTS * 100 - 1)
