"""The clinic of the pictures on its ordering day, and a manager at its window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
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
from desktop.pages.order.page import OrderPage
from desktop.preferences import PreferencesFile
from inventory.domain.expiry import Expiry
from inventory.domain.gtin import check_digit
from inventory.domain.item import Barcode, ItemDraft
from inventory.domain.names import Names
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.queries.order_view import OrderView
from inventory.queries.orders import OrderRow, orders
from inventory.services.clinics import NewClinic, add_clinic, save_setting
from inventory.services.dispensing import DispenseLine, DispenseOrder, dispense
from inventory.services.items import save_item, set_price
from inventory.services.receiving import Receipt, ReceiptLine, receive
from inventory.storage.database import Database
from inventory.storage.opening import create_database
from tests.keyboard import press, type_scan, type_text

T = TypeVar("T")

TODAY = date(2026, 11, 22)
BEGAN = date(2026, 8, 1)
MONTHS = (8, 9, 10)


@dataclass(frozen=True, slots=True)
class Thing:
    """An item, what a month uses of it, and what is left today."""

    english: str
    arabic: str
    kind: str
    unit: str
    pack: int
    monthly: int
    left: int
    price: int | None = None
    storage: str = "room"
    supplier: str = ""


THINGS = {
    "MED-0001": Thing("Paracetamol 500 mg tablet", "باراسيتامول 500 ملغ حب", "medicine",
                      "tablet", 1000, 2952, 6282, 22_000),
    "MED-0041": Thing("Amoxicillin 500 mg capsule", "أموكسيسيلين 500 ملغ كبسول", "medicine",
                      "capsule", 100, 1930, 1204, 8_000),
    "MED-0099": Thing("Insulin 30/70, 10 mL vial", "إنسولين 30/70 فيال 10 مل", "medicine",
                      "vial", 1, 38, 40, 9_000, "fridge"),
    "MED-0150": Thing("Zinc 20 mg tablet", "زنك 20 ملغ حب", "medicine", "tablet", 100, 10, 900),
    "SUP-0020": Thing("Exam gloves, medium", "كفوف فحص، حجم وسط", "supply", "piece", 100, 820,
                      2100, 6_000, supplier="Al-Rafidain"),
}  # fmt: skip
PARACETAMOL, AMOXICILLIN, INSULIN, ZINC, GLOVES = THINGS
PACKS = {PARACETAMOL: 3, AMOXICILLIN: 46, INSULIN: 74, GLOVES: 4}
"""What is proposed: the most of three months less what is left, in whole packs."""


def gtin(code: str) -> str:
    """The 14 digits on the item's box."""
    body = f"0890123{code[-4:]:0>6}"
    return body + check_digit(body)


def furnish(path: Path, *, clinics: int = 1) -> None:
    """The clinic in a new database, with three months of use; further ones hold nothing."""
    database = create_database(path)
    with database.write() as connection:
        new = NewClinic("Al-Zuhoor PHC", code="MOS-014", town="Mosul")
        clinic_id = add_clinic(connection, new, BEGAN, 0)
        for key, value in (("supplier", "DoH Nineveh"), ("budget", 4_000_000)):
            save_setting(connection, clinic_id, key, value)
        ids = {code: _item(connection, code) for code in THINGS}
        for number in range(1, clinics):
            add_clinic(connection, NewClinic(f"Al-Noor {number}"), BEGAN, 0)
        lines = tuple(
            ReceiptLine(ids[code], thing.left + len(MONTHS) * thing.monthly, f"B-{code}",
                        Expiry.from_iso("2028-12"))
            for code, thing in THINGS.items()
        )  # fmt: skip
        receive(connection, _stamp(clinic_id, BEGAN), Receipt(lines, BEGAN))
        for month in MONTHS:
            day = date(2026, month, 20)
            used = tuple(DispenseLine(ids[code], THINGS[code].monthly) for code in THINGS)
            dispense(connection, _stamp(clinic_id, day), DispenseOrder(used, day))
    database.close()


def _item(connection: Connection, code: str) -> int:
    thing = THINGS[code]
    draft = ItemDraft(
        code, Names(en=thing.english, ar=thing.arabic), thing.kind, thing.unit,
        pack_size=thing.pack, barcodes=(Barcode(gtin(code), thing.pack),), ven="E",
        storage=thing.storage,
    )  # fmt: skip
    item_id = save_item(connection, draft, 0)
    if thing.price is not None:
        set_price(connection, item_id, thing.pack, thing.price)
    if thing.supplier:
        from sqlalchemy import update

        from inventory.storage import tables

        row = update(tables.item).where(tables.item.c.id == item_id)
        connection.execute(row.values(supplier=thing.supplier))
    return item_id


def _stamp(clinic_id: int, day: date) -> Stamp:
    return Stamp(clinic_id, "Rana", day, 1_700_000_000_000, uuid7().hex)


@dataclass(slots=True)
class Manager:
    """Somebody who presses keys at the window; `papers` are what reached the printer."""

    program: Program
    window: MainWindow
    layout: str
    keys: int = 0
    papers: list[bytes] = field(default_factory=list)

    @property
    def page(self) -> OrderPage:
        assert isinstance(self.window.page, OrderPage)
        return self.window.page

    @property
    def view(self) -> OrderView:
        return self.page.book.order

    @property
    def packs(self) -> dict[str, int]:
        """Packs asked for, by code."""
        return {row.line.item.code: row.line.packs for row in self.view.lines}

    @property
    def here(self) -> str:
        """The code of the line under the bar."""
        return str(self.page.sheets.grid.row.line.item.code)

    @property
    def saved(self) -> list[OrderRow]:
        return self.ask(orders, self.window.desk.clinic.id)

    @property
    def said(self) -> str:
        """What the message bar says, in English."""
        said = self.window.desk.said
        return str(said[-1].words) if said else ""

    def ask(self, query: Callable[..., T], *args: Any, **more: Any) -> T:
        return self.window.desk.ask(query, *args, **more)

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
        type_scan(self.window, text, self.layout)
        QApplication.processEvents()

    def go_to(self, code: str) -> None:
        """Down to that line; not counted, the mouse or a scan would do as well."""
        item = next(row.item_id for row in self.view.lines if row.line.item.code == code)
        assert self.page.sheets.grid.choose(item)

    @property
    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()


def open_window(
    application: QApplication, path: Path, settings: Path, code: str, layout: str
) -> Manager:
    """The program over that database, on its first page."""
    preferences = PreferencesFile(settings)
    preferences.change(language=code, user="Salam")
    program = Program(application, FaultBook(), preferences=preferences, today=TODAY)
    program.open(str(path))
    window = program.window
    assert window is not None
    window.showNormal()
    window.resize(1366, 768)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    return Manager(program, window, layout)


def close_window(manager: Manager) -> None:
    """Close it as when the power goes: nothing is told to the page."""
    if manager.program.scanner is not None:
        manager.program.scanner.remove()
    manager.window.close()
    manager.window.deleteLater()
    database: Database | None = manager.program.database
    if database is not None:
        database.close()
    manager.program.window = manager.program.database = None
    QApplication.processEvents()


class Printer:
    """Takes every paper until it is told not to answer."""

    def __init__(self) -> None:
        self.papers: list[bytes] = []
        self.answers = True

    def take(
        self, paper: bytes, printer: str = "", copies: int = 1,
        progress: Callable[[int, int], bool] | None = None,
    ) -> None:  # fmt: skip
        if not self.answers:
            raise Refused("The printer did not answer. Press Ctrl+P to try again.")
        self.papers.append(paper)
