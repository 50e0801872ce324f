"""What a list of counted batches would put on the shelves on the first day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inventory.domain.batch_number import batch_key
from inventory.domain.expiry import Expiry
from inventory.domain.item import check_characters
from inventory.domain.item_kinds import KINDS, ItemKind, Need
from inventory.domain.names import Names
from inventory.domain.quantity import fold_digits, parse_quantity
from inventory.domain.sentence import Refused, Sentence, counted, sentence
from inventory.domain.status import Status
from inventory.exchange.columns import ColumnMapping, heading_key
from inventory.exchange.dates import DayOrder, day_order, read_expiry
from inventory.exchange.fields import OPENING_FIELDS
from inventory.exchange.numbers import typed_number
from inventory.exchange.plan import (
    Cells,
    ChangedCell,
    ImportPlan,
    Planned,
    RefusedCell,
    column_cells,
    rows_of,
)
from inventory.exchange.progress import SILENT, Progress
from inventory.exchange.table_file import TableFile

MAX_LOT = 40
MAX_PLACE = 80


@dataclass(frozen=True, slots=True)
class KnownItem:
    """What the plans need to know of an item that exists."""

    code: str
    names: Names
    kind: str

    @property
    def traits(self) -> ItemKind:
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One batch of one item at one place; `place` is a name."""

    code: str
    lot: str
    expiry: Expiry | None
    place: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What earlier imports opened on a shelf, and what is there now; smallest units."""

    quantity: int
    on_hand: int
    status: Status = Status.USABLE


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """`quantity` is the opening quantity of the shelf, `before` what it was opened with so far.

    `status` is expired for a batch that is past its expiry: it is there, but not usable.
    """

    shelf: Shelf
    quantity: int
    before: int = 0
    status: Status = Status.USABLE


OpeningPlan = ImportPlan[OpeningLine]


@dataclass(frozen=True, slots=True)
class OpeningState:
    """The items there are by code, earlier openings, and the places, the first one first."""

    items: Mapping[str, KnownItem]
    opened: dict[Shelf, Opened]
    places: Sequence[str]


def plan_opening(
    table: TableFile,
    mapping: ColumnMapping,
    state: OpeningState,
    today: date,
    progress: Progress = SILENT,
) -> OpeningPlan:
    """Compare counted batches with what was opened before; quantities are smallest units.

    Raises Refused when the table has no column for the code or the quantity.
    """
    mapping.require(OPENING_FIELDS)
    order = day_order(column_cells(table, mapping, "expiry"))
    planner = _Planner(state, today, order, table.decimal_comma)
    for cells in rows_of(table, mapping, progress):
        planner.take(cells)
    return planner.plan()


class _Planner:
    """Goes through the rows once; a shelf may stand in the table only once."""

    def __init__(
        self, state: OpeningState, today: date, order: DayOrder, decimal_comma: bool
    ) -> None:
        self.items = {code.casefold(): item for code, item in state.items.items()}
        self.places = {heading_key(place): place for place in state.places}
        self.first_place = state.places[0] if state.places else ""
        self.new_places: list[str] = []
        self.state, self.today, self.order = state, today, order
        self.decimal_comma = decimal_comma
        self.spellings = {_same(shelf.code, shelf.lot, shelf.expiry): shelf.lot
                          for shelf in reversed(state.opened)}  # fmt: skip
        self.seen: dict[Shelf, int] = {}
        self.added: list[Planned[OpeningLine]] = []
        self.updated: list[Planned[OpeningLine]] = []
        self.unchanged = 0
        self.refused: list[RefusedCell] = []
        self.warnings: list[RefusedCell] = []

    def take(self, cells: Cells) -> None:
        """Read one row and put it where it belongs."""
        shelf, quantity = self._shelf(cells), self._quantity(cells)
        if shelf is not None and not cells.refused:
            self._check_once(cells, shelf)
        if shelf is None or cells.refused:
            self.refused += cells.refused
            return
        self.seen[shelf] = cells.row.number
        self._note_place(shelf.place)
        self._sort_in(cells, shelf, quantity)

    def _sort_in(self, cells: Cells, shelf: Shelf, quantity: int) -> None:
        opened = self.state.opened.get(shelf)
        line = OpeningLine(shelf, quantity, opened.quantity if opened else 0, self._status(shelf))
        if opened is None or opened.quantity == 0:
            self.added.append(Planned(cells.row.number, line))
            if line.status is Status.EXPIRED:
                expired = sentence("Expired {expiry}: kept as expired, awaiting disposal.",
                                   expiry=shelf.expiry)  # fmt: skip
                self.warnings.append(cells.about("expiry", expired))
        elif opened.quantity == quantity:
            self.unchanged += 1
        elif opened.on_hand + quantity - opened.quantity < 0:
            cells.refuse("quantity", sentence(
                "Opened with {before}, and {used} of them have gone out already.",
                before=opened.quantity, used=opened.quantity - opened.on_hand))  # fmt: skip
            self.refused += cells.refused
        else:
            change = ChangedCell("quantity", cells.heading("quantity"), str(opened.quantity),
                                 str(quantity))  # fmt: skip
            self.updated.append(Planned(cells.row.number, line, (change,)))

    def _shelf(self, cells: Cells) -> Shelf | None:
        item = self._item(cells)
        expiry: Expiry | None = cells.read("expiry", self._expiry, None)
        lot = cells.read("lot", _lot, "")
        place = cells.read("place", self._place, self.first_place)
        if item is None:
            return None
        if item.traits.batch is Need.MUST and not cells.text("lot"):
            cells.refuse("lot", sentence("{item} needs its batch number.", item=item.names))
        if item.traits.expiry is Need.MUST and not cells.text("expiry"):
            cells.refuse("expiry", sentence("{item} needs its expiry date.", item=item.names))
        lot = self.spellings.setdefault(_same(item.code, lot, expiry), lot)
        return Shelf(item.code, lot, expiry, place)

    def _item(self, cells: Cells) -> KnownItem | None:
        code = fold_digits(cells.text("code"))
        item = self.items.get(code.casefold())
        if not code:
            cells.refuse("code", sentence("The code is empty, so the item is not known."))
        elif item is None:
            reason = sentence("There is no item with the code {code}.", code=code[:40])
            cells.refuse("code", reason)
        return item

    def _expiry(self, text: str) -> Expiry:
        return read_expiry(text, self.order, self.today)

    def _quantity(self, cells: Cells) -> int:
        if not cells.text("quantity"):
            cells.refuse("quantity", sentence("The quantity is empty. An empty cell is not 0."))
        return cells.read("quantity", self._parse_quantity, 0)

    def _parse_quantity(self, text: str) -> int:
        return parse_quantity(typed_number(text, self.decimal_comma))

    def _place(self, text: str) -> str:
        """The place of that name however it is written, else a new one."""
        if len(text) > MAX_PLACE:
            raise Refused("This is longer than {limit} characters.", limit=MAX_PLACE)
        check_characters(text)
        return self.places.get(heading_key(text), text)

    def _note_place(self, place: str) -> None:
        if heading_key(place) not in self.places:
            self.places[heading_key(place)] = place
            self.new_places.append(place)

    def _status(self, shelf: Shelf) -> Status:
        expired = shelf.expiry is not None and shelf.expiry.expired_on(self.today)
        return Status.EXPIRED if expired else Status.USABLE

    def _check_once(self, cells: Cells, shelf: Shelf) -> None:
        earlier = self.seen.get(shelf)
        if earlier is not None:
            cells.refuse("lot", sentence(
                "The same batch and place stand in row {row}. Put both in one row.",
                row=earlier))  # fmt: skip

    def plan(self) -> OpeningPlan:
        """The finished plan."""
        return ImportPlan(
            tuple(self.added), tuple(self.updated), self.unchanged, tuple(self.refused),
            tuple(self.warnings), self._notes(),
        )  # fmt: skip

    def _notes(self) -> tuple[Sentence, ...]:
        notes = [sentence("The place {place} will be made.", place=p) for p in self.new_places]
        batches = Counter((shelf.code, shelf.lot) for shelf in self.seen if shelf.lot)
        expiries = {(shelf.code, shelf.lot, shelf.expiry) for shelf in self.seen if shelf.lot}
        double = len(expiries) - len(batches)
        if double:
            notes.append(
                counted(
                    "{n} batch number stands with two expiry dates. Check the packs.",
                    "{n} batch numbers stand with two expiry dates. Check the packs.",
                    double,
                )
            )
        return tuple(notes)


def _same(code: str, lot: str, expiry: Expiry | None) -> tuple[str, str, Expiry | None]:
    """What two spellings of one batch have in common."""
    return code, batch_key(lot), expiry


def _lot(text: str) -> str:
    if len(text) > MAX_LOT:
        raise Refused("The batch number is longer than {most} characters.", most=MAX_LOT)
    check_characters(text)
    return text
