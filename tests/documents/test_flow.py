"""Which row stands on which sheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.documents.flow import BAND_HEIGHT, Row, Section, Sheet, paginate
from inventory.documents.voices import Both
from inventory.domain.sentence import Refused

FIRST, FOLLOWING, FOOT, TAIL = 74.4, 38.9, 196.6, 54.0


def sections_of(heights: list[list[float]], titled: bool = True) -> list[Section]:
    made, number = [], 1
    for index, section in enumerate(heights):
        rows = tuple(Row((), height, number + n) for n, height in enumerate(section))
        number += len(rows)
        made.append(Section(Both(f"Section {index}" if titled else ""), Both(""), rows))
    return made


def lay_out(heights: list[list[float]], titled: bool = True) -> list[Sheet]:
    return paginate(sections_of(heights, titled), FIRST, FOLLOWING, FOOT, TAIL)


HEIGHTS = st.lists(
    st.lists(st.floats(8, 45), min_size=1, max_size=40), min_size=1, max_size=5
)  # fmt: skip


@given(HEIGHTS, st.booleans())
def test_every_row_stands_once_in_order_and_on_its_sheet(
    heights: list[list[float]], titled: bool
) -> None:
    sheets = lay_out(heights, titled)
    numbers = [placed.row.number for sheet in sheets for placed in sheet.rows]
    assert numbers == list(range(1, sum(map(len, heights)) + 1))
    for sheet in sheets:
        previous = sheet.body
        for placed in sheet.rows:
            assert placed.band_top >= previous - 0.001 if placed.opens else True
            assert placed.top >= previous - 0.001
            assert placed.foot <= FOOT + 0.001
            previous = placed.foot
    assert sheets[-1].end + TAIL <= FOOT + 0.001


@given(HEIGHTS)
def test_every_sheet_opens_with_its_section_title(heights: list[list[float]]) -> None:
    sheets = lay_out(heights)
    for index, sheet in enumerate(sheets):
        assert all(sheet.rows[0].opens for _ in sheet.rows[:1])
        first = sheet.rows[:1]
        assert all(p.continued == (p.row is not p.section.rows[0]) for p in first if index)


@given(HEIGHTS)
def test_signatures_are_never_alone_when_a_row_can_go_with_them(
    heights: list[list[float]],
) -> None:
    sheets = lay_out(heights)
    assert sheets[-1].rows or len(sheets[-2].rows) == 1


def test_the_last_row_goes_with_the_signatures() -> None:
    rows = [8.0] * 13  # fills the first sheet but leaves no room to sign
    first, second = lay_out([rows])
    assert len(first.rows) == 12
    assert [placed.row.number for placed in second.rows] == [13]
    assert second.rows[0].continued


def test_a_title_never_stays_behind_when_its_only_row_moves() -> None:
    first, second = lay_out([[8.0] * 11, [8.0]])
    assert {placed.section.title.first for placed in first.rows} == {"Section 0"}
    assert second.rows[0].opens
    assert not second.rows[0].continued
    assert second.rows[0].band_top == pytest.approx(FOLLOWING)
    assert second.rows[0].top == pytest.approx(FOLLOWING + BAND_HEIGHT)


def test_a_row_taller_than_a_sheet_is_refused() -> None:
    with pytest.raises(Refused, match="line 1"):
        lay_out([[500.0]])
