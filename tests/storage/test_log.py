"""The log: chains, what arrives from elsewhere, and what a newer program has written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection, func, select

from app.actions.desk import Desk
from app.facts import Claim, decode_envelope, encode, hash_of
from app.facts.orders import OrderNote, OrderRejected, OrderScreened
from app.storage import history as storage
from app.storage.engine import writing
from app.storage.history import log, log_private
from app.storage.ids import new_id
from app.storage.log import (
    ChainBroken,
    Draft,
    Log,
    Mirrored,
    ObjectFromNewerVersion,
    Received,
    learn_new_kinds,
)
from app.storage.orders import orders
from tests.support.facts import DUE, OtherDevice, asked_again, screened, submitted

NOW = datetime(2026, 4, 7, 1, 2, 3, 456_789, tzinfo=UTC)


class Bench:
    """One transaction and the log in it."""

    def __init__(self, connection: Connection, log_now: Log) -> None:
        self.connection = connection
        self.log = log_now

    def append(self, *drafts: Draft) -> list[Any]:
        recorded = self.log.append(drafts, at=NOW, by=new_id())
        self.log.finish()
        return recorded

    def receive(self, *received: Received) -> None:
        self.log.receive(received)
        self.log.finish()

    def order(self, order: str) -> Any:
        return self.connection.execute(select(orders).where(orders.c.id == order)).first()

    def pending(self) -> int:
        waiting = select(func.count()).where(log.c.position.is_(None))
        return self.connection.execute(waiting).scalar_one()

    def raws(self, order: str) -> list[bytes]:
        mine = select(log.c.raw).where(log.c.object == f"order:{order}").order_by(log.c.n)
        return list(self.connection.execute(mine).scalars())


@pytest.fixture
def bench(desk: Desk) -> Iterator[Bench]:
    with writing(desk.engine) as connection:
        yield Bench(connection, Log(connection, desk.device.chain))


@pytest.fixture
def other() -> OtherDevice:
    return OtherDevice(new_id())


def test_each_fact_carries_the_hash_of_the_one_before(bench: Bench, desk: Desk) -> None:
    head = storage.chain_head(bench.connection, desk.device.chain)
    order = new_id()
    bench.append(submitted(order), screened(order))
    first, second = map(decode_envelope, bench.raws(order))
    assert (first.seq, first.before) == (head[0] + 1, head[1])
    assert second.before == hash_of(bench.raws(order)[0])
    assert storage.chain_head(bench.connection, desk.device.chain) == (
        second.seq,
        hash_of(bench.raws(order)[1]),
    )


def test_private_parts_stand_beside_the_fact_which_names_their_hash(bench: Bench) -> None:
    order, who = new_id(), new_id()
    bench.append(submitted(order, beneficiary=who, what="送饭"))
    raw = bench.raws(order)[0]
    sealed = bench.connection.execute(
        select(log_private.c.sealed).where(log_private.c.person == who)
    ).scalar_one()
    assert decode_envelope(raw).parts == {who: hash_of(sealed)}
    assert "送饭".encode() in sealed
    assert "送饭".encode() not in raw
    assert bench.order(order).what == "送饭"


def test_claims_travel_in_the_envelope(bench: Bench) -> None:
    order = new_id()
    bench.append(Draft(OrderScreened(order=order, due_at=DUE), claims=(Claim("wallet:1", 1),)))
    assert decode_envelope(bench.raws(order)[0]).claims == (Claim("wallet:1", 1),)


def test_a_part_of_the_wrong_kind_is_our_bug(bench: Bench) -> None:
    order = new_id()
    wrong = Draft(OrderScreened(order=order, due_at=DUE), submitted(order).parts)
    with pytest.raises(AssertionError):
        bench.append(wrong)


@pytest.mark.parametrize(
    "draft",
    [
        Draft(OrderScreened(order="not an id", due_at=DUE)),
        Draft(OrderScreened(order="0" * 32, due_at=-1)),
        Draft(OrderRejected(order="0" * 32, beneficiary="1" * 32, reason=7, told="")),  # type: ignore[arg-type]
        Draft(
            OrderRejected(order="0" * 32, beneficiary="1" * 32, reason="", told=""),
            {"王大爷": OrderNote(text="")},
        ),
        Draft(
            OrderRejected(order="0" * 32, beneficiary="1" * 32, reason="", told=""),
            {"1" * 32: OrderNote(text=7)},  # type: ignore[arg-type]
        ),
    ],
)
def test_what_could_not_be_read_again_is_our_bug(bench: Bench, draft: Draft) -> None:
    with pytest.raises(msgspec.ValidationError):
        bench.append(draft)
    assert not bench.raws("0" * 32)


def test_own_facts_come_back_confirmed_without_folding_again(bench: Bench) -> None:
    order = new_id()
    bench.append(submitted(order), asked_again(order))
    pending = bench.pending()
    bench.receive(*(Received(raw, {}, n) for n, raw in enumerate(bench.raws(order), start=1)))
    assert bench.order(order).asked_again == 1
    assert bench.pending() == pending - 2


def test_a_foreign_fact_lands_before_a_pending_one(bench: Bench, other: OtherDevice) -> None:
    order = new_id()
    bench.append(submitted(order), screened(order, due_at=DUE + 2))
    raw = bench.raws(order)[0]
    bench.receive(Received(raw, {}, 1), other.make(screened(order, due_at=DUE + 1), 2))
    told = storage.history(bench.connection, f"order:{order}")
    assert [getattr(one.body, "due_at", None) for one in told] == [DUE, DUE + 1, DUE + 2]
    assert bench.order(order).due_at.timestamp() * 1000 == DUE + 2


def test_what_happened_since_a_fact_is_the_end_of_the_history(bench: Bench, other: OtherDevice) -> None:
    """Whether it waits to be confirmed, or is confirmed among others."""
    order = new_id()
    bench.append(submitted(order), screened(order, due_at=DUE + 2), asked_again(order))
    bench.append(submitted(new_id()))
    first, second, _third = bench.raws(order)
    bench.receive(Received(first, {}, 1), other.make(asked_again(order), 2))
    for _confirmed in range(2):
        told = storage.history(bench.connection, f"order:{order}")
        for place, one in enumerate(told):
            assert storage.happened_since(bench.connection, [one.id]) == {f"order:{order}": told[place:]}
        bench.receive(Received(second, {}, 3))


def test_a_dropped_fact_leaves_the_tables(bench: Bench) -> None:
    order = new_id()
    bench.append(submitted(order), asked_again(order))
    first, second = bench.raws(order)
    bench.receive(Received(first, {}, 1), Received(second, {}, 2, verdict="kept"))
    assert bench.order(order).asked_again == 0
    assert len(storage.history(bench.connection, f"order:{order}")) == 1


def test_an_object_whose_every_fact_is_dropped_has_no_rows(bench: Bench) -> None:
    order = new_id()
    bench.append(submitted(order))
    bench.receive(Received(bench.raws(order)[0], {}, 1, verdict="duplicate"))
    assert bench.order(order) is None
    bench.log.refold([f"order:{order}"])
    assert bench.order(order) is None


def test_receiving_twice_changes_nothing(bench: Bench, other: OtherDevice) -> None:
    order = new_id()
    facts = [other.make(submitted(order), 1), other.make(asked_again(order), 2)]
    bench.receive(*facts, *facts)
    bench.receive(*facts)
    assert bench.order(order).asked_again == 1
    assert len(bench.raws(order)) == 2


def test_a_gap_in_anothers_chain_is_allowed(bench: Bench, other: OtherDevice) -> None:
    order = new_id()
    first, _unseen, third = (other.make(asked_again(order), n) for n in (1, 2, 3))
    bench.receive(first)
    bench.receive(third)
    assert len(bench.raws(order)) == 2


@pytest.mark.parametrize("together", [True, False])
def test_a_fact_that_does_not_follow_is_refused(bench: Bench, other: OtherDevice, together: bool) -> None:
    order = new_id()
    first = other.make(submitted(order), 1)
    other.before = b"something else"
    second = other.make(screened(order), 2)
    with pytest.raises(ChainBroken) as broken:
        for batch in [(first, second)] if together else [(first,), (second,)]:
            bench.receive(*batch)
    assert (broken.value.device, broken.value.seq) == (other.device, 2)


def test_two_facts_with_one_number_are_a_fork(bench: Bench, other: OtherDevice) -> None:
    order = new_id()
    bench.receive(other.make(submitted(order), 1))
    forked = OtherDevice(other.device)
    with pytest.raises(ChainBroken):
        bench.receive(forked.make(screened(order), 2))


def test_another_fact_under_a_known_id_is_refused(bench: Bench, other: OtherDevice) -> None:
    order = new_id()
    bench.append(submitted(order))
    envelope = decode_envelope(bench.raws(order)[0])
    forged = encode(
        type(envelope)(**{f: getattr(envelope, f) for f in envelope.__struct_fields__} | {"at": 1})
    )
    with pytest.raises(ChainBroken):
        bench.receive(Received(forged, {}, 1))


def test_a_part_that_is_not_the_facts_own_is_refused(bench: Bench, other: OtherDevice) -> None:
    order, who = new_id(), new_id()
    fact = other.make(submitted(order, beneficiary=who), 1)
    with pytest.raises(ChainBroken):
        bench.receive(Received(fact.raw, {who: fact.parts[who] + b"x"}, 1))


def test_a_part_that_cannot_be_read_does_not_stop_the_fold(bench: Bench, other: OtherDevice) -> None:
    order, who = new_id(), new_id()
    bench.receive(other.make(submitted(order, beneficiary=who), 1, parts={who: bytes(16) + b"\xc1"}))
    assert bench.order(order).what == ""


@pytest.mark.parametrize(
    "strange",
    [
        {"kind": "order.dreamt_of"},
        {"version": 99},
        {"body": encode({"order": 1})},
        {"body": encode(OrderScreened(order="f" * 32, due_at=DUE))},
    ],
)
def test_what_this_program_does_not_know_is_kept_and_its_object_read_only(
    bench: Bench, other: OtherDevice, strange: dict[str, Any]
) -> None:
    order = new_id()
    bench.receive(other.make(submitted(order), 1), other.make(screened(order), 2, **strange))
    assert len(bench.raws(order)) == 2
    assert len(storage.from_newer_program(bench.connection, f"order:{order}")) == 1
    with pytest.raises(ObjectFromNewerVersion) as refused:
        bench.append(screened(order))
    assert refused.value.object == f"order:{order}"
    bench.append(screened(new_id()))


def test_after_an_upgrade_unknown_facts_are_folded_in_their_place(
    bench: Bench, desk: Desk, other: OtherDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = new_id()
    bench.receive(
        other.make(submitted(order), 1),
        other.make(screened(order, due_at=DUE + 1), 2, version=2),
        other.make(screened(order, due_at=DUE + 2), 3),
    )
    learn_new_kinds(bench.connection, desk.device.chain)
    assert len(storage.history(bench.connection, f"order:{order}")) == 2
    monkeypatch.setattr(OrderScreened, "version", 2)
    learn_new_kinds(bench.connection, desk.device.chain)
    assert len(storage.history(bench.connection, f"order:{order}")) == 3
    assert bench.order(order).due_at.timestamp() * 1000 == DUE + 2
    bench.append(screened(order))


def test_more_facts_than_fit_into_one_statement(bench: Bench) -> None:
    ids = [new_id() for _ in range(storage.CHUNK * 2 + 1)]
    bench.append(*(submitted(order) for order in ids))
    bench.log.refold({f"order:{order}" for order in ids})
    bench.log.finish()
    assert len(bench.connection.execute(select(orders.c.id)).all()) == len(ids)


def test_what_goes_into_the_mirror_has_its_private_parts(bench: Bench) -> None:
    order, who = new_id(), new_id()
    bench.append(submitted(order, beneficiary=who))
    mirrored = msgspec.msgpack.decode(bench.log.appended[-1], type=Mirrored)
    assert mirrored.raw == bench.raws(order)[0]
    assert mirrored.parts.keys() == {who}


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        (
            "SELECT fact FROM log WHERE object IN ('a', 'b') ORDER BY object, position IS NULL, position, n",
            "ix_log_folding_order",
        ),
        ("SELECT object FROM log WHERE log.known = 0", "ix_log_from_newer_program"),
    ],
)
def test_questions_that_are_asked_often_use_an_index(bench: Bench, sql: str, index: str) -> None:
    plan = [row[3] for row in bench.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
    assert index in " ".join(plan)
    assert "TEMP B-TREE" not in " ".join(plan)
