"""Tables: order, filters, keys, what is copied, and where things stand in both directions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.appearance import dress
from desktop.widgets.grid import Cell, Column, Grid, Group, Months, Note
from inventory.domain.expiry import Expiry
from inventory.domain.names import Names
from inventory.language import isolate, language
from tests.desktop.pictures import columns_with, picture
from tests.keyboard import press, type_text


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    state: str
    name: Names
    code: str
    on_hand: int
    expires: Expiry | None
    months: Months
    ask: int = 0


def row(number: int, state: str, name: str, arabic: str, on_hand: int, month: int | None) -> Row:
    expires = Expiry.of_month(2027, month) if month else None
    months = Months(Fraction(on_hand, 100), Fraction(2), Fraction(3), state)
    return Row(number, state, Names(name, arabic), f"MED-{number:04}", on_hand, expires, months, 5)


ROWS = (
    row(1, "out", "Insulin", "إنسولين", 0, None),
    row(2, "low", "Amoxicillin", "أموكسيسيلين", 60, 5),
    row(3, "expired", "Ibuprofen", "إيبوبروفين", 0, 1),
    row(4, "over", "Syringe", "محقنة", 1204, 9),
)
COLUMNS = (
    Column("state", "State", "chip", 130),
    Column("name", "Item", "item", 0, value=lambda r: Cell(r.name, r.code)),
    Column("on_hand", "On hand", "number", 110),
    Column("expires", "Expires", "date", 120),
    Column("months", "Months", "months", 120, wide_only=True),
    Column("ask", "Ask for", "ask", 120, editable=True),
)
MakeGrid = Callable[..., Grid]


@pytest.fixture
def make_grid(look: None, qapp: QApplication, qtbot: QtBot) -> MakeGrid:
    def made(code: str = "en", name: str = "light") -> Grid:
        tongue = language(code)
        dress(qapp, theme.make_theme(name), rtl=tongue.rtl)
        grid = Grid(COLUMNS, tongue, identity=lambda r: r.id, name="Stock")
        qtbot.addWidget(grid)
        grid.set_rows(ROWS)
        grid.resize(800, 360)
        grid.show()
        qapp.processEvents()
        return grid

    return made


def ids(grid: Grid) -> list[int]:
    return [shown.id for shown in grid.visible_rows()]


def test_the_model_keeps_the_rules_of_qt(make_grid: MakeGrid, qtmodeltester: ModelTester) -> None:
    grid = make_grid()
    grid.set_rows([Group("Medicines"), *ROWS, Note("changed")])
    qtmodeltester.check(grid.model)


def test_rows_stand_as_given_until_a_heading_sorts_them(make_grid: MakeGrid) -> None:
    grid = make_grid()
    assert ids(grid) == [1, 2, 3, 4]
    header = grid.view.horizontalHeader()
    for expected in ([2, 3, 1, 4], [4, 1, 3, 2], [1, 2, 3, 4]):
        header.sectionClicked.emit(1)
        assert ids(grid) == expected


def test_what_does_not_apply_stands_last_in_both_directions(make_grid: MakeGrid) -> None:
    grid = make_grid()
    grid.sort_by("expires")
    assert ids(grid) == [3, 2, 4, 1]
    grid.sort_by("expires", descending=True)
    assert ids(grid) == [4, 2, 3, 1]


def test_groups_keep_their_rows_and_notes_stay_under_theirs(make_grid: MakeGrid) -> None:
    grid = make_grid()
    note = Note("74 changed to 90")
    grid.set_rows([Group("Medicines"), ROWS[0], note, ROWS[1], Group("Supplies"), ROWS[3]])
    grid.sort_by("on_hand", descending=True)
    shown = [r.id if isinstance(r, Row) else r.words for r in grid.model.shown]
    assert shown == ["Medicines", 2, 1, "74 changed to 90", "Supplies", 4]
    grid.set_filter(lambda r: r.id == 4)
    assert [r.id if isinstance(r, Row) else r.words for r in grid.model.shown] == ["Supplies", 4]


def test_the_bar_stays_on_its_row(make_grid: MakeGrid) -> None:
    grid = make_grid()
    told: list[Row | None] = []
    grid.chosen.connect(told.append)
    grid.choose(4)
    grid.sort_by("on_hand", descending=True)
    assert grid.row == ROWS[3]
    grid.set_filter(lambda r: r.on_hand == 0)
    assert grid.row is not None
    assert grid.row.id in (1, 3)
    grid.set_rows([])
    assert grid.row is None
    assert told[-1] is None


@pytest.mark.parametrize("layout", ["us", "ara"])
def test_keys_move_open_and_edit(make_grid: MakeGrid, layout: str) -> None:
    grid = make_grid()
    grid.set_rows([Group("Medicines"), ROWS[0], Note("why"), ROWS[1]])
    opened: list[Row] = []
    edited: list[tuple[Row, str, str]] = []
    grid.opened.connect(opened.append)
    grid.edited.connect(lambda *told: edited.append(told))
    grid.view.setFocus()
    assert grid.row == ROWS[0]
    press(grid.view, "Down", layout)
    press(grid.view, "Enter", layout)
    assert opened == [ROWS[1]]
    press(grid.view, "9", layout)
    box = grid.view.findChild(QLineEdit)
    assert box is not None
    type_text(box, "0", layout)
    press(box, "Enter", layout)
    assert edited == [(ROWS[1], "ask", "90")]
    press(grid.view, "Up", layout)
    assert grid.row == ROWS[0]


def test_escape_leaves_the_figure_as_it_was(make_grid: MakeGrid) -> None:
    grid = make_grid()
    edited: list[object] = []
    grid.edited.connect(lambda *told: edited.append(told))
    press(grid.view, "7")
    box = grid.view.findChild(QLineEdit)
    assert box is not None
    press(box, "Esc")
    assert edited == []


def test_sorting_by_keys(make_grid: MakeGrid) -> None:
    grid = make_grid()
    press(grid.view, "Ctrl+Right")
    assert grid.model.sorted_by == "state"
    press(grid.view, "Ctrl+Right")
    assert grid.model.sorted_by == "name"
    press(grid.view, "Ctrl+Down")
    assert grid.model.descending


def test_a_copied_row_has_no_invisible_marks(make_grid: MakeGrid) -> None:
    grid = make_grid("ar")
    marked = Row(9, "low", Names(ar=isolate("أموكسيسيلين")), isolate("A-1"), 1204, None,
                 ROWS[0].months, -3)  # fmt: skip
    grid.set_rows([marked])
    press(grid.view, "Ctrl+C", "ara")
    copied = QApplication.clipboard().text()
    assert copied.split("\t")[1:4] == ["أموكسيسيلين, A-1", "1,204", "–"]
    assert not set(copied) & set("\u2066\u2067\u2068\u2069\u200e\u200f")


def test_an_export_has_what_is_seen(make_grid: MakeGrid) -> None:
    grid = make_grid()
    grid.set_filter(lambda r: r.on_hand > 0)
    grid.sort_by("on_hand", descending=True)
    assert grid.headings() == ("State", "Item", "On hand", "Expires", "Months", "Ask for")
    assert [line[2] for line in grid.table()] == ["1,204", "60"]


def test_an_open_panel_hides_the_wide_columns(make_grid: MakeGrid) -> None:
    grid = make_grid()
    grid.set_narrow(True)
    assert grid.view.isColumnHidden(4)
    assert not grid.view.isColumnHidden(3)
    grid.set_narrow(False)
    assert not grid.view.isColumnHidden(4)


@pytest.mark.parametrize(("code", "at_left"), [("en", True), ("ar", False)])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_bar_is_on_the_leading_edge(
    make_grid: MakeGrid, code: str, at_left: bool, name: str
) -> None:
    grid = make_grid(code, name)
    grid.choose(2)
    grid.view.clearFocus()
    image = picture(grid, 800, 360)
    top = grid.view.viewport().mapTo(grid, grid.view.viewport().rect().topLeft()).y()
    band = QRect(0, top + 48 + 4, 800, 40)
    found = columns_with(image, theme.current().color("accent"), band)
    assert found
    edge = range(8) if at_left else range(792, 800)
    assert set(found) & set(edge)


@pytest.mark.parametrize("code", ["en", "ar"])
def test_numbers_stand_at_the_physical_right(make_grid: MakeGrid, code: str) -> None:
    grid = make_grid(code)
    grid.choose(1)
    image = picture(grid, 800, 360)
    view = grid.view
    left = view.columnViewportPosition(2) + 1
    right = left + view.columnWidth(2)
    top = view.viewport().mapTo(grid, view.viewport().rect().topLeft()).y()
    ends = []
    for position in (1, 3):
        cell = QRect(left, top + position * 48 + 4, right - left, 38)
        ends.append(columns_with(image, theme.current().color("ink"), cell)[-1])
    assert abs(ends[0] - ends[1]) <= 3
    assert right - ends[0] < 20


def test_a_hundred_thousand_rows(make_grid: MakeGrid) -> None:
    grid = make_grid()
    many = [row(n, "low", f"Item {n}", "", n, 1) for n in range(100_000)]
    grid.set_rows(many)
    assert grid.choose(99_999)
    assert grid.row == many[-1]
    grid.set_filter(lambda r: r.id % 1000 == 0)
    assert len(grid.visible_rows()) == 100


def test_a_screen_reader_hears_heading_and_value(make_grid: MakeGrid) -> None:
    grid = make_grid()
    index = grid.model.index(3, 2)
    assert index.data(11) == "On hand: 1,204"
    assert grid.model.index(3, 0).data(11) == "State: Over"
    assert grid.view.accessibleName() == "Stock"


def test_a_day_in_a_cell_is_written_in_the_language(make_grid: MakeGrid) -> None:
    grid = make_grid("ar")
    told = grid.model.cell_words(Column("d", "d", value=lambda r: date(2026, 10, 31)), ROWS[0])
    assert told[0] == language("ar").date(date(2026, 10, 31), narrow=True)


@pytest.mark.parametrize("size", theme.TEXT_SIZES)
@pytest.mark.parametrize("width", [700, 900, 1300])
def test_columns_fill_the_table_and_no_more(
    look: None, qapp: QApplication, qtbot: QtBot, size: int, width: int
) -> None:
    dress(qapp, theme.make_theme("light", size), rtl=False)
    grid = Grid(COLUMNS, language("fr"), identity=lambda r: r.id)
    qtbot.addWidget(grid)
    grid.set_rows(ROWS)
    picture(grid, width, 300)
    widths = [grid.view.columnWidth(i) for i in range(len(COLUMNS))]
    room = grid.view.viewport().width()
    assert room - 8 <= sum(widths) <= room
    assert min(widths) > 30
