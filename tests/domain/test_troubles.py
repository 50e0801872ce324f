"""Every trouble says what happened, what is safe and what to do now, calmly and in full."""

from __future__ import annotations

import pytest

from inventory.domain.sentence import Refused
from inventory.domain.troubles import TROUBLES, Act, Trouble

SENTENCES = [
    (trouble, text)
    for trouble, row in TROUBLES.items()
    for text in (row.happened, row.safe, row.do_now)
]


def test_every_trouble_has_its_row() -> None:
    assert set(TROUBLES) == set(Trouble)


@pytest.mark.parametrize(("trouble", "text"), SENTENCES)
def test_its_words_are_whole_calm_sentences(trouble: Trouble, text: str) -> None:
    assert text[0].isupper()
    assert text.endswith(".")
    assert "!" not in text
    assert "{" not in text
    assert len(text) <= 160


def test_titles_are_short_and_tell_them_apart() -> None:
    titles = [row.title for row in TROUBLES.values()]
    assert len(set(titles)) == len(titles)
    assert all(len(title) <= 50 and not title.endswith(".") for title in titles)


def test_every_page_offers_something_and_every_act_is_offered_somewhere() -> None:
    assert all(row.acts for row in TROUBLES.values())
    assert {act for row in TROUBLES.values() for act in row.acts} == set(Act)


def test_a_refusal_may_carry_its_trouble() -> None:
    assert Refused("No.").trouble is None
    assert Refused("No.").because(Trouble.NEWER).trouble is Trouble.NEWER
