"""The first page by keys alone: what is done first, and where each tile leads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.appearance import dress
from desktop.news import NewsKind
from desktop.pages.dispense.page import DispensePage
from inventory.domain.status import Status
from inventory.queries.do_first import TaskKind
from inventory.queries.today import Today, today_facts
from tests.journeys.dispensary import AMLODIPINE, METFORMIN, TODAY, pack
from tests.journeys.shelves import INSULIN, OTHER, Keeper, close_keeper, furnish, open_keeper

LANGUAGES = [("en", "us"), ("ar", "ara")]
TILES = ("expired", "expiring", "out", "low")


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shelves") / "clinic.db"
    furnish(path)
    return path


@pytest.fixture(params=LANGUAGES, ids=[code for code, _ in LANGUAGES])
def watch(
    qapp: QApplication, furnished: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Keeper]:
    """The first page of a clinic of its own, in each language and layout."""
    code, layout = request.param
    path = tmp_path / "clinic.db"
    path.write_bytes(furnished.read_bytes())
    opened = open_keeper(qapp, path, tmp_path / "desktop.json", code, layout)
    yield opened
    if opened.program.window is not None:
        close_keeper(opened)
    dress(qapp, theme.LIGHT, rtl=False)


def facts(watch: Keeper) -> Today:
    return watch.ask(today_facts, watch.window.desk.clinic.id, TODAY)


def test_expired_batches_leave_the_shelf_in_three_keys(watch: Keeper) -> None:
    watch.press("Ctrl+2")
    watch.keys = 0
    watch.press("Ctrl+1", "Enter", "Ctrl+Enter")
    assert watch.keys == 3
    assert watch.lots(AMLODIPINE)["AM1187"] == (Status.EXPIRED, 14)
    shown = watch.window.message_bar.shown
    assert shown is not None
    assert shown.kind is NewsKind.DONE
    assert watch.said.startswith("1 expired batch now awaits disposal, STA-2026-")
    watch.press("Ctrl+1")
    assert TaskKind.EXPIRED not in [task.kind for task in facts(watch).tasks]
    assert watch.today.tasks.lines[0].tone != "expired"


def test_taking_them_off_is_taken_back_with_a_reason_in_three_keys(watch: Keeper) -> None:
    watch.press("Enter", "Ctrl+Enter")
    watch.press("Ctrl+1")
    watch.keys = 0
    watch.press("Ctrl+Z", "4", "Enter")
    assert watch.keys == 3
    assert watch.lots(AMLODIPINE)["AM1187"] == (Status.USABLE, 14)
    assert watch.said.startswith("Reversed STA-2026-")
    assert watch.in_field


@pytest.mark.parametrize(("number", "tile"), list(enumerate(TILES, 1)))
def test_a_tile_counts_what_its_list_shows(watch: Keeper, number: int, tile: str) -> None:
    counted = getattr(facts(watch), tile)
    assert watch.today.tiles[number - 1].number == str(counted)
    watch.press(f"Alt+{number}")
    assert len(watch.codes) == counted
    assert watch.in_field


def test_the_last_tiles_lead_to_their_pages(watch: Keeper) -> None:
    assert facts(watch).deliveries == 1
    watch.press("Alt+5")
    assert watch.window.here == "receive"
    watch.press("Ctrl+1", "Alt+6")
    assert watch.window.here == "order"


def test_arrows_and_enter_do_another_thing(watch: Keeper) -> None:
    watch.press("Down")
    assert watch.today.tasks.at == 1
    watch.press("Enter")
    assert watch.code == INSULIN
    assert not watch.stock.panel.isHidden()
    watch.press("Esc")
    assert watch.stock.panel.isHidden()


def test_stock_and_expiry_of_an_item_take_five_keys_from_anywhere(watch: Keeper) -> None:
    for page in ("Ctrl+1", "Ctrl+2", "Ctrl+0"):
        watch.press(page)
        watch.window.setFocus()
        watch.keys = 0
        watch.press("F1")
        watch.type("amlo", "أملو")
        assert watch.keys == 5
        watch.window.results.look_now()
        hit = watch.window.results.rows.hit
        assert hit is not None
        assert (hit.code, hit.expiry is not None) == (AMLODIPINE, True)
        assert "102" in hit.stock
        watch.press("Esc")


def test_a_scan_shows_stock_and_expiry_without_a_key(watch: Keeper) -> None:
    watch.scan(pack(METFORMIN))
    assert watch.keys == 0
    hit = watch.window.results.rows.hit
    assert hit is not None
    assert hit.code == METFORMIN
    assert watch.window.results.isVisible()


def test_a_scanned_document_of_our_own_is_opened(watch: Keeper) -> None:
    watch.press("Enter", "Ctrl+Enter", "Ctrl+1")
    watch.scan("DSP-2026-00001")
    assert isinstance(watch.window.page, DispensePage)
    watch.scan("STA-2026-00002")
    over = watch.stock.over
    assert over is not None
    assert over.document is not None
    assert over.document.number == "STA-2026-00002"
    assert [row.lot for row in over.grid.visible_rows()] == ["AM1187", "AM1187"]


def test_another_clinic_changes_everything(watch: Keeper) -> None:
    assert watch.today.tasks.lines
    stripe = theme.current().color("clinic").name()
    watch.move_to(OTHER)
    assert theme.current().color("clinic").name() != stripe
    assert [tile.number for tile in watch.today.tiles[:4]] == ["0", "0", "0", "0"]
    assert watch.today.tasks.lines == ()
    watch.press("Ctrl+4")
    assert watch.codes == [METFORMIN]
    assert watch.lots(METFORMIN) == {"MF9999": (Status.USABLE, 40)}


def test_work_of_another_page_counts_at_once(watch: Keeper) -> None:
    before = facts(watch).visits
    watch.press("Ctrl+2")
    watch.scan(pack(METFORMIN))
    watch.type("10")
    watch.press("Ctrl+1")
    kinds = [task.kind for task in facts(watch).tasks]
    assert TaskKind.HALF_DONE in kinds
    assert len(watch.today.tasks.lines) == len(kinds)
    watch.press("Ctrl+2", "Ctrl+Enter", "Ctrl+1")
    assert TaskKind.HALF_DONE not in [task.kind for task in facts(watch).tasks]
    assert facts(watch).visits == before + 1
