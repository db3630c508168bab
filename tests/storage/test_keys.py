from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.passphrases import PassphraseRule, WeakPassphrase
from app.domain.recovery import RecoveryCode, read_recovery_code
from app.storage.disk import DiskFull
from app.storage.keys import (
    FULL_COST,
    TRIES,
    Keys,
    KeysDamaged,
    KeysFromSpare,
    KeysMissing,
    NoSuchStaff,
    SignInLocked,
    WrongPassphrase,
    WrongRecoveryCode,
    new_database_key,
    new_recovery_code,
    spare_of,
)
from tests.support.databases import CHEAP, KEY
from tests.support.faults import no_room_left

NOW = datetime(2026, 4, 8, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WANG, LI = "0" * 31 + "1", "0" * 31 + "2"
GOOD, OTHER = "驿站chuntian", "longer than twelve"


class Steady:
    """A clock that nobody can set: it stands until the test moves it."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture
def code(path: Path) -> RecoveryCode:
    keys, code = Keys.create(path, KEY, now=NOW, cost=CHEAP)
    keys.put(WANG, "王秀英", "clerk", GOOD, KEY)
    return code


@pytest.fixture
def keys(path: Path, code: RecoveryCode, steady: Steady) -> Keys:
    return Keys.open(path, cost=CHEAP, steady_s=steady)


def fail(keys: Keys, times: int, at: datetime = NOW) -> None:
    for _ in range(times):
        with pytest.raises((WrongPassphrase, SignInLocked)):
            keys.unlock(WANG, "wrong passphrase", at)


# ------------------------------------------------------------------------------------------------------
# passphrases


def test_the_passphrase_gives_the_key(keys: Keys) -> None:
    assert keys.unlock(WANG, GOOD, NOW) == KEY


def test_a_wrong_passphrase_says_how_many_tries_are_left(keys: Keys) -> None:
    left = []
    for _ in range(TRIES - 1):
        with pytest.raises(WrongPassphrase) as refused:
            keys.unlock(WANG, f"{GOOD} ", NOW)
        left.append(refused.value.tries_left)
        assert refused.value.field == "passphrase"
    assert left == [4, 3, 2, 1]


def test_full_cost_opens_as_well(path: Path) -> None:
    keys, _ = Keys.create(path, KEY, now=NOW)
    keys.put(WANG, "王秀英", "clerk", GOOD, KEY)
    assert (FULL_COST.memory_kib, FULL_COST.passes, FULL_COST.lanes) == (65_536, 3, 1)
    assert Keys.open(path).unlock(WANG, GOOD, NOW) == KEY


def test_every_wrap_has_its_own_salt_and_cost(path: Path, keys: Keys) -> None:
    keys.put(LI, "李建国", "auditor", GOOD, KEY)
    entries = json.loads(path.read_text())["content"]["staff"]
    assert len({entry["wrap"]["salt"] for entry in entries}) == 2
    assert entries[0]["wrap"]["cost"] == {"memory_kib": 64, "passes": 1, "lanes": 1}


def test_neither_key_nor_passphrase_stands_in_the_file(path: Path, keys: Keys, code: RecoveryCode) -> None:
    text = path.read_text()
    for secret in (KEY.hex(), GOOD, code.characters):
        assert secret not in text


def test_the_same_text_typed_in_parts_is_the_same_passphrase(keys: Keys) -> None:
    keys.put(LI, "李建国", "clerk", unicodedata.normalize("NFD", "Café-Ångström"), KEY)
    assert keys.unlock(LI, unicodedata.normalize("NFC", "Café-Ångström"), NOW) == KEY


def test_a_wrap_moved_to_another_name_does_not_open(path: Path, keys: Keys) -> None:
    keys.put(LI, "李建国", "administrator", OTHER, KEY)
    entries = keys._content.staff
    entries[1].wrap = entries[0].wrap
    with pytest.raises(WrongPassphrase):
        keys.unlock(LI, GOOD, NOW)


def test_changing_a_passphrase_wraps_the_same_key_anew(path: Path, keys: Keys) -> None:
    keys.change_passphrase(WANG, GOOD, OTHER, NOW)
    again = Keys.open(path, cost=CHEAP)
    assert again.unlock(WANG, OTHER, NOW) == KEY
    with pytest.raises(WrongPassphrase):
        again.unlock(WANG, GOOD, NOW)


def test_changing_needs_the_old_passphrase(keys: Keys) -> None:
    with pytest.raises(WrongPassphrase):
        keys.change_passphrase(WANG, OTHER, OTHER, NOW)
    assert keys.unlock(WANG, GOOD, NOW) == KEY


def test_changing_to_a_weak_passphrase_keeps_the_old_one(keys: Keys) -> None:
    with pytest.raises(WeakPassphrase) as refused:
        keys.change_passphrase(WANG, GOOD, "1234567", NOW)
    assert refused.value.broken == tuple(PassphraseRule)
    assert keys.unlock(WANG, GOOD, NOW) == KEY


def test_staff_come_in_under_name_and_role_and_go(path: Path, keys: Keys) -> None:
    keys.put(LI, "李建国", "clerk", OTHER, KEY)
    keys.label(LI, "李建国", "administrator")
    keys.remove(WANG)
    again = Keys.open(path, cost=CHEAP)
    assert [(t.staff, t.name, t.role, t.locked_minutes) for t in again.tiles(NOW)] == [
        (LI, "李建国", "administrator", 0)
    ]
    with pytest.raises(NoSuchStaff):
        again.unlock(WANG, GOOD, NOW)
    assert again.unlock(LI, OTHER, NOW) == KEY


# ---------------------------------------------------------------------------------------------------------
# the lock


def test_five_wrong_ones_lock_the_tile_for_a_quarter_of_an_hour(keys: Keys) -> None:
    fail(keys, TRIES - 1)
    with pytest.raises(SignInLocked) as refused:
        keys.unlock(WANG, "wrong passphrase", NOW)
    assert refused.value.minutes == 15
    with pytest.raises(SignInLocked) as refused:
        keys.unlock(WANG, GOOD, NOW + 14 * MINUTE + timedelta(seconds=1))
    assert refused.value.minutes == 1
    assert keys.tiles(NOW + 5 * MINUTE)[0].locked_minutes == 10
    assert keys.unlock(WANG, GOOD, NOW + 15 * MINUTE) == KEY


def test_after_the_lock_there_are_five_tries_again(keys: Keys) -> None:
    fail(keys, TRIES)
    with pytest.raises(WrongPassphrase) as refused:
        keys.unlock(WANG, "wrong passphrase", NOW + 15 * MINUTE)
    assert refused.value.tries_left == 4


def test_the_others_are_not_locked(keys: Keys) -> None:
    keys.put(LI, "李建国", "clerk", OTHER, KEY)
    fail(keys, TRIES)
    assert keys.unlock(LI, OTHER, NOW) == KEY


def test_wrong_tries_and_the_lock_survive_a_restart(path: Path, keys: Keys) -> None:
    fail(keys, TRIES - 1)
    again = Keys.open(path, cost=CHEAP)
    with pytest.raises(SignInLocked):
        again.unlock(WANG, "wrong passphrase", NOW)
    with pytest.raises(SignInLocked):
        Keys.open(path, cost=CHEAP).unlock(WANG, GOOD, NOW + MINUTE)


def test_the_right_passphrase_forgives_the_wrong_ones_for_good(path: Path, keys: Keys) -> None:
    fail(keys, TRIES - 1)
    keys.unlock(WANG, GOOD, NOW)
    with pytest.raises(WrongPassphrase) as refused:
        Keys.open(path, cost=CHEAP).unlock(WANG, "wrong passphrase", NOW)
    assert refused.value.tries_left == TRIES - 1


def test_setting_the_clock_back_opens_nothing_earlier(path: Path, keys: Keys) -> None:
    fail(keys, TRIES)
    for at in (NOW - timedelta(days=400), NOW - MINUTE, NOW + 14 * MINUTE):
        with pytest.raises(SignInLocked):
            keys.unlock(WANG, GOOD, at)
        with pytest.raises(SignInLocked):
            Keys.open(path, cost=CHEAP).unlock(WANG, GOOD, at)


def test_a_clock_set_back_before_the_fifth_try_shortens_nothing(keys: Keys) -> None:
    fail(keys, TRIES - 1)
    fail(keys, 1, at=NOW - timedelta(hours=1))
    with pytest.raises(SignInLocked):
        keys.unlock(WANG, GOOD, NOW + 14 * MINUTE)


def test_a_clock_years_off_locks_nobody_out_for_longer(keys: Keys, steady: Steady) -> None:
    fail(keys, TRIES, at=NOW + timedelta(days=2_000))
    steady.seconds += 14 * 60
    with pytest.raises(SignInLocked) as refused:
        keys.unlock(WANG, GOOD, NOW)
    assert refused.value.minutes == 1
    steady.seconds += 60
    assert keys.unlock(WANG, GOOD, NOW) == KEY


def test_a_new_passphrase_from_the_administrator_opens_a_locked_tile(keys: Keys) -> None:
    fail(keys, TRIES)
    keys.put(WANG, "王秀英", "clerk", OTHER, KEY)
    assert keys.unlock(WANG, OTHER, NOW) == KEY


# ------------------------------------------------------------------------------------------------- the
# recovery code


def test_the_recovery_code_opens_as_somebody_types_it_from_paper(keys: Keys, code: RecoveryCode) -> None:
    typed = "\n".join(code.lines()).lower().replace("0", "o").replace("1", "l")
    assert keys.unlock_by_recovery(read_recovery_code(typed)) == KEY


def test_a_sheet_printed_before_anything_was_made_opens(path: Path) -> None:
    printed = new_recovery_code()
    Keys.create(path, KEY, now=NOW, cost=CHEAP, code=printed)
    assert Keys.open(path, cost=CHEAP).unlock_by_recovery(printed) == KEY


def test_another_sheet_does_not_open(keys: Keys) -> None:
    with pytest.raises(WrongRecoveryCode):
        keys.unlock_by_recovery(new_recovery_code())


def test_a_new_sheet_makes_the_old_one_void(path: Path, keys: Keys, code: RecoveryCode) -> None:
    new = keys.renew_recovery(KEY)
    again = Keys.open(path, cost=CHEAP)
    assert again.unlock_by_recovery(new) == KEY
    with pytest.raises(WrongRecoveryCode):
        again.unlock_by_recovery(code)


# ---------------------------------------------------------------------------------------------------------
# the file


def test_a_damaged_file_is_mended_from_its_spare_and_says_so_once(path: Path, code: RecoveryCode) -> None:
    path.write_bytes(path.read_bytes().replace(b'"clerk"', b'"admin"'))
    keys = Keys.open(path, cost=CHEAP)
    assert keys.notice is not None
    assert keys.tiles(NOW)[0].role == "clerk"
    assert keys.unlock(WANG, GOOD, NOW) == KEY
    assert Keys.open(path, cost=CHEAP).notice is None


@pytest.mark.parametrize("rest", [b"", b"{", b"\0" * 400, b'{"sha256":"","content":{}}'])
def test_a_torn_file_is_mended_too(path: Path, code: RecoveryCode, rest: bytes) -> None:
    path.write_bytes(rest)
    assert Keys.open(path, cost=CHEAP).unlock_by_recovery(code) == KEY


def test_a_file_that_is_gone_comes_back_from_its_spare(path: Path, code: RecoveryCode) -> None:
    path.unlink()
    assert Keys.open(path, cost=CHEAP).notice is not None
    assert path.exists()


def test_a_damaged_spare_is_made_anew_without_a_word(path: Path, code: RecoveryCode) -> None:
    spare_of(path).write_bytes(b"")
    assert Keys.open(path, cost=CHEAP).notice is None
    assert spare_of(path).read_bytes() == path.read_bytes()


def test_nothing_readable_is_a_trouble(path: Path, code: RecoveryCode) -> None:
    path.write_bytes(b"")
    spare_of(path).write_bytes(b"")
    with pytest.raises(KeysDamaged):
        Keys.open(path)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cost", {"memory_kib": 2**31, "passes": 1, "lanes": 1}),
        ("cost", {"memory_kib": 64, "passes": 10**6, "lanes": 1}),
        ("cost", {"memory_kib": 64, "passes": 1, "lanes": 0}),
        ("salt", ""),
        ("nonce", ""),
    ],
)
def test_a_file_that_asks_for_the_impossible_is_damaged(
    path: Path, code: RecoveryCode, field: str, value: object
) -> None:
    """Somebody who writes the file can make its checksum fit, too."""
    content = json.loads(path.read_text())["content"]
    content["staff"][0]["wrap"][field] = value
    text = json.dumps(content)
    checksum = hashlib.sha256(text.encode()).hexdigest()
    path.write_text(f'{{"sha256":"{checksum}","content":{text}}}')
    keys = Keys.open(path, cost=CHEAP)
    assert isinstance(keys.notice, KeysFromSpare)
    assert keys.unlock(WANG, GOOD, NOW) == KEY


def test_no_file_at_all_is_another_trouble(path: Path) -> None:
    with pytest.raises(KeysMissing):
        Keys.open(path)


def test_damaging_the_file_brings_back_neither_a_person_nor_a_passphrase_nor_tries(
    path: Path, keys: Keys
) -> None:
    keys.put(LI, "李建国", "clerk", OTHER, KEY)
    keys.remove(LI)
    keys.change_passphrase(WANG, GOOD, OTHER, NOW)
    fail(keys, 2)
    path.write_bytes(b"")
    again = Keys.open(path, cost=CHEAP)
    assert [tile.staff for tile in again.tiles(NOW)] == [WANG]
    with pytest.raises(WrongPassphrase) as refused:
        again.unlock(WANG, GOOD, NOW)
    assert refused.value.tries_left == 2


def test_keys_are_never_made_over_others(path: Path, code: RecoveryCode) -> None:
    with pytest.raises(FileExistsError):
        Keys.create(path, new_database_key(), now=NOW, cost=CHEAP)
    assert Keys.open(path, cost=CHEAP).unlock_by_recovery(code) == KEY


def test_a_full_disk_keeps_the_keys_that_were(path: Path, keys: Keys) -> None:
    before = path.read_bytes()
    with no_room_left(), pytest.raises(DiskFull):
        keys.put(LI, "李建国", "clerk", OTHER, KEY)
    assert path.read_bytes() == before
    assert Keys.open(path, cost=CHEAP).unlock(WANG, GOOD, NOW) == KEY


def test_new_keys_are_random() -> None:
    assert len(new_database_key()) == 32
    assert new_database_key() != new_database_key()
    assert len({new_recovery_code().characters for _ in range(100)}) == 100
