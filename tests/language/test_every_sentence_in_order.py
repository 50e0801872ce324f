"""Whatever fills a sentence, in Arabic and Kurdish it is seen in its own order.

Every sentence of the program is filled with a batch, a date, an expiry and a negative number in
turn, laid out by the Unicode bidirectional algorithm, and the value looked for as the eye sees it.
"""

from __future__ import annotations

from datetime import date

import pytest

from inventory.domain.expiry import Expiry
from inventory.domain.sentence import Sentence
from inventory.language import Language, language
from inventory.language.placeholders import placeholders
from inventory.language.sources import Message, read_sources
from tests.language.display import seen

FILLED = [message for message in read_sources().messages.values() if placeholders(message.one)]

# A value, and what must be read from left to right wherever it stands.
VALUES: tuple[tuple[object, str], ...] = (
    ("12-34/A", "12-34/A"),
    ("2026-11-20", "2026-11-20"),
    (Expiry.of_month(2027, 3), "03/2027"),
    (-1204, "−1,204"),
)


def told(words: Language, message: Message, value: object, n: int = 12) -> str:
    names = placeholders(message.one) | placeholders(message.many or "")
    values = dict.fromkeys(names - ({"n"} if message.many else set()), value)
    return words.tell(Sentence(message.one, values, message.many, n if message.many else None))


@pytest.mark.parametrize("code", ["ar", "ckb"])
@pytest.mark.parametrize(("value", "text"), VALUES)
def test_values_are_seen_in_their_own_order(code: str, value: object, text: str) -> None:
    words = language(code)
    wrong = [
        message.one
        for message in FILLED
        if placeholders(message.one) - {"n"} and text not in seen(told(words, message, value))
    ]
    assert wrong == []


@pytest.mark.parametrize("code", ["ar", "ckb"])
def test_dates_in_words_read_from_the_right(code: str) -> None:
    words = language(code)
    day = date(2027, 3, 31)
    spoken = seen(words.date(day))
    wrong = [
        message.one
        for message in FILLED
        if placeholders(message.one) - {"n"} and spoken not in seen(told(words, message, day))
    ]
    assert wrong == []


@pytest.mark.parametrize("code", ["en", "ar", "ckb", "fr"])
@pytest.mark.parametrize("n", [0, 1, 2, 5, 11, 100])
def test_every_number_finds_its_form(code: str, n: int) -> None:
    words = language(code)
    for message in FILLED:
        if message.many:
            assert told(words, message, "AM1187", n)
