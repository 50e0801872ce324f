"""What a reader hands over before the cells are judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from inventory.domain.sentence import Sentence

MAX_COLUMNS = 120

Record = tuple[int, Sequence[str]]
"""A row number, counted as a spreadsheet program does, and its cells."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """Records in order; `faults` are cells the reader itself cannot use, by (row, column from 0).

    `faults` fills while `records` is consumed.
    """

    kind: str
    records: Iterable[Record]
    faults: Mapping[tuple[int, int], Sentence] = field(default_factory=dict)
    warnings: Sequence[Sentence] = ()
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
