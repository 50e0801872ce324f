"""Printed numbers run without gaps: what is missing and what was never given out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, text

from inventory.domain.sentence import Sentence, sentence
from inventory.services.streams import left_out

_COUNTERS = text("SELECT clinic_id, prefix, year, last FROM number_counter")
_NUMBERS = text("""
SELECT clinic_id, number FROM document
UNION ALL SELECT clinic_id, number FROM requisition WHERE number IS NOT NULL
""")
_CLINICS = text("SELECT id, name FROM clinic ORDER BY id")

Run = tuple[int, str, int]
"""Clinic, prefix and year."""


def broken_numbers(connection: Connection) -> Iterator[Sentence]:
    """A sentence per run of numbers that is not 1, 2, 3 … to its counter.

    What a leap left out on purpose is in the security log.
    """
    there, strange = _numbers(connection)
    leaps = left_out(connection)
    given = {
        (row.clinic_id, row.prefix, row.year): row.last for row in connection.execute(_COUNTERS)
    }
    names = {row.id: row.name for row in connection.execute(_CLINICS)}
    for clinic_id, number in strange:
        yield sentence("{clinic}: {number} is not a number of Amana.",
                       clinic=names.get(clinic_id, "?"), number=number)  # fmt: skip
    for run in sorted(there.keys() | given.keys() | leaps.keys()):
        clinic_id, prefix, year = run
        have, last, skipped = there[run], given.get(run, 0), leaps.get(run, [])
        end = max([last, *(leap.stop - 1 for leap in skipped)])
        missing = next(
            (n for n in range(1, end + 1)
             if n not in have and (n > last or not any(n in leap for leap in skipped))), None
        )  # fmt: skip
        if missing is not None:
            yield sentence("{clinic}: {number} is missing from its numbers.",
                           clinic=names.get(clinic_id, "?"),
                           number=f"{prefix}-{year}-{missing:05d}")  # fmt: skip
        if have and max(have) > last:
            yield sentence("{clinic}: {number} is there, but was never given out.",
                           clinic=names.get(clinic_id, "?"),
                           number=f"{prefix}-{year}-{max(have):05d}")  # fmt: skip


def _numbers(connection: Connection) -> tuple[dict[Run, set[int]], list[tuple[int, str]]]:
    """The numbers of each run, and what does not look like one."""
    runs: dict[Run, set[int]] = defaultdict(set)
    strange: list[tuple[int, str]] = []
    for clinic_id, number in connection.execute(_NUMBERS):
        prefix, _, rest = number.partition("-")
        year, _, serial = rest.partition("-")
        if year.isdecimal() and serial.isdecimal() and year.isascii() and serial.isascii():
            runs[clinic_id, prefix, int(year)].add(int(serial))
        else:
            strange.append((clinic_id, number))
    return runs, strange
