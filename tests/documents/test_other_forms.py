"""The goods-received note, the stock card and the scanner's test sheet."""

from __future__ import annotations

import dataclasses

import pytest

from inventory.documents import goods_received as note_paper
from inventory.documents import stock_card as card_paper
from inventory.documents.calibration import (
    CALIBRATION_SYMBOLS,
    calibration_book,
    calibration_pdf,
)
from inventory.documents.goods_received import goods_received_book, goods_received_pdf
from inventory.documents.stock_card import stock_card_book, stock_card_pdf
from inventory.documents.surface import Mark
from inventory.domain.expiry import Expiry
from inventory.language import Language, language
from tests.documents.audit import outside, overlapping, printed_rows, whole_number, words_on
from tests.documents.copier import printed, read
from tests.documents.samples import goods_received, stock_card

TONGUES = [("en", None), ("ar", "en"), ("ckb", None), ("fr", "ar")]


def pair(first: str, second: str | None) -> tuple[Language, Language | None]:
    return language(first), language(second) if second else None


@pytest.mark.parametrize(("first", "second"), TONGUES)
@pytest.mark.parametrize("times", [1, 4])
def test_a_note_of_any_length_stays_in_its_cells(
    first: str, second: str | None, times: int
) -> None:
    note = goods_received()
    note = dataclasses.replace(note, lines=note.lines * times)
    book = goods_received_book(note, *pair(first, second))
    assert outside(book) == []
    assert overlapping(book) == []
    assert len(printed_rows(book, note_paper.COLUMNS)) == 10 * times


def test_a_note_prints_packs_differences_and_units() -> None:
    rows = printed_rows(goods_received_book(goods_received(), language("en")), note_paper.COLUMNS)
    short = rows[6]
    assert [whole_number(short[n][0]) for n in range(6, 12)] == [5, 5, 4, 0, -1, 4000]
    second_batch = rows[4]
    assert 6 not in second_batch, "a second batch leaves Ordered blank"
    for row in rows:
        received, damaged, added = (whole_number(row[n][0]) for n in (8, 9, 11))
        assert added == (received - damaged) * whole_number(row[5][0])


def test_loose_units_are_shown_beside_packs() -> None:
    note = goods_received()
    line = dataclasses.replace(
        note.lines[0], received=77 * 30 + 12, added=77 * 30 + 12, batch="B2345678901234567890",
        expiry=Expiry.from_iso("2028-03-15"),
    )  # fmt: skip
    book = goods_received_book(dataclasses.replace(note, lines=(line,)), language("ar"))
    (row,) = printed_rows(book, note_paper.COLUMNS)
    assert row[8] == ["77 + 12"]
    assert row[10] == ["+12"]
    assert row[4] == ["2028-03-15"]
    assert "".join(row[3]) == "B2345678901234567890"
    assert outside(book) == []


def test_a_delivery_without_order_or_waybill_leaves_the_columns_blank() -> None:
    note = goods_received()
    line = dataclasses.replace(note.lines[0], ordered=None, on_waybill=None)
    book = goods_received_book(
        dataclasses.replace(note, lines=(line,), waybill="", order="", source="", note=""),
        language("en"),
    )
    (row,) = printed_rows(book, note_paper.COLUMNS)
    assert {6, 7, 10} & set(row) == set()


@pytest.mark.parametrize(("first", "second"), TONGUES)
def test_a_card_of_any_length_stays_in_its_cells(first: str, second: str | None) -> None:
    card = stock_card()
    for lines in (card.lines, card.lines * 6, ()):
        book = stock_card_book(dataclasses.replace(card, lines=lines), *pair(first, second))
        assert outside(book) == []
        assert overlapping(book) == []


def test_balances_on_the_card_follow_from_its_columns() -> None:
    book = stock_card_book(stock_card(), language("en"))
    start = [15 + sum(c.width for c in card_paper.COLUMNS[:n]) for n in range(12)]

    def column(mark: Mark) -> int:
        return next((n for n in range(12) if abs(mark.cell_left - start[n]) < 0.01), -1)

    rows: dict[float, dict[int, str]] = {}
    for mark in book.marks:
        if column(mark) >= 0:
            rows.setdefault(round(mark.cell_top, 2), {}).setdefault(column(mark), mark.text)
    balance = 4100
    movements = [row for row in rows.values() if row.get(0, "").startswith("2026-")]
    assert len(movements) == 12
    for row in movements:
        received, issued, adjusted = (whole_number(row.get(n, "0")) for n in (5, 6, 7))
        balance += received - issued + adjusted
        assert whole_number(row[8]) == balance
        assert whole_number(row.get(9, str(balance))) == balance


def test_the_sheet_holds_every_symbol_and_all_read_back() -> None:
    assert outside(calibration_book(language("ar"), language("en"))) == []
    (page,) = printed(calibration_pdf(language("ar"), language("en")), 200)
    assert {text for _, text in read(page)} == {symbol.text for symbol in CALIBRATION_SYMBOLS}
    words = words_on(calibration_book(language("en")), 1)
    assert {symbol.tries for symbol in CALIBRATION_SYMBOLS} <= words


def test_equal_data_is_equal_bytes() -> None:
    tongues = pair("ar", "en")
    assert goods_received_pdf(goods_received(), *tongues) == goods_received_pdf(
        goods_received(), *tongues
    )
    assert stock_card_pdf(stock_card(), *tongues) == stock_card_pdf(stock_card(), *tongues)
    assert calibration_pdf(*tongues) == calibration_pdf(*tongues)


def test_numbers_of_notes_and_cards_are_bar_codes_too() -> None:
    for pdf, number in (
        (goods_received_pdf(goods_received(), language("fr"), practice=True), "GRN-2026-00012"),
        (stock_card_pdf(stock_card(), language("ar")), "CARD-PARA500T-03"),
    ):
        for page in printed(pdf):
            assert ("Code 128", number) in read(page)
