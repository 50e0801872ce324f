"""What is typed in the field may be an answer to the page: it is not looked for, and not lost."""

from __future__ import annotations

import pytest

from desktop.main_window import MainWindow
from desktop.news import NewsKind
from desktop.page import Page
from desktop.search import Found, Hit
from inventory.domain.names import Names
from inventory.domain.sentence import Refused
from tests.desktop.conftest import MakeWindow, NotePage
from tests.keyboard import press, type_text


def one_item(text: str) -> Found:
    return Found((Hit(7, "MED-0012", Names(en="Item 12"), "fine", "0", None),))


@pytest.fixture
def window(make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A page that takes every number but 13."""

    def answer(page: NotePage, text: str) -> None:
        if text == "13":
            raise Refused("Not 13.")
        page.told.append(("answer", text))

    monkeypatch.setattr(NotePage, "reads", lambda page, text: text.isdigit())
    monkeypatch.setattr(NotePage, "answer", answer)
    return make_window(search=one_item)


def told(window: MainWindow) -> list[object]:
    page = window.page
    assert isinstance(page, NotePage)
    return page.told


def test_a_number_is_not_looked_for(window: MainWindow) -> None:
    type_text(window.field, "12")
    assert window.field.text() == "12"
    assert not window.results._soon.isActive()
    assert not window.results.isVisible()


def test_enter_hands_the_number_to_the_page(window: MainWindow) -> None:
    type_text(window.field, "12")
    press(window.field, "Enter")
    assert told(window)[-1] == ("answer", "12")
    assert window.field.text() == ""


def test_a_number_still_there_is_said_before_finishing(window: MainWindow) -> None:
    type_text(window.field, "12")
    press(window.field, "Ctrl+Enter")
    assert told(window)[-2:] == [("answer", "12"), "finish"]


def test_a_refused_number_stays_and_nothing_is_finished(window: MainWindow) -> None:
    type_text(window.field, "13")
    press(window.field, "Ctrl+Enter")
    assert "finish" not in told(window)
    assert window.field.text() == "13"
    assert window.message_bar.shown is not None
    assert window.message_bar.shown.kind is NewsKind.REFUSED


def test_anything_else_is_looked_for(window: MainWindow) -> None:
    type_text(window.field, "item")
    window.results.look_now()
    assert window.results.isVisible()
    press(window.field, "Enter")
    assert told(window)[-1] == ("item", 7)


def test_most_pages_read_nothing(make_window: MakeWindow) -> None:
    window = make_window(search=one_item)
    assert isinstance(window.page, Page)
    assert not window.page.reads("12")
