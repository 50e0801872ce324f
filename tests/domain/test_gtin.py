"""Product numbers and their check digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.gtin import LENGTHS, Gtin, check_digit, parse_gtin
from inventory.domain.sentence import Refused

DIGITS = "0123456789"
ARABIC = str.maketrans(DIGITS, "٠١٢٣٤٥٦٧٨٩")


@st.composite
def numbers(draw: st.DrawFn) -> str:
    length = draw(st.sampled_from(LENGTHS))
    body = draw(st.text(DIGITS, min_size=length - 1, max_size=length - 1))
    return body + check_digit(body)


def test_the_check_digit_of_a_real_pack() -> None:
    assert check_digit("0890381998765") == "9"


@pytest.mark.parametrize("text", ["3400949497294", "03400949497294", " 3400949 497294 "])
def test_the_same_product_is_one_number(text: str) -> None:
    assert parse_gtin(text).digits == "03400949497294"


@given(numbers())
def test_every_length_becomes_fourteen_digits(number: str) -> None:
    gtin = parse_gtin(number)
    assert len(gtin.digits) == 14
    assert gtin.digits.endswith(number)
    assert parse_gtin(gtin.digits) == gtin
    assert parse_gtin(number.translate(ARABIC)) == gtin


@given(numbers(), st.data())
def test_a_single_wrong_digit_is_always_caught(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(number) - 1))
    wrong = data.draw(st.sampled_from([d for d in DIGITS if d != number[place]]))
    with pytest.raises(Refused, match=r"The last digit should be \d\. Check the pack\."):
        parse_gtin(number[:place] + wrong + number[place + 1 :])


@given(numbers(), st.data())
def test_exchanged_neighbours_are_caught_unless_they_differ_by_five(
    number: str, data: st.DataObject
) -> None:
    """The one weakness of the check digit, known and pinned."""
    place = data.draw(st.integers(0, len(number) - 2))
    one, two = number[place], number[place + 1]
    exchanged = number[:place] + two + one + number[place + 2 :]
    if (int(one) - int(two)) % 5:
        with pytest.raises(Refused):
            parse_gtin(exchanged)
    else:
        assert parse_gtin(exchanged)


@pytest.mark.parametrize("text", ["", "123", "1234567890", "629110008123X", "²" * 13, "-", "😀"])
def test_other_text_is_no_product_code(text: str) -> None:
    with pytest.raises(Refused, match="is not a product code"):
        parse_gtin(text)


def test_the_right_last_digit_is_said() -> None:
    with pytest.raises(Refused) as refused:
        parse_gtin("6291100081235")
    assert str(refused.value) == "The last digit should be 3. Check the pack."


@pytest.mark.parametrize(
    ("body", "restricted"),
    [
        ("200000000001", True),
        ("0200000000001", True),
        ("0040000000001", True),
        ("629110008123", False),
        ("0034000949497", False),
        ("2000001", True),
        ("9638507", False),
    ],
)
def test_in_store_numbers_are_known(body: str, restricted: bool) -> None:
    assert parse_gtin(body + check_digit(body)).restricted is restricted


def test_a_bigger_pack_is_another_number() -> None:
    box, carton = parse_gtin("6291100081233"), parse_gtin("1629110008123" + "0")
    assert (box.level, carton.level) == (0, 1)
    assert box != carton


@pytest.mark.parametrize("digits", ["6291100081233", "06291100081234", "0629110008123x"])
def test_a_gtin_cannot_be_made_wrong(digits: str) -> None:
    with pytest.raises(ValueError, match=r"14 digits|check digit"):
        Gtin(digits)
