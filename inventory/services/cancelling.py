"""Take a printed order back: nothing of it is expected any more, and the reason is kept."""

from __future__ import annotations

from sqlalchemy import Connection

from inventory.domain.documents import ORDER_PREFIX, DocumentKind
from inventory.domain.roles import Permission
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.queries.orders import OrderRow, order_numbered
from inventory.services import ledger
from inventory.services.ledger import Heading, Posted, Stream
from inventory.services.ordering import OrderState, close_order
from inventory.services.permits import permitted
from inventory.storage.statement import Statement

_NOTE = Statement("""
SELECT d.number FROM receipt r JOIN document d ON d.id = r.document_id
WHERE r.requisition_id = :order
  AND NOT EXISTS (SELECT 1 FROM document b WHERE b.reverses_id = d.id)
ORDER BY d.id DESC LIMIT 1
""")


def is_order(number: str) -> bool:
    """Whether a printed number is of an order, and not of a document of the ledger."""
    return number.startswith(f"{ORDER_PREFIX}-")


@permitted(Permission.ORDER)
def cancel_order(
    connection: Connection, stamp: Stamp, stream: Stream, number: str, reason: str, note: str
) -> Posted:
    """Close an order against which nothing came, with a reversal that says why.

    Raises Refused for a draft, for an order that is closed, and where goods came against it.
    """
    order = order_numbered(connection, stamp.clinic_id, number)
    _check(connection, order)
    close_order(connection, stamp, order.id)
    heading = Heading(DocumentKind.REVERSAL, stamp.today, party=order.supplier,
                      reference=order.number, reason=reason, note=note)  # fmt: skip
    return ledger.post(connection, stamp, heading, (), stream)


def _check(connection: Connection, order: OrderRow) -> None:
    if order.state == OrderState.DRAFT:
        raise Refused("{number} is a draft that has not been printed, so there is nothing to "
                      "reverse.", number=order.number)  # fmt: skip
    row = _NOTE.row(connection, {"order": order.id})
    if row is not None:
        raise Refused("Goods came against {number} with {other}; reverse the goods-received note "
                      "first.", number=order.number, other=row[0])  # fmt: skip
    if order.state == OrderState.CLOSED:
        raise Refused("{number} is closed already: nothing more is expected of it.",
                      number=order.number)  # fmt: skip
