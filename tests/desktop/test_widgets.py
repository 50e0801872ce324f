"""Buttons, chips, pills, tiles and panels: what they say, their keys, and both directions."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.appearance import dress
from desktop.direction import copy_text
from desktop.icons import pixmap
from desktop.widgets.buttons import Button, finish_button
from desktop.widgets.card import Card, clear
from desktop.widgets.chip import STATES, Chip
from desktop.widgets.empty import Empty
from desktop.widgets.filter_pills import FilterPills, state_pills
from desktop.widgets.grid import Column
from desktop.widgets.hint_bar import HintBar
from desktop.widgets.key_cap import KeyCap
from desktop.widgets.labels import label
from desktop.widgets.lines import Lines
from desktop.widgets.side_panel import SidePanel
from desktop.widgets.tile import Tile
from inventory.language import isolate, language
from tests.desktop.pictures import columns_with, is_blank, picture
from tests.keyboard import press

EN, AR = language("en"), language("ar")


def mirror(qapp: QApplication, rtl: bool, size: int = 100) -> None:
    dress(qapp, theme.make_theme("light", size), rtl=rtl)


@pytest.mark.parametrize("state", sorted(STATES))
@pytest.mark.parametrize("rtl", [False, True])
def test_every_state_has_icon_word_and_colour(
    look: None, qapp: QApplication, qtbot: QtBot, state: str, rtl: bool
) -> None:
    mirror(qapp, rtl)
    chip = Chip(state, EN)
    qtbot.addWidget(chip)
    image = picture(chip, chip.sizeHint().width(), chip.sizeHint().height())
    assert not is_blank(image)
    assert chip.accessibleName() == EN.say(STATES[state].words)
    assert not pixmap(STATES[state].icon, 20).isNull()
    tone = theme.current().tone(STATES[state].tone)
    block = columns_with(image, QColor(tone.soft))
    assert len(block) > chip.width() * 0.6


def test_a_button_says_its_key_and_answers_enter(look: None, qtbot: QtBot) -> None:
    ran: list[bool] = []
    button = Button("R&D list", "Ctrl+L", icon="history", small=True, run=lambda: ran.append(True))
    qtbot.addWidget(button)
    button.show()
    assert button.accessibleName() == "R&D list"
    assert button.accessibleDescription() == "Ctrl+L"
    press(button, "Enter")
    press(button, "Space")
    assert ran == [True, True]
    assert button.sizeHint().height() == 40
    assert finish_button("Dispense").sizeHint().height() == 52


@pytest.mark.parametrize("size", theme.TEXT_SIZES)
@pytest.mark.parametrize("rtl", [False, True])
def test_a_button_never_cuts_its_words(
    look: None, qapp: QApplication, qtbot: QtBot, size: int, rtl: bool
) -> None:
    mirror(qapp, rtl, size)
    button = finish_button("Enregistrer et imprimer")
    qtbot.addWidget(button)
    image = picture(button, button.minimumSizeHint().width(), button.sizeHint().height())
    ink = columns_with(image, QColor(theme.current().on_accent))
    assert min(ink) > 10
    assert max(ink) < image.width() - 10


def test_pills_choose_by_number_and_arrow(look: None, qapp: QApplication, qtbot: QtBot) -> None:
    pills = FilterPills(state_pills(("out", "low", "expiring"), EN))
    qtbot.addWidget(pills)
    pills.show()
    told: list[str] = []
    pills.changed.connect(told.append)
    pills.set_counts({"": 214, "out": 5, "low": 9}, EN)
    pills.choose_number(2)
    press(pills, "Right")
    press(pills, "Left")
    pills.choose_number(2)
    pills.choose_number(9)
    assert told == ["out", "low", "out", ""]
    assert [b.accessibleName() for b in pills.buttons] == [
        "All 214",
        "Out 5",
        "Low 9",
        "Will expire 0",
    ]


def test_arrows_follow_the_reading_direction(look: None, qapp: QApplication, qtbot: QtBot) -> None:
    mirror(qapp, rtl=True)
    pills = FilterPills(state_pills(("out", "low"), AR))
    qtbot.addWidget(pills)
    pills.show()
    press(pills, "Left", "ara")
    assert pills.chosen == "out"


@pytest.mark.parametrize("rtl", [False, True])
def test_a_tile_stands_in_reading_order(
    look: None, qapp: QApplication, qtbot: QtBot, rtl: bool
) -> None:
    mirror(qapp, rtl)
    tile = Tile("cancel", "expired", "Expired", "Alt+1")
    qtbot.addWidget(tile)
    tile.show_number("4", "2 still on the shelf")
    block = columns_with(
        picture(tile, 180, 124), QColor(theme.current().expired), QRect(8, 20, 164, 20)
    )
    assert (min(block) > 90) == rtl
    assert tile.accessibleName() == "Expired: 4. 2 still on the shelf"
    clicked: list[bool] = []
    tile.clicked.connect(lambda: clicked.append(True))
    press(tile, "Enter")
    assert clicked == [True]


def test_a_label_of_digits_stands_on_the_right_of_an_arabic_window(
    look: None, qapp: QApplication, qtbot: QtBot
) -> None:
    mirror(qapp, rtl=True)
    made = label("1204", "quantity")
    qtbot.addWidget(made)
    ink = columns_with(picture(made, 300, 30), QColor(theme.current().ink))
    assert min(ink) > 200


def test_a_panel_closes_with_escape(look: None, qtbot: QtBot) -> None:
    panel = SidePanel("Paracetamol", width=320)
    button = Button("Inside")
    panel.body.addWidget(button)
    qtbot.addWidget(panel)
    panel.show()
    closed: list[bool] = []
    panel.closed.connect(lambda: closed.append(True))
    press(button, "Esc")
    assert closed == [True]
    assert panel.width() == 320
    panel.empty()
    assert panel.body.count() == 0


def test_a_cleared_card_is_empty(look: None, qtbot: QtBot) -> None:
    card = Card("Do first", "5 things")
    qtbot.addWidget(card)
    card.body.addWidget(QLabel("x"))
    inner = QVBoxLayout()
    card.body.addLayout(inner)
    inner.addWidget(QLabel("y"))
    clear(card.body)
    assert card.body.count() == 0


@pytest.mark.parametrize("rtl", [False, True])
def test_hints_that_do_not_fit_are_left_out_whole(
    look: None, qapp: QApplication, qtbot: QtBot, rtl: bool
) -> None:
    mirror(qapp, rtl)
    bar = HintBar([("Enter", "quantity"), ("Alt+B", "another batch"), ("Del", "take line out")])
    qtbot.addWidget(bar)
    wide, narrow = picture(bar, 600, 36), picture(bar, 150, 36)
    assert not is_blank(wide)
    shown = columns_with(narrow, QColor(theme.current().ink2))
    assert len(shown) < len(columns_with(wide, QColor(theme.current().ink2)))
    assert "Alt+B: another batch" in bar.accessibleName()


@pytest.mark.parametrize("rtl", [False, True])
def test_an_empty_page_says_what_to_do(
    look: None, qapp: QApplication, qtbot: QtBot, rtl: bool
) -> None:
    mirror(qapp, rtl)
    page = Empty("barcode-scan", "Scan the first medicine", "or type", ("amox", "باراس"))
    qtbot.addWidget(page)
    page.set_foot(KeyCap("Alt+H"))
    assert not is_blank(picture(page, 900, 500))
    assert page.accessibleName() == "Scan the first medicine. or type"


def test_the_lines_of_a_panel_are_read_out(look: None, qtbot: QtBot) -> None:
    columns = [
        Column("lot", "Batch", "strong", 80, value=lambda r: r[0]),
        Column("left", "Left", "number", 0, value=lambda r: r[1]),
    ]
    lines = Lines(columns, EN)
    qtbot.addWidget(lines)
    lines.set_rows([("PC0415", 4700), ("PC0533", None)])
    assert lines.accessibleDescription() == "PC0415, 4,700\nPC0533, –"
    assert not is_blank(picture(lines, 300, 60))
    assert lines.sizeHint().height() == 60


def test_what_is_copied_has_no_marks(qapp: QApplication) -> None:
    copy_text(f"{isolate('A-1')} {isolate('−3')}")
    assert QApplication.clipboard().text() == "A-1 −3"


def test_widgets_can_be_built_without_a_window(look: None, qtbot: QtBot) -> None:
    for made in (KeyCap("F1"), Tile("cancel", "red", "Out"), Card(), Chip("low", AR)):
        assert isinstance(made, QWidget)
        qtbot.addWidget(made)
