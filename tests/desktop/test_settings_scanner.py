"""The scanner test: what arrived key by key, four reasons and one verdict, and what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.appearance import dress
from desktop.main_window import MainWindow
from desktop.pages.settings.arrived import Pieces, pieces_of
from desktop.pages.settings.page import SettingsPage
from desktop.pages.settings.scanner import ScannerSection
from desktop.pages.settings.verdict import findings_of, is_ready
from desktop.preview import Preview
from desktop.scan_burst import GS, ScannerSettings
from desktop.scanner import ScannerFilter
from inventory.domain.scan import read_scan
from tests.desktop.conftest import TODAY, MakeDesk, calm_refusals
from tests.keyboard import press, type_scan, type_text

PACK = f"]d20106291100081233172811301{'0'}BX-90/2{GS}217K2P9"


@pytest.fixture
def open_test(
    qtbot: QtBot, qapp: QApplication, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., MainWindow]]:
    """The real window on the scanner test, with a scanner listening."""
    listening: list[ScannerFilter] = []

    def opened(code: str = "en") -> MainWindow:
        SettingsPage.opened = "scanner"
        desk = make_desk(code)
        dress(qapp, desk.theme, rtl=desk.language.rtl)
        calm_refusals(desk, monkeypatch)
        window = MainWindow(desk)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        scanner = ScannerFilter()
        scanner.install()
        listening.append(scanner)
        window.listen(scanner)
        window.open_page("settings")
        qapp.processEvents()
        return window

    yield opened
    for scanner in listening:
        scanner.remove()
    SettingsPage.opened = "clinic"


def section_of(window: MainWindow) -> ScannerSection:
    assert isinstance(window.page, SettingsPage)
    assert isinstance(window.page.section, ScannerSection)
    return window.page.section


def heard(window: MainWindow, text: str = PACK, layout: str = "us", **how: object) -> object:
    """What the window heard of one scan."""
    bursts: list[object] = []
    window.desk.burst_heard.connect(bursts.append)
    type_scan(window, text, layout, **how)
    QApplication.processEvents()
    window.desk.burst_heard.disconnect(bursts.append)
    assert len(bursts) == 1
    return bursts[0]


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("layout", ["us", "ara", "ckb", "fr"])
@pytest.mark.parametrize("separator", ["Ctrl+]", "F8", "GS", "Alt+029"])
def test_a_good_scanner_is_ready_under_any_layout(
    open_test: Callable[..., MainWindow], code: str, layout: str, separator: str
) -> None:
    window = open_test(code)
    burst = heard(window, layout=layout, separator=separator)
    section = section_of(window)
    findings = findings_of(burst, window.desk.scanner)
    assert is_ready(findings)
    assert burst.text == PACK
    assert burst.other_layout == (not findings[3].good) == (layout != "us")
    assert section.settings is not None
    assert window.field.text() == ""


def test_the_keys_are_cut_into_named_pieces(open_test: Callable[..., MainWindow]) -> None:
    burst = heard(open_test())
    pieces = pieces_of(burst, read_scan(burst.text, TODAY))
    assert [(piece.text, piece.name) for piece in pieces] == [
        ("]d2", "sort"), ("01", ""), ("06291100081233", "product"), ("17", ""),
        ("281130", "expires"), ("10", ""), ("BX-90/2", "batch"), ("GS", "separator"), ("21", ""),
        ("7K2P9", "serial"), ("↵", "end"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["2000000000015", "ITM-TEST0123456789", "]d2999", f"]d210{GS}{GS}", "]d201123", "abcdef"],
)
def test_nothing_of_a_scan_is_left_out(open_test: Callable[..., MainWindow], text: str) -> None:
    burst = heard(open_test(), text)
    pieces = pieces_of(burst, read_scan(burst.text, TODAY))
    shown = "".join(GS if piece.text == "GS" else piece.text for piece in pieces)
    assert shown == text + "↵"


def test_a_slow_scanner_is_heard_and_told_what_to_do(
    open_test: Callable[..., MainWindow],
) -> None:
    window = open_test()
    burst = heard(window, gap=60)
    findings = findings_of(burst, window.desk.scanner)
    assert [finding.good for finding in findings] == [False, True, True, True]
    assert not is_ready(findings)
    assert section_of(window).settings is None
    press(window, "Ctrl+Enter")
    assert str(window.desk.said[-1].words).startswith("Scan a symbol first")


def test_elsewhere_a_slow_scanner_is_a_person(open_test: Callable[..., MainWindow]) -> None:
    window = open_test()
    assert window.desk.heard_as.longest_gap_ms > ScannerSettings().longest_gap_ms
    press(window, "Up")
    assert window.desk.heard_as == ScannerSettings()
    press(window, "Down")
    press(window, "Ctrl+4")
    assert window.desk.heard_as == ScannerSettings()
    press(window, "Ctrl+0")
    assert window.desk.heard_as.suffix == "none"


def test_a_scanner_without_an_ending_is_heard_and_kept_so(
    open_test: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_test()
    section = section_of(window)
    type_scan(window, PACK, ending="")
    qtbot.waitUntil(lambda: section.settings is not None, timeout=3000)
    press(window, "Ctrl+Enter")
    assert window.desk.scanner.suffix == "none"
    assert str(window.desk.said[-1].words) == "This scanner is kept for this desk."


@pytest.mark.parametrize("sign", ["~", "|", "^"])
def test_another_sign_for_the_separator_is_learned(
    open_test: Callable[..., MainWindow], sign: str
) -> None:
    window = open_test()
    box = f"]d201020000000000151728113010AB-12/3{GS}21S1"
    heard(window, box, separator=sign)
    section = section_of(window)
    assert section.cards[2].read
    assert section.settings is not None
    press(window, "Ctrl+Enter")
    assert window.desk.scanner.substitute == sign
    assert heard(window, box, separator=sign).text == box


def test_a_symbol_on_the_screen_is_ticked_when_it_was_read(
    open_test: Callable[..., MainWindow],
) -> None:
    window = open_test()
    cards = section_of(window).cards
    heard(window, "2000000000015")
    assert [card.read for card in cards] == [True, False, False]
    heard(window, "ITM-TEST0123456789", "ara")
    heard(window, f"]d201020000000000151728113010AB-12/3{GS}21S1")
    assert [card.read for card in cards] == [True, True, True]


def test_a_scan_here_touches_nothing(open_test: Callable[..., MainWindow]) -> None:
    window = open_test()
    heard(window)
    assert window.here == "settings"
    assert not window.results.isVisible()
    assert window.desk.said == []
    assert window.field.placeholderText() == "Scan goes to the test while this page is open"


def test_slow_words_are_still_typed(open_test: Callable[..., MainWindow]) -> None:
    window = open_test()
    type_text(window.field, "amox")
    assert window.field.text() == "amox"


def test_what_arrived_is_shown_anew_each_time(open_test: Callable[..., MainWindow]) -> None:
    window = open_test()
    heard(window)
    heard(window, "2000000000015")
    (pieces,) = [
        found for found in section_of(window).findChildren(Pieces) if found.isVisibleTo(window)
    ]
    assert [piece.text for piece in pieces.pieces] == ["2000000000015", "↵"]
    assert pieces.heightForWidth(200) >= pieces.heightForWidth(900)


def test_the_symbols_are_printed_from_here(open_test: Callable[..., MainWindow]) -> None:
    window = open_test()
    press(window, "Ctrl+P")
    page = window.page
    assert isinstance(page, SettingsPage)
    assert isinstance(page.over or page.front, Preview)
    press(window, "Esc")
    assert page.over is None
    assert page.front is None
