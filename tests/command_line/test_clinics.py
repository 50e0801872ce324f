"""init, clinics, --clinic and --today."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inventory.storage.opening import create_database
from tests.command_line.terminal import Terminal

AMOX = ("--item", "AMOX")
GOODS = ("--quantity", "10", "--lot", "A1", "--expiry", "2028-06")


def test_init_makes_a_clinic(terminal: Terminal) -> None:
    answer = terminal.run("init", "--unprotected", "--clinic", "مركز الزهور", "--language", "ar")
    assert answer == {"clinic": "مركز الزهور", "database": terminal.database, "items": 0,
                      "protected": False}  # fmt: skip
    (clinic,) = terminal.run("clinics")
    assert clinic["name"] == "مركز الزهور"
    assert terminal.run("check") == {"ok": True, "problems": []}
    assert "is there already" in terminal.refused("init", "--unprotected", "--clinic", "Second")


def test_init_with_the_starter_catalogue(terminal: Terminal) -> None:
    plain = ("init", "--unprotected", "--clinic", "Al-Zuhoor")
    answer = terminal.run(*plain, "--catalogue", "starter")
    items = terminal.run("items", "list")
    assert answer["items"] == len(items) >= 200
    assert list(items[0]) == ["code", "name_en", "name_ar", "name_ckb", "name_fr", "kind", "unit",
                              "pack_size", "barcodes", "ven"]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--clinic", ""), "The name is empty"),
        (("--clinic", "x" * 10_000), "longer than 80"),
        (("--clinic", "a\u202eb"), "cannot be shown"),
        (("--clinic", "A", "--language", "xx"), "xx is not a language"),
        (("--clinic", "A", "--catalogue", "nowhere.csv"), "nowhere.csv"),
    ],
)
def test_an_init_that_is_refused_leaves_nothing(
    terminal: Terminal, options: tuple[str, ...], words: str
) -> None:
    assert words in terminal.refused("init", "--unprotected", *options)
    assert list(Path(terminal.database).parent.iterdir()) == []


def test_a_bad_catalogue_leaves_nothing(terminal: Terminal, tmp_path: Path) -> None:
    bad = tmp_path / "elsewhere" / "bad.xlsx"
    bad.parent.mkdir()
    bad.write_bytes(b"PK\x03\x04 cut off")
    terminal.refused("init", "--unprotected", "--clinic", "A", "--catalogue", str(bad))
    assert not Path(terminal.database).exists()


def test_init_on_a_server(capsys: pytest.CaptureFixture[str], postgres_address: str) -> None:
    terminal = Terminal(capsys, postgres_address)
    terminal.refused("init", "--unprotected", "--clinic", "A", "--catalogue", "nowhere.csv")
    terminal.run("init", "--unprotected", "--clinic", "A", "--catalogue", "starter")
    assert len(terminal.run("stock")) >= 200
    assert "is there already" in terminal.refused("init", "--unprotected", "--clinic", "B")


def test_several_clinics(desk: Terminal) -> None:
    answer = desk.run("clinics", "add", "Al-Salam")
    assert answer["name"] == "Al-Salam"
    assert [row["name"] for row in desk.run("clinics")] == ["Al-Zuhoor", "Al-Salam"]
    for command in (("stock",), ("receive", *AMOX, *GOODS), ("order",), ("amc", "AMOX"),
                    ("card", "AMOX"), ("reverse", "GRN-2026-00001", "--reason", "x")):  # fmt: skip
        assert desk.refused(*command) == "There are 2 clinics here. Say which one with --clinic."
    desk.clinic = "Al-Salam"
    desk.run("receive", *AMOX, *GOODS)
    assert desk.run("stock", *AMOX)[0]["on_hand"] == 10
    desk.clinic = "Al-Zuhoor"
    assert desk.run("stock", *AMOX)[0]["on_hand"] == 0
    desk.clinic = " AL-zuhoor "
    assert desk.run("stock", *AMOX)[0]["on_hand"] == 0
    assert "already a clinic" in desk.refused("clinics", "add", " al-SALAM ")
    for empty in ("", " "):
        desk.clinic = empty
        assert desk.refused("stock").startswith("The name after --clinic is empty.")
    desk.clinic = "Nowhere"
    assert desk.refused("stock") == "There is no clinic called Nowhere here."


@pytest.mark.parametrize("name", ["", "Al-Zuhoor", " Al-Zuhoor ", "x" * 81, "a\nb\u202ec"])
def test_a_clinic_needs_a_name_of_its_own(desk: Terminal, name: str) -> None:
    assert desk.refused("clinics", "add", name)
    assert len(desk.run("clinics")) == 1


@pytest.mark.parametrize(
    "day", ["yesterday", "2026-02-30", "22/11/2026", "0001-01-01", "9999-12-31", ""]
)
def test_a_day_that_cannot_be_is_refused(desk: Terminal, day: str) -> None:
    desk.today = day
    assert desk.refused("stock")


def test_a_clock_set_back_is_not_obeyed(desk: Terminal) -> None:
    desk.run("receive", *AMOX, *GOODS)
    desk.today = "2019-01-01"
    code, out, err = desk.raw("--json", "dispense", *AMOX, "--quantity", "1")
    assert (code, json.loads(out)["document"]) == (0, "DSP-2026-00001")
    assert err.startswith("The clock of this computer stands at 1 Jan 2019, before")
    assert desk.run("card", "AMOX")[-1]["date"] == "2026-11-22"


def test_what_has_expired_stays_so_when_the_clock_goes_back(desk: Terminal) -> None:
    desk.run("receive", *AMOX, "--quantity", "10", "--lot", "A1", "--expiry", "2026-11-22")
    desk.today = "2026-11-23"
    desk.run("receive", "--item", "DIES", "--quantity", "5")
    desk.today = "2019-01-01"
    (row,) = desk.run("stock", *AMOX)
    assert (row["on_hand"], row["lots"][0]["status"]) == (0, "expired")
    assert desk.run("order")[0]["on_hand"] == 0


def test_without_a_database_there_is_a_sentence(terminal: Terminal) -> None:
    assert "There is no database at" in terminal.refused("stock")
    assert "There is no database at" in terminal.refused("scan", "4006381333931")
    terminal.database = "mysql://somewhere/else"
    assert "A database is a file, or an address" in terminal.refused("stock")


def test_another_programs_file(terminal: Terminal) -> None:
    Path(terminal.database).write_text("Dear colleague")
    assert "is not an Amana database" in terminal.refused("stock")
    assert "is there already" in terminal.refused("init", "--unprotected", "--clinic", "A")
    assert Path(terminal.database).read_text() == "Dear colleague"


def test_practice_replaces_no_work(desk: Terminal) -> None:
    desk.run("receive", *AMOX, *GOODS)
    said = desk.refused("practice")
    assert "is not a practice clinic" in said or "never a database on a server" in said
    assert desk.run("stock", *AMOX)[0]["on_hand"] == 10


def test_a_database_without_a_clinic_says_so(terminal: Terminal) -> None:
    create_database(terminal.database).close()
    assert terminal.run("clinics") == []
    assert terminal.refused("stock") == "There is no clinic here yet."
