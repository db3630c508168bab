"""Orders against an oracle: whatever is tried in whatever order, a dict and a table of arrows know what must happen.

Hypothesis tries every step on any order, allowed or not, at a real desk with the real encrypted database. What the
oracle forbids must be refused and leave everything as it was; what it allows must end where the oracle says.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from app.actions import orders as deeds
from app.actions.board import BoardFilter, board, order_view
from app.actions.desk import Desk
from app.actions.orders import (
    AcceptOrder,
    AnswerOrder,
    CallBackOrder,
    EscalateOrder,
    FinishOrder,
    RateOrder,
    Reasoned,
    ReferOrder,
    RejectOrder,
    SettleOrder,
    StartOrder,
    Step,
    TakeOrder,
    ToTeam,
)
from app.actions.selfcheck import self_check
from app.domain.orders import RatedHow
from app.domain.problems import Refusal
from app.facts import Id
from tests.support.desk import open_station
from tests.support.town import Town, request, settle_town

ARROWS: dict[str, dict[str, str]] = {
    "screen": {"submitted": "waiting"},
    "reject": {"submitted": "rejected", "waiting": "rejected"},
    "dispatch": {"waiting": "dispatched"},
    "grab": {"waiting": "accepted"},
    "withdraw": {"dispatched": "waiting"},
    "accept": {"dispatched": "accepted"},
    "refuse": {"dispatched": "waiting"},
    "give_back": {"accepted": "waiting", "in_service": "waiting"},
    "escalate": {"submitted": "escalated", "waiting": "escalated"},
    "refer": {"submitted": "referred", "waiting": "referred"},
    "answer_solved": {"escalated": "done", "referred": "done"},
    "answer_back": {"escalated": "waiting", "referred": "waiting"},
    "start": {"accepted": "in_service"},
    "finish": {"in_service": "done"},
    "cancel": dict.fromkeys(
        ["submitted", "waiting", "dispatched", "accepted", "in_service", "escalated", "referred"], "cancelled"
    ),
}
COLUMNS = {
    "submitted": "screening",
    "waiting": "waiting",
    "dispatched": "offered",
    "accepted": "serving",
    "in_service": "serving",
    "done": "rating",
    "rated": "rating",
    "escalated": "handed_up",
    "referred": "handed_up",
}
"""Written down here once more on purpose: the oracle does not ask the rules."""


@dataclass
class Known:
    """What the oracle knows of an order."""

    state: str = "submitted"
    shopping: bool = False
    settled: bool = False
    taken: bool = False
    ratings: int = 0
    complaint: bool = False
    refusals: int = 0
    stars: int | None = None

    @property
    def money_open(self) -> bool:
        return self.shopping and not self.settled


class Orders(RuleBasedStateMachine):
    orders = Bundle("orders")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="yizhan-orders-"))
        self.station = open_station(self.folder / "station")
        self.desk = self.station.desk
        self.town = settle_town(self.desk)
        self.known: dict[Id, Known] = {}

    def teardown(self) -> None:
        checked = self_check(self.desk, None)
        self.station.close()
        shutil.rmtree(self.folder)
        assert checked.differences == 0, checked.first

    @rule(target=orders, shopping=st.booleans(), urgent=st.booleans())
    def submit(self, shopping: bool, urgent: bool) -> Id:
        asked = request(self.town, urgent=urgent, advance_cents=5_000 if shopping else None)
        order = deeds.submit_order(self.desk, asked).value.order
        self.known[order] = Known(shopping=shopping)
        return order

    @rule(order=orders, step=st.sampled_from(sorted(ARROWS)))
    def step(self, order: Id, step: str) -> None:
        known = self.known[order]
        target = ARROWS[step].get(known.state)
        self._try(target is not None, lambda: self._do(step, order))
        if target is None:
            return
        known.state = target
        known.refusals += step == "refuse"
        if step in ("escalate", "refer"):
            known.taken = False

    @rule(order=orders)
    def take(self, order: Id) -> None:
        known = self.known[order]
        may = known.state in ("escalated", "referred") and not known.taken
        self._try(may, lambda: deeds.take_order(self.desk, TakeOrder(order=order, name="孙主任")))
        known.taken |= may

    @rule(order=orders, cents=st.integers(0, 20_000))
    def settle(self, order: Id, cents: int) -> None:
        known = self.known[order]
        states = ("accepted", "in_service", "done", "rated", "cancelled")
        may = known.state in states and known.money_open
        paid = SettleOrder(order=order, spent_cents=cents, repaid_cents=cents, receipt=True, signed=True)
        self._try(may, lambda: deeds.settle_order(self.desk, paid))
        known.settled |= may

    @rule(order=orders, stars=st.integers(1, 5))
    def rate(self, order: Id, stars: int) -> None:
        known = self.known[order]
        first = known.state == "done"
        again = known.state == "rated" and known.complaint and known.ratings == 1
        rated = RateOrder(order=order, stars=stars, how=RatedHow.PHONE, words="说过了")
        self._try(first or again, lambda: deeds.rate_order(self.desk, rated))
        if not (first or again):
            return
        known.state, known.stars = "rated", stars
        known.complaint |= known.ratings == 0 and stars <= 2
        known.ratings += 1
        if stars >= 3 and not known.money_open:
            known.state = "closed"

    @rule(order=orders, settled=st.booleans())
    def call_back(self, order: Id, settled: bool) -> None:
        known = self.known[order]
        may = known.state == "rated" and known.complaint
        asked = CallBackOrder(order=order, settled=settled, note="电话里谈过")
        self._try(may, lambda: deeds.call_back_order(self.desk, asked))
        if may and settled:
            known.complaint = False
            if not known.money_open:
                known.state = "closed"

    @rule(order=orders)
    def close(self, order: Id) -> None:
        known = self.known[order]
        open_case = known.state == "rated" and known.complaint
        may = known.state in ("done", "rated") and not open_case and not known.money_open
        self._try(may, lambda: deeds.close_order(self.desk, Step(order=order)))
        if may:
            known.state = "closed"

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.station.clock.forward(hours=hours)

    @rule(order=consumes(orders))
    def look_whole(self, order: Id) -> None:
        known, view = self.known[order], order_view(self.desk, order)
        assert (view.state, view.refusals, view.stars) == (known.state, known.refusals, known.stars)

    @invariant()
    def the_board_is_what_the_oracle_says(self) -> None:
        shown = board(self.desk, BoardFilter(ended=True))
        there = {card.id: str(column) for column, cards in shown.columns.items() for card in cards}
        assert {order: there[order] for order in there if there[order] != "ended"} == {
            order: COLUMNS[known.state] for order, known in self.known.items() if known.state in COLUMNS
        }
        assert Counter(there.values())["ended"] <= len(self.known)

    def _try(self, may: bool, deed: Any) -> None:
        try:
            deed()
        except Refusal:
            assert not may
        else:
            assert may

    def _do(self, step: str, order: Id) -> object:
        action, asked = STEPS[step](order, self.town)
        return action(self.desk, asked)


STEPS: dict[str, Callable[[Id, Town], tuple[Callable[[Desk, Any], object], object]]] = {
    "screen": lambda order, town: (deeds.screen_order, Step(order=order)),
    "reject": lambda order, town: (
        deeds.reject_order,
        RejectOrder(order=order, reason="不在范围", told="已告知"),
    ),
    "dispatch": lambda order, town: (deeds.dispatch_order, ToTeam(order=order, team=town.team)),
    "grab": lambda order, town: (deeds.grab_order, ToTeam(order=order, team=town.team)),
    "withdraw": lambda order, town: (deeds.withdraw_order, Step(order=order)),
    "accept": lambda order, town: (
        deeds.accept_order,
        AcceptOrder(order=order, volunteer=town.volunteer),
    ),
    "refuse": lambda order, town: (deeds.refuse_order, Reasoned(order=order, reason="没有人手")),
    "give_back": lambda order, town: (deeds.return_order, Reasoned(order=order, reason="生病")),
    "escalate": lambda order, town: (
        deeds.escalate_order,
        EscalateOrder(order=order, level="town", office="镇所"),
    ),
    "refer": lambda order, town: (deeds.refer_order, ReferOrder(order=order, office="镇城建办")),
    "answer_solved": lambda order, town: (
        deeds.answer_order,
        AnswerOrder(order=order, solved=True, note="已修好"),
    ),
    "answer_back": lambda order, town: (
        deeds.answer_order,
        AnswerOrder(order=order, solved=False, note="请本站办"),
    ),
    "start": lambda order, town: (deeds.start_order, StartOrder(order=order)),
    "finish": lambda order, town: (deeds.finish_order, FinishOrder(order=order)),
    "cancel": lambda order, town: (deeds.cancel_order, Reasoned(order=order, reason="不需要了")),
}

TestOrders = Orders.TestCase
TestOrders.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
