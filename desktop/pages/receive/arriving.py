"""A scanned pack on its way into a delivery: one more of a line, or a line of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop.pages.receive.delivery import Delivery
from desktop.pages.receive.parts import Line
from desktop.pages.receive.standing import missing
from inventory.domain.expiry import Expiry
from inventory.domain.scan import Scan, ScanKind
from inventory.domain.sentence import Refused, Sentence, sentence
from inventory.queries.items import ItemRow
from inventory.queries.scanning import Found, code_to_learn

SHORTEST_CODE = 4


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack in somebody's hand. `item` is None while nobody knows its code; `size` is then 1.

    `count` packs came with one scan.
    """

    code: str
    item: ItemRow | None = None
    size: int = 1
    count: int = 1
    lot: str = ""
    expiry: Expiry | None = None
    made_on: date | None = None
    serial: str = ""

    @property
    def units(self) -> int:
        return self.count * self.size


def is_code(scan: Scan) -> bool:
    """Whether an unknown text can be what a pack says, and not a word somebody typed."""
    text = scan.raw.strip()
    return (
        scan.kind is not ScanKind.UNKNOWN
        or bool(scan.warnings)
        or (len(text) >= SHORTEST_CODE and " " not in text and any(c.isdigit() for c in text))
    )


def pack_of(scan: Scan, found: Found | None, usual: int) -> Pack:
    """What the scan says, and what the list of items adds; `usual` is the pack of its item.

    Raises Refused with the scan's own sentence when it names no product that could be learned.
    """
    doubtful = scan.kind in (ScanKind.GS1, ScanKind.UNKNOWN) and scan.gtin is None
    if found is None and doubtful and scan.warnings:
        raise Refused(scan.warnings[0])
    if found is None and scan.item_code is not None:
        raise Refused("There is no item with the code {code}.", code=scan.item_code)
    if found is None and scan.kind is ScanKind.GS1 and scan.gtin is None:
        raise Refused("The code names no product.")
    count = scan.count if scan.count is not None and scan.count > 0 else 1
    return Pack(
        code=scan.item_code or code_to_learn(scan),
        item=None if found is None else found.item,
        size=1 if found is None else (usual if scan.item_code else found.pack_size),
        count=count,
        lot=(scan.lot or "").strip(),
        expiry=scan.expiry,
        made_on=scan.production,
        serial=scan.serial or "",
    )


def arrive(delivery: Delivery, pack: Pack, now: int) -> Delivery:
    """The delivery with that pack in it, and people on its line."""
    there = _line_of(delivery, pack)
    serials = (pack.serial,) if pack.serial else ()
    if there is not None:
        return delivery.more(there.key, pack.units, now, serials)
    line = Line(
        item_id=pack.item.id if pack.item is not None else 0, code=pack.code, lot=pack.lot,
        expiry=pack.expiry, made_on=pack.made_on, came=pack.units, size=pack.size,
        serials=serials, at=now,
    )  # fmt: skip
    if pack.item is None:
        return delivery.add(line)
    return delivery.add(replace(line, settled=not missing(line, pack.item.traits)))


def doubts(delivery: Delivery, pack: Pack) -> tuple[Sentence, ...]:
    """What is odd about a pack, seen before it arrives."""
    said = []
    seen = pack.serial and any(
        pack.serial in line.serials for line in delivery.lines if line.code == pack.code
    )
    if seen:
        said.append(
            sentence("The very pack {serial} was scanned before: it is counted again.",
                     serial=pack.serial)
        )  # fmt: skip
    other = _other_expiry(delivery, pack)
    if other is not None:
        said.append(
            sentence(
                "Batch {lot} came with the expiry {expiry} before. Compare the packs.",
                lot=pack.lot, expiry=other,
            )
        )  # fmt: skip
    return tuple(said)


def _other_expiry(delivery: Delivery, pack: Pack) -> Expiry | None:
    if pack.item is None or not pack.lot or pack.expiry is None:
        return None
    same = [line for line in delivery.of(pack.item.id) if _same_lot(line, pack.lot)]
    if any(line.expiry == pack.expiry for line in same):
        return None
    return next((line.expiry for line in same if line.expiry is not None), None)


def _line_of(delivery: Delivery, pack: Pack) -> Line | None:
    """The line that this pack is one more of."""
    if pack.item is None:
        return _last(
            [
                line
                for line in delivery.of(0)
                if (line.code, line.lot, line.expiry) == (pack.code, pack.lot, pack.expiry)
            ]
        )
    lines = delivery.of(pack.item.id)
    if pack.lot and pack.expiry is not None:
        said = [line for line in lines if _same_lot(line, pack.lot)]
        return _last([line for line in said if line.expiry == pack.expiry])
    if pack.lot:
        return _last([line for line in lines if _same_lot(line, pack.lot)])
    if pack.expiry is not None:
        return _last([line for line in lines if line.expiry == pack.expiry])
    # A code that says nothing of its batch: as the last pack with the same code.
    return _last([line for line in lines if line.code == pack.code])


def _same_lot(line: Line, lot: str) -> bool:
    return line.lot.casefold() == lot.casefold()


def _last(lines: list[Line]) -> Line | None:
    return max(lines, key=lambda line: (line.at, line.key), default=None)
