"""The paper key: whatever way it is typed, it means the same bits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from inventory.domain.sentence import Refused
from inventory.storage.paper_words import paper_key, secret_of

SECRETS = st.binary(min_size=16, max_size=16)
DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９")
BETWEEN = (" ", "  ", "\n", ", ", "،", ";\t", "؛ ", ". ")


@given(SECRETS, st.sampled_from(DIGITS), st.sampled_from(BETWEEN), st.data())
def test_words_and_numbers_are_the_same_key(
    secret: bytes, digits: str, between: str, data: st.DataObject
) -> None:
    paper = paper_key(secret)
    numbers = [n.translate(str.maketrans(DIGITS[0], digits)) for n in paper.numbers]
    cases = [word.upper() if data.draw(st.booleans()) else word.title() for word in paper.words]
    mixed = [data.draw(st.sampled_from(pair)) for pair in zip(cases, numbers, strict=True)]
    for typed in (cases, numbers, mixed, [n.lstrip("0") for n in paper.numbers]):
        assert secret_of(f" {between.join(typed)}\u200f ") == secret
    assert secret_of(paper.qr_text) == secret_of(paper.qr_text.lower()) == secret
    assert len(paper.words) == len(paper.numbers) == 12


def test_it_is_what_other_programs_know() -> None:
    assert " ".join(paper_key(bytes(16)).words) == "abandon " * 11 + "about"
    assert Mnemonic("english").check(" ".join(paper_key(bytes(range(16))).words))


@given(SECRETS, st.integers(0, 11), st.sampled_from(["abandn", "0", "2049", "99999999999", "كلمة"]))
def test_a_wrong_word_is_named_by_its_place_alone(secret: bytes, place: int, wrong: str) -> None:
    words = list(paper_key(secret).words)
    words[place] = wrong
    with pytest.raises(Refused) as refusal:
        secret_of(" ".join(words))
    assert str(refusal.value) == f"Word {place + 1} is not in the list."


@given(SECRETS, st.integers(0, 11), st.integers(1, 2047))
def test_a_word_for_another_is_noticed_or_is_another_key(
    secret: bytes, place: int, step: int
) -> None:
    numbers = [int(number) for number in paper_key(secret).numbers]
    numbers[place] = (numbers[place] - 1 + step) % 2048 + 1
    typed = " ".join(map(str, numbers))
    if Mnemonic("english").check(" ".join(words_at(numbers))):
        assert secret_of(typed) != secret
    else:
        with pytest.raises(Refused, match="do not fit together"):
            secret_of(typed)


def words_at(numbers: list[int]) -> list[str]:
    words = Mnemonic("english").wordlist
    return [words[number - 1] for number in numbers]


@pytest.mark.parametrize("text", ["", "abandon", "abandon " * 13, "AMANA KEY 1"])
def test_twelve_are_needed(text: str) -> None:
    with pytest.raises(Refused, match="12 words"):
        secret_of(text)


@given(st.text(max_size=200))
def test_any_other_text_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Refused):
        secret_of(text)
