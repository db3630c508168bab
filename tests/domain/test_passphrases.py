from __future__ import annotations

import pytest

from app.domain.passphrases import (
    PassphraseRule,
    WeakPassphrase,
    check_passphrase,
    is_guessed_first,
    passphrase_rules,
)


@pytest.mark.parametrize(
    "passphrase",
    [
        "",
        "abc12345",
        "Password1",
        "p@ssw0rd!",
        "qwer1234",
        "1qaz2wsx",
        "Aa123456",
        "aaaaaaaa1",
        "admin888",
        "woaini1314",
        "woaini5201314",
        "yizhan2026",
        "驿站yizhan",
        "zhiyuanzhe123",
        "987654321a",
        "asdfghjkl;",
        "ｑｗｅｒ１２３４",
        "wang1234",
        "abcdefghijkl",
        "123456123456",
    ],
)
def test_what_all_the_world_uses_is_guessed_first(passphrase: str) -> None:
    assert is_guessed_first(passphrase)


@pytest.mark.parametrize(
    "passphrase",
    ["Chunfeng-2026", "yunxi-demo", "春天的桃源村有花", "kvmtqxlp", "7 棵桂花树", "correct horse"],
)
def test_what_somebody_made_up_is_not(passphrase: str) -> None:
    assert not is_guessed_first(passphrase)


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("", set(PassphraseRule)),
        ("guihua7", {PassphraseRule.LONG_ENOUGH}),
        ("guihuashu", {PassphraseRule.MIXED_OR_LONG}),
        ("70416283", {PassphraseRule.MIXED_OR_LONG}),
        ("桃源村里桂花香了", {PassphraseRule.MIXED_OR_LONG}),
        ("guihuaxiangle", set()),
        ("Guihuaxi", set()),
        ("guihuax1", set()),
        ("桃源村里桂花香1", set()),
        ("abc12345", {PassphraseRule.NOT_EASY}),
        ("12345678", {PassphraseRule.MIXED_OR_LONG, PassphraseRule.NOT_EASY}),
        ("ouyang NAna ouyang", {PassphraseRule.NOT_EASY}),
    ],
)
def test_passphrase_rules_tick_one_by_one(text: str, broken: set[PassphraseRule]) -> None:
    rules = passphrase_rules(text, "Ouyang Nana Ouyang")
    assert [rule for rule, _ in rules] == list(PassphraseRule)
    assert {rule for rule, kept in rules if not kept} == broken


def test_a_weak_one_is_refused_with_the_rules_it_breaks() -> None:
    check_passphrase("guihuax1", "沈静")
    with pytest.raises(WeakPassphrase) as refused:
        check_passphrase("70416283", "沈静")
    assert (refused.value.broken, refused.value.field) == ((PassphraseRule.MIXED_OR_LONG,), "passphrase")
