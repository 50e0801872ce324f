"""Passwords are kept as argon2id, and never for less than the floor."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.storage.passwords import FLOOR, Cost, fits, hash_password


def test_the_program_never_hashes_below_the_floor() -> None:
    """In a process of its own: the tests around this one hash for less."""
    made = subprocess.run(
        [sys.executable, "-c",
         "from inventory.storage.passwords import hash_password; print(hash_password('x' * 8))"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert made.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert Cost(65536, 3, 4) == FLOOR


@settings(max_examples=20)
@given(st.text(max_size=40), st.text(max_size=40))
def test_only_the_same_text_fits(text: str, other: str) -> None:
    hashed = hash_password(text)
    assert fits(hashed, text)
    assert fits(hashed, other) is (text == other)


def test_two_people_with_one_password_are_kept_differently() -> None:
    assert hash_password("same words") != hash_password("same words")


@pytest.mark.parametrize("hashed", ["", "nonsense", "$argon2id$v=19$m=8,t=1,p=1$aaaa$bbbb"])
@pytest.mark.parametrize("text", ["", "anything"])
def test_nothing_fits_a_hash_that_is_none(hashed: str, text: str) -> None:
    assert not fits(hashed, text)
