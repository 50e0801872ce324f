"""What stands inside a backup: lines of JSON that say what comes, the rows, and a proof at the end.

Everything read here may come from a stranger. A line, the number of rows, every name and every
value has its bounds, and nothing counts before the proof at the end was right.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from types import NoneType
from typing import Any, Final

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble

MOST_LINE: Final = 16 * 1024 * 1024
MOST_BYTES: Final = 64 * 1024**3
"""More than a clinic can write in a hundred years."""
ROWS_AT_ONCE: Final = 250
_LINE_BYTES: Final = 4 * 1024 * 1024
_MOST_TABLES: Final = 100
_MOST_ROWS: Final = 10**9
_MOST_HEADS: Final = 10_000
_NAME: Final = re.compile(r"[a-z][a-z_]{0,62}", re.ASCII)
_SCHEMA: Final = re.compile(r"\d{4}", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_HEX: Final = re.compile(r"(?:[0-9a-f]{2})*", re.ASCII)
_WHOLE: Final = 2**63

Value = int | str | bytes | None
OnRows = Callable[["Part", list[tuple[Value, ...]]], None]


def damaged() -> Refused:
    """What is said of a backup that is not what Amana wrote, whatever is wrong with it."""
    return Refused("This backup is damaged or cut short. Nothing was restored from it.").because(
        Trouble.BACKUP_DAMAGED
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One table: its columns, those that hold bytes, and how many rows there are."""

    table: str
    columns: tuple[str, ...]
    in_bytes: frozenset[str]
    rows: int


@dataclass(frozen=True, slots=True)
class Head:
    """Where a stream ended: the clinic's and the stream's uid, its last number and hash."""

    clinic: str
    stream: str
    seq: int
    hash: bytes
    open: bool


@dataclass(frozen=True, slots=True)
class Header:
    """What the backup holds. `wrapping` is the digest of all that stands before it in the file."""

    schema: str
    made_at: int
    day: str
    wrapping: bytes
    parts: tuple[Part, ...]
    heads: tuple[Head, ...]

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)


def lines(
    header: Header,
    rows: Callable[[Part], Iterable[Sequence[Value]]],
    key: bytes,
    progress: Callable[[int, int], object] = lambda done, all_: None,
) -> Iterator[bytes]:
    """Everything that goes into a backup, one line after the other."""
    proof, done = hmac.new(key, digestmod="sha256"), 0

    def line(content: object) -> bytes:
        text = json.dumps(content, separators=(",", ":")).encode("ascii") + b"\n"
        proof.update(text)
        return text

    yield line(_header_record(header))
    for part in header.parts:
        hexed = [place for place, name in enumerate(part.columns) if name in part.in_bytes]
        for batch in _batches(rows(part), hexed):
            yield line([part.table, batch])
            done += len(batch)
            progress(done, header.rows)
    if done != header.rows:
        raise RuntimeError("rows came or went while one view of the database was read")
    yield json.dumps({"rows": done, "proof": proof.hexdigest()}).encode("ascii") + b"\n"


def _batches(rows: Iterable[Sequence[Value]], hexed: list[int]) -> Iterator[list[list[Any]]]:
    source = iter(rows)
    while batch := [list(row) for row in islice(source, ROWS_AT_ONCE)]:
        for row in batch:
            for place in hexed:
                value = row[place]
                row[place] = value if value is None else bytes(value).hex()  # type: ignore[arg-type]
        yield from _narrow(batch)


def _narrow(batch: list[list[Any]]) -> Iterator[list[list[Any]]]:
    """Rows with long texts go in lines of their own, so that no line is too long to read."""
    size = sum(len(value) for row in batch for value in row if isinstance(value, str))
    if size <= _LINE_BYTES // 8 or len(batch) == 1:
        yield batch
        return
    yield from ([row] for row in batch)


class Reader:
    """Takes the text of a backup piece by piece; gives rows as they come.

    Raises what `damaged` says as soon as something cannot be right.
    """

    def __init__(self, key: bytes, on_header: Callable[[Header], None], on_rows: OnRows) -> None:
        self._proof = hmac.new(key, digestmod="sha256")
        self._on_header, self._on_rows = on_header, on_rows
        self._rest = bytearray()
        self._header: Header | None = None
        self._at, self._in_part, self._size = 0, 0, 0
        self._ended = False

    def write(self, content: bytes) -> int:
        """Take the next piece."""
        self._size += len(content)
        if self._size > MOST_BYTES:
            raise damaged()
        self._rest += content
        if b"\n" in content:
            *whole, rest = self._rest.split(b"\n")
            self._rest = bytearray(rest)
            for text in whole:
                self._line(bytes(text))
        if len(self._rest) > MOST_LINE:
            raise damaged()
        return len(content)

    def flush(self) -> None:
        """Nothing waits here."""

    def end(self) -> Header:
        """What the backup holds, when it is all there and proven."""
        if not self._ended or self._rest or self._header is None:
            raise damaged()
        return self._header

    def _line(self, text: bytes) -> None:
        if self._ended or len(text) > MOST_LINE:
            raise damaged()
        try:
            content = json.loads(text)
        except (ValueError, RecursionError):
            raise damaged() from None
        if self._header is None:
            self._header = _header_of(content)
            self._on_header(self._header)
        elif isinstance(content, dict):
            self._trailer(content)
            return
        else:
            self._rows(content)
        self._proof.update(text + b"\n")

    def _rows(self, content: object) -> None:
        part = self._part()
        if part is None or not (isinstance(content, list) and len(content) == 2):
            raise damaged()
        name, rows = content
        if name != part.table or not isinstance(rows, list) or not rows:
            raise damaged()
        self._in_part += len(rows)
        if self._in_part > part.rows:
            raise damaged()
        self._on_rows(part, _checked(part, rows))

    def _part(self) -> Part | None:
        """The table whose rows come now: those that are complete are behind us."""
        parts = self._header.parts if self._header is not None else ()
        while self._at < len(parts) and self._in_part == parts[self._at].rows:
            self._at, self._in_part = self._at + 1, 0
        return parts[self._at] if self._at < len(parts) else None

    def _trailer(self, content: dict[str, Any]) -> None:
        proof = content.get("proof")
        whole = self._header is not None and content.get("rows") == self._header.rows
        if self._part() is not None or not whole or not isinstance(proof, str):
            raise damaged()
        if not hmac.compare_digest(proof.encode(), self._proof.hexdigest().encode()):
            raise damaged()
        self._ended = True


def _checked(part: Part, rows: list[Any]) -> list[tuple[Value, ...]]:
    """The rows with every value as it is kept. A column at a time: there are millions."""
    if set(map(type, rows)) != {list} or set(map(len, rows)) != {len(part.columns)}:
        raise damaged()
    columns = [
        _bytes(values) if name in part.in_bytes else _plain(values)
        for name, values in zip(part.columns, zip(*rows, strict=True), strict=True)
    ]
    return list(zip(*columns, strict=True))


def _plain(values: tuple[Any, ...]) -> tuple[Value, ...]:
    kinds = set(map(type, values))
    if not kinds <= {int, str, NoneType}:
        raise damaged()
    if int in kinds:
        whole = values if kinds == {int} else [value for value in values if type(value) is int]
        if max(whole) >= _WHOLE or min(whole) < -_WHOLE:
            raise damaged()
    return values


def _bytes(values: tuple[Any, ...]) -> list[Value]:
    texts = [value for value in values if value is not None]
    if set(map(type, texts)) - {str} or not _HEX.fullmatch("".join(texts)):
        raise damaged()
    try:
        return [None if value is None else bytes.fromhex(value) for value in values]
    except ValueError:
        raise damaged() from None


def _header_record(header: Header) -> dict[str, Any]:
    return {
        "schema": header.schema,
        "made_at": header.made_at,
        "day": header.day,
        "wrapping": header.wrapping.hex(),
        "parts": [
            [part.table, list(part.columns), sorted(part.in_bytes), part.rows]
            for part in header.parts
        ],
        "heads": [
            [head.clinic, head.stream, head.seq, head.hash.hex(), int(head.open)]
            for head in header.heads
        ],
    }


def _header_of(content: object) -> Header:
    """Raises what `damaged` says unless it is exactly what `_header_record` makes."""
    try:
        return _header(content)
    except (TypeError, ValueError, KeyError, AttributeError):
        raise damaged() from None


def _header(content: Any) -> Header:
    names = {"schema", "made_at", "day", "wrapping", "parts", "heads"}
    if not isinstance(content, dict) or set(content) != names:
        raise ValueError
    parts, heads = _list(content["parts"]), _list(content["heads"])
    if len(parts) > _MOST_TABLES or len(heads) > _MOST_HEADS:
        raise ValueError
    found = Header(
        _matching(_SCHEMA, content["schema"]),
        _whole(content["made_at"]),
        _matching(_DAY, content["day"]),
        bytes.fromhex(_matching(_HEX, content["wrapping"])),
        tuple(_part(*_list(part)) for part in parts),
        tuple(_head(*_list(head)) for head in heads),
    )
    if len({part.table for part in found.parts}) != len(found.parts):
        raise ValueError
    return found


def _part(table: Any, columns: Any, in_bytes: Any, rows: Any) -> Part:
    named = tuple(_matching(_NAME, column) for column in _list(columns))
    hexed = frozenset(_matching(_NAME, column) for column in _list(in_bytes))
    if not named or len(set(named)) != len(named) or not hexed <= set(named):
        raise ValueError
    if _whole(rows) > _MOST_ROWS:
        raise ValueError
    return Part(_matching(_NAME, table), named, hexed, rows)


def _head(clinic: Any, stream: Any, seq: Any, digest: Any, is_open: Any) -> Head:
    return Head(_matching(_HEX, clinic), _matching(_HEX, stream), _whole(seq),
                bytes.fromhex(_matching(_HEX, digest)), bool(_whole(is_open)))  # fmt: skip


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError
    return value


def _matching(pattern: re.Pattern[str], text: Any) -> str:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise ValueError
    return text


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value < _WHOLE:
        raise ValueError
    return value
