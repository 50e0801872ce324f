"""Receive: a delivery becomes stock, with what was short, damaged, extra or short-dated written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert

from inventory.domain.documents import DocumentKind
from inventory.domain.expiry import Expiry, check_expiry, judge_shelf_life
from inventory.domain.item_kinds import Need
from inventory.domain.movements import MovementKind
from inventory.domain.roles import Permission
from inventory.domain.sentence import Refused, Sentence, sentence
from inventory.domain.stamp import Stamp
from inventory.domain.status import Status
from inventory.queries import clinics, items
from inventory.queries.documents import LineRow, lines_of
from inventory.queries.items import ItemRow
from inventory.services import ledger, particulars
from inventory.services.ledger import Entry, Heading
from inventory.services.lots import LotFacts, find_or_add
from inventory.services.ordering import check_waiting, follow_receipts
from inventory.services.permits import permitted
from inventory.storage import tables


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One batch of a delivery, in smallest units.

    `quantity` is what came in good condition, `damaged` what came broken. `ordered` and
    `on_waybill` are None when nobody said. A `reason` accepts a short-dated batch as usable;
    without one it goes to quarantine. `place_id` None is the clinic's first place. Where
    something was ordered and nothing came, both quantities are 0: the note says so.
    """

    item_id: int
    quantity: int
    lot: str = ""
    expiry: Expiry | None = None
    made_on: date | None = None
    maker: str = ""
    damaged: int = 0
    ordered: int | None = None
    on_waybill: int | None = None
    pack_size: int = 1
    place_id: int | None = None
    reason: str = ""
    note: str = ""

    @property
    def stayed_away(self) -> bool:
        """Ordered, and nothing of it came."""
        return self.quantity == 0 == self.damaged and bool(self.ordered)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A delivery: from whom, out of whose money (source: donor or grant), on what paper."""

    lines: tuple[ReceiptLine, ...]
    happened_on: date
    supplier: str = ""
    source: str = ""
    waybill: str = ""
    requisition_id: int | None = None
    order_number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """The goods-received note that was posted; warnings name what went to quarantine."""

    document_id: int
    number: str
    lines: tuple[LineRow, ...]
    warnings: tuple[Sentence, ...] = ()
    again: bool = False


@permitted(Permission.RECEIVE)
def receive(connection: Connection, stamp: Stamp, receipt: Receipt) -> Received:
    """Post a delivery. Raises Refused, changing nothing, with the item and the reason."""
    stream = ledger.begin(connection, stamp.clinic_id)
    before = ledger.already(connection, stamp)
    if before is not None:
        lines = tuple(lines_of(connection, before.document_id))
        return Received(before.document_id, before.number, lines, again=True)
    if all(line.stayed_away for line in receipt.lines):
        raise Refused("Nothing has been received yet. Scan the first pack.")
    if receipt.requisition_id is not None:
        check_waiting(connection, stamp.clinic_id, receipt.requisition_id)
    day = stream.happened_on(stamp, receipt.happened_on)
    entries: list[Entry] = []
    rows: list[dict[str, object]] = []
    warnings: list[Sentence] = []
    first_place = clinics.first_place(connection, stamp.clinic_id).id
    for number, line in enumerate(receipt.lines, start=1):
        item = items.item_by_id(connection, line.item_id)
        if line.stayed_away:
            rows.append(_row(line, number, None, Status.USABLE))
            continue
        check_line(item, line)
        check_expiry(line.expiry, stream.day(stamp))
        status, warning = judge(item, line, day)
        warnings += [warning] if warning else []
        lot_id = find_or_add(connection, stamp.clinic_id, item.id, _facts(line, receipt))
        place = line.place_id or first_place
        entries += _entries(line, number, lot_id, place, status)
        rows.append(_row(line, number, lot_id, status))
    says = particulars.of_receipt(connection, receipt.supplier, receipt.source, receipt.waybill,
                                  receipt.requisition_id, rows)  # fmt: skip
    heading = Heading(DocumentKind.RECEIPT, day, party=receipt.supplier,
                      reference=receipt.waybill or receipt.order_number,
                      note=receipt.note, says=says)  # fmt: skip
    posted = ledger.post(connection, stamp, heading, entries, stream)
    connection.execute(
        insert(tables.receipt).values(
            document_id=posted.document_id, requisition_id=receipt.requisition_id,
            supplier=receipt.supplier, source=receipt.source, waybill=receipt.waybill)
    )  # fmt: skip
    connection.execute(
        insert(tables.receipt_line), [{"document_id": posted.document_id, **row} for row in rows]
    )
    if receipt.requisition_id is not None:
        follow_receipts(connection, receipt.requisition_id)
    lines = tuple(lines_of(connection, posted.document_id))
    return Received(posted.document_id, posted.number, lines, tuple(warnings))


def check_line(item: ItemRow, line: ReceiptLine) -> None:
    """What the item's kind demands of a delivery line. Raises Refused with the item's name."""
    if line.quantity < 0 or line.damaged < 0 or line.quantity + line.damaged == 0:
        raise Refused("The quantity of {item} must be at least 1.", item=item.names)
    if line.pack_size < 1:
        raise Refused("A pack holds at least 1.")
    if item.traits.batch is Need.MUST and not line.lot.strip():
        raise Refused("{item} needs its batch number. Read it from the pack.", item=item.names)
    if item.traits.expiry is Need.MUST and line.expiry is None:
        raise Refused("{item} needs its expiry date. Read it from the pack.", item=item.names)
    if line.made_on and line.expiry and line.made_on >= line.expiry.last_day:
        raise Refused("{item}: the day it was made is not before its expiry. Check the pack.",
                      item=item.names)  # fmt: skip


def judge(item: ItemRow, line: ReceiptLine, day: date) -> tuple[Status, Sentence | None]:
    """Usable, or quarantined with the sentence that says why."""
    if line.expiry is None:
        return Status.USABLE, None
    life = judge_shelf_life(line.expiry, line.made_on, day, item.traits.shelf_life)
    if life.expired:
        return Status.QUARANTINED, sentence(
            "{item}, batch {lot}, expired {expiry}. It goes to quarantine.",
            item=item.names, lot=line.lot, expiry=line.expiry)  # fmt: skip
    if life.passes or line.reason:
        return Status.USABLE, None
    return Status.QUARANTINED, sentence(
        "{item}, batch {lot}, expires {expiry}: too soon to accept without a reason. "
        "It goes to quarantine.",
        item=item.names, lot=line.lot, expiry=line.expiry)  # fmt: skip


def _facts(line: ReceiptLine, receipt: Receipt) -> LotFacts:
    return LotFacts(line.lot, line.expiry, line.made_on, line.maker, receipt.source)


def _entries(
    line: ReceiptLine, number: int, lot_id: int, place_id: int, status: Status
) -> list[Entry]:
    good = Entry(MovementKind.RECEIPT, line.item_id, lot_id, place_id, line.quantity, status,
                 number, line.reason, line.note)  # fmt: skip
    broken = Entry(MovementKind.RECEIPT, line.item_id, lot_id, place_id, line.damaged,
                   Status.DAMAGED, number, "DAMAGED_TRANSIT", line.note)  # fmt: skip
    return [entry for entry in (good, broken) if entry.quantity > 0]


def _row(line: ReceiptLine, number: int, lot_id: int | None, status: Status) -> dict[str, object]:
    return {
        "line": number, "item_id": line.item_id, "lot_id": lot_id, "pack_size": line.pack_size,
        "ordered": line.ordered, "on_waybill": line.on_waybill, "received": line.quantity,
        "damaged": line.damaged, "status": status.value, "reason": line.reason,
        "note": line.note,
    }  # fmt: skip
