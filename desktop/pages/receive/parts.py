"""What a delivery is made of: lines, what is expected, and its papers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from inventory.domain.expiry import Expiry
from inventory.domain.order_symbol import OrderSymbol


@dataclass(frozen=True, slots=True)
class Line:
    """One batch of one item, or packs with a code nobody knows yet (`item_id` 0).

    `came` is everything that came and `damaged` what of it came broken, in smallest units; of
    an unknown code `came` counts packs. `settled` once somebody, or the pack, has said batch
    and expiry as far as they are asked. `at` in milliseconds UTC.
    """

    key: int = 0
    item_id: int = 0
    code: str = ""
    lot: str = ""
    expiry: Expiry | None = None
    made_on: date | None = None
    came: int = 0
    size: int = 1
    damaged: int = 0
    reason: str = ""
    place_id: int | None = None
    settled: bool = False
    serials: tuple[str, ...] = ()
    at: int = 0


@dataclass(frozen=True, slots=True)
class Expected:
    """An item that should come, in smallest units."""

    item_id: int
    quantity: int
    size: int = 1


@dataclass(frozen=True, slots=True)
class Paper:
    """From whom, on what paper, out of whose money, against which order, to which place."""

    supplier: str = ""
    waybill: str = ""
    source: str = ""
    note: str = ""
    order_id: int | None = None
    order: str = ""
    place_id: int | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """Everything of a delivery but its lines; `symbols` are parts of an order read so far."""

    paper: Paper = field(default_factory=Paper)
    expected: tuple[Expected, ...] = ()
    ended: frozenset[int] = frozenset()
    symbols: tuple[OrderSymbol, ...] = ()
