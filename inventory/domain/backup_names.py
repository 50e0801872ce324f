"""How backups are called, and which of them are kept.

A name tells nothing but a mark of the database, which backup it is and when it was made. The
order is that of making, never that of the clock: a clock that was ahead for a day must not make
today's backups the first to go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self

HOURLY: Final = 24
DAILY: Final = 14
MONTHLY: Final = 12
MARK_LETTERS: Final = 8
_NAME: Final = re.compile(r"([0-9a-f]{8})-(\d{6})-(\d{8}T\d{6})Z\.amana", re.ASCII)
_MOMENT: Final = "%Y%m%dT%H%M%S"
_MOST: Final = 999_999

Bucket = Callable[["BackupName"], object]


@dataclass(frozen=True, slots=True, order=True)
class BackupName:
    """`mark` is the same for all backups of one database; `number` counts up on one stick."""

    mark: str
    number: int
    made: datetime

    @property
    def text(self) -> str:
        """The name of the file."""
        return f"{self.mark}-{self.number:06d}-{self.made.strftime(_MOMENT)}Z.amana"

    @property
    def made_at(self) -> int:
        """Milliseconds UTC, to the second."""
        return int(self.made.timestamp()) * 1000

    @classmethod
    def read(cls, text: str) -> Self | None:
        """None for a file that is called otherwise."""
        found = _NAME.fullmatch(text)
        if found is None:
            return None
        mark, number, moment = found.groups()
        try:
            made = datetime.strptime(moment, _MOMENT).replace(tzinfo=UTC)
        except ValueError:
            return None
        return cls(mark, int(number), made)


def next_name(mark: str, there: Iterable[BackupName], now: int) -> BackupName:
    """The name of the backup that is made now, beside those that are there."""
    last = max((name.number for name in there if name.mark == mark), default=0)
    made = datetime.fromtimestamp(max(0, now) // 1000, UTC)
    return BackupName(mark, min(last + 1, _MOST), made)


def keep(names: Iterable[BackupName]) -> frozenset[BackupName]:
    """Of one database's backups: the last of each of 24 hours, 14 days and 12 months.

    Hours, days and months in which none was made do not count, and the newest is always kept.
    """
    newest_first = sorted(names, key=lambda name: name.number, reverse=True)
    kept = set(newest_first[:1])
    for most, bucket in _BUCKETS:
        seen: dict[object, BackupName] = {}
        for name in newest_first:
            seen.setdefault(bucket(name), name)
        kept.update(list(seen.values())[:most])
    return frozenset(kept)


_BUCKETS: Final[tuple[tuple[int, Bucket], ...]] = (
    (HOURLY, lambda name: (name.made.date(), name.made.hour)),
    (DAILY, lambda name: name.made.date()),
    (MONTHLY, lambda name: (name.made.year, name.made.month)),
)
