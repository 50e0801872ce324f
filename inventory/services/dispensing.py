"""Dispense: earliest expiry first, never expired, never held, never more than there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection, insert

from inventory.domain.documents import DocumentKind
from inventory.domain.expiry import Expiry
from inventory.domain.fefo import Pick, Shelf, pick
from inventory.domain.item_kinds import KINDS
from inventory.domain.movements import MovementKind
from inventory.domain.quantity import MAX_QUANTITY
from inventory.domain.roles import Permission
from inventory.domain.sentence import Refused, counted
from inventory.domain.stamp import Stamp
from inventory.domain.visit import Visit
from inventory.queries import items, shelves
from inventory.queries.documents import lines_of
from inventory.services import emergency, ledger, particulars, second_person
from inventory.services.ledger import Entry, Heading, Posted
from inventory.services.permits import NOTHING_ASKED, permitted
from inventory.storage import tables
from inventory.storage.statement import Statement

_ITEM = Statement("SELECT code, kind, controlled FROM item WHERE id = :item")
_UNMET = Statement(
    "SELECT item_id, quantity FROM unmet_demand WHERE document_id = :document ORDER BY item_id"
)
_WAY_OUT = {code: MovementKind(kind.dispensable.value) for code, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class DispenseLine:
    """What is asked for; `first_lot` is a batch chosen by hand, which needs a `reason`."""

    item_id: int
    quantity: int
    first_lot: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DispenseOrder:
    """One visit's medicines. `give_what_there_is` records the rest as unmet demand.

    `emergency` is the reason that lets anyone who works here take stock out; it is written down.
    """

    lines: tuple[DispenseLine, ...]
    happened_on: date
    visit: Visit | None = None
    give_what_there_is: bool = False
    emergency: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken from one batch."""

    code: str
    lot: str
    expiry: Expiry | None
    quantity: int


@dataclass(frozen=True, slots=True)
class Dispensed:
    """The document, what was taken, and what could not be given (item id, quantity)."""

    document_id: int
    number: str
    taken: tuple[Taken, ...]
    unmet: tuple[tuple[int, int], ...] = ()
    again: bool = False


TO_DISPENSE = (Permission.DISPENSE, Permission.EMERGENCY)


def needed_for(order: DispenseOrder, *_: object) -> Permission:
    """What somebody needs for such an order: nobody is kept from helping in an emergency."""
    return Permission.EMERGENCY if order.emergency else Permission.DISPENSE


@permitted(*TO_DISPENSE, by=needed_for)
def dispense(connection: Connection, stamp: Stamp, order: DispenseOrder) -> Dispensed:
    """Post a dispensing. Raises Refused, changing nothing, with the item and what there is."""
    stream = ledger.begin(connection, stamp.clinic_id)
    before = ledger.already(connection, stamp)
    if before is not None:
        return _again(connection, before)
    if not order.lines:
        raise Refused("There is nothing to dispense. Scan or type a medicine first.")
    day = stream.happened_on(stamp, order.happened_on)
    if order.emergency:
        emergency.check_reason(order.emergency)
    past = day < stream.last_day
    if past:
        ledger.check_day(day, stream.day(stamp))
    entries: list[Entry] = []
    taken: list[Taken] = []
    unmet: dict[int, int] = {}
    left: dict[tuple[int, int], int] = {}
    locked = False
    for number, line in enumerate(order.lines, start=1):
        code, kind, controlled = _item(connection, line.item_id)
        locked |= controlled
        picked = _pick(connection, stamp, order, line, day, left)
        if picked.short:
            if not order.give_what_there_is:
                raise _too_few(connection, line, picked, day if past else None)
            unmet[line.item_id] = unmet.get(line.item_id, 0) + picked.short
        for take in picked.takes:
            shelf = take.shelf
            entries.append(Entry(kind, line.item_id, shelf.lot_id, shelf.place_id, -take.quantity,
                                 line=number, reason=line.reason))  # fmt: skip
            taken.append(Taken(code, shelf.lot, shelf.expiry, take.quantity))
    consent = NOTHING_ASKED
    if locked and not order.emergency:
        consent = second_person.for_dispensing_controlled(connection, stamp)
    says = particulars.of_unmet(connection, unmet) if unmet else ()
    heading = Heading(DocumentKind.DISPENSE, day, reason=order.emergency, says=says)
    posted = ledger.post(connection, stamp, heading, entries, stream)
    _note(connection, posted.document_id, order.visit, unmet)
    consent.record(connection, stamp, posted.number)
    if order.emergency:
        amounts = [(one.code, one.quantity) for one in taken]
        emergency.record(connection, stamp, posted.number, order.emergency, amounts)
    return Dispensed(posted.document_id, posted.number, tuple(taken), tuple(sorted(unmet.items())))


def _again(connection: Connection, posted: Posted) -> Dispensed:
    """What the first time returned, out of the ledger."""
    rows = _UNMET.rows(connection, {"document": posted.document_id})
    unmet = tuple((int(item_id), int(quantity)) for item_id, quantity in rows)
    return Dispensed(posted.document_id, posted.number, taken_of(connection, posted), unmet, True)


def _item(connection: Connection, item_id: int) -> tuple[str, MovementKind, bool]:
    """The code of an item, the movement by which its kind goes out, whether it is controlled."""
    row = _ITEM.row(connection, {"item": item_id})
    if row is None:
        raise Refused("That item is not in the list any more.")
    code, kind, controlled = row
    return code, _WAY_OUT[kind], bool(controlled)


def _pick(
    connection: Connection,
    stamp: Stamp,
    order: DispenseOrder,
    line: DispenseLine,
    day: date,
    left: dict[tuple[int, int], int],
) -> Pick:
    """Pick one line, seeing what earlier lines of the same basket have promised."""
    if not 0 < line.quantity <= MAX_QUANTITY:
        raise Refused("The quantity must be between 1 and {most}.", most=MAX_QUANTITY)
    if line.first_lot is not None and not line.reason:
        raise Refused("Another batch than the earliest needs a reason.")
    standing = shelves.shelves_on(connection, stamp.clinic_id, line.item_id, day)
    if left:
        standing = _less(standing, left)
    course = order.visit.days or 0 if order.visit else 0
    picked = pick(standing, line.quantity, day, course_days=course, first_lot=line.first_lot)
    if line.first_lot is not None:
        _check_chosen(picked, line.first_lot)
    for take in picked.takes:
        key = (take.shelf.lot_id, take.shelf.place_id)
        left[key] = left.get(key, 0) + take.quantity
    return picked


def _check_chosen(picked: Pick, lot_id: int) -> None:
    """Another batch is never given in silence for the one that a person chose."""
    if any(take.shelf.lot_id == lot_id for take in picked.takes):
        return
    why = next((passed.why for passed in picked.passed if passed.shelf.lot_id == lot_id), None)
    if why is None:
        raise Refused("The chosen batch is not on the shelf any more.")
    raise Refused("The chosen batch cannot be dispensed: {why}.", why=why)


def _less(standing: Sequence[Shelf], promised: dict[tuple[int, int], int]) -> list[Shelf]:
    return [
        Shelf(s.lot_id, s.place_id, s.lot, s.expiry, s.status,
              s.quantity - promised.get((s.lot_id, s.place_id), 0), s.order)
        for s in standing
        if s.status != "usable" or s.quantity > promised.get((s.lot_id, s.place_id), 0)
    ]  # fmt: skip


def _too_few(
    connection: Connection, line: DispenseLine, picked: Pick, past: date | None
) -> Refused:
    """`past` is the day when it lies before the last day on record."""
    there, item = line.quantity - picked.short, items.item_by_id(connection, line.item_id).names
    if past is None:
        return Refused(counted(
            "Only {there} {item} can be dispensed here; {n} was asked for.",
            "Only {there} {item} can be dispensed here; {n} were asked for.",
            line.quantity, there=there, item=item))  # fmt: skip
    return Refused(counted(
        "Only {there} {item} can be dispensed on {day}, by what was here then and has gone out "
        "since; {n} was asked for.",
        "Only {there} {item} can be dispensed on {day}, by what was here then and has gone out "
        "since; {n} were asked for.",
        line.quantity, there=there, item=item, day=past))  # fmt: skip


def _note(
    connection: Connection, document_id: int, visit: Visit | None, unmet: dict[int, int]
) -> None:
    if unmet:
        connection.execute(
            insert(tables.unmet_demand),
            [{"document_id": document_id, "item_id": i, "quantity": q} for i, q in unmet.items()],
        )
    if visit is not None and not visit.empty:
        connection.execute(insert(tables.visit).values(document_id=document_id, **asdict(visit)))


def taken_of(connection: Connection, posted: Posted) -> tuple[Taken, ...]:
    """The lines of a document as they stand in the ledger."""
    return tuple(
        Taken(line.code, line.lot, line.expiry, abs(line.quantity))
        for line in lines_of(connection, posted.document_id)
    )
