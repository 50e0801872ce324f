"""Everything that reads what a stranger may have made, as functions of bytes.

Each returns quietly or raises Refused; any other exception, or an answer that contradicts
itself, is a fault. `seeds` are where a fuzzer begins.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import zstandard

from inventory.domain.expiry import parse_expiry
from inventory.domain.gtin import has_check_digit
from inventory.domain.names import Names
from inventory.domain.order_symbol import OrderLine, join_symbols, read_symbol, write_symbols
from inventory.domain.quantity import parse_change, parse_quantity
from inventory.domain.scan import ScanKind, read_scan
from inventory.domain.sentence import Refused
from inventory.exchange.columns import guess
from inventory.exchange.dates import day_order, read_expiry, read_month
from inventory.exchange.fields import HISTORY_FIELDS, ITEM_FIELDS, OPENING_FIELDS
from inventory.exchange.history_plan import HistoryState, plan_history
from inventory.exchange.items_plan import plan_items
from inventory.exchange.numbers import parse_months, parse_pack_size, typed_number
from inventory.exchange.opening_plan import KnownItem, OpeningState, plan_opening
from inventory.exchange.table_file import table_in
from inventory.storage.backup_file import read_body, read_wrapping
from inventory.storage.backup_format import Reader
from inventory.storage.key_file import KeyFile, new_keys
from inventory.storage.paper_words import paper_key, secret_of
from inventory.storage.server_file import CONNECTION, SERVER, open_connection, server_in
from tests.hostile import nasty

TODAY = date(2026, 11, 22)
MASTER = bytes(range(32))

_PARTS = (
    "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml",
    "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "docProps/core.xml", "docProps/app.xml",
)  # fmt: skip

Act = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Parser:
    """`act` is tried; `seeds` are contents it reads, or nearly."""

    act: Act
    seeds: Callable[[], list[bytes]]
    longest: int = 4096


def scan(content: bytes) -> None:
    """A barcode, as a scanner types it."""
    text = content.decode("utf-8", "replace")
    found = read_scan(text, TODAY)
    assert found.raw == text
    assert found.gtin is None or (len(found.gtin) == 14 and has_check_digit(found.gtin))
    if found.kind is ScanKind.ORDER:
        assert found.symbol or found.document or found.warnings


def symbol(content: bytes) -> None:
    """The text of an order symbol: what is read is what would be written."""
    read = read_symbol(content.decode("utf-8", "replace"))
    again = write_symbols(read.number, read.clinic, read.day, read.lines)
    if read.parts == 1:
        assert join_symbols([read_symbol(text) for text in again]) == join_symbols([read])


def csv(content: bytes) -> None:
    """A table of text, and everything it may be a list of."""
    _plans(content)


def xlsx(content: bytes) -> None:
    """A workbook as it came."""
    _plans(content)


def sheet(content: bytes) -> None:
    """One part of a workbook that is whole otherwise; the first byte chooses which."""
    if content:
        _plans(nasty.rezipped(_workbook(), {_PARTS[content[0] % len(_PARTS)]: content[1:]}))


def typed(content: bytes) -> None:
    """Quantities, dates, months, pack sizes and numbers as people and files write them."""
    text = content.decode("utf-8", "replace")
    order = day_order([text])
    for read in (
        lambda: parse_quantity(text), lambda: parse_quantity(text, 2, zero=True),
        lambda: parse_change(text, 1), lambda: parse_expiry(text, TODAY),
        lambda: read_expiry(text, order, TODAY), lambda: read_month(text, TODAY),
        lambda: parse_pack_size(text, decimal_comma=True), lambda: parse_months(text),
        lambda: typed_number(text, decimal_comma=True),
    ):  # fmt: skip
        try:
            read()
        except Refused:
            continue


def backup(content: bytes) -> None:
    """A backup from its first byte."""
    file = io.BytesIO(content)
    wrapping = read_wrapping(file)
    read_body(file, wrapping, MASTER if wrapping.locked else None, _ignore, _ignore)


def backup_rows(content: bytes) -> None:
    """What stands inside a backup, as somebody with the key could have made it."""
    reader = Reader(b"plain", _ignore, _ignore)
    reader.write(content)
    reader.end()


def key_file(content: bytes) -> None:
    """The key file beside a database."""
    read = KeyFile.from_bytes(content)
    assert read.to_bytes() == content


def connection_file(content: bytes) -> None:
    """The connection file on a stick, and the file a desk keeps."""
    path = _scratch() / "desk.server"
    path.write_bytes(content)
    try:
        server_in(path, MASTER)
    except Refused:
        path.write_bytes(CONNECTION + content)
        open_connection(path, _paper())


def paper_words(content: bytes) -> None:
    """The words of a paper key as people type them; a few are a key and none is a crash."""
    found = secret_of(content.decode("utf-8", "replace"))
    assert secret_of(" ".join(paper_key(found).words)) == found


def _plans(content: bytes) -> None:
    table = table_in(content, "table")
    assert all(row.number > 0 for row in table.rows)
    items = {"A1": KnownItem("A1", Names("One"), "medicine")}
    for plan in (
        lambda: plan_items(table, guess(table.headings, ITEM_FIELDS), {}),
        lambda: plan_opening(table, guess(table.headings, OPENING_FIELDS),
                             OpeningState(items, {}, ["Pharmacy"]), TODAY),
        lambda: plan_history(table, guess(table.headings, HISTORY_FIELDS),
                             HistoryState(["A1"]), TODAY),
    ):  # fmt: skip
        try:
            plan()
        except Refused:
            continue


def _ignore(*_: object) -> None:
    """Rows are thrown away."""


@cache
def _scratch() -> Path:
    return Path(tempfile.mkdtemp(prefix="amana-hostile-"))


@cache
def _paper() -> str:
    return " ".join(paper_key(bytes(16)).words)


@cache
def _workbook() -> bytes:
    return nasty.workbook([["code", "name_en", "quantity", "expiry"], ["A1", "One", 5, "2027-03"]])


def _scan_seeds() -> list[bytes]:
    return [
        b"]d20106285096000835172812311012AB\x1d21SER",
        b"010628509600083517281231 10LOT", b"6285096000835", b"DSP-2026-00001", b"]C1",
        "٠١٠٦٢٨٥٠٩٦٠٠٠٨٣٥".encode(), b"AMANA1:I:AMOX", *_symbol_seeds(),
    ]  # fmt: skip


def _symbol_seeds() -> list[bytes]:
    lines = [OrderLine(f"ITEM{n}", n * 100) for n in range(12)]
    return [text.encode() for text in write_symbols("ORD-2026-00001", "HQ", TODAY, lines, 120)]


def _key_seeds() -> list[bytes]:
    keys, master = new_keys()
    return [keys.to_bytes(), keys.with_paper(master)[0].to_bytes(), b"AMANA-KEY 2\n"]


def _backup_seeds() -> list[bytes]:
    head = b"AMANA-BACKUP 1\nP" + bytes(4)
    rows = zstandard.ZstdCompressor().compress(_rows_seeds()[0])
    return [head + rows + bytes(32), b"AMANA-BACKUP 1\nL" + bytes(4), b"AMANA-BACKUP 9\n"]


def _rows_seeds() -> list[bytes]:
    header = {
        "schema": "0002",
        "made_at": 1,
        "day": "2026-11-22",
        "wrapping": "00" * 32,
        "parts": [["clinic", ["id", "uid"], [], 1]],
        "heads": [["aa", "bb", 1, "cc", 1]],
    }
    lines = [header, ["clinic", [[1, "u"]]], {"rows": 1, "proof": "00"}]
    return [b"".join(json.dumps(line).encode() + b"\n" for line in lines)]


def _connection_seeds() -> list[bytes]:
    place = {"host": "10.0.0.1", "port": 5432, "database": "amana", "user": "desk",
             "password": "x", "authority": "-----BEGIN CERTIFICATE-----"}  # fmt: skip
    plain = json.dumps(place, sort_keys=True, separators=(",", ":")).encode()
    return [SERVER + b"open\n" + plain, SERVER + b"locked\n" + bytes(40), plain]


def _sheet_seeds() -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(_workbook())) as archive:
        there = set(archive.namelist())
        return [
            bytes([place]) + archive.read(name)
            for place, name in enumerate(_PARTS)
            if name in there
        ]


PARSERS: Mapping[str, Parser] = {
    "barcodes": Parser(scan, _scan_seeds, 600),
    "symbols": Parser(symbol, _symbol_seeds, 600),
    "csv": Parser(csv, nasty.texts),
    "xlsx": Parser(xlsx, nasty.workbooks, 65_536),
    "sheets": Parser(sheet, _sheet_seeds, 16_384),
    "typed": Parser(typed, nasty.typed, 200),
    "backups": Parser(backup, _backup_seeds),
    "backup-rows": Parser(backup_rows, _rows_seeds),
    "key-files": Parser(key_file, _key_seeds),
    "connections": Parser(connection_file, _connection_seeds),
    "paper-words": Parser(paper_words, lambda: [_paper().encode(), b"0001 2048 x"], 400),
}
"""Every parser by its name."""


def attempt(name: str, content: bytes) -> bool:
    """Try it. Whether it was read; a refusal in words is no fault, everything else is."""
    try:
        PARSERS[name].act(content)
    except Refused:
        return False
    return True
