"""What a scanned pack means at the counter: refused, out of turn, or simply one more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inventory.domain.expiry import DAYS_IN_MONTH, Expiry
from inventory.domain.fefo import Shelf
from inventory.domain.scan import Scan
from inventory.domain.sentence import Refused, Sentence, counted, sentence
from inventory.domain.status import STATUSES, Status
from inventory.domain.units import UNITS, amount


@dataclass(frozen=True, slots=True)
class Advice:
    """`lot_id` is the scanned batch when it is on the shelf; `words` what must be said at once.

    `keep` says whether the scanned batch may be chosen instead of the earliest.
    """

    lot_id: int | None = None
    words: Sentence | None = None
    keep: bool = False


def advise(
    scan: Scan, standing: Sequence[Shelf], fit: Sequence[Shelf], day: date, unit: str, decimals: int
) -> Advice:
    """Judge the pack in somebody's hand.

    `standing` is everything of the item, `fit` what may be dispensed, earliest first. Raises
    Refused when the pack has expired or its batch is held.
    """
    if scan.expiry is not None and scan.expiry.expired_on(day):
        raise _expired(scan.lot or "", scan.expiry)
    if not scan.lot:
        return Advice()
    same = [shelf for shelf in standing if _same(shelf.lot, scan.lot)]
    mine = next((shelf for shelf in fit if _same(shelf.lot, scan.lot)), None)
    if mine is not None:
        return _in_turn(mine, fit, unit, decimals)
    if same:
        raise _refusal(same[0], day)
    return Advice(
        None,
        sentence("Batch {lot} is not written down here. Compare it with the shelf.", lot=scan.lot),
    )


def _in_turn(mine: Shelf, fit: Sequence[Shelf], unit: str, decimals: int) -> Advice:
    first = fit[0]
    if first.lot_id == mine.lot_id or first.expiry is None or first.expiry == mine.expiry:
        return Advice(mine.lot_id)
    there = sum(shelf.quantity for shelf in fit if shelf.lot_id == first.lot_id)
    return Advice(mine.lot_id, _out_of_turn(mine, first, _amount(unit, there, decimals)), True)


def _out_of_turn(mine: Shelf, first: Shelf, there: Sentence) -> Sentence:
    assert first.expiry is not None
    if mine.expiry is None:
        return sentence(
            "You scanned {scanned}. {earlier} has an expiry date, so its {amount} go first.",
            scanned=mine.lot, earlier=first.lot, amount=there,
        )  # fmt: skip
    days = (mine.expiry.last_day - first.expiry.last_day).days
    months = round(days / DAYS_IN_MONTH)
    if months:
        return counted(
            "You scanned {scanned}. {earlier} expires {n} month earlier, so its {amount} go first.",
            "You scanned {scanned}. {earlier} expires {n} months earlier, so its {amount} go"
            " first.",
            months, scanned=mine.lot, earlier=first.lot, amount=there,
        )  # fmt: skip
    return counted(
        "You scanned {scanned}. {earlier} expires {n} day earlier, so its {amount} go first.",
        "You scanned {scanned}. {earlier} expires {n} days earlier, so its {amount} go first.",
        days, scanned=mine.lot, earlier=first.lot, amount=there,
    )  # fmt: skip


def _refusal(shelf: Shelf, day: date) -> Refused:
    past = shelf.expiry is not None and shelf.expiry.expired_on(day)
    if shelf.expiry is not None and (past or shelf.status is Status.EXPIRED):
        return _expired(shelf.lot, shelf.expiry)
    if shelf.status is Status.DAMAGED:
        return Refused("{lot} is damaged and cannot be dispensed.", lot=shelf.lot)
    if STATUSES[shelf.status].issuable:
        return Refused("{lot} has expired and cannot be dispensed.", lot=shelf.lot)
    return Refused("{lot} is held and cannot be dispensed.", lot=shelf.lot)


def _expired(lot: str, expiry: Expiry) -> Refused:
    if not lot:
        return Refused("This pack expired {expiry} and cannot be dispensed.", expiry=expiry)
    return Refused("{lot} expired {expiry} and cannot be dispensed.", lot=lot, expiry=expiry)


def _amount(unit: str, quantity: int, decimals: int) -> Sentence:
    known = UNITS.get(unit)
    whole = quantity // 10**decimals
    if known is None:
        return sentence("{n} {unit}", n=whole, unit=unit)
    return amount(known, whole)


def _same(first: str, second: str) -> bool:
    return first.strip().casefold() == second.strip().casefold()
