"""The columns of a delivery: what is right, what is wrong, what is still to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop.pages.receive.figures import figure, signed_figure
from desktop.pages.receive.standing import Fit, Standing
from desktop.widgets.grid.columns import Cell, Column
from inventory.domain.sentence import N_
from inventory.language import Language


def delivery_columns(language: Language, today: Callable[[], date]) -> tuple[Column, ...]:
    """State and item, expiry, then the figures; what was expected goes when nothing was."""

    def shown(row: Standing, quantity: int) -> str:
        decimals = row.item.traits.decimals if row.item is not None else 0
        return figure(language, quantity, row.size, decimals)

    def state(row: Standing) -> Cell:
        return Cell(state_words(language, row), state=row.state)

    def expected(row: Standing) -> object:
        if row.expected is not None:
            return shown(row, row.expected)
        return None if row.line is None or row.item is None else ""

    def came(row: Standing) -> object:
        ended = row.state == "short"
        return shown(row, row.came) if row.came or ended else ""

    def damaged(row: Standing) -> object:
        return Cell(shown(row, row.damaged), tone="amber") if row.damaged else ""

    def differs(row: Standing) -> object:
        if not row.differs:
            return ""
        decimals = row.item.traits.decimals if row.item is not None else 0
        words = signed_figure(language, row.differs, row.size, decimals)
        return Cell(words, tone="red" if row.differs < 0 else "violet")

    return (
        Column("state", N_("State"), "chip", 132, state),
        Column("item", N_("Item"), "item", 0, lambda row: _item(language, row)),
        Column("expires", N_("Expires"), "date", 108, lambda row: _expires(language, row, today())),
        Column("expected", N_("Expected"), "faint_number", 80, expected, wide_only=True),
        Column("came", N_("Came"), "big_number", 56, came),
        Column("damaged", N_("Damaged"), "number", 82, damaged),
        Column("differs", N_("Differs"), "number", 66, differs, wide_only=True),
    )


def state_words(language: Language, row: Standing) -> str:
    """Words in the place of the usual ones in the chip; "" for the usual ones."""
    if row.needs:
        batch = "lot" in row.needs
        return language.say("Batch missing") if batch else language.say("Expiry missing")
    if row.state == "waiting" and row.line is not None:
        decimals = row.item.traits.decimals if row.item is not None else 0
        to_come = figure(language, row.to_come, row.size, decimals)
        return language.say("{amount} to come", amount=to_come)
    return ""


def _item(language: Language, row: Standing) -> Cell:
    if row.item is None:
        code = row.line.code if row.line is not None else ""
        return Cell(language.say("Which item is this?"), language.say("Code {code}", code=code))
    if row.line is None:
        return Cell(row.item.names, language.say("Not scanned yet"))
    if row.line.lot:
        return Cell(row.item.names, language.say("Batch {lot}", lot=row.line.lot))
    return Cell(row.item.names, row.item.code)


def _expires(language: Language, row: Standing, today: date) -> object:
    if row.line is None or row.line.expiry is None:
        return None
    expiry = row.line.expiry
    if row.fit is Fit.EXPIRED:
        return Cell(expiry, language.say("to quarantine"), tone="red")
    if row.fit in (Fit.SHORT_DATED, Fit.ACCEPTED):
        months = int(expiry.months_left(today))
        left = language.count("{n} month left", "{n} months left", months)
        return Cell(expiry, left, tone="amber" if row.fit is Fit.SHORT_DATED else "")
    return Cell(expiry)
