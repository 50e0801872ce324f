"""What may be a password or a PIN."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.passwords import (
    LEAST_PASSWORD,
    LEAST_PIN,
    checked_password,
    checked_pin,
    same_form,
    same_pin,
)
from inventory.domain.sentence import Refused


@pytest.mark.parametrize("good", ["lamp over river", "وردة في الحديقة", "12345678", "pêche à l'an"])
def test_any_script_will_do(good: str) -> None:
    assert checked_password(good) == same_form(good)


@pytest.mark.parametrize("bad", ["", "short", "1234567", "aaaaaaaaaa", "tab\there too", "x" * 201])
def test_a_weak_password_is_refused_and_never_repeated(bad: str) -> None:
    with pytest.raises(Refused) as refusal:
        checked_password(bad)
    assert not bad or bad not in str(refusal.value)


@given(st.text(min_size=LEAST_PASSWORD))
def test_letters_typed_in_two_ways_are_one_password(text: str) -> None:
    assert same_form(unicodedata.normalize("NFD", text)) == same_form(text)


def test_a_pin_is_the_same_in_any_digits() -> None:
    assert checked_pin(" ٤٨٢٩٠٧ ") == "482907" == same_pin("۴۸۲۹۰۷")


@pytest.mark.parametrize(
    "bad", ["", "48290", "48290a", "111111", "123456", "987654", "4829-07", "-482907", "²²²²²³"]
)
def test_an_easy_pin_is_refused(bad: str) -> None:
    with pytest.raises(Refused):
        checked_pin(bad)


@given(st.text(alphabet="0123456789", max_size=12))
def test_a_pin_that_passes_is_long_enough_and_only_digits(text: str) -> None:
    try:
        kept = checked_pin(text)
    except Refused:
        return
    assert len(kept) >= LEAST_PIN
    assert kept.isdecimal()
