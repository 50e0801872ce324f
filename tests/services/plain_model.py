"""The ledger as a child would keep it: a list of what happened, and sums over all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from inventory.domain.months import Month, window
from inventory.domain.status import Status

Key = tuple[str, int, int, Status]
"""Item code, batch, place and status."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One movement; `used` is what it adds to the consumption of `month`."""

    day: date
    key: Key
    quantity: int
    used: int = 0
    month: Month | None = None
    counts_on: date | None = None

    @property
    def shelf_day(self) -> date:
        """The day on which it changes what was usable: of a reversal, that of what it reverses."""
        return self.counts_on or self.day


@dataclass(slots=True)
class Document:
    lines: list[Happened]
    reversal: bool = False
    reversed: bool = False


@dataclass(slots=True)
class Model:
    """`batches` are (item, lot, expiry) in the order they first came."""

    places: list[int]
    batches: list[tuple[str, str, date | None]] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    happened: list[Happened] = field(default_factory=list)
    stock: Counter[Key] = field(default_factory=Counter)

    def batch(self, item: str, lot: str, expiry: date | None) -> int:
        """The number of a batch, noted when it is new."""
        if (item, lot, expiry) not in self.batches:
            self.batches.append((item, lot, expiry))
        return self.batches.index((item, lot, expiry))

    def expiry(self, key: Key) -> date:
        return self.batches[key[1]][2] or date.max

    def post(self, number: str, lines: list[Happened], *, reversal: bool = False) -> None:
        assert number not in self.documents
        self.documents[number] = Document(lines, reversal)
        for line in lines:
            self.happened.append(line)
            self.stock[line.key] += line.quantity
            assert self.stock[line.key] >= 0

    def first_expiring(self, item: str, day: date) -> Iterator[tuple[Key, int]]:
        """What may be dispensed on that day, in order: what was there then and ever since."""
        fit = [
            key for key, there in self.stock.items()
            if key[0] == item and key[3] is Status.USABLE and there and self.expiry(key) >= day
            and self._lowest(key, day) > 0
        ]  # fmt: skip
        for key in sorted(fit, key=lambda k: (self.expiry(k), k[1], self.places.index(k[2]))):
            yield key, self._lowest(key, day)

    def _lowest(self, key: Key, since: date) -> int:
        """The smallest balance of a shelf at the close of that day or a later one."""
        mine = [x for x in self.happened if x.key == key]
        closes = {since, *(x.day for x in mine if x.day > since)}
        return min(sum(x.quantity for x in mine if x.day <= day) for day in closes)

    def undo(self, number: str, today: date) -> list[Happened] | None:
        """What a reversal would write; None when it must be refused."""
        document = self.documents[number]
        if document.reversal or document.reversed:
            return None
        back = [Happened(today, x.key, -x.quantity, -x.used, x.month, x.day)
                for x in document.lines]  # fmt: skip
        change: Counter[Key] = Counter()
        for line in back:
            change[line.key] += line.quantity
        return back if all(self.stock[key] + n >= 0 for key, n in change.items()) else None

    def months(self, item: str, today: date) -> list[tuple[int, int] | None]:
        """Consumed and days out of the last three complete months; None before the first day."""
        usable = [x for x in self.happened if x.key[0] == item and x.key[3] is Status.USABLE]
        first = min((x.shelf_day for x in usable), default=date.max)
        return [
            None if first > month.last_day else (
                sum(x.used for x in usable if x.month == month),
                sum(self._balance(usable, day) <= 0 for day in _days(month)),
            )
            for month in window(today, 3)
        ]  # fmt: skip

    def _balance(self, usable: list[Happened], day: date) -> int:
        """Usable, unexpired stock at the close of a day."""
        return sum(x.quantity for x in usable if x.shelf_day <= day <= self.expiry(x.key))


def _days(month: Month) -> Iterator[date]:
    for n in range(month.days):
        yield month.first_day + timedelta(days=n)
