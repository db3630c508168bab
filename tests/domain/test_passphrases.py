from __future__ import annotations

import pytest

from app.domain.passphrases import is_guessed_first


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
