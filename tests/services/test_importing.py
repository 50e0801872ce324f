"""Files into the database: once, whole, and on both engines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.exchange.columns import ColumnMapping
from inventory.exchange.progress import Cancelled, Progress
from inventory.exchange.table_file import read_table
from inventory.queries.item_drafts import item_drafts
from inventory.queries.items import item_by_code
from inventory.queries.usage import use_of_items
from inventory.services import importing
from inventory.services.clinics import NewClinic, add_clinic
from inventory.services.reversing import reverse
from inventory.storage.database import Database

TODAY = date(2026, 11, 22)
ITEMS = (
    "code,name_en,name_ar,kind,unit,pack_size,barcode,ven,packs,substitutes\n"
    "PCM,Paracetamol,باراسيتامول,medicine,tablet,1000,06281086012345,E,100;20,AMX\n"
    "AMX,Amoxicillin,أموكسيسيلين,medicine,capsule,100,,V,,\n"
    "GZE,Gauze,شاش,supply,piece,10,,N,,\n"
    "DSL,Diesel,كاز,fuel,litre,2000,,,,\n"
)
OPENING = (
    "code,lot,expiry,quantity,place\nPCM,L1,2027-03,1000,\nPCM,L2,2026-01,40,\n"
    "AMX,B7,2027-06-30,200,Store\nDSL,,,4000,Yard\n"
)
HISTORY = (
    "code,month,opening,received,consumed,adjustments,closing,days_out\n"
    "PCM,2026-09,100,500,300,-10,290,2\nPCM,2026-10,290,0,200,0,90,0\n"
)


class Desk:
    """One clinic's database, with files to import into it."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder = database, folder
        with database.write() as connection:
            self.clinic = add_clinic(connection, NewClinic("Al-Zuhoor PHC"), TODAY, 1_000)
        self.acts = 0

    def stamp(self, request: str | None = None) -> Stamp:
        self.acts += 1
        return Stamp(self.clinic, "Salam", TODAY, 1_000 + self.acts, request or f"r{self.acts}")

    def plan(self, planner: Callable[..., Any], content: str, **more: Any) -> Any:
        path = self.folder / "file.csv"
        path.write_text(content, encoding="utf-8")
        with self.database.read() as connection:
            return planner(connection, self.clinic, path, TODAY, **more)

    def items(self, content: str = ITEMS) -> importing.Imported:
        plan = self.plan(importing.plan_items, content)
        return self.database.act(importing.import_items, self.stamp(), plan)

    def opening(self, content: str = OPENING) -> importing.Imported:
        plan = self.plan(importing.plan_opening, content)
        return self.database.act(importing.import_opening, self.stamp(), plan)

    def history(self, content: str = HISTORY) -> importing.Imported:
        plan = self.plan(importing.plan_history, content)
        return self.database.act(importing.import_history, self.stamp(), plan)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.database.read() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def stock(self) -> list[tuple[Any, ...]]:
        return self.rows(
            "SELECT i.code, l.number, p.name, s.status, s.quantity FROM stock s "
            "JOIN item i ON i.id = s.item_id JOIN lot l ON l.id = s.lot_id "
            "JOIN place p ON p.id = s.place_id WHERE s.quantity > 0 ORDER BY i.code, l.number"
        )


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, tmp_path)


def test_items_arrive_whole_and_once(desk: Desk) -> None:
    assert desk.items() == importing.Imported(4, 0)
    with desk.database.read() as connection:
        drafts = item_drafts(connection)
    assert drafts["PCM"].packs == (100, 20)
    assert drafts["PCM"].substitutes == ("AMX",)
    assert drafts["PCM"].barcodes[0].code == "06281086012345"
    again = desk.plan(importing.plan_items, ITEMS)
    assert (again.planned, again.unchanged) == ((), 4)
    assert desk.items() == importing.Imported(0, 0)


def test_a_changed_item_keeps_what_the_file_does_not_say(desk: Desk) -> None:
    desk.items()
    desk.items("code,name_ckb,pack_size\nPCM,پاراسیتامۆڵ,500\n")
    with desk.database.read() as connection:
        item = item_by_code(connection, "PCM")
    assert (item.names.ckb, item.names.en, item.pack_size) == ("پاراسیتامۆڵ", "Paracetamol", 500)


def test_many_items_arrive_in_batches_with_progress(desk: Desk) -> None:
    rows = "".join(f"M{n},Medicine {n},medicine,tablet,100\n" for n in range(1_700))
    plan = desk.plan(importing.plan_items, "code,name_en,kind,unit,pack_size\n" + rows)
    told: list[tuple[int, int]] = []
    watched = Progress(lambda *step: told.append(step))
    desk.database.act(importing.import_items, desk.stamp(), plan, watched)
    assert told == [(500, 1_700), (1_000, 1_700), (1_500, 1_700), (1_700, 1_700)]
    assert desk.rows("SELECT count(*) FROM item_pack") == [(1_700,)]


def test_a_stopped_import_changes_nothing(desk: Desk) -> None:
    rows = "".join(f"M{n},Medicine {n}\n" for n in range(1_700))
    plan = desk.plan(importing.plan_items, "code,name_en\n" + rows)
    asked: list[bool] = []

    def second_time() -> bool:
        asked.append(True)
        return len(asked) > 1

    with pytest.raises(Cancelled):
        desk.database.act(
            importing.import_items, desk.stamp(), plan, Progress(cancelled=second_time)
        )
    assert desk.rows("SELECT count(*) FROM item") == [(0,)]


def test_a_barcode_learned_after_the_plan_stops_the_import(desk: Desk) -> None:
    plan = desk.plan(importing.plan_items, ITEMS)
    desk.items("code,name_en,barcode\nOTHER,Other,06281086012345\n")
    with pytest.raises(Refused, match="given to another item"):
        desk.database.act(importing.import_items, desk.stamp(), plan)
    assert desk.rows("SELECT code FROM item") == [("OTHER",)]


def test_a_unit_that_was_counted_in_stays(desk: Desk) -> None:
    desk.items()
    desk.opening()
    plan = desk.plan(importing.plan_items, "code,unit\nPCM,capsule\nGZE,roll\n")
    assert [cell.row for cell in plan.refused] == [2]
    assert [planned.value.code for planned in plan.updated] == ["GZE"]


def test_opening_stock_arrives_on_its_shelves(desk: Desk) -> None:
    desk.items()
    done = desk.opening()
    assert done.added == 4
    assert done.documents == ("OPN-2026-00001",)
    assert desk.stock() == [
        ("AMX", "B7", "Store", "usable", 200),
        ("DSL", "", "Yard", "usable", 4000),
        ("PCM", "L1", "Pharmacy", "usable", 1000),
        ("PCM", "L2", "Pharmacy", "expired", 40),
    ]
    assert desk.opening() == importing.Imported(0, 0)
    assert desk.rows("SELECT count(*) FROM movement") == [(4,)]


def test_a_corrected_count_is_posted_as_the_difference(desk: Desk) -> None:
    desk.items()
    desk.opening()
    corrected = OPENING.replace("1000", "900").replace(",40,", ",45,")
    done = desk.opening(corrected)
    assert (done.added, done.updated, done.documents) == (0, 2, ("ADJ-2026-00001",))
    assert [row[4] for row in desk.stock()] == [200, 4000, 900, 45]
    assert desk.opening(corrected) == importing.Imported(0, 0)
    both = desk.opening(corrected.replace("900", "950") + "GZE,,,70,\n")
    assert both.documents == ("OPN-2026-00002", "ADJ-2026-00002")
    assert desk.rows("SELECT kind, quantity FROM movement ORDER BY seq DESC LIMIT 2") == [
        ("adjust_up", 50), ("opening", 70),
    ]  # fmt: skip


def test_the_same_request_twice_posts_once(desk: Desk) -> None:
    desk.items()
    plan = desk.plan(importing.plan_opening, OPENING)
    stamp = desk.stamp("only once")
    first = desk.database.act(importing.import_opening, stamp, plan)
    second = desk.database.act(importing.import_opening, stamp, plan)
    assert (first.again, second.again) == (False, True)
    assert second.documents == first.documents
    assert [row[4] for row in desk.stock()] == [200, 4000, 1000, 40]


def test_an_old_plan_is_compared_again(desk: Desk) -> None:
    desk.items()
    plan = desk.plan(importing.plan_opening, OPENING)
    desk.database.act(importing.import_opening, desk.stamp(), plan)
    desk.database.act(importing.import_opening, desk.stamp(), plan)
    assert [row[4] for row in desk.stock()] == [200, 4000, 1000, 40]


def test_reversed_opening_stock_can_be_imported_again(desk: Desk) -> None:
    desk.items()
    (number,) = desk.opening().documents
    desk.database.act(reverse, desk.stamp(), number, "ENTERED_TWICE")
    assert desk.stock() == []
    assert desk.opening().added == 4
    assert [row[4] for row in desk.stock()] == [200, 4000, 1000, 40]


def test_history_gives_averages_at_once(desk: Desk) -> None:
    desk.items()
    assert desk.history() == importing.Imported(2, 0)
    assert desk.history() == importing.Imported(0, 0)
    assert desk.history(HISTORY.replace("-10,290,2", "-10,290,5")) == importing.Imported(0, 1)
    with desk.database.read() as connection:
        item = item_by_code(connection, "PCM").id
        months = use_of_items(connection, desk.clinic, TODAY)[item].months
    assert months[0] is None
    assert [(m.consumed, m.days_out) for m in months[1:] if m] == [(300, 5), (200, 0)]


def test_history_of_an_item_that_is_gone_stops_the_import(desk: Desk) -> None:
    desk.items()
    plan = desk.plan(importing.plan_history, HISTORY)
    with desk.database.write() as connection:
        connection.execute(text("UPDATE item SET active = 0 WHERE code = 'PCM'"))
    with pytest.raises(Refused, match="PCM is not in the list"):
        desk.database.act(importing.import_history, desk.stamp(), plan)


def test_an_item_that_was_retired_comes_back(desk: Desk) -> None:
    desk.items()
    with desk.database.write() as connection:
        connection.execute(text("UPDATE item SET active = 0 WHERE code = 'AMX'"))
    assert desk.items().added == 1
    with desk.database.read() as connection:
        assert item_by_code(connection, "AMX").active


def test_columns_are_remembered_for_files_with_the_same_headings(desk: Desk) -> None:
    path = desk.folder / "kimadia.csv"
    path.write_text("Code,Description,Trade name\nA1,Long text,One\n", encoding="utf-8")
    table = read_table(path)
    chosen = ColumnMapping({"code": 0, "name_en": 2})
    with desk.database.write() as connection:
        found = importing.mapping_for(connection, "items", table)
        importing.remember_mapping(connection, desk.stamp(), "items", table, chosen)
    assert found == ColumnMapping({"code": 0, "name_en": 1})
    with desk.database.read() as connection:
        assert importing.mapping_for(connection, "items", table) == chosen
        plan = importing.plan_items(connection, desk.clinic, table, TODAY)
    assert plan.added[0].value.names.en == "One"


def test_a_missing_file_is_refused_and_nothing_is_changed(desk: Desk) -> None:
    with pytest.raises(Refused, match="There is no file"), desk.database.read() as connection:
        importing.plan_items(connection, desk.clinic, desk.folder / "gone.csv", TODAY)
