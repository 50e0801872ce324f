"""Dates nobody can misread."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any, cast

import pytest
from babel import Locale

from inventory.domain.expiry import Expiry
from inventory.domain.months import Month
from inventory.language import language, plain
from inventory.language.dates import calendar

NOVEMBER = date(2026, 11, 22)
MARCH = date(2027, 3, 31)


@pytest.mark.parametrize(
    ("code", "march", "november", "narrow", "weekday"),
    [
        ("en", "31 Mar 2027", "22 Nov 2026", "22 Nov 2026", "Sun 22 Nov 2026"),
        ("fr", "31 mars 2027", "22 nov. 2026", "22 nov. 2026", "dim. 22 nov. 2026"),
        (
            "ar",
            "31 آذار 2027",
            "22 تشرين الثاني 2026",
            "22 ت2 2026",
            "الأحد 22 تشرين الثاني 2026",
        ),
        (
            "ckb",
            "31ی ئازاری 2027",
            "22ی تشرینی دووەمی 2026",
            "22 ت2 2026",
            "یەکشەممە 22ی تشرینی دووەمی 2026",
        ),
    ],
)
def test_dates_in_words(code: str, march: str, november: str, narrow: str, weekday: str) -> None:
    words = language(code)
    assert words.date(MARCH) == march
    assert words.date(NOVEMBER) == november
    assert words.date(NOVEMBER, narrow=True) == narrow
    assert words.weekday_date(NOVEMBER) == weekday


@pytest.mark.parametrize(
    ("code", "month", "name", "short"),
    [
        ("en", "Nov 2026", "November", "Nov"),
        ("fr", "nov. 2026", "novembre", "nov."),
        ("ar", "تشرين الثاني 2026", "تشرين الثاني", "ت2"),
        ("ckb", "تشرینی دووەمی 2026", "تشرینی دووەم", "ت2"),
    ],
)
def test_months(code: str, month: str, name: str, short: str) -> None:
    words = language(code)
    assert words.month(NOVEMBER) == words.month(Month(2026, 11)) == month
    assert words.month_name(NOVEMBER) == name
    assert words.month_name(Month(2026, 11), narrow=True) == short


def test_the_two_word_months_of_iraq_have_short_forms() -> None:
    arabic = calendar("ar")
    assert arabic.long_months[0] == "كانون الثاني"
    assert [arabic.narrow_months[m - 1] for m in (10, 11, 12, 1)] == ["ت1", "ت2", "ك1", "ك2"]
    assert all(" " not in name for name in arabic.narrow_months)
    kurdish = calendar("ckb")
    assert kurdish.months[11].split()[0] == kurdish.months[0].split()[0] == "کانوونی"
    assert all(" " not in name for name in kurdish.narrow_months)


def test_english_names_are_those_of_cldr() -> None:
    data = cast(Any, Locale.parse("en"))
    english = calendar("en")
    assert english.months == tuple(data.months["format"]["abbreviated"].values())
    assert english.long_months == tuple(data.months["format"]["wide"].values())
    assert english.days == tuple(data.days["format"]["abbreviated"][n] for n in range(7))
    assert english.long_days == tuple(data.days["format"]["wide"][n] for n in range(7))


@pytest.mark.parametrize("code", ["en", "ar", "ckb", "fr"])
def test_an_expiry_is_as_exact_as_the_pack(code: str) -> None:
    words = language(code)
    assert plain(words.expiry(Expiry.of_month(2027, 3))) == "03/2027"
    assert plain(words.expiry(Expiry.of_day(MARCH))) == words.date(MARCH)


def test_a_day_and_a_weekday_alone() -> None:
    assert language("en").day(NOVEMBER) == "22 Nov"
    assert language("ar").day(NOVEMBER, narrow=True) == "22 ت2"
    assert language("ckb").day(NOVEMBER) == "22ی تشرینی دووەم"
    assert language("fr").weekday(NOVEMBER) == "dimanche"


def test_clock_time() -> None:
    noon = 1_795_346_520_000
    assert language("fr").time(noon, UTC) == "11:22"
    assert language("en").moment(noon, UTC) == "22 Nov 2026, 11:22"
    assert language("ar").moment(noon, UTC) == "22 تشرين الثاني 2026، 11:22"


def test_arabic_indic_dates() -> None:
    words = language("ar", digits="arab")
    assert words.date(MARCH) == "٣١ آذار ٢٠٢٧"
    assert words.date(NOVEMBER, narrow=True) == "٢٢ ت٢ ٢٠٢٦"
    assert plain(words.expiry(Expiry.of_month(2027, 3))) == "٠٣/٢٠٢٧"
    assert plain(words.iso_date(MARCH)) == "٢٠٢٧-٠٣-٣١"
