"""items, opening and history: what comes from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line.terminal import Terminal

ITEMS = """code,name_en,name_ar,name_ckb,name_fr,kind,unit,pack_size,barcode,ven
AMOX,Amoxicillin 500 mg,,,,medicine,capsule,100,6285101000010,V
NEW,New thing,,,,supply,piece,10,,E
BAD,Bad thing,,,,nonsense,piece,10,,E
"""
OPENING = """code,lot,expiry,quantity,place
AMOX,A1,2028-06,250,Pharmacy
AMOX,B1,2027-03-31,30,Store
NOPE,C1,2028-06,5,Pharmacy
PARA,P1,2028-06,-4,Pharmacy
"""
HISTORY = """code,month,opening,received,consumed,adjustments,closing,days_out
AMOX,2026-08,100,500,310,0,290,0
AMOX,2026-09,290,0,200,0,90,0
AMOX,2026-10,90,400,300,-10,180,4
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The three files."""
    for name, text in (("items", ITEMS), ("opening", OPENING), ("history", HISTORY)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


def counts(answer: dict[str, object]) -> tuple[object, ...]:
    return tuple(answer[key] for key in ("added", "updated", "unchanged"))


def test_items(desk: Terminal, folder: Path) -> None:
    path = str(folder / "items.csv")
    before = desk.run("items", "list")
    dry = desk.run("items", "import", path, "--dry-run")
    assert counts(dry) == (1, 1, 0)
    ((refused),) = dry["refused"]
    assert (refused["row"], refused["column"]) == (4, "kind")
    assert "nonsense" in refused["reason"]
    assert desk.run("items", "list") == before
    assert desk.run("items", "import", path) == dry
    listed = {row["code"]: row for row in desk.run("items", "list")}
    assert listed["AMOX"]["barcodes"] == ["06285101000010"]
    assert listed["NEW"]["pack_size"] == 10
    assert "BAD" not in listed
    assert counts(desk.run("items", "import", path)) == (0, 0, 2)


def test_opening(desk: Terminal, folder: Path) -> None:
    path = str(folder / "opening.csv")
    dry = desk.run("opening", "import", path, "--dry-run")
    assert counts(dry) == (2, 0, 0)
    assert [(cell["row"], cell["column"]) for cell in dry["refused"]] == [
        (4, "code"),
        (5, "quantity"),
    ]
    assert desk.run("stock", "--item", "AMOX")[0]["on_hand"] == 0
    assert desk.run("opening", "import", path) == dry
    assert desk.run("stock", "--item", "AMOX")[0]["on_hand"] == 280
    assert counts(desk.run("opening", "import", path)) == (0, 0, 2)
    assert desk.run("check") == {"ok": True, "problems": []}


def test_history_makes_averages_on_the_first_day(desk: Terminal, folder: Path) -> None:
    path = str(folder / "history.csv")
    assert counts(desk.run("history", "import", path)) == (3, 0, 0)
    answer = desk.run("amc", "AMOX")
    assert answer["months"] == [
        {"month": "2026-08", "consumed": 310, "days_out": 0},
        {"month": "2026-09", "consumed": 200, "days_out": 0},
        {"month": "2026-10", "consumed": 300, "days_out": 4},
    ]
    assert answer["amc"] == 282.34
    assert counts(desk.run("history", "import", path)) == (0, 0, 3)


@pytest.mark.parametrize("group", ["items", "opening", "history"])
def test_a_file_that_is_none_is_refused(desk: Terminal, tmp_path: Path, group: str) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 cut off")
    empty = tmp_path / "empty.csv"
    empty.touch()
    for path in (bad, empty, tmp_path / "nowhere.csv", tmp_path):
        desk.refused(group, "import", str(path))
    assert desk.run("check") == {"ok": True, "problems": []}


def test_a_place_that_will_be_made_is_said_before(desk: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "opening.csv"
    path.write_text("code,lot,expiry,quantity,place\nAMOX,A1,2028-06,5,Farmacy\n", "utf-8")
    code, _, err = desk.raw("opening", "import", str(path), "--dry-run")
    assert (code, err) == (0, "The place Farmacy will be made.\n")
