"""Headings in four languages, in any spelling and order."""

from __future__ import annotations

import pytest

from inventory.domain.sentence import Refused
from inventory.exchange.columns import ColumnMapping, guess, heading_key, recall, signature
from inventory.exchange.fields import HISTORY_FIELDS, ITEM_FIELDS, OPENING_FIELDS, TABLES


@pytest.mark.parametrize("fields", TABLES.values(), ids=TABLES)
def test_our_own_headings_are_found_in_any_order(fields: tuple) -> None:  # type: ignore[type-arg]
    headings = [field.key for field in fields]
    assert guess(headings[::-1], fields).columns == {
        key: at for at, key in enumerate(headings[::-1])
    }


def test_an_arabic_list_is_understood() -> None:
    headings = ["رمز المادة", "اسم المادة", "Generic name", "الوحدة", "العبوة", "باركود", "السعر"]
    mapping = guess(headings, ITEM_FIELDS)
    assert [mapping.field_at(n) for n in range(7)] == [
        "code", "name_ar", "name_en", "unit", "pack_size", "barcode", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headings", "keys"),
    [
        (["Réf.", "Désignation", "Unité"], ["code", "name_fr", "unit"]),
        (["کۆد", "ناوی کاڵا", "یەکە"], ["code", "name_ckb", "unit"]),
        (["ITEM CODE", "Item Name", "Pack-Size", "VEN"], ["code", "name_en", "pack_size", "ven"]),
    ],
)
def test_other_lists_are_understood(headings: list[str], keys: list[str]) -> None:
    mapping = guess(headings, ITEM_FIELDS)
    assert [mapping.field_at(n) for n in range(len(keys))] == keys


def test_stock_and_reports_are_understood() -> None:
    opening = guess(["Item", "Batch No.", "Exp. date", "Qty (units)", "Location"], OPENING_FIELDS)
    assert list(opening.columns) == ["code", "lot", "expiry", "quantity", "place"]
    history = guess(["المادة", "الشهر", "المصروف", "أيام النفاد"], HISTORY_FIELDS)
    assert list(history.columns) == ["code", "month", "consumed", "days_out"]


def test_spelling_variants_are_one_heading() -> None:
    assert heading_key("كود  المادّة:") == heading_key("کود الماده")
    assert heading_key("Date d’expiration") == heading_key("date d'expiration")


def test_our_heading_wins_over_a_word_for_it() -> None:
    mapping = guess(["Item", "Product", "code", "name_en"], ITEM_FIELDS)
    assert (mapping.column("code"), mapping.column("name_en")) == (2, 3)


def test_a_person_may_change_the_columns() -> None:
    mapping = guess(["code", "Description", "Trade name"], ITEM_FIELDS)
    changed = mapping.with_column(2, "name_en")
    assert (changed.column("name_en"), changed.field_at(1)) == (2, None)
    assert changed.with_column(2, None).column("name_en") is None


def test_a_choice_is_remembered_for_files_with_the_same_headings() -> None:
    headings = ["code", "Description", "Trade name"]
    kept = ColumnMapping({"code": 0, "name_en": 2}).remember(headings)
    assert kept == {"code": "code", "name_en": "Trade name"}
    moved = ["Trade name", "code", "Description"]
    assert recall(moved, ITEM_FIELDS, kept) == ColumnMapping({"code": 1, "name_en": 0})
    assert recall(["code", "Description"], ITEM_FIELDS, kept) is None
    assert recall(headings, ITEM_FIELDS, {"colour": "code"}) is None
    assert signature(["Code", "NAME en"]) == signature(["code", "name_en"])


def test_a_table_without_the_needed_column_is_refused() -> None:
    with pytest.raises(Refused, match="No column is headed code"):
        ColumnMapping({"name_en": 0}).require(ITEM_FIELDS)
