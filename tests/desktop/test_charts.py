"""Charts paint what they say, mirror where they must, and say it in words as well."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.appearance import dress
from desktop.widgets.charts.bar import PartBar
from desktop.widgets.charts.cover import CoverChart, CoverRow, Months
from desktop.widgets.charts.month_bars import MonthBar, MonthBars
from desktop.widgets.charts.segments import Segments
from inventory.domain.months import Month
from inventory.language import Language, language
from tests.desktop.pictures import columns_with, is_blank, picture

Keep = Callable[[QWidget], None]


@pytest.fixture(params=[("en", "light"), ("ar", "light"), ("ar", "dark"), ("fr", "dark")])
def tongue(request: pytest.FixtureRequest, look: None, qapp: QApplication) -> Language:
    code, name = request.param
    made = language(code)
    dress(qapp, theme.make_theme(name), rtl=made.rtl)
    return made


def months(value: str | None, state: str) -> Months:
    known = None if value is None else Fraction(value)
    return Months(known, Fraction(2), Fraction(3), state)


def cover(tongue: Language) -> CoverChart:
    chart = CoverChart(tongue)
    chart.set_rows(
        [
            CoverRow("Insulin", months("0", "out")),
            CoverRow("Amoxicillin", months("0.6", "low")),
            CoverRow("Ceftriaxone", months("8.4", "over")),
            CoverRow("Gauze", months(None, "no_use")),
        ]
    )
    return chart


def test_cover_says_the_same_facts(tongue: Language, qtbot: QtBot) -> None:
    chart = cover(tongue)
    qtbot.addWidget(chart)
    said = chart.accessibleDescription().splitlines()
    assert len(said) == 4
    assert "Amoxicillin" in said[1]
    assert "0.6" in said[1]
    assert not set(chart.accessibleDescription()) & set("\u2066\u2068\u2069")


def test_cover_bars_start_at_the_leading_edge(tongue: Language, qtbot: QtBot) -> None:
    chart = cover(tongue)
    qtbot.addWidget(chart)
    image = picture(chart, 500, 300)
    assert not is_blank(image)
    low = columns_with(image, QColor(theme.current().amber.fill), QRect(100, 70, 300, 60))
    over = columns_with(image, QColor(theme.current().violet.fill), QRect(100, 140, 300, 60))
    assert len(over) > len(low) > 5
    if tongue.rtl:
        assert abs(max(low) - max(over)) <= 2
    else:
        assert abs(min(low) - min(over)) <= 2


def test_an_empty_cover_is_quiet(tongue: Language, qtbot: QtBot) -> None:
    chart = CoverChart(tongue)
    qtbot.addWidget(chart)
    chart.set_rows([])
    picture(chart, 400, 200)
    assert chart.accessibleDescription() == ""


BARS = (
    MonthBar(Month(2026, 8), 3100, 0, 31),
    MonthBar(Month(2026, 9), 1400, 14, 30),
    MonthBar(Month(2026, 10), None, 0, 31),
)


def test_month_bars_run_in_reading_order(tongue: Language, qtbot: QtBot) -> None:
    chart = MonthBars(tongue)
    qtbot.addWidget(chart)
    chart.set_bars(BARS, Fraction(2952))
    image = picture(chart, 360, 90)
    assert not is_blank(image)
    quiet = columns_with(image, theme.current().color("chart_quiet"), QRect(0, 5, 360, 4))
    first = range(240, 360) if tongue.rtl else range(120)
    assert quiet
    assert set(quiet) <= set(first)


def test_month_bars_say_days_out(look: None, qtbot: QtBot) -> None:
    chart = MonthBars(language("en"))
    qtbot.addWidget(chart)
    chart.set_bars(BARS, Fraction(2952))
    assert chart.accessibleDescription().splitlines() == [
        "Aug 2026: 3,100 used",
        "Sep 2026: 1,400 used, 14 days out of stock",
        "Oct 2026: not known",
    ]


def test_month_bars_without_any_use(tongue: Language, qtbot: QtBot) -> None:
    chart = MonthBars(tongue)
    qtbot.addWidget(chart)
    chart.set_bars([MonthBar(Month(2026, 9), 0, 30, 30)], Fraction(0))
    picture(chart, 360, 90)


def test_a_delivery_has_one_piece_for_each_line(tongue: Language, qtbot: QtBot) -> None:
    chart = Segments()
    qtbot.addWidget(chart)
    chart.set_states(["short", "fine", "waiting"], "2 of 3 lines came")
    image = picture(chart, 300, 8)
    red = columns_with(image, QColor(theme.current().red.fill))
    green = columns_with(image, QColor(theme.current().green.fill))
    assert len(red) in range(85, 101)
    assert len(green) in range(85, 101)
    assert (max(red) > min(green)) == tongue.rtl
    assert chart.accessibleName() == "2 of 3 lines came"


@pytest.mark.parametrize(("part", "token"), [("91/100", "accent"), ("111/100", "red.fill")])
def test_a_part_of_a_whole(tongue: Language, qtbot: QtBot, part: str, token: str) -> None:
    bar = PartBar(200)
    qtbot.addWidget(bar)
    bar.set_part(Fraction(part), "91% of the budget")
    filled = columns_with(picture(bar, 200, 8), theme.current().color(token))
    assert len(filled) >= min(Fraction(part), 1) * 200 - 4
