"""Files into the list by keys alone: a dry run that can be read, then one act."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.appearance import dress
from desktop.pages.items.import_kinds import IMPORTS
from desktop.pages.items.import_work import Asked
from inventory.exchange.progress import Progress
from inventory.exchange.table_file import read_table
from inventory.queries.lots import lots_of, on_hand_of
from inventory.services import importing
from tests.journeys.dispensary import AMLODIPINE, METFORMIN, TODAY, furnish, gtin
from tests.journeys.storeroom import Storeroom, close_storeroom, open_storeroom

LANGUAGES = [("en", "us"), ("ar", "ara")]
LIST = (
    "رمز المادة;اسم المادة;Generic name;الوحدة;العبوة;باركود;السعر\r\n"
    f"{METFORMIN};ميتفورمين 500 ملغ حب;Metformin 500 mg tablet;tablet;500;;12,50\r\n"
    "NEW-1;فيتامين;Vitamin A;capsule;100;;3,25\r\n"
    "NEW-2;شاش;Gauze;piece;10x10;;1,00\r\n"
    "NEW-3;قطن;Cotton;piece;10;6281086012343;1,00\r\n"
    f"{AMLODIPINE};أملوديبين 5 ملغ حب;Amlodipine 5 mg tablet;tablet;100;;1,00\r\n"
)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("import") / "clinic.db"
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


def kimadia(folder: Path, content: str = LIST) -> Path:
    """A list as a supplier sends it."""
    path = folder / "kimadia.csv"
    path.write_bytes(content.encode("cp1256"))
    return path


def test_a_list_is_checked_and_imported_with_three_chords(room: Storeroom, tmp_path: Path) -> None:
    room.read(kimadia(tmp_path))
    assert room.counts() == ["1", "1", "1", "2"]
    rows = [(row[1], row[3]) for row in room.review()]
    assert rows[:3] == [("4", "10x10"), ("5", "6281086012343"), ("2", "100 → 500")]
    assert "NEW-1" not in room.codes
    room.keys = 0
    room.press("Ctrl+Enter")
    room.wait(lambda: not room.importing.busy)
    assert room.keys == 1
    assert room.item(METFORMIN).draft.pack_size == 500
    assert "kimadia.csv" in room.said
    assert room.counts() == ["0", "0", "3", "2"]
    room.press("Ctrl+Enter")
    assert room.at_list
    assert "NEW-1" in [line.item.code for line in room.page.list.lines]


def test_the_same_file_again_changes_nothing(room: Storeroom, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text("code,name_en,unit\nNEW-1,Vitamin A,capsule\n", encoding="utf-8")
    for counted, left in ((["1", "0", "0", "0"], False), (["0", "0", "1", "0"], True)):
        room.read(path)
        assert room.counts() == counted
        assert room.importing.view.calm.isVisible()
        room.press("Ctrl+Enter")
        room.wait(lambda left=left: room.at_list if left else not room.importing.busy)
        if not left:
            room.press("Ctrl+Enter")


def test_the_file_is_read_as_it_was_written(room: Storeroom, tmp_path: Path) -> None:
    room.read(kimadia(tmp_path))
    table = room.importing.checked.table  # type: ignore[union-attr]
    assert (table.encoding, table.separator, table.decimal_comma) == ("cp1256", ";", True)
    heads = room.importing.view.chips.heads
    assert [bool(field) for _, field in heads] == [True] * 6 + [False]


def test_columns_are_changed_and_remembered(room: Storeroom, tmp_path: Path) -> None:
    path = tmp_path / "strange.csv"
    path.write_text("Nummer,Bezeichnung,Menge\nNEW-1,Vitamin A,100\n", encoding="utf-8")
    room.read(path)
    columns = room.importing.columns
    assert columns is not None
    assert room.importing.stack.currentWidget() is columns
    assert room.focus is columns.boxes[0]
    for key in ("code", "name_en"):
        room.type(key)
        room.press("Enter")
    room.type("pack")
    room.press("Ctrl+Enter")
    room.wait(lambda: not room.importing.busy)
    assert room.counts() == ["1", "0", "0", "0"]
    room.press("Esc", "Esc")
    assert room.at_list
    room.read(path)
    assert room.counts() == ["1", "0", "0", "0"]
    assert room.importing.view.kept.isVisible()
    room.press("Alt+C")
    kept = [box.key for box in room.importing.columns.boxes]  # type: ignore[union-attr]
    assert kept == ["code", "name_en", "pack_size"]
    room.press("Esc")
    assert room.importing.stack.currentWidget() is room.importing.view


def test_encoding_and_separator_are_changed_by_hand(room: Storeroom, tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes("code;name_fr\nA1;Amoxicilline gélule\n".encode("cp1252"))
    room.read(path)
    room.press("Alt+C")
    room.importing.columns.asked_again.emit(  # type: ignore[union-attr]
        Asked("items", str(path), encoding="cp1256", separator=";")
    )
    room.wait(lambda: not room.importing.busy)
    table = room.importing.checked.table  # type: ignore[union-attr]
    assert table.encoding == "cp1256"
    assert "gélule" in table.rows[0].cells[1]


def test_refused_rows_are_saved_to_be_mended(
    room: Storeroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = tmp_path / "refused.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    room.read(kimadia(tmp_path))
    room.press("Alt+S")
    table = read_table(saved)
    assert [row.cells[0] for row in table.rows] == ["NEW-2", "NEW-3"]
    assert "refused.csv" in room.said


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("missing.csv", None, "missing.csv"),
        ("cut.xlsx", b"PK\x03\x04 cut short", ""),
        ("empty.csv", b"", "empty.csv"),
        ("paper.pdf", b"%PDF-1.7", "PDF"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(
    room: Storeroom, tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    room.read(path)
    assert room.window.message_bar.property("kind") == "refused"
    assert told in room.said
    assert room.importing.choose.path.is_wrong
    assert room.importing.choose.path.text == str(path)


def test_esc_stops_the_import_and_says_what_was_kept(
    room: Storeroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = importing.save_items

    def endless(connection: Any, drafts: Any, now: int, progress: Progress) -> None:
        saved(connection, drafts, now, progress)
        while True:
            progress.step(500, 50_000)

    monkeypatch.setattr(importing, "save_items", endless)
    room.read(kimadia(tmp_path))
    room.press("Ctrl+Enter")
    assert room.importing.busy
    assert not room.importing.view.button.isEnabled()
    room.press("Esc")
    room.wait(lambda: not room.importing.busy)
    assert room.window.message_bar.property("kind") == "look"
    assert "NEW-1" not in room.codes
    assert room.importing.stack.currentWidget() is room.importing.view
    assert room.importing.view.button.isEnabled()


def test_scans_are_not_taken_and_that_is_said(room: Storeroom, tmp_path: Path) -> None:
    room.read(kimadia(tmp_path))
    room.scan(gtin(METFORMIN))
    assert room.importing.checked is not None
    assert room.window.message_bar.property("kind") == "look"


def test_opening_stock_and_history_come_in_the_same_way(room: Storeroom, tmp_path: Path) -> None:
    opening, history = tmp_path / "opening.csv", tmp_path / "history.csv"
    opening.write_text(
        f"code,lot,expiry,quantity,place\n{METFORMIN},OPEN1,2028-03,700,\nNO-1,,,5,\n",
        encoding="utf-8",
    )
    history.write_text(
        "code,month,opening,received,consumed,adjustments,closing,days_out\n"
        f"{METFORMIN},2025-10,100,50,90,0,60,0\n",
        encoding="utf-8",
    )
    item_id = next(one.item.id for one in room.page.list.lines if one.item.code == METFORMIN)
    before = on_hand_of(room.ask(lots_of, 1, item_id, TODAY))
    for steps, path, counted in ((1, opening, ["1", "0", "0", "1"]),
                                 (2, history, ["1", "0", "0", "0"])):  # fmt: skip
        room.press("Ctrl+I")
        room.importing.choose.kinds.setFocus()
        room.press(*(["Left" if room.window.desk.language.rtl else "Right"] * steps))
        assert room.importing.kind is list(IMPORTS.values())[steps]
        room.importing.choose.path.line.setFocus()
        room.type(str(path))
        room.press("Enter")
        room.wait(lambda: not room.importing.busy)
        assert room.counts() == counted
        room.press("Ctrl+Enter")
        room.wait(lambda: not room.importing.busy)
        room.press("Ctrl+Enter")
        assert room.at_list
    assert on_hand_of(room.ask(lots_of, 1, item_id, TODAY)) == before + 700


def test_the_usual_list_can_be_taken(room: Storeroom) -> None:
    room.press("Ctrl+I", "Alt+U")
    room.wait(lambda: not room.importing.busy)
    new = int(room.counts()[0].replace(",", ""))
    assert new >= 200
    room.press("Ctrl+Enter")
    room.wait(lambda: not room.importing.busy)
    assert len(room.codes) == new + 5


def test_a_dropped_file_is_checked(room: Storeroom, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(kimadia(tmp_path)))])
    drop = QDropEvent(
        QPoint(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    room.page.dropEvent(drop)
    room.wait(lambda: not room.importing.busy)
    assert room.counts() == ["1", "1", "1", "2"]


def test_a_file_on_its_way_in_is_there_again(
    room: Storeroom, qapp: QApplication, tmp_path: Path
) -> None:
    room.read(kimadia(tmp_path))
    code, settings = room.window.desk.language.code, tmp_path / "desktop.json"
    close_storeroom(room)
    room = open_storeroom(room.qtbot, qapp, tmp_path / "clinic.db", settings, code, room.layout)
    room.wait(lambda: not room.importing.busy)
    assert room.counts() == ["1", "1", "1", "2"]
    room.press("Esc", "Esc")
    assert room.at_list
    close_storeroom(room)
