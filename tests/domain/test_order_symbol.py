"""The order in the QR: written, read back, joined, and refused when damaged."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.order_symbol import (
    CAPACITY,
    OrderLine,
    OrderSymbol,
    checksum,
    join_symbols,
    read_symbol,
    write_symbols,
)
from inventory.domain.quantity import MAX_QUANTITY
from inventory.domain.sentence import Refused

ALPHANUMERIC = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
DAY = date(2026, 11, 2)

# The symbol of the printed specimen.
SPECIMEN = (
    "AMANA1:O:ORD-2026-00031:MOS-014:20261102:1/1:23:14OI3JO:AMLO5T*2310 AMOX250S*320 "
    "AMOX500C*4000 BECL100I*6 CEFT1V*250 CHLOR5L*8 DIESEL*1000 FEFO200T*1000 GAUZ10*800 "
    "GLOVM*3200 IBUP400T*2000 INSM10V*50 METF850T*5000 METR500T*2000 OIL15W40*10 OMEP20C*1176 "
    "ORS205S*1200 PAPA4*10 PARA500T*5000 SALB100I*51 SYRG5*2000 TSTGLU*700 ZINC20T*1400:1FG4BZI"
)

CODES = st.text("ABCXYZ0189-./", min_size=1, max_size=11) | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6
)
LINES = st.lists(
    st.builds(OrderLine, CODES, st.integers(0, MAX_QUANTITY)),
    max_size=60,
    unique_by=lambda line: line.code,
)


def numbered(count: int, size: int = 8) -> list[OrderLine]:
    return [OrderLine(f"MED{n:0{size - 3}}", 100 * (n % 50 + 1)) for n in range(1, count + 1)]


def written(lines: list[OrderLine], number: str = "ORD-2026-00031") -> list[str]:
    return write_symbols(number, "MOS-014", DAY, lines)


def read(texts: list[str]) -> list[OrderSymbol]:
    return [read_symbol(text) for text in texts]


def test_the_printed_specimen_is_read_and_written_to_the_same_bytes() -> None:
    symbol = read_symbol(SPECIMEN)
    assert (symbol.number, symbol.clinic, symbol.day) == ("ORD-2026-00031", "MOS-014", DAY)
    assert (symbol.part, symbol.parts, symbol.whole) == (1, 1, "14OI3JO")
    assert len(symbol.lines) == 23
    assert symbol.lines[0] == OrderLine("AMLO5T", 2310)
    assert written(list(symbol.lines)) == [SPECIMEN]
    assert len(SPECIMEN) == 343


@given(LINES)
def test_every_order_comes_back_line_by_line(lines: list[OrderLine]) -> None:
    texts = written(lines)
    assert all(len(text) <= CAPACITY for text in texts)
    assert set("".join(texts)) <= ALPHANUMERIC
    assert join_symbols(read(texts)) == tuple(sorted(lines))


@given(LINES)
def test_the_same_order_prints_the_same_symbols(lines: list[OrderLine]) -> None:
    assert written(lines) == written(lines[::-1])


@given(st.data())
def test_symbols_are_read_in_any_order_and_twice(data: st.DataObject) -> None:
    texts = written(numbered(90))
    scanned = data.draw(st.permutations(texts * 2))
    assert join_symbols(read(scanned)) == tuple(numbered(90))


@pytest.mark.parametrize(
    ("lines", "size", "symbols"),
    [(0, 8, 1), (28, 8, 1), (60, 8, 2), (90, 8, 3), (150, 8, 5), (60, 11, 3), (90, 11, 4)],
)
def test_long_orders_take_several_symbols(lines: int, size: int, symbols: int) -> None:
    texts = written(numbered(lines, size))
    assert len(texts) == symbols
    assert [symbol.part for symbol in read(texts)] == list(range(1, len(texts) + 1))


@given(LINES)
def test_a_symbol_is_full_before_the_next_begins(lines: list[OrderLine]) -> None:
    for text, following in pairwise(written(lines)):
        next_line = following.rsplit(":", 2)[1].split(" ")[0]
        # Two characters may be kept for a longer count of lines and of parts.
        assert len(text) + 1 + len(next_line) > CAPACITY - 2


@given(st.data())
def test_one_character_changed_lost_or_exchanged_is_refused(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(SPECIMEN) - 2))
    other = data.draw(st.sampled_from(sorted(ALPHANUMERIC - {SPECIMEN[place]})))
    before, after = SPECIMEN[:place], SPECIMEN[place + 1 :]
    damages = [before + other + after, before + after, before + other + SPECIMEN[place:]]
    if after[0] != SPECIMEN[place]:
        damages.append(before + after[0] + SPECIMEN[place] + after[1:])
    for damaged in damages:
        with pytest.raises(Refused, match="The order symbol is damaged"):
            read_symbol(damaged)


def resealed(body: str) -> str:
    return f"{body}:{checksum(body)}"


@pytest.mark.parametrize(
    "body",
    [
        "AMANA1:O:N:C:20261102:1/1:1:0000000:A*5",
        "AMANA1:O:N:C:20261302:1/1:0:0000000:",
        "AMANA1:O:N:C:20261102:2/1:0:0000000:",
        "AMANA1:O:N:C:20261102:0/1:0:0000000:",
        "AMANA1:O:N:C:20261102:1/2:2:0000000:A*5",
        "AMANA1:O:N:C:20261102:1/2:1:0000000:A*9999999999999",
        "AMANA1:O:N:C:20261102:1/2:1:0000000:A*5*6",
        "AMANA1:O:N:C:20261102:1/2:1:0000000:A%2*5",
        "AMANA1:O:N:C:20261102:1/2:1:0000000:A%FF*5",
        "AMANA2:O:N:C:20261102:1/1:0:0000000:",
        "AMANA1:W:N:C:20261102:1/1:0:0000000:",
    ],
)
def test_a_symbol_that_contradicts_itself_is_refused(body: str) -> None:
    with pytest.raises(Refused, match="damaged"):
        read_symbol(resealed(body))


def test_a_missing_symbol_is_asked_for() -> None:
    with pytest.raises(Refused) as refused:
        join_symbols(read(written(numbered(90)))[:2])
    assert str(refused.value) == "2 of 3 symbols read. Scan the others."


def test_symbols_of_two_printings_do_not_mix() -> None:
    first = read(written(numbered(90)))
    changed = read(written([*numbered(89), OrderLine("MED00090", 1)]))
    with pytest.raises(Refused, match="Symbol 2 belongs to another printing: ORD-2026-00031"):
        join_symbols([first[0], changed[1], first[2]])
    other = read(written(numbered(90), "ORD-2026-00032"))
    with pytest.raises(Refused, match="another printing: ORD-2026-00032"):
        join_symbols([*first, other[1]])


def test_nothing_read_is_refused() -> None:
    with pytest.raises(Refused, match="No symbol was read"):
        join_symbols([])


def test_a_code_too_long_for_any_symbol_is_refused() -> None:
    with pytest.raises(Refused, match="too long to print as a symbol"):
        written([OrderLine("X" * 600, 1)])


def test_an_order_too_long_for_symbols_is_refused() -> None:
    with pytest.raises(Refused, match="too long to print as symbols"):
        write_symbols("N", "C", DAY, numbered(2000), capacity=70)


def test_what_a_qr_cannot_hold_is_escaped() -> None:
    text = write_symbols("ORD-1", "موصل", DAY, [OrderLine("lot a%*:", 5)])[0]
    assert "lot" not in text
    symbol = read_symbol(text)
    assert (symbol.clinic, symbol.lines) == ("موصل", (OrderLine("lot a%*:", 5),))


def test_letters_no_symbol_has_are_damage() -> None:
    (text,) = write_symbols("ORD-2026-00001", "HQ", date(2026, 11, 22), [OrderLine("AMX", 5)])
    with pytest.raises(Refused, match="damaged"):
        read_symbol(text.replace("ORD", "طلب"))
