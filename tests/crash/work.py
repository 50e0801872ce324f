"""A day's work of a clinic, an act at a time: what is recorded, and what is made to fail.

Each act is one transaction through the real use cases; done again with the same request, it
returns what it returned the first time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from inventory.domain.expiry import Expiry
from inventory.domain.stamp import Stamp
from inventory.services import ordering
from inventory.services.baskets import KIND, dispense_basket
from inventory.services.deliveries import receive_delivery
from inventory.services.dispensing import DispenseLine, DispenseOrder
from inventory.services.drafts import save_draft
from inventory.services.receiving import Receipt, ReceiptLine
from inventory.services.reversing import reverse
from inventory.storage import tables
from inventory.storage.database import Database
from tests.ready_clinic import LATER, ReadyClinic

KEY = bytes(range(100, 132))
"""The database key of every recorded clinic: SQLCipher, given raw."""


@dataclass(slots=True)
class Act:
    """One transaction of a person; `run` may be called again after a fault."""

    name: str
    run: Callable[[Database], Any]


class Work:
    """Acts of every kind, in an order that dice choose."""

    def __init__(self, clinic: ReadyClinic, seed: int) -> None:
        self.clinic, self.dice = clinic, random.Random(seed)
        self.number = 0
        self.basket: DispenseOrder | None = None
        self.last_dispensed = ""
        self.order = 0

    def acts(self, count: int) -> Iterator[Act]:
        kinds = [self.basket_kept, self.dispensed, self.dispensed, self.received, self.reversed,
                 self.order_begun, self.order_printed]  # fmt: skip
        yield self.received()
        for _ in range(count - 1):
            yield self.dice.choice(kinds)()

    def basket_kept(self) -> Act:
        """A basket is written down as it is scanned."""
        stamp, self.basket = self._stamp("draft"), self._order()
        body = {"lines": [[line.item_id, line.quantity] for line in self.basket.lines]}

        def run(database: Database) -> None:
            with database.write() as connection:
                save_draft(connection, stamp.clinic_id, KIND, "1", body, stamp.now)

        return Act("draft save", run)

    def dispensed(self) -> Act:
        """The basket is posted and its draft forgotten, in one transaction."""
        stamp, order = self._stamp("dispense"), self.basket or self._order()
        self.basket = None

        def run(database: Database) -> str:
            self.last_dispensed = database.act(dispense_basket, stamp, order, "1").number
            return self.last_dispensed

        return Act("dispense", run)

    def received(self) -> Act:
        stamp = self._stamp("receive")
        lines = tuple(
            ReceiptLine(item_id, self.dice.randint(400, 900), f"L{self.dice.randint(1, 9)}",
                        Expiry.from_iso(LATER), reason="AGREED")
            for code, item_id in self.clinic.items.items() if code in ("AMOX", "PARA")
        )  # fmt: skip
        receipt = Receipt(lines, stamp.today, supplier="Central store")
        return Act("receive", lambda database: database.act(
            receive_delivery, stamp, receipt, "1").number)  # fmt: skip

    def reversed(self) -> Act:
        """The last dispensing is taken back; without one, something is dispensed."""
        if not self.last_dispensed:
            return self.dispensed()
        stamp, number = self._stamp("reverse"), self.last_dispensed
        self.last_dispensed = ""
        return Act("reverse", lambda database: database.act(
            reverse, stamp, number, "WRONG_ITEM").number)  # fmt: skip

    def order_begun(self) -> Act:
        """A draft order for a box of something, from what the stock says."""
        stamp, item_id = self._stamp("order"), self.clinic.items["AMOX"]

        def run(database: Database) -> int:
            self.order = database.act(_begin_order, stamp, item_id)
            return self.order

        return Act("order draft", run)

    def order_printed(self) -> Act:
        """The order that was begun is printed; without one, one is begun."""
        if not self.order:
            return self.order_begun()
        stamp, order = self._stamp("print"), self.order
        self.order = 0
        return Act("order print", lambda database: database.act(ordering.print_order, stamp, order))

    def _order(self) -> DispenseOrder:
        codes = [self.dice.choice(("AMOX", "PARA")) for _ in range(self.dice.randint(1, 3))]
        lines = (DispenseLine(self.clinic.items[code], self.dice.randint(1, 9)) for code in codes)
        return DispenseOrder(tuple(lines), self.clinic.today)

    def _stamp(self, what: str) -> Stamp:
        self.number += 1
        self.clinic.now += 1000
        self.clinic.last = f"{what} {self.number}"
        return replace(self.clinic.stamp(), request=self.clinic.last)


def _begin_order(connection: Connection, stamp: Stamp, item_id: int) -> int:
    order_id = ordering.open_draft(connection, stamp)
    line = tables.requisition_line.c
    asked = select(line.item_id).where(line.requisition_id == order_id)
    if item_id not in connection.scalars(asked).all():
        ordering.add_line(connection, stamp, order_id, item_id)
    ordering.change_line(connection, stamp, order_id, item_id, 1, "OTHER")
    return order_id
