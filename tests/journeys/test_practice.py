"""What a newcomer finds in the practice clinic, by keys alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.appearance import dress
from desktop.pages.dispense.page import DispensePage
from desktop.pages.receive.page import ReceivePage
from inventory.services.practice import make_practice
from tests.journeys.dispensary import TODAY
from tests.journeys.shelves import Keeper, close_keeper, open_keeper


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture
def newcomer(qapp: QApplication, tmp_path: Path) -> Iterator[Keeper]:
    path = tmp_path / "practice.db"
    make_practice(path, TODAY, 1_800_000_000_000)
    opened = open_keeper(qapp, path, tmp_path / "desktop.json", "en", "us")
    yield opened
    close_keeper(opened)
    dress(qapp, theme.LIGHT, rtl=False)


def test_everything_that_waits_can_be_taken_up(newcomer: Keeper) -> None:
    assert newcomer.window.desk.practice
    assert [line.page for line in newcomer.today.tasks.lines] == [
        "stock", "stock", "receive", "dispense", "order",
    ]  # fmt: skip
    newcomer.press("Down", "Down", "Enter")
    receive = newcomer.window.page
    assert isinstance(receive, ReceivePage)
    delivery = receive.bay.delivery
    assert len(delivery.lines) == 7
    assert len(delivery.expected) > 7
    assert delivery.paper.supplier == "DoH Nineveh"
    assert delivery.paper.order.startswith("ORD-2026-")
    assert all(line.settled for line in delivery.lines)
    newcomer.press("Ctrl+2", "Alt+H")
    counter = newcomer.window.page
    assert isinstance(counter, DispensePage)
    lines = [(one.item.code, one.wanted.quantity) for one in counter.counter.seen.lines]
    assert lines == [("METF500T", 60), ("ASPI100T", 30), ("AMLO5T", 30)]
    newcomer.press("Ctrl+Enter", "Ctrl+1")
    assert "dispense" not in [line.page for line in newcomer.today.tasks.lines]
    newcomer.press("Enter", "Ctrl+Enter", "Ctrl+1")
    assert newcomer.today.tiles[0].number == "4"
    assert newcomer.today.tasks.lines[0].tone == "red"
