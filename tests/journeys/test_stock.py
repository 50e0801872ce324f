"""The stock list by keys alone: what is in trouble, why, and what is done about it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication, QFileDialog

from desktop import theme
from desktop.appearance import dress
from desktop.news import NewsKind
from desktop.preview import Preview
from inventory.domain.reasons import Context, offered
from inventory.domain.status import Status
from inventory.exchange.table_file import read_table
from inventory.language import plain
from inventory.queries.stock_filters import FILTERS
from tests.journeys.dispensary import (
    AMLODIPINE,
    AMOXICILLIN,
    CEFALEXIN,
    METFORMIN,
    pack,
)
from tests.journeys.shelves import INSULIN, Keeper, close_keeper, furnish, open_keeper

LANGUAGES = [("en", "us"), ("ar", "ara")]


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
    """The Stock page of a clinic of its own, in each language and layout."""
    code, layout = request.param
    path = tmp_path / "clinic.db"
    path.write_bytes(furnished.read_bytes())
    opened = open_keeper(qapp, path, tmp_path / "desktop.json", code, layout)
    opened.press("Ctrl+4")
    opened.keys = 0
    yield opened
    if opened.program.window is not None:
        close_keeper(opened)
    dress(qapp, theme.LIGHT, rtl=False)


def test_worst_first_and_the_first_is_highlighted(watch: Keeper) -> None:
    assert watch.codes[0] == watch.code == INSULIN
    assert watch.in_field


def test_an_item_by_four_letters_opens_its_panel(watch: Keeper) -> None:
    watch.press("F1")
    watch.type("metf", "ميتف")
    assert watch.keys == 5
    watch.press("Enter")
    assert watch.code == METFORMIN
    assert not watch.stock.panel.isHidden()
    assert watch.stock.panel.row is not None
    assert watch.stock.panel.row.item.code == METFORMIN


def test_a_scan_selects_the_item_and_its_batch_without_a_key(watch: Keeper) -> None:
    watch.press("Alt+2")
    watch.keys = 0
    watch.scan(pack(AMLODIPINE, "AM1345", "270831"))
    assert watch.keys == 0
    assert watch.code == AMLODIPINE
    assert not watch.stock.panel.isHidden()
    assert watch.stock.panel.scanned[1] == "AM1345"
    assert watch.stock.filters.is_open


@pytest.mark.parametrize(("number", "key"), list(enumerate(FILTERS, 2)))
def test_each_pill_has_its_number(watch: Keeper, number: int, key: str) -> None:
    watch.press(f"Alt+{number}")
    assert watch.stock.filters.key == key
    rows = watch.stock.rows
    assert watch.codes == [row.item.code for row in FILTERS[key].rows(rows)]
    button = watch.stock.filters.pills.buttons[number - 1]
    assert button.counted == str(len(watch.codes))
    watch.press("Alt+1")
    assert len(watch.codes) == len(rows)


def test_esc_goes_back_step_by_step(watch: Keeper) -> None:
    watch.press("Alt+5", "Enter")
    page = watch.stock
    assert not page.panel.isHidden()
    watch.press("Alt+C")
    assert page.over is not None
    assert page.over.is_card
    watch.press("Esc")
    assert page.over is None
    assert not page.panel.isHidden()
    watch.press("Esc")
    assert page.panel.isHidden()
    assert page.filters.key == "expired"
    watch.press("Esc")
    assert page.filters.is_open
    assert watch.in_field


def test_arrows_walk_the_list_with_the_panel_following(watch: Keeper) -> None:
    watch.press("Enter", "Down", "Down")
    assert watch.stock.panel.row is not None
    assert watch.stock.panel.row.item.code == watch.codes[2]


def test_the_panel_never_pushes_the_window_off_the_screen(watch: Keeper) -> None:
    watch.window.resize(1366, 690)
    watch.press("Enter")
    for _ in watch.codes:
        watch.press("Alt+W", "Down")
        assert watch.window.height() == 690


def test_why_shows_the_division(watch: Keeper) -> None:
    watch.stock.grid.choose(next(
        row.item.id for row in watch.stock.rows if row.item.code == METFORMIN))  # fmt: skip
    watch.press("Alt+W")
    assert not watch.stock.panel.isHidden()
    assert watch.stock.panel.why_first
    watch.press("Esc")
    assert not watch.stock.panel.why_first


def test_expired_stock_is_moved_from_any_filter(watch: Keeper) -> None:
    watch.press("Alt+X")
    assert watch.lots(AMLODIPINE)["AM1187"] == (Status.EXPIRED, 14)
    watch.press("Alt+X")
    shown = watch.window.message_bar.shown
    assert shown is not None
    assert (shown.kind, watch.said) == (NewsKind.REFUSED, "Nothing on the shelf has expired.")


def test_finishing_does_nothing_where_no_button_says_so(watch: Keeper) -> None:
    watch.press("Ctrl+Enter")
    assert watch.lots(AMLODIPINE)["AM1187"] == (Status.USABLE, 14)
    watch.press("Alt+5")
    assert watch.stock.foot.isVisible()
    watch.press("Ctrl+Enter")
    assert watch.lots(AMLODIPINE)["AM1187"] == (Status.EXPIRED, 14)
    assert not watch.stock.foot.isVisible()


@pytest.mark.parametrize("number", range(1, 7))
def test_a_batch_is_held_for_each_reason(watch: Keeper, number: int) -> None:
    reason = offered(Context.HOLD)[number - 1].code
    watch.scan(pack(CEFALEXIN))
    watch.keys = 0
    watch.press("Alt+H", str(number), "Enter")
    assert watch.keys == 3
    status = Status.RECALLED if reason == "RECALL" else Status.QUARANTINED
    assert watch.lots(CEFALEXIN) == {"CF0500": (status, 180)}
    assert watch.in_field


def test_a_held_batch_is_released_and_taken_back(watch: Keeper) -> None:
    watch.scan(pack(CEFALEXIN))
    watch.press("Alt+H", "1", "Enter")
    watch.press("Alt+H", "1", "Enter")
    assert watch.lots(CEFALEXIN) == {"CF0500": (Status.USABLE, 180)}
    assert watch.said.startswith("Batch CF0500 is released, STA-2026-")
    watch.press("Ctrl+Z", "4", "Enter")
    assert watch.lots(CEFALEXIN) == {"CF0500": (Status.QUARANTINED, 180)}


def test_one_of_several_batches_is_chosen_first(watch: Keeper) -> None:
    watch.scan(pack(AMLODIPINE))
    watch.press("Alt+H", "Down", "Enter", "2", "Enter")
    assert watch.lots(AMLODIPINE)["AM1345"] == (Status.QUARANTINED, 90)
    assert watch.lots(AMLODIPINE)["AM1203"] == (Status.USABLE, 12)


def test_holding_without_a_reason_is_refused(watch: Keeper) -> None:
    watch.scan(pack(CEFALEXIN))
    watch.press("Alt+H", "Enter")
    shown = watch.window.message_bar.shown
    assert shown is not None
    assert shown.kind is NewsKind.REFUSED
    watch.press("Esc")
    assert watch.stock.side is None
    assert watch.lots(CEFALEXIN) == {"CF0500": (Status.USABLE, 180)}


def test_an_item_without_a_batch_has_none_to_hold(watch: Keeper) -> None:
    assert watch.code == INSULIN
    watch.press("Alt+H")
    assert watch.said == "There is no batch of this item to hold."


def test_the_card_is_shown_and_printed(watch: Keeper) -> None:
    watch.scan(pack(METFORMIN))
    watch.press("Alt+C")
    over = watch.stock.over
    assert over is not None
    balances = [row.balance for row in over.grid.visible_rows()]
    assert balances == [230, 290, 350, 410]
    watch.press("Ctrl+P")
    assert isinstance(watch.stock.front, Preview)
    watch.press("Esc")
    assert watch.stock.front is None


def test_clinics_stand_side_by_side(watch: Keeper) -> None:
    watch.press("Alt+A")
    over = watch.stock.over
    assert over is not None
    row = next(r for r in over.grid.visible_rows() if r.item.code == METFORMIN)
    assert sorted(r.on_hand for r in row.rows.values()) == [40, 230]
    assert "Al-Noor PHC" in [plain(heading) for heading in over.grid.headings()]
    watch.press("Alt+A")
    assert watch.stock.over is None


def test_a_document_is_opened_and_reversed(watch: Keeper) -> None:
    watch.press("Alt+X")
    watch.scan("STA-2026-00002")
    assert watch.stock.over is not None
    watch.press("Ctrl+Z", "1", "Enter")
    assert watch.lots(AMLODIPINE)["AM1187"] == (Status.USABLE, 14)
    assert watch.said.startswith("Reversed STA-2026-00002 by REV-2026-")


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_is_seen_is_exported(
    watch: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    path = tmp_path / f"stock.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(path), ""))
    watch.press("Ctrl+E")
    records = [row.cells for row in read_table(path).rows]
    assert [cells[2] for cells in records] == watch.codes
    metformin = next(cells for cells in records if cells[2] == METFORMIN)
    assert metformin[4] == "230"
    assert watch.said == f"Written to stock.{ending}"


def test_an_export_that_cannot_be_written_is_refused(
    watch: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "nowhere" / "stock.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(path), ""))
    watch.press("Ctrl+E")
    shown = watch.window.message_bar.shown
    assert shown is not None
    assert shown.kind is NewsKind.REFUSED


def test_only_one_kind_is_shown(watch: Keeper) -> None:
    watch.press("Alt+K", "2", "Enter")
    assert watch.stock.filters.kind == "medicine"
    assert AMOXICILLIN in watch.codes
    assert watch.in_field
    watch.press("Alt+K", "Down", "Enter")
    assert watch.stock.filters.kind == "vaccine"
    assert watch.codes == []
    watch.press("Esc")
    assert watch.stock.filters.is_open
