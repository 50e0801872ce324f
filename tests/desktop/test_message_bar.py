"""The bar says one thing, keeps what asks for something, and calms what is only done."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.news import Action, NewsKind
from desktop.power import Battery, read_battery
from desktop.shell.message_bar import MessageBar
from inventory.domain.sentence import sentence
from tests.desktop.conftest import MakeDesk


@pytest.fixture
def bar(qtbot: QtBot, make_desk: MakeDesk) -> MessageBar:
    made = MessageBar(make_desk())
    qtbot.addWidget(made)
    made.desk.news_told.connect(made.show_news)
    made.show()
    return made


def test_done_is_green_then_calm_and_can_still_be_reversed(bar: MessageBar) -> None:
    bar.desk.posted(sentence("Dispensed {document}", document="DSP-2026-00001"), lambda: None)
    assert bar.property("kind") == "done"
    bar._calm.timeout.emit()
    assert bar.property("kind") == "calm"
    assert bar.action is not None
    assert bar.action.key == "Ctrl+Z"


@pytest.mark.parametrize("kind", [NewsKind.LOOK, NewsKind.REFUSED])
def test_what_asks_for_something_stays(bar: MessageBar, kind: NewsKind) -> None:
    bar.desk.news(kind, "Accept it?", Action(sentence("Accept"), "Alt+A", lambda: None))
    assert bar.property("kind") == kind
    assert not bar._calm.isActive()


def test_a_refusal_leaves_with_the_person_it_was_said_to(bar: MessageBar) -> None:
    bar.desk.refused(sentence("The name is empty. Write the name of the person."))
    assert bar.property("kind") == "refused"
    bar.desk.take_over("Omar")
    assert bar.shown is None
    assert bar.property("kind") != "refused"


def test_the_newest_wins_and_all_are_kept(bar: MessageBar) -> None:
    bar.desk.done(sentence("First."))
    bar.desk.refused(sentence("Second."))
    assert bar.words.words == "Second."
    assert [str(news.words) for news in bar.desk.said] == ["First.", "Second."]


def test_an_act_is_offered_once(bar: MessageBar) -> None:
    ran: list[bool] = []
    bar.desk.done(sentence("Line out."), lambda: ran.append(True))
    bar.act()
    bar.act()
    assert ran == [True]
    assert bar.action is None


def test_the_bar_speaks_the_language_of_the_desk(bar: MessageBar) -> None:
    bar.desk.done(sentence("First."))
    again = MessageBar(bar.desk)
    assert "First." in again.words.text()
    again.deleteLater()


def test_battery_is_said_only_away_from_mains(bar: MessageBar) -> None:
    bar.show_battery(Battery(71, on_mains=True))
    assert not bar.battery.isVisible()
    bar.show_battery(Battery(71, on_mains=False))
    assert bar.battery.isVisible()
    assert "71%" in bar.battery.text()
    bar.show_battery(None)
    assert not bar.battery.isVisible()


def supply(folder: Path, name: str, **facts: str) -> None:
    (folder / name).mkdir()
    for fact, value in facts.items():
        (folder / name / fact).write_text(value + "\n", encoding="ascii")


def test_the_computer_s_battery_is_found(tmp_path: Path) -> None:
    supply(tmp_path, "AC", type="Mains", online="0")
    supply(tmp_path, "BAT0", type="Battery", capacity="42", status="Discharging")
    supply(tmp_path, "mouse", type="Battery", scope="Device", capacity="5", status="Discharging")
    assert read_battery(tmp_path) == Battery(42, on_mains=False)


@pytest.mark.parametrize("facts", [{"type": "Battery"}, {"type": "Battery", "capacity": "?"}, {}])
def test_a_battery_that_says_nothing_is_none(tmp_path: Path, facts: dict[str, str]) -> None:
    supply(tmp_path, "BAT0", **facts)
    assert read_battery(tmp_path) is None
    assert read_battery(tmp_path / "nowhere") is None
