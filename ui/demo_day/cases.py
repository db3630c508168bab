"""The published cases (公布的事例): shopping for somebody in quarantine, an opera for old people, a broken pavement, a
health visit; and what else a day brings: a complaint, a hand-over to the town, a name no keyboard has.
"""

from __future__ import annotations

from datetime import timedelta

from app.actions.history import history_of
from app.actions.services import services_of_order
from app.domain.orders import Caution, Channel, RatedHow, State
from ui.demo_day.day import Day, Request
from ui.demo_day.orders import (
    accept,
    dispatch,
    rate,
    serve,
    settle_money,
    start_and_finish,
)
from ui.demo_day.promises import promise

_TOWN = "城前镇便民服务中心"
_ROADS = "镇村镇建设办公室"


def quarantine(day: Day) -> None:
    """Ordered by telephone, delivered within two hours, the advance settled, five stars."""
    day.stage.pass_time(day.clock.until(11, 0))
    with day.step("quarantine: order", "居家隔离，电话代购") as step:
        who = day.cast.quarantined
        advance = 100 + 10 * day.rng.randrange(15)
        taken = day.take(
            "quarantine",
            Request(
                who=who,
                typed=who.phone,
                channel="电话",
                category="3",
                what=f"居家隔离，代买{day.rng.choice(('大米和鸡蛋', '面粉和牛奶', '蔬菜和豆腐'))}",
                when="+2",
                mind="东西放门口，不见面",
                cautions=("传染",),
                advance=str(advance),
            ),
            picture="intake-quarantine",
        )
        order = day.expect(taken, State.SUBMITTED, advance_cents=advance * 100)
        promise(order.cautions == (Caution.CONTAGIOUS,), "去的人知道要当心传染")
        ordered_at = order.submitted_at
        screen(day, "quarantine")
        team = dispatch(day, taken)
        names = accept(day, taken)
        day.point(taken)
        day.save_paper("order-slip-shopping", taken.short, who.name, names[0], team, "放门口")
        step.note(order=order.number, team=team, volunteer=names[0], advance_yuan=advance)
    took = 70 + day.rng.randrange(40)
    day.stage.pass_time(took)
    with day.step("quarantine: delivered", "两小时内送到，结清，五星") as step:
        spent = advance * 100 - day.rng.randrange(300, 3_000)
        began, ended = ordered_at + timedelta(minutes=30), ordered_at + timedelta(minutes=took - 5)
        start_and_finish(day, taken, day.clock.typed(began), day.clock.typed(ended))
        serve(day, taken, [None], [f"{day.clock.typed(began)}-{day.clock.typed(ended)}"])
        day.said(taken.short, "等别人审核")
        rate(day, taken, 5, "电话", "两小时就送到了，还帮我挑了新鲜的")
        settle_money(day, taken, spent, f"{spent / 100:.2f}", picture="shopping-money")
        day.point_and_press(taken, "J")
        day.said("已办结")
        order = day.expect(taken, State.CLOSED, stars=5)
        assert order.finished_at is not None
        minutes = round((order.finished_at - ordered_at).total_seconds() / 60)
        promise(minutes <= 120, "两小时内送到", minutes=minutes)
        step.note(
            order=taken.short,
            minutes_to_delivery=minutes,
            minutes=services(day, "quarantine"),
            spent_cents=spent,
            repaid_cents=order.repaid_cents,
            stars=order.stars,
        )


def pavement(day: Day) -> None:
    """A need that policy covers goes to the department."""
    day.stage.pass_time(day.clock.until(13, 40))
    with day.step("pavement: referred", "路面破损，走政策转办") as step:
        who = day.cast.walker
        taken = day.take(
            "pavement",
            Request(
                who=who,
                typed=who.phone,
                channel="来人",
                category="道路破损",
                what="人行道塌了一块，下雨天老人容易绊倒",
                place="云溪大街邮局门口",
            ),
        )
        promise(day.view(taken).policy_covered, "道路破损走政策")
        screen(day, "pavement")
        day.point_and_press(taken, "T")
        day.enter("转给哪个部门")
        day.hands.write(_ROADS)
        day.picture("referral")
        day.hands.press("Ctrl+Enter")
        day.said(taken.short, _ROADS)
        order = day.expect(taken, State.REFERRED, office=_ROADS)
        day.point(taken, strip="转办中")
        day.save_paper("referral-slip", taken.short, _ROADS, "人行道塌了一块", who.name)
        day.hands.press("Q")
        day.enter("签收人")
        day.hands.write("刘建国")
        day.hands.press("Ctrl+Enter")
        day.said(taken.short, "刘建国")
        day.expect(taken, State.REFERRED, taken_by="刘建国")
        step.note(order=order.number, office=_ROADS, taken_by="刘建国")


def pavement_repaired(day: Day) -> None:
    """The department answers the next morning."""
    taken = day.orders["pavement"]
    day.stage.pass_time(day.clock.until(9, 20))
    with day.step("pavement: repaired", "部门答复：修好了") as step:
        day.go("派单")
        day.point(taken, strip="转办中")
        day.hands.press("H")
        day.eyes.read("怎么答复的")
        day.rewrite("说明", "已经补平，换了六块砖")
        day.picture("answer")
        day.hands.press("Ctrl+Enter")
        day.said(taken.short, "已解决")
        day.expect(taken, State.DONE)
        rate(day, taken, 5, "当面", "修得平平整整")
        day.expect(taken, State.CLOSED, stars=5)
        told = day.stage.look(history_of, f"order:{taken.id}")
        promise(any("已经补平" in one.text for one in told), "来龙去脉里有部门的答复")
        step.note(order=taken.short, stars=5, history=len(told))


def opera_ordered(day: Day) -> None:
    """Old people would like an opera; the swallow on duty places the order for them, with their consent."""
    day.stage.pass_time(day.clock.until(14, 50))
    with day.step("opera: order", "飞燕代老人点戏") as step:
        who, swallow = day.cast.opera_lover, day.cast.swallow
        taken = day.take(
            "opera",
            Request(
                who=who,
                typed=who.phone,
                channel="飞燕",
                category="戏曲演出",
                what="十几位老人想听一场柳子戏",
                when="m10",
                proxy=swallow,
                place="村文化广场",
            ),
            picture="intake-swallow",
        )
        order = day.expect(taken, State.SUBMITTED, channel=Channel.SWALLOW, consented=True)
        promise(order.proxy is not None and order.proxy.id == swallow.id, "代办人是值班的飞燕")
        screen(day, "opera")
        team = dispatch(day, taken)
        names = accept(day, taken)
        step.note(order=order.number, proxy=swallow.name, team=team, volunteer=names[0])


def opera_sung(day: Day) -> None:
    """Sung at ten the next morning; the swallow brings the stars."""
    day.stage.pass_time(day.clock.until(11, 30))
    taken = day.orders["opera"]
    with day.step("opera: sung", "第二天十点开唱") as step:
        until = 11 * 60 + day.rng.randrange(5, 25)
        ended = f"{until // 60}:{until % 60:02}"
        start_and_finish(day, taken, "10:00", ended)
        with_them = (
            [day.named(day.cast.swallow.id)[1]] if day.volunteer_of(taken) != day.cast.swallow.id else []
        )
        serve(day, taken, [None, *with_them], [f"10:00-{ended}"] * (1 + len(with_them)))
        day.said(taken.short, "等别人审核")
        order = day.expect(taken, State.DONE)
        promise(order.started_at == order.wanted_at, "说好十点，就是十点", started_at=order.started_at)
        rate(day, taken, 5, "代办人转达", "唱得好，老人家都不肯走", picture="rating-by-proxy")
        order = day.expect(taken, State.CLOSED, stars=5, rated_how=RatedHow.PROXY)
        step.note(order=taken.short, minutes=services(day, "opera"), stars=5)


def health_visit(day: Day) -> None:
    """Blood pressure at home: what was measured stands in the record."""
    day.stage.pass_time(day.clock.until(15, 10))
    with day.step("health visit", "上门量血压") as step:
        who = day.cast.lonely
        taken = day.take(
            "health",
            Request(
                who=who,
                typed=who.phone,
                channel="电话",
                category="上门量血压",
                what="一早起来头晕，想请人量量血压",
                cautions=("独居",),
            ),
        )
        screen(day, "health")
        team = dispatch(day, taken)
        names = accept(day, taken)
        day.stage.pass_time(55)
        upper, lower = 130 + day.rng.randrange(30), 78 + day.rng.randrange(16)
        now = day.clock()
        began, ended = (
            day.clock.typed(now - timedelta(minutes=40)),
            day.clock.typed(now - timedelta(minutes=5)),
        )
        start_and_finish(day, taken, began, ended)
        measured = f"血压 {upper}/{lower}，嘱咐按时吃药，两天后再量"
        serve(
            day,
            taken,
            [None],
            [f"{began}-{ended}"],
            content="上门量血压",
            remark=measured,
            picture="health-visit",
        )
        day.said(taken.short, "等别人审核")
        [record] = day.stage.look(services_of_order, taken.id)
        promise(
            record.remark == measured and record.minutes == 35, "量了多少，记了多少", remark=record.remark
        )
        rate(day, taken, 5, "当面", "闺女一样，细心")
        day.expect(taken, State.CLOSED, stars=5)
        step.note(order=taken.short, team=team, volunteer=names[0], minutes=35, measured=f"{upper}/{lower}")


def overlap(day: Day) -> None:
    """Nobody serves at two places at once: the refusal stands under the line it names, and goes when it is mended."""
    taken = day.orders["grumbler"]
    day.stage.pass_time(day.clock.until(13, 10))
    with day.step("overlap", "时间重了，记不上") as step:
        start_and_finish(day, taken, "12:50", "13:05")
        elsewhere = day.orders["quarantine"]
        again = day.named(day.volunteer_of(elsewhere))[1]
        serve(day, taken, [again], [day.served[elsewhere.id]])
        said = day.eyes.line("时间重叠")
        day.picture("overlap-refused")
        promise(not day.stage.look(services_of_order, taken.id), "拒了就什么也没记")
        field = day.eyes.fields("从几点到几点")[0]
        day.hands.click(field)
        day.hands.press("Ctrl+A")
        day.hands.write("12:50-13:05")
        promise(not day.eyes.reads(said), "改对了，那句话就没了")
        day.hands.press("Ctrl+Enter")
        day.said(taken.short, "等别人审核")
        step.note(order=taken.short, refused=said, minutes=services(day, "grumbler"))


def complaint(day: Day) -> None:
    """Two stars open a call-back; spoken with and put right, it is closed."""
    taken = day.orders["grumbler"]
    with day.step("two stars", "两星，要回访") as step:
        rate(day, taken, 2, "电话", "修好一天又不通电了")
        order = day.expect(taken, State.RATED, stars=2, call_back_open=True)
        day.eyes.row(taken.what, "2 星要回访")
        step.note(
            order=taken.short, stars=2, call_back_by=order.call_back_by and order.call_back_by.isoformat()
        )
    day.stage.pass_time(25)
    with day.step("call-back", "回访，补救，办结") as step:
        day.point_and_press(taken, "C")
        day.eyes.read("回访下来")
        day.rewrite("说明", "师傅又去换了电源线，现在好用了")
        day.picture("call-back")
        day.hands.press("Ctrl+Enter")
        day.said(taken.short, "回访记下了")
        day.expect(taken, State.CLOSED, stars=2, call_back_open=False)
        step.note(order=taken.short, closed=True)


def escalation(day: Day) -> None:
    """What the station cannot solve goes up, with a slip that somebody signs for."""
    day.stage.pass_time(day.clock.until(16, 20))
    with day.step("escalation", "站里办不了，上交镇里") as step:
        who = day.cast.farmer
        taken = day.take(
            "escalated",
            Request(
                who=who,
                typed=who.phone,
                channel="来人",
                category="助农帮收",
                what="三十亩麦子要抢收，缺两台收割机",
            ),
        )
        screen(day, "escalated")
        day.point_and_press(taken, "U")
        day.enter("交给哪个单位")
        day.hands.write(_TOWN)
        day.rewrite("说明", "本站没有农机")
        day.picture("escalation")
        day.hands.press("Ctrl+Enter")
        day.said(taken.short, _TOWN)
        day.expect(taken, State.ESCALATED, office=_TOWN)
        day.point(taken, strip="转办中")
        day.save_paper("escalation-slip", taken.short, _TOWN, "三十亩麦子", "本站没有农机", who.name)
        day.hands.press("Q")
        day.enter("签收人")
        day.hands.write("周敏")
        day.hands.press("Ctrl+Enter")
        day.said(taken.short, "周敏")
        order = day.expect(taken, State.ESCALATED, taken_by="周敏")
        step.note(order=order.number, office=_TOWN, taken_by=order.taken_by)


def rare_name(day: Day) -> None:
    """A name that no keyboard has is found by its pinyin, printed, and copied out of the paper unharmed."""
    with day.step("rare name", "生僻字的名字：拼音找到，印得出来") as step:
        who = day.cast.rare
        taken = day.take(
            "rare",
            Request(who=who, typed=who.spelled, channel="来人", category="2", what="在家理个发，腿脚不便"),
            picture="rare-name",
        )
        screen(day, "rare")
        team = dispatch(day, taken)
        day.point(taken)
        paper = day.save_paper("order-slip-rare-name", taken.short, team)
        promise(who.name in day.read_paper(paper), f"从纸上复制出来的也是{who.name}")
        step.note(order=taken.short, requester=who.name, typed=who.spelled, team=team)


# --- again and again


def screen(day: Day, key: str) -> None:
    """From the intake to the board, and through the screening."""
    taken = day.orders[key]
    day.go("派单")
    day.point_and_press(taken, "S")
    day.said(taken.short, "审核通过")
    day.expect(taken, State.WAITING)


def services(day: Day, key: str) -> list[int]:
    """The minutes of the records of an order."""
    return [one.minutes for one in day.stage.look(services_of_order, day.orders[key].id)]
