"""The parts of the Items page: boxes that choose, rows that grow, painted steps and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.pages.items.choice_box import ChoiceBox, among
from desktop.pages.items.choice_list import ChoiceList
from desktop.pages.items.form_state import blank
from desktop.pages.items.form_view import FormView
from desktop.pages.items.import_kinds import IMPORTS
from desktop.pages.items.import_parts import ColumnChips, Count, Steps
from desktop.pages.items.import_rows import Reviewer
from desktop.pages.items.import_work import Asked, asked_of_body, check, read
from desktop.pages.items.listing import columns, counts, kept_by
from desktop.pages.items.row_editor import Part, RowEditor
from desktop.widgets.field import LineBox
from desktop.widgets.grid.columns import cell_of, words
from desktop.widgets.item_field import Choice
from inventory.domain.item import Barcode, ItemDraft
from inventory.domain.item_form import ItemForm
from inventory.domain.names import Names
from inventory.exchange.progress import SILENT
from inventory.language import plain
from inventory.queries.item_forms import item_lines
from inventory.services.item_forms import keep_item, take_off
from tests.desktop.conftest import MakeDesk
from tests.desktop.pictures import is_blank, picture

UNITS = {"tablet": "Tablet", "tube": "Tube", "bottle": "Bottle", "litre": "Litre"}


@pytest.fixture
def room(look: None, qtbot: QtBot) -> QWidget:
    """A window to put boxes in."""
    made = QWidget()
    QVBoxLayout(made)
    made.resize(400, 500)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def box_in(room: QWidget, **how: Any) -> ChoiceBox:
    choices = [Choice(key, name) for key, name in UNITS.items()]
    find = among(choices, lambda key: {"litre": ("لتر",)}.get(key, ()))
    box = ChoiceBox(find, lambda key: UNITS.get(key, key), **how)
    room.layout().addWidget(box)
    other = LineBox()
    room.layout().addWidget(other)
    box.setFocus()
    QApplication.processEvents()
    return box


def shown(box: ChoiceBox) -> Sequence[str]:
    lists = box.window().findChildren(ChoiceList)
    return [choice.words for choice in lists[-1].choices] if box.is_open else ()


def test_a_box_filters_as_one_types_and_enter_takes_the_first(room: QWidget) -> None:
    box = box_in(room)
    taken: list[str] = []
    box.picked.connect(taken.append)
    QTest.keyClicks(box, "t")
    assert shown(box) == ["Tablet", "Tube", "Bottle", "Litre"]
    QTest.keyClicks(box, "u")
    assert shown(box) == ["Tube"]
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert (box.key, box.text(), taken) == ("tube", "Tube", ["tube"])
    assert not box.is_open


def test_a_box_knows_other_spellings_and_arrows(room: QWidget) -> None:
    box = box_in(room)
    box.setText("لت")
    box.textEdited.emit("لت")
    assert shown(box) == ["Litre"]
    box.close_list()
    box.set_key("")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(box, key)
    assert box.key == "tablet"


def test_leaving_takes_what_is_highlighted_or_leaves_it_as_it_was(room: QWidget) -> None:
    box = box_in(room, optional=False)
    box.set_key("bottle")
    box.selectAll()
    QTest.keyClicks(box, "tab")
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert (box.key, box.text()) == ("tablet", "Tablet")
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "zzz")
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert (box.key, box.text()) == ("tablet", "Tablet")


def test_a_free_box_keeps_any_words(room: QWidget) -> None:
    box = box_in(room, free=True)
    QTest.keyClicks(box, "Sack of 50")
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert (box.key, box.text()) == ("Sack of 50", "Sack of 50")
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "tablet")
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert (box.key, box.text()) == ("tablet", "Tablet")
    box.setFocus()
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_Backspace)
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert box.key == ""


def test_a_row_of_the_list_is_taken_by_the_mouse(room: QWidget) -> None:
    box = box_in(room)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    listed = room.findChild(ChoiceList)
    assert listed is not None
    assert not is_blank(listed.grab().toImage())
    QTest.mouseClick(listed, Qt.MouseButton.LeftButton, pos=QPoint(40, 50))
    assert box.key == "tube"


def editor_in(room: QWidget) -> RowEditor:
    editor = RowEditor((Part("Size", LineBox), Part("Price", LineBox, 100)), most=4)
    room.layout().addWidget(editor)
    return editor


def test_rows_grow_as_they_are_written(room: QWidget) -> None:
    editor = editor_in(room)
    assert editor.rows() == [["", ""]]
    QTest.keyClicks(editor.boxes[0][0], "10")
    assert editor.rows() == [["10", ""], ["", ""]]
    for row in (1, 2, 3):
        QTest.keyClicks(editor.boxes[row][1], "5")
    assert len(editor.boxes) == 4


def test_rows_say_what_is_wrong_with_one_box(room: QWidget) -> None:
    editor = editor_in(room)
    editor.set_rows([["10", "x"], ["20", ""]])
    editor.set_told(0, "Write a price.", 1)
    assert editor.below[0].text() == "Write a price."
    assert [bool(box.property("wrong")) for box in editor.boxes[0]] == [False, True]
    editor.clear_told()
    assert editor.below[0].isHidden()
    assert editor.rows() == [["10", "x"], ["20", ""], ["", ""]]


@pytest.mark.parametrize("at", [0, 2, 4])
def test_steps_counts_and_columns_are_painted(look: None, at: int) -> None:
    steps = Steps(["File", "Columns", "Check", "Import"], at)
    count = Count("equal", "grey", "the same")
    count.show_number("512", "left alone")
    chips = ColumnChips("not used")
    heads = [(f"heading {n}", "Code" if n else "") for n in range(30)]
    chips.set_heads(heads, [f"and {n} more" for n in range(31)])
    for part in (steps, count, chips):
        assert not is_blank(picture(part, 600, part.sizeHint().height()))
        assert part.accessibleName() or at == 4


def test_a_draft_nobody_can_read_asks_for_a_file() -> None:
    asked = Asked("items", "/a.csv", encoding="cp1256")
    assert asked_of_body(asked.body()) == asked
    assert asked_of_body(["items"]) is None
    assert asked_of_body({"kind": "items", "what": 1}) is None


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_list_says_packs_class_and_codes(make_desk: MakeDesk, code: str) -> None:
    desk = make_desk(code)
    pack = (Barcode("06281086012345", 1), Barcode("WARD", 1))
    kept = desk.do(keep_item, ItemForm(ItemDraft(
        "A1", Names("Amoxicillin", "أموكسيسيلين"), "medicine", "capsule", 1000, (20,), pack, "V",
        storage="fridge", controlled="narcotic")))  # fmt: skip
    off = desk.do(keep_item, ItemForm(ItemDraft("B2", Names("Gauze"), "supply", "piece")))
    desk.do(take_off, off)
    lines = desk.ask(item_lines)
    assert counts(lines) == {"": 1, "medicine": 1, "off": 1}
    assert [kept_by("", line) for line in lines] == [True, False]
    assert [kept_by("off", line) for line in lines] == [False, True]
    by_key = {column.key: cell_of(column, lines[0]) for column in columns(desk, {kept})}
    told = {key: plain(words(cell.main, desk.language)) for key, cell in by_key.items()}
    assert told["item"] == desk.name(lines[0].item.names)
    assert "1,000" in told["packs"]
    assert "20" in by_key["packs"].second  # type: ignore[operator]
    assert told["barcodes"] == "6281086012345"
    assert by_key["item"].icon == "pencil-outline"
    assert by_key["kind"].second == desk.say("Narcotic")


def test_a_dry_run_in_words(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk()
    desk.do(keep_item, ItemForm(ItemDraft("A1", Names("Amoxicillin"), "medicine", "capsule", 20)))
    path = tmp_path / "list.csv"
    path.write_text(
        "code;name_en;kind;unit;pack_size;strange\nA1;Amoxicillin;supply;piece;1000;x\nB1;;;;;\n",
        encoding="utf-8",
    )
    asked = Asked("items", str(path))
    kind = IMPORTS["items"]
    table = read(asked, SILENT)
    checked = desk.ask(check, desk.clinic.id, desk.today, kind, asked, table, None, SILENT)
    reviewer = Reviewer(desk, kind, checked)
    rows = [(row.state, row.row, row.column, row.says) for row in reviewer.rows()]
    assert rows == [
        ("refused", 3, "Name, English", "(empty)"),
        ("changed", 2, "Kind", "Medicine → Medical supply"),
        ("changed", 2, "Base unit", "capsule → piece"),
        ("changed", 2, "Pack size", "20 → 1,000"),
        ("changed", 2, "Other pack sizes", "(empty) → 20"),
    ]
    assert reviewer.file_words() == "2 rows, Unicode (UTF-8), separated by semicolons"
    assert reviewer.heads()[-1] == ("strange", "")
    assert reviewer.changed_fields() == "Kind and Base unit"


@pytest.mark.parametrize("code", ["en", "ar", "ckb", "fr"])
@pytest.mark.parametrize("size", [100, 115, 130])
def test_the_form_fits_its_page_in_every_language(
    make_desk: MakeDesk, qtbot: QtBot, code: str, size: int
) -> None:
    desk = make_desk(code)
    theme.use(replace(theme.LIGHT, text_size=size))
    view = FormView(desk, blank("medicine", "6281086012345"))
    qtbot.addWidget(view)
    rail = 184 * size // 100
    view.resize(1366 - rail - 2 * 24 * size // 100, 440)
    view.show()
    QApplication.processEvents()
    assert view.area.horizontalScrollBar().maximum() == 0
