"""What rules say, and the text of people inside it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.names import LANGUAGE_CODES, Names
from inventory.domain.quotation import LONGEST, quoted
from inventory.domain.rounding import down, half_up, up
from inventory.domain.sentence import Refused, counted, sentence


def test_a_sentence_is_filled_by_name() -> None:
    assert str(sentence("{n} of {item}", n=3, item="gauze")) == "3 of gauze"
    assert str(sentence("{cover} left", cover=counted("{n} month", "{n} months", 1))) == (
        "1 month left"
    )


@pytest.mark.parametrize(
    ("n", "said"), [(0, "0 days"), (1, "1 day"), (-1, "-1 day"), (2, "2 days")]
)
def test_a_count_agrees(n: int, said: str) -> None:
    assert str(counted("{n} day", "{n} days", n)) == said


def test_a_refusal_carries_its_sentence() -> None:
    refused = Refused("Only {there} left.", there=12)
    assert str(refused) == "Only 12 left."
    assert refused.sentence == sentence("Only {there} left.", there=12)
    assert Refused(refused.sentence).sentence is refused.sentence


@pytest.mark.parametrize("code", LANGUAGE_CODES)
def test_a_name_falls_back_to_the_first_there_is(code: str) -> None:
    assert Names(en="Gauze", ar="شاش").in_language(code) == ("شاش" if code == "ar" else "Gauze")
    assert Names(ckb="گازی").in_language(code) == "گازی"
    assert str(Names()) == ""


@given(st.text(max_size=2000))
def test_quoted_text_is_short_and_harmless(text: str) -> None:
    shown = quoted(text)
    assert len(shown) <= LONGEST
    assert shown.isprintable()
    assert quoted(shown) == shown


@given(st.fractions())
def test_roundings_surround_the_value(value: Fraction) -> None:
    assert down(value) <= value <= up(value) < value + 1
    assert abs(half_up(value) - value) <= Fraction(1, 2)


def test_a_half_goes_up() -> None:
    assert [half_up(Fraction(n, 2)) for n in (-1, 1, 3, 5)] == [0, 1, 2, 3]
