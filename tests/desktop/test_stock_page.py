"""The Stock page: what each filter tells, the panel that always fits, and what is taken away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.appearance import dress
from desktop.desk import Desk
from desktop.direction import together
from desktop.filters import Filter
from desktop.pages.stock.batch_lines import BatchLines
from desktop.pages.stock.page import StockPage
from desktop.pages.stock.panel import _parts
from desktop.widgets.charts.month_bars import MonthBars
from desktop.widgets.lines import Lines
from inventory.domain.expiry import Expiry
from inventory.domain.status import Status
from inventory.language import plain
from inventory.queries.stock import StockRow
from inventory.queries.stock_filters import FILTERS
from inventory.services.adjusting import change_status, move_place
from inventory.services.items import set_price
from inventory.storage.database import Database
from tests.desktop.conftest import MakeDesk
from tests.ready_clinic import TODAY, ReadyClinic, furnish

CODES = ("en", "ar", "ckb", "fr")


def in_days(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def live(clinic: ReadyClinic, code: str, monthly: int) -> None:
    clinic.receive(code, monthly * 3 + 1, "OLD", in_days(900), on=date(2026, 8, 1))
    for day in (date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)):
        clinic.dispense(code, monthly, on=day)
    clinic.dispense(code, 1, on=date(2026, 11, 1))


@pytest.fixture
def stocked(clinic_database: Database) -> ReadyClinic:
    """A clinic of its own with something of everything."""
    clinic = furnish(clinic_database, "Al-Noor PHC")
    live(clinic, "AMOX", 100)
    clinic.receive("AMOX", 60, "EXP", in_days(-30), on=TODAY - timedelta(days=60))
    for lot, days, quantity in (("SOON", 40, 300), ("MID", 150, 80), ("FAR", 500, 50)):
        clinic.receive("AMOX", quantity, lot, in_days(days))
    clinic.act(change_status, [clinic.held("AMOX", "FAR", 20)], Status.QUARANTINED, "COLD_CHAIN")
    clinic.act(move_place, clinic.held("AMOX", "MID", 30), clinic.places()[1])
    live(clinic, "PARA", 500)
    clinic.receive("PARA", 1250, "P1", in_days(400))
    live(clinic, "DIES", 4000)
    clinic.receive("DIES", 9250, "", None)
    return clinic


MakePage = Callable[..., StockPage]


@pytest.fixture
def make_page(
    qtbot: QtBot, qapp: QApplication, make_desk: MakeDesk, stocked: ReadyClinic
) -> MakePage:
    """The page over the stocked clinic, in a language, at a size of text and of window."""

    def made(
        code: str = "en", *, size: int = 100, wide: int = 1182, high: int = 620
    ) -> StockPage:
        desk = make_desk(code)
        desk.preferences.change(text_size=size)
        desk.clinic = next(row for row in desk.clinics() if row.id == stocked.id)
        dress(qapp, desk.theme, rtl=desk.language.rtl)
        page = StockPage(desk)
        qtbot.addWidget(page)
        page.resize(wide, high)
        page.show()
        settle(qapp)
        return page

    return made


def settle(application: QApplication) -> None:
    for _ in range(5):
        application.processEvents()


def row_of(page: StockPage, code: str) -> StockRow:
    return next(row for row in page.rows if row.item.code == code)


def show(page: StockPage, code: str, qapp: QApplication) -> None:
    page.grid.choose(row_of(page, code).item.id)
    page.open_panel()
    settle(qapp)


def on_hand(page: StockPage, code: str) -> tuple[str, str]:
    column = next(column for column in page.grid.model.columns if column.key == "on_hand")
    main, second = page.grid.model.cell_words(column, row_of(page, code))
    return plain(main).replace("\u00a0", " "), plain(second).replace("\u00a0", " ")


# The list


def test_packs_stand_first_and_units_below(make_page: MakePage) -> None:
    page = make_page()
    assert on_hand(page, "PARA") == ("1 tin + 250", "1,250 tablets")
    assert on_hand(page, "DIES") == ("925.0 litres", "")
    assert on_hand(page, "AMOX") == ("4 boxes + 10", "60 expired")


@pytest.mark.parametrize(
    ("key", "second", "subtitle"),
    [
        ("expired", "60 expired", "1 item, 1 batch, soonest first"),
        ("under_3_months", "300 under 3 months", "1 item, 1 batch, soonest first"),
        ("under_6_months", "80 in 3 to 6 months", "1 item, 2 batches, soonest first"),
        ("expiring", "169 will expire", "1 item, worst first"),
        ("", "60 expired", "3 items, worst first"),
    ],
)
def test_each_filter_tells_how_much_it_is_about(
    make_page: MakePage, key: str, second: str, subtitle: str
) -> None:
    page = make_page()
    page.filters.choose(key)
    assert on_hand(page, "AMOX")[1] == second
    assert plain(page._subtitle.words) == subtitle


def test_with_prices_the_worth_is_told(make_page: MakePage, stocked: ReadyClinic) -> None:
    stocked.act(lambda connection, stamp: set_price(
        connection, stocked.items["AMOX"], 100, 8000))  # fmt: skip
    page = make_page()
    page.open(Filter("under_3_months"))
    assert plain(page._subtitle.words) == "1 item, 1 batch, worth 24,000 dinars"
    page.open(Filter("expiring"))
    assert plain(page._subtitle.words) == "1 item, 13,520 dinars will be lost"


def test_the_act_on_expired_stock_is_offered_only_there(
    make_page: MakePage, stocked: ReadyClinic
) -> None:
    page = make_page()
    assert not page.foot.isVisible()
    page.open(Filter("expired"))
    assert page.foot.isVisible()
    assert plain(page.foot.told.words) == "1 expired batch is still on the shelf"
    page.finish()
    assert not page.foot.isVisible()
    assert stocked.stock("AMOX")[("EXP", Status.EXPIRED)] == 60


def test_a_kind_is_kept_beside_the_pill(make_page: MakePage) -> None:
    page = make_page()
    page.filters.set_kind("fuel")
    assert [row.item.code for row in page.grid.visible_rows()] == ["DIES"]
    assert page.filters.kinds.words == "Fuel"
    counts = {b.pill.key: b.counted for b in page.filters.pills.buttons}
    assert (counts[""], counts["expired"]) == ("1", "0")
    page.back()
    assert len(page.grid.visible_rows()) == 3
    assert page.filters.kinds.words == "All kinds"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("size", [100, 130])
def test_all_pills_stand_side_by_side(make_page: MakePage, code: str, size: int) -> None:
    page = make_page(code, size=size, wide=1366 - theme.make_theme("light", size).px(184))
    places = sorted(
        (button.geometry() for button in page.filters.pills.buttons), key=lambda g: g.left()
    )
    assert all(a.right() < b.left() for a, b in pairwise(places))
    assert places[0].left() >= 0
    assert places[-1].right() <= page.filters.pills.width()
    assert len(places) == len(FILTERS) + 1


def test_quiet_figures_give_way_to_large_letters(make_page: MakePage) -> None:
    def hidden(page: StockPage) -> int:
        view = page.grid.view
        return sum(view.isColumnHidden(n) for n in range(len(page.grid.model.columns)))

    assert hidden(make_page()) == 0
    assert hidden(make_page(size=130)) == 4


# The panel


@pytest.mark.parametrize(
    ("code", "size"), [("en", 100), ("ar", 115), ("fr", 130), ("ckb", 130), ("fr", 100)]
)
@pytest.mark.parametrize("high", [480, 620])
def test_the_panel_always_fits(
    make_page: MakePage, qapp: QApplication, code: str, size: int, high: int
) -> None:
    page = make_page(code, size=size, high=high)
    show(page, "AMOX", qapp)
    panel = page.panel
    layout = panel.layout()
    assert layout is not None
    assert layout.totalHeightForWidth(panel.width()) <= panel.height()
    parts = [part for part in _parts(panel.body) if part.isVisible()]
    assert parts
    for part in parts:
        assert panel.rect().contains(part.geometry())
        if isinstance(part, Lines):
            assert part.height() >= part.sizeHint().height()


def test_figures_and_what_does_not_count(make_page: MakePage, qapp: QApplication) -> None:
    page = make_page()
    show(page, "AMOX", qapp)
    told = [part.text() for part in _parts(page.panel.body) if isinstance(part, QLabel)]
    assert [plain(words) for words in told[:7]] == [
        "On hand", "410", "Usable in time", "241", "Will expire unused", "169",
        "Not counted: 20 held, 60 expired",
    ]  # fmt: skip


def test_batches_say_what_is_wrong_and_where(
    make_page: MakePage, stocked: ReadyClinic
) -> None:
    page = make_page()
    row = row_of(page, "AMOX")
    (lines,) = [w for w in BatchLines(page.desk).widgets(row, {}, 9) if isinstance(w, Lines)]
    said = [line.split(", ") for line in lines.accessibleDescription().splitlines()]
    assert [(line[0], line[2], line[3]) for line in said] == [
        ("EXP", "60", "Expired"), ("SOON", "300", "Pharmacy"), ("MID", "50", "Pharmacy"),
        ("MID", "30", "Store"), ("FAR", "20", "Held"), ("FAR", "30", "Pharmacy"),
    ]  # fmt: skip


def test_what_is_not_shown_is_counted(make_page: MakePage, qapp: QApplication) -> None:
    page = make_page()
    row = row_of(page, "AMOX")
    *_, rest = BatchLines(page.desk).widgets(row, {}, 2)
    assert isinstance(rest, QLabel)
    assert plain(rest.text()) == "4 more batches with 130"
    few = list(BatchLines(page.desk).widgets(row, {}, 9))
    assert [type(part) for part in few] == [Lines]


def test_a_scanned_batch_is_shown_even_when_it_is_far_down(make_page: MakePage) -> None:
    page = make_page()
    row = row_of(page, "AMOX")
    (lines, _) = BatchLines(page.desk).widgets(row, {}, 2, scanned="MID")
    assert isinstance(lines, Lines)
    assert [lot.lot for lot in lines.rows] == ["EXP", "MID"]


def test_one_place_is_told_once(make_page: MakePage) -> None:
    page = make_page()
    batches = BatchLines(page.desk)
    assert batches.only_place(row_of(page, "PARA")) == "Pharmacy"
    assert batches.only_place(row_of(page, "AMOX")) == ""


def test_why_stays_when_there_is_little_room(make_page: MakePage, qapp: QApplication) -> None:
    page = make_page(size=130, high=480)
    page.grid.choose(row_of(page, "AMOX").item.id)
    page.show_why()
    settle(qapp)
    parts = list(_parts(page.panel.body))
    assert any(isinstance(part, MonthBars) for part in parts)
    told = [plain(part.text()) for part in parts if isinstance(part, QLabel)]
    assert told[0] == "Why 100 a month"
    assert told[-1].replace("\u00a0", " ") == "300 used in 3 months: 300 ÷ 3.000 = 100"
    assert " = " not in told[-1]


def test_fuel_is_told_in_litres(make_page: MakePage, qapp: QApplication) -> None:
    page = make_page()
    show(page, "DIES", qapp)
    told = [plain(part.text()) for part in _parts(page.panel.body) if isinstance(part, QLabel)]
    assert "925.0" in told
    assert any(words.startswith("1,200.0 used in 3 months") for words in told)


# Taking away


def test_the_same_columns_are_exported_as_values(make_page: MakePage) -> None:
    page = make_page()
    headings, rows = page.columns.exported(page.grid.visible_rows())
    by_code = {row[2]: dict(zip(headings, row, strict=True)) for row in rows}
    assert len(by_code) == 3
    amox = by_code["AMOX"]
    assert amox["On hand"] == 410
    assert amox["Expires"] == Expiry.from_iso(in_days(40))
    assert amox["Months"] == Fraction(41, 10)
    assert (amox["Expired"], amox["Held"], amox["Will expire"]) == (60, 20, 169)
    assert by_code["DIES"]["On hand"] == Fraction(925)


def test_exported_words_have_no_marks(make_page: MakePage) -> None:
    page = make_page("ar")
    _, rows = page.columns.exported(page.grid.visible_rows())
    assert all(plain(value) == value for row in rows for value in row if isinstance(value, str))


# Direction


def test_packs_and_rest_read_in_the_windows_direction(make_page: MakePage) -> None:
    """Every letter of "12 boxes + 4" stands in an isolate: the window orders them."""
    make_page("ar")
    parts = "\u206812 علبة\u2069 + \u20664\u2069"
    assert together(parts).startswith("\u2067")
    assert together("\u2066DSP-1\u2069 صرف").startswith("\u2068")
    assert together("−30").startswith("\u2068")


def test_an_empty_clinic_says_what_to_do_first(
    qtbot: QtBot, qapp: QApplication, make_desk: Callable[..., Desk]
) -> None:
    page = StockPage(make_desk())
    qtbot.addWidget(page)
    page.show()
    settle(qapp)
    assert page.stack.currentIndex() == 1
    page.enter()
    page.step(1)
    page.show_card()
    assert page.over is None
