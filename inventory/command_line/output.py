"""Answers: JSON for programs, aligned columns for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from inventory.domain.expiry import Expiry
from inventory.domain.rounding import half_up
from inventory.domain.sentence import Sentence
from inventory.language import language, plain

Record = Mapping[str, Any]


def show(answer: Any, as_json: bool) -> None:
    """Print a record or a list of records."""
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    elif isinstance(answer, Mapping):
        _record(answer)
    else:
        _table(answer)


def complain(said: Sentence | str) -> None:
    """One sentence on standard error."""
    print(said if isinstance(said, str) else in_words(said), file=sys.stderr)


def in_words(sentence: Sentence) -> str:
    """English, without the marks that keep a screen in order."""
    return plain(language("en").tell(sentence))


def two_decimals(value: Fraction) -> float:
    """Half up, for JSON only: nothing is computed with it."""
    return half_up(value * 100) / 100


def iso(day: date | Expiry | None) -> str | None:
    """A day, or an expiry as precise as it is."""
    if day is None:
        return None
    return day.iso if isinstance(day, Expiry) else day.isoformat()


def moved(code: str, lot: str, expiry: Expiry | None, quantity: int) -> dict[str, Any]:
    """A line of a document."""
    return {"item": code, "lot": lot, "expiry": iso(expiry), "quantity": quantity}


def _record(record: Record) -> None:
    nested = {key: value for key, value in record.items() if _is_table(value)}
    simple = {key: value for key, value in record.items() if key not in nested}
    width = max((len(key) for key in simple), default=0)
    for key, value in simple.items():
        print(f"{key:<{width}}  {_cell(value)}")
    for key, rows in nested.items():
        print(f"\n{key}")
        _table(rows)


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _table(rows: Sequence[Record]) -> None:
    if not rows:
        print("(nothing)")
        return
    heads = list(rows[0])
    cells = [[_cell(row.get(head)) for head in heads] for row in rows]
    widths = [max(len(head), *(len(row[i]) for row in cells)) for i, head in enumerate(heads)]
    for line in (heads, *cells):
        print("  ".join(f"{text:<{width}}" for text, width in zip(line, widths, strict=True)))


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, list):
        return "; ".join(_cell(part) for part in value) or "-"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_cell(part)}" for key, part in value.items())
    return str(value)
