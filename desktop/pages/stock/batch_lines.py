"""The batches of an item in its panel: earliest expiry first, where each stands, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.widgets.chip import STATES
from desktop.widgets.grid.columns import Cell, Column
from desktop.widgets.labels import label
from desktop.widgets.lines import HIGH, Lines
from inventory.domain.sentence import N_
from inventory.domain.status import Status
from inventory.queries.clinics import places
from inventory.queries.lots import LotRow
from inventory.queries.stock import StockRow

TWO_LINES = 42

_APART: Mapping[Status, tuple[str, str]] = MappingProxyType(
    {
        Status.QUARANTINED: ("held", "grey"),
        Status.RECALLED: ("recalled", "grey"),
        Status.DAMAGED: ("damaged", "amber"),
        Status.EXPIRED: ("expired", "red"),
    }
)
"""The state that is told of a batch that is not usable, and its tone."""


class BatchLines:
    """Makes the lines of one item after another."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._several_places = len(desk.ask(places, desk.clinic.id)) > 1

    def only_place(self, row: StockRow) -> str:
        """Where all of it stands, when that is one of several places."""
        there = {lot.place for lot in row.lots}
        return there.pop() if self._several_places and len(there) == 1 else ""

    def widgets(
        self, row: StockRow, lost: Mapping[int, int], shown: int, scanned: str = ""
    ) -> Iterator[QWidget]:
        """`shown` lines, and how much more there is. `lost`: units at risk by lot."""
        if not row.lots:
            yield label(self.desk.say("None on the shelf."), "second")
            return
        chosen = _with_scanned(row.lots, shown, scanned)
        cells = [self._where(row, lot, lost) for lot in chosen]
        high = TWO_LINES if any(cell.second for cell in cells) else HIGH
        lines = Lines(self._columns(row, dict(zip(chosen, cells, strict=True)), scanned),
                      self.desk.language, row_height=high)  # fmt: skip
        lines.set_rows(chosen)
        if chosen:
            yield lines
        rest = [lot for lot in row.lots if lot not in chosen]
        if rest:
            yield label(self._rest(row, rest), "second")

    def _columns(
        self, row: StockRow, where: Mapping[LotRow, Cell], scanned: str
    ) -> tuple[Column, ...]:
        def lot(r: LotRow) -> Cell:
            if scanned and r.lot == scanned:
                return Cell(r.lot, tone="accent", icon="barcode-scan")
            return Cell(r.lot or None)

        return (
            Column("lot", N_("Batch"), "strong", 104 if scanned else 86, lot),
            Column("expiry", N_("Expires"), "faint", 84),
            Column("quantity", N_("On hand"), "strong_number", 58,
                   lambda r: self._shown(row, r.quantity)),
            Column("where", N_("Place"), "text", 0, where.__getitem__),
        )  # fmt: skip

    def _where(self, row: StockRow, lot: LotRow, lost: Mapping[int, int]) -> Cell:
        """The place; or what is wrong with it, and the place below where there are several."""
        only = self.only_place(row)
        place = lot.place if self._several_places and not only else ""
        if lot.status in _APART:
            key, tone = _APART[lot.status]
            words = self.desk.say(STATES[key].words)
            return Cell(words, place, tone=tone, icon=STATES[key].icon)
        unused = min(lost.get(lot.lot_id, 0), lot.quantity)
        if unused:
            told = self.desk.say("{quantity} extra", quantity=self._shown(row, unused))
            return Cell(told, place, tone="amber", icon="timer-sand")
        return Cell("" if only else lot.place)

    def _rest(self, row: StockRow, rest: list[LotRow]) -> str:
        quantity = self._shown(row, sum(lot.quantity for lot in rest))
        return self.desk.count("{n} more batch with {quantity}",
                               "{n} more batches with {quantity}", len(rest),
                               quantity=quantity)  # fmt: skip

    def _shown(self, row: StockRow, quantity: int) -> str:
        return self.desk.language.quantity(quantity, row.item.traits.decimals)


def _with_scanned(lots: tuple[LotRow, ...], shown: int, scanned: str) -> list[LotRow]:
    """The first ones, and the scanned one in the place of the last when it is further down."""
    first = list(lots[:shown])
    found = next((lot for lot in lots[shown:] if scanned and lot.lot == scanned), None)
    there = any(lot.lot == scanned for lot in first)
    return [*first[:-1], found] if found is not None and first and not there else first
