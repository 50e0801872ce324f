"""The Order page: what it says of an order, in every language and state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.appearance import dress
from desktop.desk import Desk
from desktop.direction import text_width
from desktop.fonts import font
from desktop.pages.order.book import Choice, Pending
from desktop.pages.order.details_panel import DetailsPanel
from desktop.pages.order.page import OrderPage
from desktop.preferences import PreferencesFile
from desktop.widgets.buttons import Button
from desktop.widgets.grid import Group, Note
from desktop.widgets.squeezed import Squeezed
from inventory.domain.sentence import Refused
from inventory.exchange.table_file import read_table
from inventory.language import plain
from inventory.queries.clinics import clinics
from inventory.queries.items import item_by_code
from inventory.services.items import set_price
from inventory.services.ordering import Rules, keep_rules
from inventory.storage.database import Database
from inventory.storage.opening import open_database
from tests.journeys.order_desk import (
    AMOXICILLIN,
    GLOVES,
    INSULIN,
    PACKS,
    PARACETAMOL,
    TODAY,
    ZINC,
    furnish,
)

LANGUAGES = ["en", "ar", "ckb", "fr"]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("order_page") / "clinic.db"
    furnish(path, clinics=3)
    return path


@pytest.fixture
def database(furnished: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "clinic.db"
    path.write_bytes(furnished.read_bytes())
    opened = open_database(str(path))
    yield opened
    opened.close()


MakePage = Callable[..., OrderPage]


@pytest.fixture
def make_page(
    look: None, qapp: QApplication, qtbot: QtBot, database: Database, preferences: PreferencesFile
) -> Iterator[MakePage]:
    """The page at the size it has in the smallest window: `make_page("ar", text=130)`."""

    def made(code: str = "en", *, text: int = 100) -> OrderPage:
        preferences.change(text_size=text)
        with database.read() as connection:
            row = clinics(connection)[0]
        desk = Desk(database, row, code, user="Salam", clock=lambda: TODAY,
                    preferences=preferences)  # fmt: skip
        dress(qapp, desk.theme, rtl=desk.language.rtl)
        page = OrderPage(desk)
        qtbot.addWidget(page)
        page.resize(1182, 576)
        page.show()
        qapp.processEvents()
        return page

    yield made
    dress(qapp, theme.LIGHT, rtl=False)


def item(page: OrderPage, code: str) -> int:
    return page.desk.ask(item_by_code, code).id


def change(page: OrderPage, code: str, packs: int, reason: str = "SEASON", words: str = "") -> None:
    assert page.book.ask_for(item(page, code), packs)
    page.book.give_reason(reason if not words else "", words)
    page.show_order()


def shown(page: OrderPage, code: str) -> tuple[str, ...]:
    grid = page.sheets.grid
    row = next(r for r in grid.visible_rows() if r.line.item.code == code)
    return grid.model.plain_cells(row)


def figures(page: OrderPage) -> list[str]:
    foot = page.foot
    parts = [one for one in (foot.lines, foot.packs, foot.value) if not one.isHidden()]
    return [f"{one.number.text()} {one.word.text()}" for one in parts]


def test_lines_stand_under_their_sections(make_page: MakePage) -> None:
    page = make_page()
    rows = page.sheets.grid.model.shown
    assert [r.words for r in rows if isinstance(r, Group)] == [
        "Medicines, 3 lines", "Medical supplies, 1 line",
    ]  # fmt: skip
    assert page._subtitle.words == "ORD-2026-00001 for December, to DoH Nineveh"


def test_a_line_explains_itself(make_page: MakePage) -> None:
    page = make_page()
    assert shown(page, AMOXICILLIN) == (
        "Amoxicillin 500 mg capsule, 1,930 a month; 3 months = 5,790; 1,204 usable; 0 coming; "
        "short 4,586",
        "1,204", "1,930", "0", "46", "boxes of 100, 4,600 capsules", "368,000",
    )  # fmt: skip
    assert shown(page, INSULIN)[5].startswith("vials, Fridge")


def test_totals_and_the_budget(make_page: MakePage) -> None:
    page = make_page()
    assert figures(page) == ["4 lines", "127 packs", "1,124,000 IQD"]
    assert page.foot.budget_words.text() == "28% of the 4,000,000 IQD budget"
    change(page, INSULIN, 500)
    assert page.foot.budget_words.text() == "958,000 IQD over the budget of 4,000,000"
    page.desk.do(keep_rules, Rules(Fraction(2), Fraction(3), 3))
    assert page.foot.budget.isHidden()


def test_a_price_that_is_not_known_is_said(make_page: MakePage, database: Database) -> None:
    page = make_page()
    with database.write() as connection:
        set_price(connection, item(page, GLOVES), 100, None)
    page.refresh()
    assert figures(page)[2] == "1,100,000 IQD, 1 line without a price"
    assert shown(page, GLOVES)[6] == ""


def test_a_changed_figure_says_who_and_why(make_page: MakePage) -> None:
    page = make_page()
    change(page, INSULIN, 90, words="winter road, next delivery may be late")
    change(page, AMOXICILLIN, 40)
    notes = [row.words for row in page.sheets.grid.model.shown if isinstance(row, Note)]
    assert notes == [
        "46 changed to 40 by Salam: The season changes use",
        "74 changed to 90 by Salam: “winter road, next delivery may be late”",
    ]  # fmt: skip


def test_words_with_braces_are_only_words(make_page: MakePage) -> None:
    page = make_page("ar")
    change(page, INSULIN, 90, words="{0} {why} %s \u202e")
    notes = [row.words for row in page.sheets.grid.model.shown if isinstance(row, Note)]
    assert len(notes) == 1
    assert "{why}" in plain(notes[0])
    assert "\u202e" not in notes[0]


def test_an_empty_order_is_not_printed(make_page: MakePage) -> None:
    page = make_page()
    for code in PACKS:
        change(page, code, 0)
    assert not page.foot.finish.isEnabled()
    with pytest.raises(Refused, match="Nothing needs ordering"):
        page.finish()
    assert page.book.order.is_draft
    assert page.book.saved is None


@pytest.mark.parametrize("packs", [10**13, -1])
def test_impossible_figures_are_refused(make_page: MakePage, packs: int) -> None:
    page = make_page()
    row = page.book.order.lines[0]
    with pytest.raises(Refused):
        page.editing.typed(row, "ask", str(packs))
    assert page.book.pending is None
    assert page.book.order.lines[0].line.packs == PACKS[PARACETAMOL]


def test_needed_by_must_be_a_day_to_come(make_page: MakePage) -> None:
    page = make_page()
    page.show_details()
    panel = page.panel
    assert isinstance(panel, DetailsPanel)
    for typed, wrong in (("12/2026", "Write the day too"), ("01/11/2026", "is past"), ("x", "")):
        panel.needed_by.set_text(typed)
        panel._keep_needed()
        assert panel.needed_by.is_wrong
        assert wrong in panel.needed_by.below.text()
    panel.needed_by.set_text("15/12/2026")
    panel._keep_needed()
    panel.type.choose("emergency")
    order = page.book.order.order
    assert (order.needed_by, order.emergency) == (date(2026, 12, 15), True)
    assert "emergency" in page._subtitle.words
    assert "15 Dec 2026" in page._subtitle.words


def test_a_choice_has_a_draft_of_its_own_and_is_remembered(make_page: MakePage) -> None:
    page = make_page()
    change(page, PARACETAMOL, 9)
    page.book.choose(Choice(kind="supply"))
    page.show_order()
    assert [row.line.item.code for row in page.book.order.lines] == [GLOVES]
    assert "only Medical supply" in page._subtitle.words
    again = make_page()
    assert [row.line.item.code for row in again.book.order.lines] == [GLOVES]
    again.book.choose(Choice())
    assert again.book.order.line(item(again, PARACETAMOL)).line.packs == 9  # type: ignore[union-attr]


def test_all_clinics_stand_side_by_side(
    make_page: MakePage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = make_page()
    change(page, INSULIN, 90)
    page.show_clinics()
    grid = page.over
    assert grid is not None
    assert grid.headings()[1:4] == ("Al-Zuhoor PHC", "Al-Noor 1", "Al-Noor 2")
    rows = {row.item.code: row for row in grid.visible_rows()}
    assert {code: row.total for code, row in rows.items()} == {**PACKS, INSULIN: 90}
    assert ZINC not in rows
    assert grid.model.plain_cells(rows[INSULIN]) == (
        "Insulin 30/70, 10 mL vial, MED-0099", "90, 40 on hand", "–", "–", "90", "810,000",
    )  # fmt: skip
    target = tmp_path / "all.xlsx"

    def choose(parent: QWidget, title: str, name: str, kind: str) -> tuple[str, str]:
        return str(target), kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page.export()
    assert "Al-Noor 1" in target_words(target)
    assert page.back()
    assert page.over is None


def target_words(path: Path) -> str:
    return str(read_table(path))


def test_a_click_on_the_figure_edits_it(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    view = page.sheets.draft.view
    for column, edits in ((0, False), (4, True)):
        place = view.visualRect(page.sheets.draft.model.index(2, column)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert (page.sheets.editor is not None) is edits


def test_buttons_give_way_before_the_window_grows(look: None, qtbot: QtBot) -> None:
    buttons = [Button(words, "Alt+1") for words in ("All clinics", "Details", "Add a line")]
    row = Squeezed(buttons, buttons[:2])
    qtbot.addWidget(row)
    row.show_parts(buttons)
    whole = row.sizeHint().width()
    for width, left in ((whole, 3), (whole - 1, 2), (150, 1), (20, 1)):
        row.resize(width, 40)
        row.show()
        QApplication.processEvents()
        assert sum(not button.isHidden() for button in buttons) == left
        assert not buttons[2].isHidden()


@pytest.mark.parametrize("text", theme.TEXT_SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_it_fits_the_smallest_window(make_page: MakePage, code: str, text: int) -> None:
    page = make_page(code, text=text)
    assert page.minimumSizeHint().width() <= 1366 - 184 * text // 100
    assert page.minimumSizeHint().height() <= 690 - (4 + 66 + 44) * text // 100
    change(page, INSULIN, 90)
    page.editing.ask_why(_waiting(page))
    QApplication.processEvents()
    assert page.minimumSizeHint().width() <= 1366 - 184 * text // 100
    assert page.minimumSizeHint().height() <= 690 - (4 + 66 + 44) * text // 100
    assert not page.foot.finish.isVisible()


def _waiting(page: OrderPage) -> Pending:
    assert page.book.ask_for(item(page, AMOXICILLIN), 12)
    waiting = page.book.pending
    assert waiting is not None
    return waiting


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_item_name_is_cut(make_page: MakePage, code: str) -> None:
    page = make_page(code)
    room = page.sheets.grid.view.columnWidth(0) - 24
    for row in page.sheets.grid.visible_rows():
        name = page.desk.name(row.line.item.names)
        assert text_width(name, font(12, 600)) <= room
