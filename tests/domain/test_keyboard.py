"""Keys of a US scanner on a computer that writes another script."""

from __future__ import annotations

import pytest

from inventory.domain.keyboard import LAYOUTS, by_position, typed_under_another_layout


@pytest.mark.parametrize(
    "typed",
    ["0106291ِلآؤ-ظ21ْ", "٠١٠٦٢٩١ِلآؤ-ظ٢١ْ", "0106291ِﻵؤ-ظ21ْ", "٠١٠٦٢٩١آىج-/٢١ص"],
)
def test_measured_keyboards_are_understood(typed: str) -> None:
    assert typed_under_another_layout(typed)
    meant = "0106291AbC-/21X" if "ج" in typed else "0106291ABc-/21X"
    assert {meant.lower()} <= {found.lower() for found in by_position(typed)}


@pytest.mark.parametrize("typed", ["", "0106291", "٠١٠٦", "amoxicillin", "à&à-éç&QBc)!é&X"])
def test_other_text_is_not_decoded(typed: str) -> None:
    assert not typed_under_another_layout(typed)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_letter_can_be_typed(name: str) -> None:
    letters = {key for key in LAYOUTS[name].values() if key.isalpha()}
    assert {letter.lower() for letter in letters} == set("abcdefghijklmnopqrstuvwxyz")


def test_signs_in_place_of_letters_give_the_keyboard_away() -> None:
    assert typed_under_another_layout("010629110008123310}12{")
    assert "010629110008123310C12V" in by_position("010629110008123310}12{")
    assert not typed_under_another_layout("]d2010629110008123310A{GS}21B")


def test_what_no_layout_explains_is_left_out() -> None:
    assert list(by_position("ITM-é")) == []
