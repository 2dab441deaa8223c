"""Passwords: what one must be, and that only the very one opens."""

from __future__ import annotations

import pytest

from tocsin.errors import AccountError
from tocsin.people.keys import KEY_PREFIX, digest_of, new_key, new_token_id
from tocsin.people.passwords import check_password, hash_password, verify_password

PASSWORD = "a tall lamp in the hall"


def test_a_hash_opens_to_its_password_alone() -> None:
    kept = hash_password(PASSWORD)
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept
    assert verify_password(kept, PASSWORD)
    assert not verify_password(kept, PASSWORD + " ")
    assert not verify_password(kept, "")
    assert kept != hash_password(PASSWORD), "each hash has a salt of its own"


def test_a_password_is_the_same_however_it_was_typed() -> None:
    assert verify_password(
        hash_password("caf\u00e9 in the old harbour"), "cafe\u0301 in the old harbour"
    )


def test_nobody_and_nonsense_open_nothing() -> None:
    assert not verify_password(None, PASSWORD)
    assert not verify_password("not a hash", PASSWORD)
    assert not verify_password(hash_password(PASSWORD), PASSWORD * 1_000)
    assert not verify_password(hash_password(PASSWORD), "\ud800" * 20)


@pytest.mark.parametrize(
    "password", ["", "short", "fourteen chars", "a" * 40, "ab" * 20, "x1" * 200]
)
def test_poor_passwords_are_refused(password: str) -> None:
    with pytest.raises(AccountError, match="characters"):
        check_password("ada", password)


def test_a_sentence_is_a_password() -> None:
    check_password("ada", PASSWORD)


def test_keys_differ_and_their_digests_do_not_show_them() -> None:
    keys = {new_key(KEY_PREFIX) for _ in range(50)}
    assert len(keys) == 50
    assert all(key.startswith(KEY_PREFIX) and len(key) >= 43 for key in keys)
    assert all(digest_of(key) == digest_of(key) and key not in digest_of(key) for key in keys)
    assert new_token_id() != new_token_id()
