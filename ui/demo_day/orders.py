"""An order from the hotline to its stars (点单到评单): taken, asked for again, refused, dispatched anew, served by two,
approved later, and found good.
"""

from __future__ import annotations

from app.actions.board import who_could_go
from app.actions.services import services_of_order
from app.actions.teams import proposals
from app.domain.orders import Channel, State
from app.domain.services import State as ServiceState
from app.sentences.teams import reasons
from ui.demo_day.day import Day, Request, Taken
from ui.demo_day.promises import promise

MOST_KEYS = 30
_WISHES = ("买米降压药", "买面和食油", "买盐买鸡蛋", "买菜买豆腐", "买奶粉尿布")


def hotline(day: Day) -> None:
    """The fifteen seconds of the desk: at most thirty keys, those of the input method counted."""
    with day.step("hotline", "热线点单") as step:
        who = day.cast.caller
        before = day.hands.keys
        request = Request(
            who=who,
            typed=who.phone,
            channel="电话",
            category="3",
            what=day.rng.choice(_WISHES),
            when="+2",
        )
        day.begin_request(request)
        day.fill_in(request)
        day.picture("intake")
        day.hands.press("Ctrl+Enter")
        keys = day.hands.keys - before
        taken = day.heard("hotline", request.what)
        promise(keys <= MOST_KEYS, f"记一单不超过 {MOST_KEYS} 键", keys=keys)
        order = day.expect(taken, State.SUBMITTED, channel=Channel.CALL)
        promise(order.requester.id == who.id, "点单的人没有记错")
        promise(order.due_at == order.wanted_at, "要在说好的时间之前办", due_at=order.due_at)
        day.picture("intake-number")
        step.note(order=order.number, short=taken.short, keys_pressed=keys)


def asked_again(day: Day) -> None:
    """The daughter rings about the same thing: the pane says so, and F9 joins it."""
    day.stage.pass_time(7)
    with day.step("asked again", "像是同一件事，并过去") as step:
        taken, who = day.orders["hotline"], day.cast.caller
        request = Request(who=who, typed=who.phone, channel="电话", category="3", what="")
        day.begin_request(request)
        day.hands.press("3")
        said = day.eyes.line("像是同一件事")
        promise(taken.short in said, "说的就是刚才那一单", said=said)
        day.hands.write("还没送到吗")
        day.picture("likely-same")
        day.hands.press("F9")
        day.eyes.read("已并到原来的一单")
        day.expect(taken, State.SUBMITTED, asked_again=1)
        step.note(order=taken.short, asked_again=1)


def dispatch_and_refuse(day: Day) -> None:
    """D, 1, Enter; the team says no and why; another team is proposed first then, and says yes."""
    taken = day.orders["hotline"]
    day.stage.pass_time(3)
    with day.step("dispatch", "审核，按 D 1 Enter 派单") as step:
        day.go("派单")
        day.point_and_press(taken, "S")
        day.said("审核通过")
        day.expect(taken, State.WAITING)
        first = dispatch(day, taken, picture="proposals")
        day.point(taken)
        day.picture("dispatched")
        day.save_paper("order-slip-refused", taken.short, taken.what, day.cast.caller.name, first)
        step.note(order=taken.short, team=first)
    day.stage.pass_time(12)
    with day.step("refuse", "队伍拒单，说明原因") as step:
        day.point_and_press(taken, "R")
        day.hands.click(day.eyes.button("人手不够"))
        day.picture("refusal")
        day.hands.press("Ctrl+Enter")
        day.said("回到待派")
        day.expect(taken, State.WAITING, refusals=1)
        day.eyes.row(taken.what, "拒过 1 次")
        step.note(order=taken.short, refusals=1)
    with day.step("dispatch anew", "改派别的队伍，接单") as step:
        second = dispatch(day, taken)
        promise(second != first, "拒过的队伍不再排第一", team=second)
        volunteers = accept(day, taken)
        day.point(taken)
        day.picture("accepted")
        day.save_paper("order-slip", taken.short, taken.what, day.cast.caller.name, second, volunteers[0])
        step.note(order=taken.short, team=second, volunteers=volunteers)


def grab(day: Day) -> None:
    """A team takes an order from the pool by itself."""
    with day.step("grab", "抢单") as step:
        who = day.cast.grumbler
        taken = day.take(
            "grumbler",
            Request(who=who, typed=who.phone, channel="电话", category="4", what="电饭锅不通电了", when="+4"),
        )
        day.go("派单")
        day.point_and_press(taken, "S")
        day.said("审核通过")
        day.point_and_press(taken, "G")
        team, said = first_proposal(day, taken)
        day.hands.press("1", "Enter")
        day.said(taken.short, team)
        day.expect(taken, State.ACCEPTED, team=team, volunteer=None)
        step.note(order=taken.short, team=team, reasons=said)


def serve_by_two(day: Day) -> None:
    """Two volunteers, each with exact minutes; what they gave waits for somebody else."""
    taken = day.orders["hotline"]
    day.stage.pass_time(day.clock.until(10, 40))
    with day.step("service", "两人服务，分钟照实") as step:
        began, first, second = (
            20 + day.rng.randrange(10),
            31 + day.rng.randrange(20),
            15 + day.rng.randrange(16),
        )
        order = start_and_finish(day, taken, f"9:{began}", f"9:{began}".replace("9:", "10:"))
        assert order is not None
        names = serve(
            day,
            taken,
            [None, day.named(day.clerk_as_volunteer())[1]],
            [f"9:{began}-{_after(9, began, first)}", f"9:{began}-{_after(9, began, second)}"],
            picture="service",
        )
        day.said("2 位", "等别人审核")
        recorded = day.stage.look(services_of_order, taken.id)
        minutes = sorted(one.minutes for one in recorded)
        promise(minutes == sorted([first, second]), "每人的分钟数都照实", minutes=minutes)
        promise(all(one.state is ServiceState.WAITING for one in recorded), "都等别人审核")
        step.note(order=taken.short, volunteers=names, minutes=[first, second])


def five_stars(day: Day) -> None:
    """The resident is content; the money is settled; the order is closed."""
    taken = day.orders["hotline"]
    with day.step("five stars", "五星") as step:
        rate(day, taken, 5, "电话", "送得快，谢谢你们", picture="rating")
        order = day.expect(taken, State.RATED, stars=5)
        settle_money(day, taken, 0, "0")
        day.point_and_press(taken, "J")
        day.said("已办结")
        order = day.expect(taken, State.CLOSED, stars=5)
        step.note(order=taken.short, stars=order.stars)


# --- what the other chapters do as well


def first_proposal(day: Day, taken: Taken) -> tuple[str, str]:
    """The team that is proposed first, and the reasons that stand below it."""
    best = day.stage.look(proposals, taken.id).best[0]
    said = reasons(best)
    promise(" · " in said, "建议说得出理由", said=said)
    day.eyes.row("1 ", best.name, said, within="建议的队伍")
    return best.name, said


def dispatch(day: Day, taken: Taken, *, picture: str = "") -> str:
    """D, 1, Enter. The team it went to."""
    day.point_and_press(taken, "D")
    team, _said = first_proposal(day, taken)
    if picture:
        day.picture(picture)
    day.hands.press("1", "Enter")
    day.said("已派给", team)
    day.expect(taken, State.DISPATCHED, team=team)
    return team


def accept(day: Day, taken: Taken) -> list[str]:
    """The team says yes, and one of its volunteers goes, nobody of the desk. That one, then the others who could."""
    day.point_and_press(taken, "A")
    team = day.view(taken).team_id
    assert team is not None
    at_desk = set(day.volunteers_at_desk().values())
    could_go = day.stage.look(who_could_go, team)
    place = next((at for at, one in enumerate(could_go) if one.id not in at_desk), None)
    promise(place is not None, "队伍里有人能去", team=day.view(taken).team)
    assert place is not None
    goes = could_go[place]
    day.eyes.button(f"{place + 1} {goes.name}")
    day.hands.press(str(place + 1), "Ctrl+Enter")
    day.said(taken.short)
    order = day.expect(taken, State.ACCEPTED)
    promise(order.volunteer and order.volunteer.id == goes.id, "去的人记下了", seen=order.volunteer)
    return [goes.name, *(one.name for one in could_go if one is not goes)]


def start_and_finish(day: Day, taken: Taken, began: str, ended: str) -> object:
    """The times the volunteers rang up with."""
    day.point_and_press(taken, "B")
    day.enter("什么时候开始的")
    day.hands.write(began)
    day.hands.press("Ctrl+Enter")
    day.said(taken.short, "已开始服务")
    day.expect(taken, State.IN_SERVICE)
    day.point_and_press(taken, "F")
    day.enter("什么时候结束的")
    day.hands.write(ended)
    day.hands.press("Ctrl+Enter")
    day.said(taken.short, "服务完成")
    day.eyes.read("谁，从几点到几点")
    return day.expect(taken, State.DONE)


def serve(
    day: Day,
    taken: Taken,
    who: list[str | None],
    when: list[str],
    *,
    content: str = "",
    remark: str = "",
    picture: str = "",
) -> list[str]:
    """Fill in who served from when to when; None is who stands there already."""
    eyes, hands = day.eyes, day.hands
    for place, (typed, stretch) in enumerate(zip(who, when, strict=True)):
        if place:
            hands.click(eyes.button("再加一位"))
        if typed is not None:
            hands.click(eyes.fields("谁去的")[place])
            hands.press("Ctrl+A")
            hands.write(typed)
            hands.press("Enter")
        hands.click(eyes.fields("从几点到几点")[place])
        hands.press("Ctrl+A")
        hands.write(stretch)
    names = [eyes.text_of(field) for field in eyes.fields("谁去的")]
    day.served[taken.id] = when[0]
    if content:
        day.rewrite("做了什么", content)
    if remark:
        day.rewrite("备注", remark)
    if picture:
        day.picture(picture)
    hands.press("Ctrl+Enter")
    return names


def rate(day: Day, taken: Taken, stars: int, how: str, words: str, *, picture: str = "") -> None:
    """The stars the resident gives; the question has opened by itself if the service was just written down."""
    if taken.id not in day.served or day.view(taken).state is State.RATED:
        day.point_and_press(taken, "P")
    day.eyes.read("居民给几颗星")
    day.hands.press(str(stars))
    day.hands.click(day.eyes.button(how))
    day.enter("居民怎么说")
    day.hands.write(words)
    if picture:
        day.picture(picture)
    day.hands.press("Ctrl+Enter")
    day.said(taken.short, f"评了 {stars} 星")


def settle_money(day: Day, taken: Taken, cents: int, typed: str, *, picture: str = "") -> None:
    """What was spent is what was paid back; the receipt is there, both have signed."""
    day.point_and_press(taken, "M")
    day.enter("花了多少")
    day.hands.write(typed)
    day.enter("还了多少")
    day.hands.write(typed)
    for tick in ("小票齐全", "双方签了字"):
        day.hands.click(day.eyes.button(tick))
    if picture:
        day.picture(picture)
    day.hands.press("Ctrl+Enter")
    day.said(taken.short, "代购款结清了")
    order = day.view(taken)
    promise(
        (order.spent_cents, order.repaid_cents) == (cents, cents), "花的和还的一样多", spent=order.spent_cents
    )


def _after(hour: int, minute: int, minutes: int) -> str:
    """The time of day ``minutes`` later."""
    later = hour * 60 + minute + minutes
    return f"{later // 60}:{later % 60:02}"
