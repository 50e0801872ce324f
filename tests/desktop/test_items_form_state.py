"""What is typed in the form of an item: kept, read, and refused field by field."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from desktop.pages.items.form_reader import Unfinished, read_form
from desktop.pages.items.form_state import FormState, asked, blank, of_body, of_form
from inventory.domain.item import Barcode, ItemDraft
from inventory.domain.item_form import ItemForm, OtherCode
from inventory.domain.item_kinds import KINDS
from inventory.domain.names import Names
from inventory.domain.packing import Rounding

EAN, GTIN = "6281086012345", "06281086012345"
DRAFT = ItemDraft(
    "PCM", Names("Paracetamol", "باراسيتامول", "پاراسیتامۆڵ", "Paracétamol"), "medicine", "tablet",
    1000, (20, 100), (Barcode(GTIN, 20), Barcode("WARD-7", 1000)), "E", "Paracetamol", "500 mg",
    "tablet", "room", "", ("IBU",), Fraction(3, 2), Fraction(4),
)  # fmt: skip
FORM = ItemForm(
    DRAFT, {1000: 6000, 20: 250}, "DoH Nineveh", Rounding.UP, 14, 30, (OtherCode("WHO", "N02"),)
)
FUEL = ItemForm(
    ItemDraft("DSL", Names("Diesel"), "fuel", "litre", 2000, (205,), (Barcode("CAN", 205),))
)


def written(**words: str) -> FormState:
    """A form that could be saved, with these words in place of its own."""
    made = blank()
    made.words.update({"code": "X1", "name_en": "Something", **words})
    return made


def wrong(state: FormState) -> dict[str, str]:
    """The sentence under every wrong field."""
    with pytest.raises(Unfinished) as unfinished:
        read_form(state)
    return {key: str(words) for key, words in unfinished.value.wrong.items()}


@pytest.mark.parametrize("form", [FORM, FUEL], ids=["medicine", "fuel"])
def test_an_item_comes_back_from_its_form_unchanged(form: ItemForm) -> None:
    assert read_form(of_form(form, 7)) == form


@pytest.mark.parametrize("form", [FORM, FUEL], ids=["medicine", "fuel"])
def test_a_form_comes_back_from_its_draft_unchanged(form: ItemForm) -> None:
    state = of_form(form, 7)
    kept = of_body(json.loads(json.dumps(state.body())))
    assert kept.same_as(state)
    assert kept.item_id == 7


def test_a_litre_is_ten_smallest_units() -> None:
    state = of_form(FUEL, 1)
    assert state.packs == [["200", ""], ["20.5", ""]]
    assert state.barcodes == [["CAN", "20.5"]]


@pytest.mark.parametrize("body", [None, [], {"words": 3}, {"packs": 5, "item": "x"}])
def test_a_draft_nobody_can_read_is_an_empty_form(body: object) -> None:
    assert of_body(body).word("code") == ""
    assert of_body(body).item_id is None


def test_traits_decide_what_is_asked() -> None:
    assert {"inn", "strength", "form", "storage", "controlled"} <= asked(KINDS["medicine"])
    assert "controlled" not in asked(KINDS["vaccine"])
    assert not {"inn", "controlled"} & asked(KINDS["supply"])
    assert not {"storage", "inn"} & asked(KINDS["fuel"])
    assert all({"code", "name_ar", "ven", "supplier"} <= asked(kind) for kind in KINDS.values())


def test_a_new_kind_brings_its_own_unit_until_somebody_chose_one() -> None:
    state = blank()
    state.set_word("kind", "fuel")
    assert state.word("unit") == "litre"
    state.set_word("unit", "can")
    state.set_word("kind", "supply")
    assert state.word("unit") == "can"


def test_numbers_are_read_in_any_digits() -> None:
    state = written(min_months="١٫٥", max_months="3", lead_days="١٤")
    state.packs = [["١٠٠", "6,000"], ["", ""], ["1 000", ""]]
    form = read_form(state)
    assert (form.draft.pack_size, form.draft.packs, form.prices) == (100, (1000,), {100: 6000})
    assert (form.draft.min_months, form.draft.max_months) == (Fraction(3, 2), Fraction(3))
    assert form.lead_days == 14


def test_a_product_number_is_kept_as_fourteen_digits_on_its_pack() -> None:
    state = written()
    state.packs = [["100", ""]]
    state.barcodes = [[EAN, ""], ["", ""], ["WARD-7", "10"]]
    assert read_form(state).draft.barcodes == (Barcode(GTIN, 100), Barcode("WARD-7", 10))


def test_every_wrong_field_is_told_at_once() -> None:
    state = FormState(words={"kind": "medicine", "max_months": "many", "lead_days": "soon"})
    state.packs = [["10x10", "cheap"], ["", ""], ["5", ""], ["5", ""]]
    state.barcodes = [["6281086012343", ""], ["A", "0"], ["A", ""]]
    state.codes = [["", "12-34"]]
    assert wrong(state) == {
        "name_en": "An item needs a name in at least one language.",
        "code": "An item needs a code.",
        "unit": "Choose the unit it is counted in.",
        "packs.0.0": "10x10 is not a number.",
        "packs.0.1": "Write a price in whole dinars, such as 6,000.",
        "packs.3.0": "This size is written twice.",
        "barcodes.0.0": "The last digit should be 5. Check the pack.",
        "barcodes.1.1": "A quantity is at least 1, not 0.",
        "barcodes.2.0": "This code is written twice.",
        "codes.0.1": "Write whose code 12-34 is.",
        "max_months": "Write a number of months, such as 1.5, not many.",
        "lead_days": "Write a number of days, such as 14.",
    }


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"code": "A B"}, "code"),
        ({"code": "x" * 33}, "code"),
        ({"name_ar": "ا" * 201}, "name_ar"),
        ({"name_en": "a\u202eb"}, "name_en"),
        ({"strength": "nul\x00"}, "strength"),
        ({"min_months": "4", "max_months": "2"}, "max_months"),
        ({"review_days": "731"}, "review_days"),
    ],
)
def test_what_cannot_be_kept_is_told_under_its_field(words: dict[str, str], field: str) -> None:
    assert list(wrong(written(**words))) == [field]


def test_an_item_does_not_replace_itself() -> None:
    state = written()
    state.substitutes = [["X1"], ["Y2"], ["Y2"], [""]]
    assert read_form(state).draft.substitutes == ("Y2",)


def test_a_scanned_code_stands_once() -> None:
    state = of_form(FORM, 7)
    assert state.add_barcode(EAN) == 0
    assert state.add_barcode("NEW") == 2
    assert state.rows("barcodes")[2] == ["NEW", ""]


def test_forms_differ_by_what_is_written_only() -> None:
    state, other = of_form(FORM, 7), of_form(FORM, 7)
    other.packs.append(["", ""])
    assert state.same_as(other)
    other.set_word("inn", "")
    assert not state.same_as(other)
    assert not state.same_as(of_form(replace(FORM, supplier=""), 7))
