"""Tables, folds and queries of orders (订单)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    Row,
    Select,
    Text,
    select,
    text,
)

from app.domain.orders import Caution, Channel, Order, State, Wish
from app.facts import Id, instant
from app.facts.orders import (
    OrderAccepted,
    OrderAnswered,
    OrderAskedAgain,
    OrderCalledBack,
    OrderCancelled,
    OrderClosed,
    OrderContacted,
    OrderDispatched,
    OrderEdited,
    OrderEscalated,
    OrderFinished,
    OrderGrabbed,
    OrderNote,
    OrderRated,
    OrderReferred,
    OrderRefused,
    OrderRejected,
    OrderReturned,
    OrderScreened,
    OrderSetBack,
    OrderSettled,
    OrderStarted,
    OrderSubmitted,
    OrderTaken,
    OrderWithdrawn,
    OrderWords,
    TakenBy,
)
from app.storage import types
from app.storage.fold import Recorded, folds, row_after
from app.storage.people import people
from app.storage.rows import Rows
from app.storage.teams import teams

ENDED_SQL = "state NOT IN ('rejected', 'cancelled', 'closed')"

orders = types.table(
    "orders",
    Column("id", types.Id, primary_key=True),
    Column("number", Text, nullable=False),
    Column("owner", types.Id, nullable=False),
    Column("state", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("requester", types.Id, nullable=False),
    Column("beneficiary", types.Id, nullable=False),
    Column("proxy", types.Id),
    Column("consented", types.Flag, nullable=False),
    Column("urgent", types.Flag, nullable=False),
    Column("policy_covered", types.Flag, nullable=False),
    Column("cautions", types.Json, nullable=False),
    Column("what", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("mind", Text, nullable=False),
    Column("submitted_at", types.Instant, nullable=False),
    Column("submitted_by", types.Id, nullable=False),
    Column("wanted_from", types.Instant),
    Column("wanted_at", types.Instant),
    Column("due_at", types.Instant),
    # When it was to be dispatched by, for a dispatch that is taken back.
    Column("pool_due_at", types.Instant),
    Column("changed_at", types.Instant, nullable=False),
    Column("asked_again", Integer, nullable=False),
    Column("refusals", Integer, nullable=False),
    Column("team", types.Id),
    Column("volunteer", types.Id),
    Column("dispatched_at", types.Instant),
    Column("accepted_at", types.Instant),
    Column("contact_by", types.Instant),
    Column("contacted_at", types.Instant),
    Column("started_at", types.Instant),
    Column("finished_at", types.Instant),
    Column("office", Text),
    Column("handed_up_at", types.Instant),
    Column("taken_by", Text),
    Column("taken_at", types.Instant),
    Column("advance_cents", Integer),
    Column("spent_cents", Integer),
    Column("repaid_cents", Integer),
    Column("settled_at", types.Instant),
    Column("stars", Integer),
    Column("ratings", Integer, nullable=False),
    Column("rated_how", Text),
    Column("rated_at", types.Instant),
    Column("rating_words", Text),
    Column("call_back_by", types.Instant),
    Column("fix_by", types.Instant),
    Column("called_back_at", types.Instant),
    Column("call_back_open", types.Flag, nullable=False),
    Column("ended_at", types.Instant),
    Index("ix_orders_open", "state", "due_at", sqlite_where=text(ENDED_SQL)),
    Index(None, "number"),
    Index(None, "beneficiary", "submitted_at"),
    Index(None, "requester", "submitted_at"),
    Index(None, "team", "dispatched_at"),
    Index(None, "ended_at"),
    # What came, was done and was rated on a day.
    Index(None, "submitted_at"),
    Index(None, "finished_at", sqlite_where=text("finished_at IS NOT NULL")),
    # With all that is asked of the ratings of every team, so that no order itself is read.
    Index(None, "rated_at", "team", "stars", sqlite_where=text("rated_at IS NOT NULL")),
    noun="order",
)


@folds(OrderSubmitted)
def fold_submitted(rows: Rows, it: Recorded[OrderSubmitted]) -> None:
    body = it.body
    rows.add(
        orders,
        id=body.order,
        number=body.number,
        owner=body.owner,
        state=State.WAITING if body.screened else State.SUBMITTED,
        channel=body.channel,
        category=body.category,
        region=body.region,
        requester=body.requester,
        beneficiary=body.beneficiary,
        proxy=body.proxy,
        consented=body.consented,
        urgent=body.urgent,
        policy_covered=body.policy_covered,
        cautions=list(body.cautions),
        **_words(it.part(body.beneficiary, OrderWords)),
        submitted_at=it.at,
        submitted_by=it.by,
        wanted_from=_instant(body.wanted_from),
        wanted_at=_instant(body.wanted_at),
        due_at=instant(body.due_at),
        pool_due_at=instant(body.due_at) if body.screened else None,
        changed_at=it.at,
        asked_again=0,
        refusals=0,
        advance_cents=body.advance_cents,
        ratings=0,
        call_back_open=False,
    )


@folds(OrderEdited)
def fold_edited(rows: Rows, it: Recorded[OrderEdited]) -> None:
    body = it.body
    _move(
        rows,
        it,
        beneficiary=body.beneficiary,
        category=body.category,
        region=body.region,
        urgent=body.urgent,
        wanted_from=_instant(body.wanted_from),
        wanted_at=_instant(body.wanted_at),
        cautions=list(body.cautions),
        policy_covered=body.policy_covered,
        advance_cents=body.advance_cents,
        due_at=instant(body.due_at),
        **_words(it.part(body.beneficiary, OrderWords)),
    )


@folds(OrderAskedAgain)
def fold_asked_again(rows: Rows, it: Recorded[OrderAskedAgain]) -> None:
    rows.increase(orders, it.body.order, asked_again=1)


@folds(OrderScreened)
def fold_screened(rows: Rows, it: Recorded[OrderScreened]) -> None:
    due_at = instant(it.body.due_at)
    _move(rows, it, state=State.WAITING, due_at=due_at, pool_due_at=due_at)


@folds(OrderRejected)
def fold_rejected(rows: Rows, it: Recorded[OrderRejected]) -> None:
    _end(rows, it, State.REJECTED)


@folds(OrderDispatched)
def fold_dispatched(rows: Rows, it: Recorded[OrderDispatched]) -> None:
    _move(
        rows,
        it,
        state=State.DISPATCHED,
        team=it.body.team,
        volunteer=it.body.volunteer,
        dispatched_at=it.at,
        due_at=instant(it.body.due_at),
    )


@folds(OrderGrabbed)
def fold_grabbed(rows: Rows, it: Recorded[OrderGrabbed]) -> None:
    _move(
        rows,
        it,
        state=State.ACCEPTED,
        team=it.body.team,
        volunteer=it.body.volunteer,
        dispatched_at=it.at,
        accepted_at=it.at,
        contact_by=instant(it.body.contact_by),
        due_at=instant(it.body.due_at),
    )


@folds(OrderAccepted)
def fold_accepted(rows: Rows, it: Recorded[OrderAccepted]) -> None:
    _move(
        rows,
        it,
        state=State.ACCEPTED,
        volunteer=it.body.volunteer,
        accepted_at=it.at,
        contact_by=instant(it.body.contact_by),
        due_at=instant(it.body.due_at),
    )


@folds(OrderRefused)
def fold_refused(rows: Rows, it: Recorded[OrderRefused]) -> None:
    rows.increase(orders, it.body.order, refusals=1)
    _back_to_pool(rows, it)


@folds(OrderReturned)
def fold_returned(rows: Rows, it: Recorded[OrderReturned]) -> None:
    _back_to_pool(rows, it)


@folds(OrderWithdrawn)
def fold_withdrawn(rows: Rows, it: Recorded[OrderWithdrawn]) -> None:
    _back_to_pool(rows, it)


@folds(OrderCancelled)
def fold_cancelled(rows: Rows, it: Recorded[OrderCancelled]) -> None:
    _end(rows, it, State.CANCELLED)


@folds(OrderEscalated)
def fold_escalated(rows: Rows, it: Recorded[OrderEscalated]) -> None:
    _hand_up(rows, it, State.ESCALATED)


@folds(OrderReferred)
def fold_referred(rows: Rows, it: Recorded[OrderReferred]) -> None:
    _hand_up(rows, it, State.REFERRED)


@folds(OrderTaken)
def fold_taken(rows: Rows, it: Recorded[OrderTaken]) -> None:
    part = it.part(it.body.beneficiary, TakenBy)
    _move(rows, it, taken_at=it.at, taken_by=part.name if part else "")


@folds(OrderAnswered)
def fold_answered(rows: Rows, it: Recorded[OrderAnswered]) -> None:
    due_at = instant(it.body.due_at)
    if it.body.solved:
        _move(rows, it, state=State.DONE, finished_at=it.at, due_at=due_at)
    else:
        _move(rows, it, state=State.WAITING, due_at=due_at, pool_due_at=due_at)


@folds(OrderContacted)
def fold_contacted(rows: Rows, it: Recorded[OrderContacted]) -> None:
    _move(rows, it, contacted_at=it.at)


@folds(OrderStarted)
def fold_started(rows: Rows, it: Recorded[OrderStarted]) -> None:
    _move(rows, it, state=State.IN_SERVICE, started_at=instant(it.body.started_at))


@folds(OrderFinished)
def fold_finished(rows: Rows, it: Recorded[OrderFinished]) -> None:
    body = it.body
    _move(rows, it, state=State.DONE, finished_at=instant(body.finished_at), due_at=instant(body.due_at))


@folds(OrderSettled)
def fold_settled(rows: Rows, it: Recorded[OrderSettled]) -> None:
    body = it.body
    _move(rows, it, spent_cents=body.spent_cents, repaid_cents=body.repaid_cents, settled_at=it.at)


@folds(OrderRated)
def fold_rated(rows: Rows, it: Recorded[OrderRated]) -> None:
    body = it.body
    opened: dict[str, Any] = {}
    if body.call_back_by is not None:
        opened = {
            "call_back_by": instant(body.call_back_by),
            "fix_by": _instant(body.fix_by),
            "call_back_open": True,
            "due_at": instant(body.call_back_by),
        }
    note = it.part(body.beneficiary, OrderNote)
    rows.increase(orders, body.order, ratings=1)
    _move(
        rows,
        it,
        state=State.RATED,
        stars=body.stars,
        rated_how=body.how,
        rated_at=it.at,
        rating_words=note.text if note else "",
        **opened,
    )


@folds(OrderCalledBack)
def fold_called_back(rows: Rows, it: Recorded[OrderCalledBack]) -> None:
    _move(rows, it, called_back_at=it.at, call_back_open=not it.body.settled)


@folds(OrderClosed)
def fold_closed(rows: Rows, it: Recorded[OrderClosed]) -> None:
    _end(rows, it, State.CLOSED)


@folds(OrderSetBack)
def fold_set_back(rows: Rows, it: Recorded[OrderSetBack]) -> None:
    note = it.part(it.body.beneficiary, OrderNote)
    course = {name: getattr(it.body, name) for name in COURSE}
    moments = {name: _instant(course[name]) for name in COURSE if type(orders.c[name].type) is types.Instant}
    rating_words = note.text if note else "" if it.body.ratings else None
    _move(rows, it, **course | moments, rating_words=rating_words)


COURSE = tuple(name for name in OrderSetBack.__struct_fields__ if name in orders.c and name != "beneficiary")
"""What the steps change; what was asked for is not among it."""


def before(facts: Iterable[Recorded[Any]], order_id: Id) -> dict[str, Any]:
    """The row that an order had after these facts of it."""
    return row_after(facts, orders, order_id)


def order(connection: Connection, order_id: Id) -> Order | None:
    """One order as the rules see it; one statement."""
    row = connection.execute(select(orders).where(orders.c.id == order_id)).first()
    return None if row is None else as_order(row)


def order_row(connection: Connection, order_id: Id) -> Row[Any] | None:
    """One order with everything that stands in its row, and the team's name."""
    return connection.execute(
        select(orders, teams.c.name.label("team_name"))
        .outerjoin(teams, teams.c.id == orders.c.team)
        .where(orders.c.id == order_id)
    ).first()


def id_of_number(connection: Connection, number: str) -> Id | None:
    """The order with this number, as it is kept."""
    return connection.execute(select(orders.c.id).where(orders.c.number == number)).scalar()


def parties(connection: Connection, ids: Iterable[Id | None]) -> dict[Id, Row[Any]]:
    """Name, birth day and phone of the people an order names."""
    wanted = {one for one in ids if one is not None}
    query: Select[Any] = select(
        people.c.id, people.c.name, people.c.born_on, people.c.phone, people.c.erased_at
    )
    return {row.id: row for row in connection.execute(query.where(people.c.id.in_(wanted)))}


def as_request(row: Mapping[str, Any]) -> tuple[Wish, OrderWords]:
    """What of a request can be put right, as an order's row has it."""
    wish = Wish(
        channel=Channel(row["channel"]),
        category=row["category"],
        region=row["region"],
        requester=row["requester"],
        beneficiary=row["beneficiary"],
        urgent=row["urgent"],
        wanted_from=row["wanted_from"],
        wanted_at=row["wanted_at"],
        cautions=tuple(map(Caution, row["cautions"])),
        policy_covered=row["policy_covered"],
        advance_cents=row["advance_cents"],
    )
    return wish, OrderWords(what=row["what"], place=row["place"], mind=row["mind"])


def as_order(row: Row[Any] | SimpleNamespace) -> Order:
    return Order(
        id=row.id,
        number=row.number,
        state=State(row.state),
        urgent=row.urgent,
        submitted_at=row.submitted_at,
        wanted_at=row.wanted_at,
        beneficiary=row.beneficiary,
        pool_due_at=row.pool_due_at,
        team=row.team,
        volunteer=row.volunteer,
        started_at=row.started_at,
        contacted=row.contacted_at is not None,
        taken=row.taken_at is not None,
        shopping=row.advance_cents is not None,
        settled=row.settled_at is not None,
        stars=row.stars,
        ratings=row.ratings,
        call_back_open=row.call_back_open,
        due_at=row.due_at,
    )


def _move(rows: Rows, it: Recorded[Any], **columns: Any) -> None:
    rows.change(orders, it.body.order, changed_at=it.at, **columns)


def _end(rows: Rows, it: Recorded[Any], state: State) -> None:
    _move(rows, it, state=state, ended_at=it.at, due_at=None)


def _back_to_pool(rows: Rows, it: Recorded[Any]) -> None:
    """What the team did so far is history; the next one begins with its own first contact."""
    _move(
        rows,
        it,
        state=State.WAITING,
        team=None,
        volunteer=None,
        contact_by=None,
        contacted_at=None,
        started_at=None,
        due_at=instant(it.body.due_at),
        pool_due_at=instant(it.body.due_at),
    )


def _hand_up(rows: Rows, it: Recorded[Any], state: State) -> None:
    _move(
        rows,
        it,
        state=state,
        office=it.body.office,
        handed_up_at=it.at,
        taken_at=None,
        taken_by=None,
        due_at=instant(it.body.due_at),
    )


def _words(part: OrderWords | None) -> dict[str, str]:
    return {"what": part.what, "place": part.place, "mind": part.mind} if part else dict(_NO_WORDS)


_NO_WORDS = {"what": "", "place": "", "mind": ""}


def _instant(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else instant(milliseconds)
