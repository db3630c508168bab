from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.storage.disk import DiskFull
from app.storage.mirror_file import Mirror, adopt, follow
from tests.support.databases import KEY
from tests.support.faults import no_room_left


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    mirror = Mirror(tmp_path, KEY)
    yield mirror
    mirror.close()


@pytest.fixture
def reopened(tmp_path: Path) -> Iterator[Callable[[], Mirror]]:
    opened: list[Mirror] = []

    def reopen() -> Mirror:
        opened.append(Mirror(tmp_path, KEY))
        return opened[-1]

    yield reopen
    for mirror in opened:
        mirror.close()


def test_an_empty_mirror_knows_nothing(mirror: Mirror) -> None:
    assert mirror.head() is None
    assert mirror.read() == ()


def test_what_was_appended_is_read_in_order(mirror: Mirror, reopened: Callable[[], Mirror]) -> None:
    mirror.append(b"2", [b"first", b"second"])
    mirror.append(b"3", [b"third"])
    again = reopened()
    assert again.head() == b"3"
    assert again.read() == (b"first", b"second", b"third")


def test_it_goes_on_after_a_restart(mirror: Mirror, reopened: Callable[[], Mirror]) -> None:
    mirror.append(b"1", [b"first"])
    mirror.close()
    reopened().append(b"2", [b"second"])
    assert reopened().head() == b"2"
    assert reopened().read() == (b"first", b"second")


def test_it_begins_where_there_is_no_folder_yet(tmp_path: Path) -> None:
    mirror = Mirror(tmp_path / "backups", KEY)
    mirror.append(b"1", [b"first"])
    assert mirror.read() == (b"first",)
    mirror.close()


def test_nothing_in_it_can_be_read_without_the_key(mirror: Mirror, tmp_path: Path) -> None:
    mirror.append(b"hash of the head", ["王秀英".encode()])
    content = (tmp_path / "mirror").read_bytes()
    assert "王秀英".encode() not in content
    assert b"hash of the head" not in content
    assert Mirror(tmp_path, bytes(32)).head() is None
    assert Mirror(tmp_path, bytes(32)).read() == ()


def test_a_power_cut_at_any_byte_costs_only_the_last_record(
    mirror: Mirror, tmp_path: Path, reopened: Callable[[], Mirror]
) -> None:
    path = tmp_path / "mirror"
    mirror.append(b"1", [b"first"])
    whole = path.stat().st_size
    mirror.append(b"2", [b"second"])
    content = path.read_bytes()
    for end in range(whole, len(content)):
        path.write_bytes(content[:end])
        assert reopened().head() == b"1"
        again = reopened()
        again.append(b"2'", [b"another"])
        again.close()
        assert reopened().read() == (b"first", b"another")


def test_a_torn_beginning_is_begun_anew(tmp_path: Path, mirror: Mirror) -> None:
    (tmp_path / "mirror").write_bytes(b"yizhan")
    mirror.append(b"1", [b"first"])
    assert mirror.read() == (b"first",)


def test_a_tail_of_zeros_is_cut_off(mirror: Mirror, tmp_path: Path, reopened: Callable[[], Mirror]) -> None:
    mirror.append(b"1", [b"first"])
    with (tmp_path / "mirror").open("ab") as file:
        file.write(bytes(5_000))
    again = reopened()
    assert again.head() == b"1"
    again.append(b"2", [b"second"])
    assert reopened().read() == (b"first", b"second")


def test_a_damaged_record_in_the_middle_costs_only_itself(
    mirror: Mirror, tmp_path: Path, reopened: Callable[[], Mirror]
) -> None:
    path = tmp_path / "mirror"
    mirror.append(b"1", [b"first"])
    at = path.stat().st_size + 30
    mirror.append(b"2", [b"second"])
    mirror.append(b"3", [b"third"])
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    again = reopened()
    assert again.head() == b"3"
    assert again.read() == (b"first", b"third")


def test_it_keeps_the_newest_and_lets_the_oldest_go(tmp_path: Path) -> None:
    mirror = Mirror(tmp_path, KEY, bytes_per_file=1_000)
    facts = [f"fact {number}".encode() for number in range(200)]
    for number, fact in enumerate(facts):
        mirror.append(str(number).encode(), [fact])
        assert mirror.head() == str(number).encode()
    kept = mirror.read()
    assert kept == tuple(facts[-len(kept) :])
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert 1_000 <= sum(sizes) <= 2_100
    mirror.close()


def test_a_full_disk_is_a_trouble_and_leaves_no_half_record(
    mirror: Mirror, reopened: Callable[[], Mirror]
) -> None:
    mirror.append(b"1", [b"first"])
    with no_room_left(200), pytest.raises(DiskFull):
        mirror.append(b"2", [b"x" * 1_000])
    mirror.append(b"3", [b"third"])
    assert reopened().read() == (b"first", b"third")


class TestOnceMoreElsewhere:
    """A stick has the mirror, too, as far as it was looked at."""

    @pytest.fixture
    def stick(self, tmp_path: Path) -> Path:
        folder = tmp_path / "stick"
        folder.mkdir()
        return folder

    def test_only_what_is_new_is_written(self, mirror: Mirror, tmp_path: Path, stick: Path) -> None:
        mirror.append(b"1", [b"one"])
        follow(tmp_path, stick, "copy")
        inode = (stick / "copy").stat().st_ino
        mirror.append(b"2", [b"two"])
        follow(tmp_path, stick, "copy")
        assert (stick / "copy").read_bytes() == (tmp_path / "mirror").read_bytes()
        assert (stick / "copy").stat().st_ino == inode

    def test_it_follows_through_the_turn_of_the_files(self, tmp_path: Path, stick: Path) -> None:
        mirror = Mirror(tmp_path, KEY, bytes_per_file=300)
        for number in range(8):
            mirror.append(b"head", [b"%d" % number * 60])
            follow(tmp_path, stick, "copy")
        mirror.close()
        adopt(stick, "copy", tmp_path / "new pc")
        taken = Mirror(tmp_path / "new pc", KEY)
        assert taken.read() == Mirror(tmp_path, KEY).read()

    def test_what_was_rewritten_is_rewritten_there(self, mirror: Mirror, tmp_path: Path, stick: Path) -> None:
        mirror.append(b"1", [b"somebody", b"something"])
        follow(tmp_path, stick, "copy")
        mirror.rewrite(lambda fact: b"gone" if fact == b"somebody" else fact)
        mirror.append(b"2", [b"later" * 40])
        follow(tmp_path, stick, "copy")
        assert mirror.read() == (b"gone", b"something", b"later" * 40)
        assert mirror.head() == b"2"
        assert (stick / "copy").read_bytes() == (tmp_path / "mirror").read_bytes()

    def test_a_mirror_of_ones_own_is_not_given_up(self, mirror: Mirror, tmp_path: Path, stick: Path) -> None:
        mirror.append(b"1", [b"one"])
        follow(tmp_path, stick, "copy")
        mirror.append(b"2", [b"two"])
        adopt(stick, "copy", tmp_path)
        assert mirror.read() == (b"one", b"two")

    def test_a_stick_without_room_is_said(self, mirror: Mirror, tmp_path: Path, stick: Path) -> None:
        mirror.append(b"1", [b"one" * 2_000])
        with no_room_left(1_000), pytest.raises(DiskFull):
            follow(tmp_path, stick, "copy")
        assert not (stick / "copy").exists()
