"""Today: six tiles that lead to their lists, what to do first, and the cover of vital items."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from fractions import Fraction

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout

from desktop import theme
from desktop.desk import Desk
from desktop.direction import text_width
from desktop.filters import Filter
from desktop.fonts import font
from desktop.keys import Key
from desktop.page import Page
from desktop.pages.today.backup_line import backup_line, paper_key_line
from desktop.pages.today.rights import for_person, seen_by
from desktop.pages.today.task_list import TaskList
from desktop.pages.today.wording import Day, Line, line_of
from desktop.widgets.card import Card
from desktop.widgets.charts.cover import CoverChart, CoverRow, Months
from desktop.widgets.labels import label
from desktop.widgets.tile import Tile
from inventory.domain.months import Month
from inventory.domain.roles import Permission
from inventory.domain.sentence import N_
from inventory.queries.do_first import MOST
from inventory.queries.today import Today, Vital, today_facts

LOW_WINDOW = 720
SHOWN = 9
ROW_OF_CHART = 35

_TILES = (
    ("cancel", "expired", N_("Expired"), "stock", Filter("expired")),
    ("timer-sand", "amber", N_("Expiring"), "stock", Filter("under_3_months")),
    ("close-circle-outline", "red", N_("Out"), "stock", Filter("out")),
    ("arrow-down-circle-outline", "amber", N_("Low"), "stock", Filter("low")),
    ("truck-delivery-outline", "accent", N_("Deliveries expected"), "receive", None),
    ("clipboard-list-outline", "accent", N_("Orders to make"), "order", None),
)


class TodayPage(Page):
    key = "today"
    placeholder = N_("Scan a pack, or type a name or code")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        px = theme.current().px
        self._facts: Today | None = None
        tiles = QHBoxLayout()
        tiles.setSpacing(px(13))
        self.tiles = [self._tile(number) for number in range(len(_TILES))]
        for tile in self.tiles:
            tiles.addWidget(tile)
        self.body.addLayout(tiles)
        if desk.safety is not None:
            desk.safety.backups.changed.connect(self._data_changed)
        under = QHBoxLayout()
        under.setSpacing(px(14))
        under.addWidget(self._do_first(), 11)
        under.addWidget(self._vital(), 10)
        self.body.addLayout(under, 1)

    def _tile(self, number: int) -> Tile:
        icon, tone, words, page, what = _TILES[number]
        tile = Tile(icon, tone, self.desk.say(words), f"Alt+{number + 1}")
        tile.clicked.connect(lambda: self.desk.open_page(page, what))
        return tile

    def _do_first(self) -> Card:
        card = Card(self.desk.say("Do first"))
        card.top.addStretch(0)
        layout = card.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setContentsMargins(0, theme.current().px(12), 0, theme.current().px(6))
            card.top.setContentsMargins(theme.current().px(18), 0, theme.current().px(18), 0)
        self.tasks = TaskList(self.desk.language)
        self.tasks.chosen.connect(self._act)
        self.room = QScrollArea()
        self.room.setWidgetResizable(True)
        self.room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tasks.setObjectName("inside")
        self.room.setWidget(self.tasks)
        card.body.addWidget(self.room)
        self.copies = label("", "second", wrap=True)
        self.copies.setContentsMargins(theme.current().px(18), 0, theme.current().px(18), 0)
        self.copies.hide()
        card.body.addWidget(self.copies)
        return card

    def _vital(self) -> Card:
        self.cover_card = Card(self.desk.say("Vital items: months of stock"), " ")
        self.chart = CoverChart(self.desk.language)
        self.cover_card.body.addWidget(self.chart)
        return self.cover_card

    def refresh(self) -> None:
        facts = self.desk.ask(today_facts, self.desk.clinic.id, self.desk.today)
        day = Day(self.desk.language, self.desk.today, _order_for(facts, self.desk.today))
        lines = self._with_backup([
            for_person(self.desk, task, line_of(task, day))
            for task in facts.tasks if seen_by(self.desk, task)
        ])  # fmt: skip
        self.desk.waiting("today", len(lines))
        self.desk.waiting("receive", facts.half_scanned)
        self.set_subtitle(self._summary(len(lines), facts))
        for tile, (number, third) in zip(self.tiles, self._tile_words(facts, day), strict=True):
            tile.show_number(self.desk.language.number(number), third)
        self.tasks.set_lines(lines, self._calm(facts))
        self._show_cover(facts)

    def _with_backup(self, lines: list[Line]) -> list[Line]:
        """The line about backups comes after all that can hurt a patient, if there is room."""
        safety = self.desk.safety
        shown = safety is not None and safety.backups.known and not self.desk.practice
        self.copies.setVisible(shown)
        if safety is None or not shown:
            return lines
        state, now = safety.backups.now, time.time_ns() // 1_000_000
        self.copies.setText(self.desk.tell(state.long(now)))
        line = backup_line(state, now)
        if line is not None and not self.desk.may(Permission.BACK_UP):
            line = replace(line, act="")
        more = [] if line is None else [line]
        if safety.lacks_paper_key and self.desk.may(Permission.EXPORT_KEYS):
            more.append(paper_key_line())
        return [*lines, *more][:MOST]

    def _calm(self, facts: Today) -> str:
        """The line under the last thing to do; alone when there is none."""
        if facts.calm_until is None and facts.tasks:
            return self.desk.say("Nothing else is due.")
        if facts.calm_until is None:
            return self.desk.say("Nothing is due.")
        day = self.desk.language.weekday_date(facts.calm_until)
        if facts.tasks:
            return self.desk.say("Nothing else is due before {day}", day=day)
        return self.desk.say("Nothing is due before {day}", day=day)

    def _summary(self, tasks: int, facts: Today) -> str:
        count = self.desk.count
        things = count("{n} thing to do.", "{n} things to do.", tasks)
        visits = count("{n} visit so far,", "{n} visits so far,", facts.visits)
        lines = count("{n} line dispensed.", "{n} lines dispensed.", facts.lines)
        return self.desk.say("{things} {visits} {lines}", things=things, visits=visits,
                             lines=lines)  # fmt: skip

    def _tile_words(self, facts: Today, day: Day) -> list[tuple[int, str]]:
        count, say = self.desk.count, self.desk.say
        return [
            (facts.expired, count("{n} still on the shelf", "{n} still on the shelf",
                                  facts.expired_on_shelf)),
            (facts.expiring, count("{n} will not be used in time", "{n} will not be used in time",
                                   facts.at_risk)),
            (facts.out, count("{n} is vital", "{n} are vital", facts.out_vital)),
            (facts.low, say("under {months} months", months=facts.min_months)),
            (facts.deliveries, count("{n} half scanned", "{n} half scanned", facts.half_scanned)),
            (facts.orders_due, self._when(facts, day)),
        ]  # fmt: skip

    def _when(self, facts: Today, day: Day) -> str:
        """When the next order is due, and for which month once it is."""
        month = self.desk.language.month_name(day.order_for)
        if facts.next_order is None:
            return self.desk.say("{month}, due today", month=month) if facts.orders_due else ""
        if not facts.orders_due:
            return self.desk.say("due {day}", day=facts.next_order)
        if facts.next_order == day.today:
            return self.desk.say("{month}, due today", month=month)
        due = self.desk.language.day(facts.next_order)
        return self.desk.say("{month}, due {day}", month=month, day=due)

    def _show_cover(self, facts: Today) -> None:
        """As many vital items as can be read, shortest cover first."""
        self._facts = facts
        px = theme.current().px
        fitting = (self.chart.height() - px(26)) // px(ROW_OF_CHART)
        shown = facts.vital[: max(3, min(SHOWN, fitting))]
        self.chart.set_rows([self._cover_row(vital, facts) for vital in shown])
        quiet = self.desk.say("{shown} of {all}, shortest first", shown=len(shown),
                              all=len(facts.vital))  # fmt: skip
        title = text_width(self.cover_card.title.text(), font(17, 600))
        room = self.cover_card.width() - px(46) - title
        fits = text_width(quiet, font(13)) <= room
        self.cover_card.set_quiet(quiet if shown and fits else "")

    def _cover_row(self, vital: Vital, facts: Today) -> CoverRow:
        months = Months(vital.months if vital.months is not None else Fraction(0),
                        facts.min_months, facts.max_months, vital.state.value)  # fmt: skip
        return CoverRow(self.desk.name(vital.names), months)

    def _act(self, line: Line) -> None:
        if line.act:
            self.desk.open_page(line.page, line.what)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: ask again each time, for work left half done is kept without a word.

        The first thing is highlighted, so that Ctrl+1 and Enter always do it.
        """
        self._stale = True
        self.tasks.at = 0
        super().showEvent(event)

    def enter(self) -> None:
        self.tasks.act()

    def step(self, rows: int) -> None:
        self.tasks.step(rows)
        middle = self.tasks.here.center()
        self.room.ensureVisible(0, middle.y(), 0, self.tasks.here.height() // 2)

    def keys(self) -> tuple[Key, ...]:
        chords = tuple(
            Key(f"Alt+{number + 1}", words, self.tiles[number].click)
            for number, (_, _, words, _, _) in enumerate(_TILES)
        )
        return (*chords, Key("Enter", N_("Do the highlighted thing")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        window = self.window()
        for tile in self.tiles:
            tile.set_low(window.height() < theme.current().px(LOW_WINDOW))
        QTimer.singleShot(0, self, self._fit_cover)

    def _fit_cover(self) -> None:
        if self._facts is not None:
            self._show_cover(self._facts)


def _order_for(facts: Today, today: date) -> Month:
    """The month the next order is made for: the one after it is due."""
    return Month.of(max(facts.next_order or today, today)).next()
