"""The stock card of an item: every movement in the order it happened, with running balance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, text

from inventory.domain.expiry import Expiry, Precision
from inventory.domain.movements import MOVEMENTS, Column, MovementKind
from inventory.domain.status import Status
from inventory.storage.types import day_of

_LINES = """
SELECT m.happened_on, m.seq, d.number, m.kind, r.kind AS reversed_kind, d.party, d.reference,
  l.number AS lot, l.expiry, l.expiry_precision, m.status, m.quantity, m.reason, m.note, m."user"
FROM movement m JOIN document d ON d.id = m.document_id JOIN lot l ON l.id = m.lot_id
LEFT JOIN movement r ON r.uid = m.reverses_uid
WHERE m.clinic_id = :clinic AND m.item_id = :item
"""
_CARD = text(_LINES + "ORDER BY m.happened_on, m.stream_id, m.seq")
_LAST = text(_LINES + """
  AND (m.status = 'usable' OR m.kind IN ('receipt', 'opening'))
ORDER BY m.happened_on DESC, m.stream_id DESC, m.seq DESC LIMIT :most
""")
_BALANCE = text("""
SELECT COALESCE(sum(quantity), 0) FROM stock
WHERE clinic_id = :clinic AND item_id = :item AND status = 'usable'
""")


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of the card. Exactly one of `received`, `issued`, `adjusted` is set for usable
    stock; none of them when the line only says that something stands apart (`status`)."""

    day: date
    document: str
    kind: MovementKind
    party: str
    reference: str
    lot: str
    expiry: Expiry | None
    received: int | None
    issued: int | None
    adjusted: int | None
    balance: int
    status: Status
    reason: str
    note: str
    user: str


def stock_card(
    connection: Connection, clinic_id: int, item_id: int, start: date | None = None
) -> tuple[int, list[CardLine]]:
    """The balance brought forward to `start`, and the lines from then on.

    The balance is stock kept as usable; back-dated lines stand on the day they happened.
    """
    balance, forward, lines = 0, 0, []
    for row in connection.execute(_CARD, {"clinic": clinic_id, "item": item_id}):
        usable = row.status == Status.USABLE
        balance += row.quantity if usable else 0
        if start is not None and day_of(row.happened_on) < start:
            forward = balance
        elif usable or row.kind in (MovementKind.RECEIPT, MovementKind.OPENING):
            lines.append(_line(row, balance, usable))
    return forward, lines


def last_lines(
    connection: Connection, clinic_id: int, item_id: int, most: int
) -> list[CardLine]:
    """The last lines of the card, newest first, without reading the whole of it."""
    given = {"clinic": clinic_id, "item": item_id}
    balance = int(connection.scalar(_BALANCE, given) or 0)
    lines = []
    for row in connection.execute(_LAST, {**given, "most": most}):
        usable = row.status == Status.USABLE
        lines.append(_line(row, balance, usable))
        balance -= row.quantity if usable else 0
    return lines


def _line(row: Row[Any], balance: int, usable: bool) -> CardLine:
    column = MOVEMENTS[MovementKind(row.reversed_kind or row.kind)].column
    if row.kind == MovementKind.OPENING:
        column = Column.RECEIVED
    received = issued = adjusted = None
    if usable and column is Column.RECEIVED:
        received = row.quantity
    elif usable and column is Column.CONSUMED:
        issued = -row.quantity
    elif usable:
        adjusted = row.quantity
    expiry = None
    if row.expiry is not None:
        expiry = Expiry(day_of(row.expiry), Precision(row.expiry_precision))
    return CardLine(
        day_of(row.happened_on), row.number, MovementKind(row.kind), row.party, row.reference,
        row.lot, expiry, received, issued, adjusted, balance, Status(row.status), row.reason,
        row.note, row.user,
    )  # fmt: skip
