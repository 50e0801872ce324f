"""A whole order as the text of QR symbols: plain, checked twice, readable aloud.

AMANA1:O:number:clinic:YYYYMMDD:part/parts:lines:CRC of all lines:code*quantity ...:CRC

Only the characters of QR alphanumeric mode occur. CRCs are CRC-32 as 7 digits in base 36.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from inventory.domain.quantity import MAX_QUANTITY
from inventory.domain.sentence import Refused

PREFIX = "AMANA1:O:"
CAPACITY = 483  # version 13 at level M

_BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PLAIN = frozenset(_BASE36 + "$+-./")

_SYMBOL = re.compile(
    r"AMANA1:O:(?P<number>[^:]*):(?P<clinic>[^:]*):(?P<day>\d{8}):(?P<part>\d{1,3})/(?P<parts>\d{1,3})"
    r":(?P<count>\d{1,4}):(?P<whole>[0-9A-Z]{7}):(?P<lines>[^:]*):(?P<own>[0-9A-Z]{7})",
    re.ASCII,
)
_LINE = re.compile(r"([^* ]+)\*(\d{1,13})", re.ASCII)
_ESCAPED = re.compile(r"(?:%[0-9A-F]{2}|[^%])*", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class OrderLine:
    """An item's code and a quantity in its smallest units."""

    code: str
    quantity: int


@dataclass(frozen=True, slots=True)
class OrderSymbol:
    """One symbol of an order; `whole` is the CRC that all parts of one printing share."""

    number: str
    clinic: str
    day: date
    part: int
    parts: int
    lines: tuple[OrderLine, ...]
    whole: str


def checksum(text: str) -> str:
    """CRC-32 in base 36, seven characters."""
    value, digits = crc32(text.encode("ascii")), ""
    for _ in range(7):
        value, digit = divmod(value, 36)
        digits = _BASE36[digit] + digits
    return digits


def write_symbols(
    number: str, clinic: str, day: date, lines: Iterable[OrderLine], capacity: int = CAPACITY
) -> list[str]:
    """The texts of an order's symbols, each at most `capacity` characters, sorted by code.

    The same order gives the same texts. Refused when one line alone does not fit.
    """
    written = [f"{_escape(line.code)}*{line.quantity}" for line in sorted(lines)]
    whole = checksum(" ".join(written))
    head = f"{PREFIX}{_escape(number)}:{_escape(clinic)}:{day:%Y%m%d}:"
    parts = _cut(written, capacity - len(f"{head}/::{whole}::{whole}"))
    texts = []
    for part, chosen in enumerate(parts, 1):
        body = f"{head}{part}/{len(parts)}:{len(chosen)}:{whole}:{' '.join(chosen)}"
        texts.append(f"{body}:{checksum(body)}")
    return texts


def _cut(written: Sequence[str], room: int) -> list[list[str]]:
    """The fewest runs of lines that fit, in order; an order without lines is one empty run."""
    for digits in (1, 2, 3):
        parts = _runs(written, room, digits)
        if len(parts) < 10**digits:
            return parts
    raise Refused("The order is too long to print as symbols.")


def _runs(written: Sequence[str], room: int, digits: int) -> list[list[str]]:
    """Runs that fit in `room` beside their own "part/parts:count" with so many digits."""
    parts: list[list[str]] = [[]]
    used = 0
    for line in written:
        count = len(parts[-1]) + 1
        taken = used + (1 if parts[-1] else 0) + len(line)
        if parts[-1] and taken + 2 * digits + len(str(count)) > room:
            parts.append([])
            taken = len(line)
        if len(line) + 2 * digits + 1 > room:
            raise Refused("The code of a line is too long to print as a symbol.")
        parts[-1].append(line)
        used = taken
    return parts


def read_symbol(text: str) -> OrderSymbol:
    """Read one symbol; Refused when a single character is lost or changed."""
    found = _SYMBOL.fullmatch(text) if text.isascii() else None
    if found is None or checksum(text.rpartition(":")[0]) != found["own"]:
        raise _damaged()
    try:
        symbol = OrderSymbol(
            number=_unescape(found["number"]),
            clinic=_unescape(found["clinic"]),
            day=date.fromisoformat(found["day"]),
            part=int(found["part"]),
            parts=int(found["parts"]),
            lines=_lines(found["lines"]),
            whole=found["whole"],
        )
    except ValueError:
        raise _damaged() from None
    if len(symbol.lines) != int(found["count"]) or not 1 <= symbol.part <= symbol.parts:
        raise _damaged()
    if symbol.parts == 1:
        join_symbols([symbol])
    return symbol


def join_symbols(symbols: Iterable[OrderSymbol]) -> tuple[OrderLine, ...]:
    """All lines of an order from its symbols, read in any order, any of them twice.

    Refused when one is missing, belongs to another printing, or the whole does not add up.
    """
    read = list(symbols)
    if not read:
        raise Refused("No symbol was read.")
    first = read[0]
    for other in read:
        if (other.number, other.parts, other.whole) != (first.number, first.parts, first.whole):
            raise Refused(
                "Symbol {part} belongs to another printing: {number}.",
                part=other.part,
                number=other.number,
            )
    by_part = {symbol.part: symbol for symbol in read}
    parts = [by_part[part] for part in sorted(by_part)]
    if len(parts) != first.parts:
        raise Refused(
            "{read} of {parts} symbols read. Scan the others.", read=len(parts), parts=first.parts
        )
    lines = tuple(line for symbol in parts for line in symbol.lines)
    if checksum(" ".join(f"{_escape(line.code)}*{line.quantity}" for line in lines)) != first.whole:
        raise _damaged()
    return lines


def _damaged() -> Refused:
    return Refused("The order symbol is damaged. Scan it again.")


def _lines(text: str) -> tuple[OrderLine, ...]:
    lines = []
    for written in text.split(" ") if text else ():
        found = _LINE.fullmatch(written)
        if found is None or int(found[2]) > MAX_QUANTITY:
            raise ValueError(written)
        lines.append(OrderLine(_unescape(found[1]), int(found[2])))
    return tuple(lines)


def _escape(text: str) -> str:
    return "".join(
        c if c in _PLAIN else "".join(f"%{byte:02X}" for byte in c.encode()) for c in text
    )


def _unescape(text: str) -> str:
    """Raises ValueError on a broken escape."""
    if not _ESCAPED.fullmatch(text):
        raise ValueError(text)
    raw = re.sub(rb"%([0-9A-F]{2})", lambda m: bytes([int(m[1], 16)]), text.encode())
    return raw.decode()
