"""Codes, dates and signed numbers that keep their order between Arabic words.

Every line is laid out by the Unicode bidirectional algorithm and read as the eye sees it.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.expiry import Expiry
from inventory.language import Language, isolate, language, marks, plain
from tests.language.display import seen

AR = Language("ar")
INDIC = Language("ar", "arab")


def line(value: object, words: Language = AR) -> str:
    """A value between two Arabic words, as it is seen."""
    return seen(words.say("الوجبة {value} هنا", value=value))


@pytest.mark.parametrize(
    "code",
    [
        "2026-11-20",
        "12-34/A",
        "A12-٣٤",
        "AM1187",
        "GRN-2026-00012",
        "30/70",
        "+964 770 123",
        "1-5%",
        "-3",
    ],
)
def test_codes_keep_their_order(code: str) -> None:
    assert code in line(code)


def test_without_isolation_they_would_not() -> None:
    assert "2026-11-20" not in seen("الوجبة 2026-11-20 هنا")
    assert "−3" not in seen("الوجبة −3 هنا")


def test_numbers_and_dates_keep_their_order() -> None:
    assert "−3" in line(-3)
    assert "1,204" in line(1204)
    assert "03/2027" in line(Expiry.of_month(2027, 3))
    assert "2027-03-31" in seen(f"في {AR.iso_date(date(2027, 3, 31))} هنا")
    assert "+40" in seen(f"في {AR.signed(40)} هنا")
    assert "3 × 1,000" in seen(f"في {AR.times(3, 1000)} هنا")
    assert "71%" in seen(f"في {AR.percent(71)} هنا")


def test_a_date_with_words_reads_from_the_right() -> None:
    assert "2027 راذآ 31" in line(date(2027, 3, 31))


def test_arabic_indic_figures_keep_their_order() -> None:
    assert "٢٠٢٧-٠٣-٣١" in seen(f"في {INDIC.iso_date(date(2027, 3, 31))} هنا")
    assert "٠٣/٢٠٢٧" in line(Expiry.of_month(2027, 3), INDIC)
    assert "−٣" in line(-3, INDIC)
    assert "١٬٢٠٤" in line(1204, INDIC)


def test_the_arrow_points_from_old_to_new() -> None:
    assert "74 → 90" in seen(f"غيرت {AR.change(74, 90)} هنا")
    assert seen(AR.change("قديم", "جديد")) == "ميدق → ديدج"
    assert language("en").change(74, 90) == "74 → 90"


def test_gaps_between_thousands_do_not_turn_numbers_round() -> None:
    paper = Language("ar", gap="\u00a0")
    assert "1\u00a0000" in line(1000, paper)


@pytest.mark.parametrize("measure", ["30 kVA", "2–8 °C", "18–59", "500/125", "MDS-3", "<1", "60+"])
def test_measures_inside_a_translation_keep_their_order(measure: str) -> None:
    assert measure in seen(AR.say(f"قوة {measure} مولدة".replace("{", "{{")))


def test_measures_inside_an_arabic_name_keep_their_order() -> None:
    assert "2-8 °C" in line("لقاح 2-8 °C مبرد")


def test_english_gets_no_marks() -> None:
    english = language("en")
    said = english.say("{a} {b} {c}", a="AM-1187", b=date(2027, 3, 31), c=-3)
    assert said == plain(said)
    assert english.isolate("AM-1187") == "AM-1187"


def test_an_arabic_name_in_an_english_sentence_stays_together() -> None:
    said = language("en").say("{name}: {n} left", name="أموكسيسيلين", n=12)
    assert seen(said, rtl=False) == "نيليسيسكومأ: 12 left"


def test_marks_never_leave_the_screen() -> None:
    said = AR.say("الوجبة {a} في {b}", a="AM-1187", b=date(2027, 3, 31))
    assert plain(said) == "الوجبة AM-1187 في 31 آذار 2027"
    assert plain(isolate("-3")) == "-3"
    assert plain(INDIC.iso_date(date(2027, 3, 31))) == "٢٠٢٧-٠٣-٣١"


def test_a_value_is_isolated_once() -> None:
    once = AR.isolate("AM-1187")
    assert AR.isolate(once) == AR.embed(once) == once
    assert AR.say("{a}", a=once) == once


HOSTILE = [
    "\u202eLOT-1",
    "LOT\u2069-1",
    "\u2066LOT-1",
    "\u2067LOT-1\u2069",
    "LOT-1\u202c",
    "\u2069LOT-1\u2066",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_direction_controls_in_data_cannot_reach_beyond_it(hostile: str) -> None:
    assert AR.say("الوجبة {lot} هنا", lot=hostile) == "الوجبة \u2066LOT-1\u2069 هنا"


@given(
    st.text(st.sampled_from("AZ09-/+.,: بح\u2066\u2067\u2068\u2069\u202e\u202c\u200e"), max_size=12)
)
def test_whatever_is_filled_in_the_words_around_it_stay_in_place(text: str) -> None:
    shown = seen(AR.say("الوجبة {value} هنا", value=text))
    assert shown.startswith("انه")
    assert shown.endswith("ةبجولا")


@given(st.text(max_size=20))
def test_marks_in_a_shown_text_are_balanced(text: str) -> None:
    for words in (AR, language("en")):
        shown = words.shown(text)
        assert marks.tame(shown) == shown
