"""Two clinics with something on every list, and somebody who looks after their shelves by keys."""

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
from desktop.pages.stock.page import StockPage
from desktop.pages.today.page import TodayPage
from desktop.preferences import PreferencesFile
from inventory.domain.expiry import Expiry
from inventory.domain.item import Barcode, ItemDraft
from inventory.domain.names import Names
from inventory.domain.stamp import Stamp
from inventory.domain.status import Status
from inventory.language import plain
from inventory.queries.items import all_items
from inventory.queries.shelves import shelves
from inventory.services.clinics import NewClinic, add_clinic
from inventory.services.dispensing import DispenseLine, DispenseOrder, dispense
from inventory.services.items import save_item
from inventory.services.ordering import open_draft, print_order
from inventory.services.receiving import Receipt, ReceiptLine, receive
from inventory.storage.database import Database
from inventory.storage.opening import open_database
from tests.journeys import dispensary
from tests.journeys.dispensary import METFORMIN, TODAY, gtin
from tests.keyboard import press, type_scan, type_text

T = TypeVar("T")

INSULIN = "MED-0301"
OTHER = "Al-Noor PHC"


def furnish(path: Path) -> None:
    """The dispensary with three months of use, a vital item out and on order, a second clinic."""
    clinic_id = dispensary.furnish(path)
    database = open_database(path)
    with database.write() as connection:
        items = {item.code: item.id for item in all_items(connection)}
        draft = ItemDraft(INSULIN, Names(en="Insulin 30/70 vial", ar="إنسولين 30/70 فيال"),
                          "medicine", "vial", pack_size=10, ven="V",
                          barcodes=(Barcode(gtin(INSULIN), 10),))  # fmt: skip
        items[INSULIN] = save_item(connection, draft, 0)
        _receive(connection, clinic_id, items[INSULIN], 60, "IN6001", "2027-12")
        for day in (date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)):
            lines = (DispenseLine(items[METFORMIN], 60), DispenseLine(items[INSULIN], 20))
            stamp = _stamp(clinic_id)
            dispense(connection, stamp, DispenseOrder(lines, day))
        order_id = open_draft(connection, _stamp(clinic_id))
        print_order(connection, _stamp(clinic_id), order_id)
        other = add_clinic(connection, NewClinic(OTHER, town="Sinjar", colour="plum"),
                           dispensary.BEFORE, 0)  # fmt: skip
        _receive(connection, other, items[METFORMIN], 40, "MF9999", "2027-09")
    database.close()


def _receive(
    connection: Connection, clinic_id: int, item_id: int, quantity: int, lot: str, expiry: str
) -> None:
    line = ReceiptLine(item_id, quantity, lot, Expiry.from_iso(expiry), reason="AGREED")
    receive(connection, _stamp(clinic_id), Receipt((line,), dispensary.BEFORE))


def _stamp(clinic_id: int) -> Stamp:
    return Stamp(clinic_id, "Rana", TODAY, 1_700_000_000_000, uuid7().hex)


@dataclass(slots=True)
class Keeper:
    """Somebody at the window: keys are pressed as on the board and counted."""

    program: Program
    window: MainWindow
    layout: str
    keys: int = 0

    @property
    def today(self) -> TodayPage:
        assert isinstance(self.window.page, TodayPage)
        return self.window.page

    @property
    def stock(self) -> StockPage:
        assert isinstance(self.window.page, StockPage)
        return self.window.page

    @property
    def codes(self) -> list[str]:
        """Items of the stock list, as shown."""
        return [row.item.code for row in self.stock.grid.visible_rows()]

    @property
    def code(self) -> str:
        """Of the highlighted row."""
        row = self.stock.grid.row
        return row.item.code if row is not None else ""

    @property
    def said(self) -> str:
        """What the message bar says, in English."""
        shown = self.window.message_bar.shown
        return plain(str(shown.words)) if shown is not None else ""

    @property
    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    @property
    def in_field(self) -> bool:
        return self.focus is self.window.field

    def lots(self, code: str) -> dict[str, tuple[Status, int]]:
        """What stands where, by batch."""
        items = {item.code: item.id for item in self.ask(all_items)}
        found = self.ask(shelves, self.window.desk.clinic.id, items[code])
        return {shelf.lot: (shelf.status, shelf.quantity) for shelf in found}

    def ask(self, query: Callable[..., T], *args: Any) -> T:
        return self.window.desk.ask(query, *args)

    def press(self, *chords: str) -> None:
        for chord in chords:
            press(self.window, chord, self.layout)
            self.keys += 1
            QApplication.processEvents()

    def type(self, english: str, arabic: str = "") -> None:
        """Words in the language of the layout."""
        words = arabic if arabic and self.layout == "ara" else english
        type_text(self.window, words, self.layout if words == arabic else "us")
        self.keys += len(words)
        QApplication.processEvents()

    def scan(self, text: str) -> None:
        type_scan(self.window, text, self.layout)
        QApplication.processEvents()

    def move_to(self, name: str) -> None:
        """Another clinic of the same database."""
        row = next(row for row in self.window.desk.clinics() if row.name == name)
        self.window.desk.move_to(row)
        QApplication.processEvents()


def open_keeper(
    application: QApplication, path: Path, settings: Path, code: str, layout: str
) -> Keeper:
    """The program over that database, on the first page."""
    preferences = PreferencesFile(settings)
    preferences.change(language=code, user="Rana")
    program = Program(application, FaultBook(), preferences=preferences, today=TODAY)
    program.open(str(path))
    window = program.window
    assert window is not None
    window.showNormal()
    window.resize(1366, 768)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    QApplication.processEvents()
    return Keeper(program, window, layout)


def close_keeper(keeper: Keeper) -> None:
    """Close the window in order."""
    if keeper.program.scanner is not None:
        keeper.program.scanner.remove()
    keeper.window.close()
    keeper.window.deleteLater()
    database: Database | None = keeper.program.database
    if database is not None:
        database.close()
    keeper.program.window = keeper.program.database = None
    QApplication.processEvents()
