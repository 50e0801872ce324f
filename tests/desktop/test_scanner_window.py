"""A scan in the real window: no chord, no field and no button takes any of its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from desktop.main_window import MainWindow
from desktop.scan_burst import GS
from desktop.scanner import ScannerFilter
from tests.keyboard import press, type_scan, type_text

PACK = f"]d20106291100081233172811301010ABc-/{GS}21X"


@pytest.fixture
def window(make_window: Callable[..., MainWindow]) -> Iterator[MainWindow]:
    made = make_window()
    scanner = ScannerFilter()
    scanner.install()
    made.listen(scanner)
    yield made
    scanner.remove()


def scans(window: MainWindow) -> list[object]:
    page = window.page
    assert page is not None
    told: list[object] = vars(page)["told"]
    return [t[1] for t in told if isinstance(t, tuple) and t[0] == "scan"]


@pytest.mark.parametrize("layout", ["us", "ara", "ckb", "fr"])
@pytest.mark.parametrize("separator", ["Ctrl+]", "F8", "GS"])
def test_the_page_gets_the_scan(window: MainWindow, layout: str, separator: str) -> None:
    type_scan(window, PACK, layout, separator=separator)
    assert scans(window) == [PACK]
    assert window.field.text() == ""


def test_typing_in_the_field_is_not_a_scan(window: MainWindow) -> None:
    type_text(window.field, "amoxicillin")
    assert window.field.text() == "amoxicillin"
    press(window.field, "Esc")
    assert scans(window) == []


def test_a_scan_after_half_a_word_clears_it(window: MainWindow) -> None:
    type_text(window.field, "amo")
    type_scan(window, PACK, "ara")
    assert window.field.text() == ""
    assert scans(window) == [PACK]


def test_chords_still_work_under_arabic(window: MainWindow) -> None:
    page = window.page
    press(window, "Alt+B", "ara")
    press(window, "Ctrl+Enter", "ara")
    told = vars(page)["told"]
    assert "finish" in told
    assert "Alt+B" in told
