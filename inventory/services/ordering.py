"""Orders: a draft that follows the stock until it is printed, then waits to be received.

A draft's untouched lines are proposed anew whenever it is opened; a line changed by hand keeps
its figure, beside the proposal, with the reason and who changed it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text, update
from uuid6 import uuid7

from inventory.domain.documents import ORDER_PREFIX
from inventory.domain.months import window
from inventory.domain.quantity import MAX_QUANTITY
from inventory.domain.roles import Permission
from inventory.domain.rounding import two_places
from inventory.domain.sentence import N_, Refused
from inventory.domain.stamp import Stamp
from inventory.queries import items
from inventory.queries.clinics import ledger_day
from inventory.queries.proposal import OrderLine, levels, proposals, wanted
from inventory.services import ledger, numbering, particulars
from inventory.services.clinics import save_setting
from inventory.services.permits import permitted
from inventory.storage import tables

REQ = tables.requisition.c
LINE = tables.requisition_line.c


MOST_MONTHS, MOST_WINDOW = 24, 12


class OrderState(StrEnum):
    DRAFT = "draft"
    PRINTED = "printed"
    PARTLY_RECEIVED = "partly_received"
    CLOSED = "closed"


STATE_NAMES = {
    OrderState.DRAFT: N_("Draft"),
    OrderState.PRINTED: N_("Printed"),
    OrderState.PARTLY_RECEIVED: N_("Partly received"),
    OrderState.CLOSED: N_("Closed"),
}


@permitted(Permission.ORDER)
def open_draft(
    connection: Connection, stamp: Stamp, supplier: str = "", kinds: Collection[str] = ()
) -> int:
    """The clinic's draft for that supplier and those kinds, begun if there is none; brought up
    to date with the stock. Returns its id."""
    ledger.begin(connection, stamp.clinic_id)
    chosen = ",".join(sorted(kinds))
    found = connection.scalar(
        select(REQ.id).where(
            REQ.clinic_id == stamp.clinic_id, REQ.state == OrderState.DRAFT,
            REQ.supplier == supplier, REQ.kinds == chosen)
    )  # fmt: skip
    if found is None:
        return begin_order(connection, stamp, supplier, chosen)
    refresh(connection, stamp, found)
    return int(found)


@permitted(Permission.ORDER)
def begin_order(connection: Connection, stamp: Stamp, supplier: str = "", kinds: str = "") -> int:
    """A new draft as it is proposed, beside whatever drafts there are. Returns its id."""
    day = ledger.begin(connection, stamp.clinic_id).day(stamp)
    order_id: int = connection.execute(
        insert(tables.requisition)
        .values(uid=uuid7().hex, clinic_id=stamp.clinic_id,
                number=numbering.take(connection, stamp.clinic_id, ORDER_PREFIX, day),
                state=OrderState.DRAFT, supplier=supplier, kinds=kinds, user=stamp.user,
                **_dates(connection, stamp))
        .returning(REQ.id)
    ).scalar_one()  # fmt: skip
    refresh(connection, stamp, order_id)
    return order_id


@permitted(Permission.ORDER)
def refresh(connection: Connection, stamp: Stamp, order_id: int) -> None:
    """Propose the untouched lines of a draft anew; lines changed or added by hand stay."""
    order = _draft(connection, stamp, order_id)
    touched = set(
        connection.scalars(
            select(LINE.item_id).where(
                LINE.requisition_id == order_id, (LINE.changed_by != "") | (LINE.added == 1))
        )
    )  # fmt: skip
    kinds = order.kinds.split(",") if order.kinds else ()
    rows = proposals(connection, stamp.clinic_id, _today(connection, stamp), also=touched)
    connection.execute(
        delete(tables.requisition_line).where(
            LINE.requisition_id == order_id, LINE.item_id.not_in(touched)
        )
    )
    fresh = [
        _values(order_id, row) | {"packs": row.proposal.packs}
        for row in rows
        if row.proposal.packs and row.item.id not in touched
        and wanted(row.item, order.supplier, kinds)
    ]  # fmt: skip
    if fresh:
        connection.execute(insert(tables.requisition_line), fresh)
    for row in rows:
        if row.item.id in touched:
            _update(connection, order_id, row.item.id, _values(order_id, row))
    connection.execute(
        update(tables.requisition).where(REQ.id == order_id).values(**_dates(connection, stamp))
    )


@permitted(Permission.ORDER)
def change_line(
    connection: Connection,
    stamp: Stamp,
    order_id: int,
    item_id: int,
    packs: int,
    reason: str,
    note: str = "",
) -> None:
    """Ask for another number of packs than proposed. A reason, or words of one's own, is needed."""
    _draft(connection, stamp, order_id)
    if not 0 <= packs <= MAX_QUANTITY:
        raise Refused("The number of packs must be between 0 and {most}.", most=MAX_QUANTITY)
    if not reason and not note.strip():
        raise Refused("Say why the proposal is changed: choose a reason or write one.")
    _update(connection, order_id, item_id, {
        "packs": packs, "reason": reason, "note": note.strip(), "changed_by": stamp.user or "-",
    })  # fmt: skip


@permitted(Permission.ORDER)
def reset_line(connection: Connection, stamp: Stamp, order_id: int, item_id: int) -> None:
    """Go back to the proposal."""
    _draft(connection, stamp, order_id)
    connection.execute(
        update(tables.requisition_line)
        .where(LINE.requisition_id == order_id, LINE.item_id == item_id)
        .values(packs=LINE.proposed_packs, reason="", note="", changed_by="")
    )


@dataclass(frozen=True, slots=True)
class LineState:
    """What a person decided about a line, to go back to it."""

    packs: int
    reason: str
    note: str
    changed_by: str
    added: bool


@permitted(Permission.ORDER)
def put_back(
    connection: Connection, stamp: Stamp, order_id: int, item_id: int, before: LineState | None
) -> None:
    """Undo an edit of a draft: the line as it was, or not there at all."""
    _draft(connection, stamp, order_id)
    if before is not None:
        values = asdict(before) | {"added": int(before.added)}
        _update(connection, order_id, item_id, values)
        return
    connection.execute(
        delete(tables.requisition_line).where(
            LINE.requisition_id == order_id, LINE.item_id == item_id
        )
    )


@permitted(Permission.ORDER)
def add_line(connection: Connection, stamp: Stamp, order_id: int, item_id: int) -> None:
    """Add an item that was not proposed, with nothing asked for yet."""
    _draft(connection, stamp, order_id)
    item = items.item_by_id(connection, item_id)
    there = connection.scalar(
        select(LINE.item_id).where(LINE.requisition_id == order_id, LINE.item_id == item_id)
    )
    if there is not None:
        raise Refused("{item} is on this order already.", item=item.names)
    (row,) = proposals(connection, stamp.clinic_id, _today(connection, stamp), only=item_id)
    values = _values(order_id, row) | {"packs": row.proposal.packs, "added": 1}
    connection.execute(insert(tables.requisition_line).values(**values))


@permitted(Permission.ORDER)
def set_needed_by(
    connection: Connection, stamp: Stamp, order_id: int, day: date | None, emergency: bool
) -> None:
    """When it is needed, and whether it is an emergency order."""
    _draft(connection, stamp, order_id)
    connection.execute(
        update(tables.requisition)
        .where(REQ.id == order_id)
        .values(needed_by=day, emergency=int(emergency))
    )


@permitted(Permission.ORDER)
def print_order(connection: Connection, stamp: Stamp, order_id: int) -> None:
    """The draft becomes an order: it counts as coming from now on and is not changed again."""
    stream = ledger.begin(connection, stamp.clinic_id)
    if _order(connection, stamp.clinic_id, order_id).state != OrderState.DRAFT:
        return
    asked = connection.scalar(
        select(LINE.item_id).where(LINE.requisition_id == order_id, LINE.packs > 0).limit(1)
    )
    if asked is None:
        raise Refused("Nothing needs ordering, so there is no form to print.")
    connection.execute(
        delete(tables.requisition_line).where(
            LINE.requisition_id == order_id, LINE.packs == 0, LINE.changed_by == ""
        )
    )
    connection.execute(
        update(tables.requisition)
        .where(REQ.id == order_id)
        .values(state=OrderState.PRINTED, made_on=stream.day(stamp), user=stamp.user,
                changed_at=stamp.now, head=stream.head)
    )  # fmt: skip
    seal = particulars.seal_of_order(connection, order_id)
    connection.execute(update(tables.requisition).where(REQ.id == order_id).values(seal=seal))


@permitted(Permission.ORDER)
def close_order(connection: Connection, stamp: Stamp, order_id: int) -> None:
    """Expect no more of it; what did not come is ordered again by the next proposal.

    It stays closed whatever is received or taken back afterwards.
    """
    ledger.begin(connection, stamp.clinic_id)
    _order(connection, stamp.clinic_id, order_id)
    connection.execute(
        update(tables.requisition)
        .where(REQ.id == order_id)
        .values(state=OrderState.CLOSED, changed_at=stamp.now, ended_at=stamp.now)
    )


@permitted(Permission.ORDER)
def reopen_order(connection: Connection, stamp: Stamp, order_id: int) -> None:
    """Take back that nothing more is expected; what came against it decides its state."""
    ledger.begin(connection, stamp.clinic_id)
    _order(connection, stamp.clinic_id, order_id)
    connection.execute(
        update(tables.requisition)
        .where(REQ.id == order_id, REQ.state != OrderState.DRAFT)
        .values(changed_at=stamp.now, ended_at=None)
    )
    follow_receipts(connection, order_id)


def check_waiting(connection: Connection, clinic_id: int, order_id: int) -> None:
    """Raises Refused unless goods may be received against that order."""
    order = _order(connection, clinic_id, order_id)
    if order.state == OrderState.DRAFT:
        raise Refused("{number} has not been printed, so nothing can be received against it.",
                      number=order.number)  # fmt: skip


_OUTSTANDING = text("""
SELECT count(*) AS open, sum(CASE WHEN came > 0 THEN 1 ELSE 0 END) AS begun FROM (
  SELECT l.packs * l.pack_size AS asked, COALESCE((
    SELECT sum(x.received) FROM receipt_line x JOIN receipt r ON r.document_id = x.document_id
    WHERE r.requisition_id = l.requisition_id AND x.item_id = l.item_id
      AND NOT EXISTS (SELECT 1 FROM document d WHERE d.reverses_id = x.document_id)), 0) AS came
  FROM requisition_line l WHERE l.requisition_id = :order
) t WHERE came < asked OR :all = 1
""")


def follow_receipts(connection: Connection, order_id: int) -> None:
    """Set the state of an order from what has come against it."""
    waiting = connection.execute(_OUTSTANDING, {"order": order_id, "all": 0}).one()
    came = connection.execute(_OUTSTANDING, {"order": order_id, "all": 1}).one()
    state = OrderState.PRINTED
    if waiting.open == 0:
        state = OrderState.CLOSED
    elif came.begun:
        state = OrderState.PARTLY_RECEIVED
    connection.execute(
        update(tables.requisition)
        .where(REQ.id == order_id, REQ.state != OrderState.DRAFT, REQ.ended_at.is_(None))
        .values(state=state)
    )


def _draft(connection: Connection, stamp: Stamp, order_id: int) -> Any:
    """A draft of the clinic, held until commit so that no other desk changes it meanwhile."""
    ledger.begin(connection, stamp.clinic_id)
    row = _order(connection, stamp.clinic_id, order_id)
    if row.state != OrderState.DRAFT:
        raise Refused("{number} has been printed and is not changed any more.", number=row.number)
    return row


def _order(connection: Connection, clinic_id: int, order_id: int) -> Any:
    row = connection.execute(
        select(REQ.state, REQ.kinds, REQ.supplier, REQ.number).where(
            REQ.id == order_id, REQ.clinic_id == clinic_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise Refused("That order is not in this clinic.")
    return row


def _today(connection: Connection, stamp: Stamp) -> date:
    return ledger_day(connection, stamp.clinic_id, stamp.today)


def _dates(connection: Connection, stamp: Stamp) -> dict[str, Any]:
    today = _today(connection, stamp)
    months = window(today, levels(connection, stamp.clinic_id).window)
    return {"made_on": today, "period_start": months[0].first_day,
            "period_end": months[-1].last_day, "changed_at": stamp.now}  # fmt: skip


def _values(order_id: int, row: OrderLine) -> dict[str, Any]:
    use, proposal = row.use, row.proposal
    return {
        "requisition_id": order_id, "item_id": row.item.id, "opening": use.opening,
        "received": use.received, "consumed": use.consumed, "adjusted": use.adjusted,
        "closing": use.closing, "days_out": use.days_out,
        "amc": two_places(row.amc.value), "average": row.amc.rounded,
        "months_counted": row.amc.months_counted, "maximum": proposal.maximum,
        "on_hand": proposal.on_hand, "at_risk": proposal.at_risk, "on_order": proposal.on_order,
        "pack_size": proposal.pack_size, "proposed_packs": proposal.packs,
        "price": row.item.price,
    }  # fmt: skip


def _update(connection: Connection, order_id: int, item_id: int, values: dict[str, Any]) -> None:
    """Change a line. Raises Refused when it is not there any more."""
    changed = connection.execute(
        update(tables.requisition_line)
        .where(LINE.requisition_id == order_id, LINE.item_id == item_id)
        .values(**{k: v for k, v in values.items() if k not in ("requisition_id", "item_id")})
    )
    if changed.rowcount == 0:
        raise Refused("That line is not on the order any more.")


@dataclass(frozen=True, slots=True)
class Rules:
    """A clinic's own rules for its orders; `budget` is whole dinars, None when there is none."""

    min_months: Fraction
    max_months: Fraction
    window: int
    supplier: str = ""
    budget: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.min_months <= self.max_months <= MOST_MONTHS:
            raise Refused("The minimum must not be above the maximum, and neither above {most}.",
                          most=MOST_MONTHS)  # fmt: skip
        if not 1 <= self.window <= MOST_WINDOW:
            raise Refused("Use is averaged over 1 to {most} months.", most=MOST_WINDOW)


@permitted(Permission.KEEP_CLINIC)
def keep_rules(connection: Connection, stamp: Stamp, rules: Rules) -> None:
    """Set the rules of the stamp's clinic; the next proposal follows them."""
    values = {
        "min_months": str(rules.min_months), "max_months": str(rules.max_months),
        "amc_window": rules.window, "supplier": rules.supplier, "budget": rules.budget,
    }  # fmt: skip
    for key, value in values.items():
        save_setting(connection, stamp.clinic_id, key, value)
