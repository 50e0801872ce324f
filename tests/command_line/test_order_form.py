"""order --pdf: the form is written and its order saved, both or neither."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from inventory.domain.stamp import Stamp
from inventory.queries.orders import order_by_id, order_lines, orders
from inventory.services import ordering
from inventory.storage.opening import open_database
from tests.command_line.terminal import Terminal

AMOX = ("--item", "AMOX")


@pytest.fixture
def used(desk: Terminal) -> Terminal:
    """AMOX at 150 a month, 50 left: 4 boxes of 100 are short."""
    desk.today = "2026-08-01"
    desk.run("receive", *AMOX, "--quantity", "500", "--lot", "A1", "--expiry", "2028-06")
    for month in ("08", "09", "10"):
        desk.today = f"2026-{month}-15"
        desk.run("dispense", *AMOX, "--quantity", "150")
    desk.today = "2026-11-22"
    return desk


def words(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_form_is_printed_and_counts_as_coming(used: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "order.pdf"
    lines = used.run("order", "--pdf", str(path), "--language", "en", "--second-language", "ar")
    assert (lines[0]["proposed"], lines[0]["on_order"]) == (400, 0)
    assert "ORD-2026-00001" in words(path)
    assert "AMOX" in words(path)
    (after, *_) = used.run("order")
    assert (after["proposed"], after["on_order"]) == (0, 400)
    assert used.run("check") == {"ok": True, "problems": []}


def test_the_same_form_again_while_nothing_has_moved(used: Terminal, tmp_path: Path) -> None:
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    for path in (first, second):
        used.run("order", "--pdf", str(path))
    assert first.read_bytes() == second.read_bytes()
    (again, *_) = used.run("order", "--pdf", str(second))
    assert (again["proposed"], again["on_order"]) == (400, 0)
    assert used.run("order")[0]["on_order"] == 400


def test_a_form_that_cannot_be_written_leaves_no_order(used: Terminal, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere" / "order.pdf", tmp_path):
        used.refused("order", "--pdf", str(path))
    assert used.run("order")[0]["on_order"] == 0
    used.run("order", "--pdf", str(tmp_path / "order.pdf"))
    assert "ORD-2026-00001" in words(tmp_path / "order.pdf")


def test_a_language_that_is_none_is_refused_first(used: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "order.pdf"
    for option in ("--language", "--second-language"):
        assert "no language xx" in used.refused("order", "--pdf", str(path), option, "xx")
        assert "no language xx" in used.refused("order", option, "xx")
    assert not path.exists()
    assert used.run("order")[0]["on_order"] == 0


def test_nothing_to_order_is_no_form(desk: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "order.pdf"
    said = desk.refused("order", "--pdf", str(path))
    assert said == "Nothing needs ordering, so there is no form to print."
    assert not path.exists()


def test_a_draft_changed_by_hand_is_left_to_its_manager(used: Terminal, tmp_path: Path) -> None:
    database = open_database(used.database)
    clinic, amox = 1, 1
    stamp = Stamp(clinic, "manager", date(2026, 11, 22), 1_800_000_000_000, "hers")
    draft = database.act(ordering.open_draft, stamp)
    database.act(ordering.change_line, stamp, draft, amox, 9, "SEASON")
    path = tmp_path / "order.pdf"
    lines = used.run("order", "--pdf", str(path))
    assert lines[0]["packs"] == 4
    with database.read() as connection:
        hers, its = order_by_id(connection, draft), orders(connection, clinic)[0]
        assert (hers.state, its.state) == ("draft", "printed")
        assert order_lines(connection, draft)[0].packs == 9
        assert order_lines(connection, its.id)[0].packs == 4
    assert its.number in words(path)
    assert hers.number not in words(path)
    database.act(ordering.print_order, stamp, draft)
    database.close()
    assert used.run("order", "--pdf", str(path))[0]["packs"] == 4
    assert its.number in words(path)


def test_an_order_is_reversed(used: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "order.pdf"
    used.run("order", "--pdf", str(path))
    assert used.run("reverse", "ORD-2026-00001", "--reason", "printed twice") == {
        "document": "REV-2026-00001", "reverses": "ORD-2026-00001", "lines": []
    }  # fmt: skip
    assert used.run("order")[0]["on_order"] == 0
    assert used.run("check") == {"ok": True, "problems": []}
    used.run("order", "--pdf", str(path))
    assert "ORD-2026-00002" in words(path)
