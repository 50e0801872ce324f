"""Units are found by any word for them, and packs have names."""

from __future__ import annotations

import pytest

from inventory.domain.item_kinds import KINDS
from inventory.domain.sentence import Refused
from inventory.domain.units import UNITS, amount, pack_word, parse_unit, unit_named


def test_there_are_few_units_and_each_has_all_its_phrases() -> None:
    assert len(UNITS) <= 40
    for code, unit in UNITS.items():
        assert unit.code == unit.bare == code
        assert unit.bare_many != unit.bare
        assert unit.one == f"{{n}} {unit.bare}"
        assert unit.many == f"{{n}} {unit.bare_many}"
        if unit.sized:
            assert unit.sized == f"{unit.bare} of {{size}}"
            assert unit.sized_many == f"{unit.bare_many} of {{size}}"


def test_every_kind_counts_in_a_unit_that_exists() -> None:
    assert {kind.unit for kind in KINDS.values()} <= UNITS.keys()


def test_every_pack_has_a_name_that_can_say_what_is_inside() -> None:
    called = {code for unit in UNITS.values() for _, code in unit.packs}
    assert all(UNITS[code].sized for code in called)


def test_a_unit_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="There is no unit called furlong"):
        unit_named("furlong")


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("tablet", "tablet"), ("Tablets", "tablet"), ("TAB", "tablet"), ("حبة", "tablet"),
        ("حب", "tablet"), ("أقراص", "tablet"), ("حەب", "tablet"), ("Comprimés", "tablet"),
        ("كبسول", "capsule"), ("امبول", "ampoule"), ("أمبولة", "ampoule"), ("ئەمپوول", "ampoule"),
        ("فيال", "vial"), ("ڤیاڵ", "vial"), ("قنينة", "bottle"), ("بوتڵ", "bottle"),
        ("ظروف", "sachet"), ("تحاميل", "suppository"), ("بخاخ", "inhaler"), ("pcs", "piece"),
        ("دانه", "piece"), ("strip", "test"), ("زوج", "pair"), ("لتر", "litre"),
        ("decilitre", "litre"), ("Boîte", "box"),
    ],
)  # fmt: skip
def test_a_word_in_a_list_is_understood_in_any_language(word: str, code: str) -> None:
    assert parse_unit(word) == code


@pytest.mark.parametrize("word", ["", " ", "😀", "12", "furlong", "tablette de chocolat"])
def test_a_word_that_is_no_unit_is_refused(word: str) -> None:
    with pytest.raises(Refused):
        parse_unit(word)


def test_no_two_units_share_a_spelling() -> None:
    for unit in UNITS.values():
        for word in (unit.bare, unit.bare_many, *unit.known_as):
            assert parse_unit(word) == unit.code


def test_an_amount_is_a_sentence_that_counts() -> None:
    assert str(amount(UNITS["tablet"], 1)) == "1 tablet"
    assert str(amount(UNITS["tablet"], 12)) == "12 tablets"


@pytest.mark.parametrize(
    ("unit", "size", "decimals", "word"),
    [
        ("tablet", 100, 0, "box"), ("tablet", 1000, 0, "tin"), ("tablet", 1, 0, "tablet"),
        ("inhaler", 1, 0, "inhaler"), ("piece", 100, 0, "box"), ("piece", 2400, 0, "carton"),
        ("dose", 20, 0, "vial"), ("dose", 1, 0, "dose"), ("litre", 2000, 1, "drum"),
        ("litre", 200, 1, "can"), ("litre", 10, 1, "litre"), ("cylinder", 10, 1, "cylinder"),
    ],
)  # fmt: skip
def test_a_pack_is_called_what_the_store_calls_it(
    unit: str, size: int, decimals: int, word: str
) -> None:
    assert pack_word(UNITS[unit], size, decimals).code == word
