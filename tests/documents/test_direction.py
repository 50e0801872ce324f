"""What keeps its own order in right-to-left text."""

from __future__ import annotations

import pytest
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection
from hypothesis import given
from hypothesis import strategies as st

from inventory.documents.direction import (
    LRI,
    NO_BREAK,
    PDI,
    cleaned,
    isolated,
    levels,
    runs_right_to_left,
    tied,
)
from inventory.documents.shaping import shape
from inventory.documents.typeface import Style


def on_paper(text: str) -> str:
    """The letters of a right-to-left line as they stand from left to right."""
    line = shape(text, Style(9), rtl=True)
    return "".join(glyph.text for run in line.runs for glyph in run.glyphs)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("صرف 2026-11-20 اليوم", "2026-11-20"),
        ("تنتهي 03/2028 قريبا", "03/2028"),
        ("كاز للمولدة 30 kVA", "30 kVA"),
        ("زيت محرك 15W-40", "15W-40"),
        ("شاش معقم 10 × 10 سم", "10 × 10"),
        ("وجبة 12-34/A هنا", "12-34/A"),
        ("تسوية −3 فقط", "−3"),
        ("زيادة +2 فقط", "+2"),
        ("حرارة 2–8 °C دائما", "2–8 °C"),
        ("علاج Plumpy Nut 92 g للطفل", "Plumpy Nut 92 g"),
        ("طريقة MDS-3 · 3 أشهر", "3 · MDS-3"),
        ("ورق A4 80 غم", "غم"[::-1] + " 80 A4"),
        ("محضر DIS-2026-0006 مرفق", "DIS-2026-0006"),
        (f"رقم {LRI}ORD-2026-00031{PDI} هنا", "ORD-2026-00031"),
    ],
)
def test_codes_dates_and_signed_numbers_keep_their_order(text: str, kept: str) -> None:
    assert kept in on_paper(text).replace(NO_BREAK, " ")


def test_a_number_with_a_thin_gap_stays_one_number() -> None:
    assert "1 420" in on_paper("رصيد 1\u202f420 قرص")


def test_an_isolate_of_the_language_layer_is_left_alone() -> None:
    text = f"رقم {LRI}A 12-3{PDI} هنا"
    assert isolated(text) == text


def test_a_number_and_its_unit_are_tied() -> None:
    assert tied("فيال 10 مل") == f"فيال 10{NO_BREAK}مل"
    assert tied("vial 10 ml, 5 %") == f"vial 10{NO_BREAK}ml, 5{NO_BREAK}%"
    assert tied("DIS-2026-0006 مرفق") == "DIS-2026-0006 مرفق"


def test_control_characters_and_overrides_never_reach_paper() -> None:
    assert cleaned("a\0b\u202ec\u200f \t\n d") == "abc d"


def test_a_name_in_another_script_keeps_its_own_direction() -> None:
    assert not runs_right_to_left("Paracetamol 500 mg, tablet", rtl=True)
    assert runs_right_to_left("باراسيتامول 500 ملغ", rtl=False)
    assert on_paper("Ceftriaxone 1 g, vial").replace(NO_BREAK, " ") == "Ceftriaxone 1 g, vial"


@given(st.text("ابهۆێگ 0123\u00a0،.,/", min_size=1, max_size=25))
def test_the_short_way_to_levels_is_the_algorithms_own(text: str) -> None:
    characters, _ = BidiParagraph(text, TextDirection.RTL).get_all()
    long_way = [(c.character, c.embedding_level) for c in characters]
    trailing = len(text.rstrip(" \u00a0"))
    assert levels(text, rtl=True)[:trailing] == long_way[:trailing]


def test_joiners_stay_with_the_letter_before_them() -> None:
    assert [c for c, _ in levels("می\u200cخواهم", rtl=True)] == list("می\u200cخواهم")


def test_brackets_are_mirrored_on_paper() -> None:
    assert on_paper("سلمه (الناقل)") == "(لقانلا) هملس"
