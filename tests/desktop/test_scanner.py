"""Scans are caught whole under every layout; what people type is never lost and never a scan."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.key_positions import COUNTRIES
from desktop.scan_burst import GS, Burst, ScannerSettings
from desktop.scanner import ScannerFilter
from tests.keyboard import commit_ahead, commit_text, hold_key, press, type_scan, type_text
from tests.layouts import LAYOUTS

PACK = f"]d20106291100081233172811301010ABc-/{GS}21X"
EVERY_SIGN = "AZaz09 !\"%&'()*+,-./:;<=>?_#@[]{}"


class Desk(QWidget):
    """A field, a button, and the chords and keys that reached the window."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.button = QPushButton("ok")
        self.pressed: list[str] = []
        self.scans: list[str] = []
        self.bursts: list[Burst] = []
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.button)
        self.field.returnPressed.connect(lambda: self.pressed.append("Enter"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.pressed.append(Qt.Key(event.key()).name)


@pytest.fixture
def scanner(qapp: object) -> Iterator[ScannerFilter]:
    made = ScannerFilter()
    made.install()
    yield made
    made.remove()


@pytest.fixture
def desk(qtbot: QtBot, scanner: ScannerFilter) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    made.show()
    made.field.setFocus()
    scanner.setParent(made)
    scanner.scanned.connect(made.scans.append)
    scanner.raw.connect(made.bursts.append)
    return made


@pytest.mark.parametrize("layout", ["us", "ara", "iq", "ckb", "fr"])
def test_a_scan_is_the_same_under_every_layout(desk: Desk, layout: str) -> None:
    type_scan(desk, PACK, layout)
    assert desk.scans == [PACK]
    assert desk.field.text() == ""


@pytest.mark.parametrize("layout", ["us", "ara", "ckb", "fr"])
def test_every_sign_survives(desk: Desk, layout: str) -> None:
    type_scan(desk, EVERY_SIGN, layout)
    assert desk.scans == [EVERY_SIGN]


@pytest.mark.parametrize("layout", ["us", "ara"])
@pytest.mark.parametrize("separator", ["Ctrl+]", "GS", "F8", "Alt+029"])
def test_the_separator_comes_in_many_forms(desk: Desk, separator: str, layout: str) -> None:
    type_scan(desk, PACK, layout, separator=separator)
    assert desk.scans == [PACK]
    assert desk.bursts[0].separator == separator
    assert desk.pressed == []


@pytest.mark.parametrize("sign", ["~", "|", "^"])
@pytest.mark.parametrize("layout", ["us", "ara"])
def test_a_configured_substitute_is_the_separator(
    desk: Desk, scanner: ScannerFilter, sign: str, layout: str
) -> None:
    type_scan(desk, PACK, layout, separator=sign)
    scanner.settings = ScannerSettings(substitute=sign)
    type_scan(desk, PACK, layout, separator=sign)
    assert desk.scans == [PACK.replace(GS, sign), PACK]


@pytest.mark.parametrize("first", ["B", "G5", "b", "T/x"])
def test_a_scan_that_begins_with_lam_alef_keys(desk: Desk, first: str) -> None:
    code = f"{first}100-22/A"
    type_scan(desk, code, "ara")
    assert desk.scans == [code]
    assert desk.field.text() == ""


def test_lam_alefs_that_overtake_the_queue_are_put_back(desk: Desk) -> None:
    """X11 commits them at once while keys still wait behind slow work."""
    for text in ("لآ", "لا"):
        commit_ahead(desk, text)
    type_scan(desk, "01B22b33", "ara", commits=False)
    assert desk.scans == ["01B22b33"]


def test_a_lam_alef_of_the_next_scan_waits_for_it(desk: Desk) -> None:
    type_text(desk.field, "7")
    commit_ahead(desk, "لا")
    type_scan(desk, "629110008", "ara", pause=0)
    type_scan(desk, "b0629110", "ara", commits=False)
    assert desk.scans == ["629110008", "b0629110"]
    assert desk.field.text() == "7"


def test_equal_digits_sent_at_once_are_no_held_key(desk: Desk) -> None:
    type_scan(desk, "6291100081233", "ara", gap=0)
    assert desk.scans == ["6291100081233"]
    assert desk.field.text() == ""


def test_a_held_key_repeats_and_is_no_scan(desk: Desk) -> None:
    for _ in range(12):
        hold_key(desk.field, "0", 30)
    press(desk.field, "Enter", gap=10)
    assert desk.scans == []
    assert desk.field.text() == "0" * 12


def test_a_tab_ends_a_scan_and_moves_no_focus(desk: Desk) -> None:
    type_scan(desk, "6291100081233", ending="Tab")
    assert desk.scans == ["6291100081233"]
    assert desk.field.hasFocus()


def test_two_scans_in_a_row_are_two(desk: Desk) -> None:
    type_scan(desk, "6291100081233", "ara")
    type_scan(desk, "ITM-MED-0041", "ara")
    assert desk.scans == ["6291100081233", "ITM-MED-0041"]


def test_a_line_feed_after_the_carriage_return_goes_nowhere(desk: Desk) -> None:
    type_scan(desk, "6291100081233", pause=0)
    press(desk, "Enter", gap=4)
    assert desk.pressed == []
    press(desk, "Enter")
    assert desk.pressed == ["Enter", "Key_Return"]


def test_a_scan_wherever_the_focus_is(desk: Desk) -> None:
    clicks: list[bool] = []
    desk.button.clicked.connect(clicks.append)
    desk.button.setFocus()
    type_scan(desk, "ITM MED 0041")
    assert desk.scans == ["ITM MED 0041"]
    assert clicks == []


@pytest.mark.parametrize(("layout", "text"), [("us", "amoxicillin 500"), ("ara", "باراسيتامول")])
def test_a_slow_typist_is_never_a_scan(desk: Desk, layout: str, text: str) -> None:
    type_text(desk.field, text, layout)
    press(desk.field, "Enter")
    assert desk.field.text() == text
    assert desk.scans == []
    assert desk.pressed[0] == "Enter"


def test_a_quick_pair_of_keys_arrives_in_order(desk: Desk) -> None:
    type_text(desk.field, "am", gap=15)
    type_text(desk.field, "oxi", gap=90)
    assert desk.field.text() == "amoxi"


def test_five_quick_keys_and_enter_are_a_person(desk: Desk) -> None:
    type_scan(desk, "12345")
    assert desk.scans == []
    assert desk.field.text() == "12345"
    assert desk.pressed[0] == "Enter"


def test_a_burst_without_an_end_is_handed_on(desk: Desk, qtbot: QtBot) -> None:
    type_scan(desk, "0629110008", ending="")
    assert desk.field.text() == ""
    qtbot.waitUntil(lambda: desk.field.text() == "0629110008")
    assert desk.scans == []


def test_a_scanner_without_a_suffix_ends_by_silence(
    desk: Desk, scanner: ScannerFilter, qtbot: QtBot
) -> None:
    scanner.settings = ScannerSettings(suffix="none")
    type_scan(desk, "6291100081233", ending="")
    qtbot.waitUntil(lambda: desk.scans == ["6291100081233"])
    assert desk.field.text() == ""


def test_typing_then_scanning_keeps_both(desk: Desk) -> None:
    type_text(desk.field, "30")
    type_scan(desk, PACK, "ara")
    type_text(desk.field, "5")
    assert desk.field.text() == "305"
    assert desk.scans == [PACK]


def test_a_lam_alef_typed_by_hand_arrives(desk: Desk) -> None:
    commit_text(desk, "b")
    assert desk.field.text() == "لا"


def test_keys_before_a_chord_are_typed_before_it(desk: Desk) -> None:
    type_text(desk.field, "12", gap=10)
    press(desk.field, "Ctrl+Enter")
    assert desk.field.text() == "12"
    assert desk.scans == []


def test_the_burst_tells_how_it_came(desk: Desk) -> None:
    type_scan(desk, PACK, "ara", gap=3)
    burst = desk.bursts[0]
    assert burst.gap_ms == 3
    assert burst.ending == "enter"
    assert burst.separator == "Ctrl+]"
    assert burst.other_layout
    type_scan(desk, PACK, "us", separator="GS")
    assert not desk.bursts[1].other_layout
    assert len(desk.bursts[1].strokes) == len(PACK)


@pytest.mark.parametrize("country", ["gb", "fr", "de"])
def test_a_scanner_of_another_country(desk: Desk, scanner: ScannerFilter, country: str) -> None:
    # What arrives is what a US scanner would send for the keys at the same places.
    wanted = "AZQWM0629"
    table = {place: levels for place, levels in COUNTRIES[country].items() if place < 54}
    keys = {sign: (p, s) for p, levels in table.items() for s, sign in enumerate(levels[:2])}
    sent = "".join(LAYOUTS["us"].text(p, shift=bool(s)) for p, s in (keys[c] for c in wanted))
    scanner.settings = ScannerSettings(country=country)
    type_scan(desk, sent, "ara")
    assert desk.scans == [wanted]


def test_without_places_the_text_is_read_with_plain_digits(
    desk: Desk, scanner: ScannerFilter
) -> None:
    scanner.settings = ScannerSettings(country="text")
    type_scan(desk, "06291100081233", "ckb")
    assert desk.scans == ["06291100081233"]


def test_a_signal_survives_five_thousand_scans(desk: Desk) -> None:
    for _ in range(5_000):
        type_scan(desk, "629110")
    assert len(desk.scans) == 5_000
