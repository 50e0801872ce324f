"""The list of items kept by keys alone, in English and under an Arabic layout."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.appearance import dress
from desktop.pages.items import form_drafts
from inventory.domain.item import Barcode
from inventory.exchange.table_file import read_table
from inventory.language import plain
from inventory.services.importing import plan_items
from tests.journeys.dispensary import AMLODIPINE, AMOXICILLIN, METFORMIN, TODAY, furnish, gtin
from tests.journeys.storeroom import Storeroom, close_storeroom, open_storeroom

LANGUAGES = [("en", "us"), ("ar", "ara")]
NEW_PACK = "6281086012345"


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("storeroom") / "clinic.db"
    furnish(path)
    return path


@pytest.fixture(params=LANGUAGES, ids=[code for code, _ in LANGUAGES])
def room(
    qtbot: QtBot,
    qapp: QApplication,
    furnished: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Storeroom]:
    """The Items page of a clinic of its own, in each language and layout."""
    code, layout = request.param
    path = tmp_path / "clinic.db"
    path.write_bytes(furnished.read_bytes())
    opened = open_storeroom(qtbot, qapp, path, tmp_path / "desktop.json", code, layout)
    yield opened
    if opened.program.window is not None:
        close_storeroom(opened)
    dress(qapp, theme.LIGHT, rtl=False)


def again(room: Storeroom, qapp: QApplication, tmp_path: Path) -> Storeroom:
    """The program is started anew on the same database."""
    close_storeroom(room)
    code = room.window.desk.language.code
    settings = tmp_path / "desktop.json"
    return open_storeroom(room.qtbot, qapp, tmp_path / "clinic.db", settings, code, room.layout)


def written(room: Storeroom) -> list[str]:
    """Codes in the forms that wait."""
    return [form.state.word("code") for form in room.page.drafts.all()]


def test_an_item_is_found_by_name_and_opened_with_five_keys(room: Storeroom) -> None:
    room.type("metf")
    room.press("Enter")
    assert room.keys == 5
    assert room.editor.state.word("code") == METFORMIN
    room.press("Esc")
    assert room.at_list
    assert room.focus is room.window.field
    assert room.page.list.grid.row.item.code == METFORMIN


def test_an_item_is_changed_and_the_change_taken_back(room: Storeroom) -> None:
    room.press("Down", "Enter")
    code = room.editor.state.word("code")
    before = room.item(code)
    room.editor.view.focus_on("strength")
    room.type("500 mg")
    room.press("Tab")
    room.type("tablet")
    room.press("Ctrl+Enter")
    assert room.at_list
    after = room.item(code).draft
    assert (after.strength, after.form) == ("500 mg", "tablet")
    assert room.focus is room.window.field
    room.press("Ctrl+Z")
    assert room.item(code) == before


def test_a_new_item_is_written_from_field_to_field(room: Storeroom) -> None:
    room.press("Ctrl+N")
    for words in ("ORS-1", "", "ORS sachet 20.5 g", "", "", "", "", "20.5 g", "powder"):
        room.type(words)
        room.press("Enter")
    room.press("Left")
    room.press("Tab")
    room.type("sach")
    room.press("Tab", "Tab", "Tab", "Tab")
    room.type("100")
    room.press("Tab")
    room.type("4500")
    room.press("Ctrl+Enter")
    form = room.item("ORS-1")
    name = form.draft.names.in_language(room.window.desk.language.code)
    assert (name, form.draft.unit) == ("ORS sachet 20.5 g", "sachet")
    assert (form.draft.strength, form.draft.form) == ("20.5 g", "powder")
    assert form.draft.ven in ("V", "N")
    assert (form.draft.pack_size, form.prices) == (100, {100: 4500})
    assert room.page.list.grid.row.item.code == "ORS-1"


def test_a_wrong_field_keeps_what_was_typed_and_says_why(room: Storeroom) -> None:
    room.press("Ctrl+N")
    room.editor.view.focus_on("max_months")
    room.type("many")
    room.press("Ctrl+Enter")
    view = room.editor.view
    wrong = [key for key, field in view.fields.items() if field.is_wrong]
    assert wrong == ["code", "name_en", "max_months"]
    assert view.fields["max_months"].box.text() == "many"
    assert room.focus is view.fields["code"].box
    assert len(room.codes) == 5


def test_a_scan_opens_its_item(room: Storeroom) -> None:
    room.scan(gtin(AMOXICILLIN))
    assert room.editor.state.word("code") == AMOXICILLIN
    room.scan(f"]d201{gtin(AMLODIPINE)}10AM1203")
    assert room.editor.state.word("code") == AMLODIPINE
    room.press("Esc")
    room.scan(f"ITM-{METFORMIN}")
    assert room.editor.state.word("code") == METFORMIN


def test_an_unknown_code_begins_an_item_that_has_it(room: Storeroom) -> None:
    room.scan(NEW_PACK)
    assert room.keys == 0
    room.type("VIT-A")
    room.press("Enter", "Enter")
    room.type("Vitamin A")
    room.press("Ctrl+Enter")
    assert room.item("VIT-A").draft.barcodes == (Barcode(f"0{NEW_PACK}", 1),)
    room.scan(NEW_PACK)
    assert room.editor.state.word("code") == "VIT-A"


def test_a_scan_in_the_form_adds_the_code_to_a_pack(room: Storeroom) -> None:
    room.scan(gtin(METFORMIN))
    room.scan(NEW_PACK)
    assert room.focus is room.editor.view.rows["barcodes"].boxes[1][1]
    room.type("10")
    room.scan(gtin(AMOXICILLIN))
    assert room.editor.state.word("code") == METFORMIN
    assert room.window.message_bar.action is not None
    room.press("Ctrl+Enter")
    assert set(room.item(METFORMIN).draft.barcodes) == {
        Barcode(gtin(METFORMIN), 100), Barcode(f"0{NEW_PACK}", 10),
    }  # fmt: skip


def test_wrong_and_taken_codes_are_said_where_they_stand(room: Storeroom) -> None:
    room.scan(gtin(METFORMIN))
    rows = room.editor.view.rows["barcodes"]
    room.scan(NEW_PACK[:-1] + "3")
    assert "5" in room.said
    assert rows.rows()[1:] == [["", ""]]
    room.editor.view.focus_on("barcodes.1.0")
    room.type(NEW_PACK[:-1] + "3")
    room.press("Tab")
    assert "5" in rows.below[1].text()
    rows.boxes[1][0].clear()
    room.editor.view.focus_on("barcodes.1.0")
    room.type(gtin(AMOXICILLIN))
    room.press("Tab")
    assert "500" in plain(rows.below[1].text())


def test_a_half_written_form_survives_the_power_cut(
    room: Storeroom, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.scan(NEW_PACK)
    room.type("VIT-A")
    room.wait(lambda: written(room) == ["VIT-A"])
    room.editor.keep = lambda **_: None  # type: ignore[method-assign]
    monkeypatch.setattr(form_drafts, "RUN", "the next one")
    room = again(room, qapp, tmp_path)
    assert room.editor.state.word("code") == "VIT-A"
    assert room.editor.state.barcodes == [[NEW_PACK, ""]]
    assert room.said
    room.editor.view.focus_on("name_en")
    room.type("Vitamin A")
    room.press("Ctrl+Enter")
    assert "VIT-A" in room.codes
    assert room.page.drafts.all() == []
    close_storeroom(room)


def test_a_form_put_aside_waits_and_can_be_taken_back(room: Storeroom) -> None:
    room.press("Enter")
    code = room.editor.state.word("code")
    room.editor.view.focus_on("inn")
    room.type("abc")
    room.press("Esc")
    assert room.at_list
    assert room.item(code).draft.inn == ""
    room.press("Enter")
    assert room.editor.state.word("inn") == "abc"
    room.press("Ctrl+Z")
    assert room.editor.state.word("inn") == ""
    room.press("Esc")
    assert room.page.drafts.all() == []


def test_a_scan_does_not_write_over_a_new_item_that_waits(room: Storeroom) -> None:
    room.press("Ctrl+N")
    room.type("FIRST")
    room.press("Esc")
    room.scan(NEW_PACK)
    room.type("SECOND")
    room.press("Esc")
    assert sorted(written(room)) == ["FIRST", "SECOND"]
    room.press("Ctrl+N")
    assert room.editor.state.word("code") == "SECOND"


def test_an_item_with_stock_stays_on_the_list(room: Storeroom) -> None:
    room.scan(gtin(METFORMIN))
    room.press("Alt+R")
    assert room.window.message_bar.property("kind") == "refused"
    assert METFORMIN in room.codes


def test_an_item_without_stock_is_taken_off_and_put_back(room: Storeroom) -> None:
    room.scan(NEW_PACK)
    room.type("VIT-A")
    room.press("Enter", "Enter")
    room.type("Vitamin A")
    room.press("Ctrl+Enter", "Alt+R")
    assert "VIT-A" not in room.codes
    room.press("Alt+8")
    assert [row[0] for row in room.page.list.grid.table()] == ["Vitamin A, VIT-A"]
    room.press("Ctrl+Z")
    assert "VIT-A" in room.codes


def test_filters_keep_a_kind(room: Storeroom) -> None:
    room.press("Alt+2")
    assert len(room.page.list.grid.visible_rows()) == 5
    room.press("Alt+3")
    assert room.page.list.grid.visible_rows() == ()
    room.press("Ctrl+N")
    assert room.editor.state.word("kind") == "vaccine"


def test_the_list_is_exported_and_imports_again_unchanged(
    room: Storeroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("list.xlsx", "list.csv"):
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, p=path: (str(p), ""))
        room.press("Ctrl+E")
        assert name in room.said
        plan = room.ask(plan_items, 1, read_table(path), TODAY)
        assert (plan.unchanged, plan.planned, plan.refused) == (5, (), ())
