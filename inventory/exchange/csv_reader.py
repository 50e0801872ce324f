"""Comma-separated text as it really arrives: any separator, any line end, quotes left open."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from inventory.domain.sentence import N_, Sentence, sentence
from inventory.exchange.progress import Progress
from inventory.exchange.raw_table import RawTable, Record
from inventory.exchange.text_encoding import decode

SEPARATOR_NAMES: Mapping[str, str] = {
    ",": N_("separated by commas"),
    ";": N_("separated by semicolons"),
    "\t": N_("separated by tabs"),
    "|": N_("separated by bars"),
}

_SAMPLE = 65_536
_SAMPLE_ROWS = 80
# A record of its own after the last line: found inside a cell when a quotation mark was left open.
_END = "\x1cend\x1c"
_LONGEST_CELL = 131_072


def read_csv(
    data: bytes, encoding: str | None, separator: str | None, progress: Progress
) -> RawTable:
    """The records of a text file; blank lines keep their number and hold no cells."""
    decoded = decode(data, encoding)
    text, told = _told_separator(decoded.text)
    separator = separator or told or guess_separator(text)
    faults: dict[tuple[int, int], Sentence] = {}
    warnings: list[Sentence] = []
    records: Iterable[Record] | None = _quoted(text, separator, faults, progress)
    if records is None:
        warnings.append(
            sentence("A quotation mark is never closed, so every line was read as one row.")
        )
        faults.clear()
        records = _line_by_line(text, separator, progress)
    return RawTable("csv", records, faults, warnings, decoded.encoding, separator)


def guess_separator(text: str) -> str:
    """The separator that cuts most rows into the same number of cells, and into most cells."""
    sample = text[:_SAMPLE]
    best, best_score = ",", (0.0, 0)
    for separator in SEPARATOR_NAMES:
        score = _evenness(sample, separator)
        if score > best_score:
            best, best_score = separator, score
    return best


def _evenness(sample: str, separator: str) -> tuple[float, int]:
    rows = list(islice(_reader(_lines(sample), separator), _SAMPLE_ROWS))
    widths = Counter(len(row) for row in rows if any(row))
    if not widths:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]))
    if width < 2:
        return 0.0, 0
    return round(count / widths.total(), 1), width


def _told_separator(text: str) -> tuple[str, str | None]:
    """The first line `sep=;` that Excel understands, taken away; it counts as no row."""
    if text[:4].lower() == "sep=" and len(text) > 5 and text[5] in "\r\n":
        rest = text[6:].removeprefix("\n") if text[5] == "\r" else text[6:]
        return rest, text[4]
    return text, None


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends, whether LF, CRLF or bare CR."""
    return iter(io.StringIO(text, newline=""))


def _reader(lines: Iterator[str], separator: str) -> Iterator[Sequence[str]]:
    """Records; one that the parser cannot take (a cell over 128 KB) becomes a long cell."""
    reader = csv.reader(lines, delimiter=separator)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield ["\ufffd" * _LONGEST_CELL]


def _quoted(
    text: str, separator: str, faults: dict[tuple[int, int], Sentence], progress: Progress
) -> list[Record] | None:
    """All records, or None when a quotation mark swallowed the end of the file."""
    total = text.count("\n") or text.count("\r")
    records: list[Record] = []
    width = 0
    lines = chain(_lines(text), ("\n", _END))
    for number, cells in enumerate(_reader(lines, separator), start=1):
        progress.step(number, total)
        width = width or len(cells)
        for column, cell in enumerate(cells):
            if "\n" in cell or "\r" in cell:
                _look_for_rows_inside(cell, separator, width, (number, column), faults)
        records.append((number, cells))
    progress.end(total)
    if not records or records[-1][1] != [_END]:
        return None
    return records[:-1]


def _look_for_rows_inside(
    cell: str,
    separator: str,
    width: int,
    where: tuple[int, int],
    faults: dict[tuple[int, int], Sentence],
) -> None:
    """A cell that holds a whole row does so because a quotation mark is missing or too many."""
    if width > 2 and any(line.count(separator) >= width - 1 for line in cell.splitlines()):
        faults[where] = sentence(
            "This cell holds other rows: a quotation mark before or after it is missing."
        )


def _line_by_line(text: str, separator: str, progress: Progress) -> Iterator[Record]:
    total = text.count("\n") or text.count("\r")
    for number, line in enumerate(_lines(text), start=1):
        progress.step(number, total)
        yield number, next(_reader(iter((line,)), separator), [])
