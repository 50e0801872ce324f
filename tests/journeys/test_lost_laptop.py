"""A laptop is lost: with the stick and the paper key, another one works in ten minutes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.appearance import dress
from desktop.restore.window import RestoreWindow
from desktop.sign_in.window import SignInWindow
from desktop.trouble.page import TroublePage
from desktop.widgets.password_field import PasswordField
from inventory.queries.day_list import day_list
from inventory.queries.items import all_items
from inventory.queries.lots import lots_of, on_hand_of
from inventory.services.checking import check
from inventory.storage import stretching
from inventory.storage.stretching import Cost
from tests.journeys.dispensary import TODAY
from tests.journeys.lost_laptop import ITEM, Person

MOST_KEYS = 10
"""From the first question on an empty computer to the window, words of the paper not counted."""


@pytest.fixture
def person(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Person]:
    honest = Cost(64 * 1024, 3, 4)
    monkeypatch.setattr(stretching, "FLOOR", honest)
    monkeypatch.setattr(stretching, "calibrated", lambda: honest)
    stick = tmp_path / "BLUE"
    stick.mkdir()
    made = Person(qapp, qtbot, monkeypatch, stick)
    made.put_stick_in()
    yield made
    made.leave_the_computer()
    dress(qapp, theme.LIGHT, rtl=False)


def on_hand(person: Person) -> int:
    desk = person.window.desk
    item = next(item.id for item in desk.ask(all_items) if item.code == ITEM)
    return on_hand_of(desk.ask(lots_of, desk.clinic.id, item, TODAY))


def test_lost_with_a_stick_and_a_paper_key_to_working_again(
    person: Person, tmp_path: Path
) -> None:
    person.sit_down_at(tmp_path / "first")
    person.set_up()
    paper = person.print_paper_key()
    person.receive(1000)
    person.dispense("20")
    assert on_hand(person) == 980
    person.back_up()
    person.dispense("30")
    person.leave_the_computer()

    person.sit_down_at(tmp_path / "second")
    person.choose("3")
    person.choose("3")
    restore = person.welcome
    assert isinstance(restore, RestoreWindow)
    person.press(restore.list, "Enter")
    person.press(restore, "Alt+P")
    assert restore.form is not None
    restore.form.paper.set_text(" ".join(paper.numbers))
    person.press(restore.form.paper.line, "Enter")
    person.until(lambda: restore.work is None)
    assert restore.contents is not None, restore.message.text()
    assert restore.contents.clinics == ("Al-Zuhoor PHC",)
    person.press(restore, "Ctrl+Enter")
    person.until(lambda: restore.work is None)
    told = restore.content.findChild(TroublePage)
    assert told is not None
    assert "is not" in str(told.telling.happened)
    person.press(told.buttons[0], "Enter")
    person.until(lambda: bool(person.welcome.content.findChildren(PasswordField)))
    asked = person.welcome
    assert isinstance(asked, SignInWindow)
    for box in asked.content.findChildren(PasswordField):
        box.set_text("a new long password")
        person.press(box.line, "Enter")
    person.until(lambda: person.program.window is not None)
    assert person.keys <= MOST_KEYS

    person.come_to_the_front()
    assert person.window.guardian.veil is None
    assert on_hand(person) == 980
    person.dispense("10")
    assert on_hand(person) == 970
    desk = person.window.desk
    newest, before = (row.document.number for row in desk.ask(day_list, desk.clinic.id, TODAY))
    assert (before[-5:], newest[-5:]) == ("00001", "01000")
    assert desk.ask(check) == []
