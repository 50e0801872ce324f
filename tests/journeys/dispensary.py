"""The clinic of the pictures: three medicines, batches that are fine, expired and held."""

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
from desktop.pages.dispense.page import DispensePage
from desktop.preferences import PreferencesFile
from inventory.domain.expiry import Expiry
from inventory.domain.gtin import check_digit
from inventory.domain.item import Barcode, ItemDraft
from inventory.domain.names import Names
from inventory.domain.stamp import Stamp
from inventory.domain.status import Status
from inventory.queries.day_list import Dispensing, day_list
from inventory.queries.shelves import shelves
from inventory.services.adjusting import Held, change_status
from inventory.services.clinics import NewClinic, add_clinic
from inventory.services.items import bind_substitutes, save_item
from inventory.services.receiving import Receipt, ReceiptLine, receive
from inventory.storage.database import Database
from inventory.storage.opening import create_database
from tests.keyboard import press, type_scan, type_text

T = TypeVar("T")

TODAY = date(2026, 11, 22)
BEFORE = date(2026, 1, 10)

# Code, English and Arabic name, unit; batches as (number, expiry, quantity).
ITEMS = {
    "MED-0101": ("Metformin 500 mg tablet", "ميتفورمين 500 ملغ حب", "tablet",
                 [("MF2207", "2027-06", 410)]),
    "MED-0102": ("Amlodipine 5 mg tablet", "أملوديبين 5 ملغ حب", "tablet",
                 [("AM1187", "2026-10", 14), ("AM1203", "2027-01-31", 12),
                  ("AM1345", "2027-08-31", 90), ("AM1400", "2028-02", 200)]),
    "MED-0041": ("Amoxicillin 500 mg capsule", "أموكسيسيلين 500 ملغ كبسول", "capsule",
                 [("AX0091", "2027-09", 12)]),
    "MED-0040": ("Amoxicillin 250 mg capsule", "أموكسيسيلين 250 ملغ كبسول", "capsule",
                 [("AX0250", "2027-05-31", 640)]),
    "MED-0050": ("Cefalexin 500 mg capsule", "سيفالكسين 500 ملغ كبسول", "capsule",
                 [("CF0500", "2027-11-30", 180)]),
}  # fmt: skip
METFORMIN, AMLODIPINE, AMOXICILLIN, AMOXICILLIN_250, CEFALEXIN = ITEMS


def gtin(code: str) -> str:
    """The 14 digits on the item's box."""
    body = f"0890123{code[-4:]:0>6}"
    return body + check_digit(body)


def pack(code: str, lot: str = "", expiry: str = "") -> str:
    """What a GS1 DataMatrix of that box says: expiry as YYMMDD."""
    said = "]d201" + gtin(code)
    said += f"17{expiry}" if expiry else ""
    return said + (f"10{lot}" if lot else "")


def furnish(path: Path) -> int:
    """The clinic in a new database; returns its id."""
    database = create_database(path)
    with database.write() as connection:
        clinic_id = add_clinic(connection, NewClinic("Al-Zuhoor PHC", town="Mosul"), BEFORE, 0)
        ids = {code: _item(connection, code) for code in ITEMS}
        bind_substitutes(connection, ids[AMOXICILLIN], [AMOXICILLIN_250, CEFALEXIN])
        for code, (_, _, _, batches) in ITEMS.items():
            lines = tuple(
                ReceiptLine(ids[code], quantity, lot, Expiry.from_iso(expiry), reason="AGREED")
                for lot, expiry, quantity in batches
            )
            receive(connection, _stamp(clinic_id, BEFORE), Receipt(lines, BEFORE))
        _hold(connection, clinic_id, ids[AMLODIPINE], "AM1400")
    database.close()
    return clinic_id


def _item(connection: Connection, code: str) -> int:
    english, arabic, unit, _ = ITEMS[code]
    draft = ItemDraft(code, Names(en=english, ar=arabic), "medicine", unit, pack_size=100,
                      barcodes=(Barcode(gtin(code), 100),))  # fmt: skip
    return save_item(connection, draft, 0)


def _hold(connection: Connection, clinic_id: int, item_id: int, lot: str) -> None:
    shelf = next(s for s in shelves(connection, clinic_id, item_id) if s.lot == lot)
    held = Held(item_id, shelf.lot_id, shelf.place_id, shelf.status, shelf.quantity)
    change_status(connection, _stamp(clinic_id, TODAY), [held], Status.RECALLED, "RECALL")


def _stamp(clinic_id: int, day: date) -> Stamp:
    return Stamp(clinic_id, "Rana", day, 1_700_000_000_000, uuid7().hex)


@dataclass(slots=True)
class Counter:
    """A pharmacist at the window: keys are pressed as on the board and counted."""

    program: Program
    window: MainWindow
    layout: str
    keys: int = 0

    @property
    def page(self) -> DispensePage:
        assert isinstance(self.window.page, DispensePage)
        return self.window.page

    @property
    def basket(self) -> list[tuple[str, int]]:
        """Codes and quantities of the lines."""
        seen = self.page.counter.seen.lines
        return [(one.item.code, one.wanted.quantity) for one in seen]

    @property
    def said(self) -> str:
        """What the message bar says."""
        return self.window.message_bar.words.text()

    @property
    def day(self) -> list[Dispensing]:
        """The day's list, last first."""
        desk = self.window.desk
        return self.ask(day_list, desk.clinic.id, TODAY)

    def ask(self, query: Callable[..., T], *args: Any) -> T:
        return self.window.desk.ask(query, *args)

    def stock(self, code: str) -> dict[str, int]:
        """What stands on the shelf, by batch."""
        item_id = next(
            one.item_id for one in self.ask(_all_codes) if one.code == code
        )
        found = self.ask(shelves, self.window.desk.clinic.id, item_id)
        return {shelf.lot: shelf.quantity for shelf in found}

    def press(self, *chords: str) -> None:
        for chord in chords:
            press(self.window, chord, self.layout)
            self.keys += 1
            QApplication.processEvents()

    def type(self, text: str, layout: str = "") -> None:
        type_text(self.window, text, layout or self.layout)
        self.keys += len(text)
        QApplication.processEvents()

    def scan(self, text: str) -> None:
        """Scanning is no key: it is what the keys are saved by."""
        type_scan(self.window, text, self.layout)
        QApplication.processEvents()

    @property
    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()


@dataclass(frozen=True, slots=True)
class _Code:
    item_id: int
    code: str


def _all_codes(connection: Connection) -> list[_Code]:
    from inventory.queries.items import all_items

    return [_Code(item.id, item.code) for item in all_items(connection)]


def open_counter(
    application: QApplication, path: Path, settings: Path, code: str, layout: str
) -> Counter:
    """The program over that database, on the Dispense page."""
    preferences = PreferencesFile(settings)
    preferences.change(language=code, user="Rana")
    program = Program(application, FaultBook(), preferences=preferences, today=TODAY)
    program.open(str(path))
    window = program.window
    assert window is not None
    window.showNormal()
    window.resize(1366, 768)
    _come_to_the_front(application, window)
    counter = Counter(program, window, layout)
    counter.press("Ctrl+2")
    counter.keys = 0
    return counter


def _come_to_the_front(application: QApplication, window: MainWindow) -> None:
    for _ in range(50):
        if window.isActiveWindow():
            return
        window.raise_()
        window.activateWindow()
        application.processEvents()
        QTest.qWait(20)
    raise AssertionError(f"behind {application.activeWindow()}")


def close_counter(counter: Counter, *, cut: bool = False) -> None:
    """Close the window in order; or `cut`, as when the power goes: nothing is told."""
    if cut:
        counter.page.counter.close = lambda: None  # type: ignore[method-assign]
    if counter.program.scanner is not None:
        counter.program.scanner.remove()
    counter.window.close()
    counter.window.deleteLater()
    database: Database | None = counter.program.database
    if database is not None:
        database.close()
    counter.program.window = counter.program.database = None
    QApplication.processEvents()
