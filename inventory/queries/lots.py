"""Batches on the shelf, one row for each place and status they stand in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from inventory.domain.expiry import Expiry
from inventory.domain.expiry_windows import Window, Windows
from inventory.domain.status import Status
from inventory.storage.among import Among
from inventory.storage.types import expiry_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

_STATUSES = {status.value: status for status in Status}
_LOTS = Among(
    """
SELECT s.item_id, s.lot_id, l.number, l.expiry, l.expiry_precision, s.place_id, p.name, s.status,
  s.quantity, l.source, l.maker
FROM stock s JOIN lot l ON l.id = s.lot_id JOIN place p ON p.id = s.place_id
WHERE s.clinic_id = :clinic AND s.quantity > 0
""",
    "s.item_id",
    "ORDER BY l.expiry IS NULL, l.expiry, l.id, p.rank, p.id, s.status",
)


class LotRow(NamedTuple):
    """Stock of one batch at one place in one status; a usable batch past its day is EXPIRED.

    A tuple, because a list of all batches makes ten thousand of them.
    """

    item_id: int
    lot_id: int
    lot: str
    expiry: Expiry | None
    place_id: int
    place: str
    status: Status
    quantity: int
    source: str
    maker: str
    kept_as: Status
    """The status in the ledger; differs from `status` until expired stock is moved."""
    window: Window


def all_lots(connection: Connection, clinic_id: int, today: date) -> list[LotRow]:
    """Every batch that is here, earliest expiry first."""
    return lots_among(connection, clinic_id, None, today)


def lots_of(connection: Connection, clinic_id: int, item_id: int, today: date) -> list[LotRow]:
    """Every batch of one item that is here, earliest expiry first."""
    return lots_among(connection, clinic_id, (item_id,), today)


def lots_among(
    connection: Connection, clinic_id: int, items: Collection[int] | None, today: date
) -> list[LotRow]:
    """Every batch of those items that is here, or of all; earliest expiry first."""
    lots, judged = [], _Judged(today)
    rows = _LOTS.rows(connection, {"clinic": clinic_id}, items)
    for item, lot, number, last, precision, place_id, place, kept, quantity, source, maker in rows:
        expiry, status, kept_as, window = judged[last, precision, kept]
        lots.append(
            LotRow(item, lot, number, expiry, place_id, place, status, quantity, source, maker,
                   kept_as, window)
        )  # fmt: skip
    return lots


class _Judged(dict[tuple[Any, ...], tuple[Expiry | None, Status, Status, Window]]):
    """What an expiry and a status mean on one day; the same few come again."""

    def __init__(self, today: date) -> None:
        self._windows = Windows.on(today)

    def __missing__(
        self, written: tuple[Any, ...]
    ) -> tuple[Expiry | None, Status, Status, Window]:
        last, precision, kept = written
        expiry, status = expiry_of(last, precision), _STATUSES[kept]
        window = self._windows.of(expiry)
        past = status is Status.USABLE and window is Window.EXPIRED
        self[written] = found = (expiry, Status.EXPIRED if past else status, status, window)
        return found


def on_hand_of(lots: Iterable[LotRow]) -> int:
    """Usable and unexpired."""
    return sum(lot.quantity for lot in lots if lot.status is Status.USABLE)
