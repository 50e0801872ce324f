"""Opening stock, losses and corrections, changes of status, moves between places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from inventory.domain.documents import DocumentKind
from inventory.domain.expiry import Expiry, Precision, check_expiry
from inventory.domain.movements import MovementKind
from inventory.domain.reasons import reason as reason_named
from inventory.domain.roles import Permission
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.domain.status import Status
from inventory.queries import clinics
from inventory.services import ledger, second_person
from inventory.services.ledger import Entry, Heading, Posted
from inventory.services.lots import LotFacts, find_or_add
from inventory.services.permits import permitted, require
from inventory.storage.statement import Statement
from inventory.storage.types import day_of

_WRITTEN_OFF = (Status.EXPIRED, Status.DAMAGED, Status.RECALLED)


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """A batch that is on the shelf when Amana begins; place None is the first place."""

    item_id: int
    quantity: int
    lot: str = ""
    expiry: Expiry | None = None
    place_id: int | None = None
    status: Status = Status.USABLE


@dataclass(frozen=True, slots=True)
class Held:
    """Some stock of one batch at one place in one status."""

    item_id: int
    lot_id: int
    place_id: int
    status: Status
    quantity: int


@permitted(Permission.OPEN_STOCK)
def open_stock(
    connection: Connection, stamp: Stamp, lines: Iterable[OpeningLine], happened_on: date
) -> Posted:
    """Write opening stock. What has expired already stands as expired, awaiting disposal."""
    stream = ledger.begin(connection, stamp.clinic_id)
    before = ledger.already(connection, stamp)
    if before is not None:
        return before
    day = stream.happened_on(stamp, happened_on)
    first_place = clinics.first_place(connection, stamp.clinic_id).id
    entries = []
    for number, line in enumerate(lines, start=1):
        check_expiry(line.expiry, stream.day(stamp))
        lot_id = find_or_add(connection, stamp.clinic_id, line.item_id,
                             LotFacts(line.lot, line.expiry))  # fmt: skip
        expired = line.expiry is not None and line.expiry.expired_on(day)
        status = Status.EXPIRED if expired else line.status
        entries.append(
            Entry(MovementKind.OPENING, line.item_id, lot_id, line.place_id or first_place,
                  line.quantity, status, number)
        )  # fmt: skip
    if not entries:
        raise Refused("There is no opening stock to write.")
    return ledger.post(connection, stamp, Heading(DocumentKind.OPENING, day), entries, stream)


@permitted(Permission.ADJUST, Permission.DISPOSE)
def adjust(
    connection: Connection, stamp: Stamp, held: Held, change: int, reason: str, note: str = ""
) -> Posted:
    """Correct a batch by `change` units, or write off a loss (negative). The reason decides.

    Raises NeedsSecond when it is large, a controlled item, a disposal, or the reason asks for it.
    """
    stream = ledger.begin(connection, stamp.clinic_id)
    before = ledger.already(connection, stamp)
    if before is not None:
        return before
    disposal = change < 0 and (held.status in _WRITTEN_OFF or reason == "EXPIRED")
    require(connection, stamp, Permission.DISPOSE if disposal else Permission.ADJUST)
    why = reason_named(reason)
    if why.sign and (why.sign > 0) != (change > 0):
        raise Refused("{reason} does not fit a change of {change}.", reason=why.name,
                      change=change)  # fmt: skip
    kind = MovementKind.ADJUST_UP if change > 0 else MovementKind.ADJUST_DOWN
    if why.wastage or "loss" in {use.value for use in why.uses}:
        kind = MovementKind.LOSS if change < 0 else kind
    entry = Entry(kind, held.item_id, held.lot_id, held.place_id, change, held.status, 1, reason,
                  note)  # fmt: skip
    consent = second_person.for_changes(connection, stamp, {held.item_id: change}, reason,
                                        disposal=disposal)  # fmt: skip
    heading = Heading(DocumentKind.ADJUSTMENT, stamp.today, reason=reason, note=note)
    posted = ledger.post(connection, stamp, heading, [entry], stream)
    consent.record(connection, stamp, posted.number)
    return posted


def _hold_or_release(moves: Sequence[Held], to: Status, *_: object) -> Permission:
    return Permission.RELEASE if to is Status.USABLE else Permission.HOLD


@permitted(Permission.HOLD, Permission.RELEASE, by=_hold_or_release)
def change_status(
    connection: Connection, stamp: Stamp, moves: Sequence[Held], to: Status, reason: str
) -> Posted:
    """Move stock from its status to another: hold, release, recall, expired.

    Raises Refused when there is less of it, or expired stock would become usable.
    """
    stream = ledger.begin(connection, stamp.clinic_id)
    before = ledger.already(connection, stamp)
    if before is not None:
        return before
    entries = []
    for number, held in enumerate(moves, start=1):
        if held.status is to:
            raise Refused("It stands there already. Nothing was changed.")
        if to is Status.USABLE:
            _check_releasable(connection, held.lot_id, stream.day(stamp))
        base = (held.item_id, held.lot_id, held.place_id)
        entries += [
            Entry(MovementKind.STATUS_OUT, *base, -held.quantity, held.status, number, reason),
            Entry(MovementKind.STATUS_IN, *base, held.quantity, to, number, reason),
        ]
    if not entries:
        raise Refused("Nothing was chosen.")
    heading = Heading(DocumentKind.STATUS, stamp.today, reason=reason)
    return ledger.post(connection, stamp, heading, entries, stream)


def _check_releasable(connection: Connection, lot_id: int, day: date) -> None:
    row = _LOT.row(connection, {"lot": lot_id})
    if row is not None and row[1] is not None and row[1] < day.isoformat():
        lot, expiry, precision = row
        raise Refused("{lot} expired {expiry} and cannot be made usable.", lot=lot,
                      expiry=Expiry(day_of(expiry), Precision(precision)))  # fmt: skip


_LOT = Statement("SELECT number, expiry, expiry_precision FROM lot WHERE id = :lot")
_EXPIRED = text("""
SELECT s.item_id, s.lot_id, s.place_id, s.status, s.quantity
FROM stock s JOIN lot l ON l.id = s.lot_id
WHERE s.clinic_id = :clinic AND s.quantity > 0 AND s.status IN ('usable', 'quarantined')
  AND l.expiry < :today ORDER BY l.expiry, s.lot_id, s.place_id
""")


def expired_on_shelf(connection: Connection, clinic_id: int, today: date) -> list[Held]:
    """Stock past its expiry that still stands among the usable or in quarantine."""
    rows = connection.execute(_EXPIRED, {"clinic": clinic_id, "today": today.isoformat()})
    return [Held(r.item_id, r.lot_id, r.place_id, Status(r.status), r.quantity) for r in rows]


@permitted(Permission.HOLD)
def move_expired(connection: Connection, stamp: Stamp) -> Posted:
    """Move everything that has expired to "expired, awaiting disposal", in one document."""
    stream = ledger.begin(connection, stamp.clinic_id)
    before = ledger.already(connection, stamp)
    if before is not None:
        return before
    held = expired_on_shelf(connection, stamp.clinic_id, stream.day(stamp))
    if not held:
        raise Refused("Nothing on the shelf has expired.")
    return change_status(connection, stamp, held, Status.EXPIRED, "EXPIRED")


@permitted(Permission.MOVE)
def move_place(connection: Connection, stamp: Stamp, held: Held, to_place: int) -> Posted:
    """Move stock to another place of the same clinic."""
    if held.place_id == to_place:
        raise Refused("It stands there already. Nothing was changed.")
    base = (held.item_id, held.lot_id)
    entries = [
        Entry(MovementKind.ISSUE_OUT, *base, held.place_id, -held.quantity, held.status, 1),
        Entry(MovementKind.ISSUE_IN, *base, to_place, held.quantity, held.status, 1),
    ]
    return ledger.post(connection, stamp, Heading(DocumentKind.TRANSFER, stamp.today), entries)
