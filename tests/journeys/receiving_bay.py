"""The store of a clinic on the day a delivery comes: items with codes, one with none, an order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import Connection
from uuid6 import uuid7

from desktop.app import Program
from desktop.faults import FaultBook
from desktop.main_window import MainWindow
from desktop.news import News
from desktop.pages.receive.page import ReceivePage
from desktop.pages.receive.standing import Standing
from desktop.preferences import PreferencesFile
from inventory.domain.gtin import check_digit
from inventory.domain.item import Barcode, ItemDraft
from inventory.domain.names import Names
from inventory.domain.stamp import Stamp
from inventory.domain.status import Status
from inventory.queries.documents import DocumentRow, last_documents
from inventory.queries.items import all_items
from inventory.queries.shelves import shelves
from inventory.services.clinics import NewClinic, add_clinic
from inventory.services.items import save_item
from inventory.services.ordering import add_line, change_line, open_draft, print_order
from inventory.storage.opening import create_database
from tests.keyboard import press, type_scan, type_text

T = TypeVar("T")

TODAY = date(2026, 11, 22)
BEFORE = date(2026, 11, 10)
CODE = "MOS-014"

# Code: English and Arabic name, kind, unit, pack; boxes of all but cefalexin are known.
ITEMS = {
    "MED-0041": ("Amoxicillin 500 mg capsule", "أموكسيسيلين 500 ملغ كبسول", "medicine", "capsule",
                 100),
    "MED-0102": ("Paracetamol 500 mg tablet", "باراسيتامول 500 ملغ حب", "medicine", "tablet", 1000),
    "MED-0200": ("Oxytocin 10 IU ampoule", "أوكسيتوسين 10 وحدات أمبولة", "medicine", "ampoule", 10),
    "MED-0050": ("Cefalexin 500 mg capsule", "سيفالكسين 500 ملغ كبسول", "medicine", "capsule", 20),
    "SUP-0001": ("Exam gloves, medium", "قفازات فحص وسط", "supply", "piece", 100),
    "FUE-0001": ("Diesel fuel", "وقود ديزل", "fuel", "litre", 2000),
}  # fmt: skip
AMOXICILLIN, PARACETAMOL, OXYTOCIN, CEFALEXIN, GLOVES, DIESEL = ITEMS
NO_CODE = (CEFALEXIN, DIESEL)
ORDERED = {AMOXICILLIN: 20, PARACETAMOL: 5, OXYTOCIN: 10, GLOVES: 12}
"""Packs on the order that was printed before."""
NEW_CODE = "06291100081233"


def gtin(code: str) -> str:
    """The 14 digits on the item's box."""
    body = f"0890456{code[-4:]:0>6}"
    return body + check_digit(body)


def pack(code: str, lot: str = "", expiry: str = "", more: str = "") -> str:
    """What a GS1 DataMatrix of that box says: expiry as YYMMDD."""
    said = "]d201" + (code if code.isdigit() else gtin(code))
    said += f"17{expiry}" if expiry else ""
    return said + more + (f"10{lot}" if lot else "")


def ean(code: str) -> str:
    """The EAN-13 of the box, which says nothing of batch and expiry."""
    return gtin(code)[1:]


def furnish(path: Path) -> None:
    """The clinic in a new database, with one order printed."""
    database = create_database(path)
    with database.write() as connection:
        clinic = NewClinic("Al-Zuhoor PHC", CODE, "Mosul", places=("Pharmacy", "Store"))
        clinic_id = add_clinic(connection, clinic, BEFORE, 0)
        ids = {code: _item(connection, code) for code in ITEMS}
        stamp = Stamp(clinic_id, "Salam", BEFORE, 1_700_000_000_000, uuid7().hex)
        order = open_draft(connection, stamp, "DoH Nineveh")
        for code, packs in ORDERED.items():
            add_line(connection, stamp, order, ids[code])
            change_line(connection, stamp, order, ids[code], packs, "EMERGENCY")
        print_order(connection, stamp, order)
    database.close()


def _item(connection: Connection, code: str) -> int:
    english, arabic, kind, unit, size = ITEMS[code]
    known = () if code in NO_CODE else (Barcode(gtin(code), size),)
    draft = ItemDraft(code, Names(en=english, ar=arabic), kind, unit, pack_size=size,
                      barcodes=known)  # fmt: skip
    return save_item(connection, draft, 0)


@dataclass(slots=True)
class Storekeeper:
    """Somebody at the door with a scanner: keys are pressed as on the board and counted."""

    program: Program
    window: MainWindow
    layout: str
    keys: int = 0

    @property
    def page(self) -> ReceivePage:
        assert isinstance(self.window.page, ReceivePage)
        return self.window.page

    @property
    def rows(self) -> list[tuple[str, str, str, int]]:
        """State, code of the item (or what was scanned), batch and units of every row."""
        return [(row.state, *_row(row)) for row in self.page.bay.rows]

    @property
    def came(self) -> dict[tuple[str, str], int]:
        """Units by code and batch."""
        return {(code, lot): came for _, code, lot, came in self.rows if came}

    @property
    def states(self) -> dict[str, str]:
        """The state of each item's first row."""
        return {code: state for state, code, _, _ in reversed(self.rows)}

    @property
    def news(self) -> News:
        shown = self.window.message_bar.shown
        assert shown is not None
        return shown

    @property
    def notes(self) -> list[DocumentRow]:
        """Documents of the clinic, last first."""
        return self.ask(last_documents, self.window.desk.clinic.id)

    def ask(self, query: Callable[..., T], *args: Any) -> T:
        return self.window.desk.ask(query, *args)

    def stock(self, code: str) -> dict[tuple[str, Status], int]:
        """What stands on the shelf, by batch and status."""
        item = next(one for one in self.ask(all_items) if one.code == code)
        found = self.ask(shelves, self.window.desk.clinic.id, item.id)
        return {(shelf.lot, shelf.status): shelf.quantity for shelf in found}

    def press(self, *chords: str) -> None:
        for chord in chords:
            press(self.window, chord, self.layout)
            self.keys += 1
            QApplication.processEvents()

    def type(self, text: str, layout: str = "") -> None:
        type_text(self.window, text, layout or self.layout)
        self.keys += len(text)
        QApplication.processEvents()

    def write(self, text: str) -> None:
        """Latin letters, as a batch has them."""
        self.type(text, "us")

    def scan(self, text: str) -> None:
        """Scanning is no key: it is what the keys are saved by."""
        type_scan(self.window, text, self.layout)
        QApplication.processEvents()

    @property
    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    @property
    def in_field(self) -> bool:
        return self.focus is self.window.field


def _row(row: Standing) -> tuple[str, str, int]:
    line = row.line
    code = row.item.code if row.item is not None else ""
    if line is None:
        return code, "", 0
    return code or line.code, line.lot, line.came


def open_bay(
    application: QApplication, path: Path, settings: Path, code: str, layout: str
) -> Storekeeper:
    """The program over that database, on the Receive page."""
    preferences = PreferencesFile(settings)
    preferences.change(language=code, user="Haval")
    program = Program(application, FaultBook(), preferences=preferences, today=TODAY)
    program.open(str(path))
    window = program.window
    assert window is not None
    window.showNormal()
    window.resize(1366, 768)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    keeper = Storekeeper(program, window, layout)
    keeper.press("Ctrl+3")
    keeper.keys = 0
    return keeper


def close_bay(keeper: Storekeeper, *, cut: bool = False) -> None:
    """Close the window in order; or `cut`, as when the power goes: nothing is told."""
    if cut:
        keeper.page.bay.close = lambda: None  # type: ignore[method-assign]
    if keeper.program.scanner is not None:
        keeper.program.scanner.remove()
    keeper.window.close()
    keeper.window.deleteLater()
    database = keeper.program.database
    if database is not None:
        database.close()
    keeper.program.window = keeper.program.database = None
    QApplication.processEvents()
