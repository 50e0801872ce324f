"""Why this average: a bar a month, and the division itself, to be checked with a pencil."""

from __future__ import annotations

from fractions import Fraction

from desktop.desk import Desk
from desktop.widgets.charts.month_bars import MonthBar, MonthBars
from inventory.domain.months import window
from inventory.queries.stock import StockRow


def month_bars(desk: Desk, row: StockRow) -> MonthBars:
    """What was used in each month of the window, with the days out."""
    use = row.line.use
    bars = MonthBars(desk.language)
    bars.set_bars(
        [
            MonthBar(month, None, 0, month.days) if used is None
            else MonthBar(month, used.consumed, used.days_out, used.days)
            for month, used in zip(window(desk.today, len(use.months)), use.months, strict=True)
        ],
        Fraction(row.line.amc.value),
    )  # fmt: skip
    return bars


def average_words(desk: Desk, row: StockRow) -> str:
    """The method, and on how many days there was stock."""
    amc = row.line.amc
    return desk.say("{method}, stock on {days} of {all} days", method=amc.method,
                    days=amc.days_with_stock, all=amc.days)  # fmt: skip


def division(desk: Desk, row: StockRow) -> str:
    """The sum that gives the average."""
    amc, language = row.line.amc, desk.language

    def shown(quantity: int) -> str:
        return language.quantity(quantity, row.item.traits.decimals)

    months = Fraction(amc.months_counted) - Fraction(amc.days_out * 2, 61)
    sum_of = f"{shown(amc.consumed)} ÷ {language.decimal(months, 3)} = {shown(amc.rounded)}"
    # On one line: in an Arabic sentence a broken sum would read from its end.
    formula = language.isolate(sum_of.replace(" ", "\u00a0"))
    if amc.days_out:
        return desk.count(
            "{used} used in {months} months, less {n} day out of stock: {formula}",
            "{used} used in {months} months, less {n} days out of stock: {formula}",
            amc.days_out, used=shown(amc.consumed), months=amc.months_counted, formula=formula,
        )  # fmt: skip
    return desk.count(
        "{used} used in {n} month: {formula}", "{used} used in {n} months: {formula}",
        amc.months_counted, used=shown(amc.consumed), formula=formula,
    )  # fmt: skip
