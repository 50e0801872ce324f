"""The first page: words of every kind of task in every language, and room for them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.appearance import dress
from desktop.filters import Filter
from desktop.pages.today import page as today_page
from desktop.pages.today.page import TodayPage
from desktop.pages.today.task_list import TaskList
from desktop.pages.today.wording import Day, Line, line_of
from inventory.domain.expiry import Expiry
from inventory.domain.months import Month
from inventory.domain.names import Names
from inventory.domain.stock_state import StockState
from inventory.language import language, plain
from inventory.queries.do_first import Task, TaskKind, Unfinished
from inventory.queries.items import ItemRow
from inventory.queries.today import Today, Vital
from tests.desktop.conftest import TODAY, MakeDesk

CODES = ("en", "ar", "ckb", "fr")
INSULIN = Names("Insulin 30/70", "إنسولين 30/70", "ئینسولین 30/70", "Insuline 30/70")
ITEM = ItemRow(1, "INSX", INSULIN, "", "", "", "medicine", "vial", "V", "", "", 10, None, "",
               None, None, None, True)  # fmt: skip
OTHER = replace(ITEM, id=2, code="SALB", names=Names("Salbutamol", "سالبوتامول"))
NOON = 1_795_348_800_000

TASKS = {
    TaskKind.EXPIRED: Task(TaskKind.EXPIRED, 2, ITEM, OTHER, expiry=Expiry.of_month(2026, 10)),
    TaskKind.RECALLED: Task(TaskKind.RECALLED, 1, ITEM, lot="AX0091"),
    TaskKind.EMERGENCY: Task(TaskKind.EMERGENCY, 2, since=date(2026, 11, 19),
                             order="DSP-2026-000412", who="Omar"),
    TaskKind.VITAL_OUT: Task(TaskKind.VITAL_OUT, 1, ITEM, since=date(2026, 11, 19)),
    TaskKind.VITAL_OUT_COMING: Task(TaskKind.VITAL_OUT_COMING, 3, ITEM, OTHER, 40,
                                    since=date(2026, 11, 19), order="ORD-2026-00031"),
    TaskKind.HALF_DONE: Task(TaskKind.HALF_DONE, 1,
                             draft=Unfinished("receive", 7, 11, "DoH Nineveh", NOON)),
    TaskKind.FIRST_DELIVERY: Task(TaskKind.FIRST_DELIVERY, 1),
    TaskKind.FIRST_IMPORT: Task(TaskKind.FIRST_IMPORT, 1),
    TaskKind.ORDER_DUE: Task(TaskKind.ORDER_DUE, 38, since=date(2026, 10, 25)),
    TaskKind.WILL_EXPIRE: Task(TaskKind.WILL_EXPIRE, 6, ITEM, quantity=918,
                               expiry=Expiry.of_day(date(2026, 12, 31))),
    TaskKind.VITAL_LOW: Task(TaskKind.VITAL_LOW, 4, ITEM, months=Fraction(153, 100)),
    TaskKind.FUEL_LOW: Task(TaskKind.FUEL_LOW, 1, ITEM, months=None),
}  # fmt: skip


def day(code: str) -> Day:
    return Day(language(code), TODAY, Month(2026, 12))


def words(task: Task, code: str = "en") -> tuple[str, str]:
    line = line_of(task, day(code))
    tell = language(code).tell
    return plain(tell(line.title)), plain(tell(line.second))


def facts(*tasks: Task, vital: int = 12) -> Today:
    """A busy day with these tasks and so many vital items."""
    cover = tuple(
        Vital(n, Names(f"Sodium chloride 0.9 % infusion, {n} mL bottle"), Fraction(n, 3),
              StockState.LOW)
        for n in range(vital)
    )  # fmt: skip
    return Today(
        expired=4, expired_on_shelf=2, expiring=11, at_risk=6, out=5, out_vital=2, low=9,
        min_months=Fraction(2), max_months=Fraction(3), deliveries=2, half_scanned=1,
        orders_due=1, next_order=TODAY, calm_until=date(2026, 11, 30), tasks=tasks, vital=cover,
        visits=46, lines=118,
    )  # fmt: skip


MakePage = Callable[..., TodayPage]


@pytest.fixture
def make_page(
    qtbot: QtBot, qapp: QApplication, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> MakePage:
    """The page over given facts, in a language, at a size of text and of window."""

    def made(
        found: Today, code: str = "en", *, size: int = 100, wide: int = 1182, high: int = 620
    ) -> TodayPage:
        monkeypatch.setattr(today_page, "today_facts", lambda *args: found)
        desk = make_desk(code)
        desk.preferences.change(text_size=size)
        dress(qapp, desk.theme, rtl=desk.language.rtl)
        page = TodayPage(desk)
        qtbot.addWidget(page)
        page.resize(wide, high)
        page.show()
        for _ in range(5):
            qapp.processEvents()
        return page

    return made


# Words


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", list(TaskKind))
def test_every_task_has_words_in_every_language(kind: TaskKind, code: str) -> None:
    task = TASKS[kind]
    for count in {task.count, 1, 2, 11}:
        title, second = words(replace(task, count=count), code)
        assert title
        assert second
        assert not set("{}") & set(title + second)


@pytest.mark.parametrize(
    ("kind", "title", "second"),
    [
        (TaskKind.EXPIRED, "Take 2 expired batches off the shelf",
         "Insulin 30/70 and Salbutamol, expired 10/2026"),
        (TaskKind.RECALLED, "1 recalled batch still stands as usable",
         "Insulin 30/70, batch AX0091"),
        (TaskKind.EMERGENCY, "2 emergency issues to look at",
         "DSP-2026-000412 by Omar, 19 Nov 2026"),
        (TaskKind.VITAL_OUT, "Insulin 30/70 has been out for 3 days", "Vital. None is on order."),
        (TaskKind.VITAL_OUT_COMING, "3 vital items are out of stock",
         "Insulin 30/70, on order: 40 vials, ORD-2026-00031"),
        (TaskKind.ORDER_DUE, "Make the order for December",
         "38 lines proposed. Last order 25 Oct 2026"),
        (TaskKind.WILL_EXPIRE, "6 items will not be used in time",
         "Insulin 30/70: 918 vials will expire, the first by 31 Dec 2026"),
        (TaskKind.VITAL_LOW, "4 vital items are low", "Insulin 30/70: 1.5 months of stock"),
        (TaskKind.FUEL_LOW, "Insulin 30/70 is low", "Insulin 30/70: 0.0 months of stock"),
    ],
)  # fmt: skip
def test_what_it_says(kind: TaskKind, title: str, second: str) -> None:
    told = words(TASKS[kind])
    assert (told[0], told[1].replace("\u00a0", " ")) == (title, second)


def test_one_vital_item_is_named_with_what_brings_it() -> None:
    task = replace(TASKS[TaskKind.VITAL_OUT_COMING], count=1, second=None)
    title, second = words(task)
    assert title == "Insulin 30/70 has been out for 3 days"
    assert second.replace("\u00a0", " ") == "Vital. On order: 40 vials, ORD-2026-00031"
    assert words(replace(task, since=TODAY))[0] == "Insulin 30/70 is out"


def test_a_draft_says_how_far_it_is_and_when_it_was_kept() -> None:
    task = TASKS[TaskKind.HALF_DONE]
    title, second = words(task)
    assert title == "Go on with the delivery from DoH Nineveh"
    assert second.startswith("7 of 11 lines scanned, saved at ")
    draft = task.draft
    assert draft is not None
    old = replace(task, draft=replace(draft, party="", awaited=0, changed_at=NOON - 10**9))
    title, second = words(old)
    assert title == "Go on with the delivery"
    assert second.startswith("7 lines, saved at ")
    assert "Nov 2026" in second
    basket = replace(task, draft=replace(draft, kind="dispense", awaited=0))
    assert words(basket)[0] == "Go on with the basket"
    assert words(replace(basket, count=2))[0] == "2 baskets wait"


def test_one_item_is_opened_itself_and_several_as_their_list() -> None:
    out = TASKS[TaskKind.VITAL_OUT]
    assert line_of(out, day("en")).what == ITEM.id
    assert line_of(replace(out, count=2, second=OTHER), day("en")).what == Filter("out")
    assert line_of(TASKS[TaskKind.EXPIRED], day("en")).what == Filter("expired")


# The page


def test_tiles_say_their_numbers_and_a_second_fact(make_page: MakePage) -> None:
    page = make_page(facts())
    assert [(tile.number, plain(tile.third)) for tile in page.tiles] == [
        ("4", "2 still on the shelf"), ("11", "6 will not be used in time"), ("5", "2 are vital"),
        ("9", "under 2 months"), ("2", "1 half scanned"), ("1", "December, due today"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "third"),
    [
        ({"next_order": date(2026, 11, 24)}, "December, due 24 Nov"),
        ({"next_order": date(2026, 12, 20), "orders_due": 0}, "due 20 Dec 2026"),
        ({"next_order": None, "orders_due": 0}, ""),
        ({"next_order": None}, "December, due today"),
    ],
)
def test_when_the_next_order_is_due(
    make_page: MakePage, changes: dict[str, object], third: str
) -> None:
    page = make_page(replace(facts(), **changes))
    assert plain(page.tiles[5].third) == third


def test_the_first_thing_is_highlighted_and_enter_does_it(make_page: MakePage) -> None:
    page = make_page(facts(TASKS[TaskKind.EXPIRED], TASKS[TaskKind.ORDER_DUE]))
    wanted: list[tuple[str, object]] = []
    page.desk.page_wanted.connect(lambda key, what: wanted.append((key, what)))
    page.enter()
    page.step(1)
    page.enter()
    page.step(5)
    page.enter()
    assert wanted == [("stock", Filter("expired")), ("order", None), ("order", None)]


def test_a_click_does_the_thing_under_it(make_page: MakePage) -> None:
    page = make_page(facts(TASKS[TaskKind.EXPIRED], TASKS[TaskKind.ORDER_DUE]))
    wanted: list[str] = []
    page.desk.page_wanted.connect(lambda key, _: wanted.append(key))
    page.tasks.step(1)
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(page.tasks, left, pos=QPoint(60, page.tasks.here.center().y()))
    QTest.mouseClick(page.tasks, left, pos=QPoint(60, page.tasks.height() - 3))
    assert wanted == ["order"]


@pytest.mark.parametrize(
    ("changes", "calm"),
    [
        ({}, "Nothing else is due before Mon 30 Nov 2026"),
        ({"calm_until": None}, "Nothing else is due."),
        ({"tasks": ()}, "Nothing is due before Mon 30 Nov 2026"),
        ({"tasks": (), "calm_until": None}, "Nothing is due."),
    ],
)
def test_what_comes_after(make_page: MakePage, changes: dict[str, object], calm: str) -> None:
    page = make_page(replace(facts(TASKS[TaskKind.EXPIRED]), **changes))
    assert plain(page.tasks.calm) == calm


def test_nothing_to_do_leaves_only_the_check(make_page: MakePage) -> None:
    page = make_page(facts())
    page.enter()
    page.step(1)
    assert page.tasks.lines == ()
    assert page.tasks.accessibleDescription().endswith("Nothing is due before Mon 30 Nov 2026")


def test_the_vital_items_with_the_shortest_cover_are_drawn(make_page: MakePage) -> None:
    page = make_page(facts())
    assert len(page.chart.rows) == today_page.SHOWN
    assert plain(page.cover_card.quiet.text()) == "9 of 12, shortest first"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("size", [100, 115, 130])
@pytest.mark.parametrize("high", [500, 620])
def test_five_things_have_room_at_any_size(
    make_page: MakePage, code: str, size: int, high: int
) -> None:
    five = tuple(TASKS[kind] for kind in list(TaskKind)[:5])
    page = make_page(facts(*five), code, size=size, high=high)
    least = theme.current().px(46)
    assert page.tasks.here.height() >= least
    assert page.height() == high
    assert page.minimumSizeHint().height() <= high
    for _ in five:
        page.step(1)
    top = page.tasks.mapTo(page.room.viewport(), page.tasks.here.topLeft()).y()
    bottom = top + page.tasks.here.height()
    assert top >= -1
    assert bottom <= page.room.viewport().height() + 1


@pytest.mark.parametrize("code", ["en", "ar"])
def test_rows_are_mirrored(
    qtbot: QtBot, qapp: QApplication, make_desk: MakeDesk, code: str
) -> None:
    desk = make_desk(code)
    dress(qapp, desk.theme, rtl=desk.language.rtl)
    tasks = TaskList(desk.language)
    qtbot.addWidget(tasks)
    tasks.set_lines([line_of(TASKS[TaskKind.EXPIRED], day(code))], "")
    tasks.resize(600, 140)
    tasks.show()
    qapp.processEvents()
    image = _grab(tasks)
    accent = theme.current().color("accent").rgb()
    bar = 1 if code == "en" else 598
    assert image.pixel(bar, 20) == accent
    assert image.pixel(599 - bar, 20) != accent


def _grab(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def test_a_screen_reader_hears_the_same(make_page: MakePage) -> None:
    page = make_page(facts(TASKS[TaskKind.EXPIRED]))
    told = page.tasks.accessibleDescription().splitlines()
    assert told[0] == (
        "Take 2 expired batches off the shelf. Insulin 30/70 and Salbutamol, expired 10/2026"
    )
    assert isinstance(page.tasks.lines[0], Line)
