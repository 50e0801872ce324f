"""Deliveries in the drafts of the clinic: the one open at this desk, and those put aside."""

from __future__ import annotations

import platform
import time
from dataclasses import dataclass
from typing import Any

from uuid6 import uuid7

from desktop.desk import Desk, new_request
from desktop.pages.receive.delivery import Delivery
from desktop.pages.receive.delivery_body import from_body, to_body
from inventory.queries.drafts import DraftRow
from inventory.services.deliveries import KIND, keep_delivery, receive_delivery, take_delivery
from inventory.services.receiving import Receipt, Received

RUN = uuid7().hex
"""Names this running of the program: a delivery of another one was left behind."""
CLOSED = "closed"
"""Stands in the place of RUN once the window was closed in order."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A delivery that waits; `since` in milliseconds UTC, `elsewhere` the desk it is open at."""

    key: str
    delivery: Delivery
    since: int
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A delivery that an earlier running of the program left; `cut` when it did not close."""

    since: int
    cut: bool


class Keeping:
    """Reads and writes the deliveries of one desk; each has a key of its own."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.here = platform.node()
        self.key = _new_key()
        self._written = False

    def load(self) -> tuple[Delivery, Left | None]:
        """The delivery open at this desk, and how it was left when not by this running."""
        row = next((row for row in self._rows() if self._is_mine(row)), None)
        if row is None:
            return self.fresh(), None
        self.key, self._written = row.key, True
        delivery = from_body(row.body, new_request())
        run = row.body.get("run")
        left = Left(row.changed_at, run != CLOSED) if run != RUN and delivery.begun else None
        return delivery, left

    def fresh(self) -> Delivery:
        """An empty one, with a key of its own."""
        self.key, self._written = _new_key(), False
        return Delivery(new_request())

    def save(self, delivery: Delivery, *, run: str = RUN, is_open: bool = True) -> None:
        """Durable when this returns; an empty delivery leaves nothing behind."""
        if not delivery.begun:
            if self._written:
                self.desk.draft(KIND, self.key).drop()
                self._written = False
            return
        body = {**to_body(delivery), "run": run, "desk": self.here, "open": is_open}
        self.desk.keep(keep_delivery, self.desk.clinic.id, self.key, body, _now())
        self._written = True

    def post(self, delivery: Delivery, receipt: Receipt) -> Received:
        """Put it on the shelf and forget it, once. Raises Refused with it still kept."""
        return self.desk.do_once(delivery.request, receive_delivery, receipt, self.key)

    def kept(self) -> list[Kept]:
        """Every open delivery of the clinic but the one open here, the oldest first."""
        rows = (row for row in self._rows() if row.key != self.key)
        return sorted((self._kept(row) for row in rows), key=lambda kept: kept.since)

    def take_up(self, key: str) -> Delivery:
        """A delivery that waits is open here again. Raises Refused when it is gone."""
        body = self.desk.keep(take_delivery, self.desk.clinic.id, key, self.here, _now())
        self.key, self._written = key, True
        return from_body(body, new_request())

    def _rows(self) -> list[DraftRow]:
        return [row for row in self.desk.drafts(KIND) if isinstance(row.body, dict)]

    def _is_mine(self, row: DraftRow) -> bool:
        body: dict[str, Any] = row.body
        return bool(body.get("open")) and body.get("desk") == self.here

    def _kept(self, row: DraftRow) -> Kept:
        body: dict[str, Any] = row.body
        away = bool(body.get("open")) and body.get("desk") != self.here
        elsewhere = str(body.get("desk")) if away else ""
        return Kept(row.key, from_body(body, ""), row.changed_at, elsewhere)


def _new_key() -> str:
    return f"delivery-{uuid7().hex}"


def _now() -> int:
    return time.time_ns() // 1_000_000
