"""A clinic with a few items, and short words for what people do in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import Connection, select, text

from inventory.domain.expiry import Expiry
from inventory.domain.fefo import Shelf
from inventory.domain.item import ItemDraft
from inventory.domain.names import Names
from inventory.domain.stamp import Stamp
from inventory.domain.status import Status
from inventory.queries import shelves
from inventory.queries.clinics import places
from inventory.queries.lots import lots_of, on_hand_of
from inventory.services.adjusting import Held
from inventory.services.checking import check
from inventory.services.clinics import NewClinic, add_clinic
from inventory.services.dispensing import Dispensed, DispenseLine, DispenseOrder, dispense
from inventory.services.items import save_item
from inventory.services.ledger import Posted
from inventory.services.receiving import Receipt, ReceiptLine, Received, receive
from inventory.services.reversing import reverse
from inventory.storage import tables
from inventory.storage.database import Database

T = TypeVar("T")

TODAY = date(2026, 11, 22)
LATER = "2028-06"
CODES = {
    "AMOX": ("medicine", "capsule", 100),
    "PARA": ("medicine", "tablet", 1000),
    "GLOV": ("supply", "piece", 100),
    "DIES": ("fuel", "litre", 1),
}
_requests = count(1)


@dataclass(slots=True)
class ReadyClinic:
    """`today` and `now` are the clock; set them to let time pass."""

    database: Database
    id: int
    items: dict[str, int]
    today: date = TODAY
    now: int = 1_800_000_000_000
    user: str = "pharmacist"
    last: str = field(default="", init=False)

    def act(self, use_case: Callable[..., T], *args: Any, request: str = "", **more: Any) -> T:
        """Run a use case as a person here and now; the clock moves on a second."""
        self.now += 1000
        self.last = request or f"request {next(_requests)}"
        return self.database.act(use_case, self.stamp(), *args, **more)

    def stamp(self) -> Stamp:
        return Stamp(self.id, self.user, self.today, self.now, self.last)

    def ask(self, query: Callable[..., T], *args: Any, **more: Any) -> T:
        with self.database.read() as connection:
            return query(connection, *args, **more)

    def value(self, sql: str, **values: Any) -> Any:
        return self.ask(lambda connection: connection.scalar(text(sql), values))

    def receive(
        self,
        code: str = "AMOX",
        quantity: int = 100,
        lot: str = "A1",
        expiry: str | None = LATER,
        on: date | None = None,
        *,
        request: str = "",
        **more: Any,
    ) -> Received:
        """One batch, accepted however short-dated it is."""
        order = {k: more.pop(k) for k in ("requisition_id", "supplier", "source") if k in more}
        line = ReceiptLine(
            self.items[code], quantity, lot, Expiry.from_iso(expiry) if expiry else None,
            **{"reason": "AGREED", **more},
        )  # fmt: skip
        receipt = Receipt((line,), on or self.today, **order)
        return self.act(receive, receipt, request=request)

    def dispense(
        self,
        code: str = "AMOX",
        quantity: int = 10,
        on: date | None = None,
        *,
        request: str = "",
        **more: Any,
    ) -> Dispensed:
        order = {k: more.pop(k) for k in ("visit", "give_what_there_is") if k in more}
        line = DispenseLine(self.items[code], quantity, **more)
        return self.act(
            dispense, DispenseOrder((line,), on or self.today, **order), request=request
        )

    def reverse(self, number: str, reason: str = "WRONG_ITEM", *, request: str = "") -> Posted:
        return self.act(reverse, number, reason, request=request)

    def held(self, code: str = "AMOX", lot: str = "A1", quantity: int = 0) -> Held:
        """What stands of a batch, usable before held, or `quantity` of it."""
        there = [shelf for shelf in self.shelves(code) if shelf.lot == lot]
        shelf = min(there, key=lambda shelf: shelf.status is not Status.USABLE)
        return Held(self.items[code], shelf.lot_id, shelf.place_id, shelf.status,
                    quantity or shelf.quantity)  # fmt: skip

    def shelves(self, code: str = "AMOX") -> list[Shelf]:
        return self.ask(shelves.shelves, self.id, self.items[code])

    def stock(self, code: str = "AMOX") -> dict[tuple[str, Status], int]:
        """Quantity by batch and status as the ledger keeps it."""
        found: dict[tuple[str, Status], int] = {}
        for shelf in self.shelves(code):
            key = (shelf.lot, shelf.status)
            found[key] = found.get(key, 0) + shelf.quantity
        return found

    def on_hand(self, code: str = "AMOX") -> int:
        """Usable and unexpired."""
        return on_hand_of(self.ask(lots_of, self.id, self.items[code], self.today))

    def check(self) -> list[str]:
        return [str(problem) for problem in self.ask(check)]

    def places(self) -> list[int]:
        return [place.id for place in self.ask(places, self.id)]

    def documents(self) -> list[str]:
        """Numbers of everything posted here, in order."""
        d = tables.document.c
        query = select(d.number).where(d.clinic_id == self.id).order_by(d.id)
        return self.ask(lambda connection: list(connection.scalars(query)))


def furnish(database: Database, name: str = "Al-Zuhoor", today: date = TODAY) -> ReadyClinic:
    """A clinic with two places in that database, and the items of CODES."""
    with database.write() as connection:
        clinic_id = add_clinic(
            connection, NewClinic(name, places=("Pharmacy", "Store")), today, 1_700_000_000_000
        )
        items = {code: _item(connection, code) for code in CODES}
    return ReadyClinic(database, clinic_id, items, today)


def _item(connection: Connection, code: str) -> int:
    kind, unit, pack = CODES[code]
    draft = ItemDraft(code, Names(en=f"Item {code}"), kind, unit, pack_size=pack, ven="E")
    return save_item(connection, draft, 0)
