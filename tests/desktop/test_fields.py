"""Fields say what they understood and what is wrong, and keep what was typed, in any digits."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.direction import Side
from desktop.widgets.field import ExpiryField, LineBox, QuantityField, TextField
from desktop.widgets.item_field import Choice, ItemField
from desktop.widgets.segmented import Segmented
from inventory.domain.expiry import Expiry
from inventory.language import language
from tests.keyboard import press, type_text

TODAY = date(2026, 11, 22)
EN = language("en")


@pytest.fixture
def expiry(look: None, qtbot: QtBot) -> ExpiryField:
    made = ExpiryField("Expires", EN, TODAY)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def quantity(look: None, qtbot: QtBot) -> QuantityField:
    made = QuantityField("Quantity", EN)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("typed", "layout", "wanted"),
    [
        ("0928", "us", Expiry.of_month(2028, 9)),
        ("٠٩٢٨", "ckb", Expiry.of_month(2028, 9)),
        ("9.2028", "us", Expiry.of_month(2028, 9)),
        ("300428", "us", Expiry.of_day(date(2028, 4, 30))),
        ("30/04/2028", "us", Expiry.of_day(date(2028, 4, 30))),
    ],
)
def test_an_expiry_is_echoed_in_words(
    expiry: ExpiryField, typed: str, layout: str, wanted: Expiry
) -> None:
    told: list[object] = []
    expiry.changed.connect(told.append)
    type_text(expiry.line, typed, layout)
    assert expiry.value == wanted
    assert told[-1] == wanted
    assert EN.date(wanted.last_day) in expiry.below.text()
    assert not expiry.is_wrong


def test_half_an_expiry_is_not_scolded_until_one_leaves(expiry: ExpiryField) -> None:
    entered: list[bool] = []
    expiry.entered.connect(lambda: entered.append(True))
    type_text(expiry.line, "1328")
    assert not expiry.is_wrong
    press(expiry.line, "Enter")
    assert expiry.is_wrong
    assert "13" in expiry.below.text()
    assert expiry.line.text() == "1328"
    assert entered == []
    expiry.line.clear()
    type_text(expiry.line, "0928")
    press(expiry.line, "Enter")
    assert entered == [True]


def test_an_expiry_put_in_reads_as_a_person_writes(expiry: ExpiryField) -> None:
    expiry.set_value(Expiry.of_month(2028, 9))
    assert expiry.line.text() == "09/2028"
    expiry.set_value(Expiry.of_day(date(2028, 4, 30)))
    assert expiry.line.text() == "30/04/2028"
    assert expiry.value == Expiry.of_day(date(2028, 4, 30))


@pytest.mark.parametrize(("typed", "layout"), [("1204", "us"), ("1,204", "us"), ("١٢٠٤", "ckb")])
def test_a_quantity_in_any_digits(quantity: QuantityField, typed: str, layout: str) -> None:
    type_text(quantity.line, typed, layout)
    assert quantity.value == 1204
    assert quantity.check()


@pytest.mark.parametrize(
    "typed", ["0", "-3", "12x", "1.5", "9" * 16, "💊", "\u202e12", "a" * 10_000]
)
def test_a_wrong_quantity_is_kept_and_said(quantity: QuantityField, typed: str) -> None:
    quantity.line.setText(typed)
    quantity.line.left.emit()
    assert quantity.value is None
    assert quantity.is_wrong
    assert quantity.line.text() == typed
    assert quantity.below.text()
    assert quantity.line.accessibleDescription() == quantity.below.text()


def test_decilitres(look: None, qtbot: QtBot) -> None:
    fuel = QuantityField("Litres", EN, 1234, decimals=1)
    qtbot.addWidget(fuel)
    assert fuel.line.text() == "123.4"
    assert fuel.value == 1234


def test_a_text_field_tells_every_key(look: None, qtbot: QtBot) -> None:
    field = TextField("Prescriber", placeholder="code, e.g. D3", longest=4)
    qtbot.addWidget(field)
    field.show()
    told: list[str] = []
    field.changed.connect(told.append)
    field.set_wrong("Write a code.")
    type_text(field.line, "D3")
    assert told == ["D", "D3"]
    assert not field.is_wrong
    assert field.line.accessibleName() == "Prescriber"


def test_choices_move_with_the_arrows(look: None, qtbot: QtBot) -> None:
    ages = Segmented((("infant", "<1"), ("child", "1–4"), ("adult", "18–59")), optional=True)
    qtbot.addWidget(ages)
    ages.show()
    told: list[str] = []
    ages.changed.connect(told.append)
    for key in ("Right", "Right", "Right", "Right", "Left", "Space"):
        press(ages, key)
    assert told == ["infant", "child", "adult", "child", ""]
    ages.choose_number(3)
    assert ages.chosen == "adult"
    assert ages.accessibleDescription() == "18–59"


def test_the_list_filters_as_one_types(look: None, qtbot: QtBot) -> None:
    items = ("Cefalexin 500 mg", "Cefalexin 250 mg", "Cefazolin 1 g", "Gauze")

    def search(text: str) -> list[Choice]:
        return [Choice(i, name) for i, name in enumerate(items) if text in name.casefold()]

    field = ItemField(search, placeholder="name", nothing="Nothing is called that.")
    qtbot.addWidget(field)
    field.show()
    chosen: list[object] = []
    field.chosen.connect(chosen.append)
    type_text(field.line, "cef")
    press(field.line, "Enter")
    press(field.line, "Down")
    press(field.line, "Enter")
    assert field.choose_number(3)
    assert not field.choose_number(4)
    assert chosen == [0, 1, 2]
    type_text(field.line, "xx")
    press(field.line, "Enter")
    assert chosen == [0, 1, 2]
    assert field.choices == ()


def test_a_line_stands_where_it_is_told(look: None, qtbot: QtBot) -> None:
    box = LineBox(side=Side.RIGHT)
    qtbot.addWidget(box)
    assert box.alignment() & Qt.AlignmentFlag.AlignRight
    assert box.alignment() & Qt.AlignmentFlag.AlignAbsolute
