"""What an item may be."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.item import Barcode, ItemDraft, check_characters, check_code
from inventory.domain.names import Names
from inventory.domain.sentence import Refused

GOOD = ItemDraft("PCM500", Names("Paracetamol 500 mg tablet"), "medicine", "tablet")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"code": ""}, "needs a code"),
        ({"code": "A B"}, "no spaces"),
        ({"code": "A\u00a0B"}, "no spaces|cannot be printed"),
        ({"code": "x" * 33}, "longer than 32"),
        ({"code": "A\u202eB"}, "turns text around"),
        ({"names": Names()}, "at least one language"),
        ({"names": Names(fr="x" * 201)}, "longer than 200"),
        ({"names": Names(ar="أ\0ب")}, "cannot be printed"),
        ({"names": Names(ar="أ\u2067ب")}, "turns text around"),
        ({"names": Names("\ud800")}, "cannot be printed"),
        ({"names": Names("a\u2028b")}, "cannot be printed"),
        ({"kind": "spaceship"}, "no kind of item called spaceship"),
        ({"unit": "furlong"}, "no unit called furlong"),
        ({"unit": ""}, "no unit called"),
        ({"pack_size": 0}, "between 1 and"),
        ({"pack_size": 10**6 + 1}, "between 1 and"),
        ({"packs": (10, -1)}, "between 1 and"),
        ({"barcodes": (Barcode("", 1),)}, "cannot be kept"),
        ({"barcodes": (Barcode("x" * 201, 1),)}, "cannot be kept"),
        ({"barcodes": (Barcode("a\nb", 1),)}, "cannot be kept"),
        ({"barcodes": (Barcode("12345", 0),)}, "between 1 and"),
        ({"ven": "X"}, "V, E or N"),
        ({"strength": "x" * 101}, "longer than 100"),
        ({"storage": "cold\x07"}, "cannot be printed"),
        ({"substitutes": ("A B",)}, "no spaces"),
        ({"min_months": Fraction(-1)}, "between 0 and"),
        ({"max_months": Fraction(61)}, "between 0 and"),
        ({"min_months": Fraction(3), "max_months": Fraction(2)}, "smallest stock is above"),
    ],
)
def test_a_wrong_item_cannot_be_made(change: dict[str, object], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        replace(GOOD, **change)  # type: ignore[arg-type]


def test_a_full_item_can() -> None:
    item = ItemDraft(
        "د-500/ب", Names("Emoji 💊 µg", "شاش طبي", "دەرمانی می\u200cخوار", "Gélule à l’unité"),
        "vaccine", "dose", 10, (1, 50), (Barcode("06281086012345", 10), Barcode("IQ-77", 1)), "V",
        "x" * 200, "10 %", "injection", "2-8 °C", "narcotic", ("PCM500",), Fraction(1, 2),
        Fraction(60),
    )  # fmt: skip
    assert item.names.ckb == "دەرمانی می\u200cخوار"


@given(st.text(max_size=40))
def test_a_code_passes_or_is_refused_with_a_sentence(text: str) -> None:
    try:
        check_code(text)
    except Refused as no:
        text, said = "", str(no)
        assert_sentence(said)
    assert not any(letter.isspace() or letter < " " for letter in text)


def assert_sentence(said: str) -> None:
    assert said.endswith(".")


@given(st.characters(categories=("Cc", "Cs", "Cn", "Zl", "Zp")))
def test_no_control_character_passes(letter: str) -> None:
    with pytest.raises(Refused):
        check_characters(f"a{letter}b")
