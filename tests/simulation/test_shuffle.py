"""The shuffle test (洗牌): whatever reaches two databases in whatever order, they end as folding by position says.

Two real encrypted databases, a third device with a newer program, and a sequencer that stands for the county: it
gives each fact a position and a verdict. Every kind of every noun takes part by itself. ``random`` is seeded from
pytest's heading; a failure prints its own seed too.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection, Engine, Table, select

from app.facts import (
    Envelope,
    Fact,
    Id,
    decode_body,
    decode_envelope,
    encode,
    hash_of,
    instant,
    kinds,
    open_part,
)
from app.facts import seal_part as seal
from app.storage import fold, selfcheck
from app.storage.engine import create_database, open_engine, reading, writing
from app.storage.fold import Folder, Recorded
from app.storage.history import FOLDED, Chain, log, log_private
from app.storage.log import Log, Mirrored, ObjectFromNewerVersion, Received, learn_new_kinds
from app.storage.types import create_all
from tests.support.random_facts import FactMaker, kinds_of, nouns

KEY = bytes(range(32))
SEEDS = range(60)
STEPS = 26
MORNING = datetime(2026, 4, 7, 1, tzinfo=UTC)


class Sequencer:
    """The county: one gapless position for each fact, and a verdict; it refuses nothing."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._here: set[Id] = set()
        self.facts: list[Received] = []

    def push(self, facts: list[Mirrored]) -> None:
        for one in facts:
            fact = decode_envelope(one.raw).id
            if fact not in self._here:
                self._here.add(fact)
                verdict = self._rng.choices((FOLDED, "kept", "duplicate"), (8, 1, 1))[0]
                self.facts.append(Received(one.raw, one.parts, len(self.facts) + 1, verdict))

    def pull(self, after: int, limit: int) -> list[Received]:
        return self.facts[after : after + limit]


@dataclass
class Site:
    """One database, what it has pushed and how far it has pulled."""

    engine: Engine
    chain: Chain
    now: datetime = MORNING
    pushed: int = 0
    pulled: int = 0
    refused: int = 0

    def act(self, rng: random.Random, maker: FactMaker, kinds: list[type[Fact]]) -> None:
        """Record a few facts in one transaction; those about objects of a newer program are refused."""
        self.now += timedelta(minutes=rng.randint(0, 90))
        by = f"{rng.getrandbits(128):032x}"
        with writing(self.engine) as connection:
            mine = Log(connection, self.chain)
            for _ in range(rng.randint(1, 6)):
                try:
                    mine.append([maker.draft(rng.choice(kinds))], at=self.now, by=by)
                except ObjectFromNewerVersion:
                    self.refused += 1
            mine.finish()

    def push(self, sequencer: Sequencer, limit: int) -> None:
        with reading(self.engine) as connection:
            facts = list(_own(connection, self.chain, after=self.pushed))[:limit]
        sequencer.push(facts)
        self.pushed += len(facts)

    def pull(self, sequencer: Sequencer, limit: int, *, again: int = 0) -> None:
        """Take what is new; ``again`` facts come a second time, as after a cut line."""
        facts = sequencer.pull(max(0, self.pulled - again), limit + again)
        with writing(self.engine) as connection:
            theirs = Log(connection, self.chain)
            theirs.receive(facts)
            theirs.finish()
        self.pulled = max([self.pulled, *(one.position or 0 for one in facts)])


@dataclass
class NewerProgram:
    """A device that writes kinds and versions this program does not know, and bodies it cannot read."""

    chain: Chain
    seq: int = 0
    before: bytes = b""
    made: list[Mirrored] = field(default_factory=list)

    def act(self, rng: random.Random, maker: FactMaker, kinds: list[type[Fact]]) -> list[Mirrored]:
        draft = maker.draft(rng.choice(kinds))
        kind, version, body = rng.choice(
            (
                (draft.body.kind, draft.body.version, encode(draft.body)),
                (draft.body.kind, draft.body.version + 1, encode(draft.body)),
                (f"{draft.body.noun()}.dreamt_of", 1, encode({"what": 1})),
                (draft.body.kind, draft.body.version, encode({"what": 1})),
            )
        )
        parts = {person: seal(part, rng.randbytes(16)) for person, part in draft.parts.items()}
        self.seq += 1
        raw = encode(
            Envelope(
                id=f"{rng.getrandbits(128):032x}",
                device=self.chain.device,
                incarnation=self.chain.incarnation,
                seq=self.seq,
                before=self.before,
                at=1_775_500_000_000 + self.seq,
                by=self.chain.device,
                kind=kind,
                version=version,
                object=draft.body.object,
                claims=(),
                parts={person: hash_of(part) for person, part in parts.items()},
                body=msgspec.Raw(body),
            )
        )
        self.before = hash_of(raw)
        return [Mirrored(raw, parts)]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with every table there is, to be copied."""
    path = tmp_path_factory.mktemp("shuffle") / "empty.db"
    fold.load()
    engine = create_database(path, KEY)
    with writing(engine) as connection:
        create_all(connection)
    engine.dispose()
    return path


@pytest.mark.parametrize("number", SEEDS)
def test_any_interleaving_ends_as_folding_by_position(
    number: int, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = f"{number}/{random.getrandbits(32)}"
    print(f"seed {seed}")
    rng = random.Random(seed)
    maker, sequencer = FactMaker(rng), Sequencer(rng)
    taking_part = _kinds_for(number, rng)
    sites = [_site(empty, tmp_path / f"{name}.db", rng) for name in "ab"]
    newer = NewerProgram(Chain(f"{rng.getrandbits(128):032x}", 1))
    for _ in range(STEPS):
        site = rng.choice(sites)
        match rng.choice(("act", "act", "push", "pull", "pull again", "newer")):
            case "act":
                site.act(rng, maker, taking_part)
            case "push":
                site.push(sequencer, rng.randint(1, 9))
            case "pull":
                site.pull(sequencer, rng.randint(1, 9))
            case "pull again":
                site.pull(sequencer, rng.randint(1, 9), again=rng.randint(1, 5))
            case "newer" if rng.random() < 0.4:
                sequencer.push(newer.act(rng, maker, taking_part))
    _expect_no_difference(rng.choice(sites))
    for site in sites:
        site.push(sequencer, 10_000)
    for site in sites:
        site.pull(sequencer, 10_000, again=3)
    _expect_folded_by_position(sites, sequencer, empty, tmp_path / "once.db")
    # The upgrade comes: what was version + 1 is known now.
    for kind in taking_part:
        monkeypatch.setattr(kind, "version", kind.version + 1)
    for site in sites:
        with writing(site.engine) as connection:
            learn_new_kinds(connection, site.chain)
    _expect_folded_by_position(sites, sequencer, empty, tmp_path / "twice.db")
    for site in sites:
        site.engine.dispose()


def test_every_kind_takes_part() -> None:
    rng = random.Random(1)
    taking_part = {kind for number in SEEDS for kind in _kinds_for(number, rng)}
    assert taking_part == set(kinds().values())


def _kinds_for(number: int, rng: random.Random) -> list[type[Fact]]:
    """One noun after the other, each with two more, so that few objects are touched often."""
    every = nouns()
    chosen = {every[number % len(every)], *rng.sample(every, 2)}
    return [kind for noun in sorted(chosen) for kind in kinds_of(noun)]


def _site(empty: Path, path: Path, rng: random.Random) -> Site:
    path.write_bytes(empty.read_bytes())
    return Site(open_engine(path, KEY), Chain(f"{rng.getrandbits(128):032x}", 1))


def _own(connection: Connection, chain: Chain, *, after: int) -> Iterator[Mirrored]:
    rows = connection.execute(
        select(log.c.fact, log.c.raw)
        .where(log.c.device == chain.device, log.c.seq > after)
        .order_by(log.c.seq)
    )
    for row in rows:
        parts = connection.execute(select(log_private).where(log_private.c.fact == row.fact))
        yield Mirrored(row.raw, {part.person: part.sealed for part in parts})


def _expect_no_difference(site: Site) -> None:
    with reading(site.engine) as connection:
        found = selfcheck.check(connection)
    assert (found.differences, found.first) == (0, None)


def _expect_folded_by_position(sites: list[Site], sequencer: Sequencer, empty: Path, path: Path) -> None:
    """Both databases have the very rows of folding what the county counts, one after the other."""
    path.write_bytes(empty.read_bytes())
    engine = open_engine(path, KEY)
    with writing(engine) as connection:
        folder = Folder(connection)
        erased = _erased(sequencer.facts)
        for one in sequencer.facts:
            recorded = _as_recorded(one, erased)
            if recorded is not None and one.verdict == FOLDED:
                folder.fold(recorded)
        folder.finish()
    expected = _rows(engine)
    engine.dispose()
    for site in sites:
        assert _rows(site.engine) == expected
        _expect_kept_beside_the_ledgers(site.engine)


def _expect_kept_beside_the_ledgers(engine: Engine) -> None:
    """What is kept, so that nobody adds up a ledger of years, is what adding up gives."""
    with reading(engine) as connection:
        for ledger in fold.ledgers():
            lines = connection.execute(select(ledger)).mappings().all()
            for sums in ledger.info["sums"]:
                assert _summed(sums, connection.execute(select(sums)).mappings().all()) == _summed(
                    sums, lines
                )


def _summed(sums: Table, lines: Sequence[Mapping[Any, Any]]) -> dict[tuple[Any, ...], list[int]]:
    keys = sums.primary_key.columns.keys()
    added = [name for name in sums.c.keys() if name not in (*keys, "lines")]  # noqa: SIM118
    totals: dict[tuple[Any, ...], list[int]] = {}
    for line in lines:
        total = totals.setdefault(tuple(line[key] for key in keys), [0] * (len(added) + 1))
        for place, step in enumerate((line.get("lines", 1), *(line[name] for name in added))):
            total[place] += step
    return totals


def _erased(facts: list[Received]) -> set[Id]:
    """Who was erased at any time, by whatever version: nothing about them is folded, said before or afterwards."""
    erasing = {kind.kind for kind in kinds().values() if kind.erases}
    envelopes = [decode_envelope(one.raw) for one in facts]
    return {envelope.object.partition(":")[2] for envelope in envelopes if envelope.kind in erasing}


def _as_recorded(one: Received, erased: set[Id]) -> Recorded[Any] | None:
    envelope = decode_envelope(one.raw)
    try:
        body = decode_body(envelope)
    except msgspec.MsgspecError:
        return None
    if body is None:
        return None
    assert body.private is not None or not one.parts
    parts = {
        person: open_part(body.private, part)
        for person, part in one.parts.items()
        if body.private and person not in erased
    }
    return Recorded(
        id=envelope.id,
        body=body,
        at=instant(envelope.at),
        by=envelope.by,
        device=envelope.device,
        position=one.position,
        parts=dict(parts),
    )


def _rows(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    with reading(engine) as connection:
        return {
            table.name: sorted(
                map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{table.name}"')), key=repr
            )
            for table in fold.folded_tables()
        }
