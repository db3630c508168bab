"""Stars (星级): who has reached one by the new table, looked at one by one, and the list that goes on the wall."""

from __future__ import annotations

from datetime import timedelta

from app.actions.star_review import RoundView, star_round_view, star_rounds
from app.demo.station import ADMINISTRATOR
from app.domain.calendar import shanghai_day
from app.domain.moments import full_date
from app.domain.star_rounds import Stage
from ui.demo_day.day import Day
from ui.demo_day.promises import promise


def review(day: Day) -> None:
    """Proposals at the end of last month; one is taken out with a reason; the rest posted for three working days."""
    with day.step("stars", "星级评定：提名、审一审、公示") as step:
        day.go("志愿者")
        day.hands.click(day.eyes.button("星级评定"))
        day.hands.press("Ctrl+N")
        day.eyes.read("发起星级评定", "截止日期")
        day.hands.press("Ctrl+Enter")
        day.said("提名")
        proposed = _round(day)
        day.picture("stars-proposed")
        day.hands.press("X")
        day.hands.click(day.eyes.button("本人不要"))
        day.hands.press("Ctrl+Enter")
        day.eyes.until(lambda: any(one.dropped for one in _round(day).people), "移出了一位")
        day.hands.press("Ctrl+Enter")
        day.eyes.read("至少 3 个工作日")
        day.hands.press("Ctrl+Enter")
        day.said("公示到")
        posted = _round(day)
        assert posted.entry.last_day is not None
        promise(posted.entry.stage is Stage.NOTICE, "名单公示了", stage=posted.entry.stage)
        day.picture("stars-posted")
        day.save_paper("star-notice", "公示", full_date(posted.entry.last_day), "对名单有异议")
        step.note(
            cut_off=proposed.entry.cut_off.isoformat(),
            proposed=proposed.entry.proposed,
            posted=posted.entry.proposed,
            last_day=posted.entry.last_day.isoformat(),
        )


def award(day: Day) -> None:
    """Once the notice is over, somebody else than who opened the review awards, and every star has its paper."""
    last_day = _round(day).entry.last_day
    assert last_day is not None
    days = (last_day + timedelta(days=1) - shanghai_day(day.clock())).days
    day.clock.forward(day.clock.until(8, 40, days=days))
    with day.step("award", "公示期满，另一位来授星") as step:
        day.switch(ADMINISTRATOR)
        day.go("志愿者")
        day.hands.click(day.eyes.button("星级评定"))
        day.hands.click(day.eyes.button("授星"))
        day.eyes.read("位授星？")
        day.hands.press("Ctrl+Enter")
        day.said("授星", "证书可以印了")
        view = _round(day)
        promise(view.entry.stage is Stage.AWARDED, "授了星", stage=view.entry.stage)
        day.picture("stars-awarded")
        day.save_paper("star-certificates", "一星", full_date(view.entry.cut_off))
        step.note(awarded=sum(one.awarded_on is not None for one in view.people))


def _round(day: Day) -> RoundView:
    """The newest review."""
    newest = max(day.stage.look(star_rounds, None), key=lambda one: one.cut_off)
    return day.stage.look(star_round_view, newest.id)
