"""The security log: what was done to people, rights, keys and copies, newest first."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from desktop import theme
from desktop.desk import Desk
from desktop.exporting import MAY, take_out
from desktop.keys import Key
from desktop.pages.settings.section import Section
from desktop.people.event_words import particulars
from desktop.rights import allowed, only
from desktop.saving import offered
from desktop.widgets.buttons import Button
from desktop.widgets.field import LineBox
from desktop.widgets.filter_pills import FilterPills, Pill
from desktop.widgets.grid import Grid
from desktop.widgets.grid.columns import Cell, Column
from inventory.domain.folding import fold
from inventory.domain.security import TITLES, SecurityEvent
from inventory.domain.sentence import N_
from inventory.exchange import table_writer
from inventory.exchange.workbook import write_table
from inventory.language import plain
from inventory.queries.security import EventRow, events

S = SecurityEvent
TITLE = N_("Security log")
LONGEST = 80
_KINDS: tuple[tuple[str, str, frozenset[SecurityEvent]], ...] = (
    ("", N_("All"), frozenset(SecurityEvent)),
    ("in", N_("Signing in"), frozenset({S.SIGNED_IN, S.SIGN_IN_REFUSED, S.SIGNED_OUT,
                                        S.PAPER_KEY_USED})),
    ("people", N_("People"), frozenset({S.PERSON_ADDED, S.ROLES_CHANGED, S.PERSON_RETIRED,
                                        S.PASSWORD_CHANGED, S.PIN_CHANGED})),
    ("second", N_("Second person"), frozenset({S.CONFIRMED, S.DONE_ALONE})),
    ("emergency", N_("Emergency"), frozenset({S.EMERGENCY_ISSUE})),
    ("out", N_("Taken out"), frozenset({S.EXPORTED, S.EVACUATED})),
    ("keys", N_("Keys and copies"), frozenset({
        S.PROTECTED, S.PAPER_KEY_MADE, S.OFFICE_KEY_SET, S.RESTORED, S.STREAM_OPENED,
        S.COPY_FOUND, S.MOVED, S.CLOCK_ACCEPTED, S.SETTINGS_CHANGED})),
)  # fmt: skip


class SecuritySection(Section):
    """Filtered by kind and by the beginning of a name."""

    hint = N_("Newest first. Nothing here can be changed or removed.")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, TITLE)
        self.card.hide()
        self.rows: list[EventRow] = []
        px, say = theme.current().px, desk.say
        self.pills = FilterPills([Pill(key, say(words)) for key, words, _ in _KINDS])
        self.pills.changed.connect(lambda _: self._filter())
        self.name = LineBox(placeholder=say("Name of a person"))
        self.name.setAccessibleName(say("Name of a person"))
        self.name.setMaxLength(LONGEST)
        self.name.textChanged.connect(lambda _: self._filter())
        self.export_button = only(desk, Button(say("Export"), "Ctrl+E", small=True,
                                               icon="table-arrow-up", run=self.export),
                                  MAY)  # fmt: skip
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.name, 1)
        row.addWidget(self.export_button)
        self.grid = Grid(self._columns(), desk.language, identity=lambda r: r.uid,
                         name=say(TITLE))  # fmt: skip
        self.stack.insertWidget(0, self.pills)
        self.stack.insertLayout(1, row)
        self.stack.insertWidget(2, self.grid, 1)
        self.stack.setStretch(self.stack.count() - 1, 0)
        desk.committed.connect(self.refresh)

    def _columns(self) -> tuple[Column, ...]:
        language, say = self.desk.language, self.desk.say

        def what(row: EventRow) -> Cell:
            return Cell(say(TITLES[row.event]), particulars(row, language))

        def when(row: EventRow) -> str:
            return language.moment(row.recorded_at)

        return (
            Column("when", N_("When"), "faint", 208, when, lambda r: r.recorded_at),
            Column("what", N_("What"), "item", 0, what, lambda r: say(TITLES[r.event])),
            Column("user", N_("Who"), "text", 140, lambda r: r.user or None),
            Column("second", N_("Second person"), "text", 140, lambda r: r.second),
        )

    def begin(self) -> None:
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: something was done while a sheet or another page stood in front."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Ask again, while somebody looks."""
        if self.isVisible():
            self.rows = self.desk.ask(events)
            self._filter()

    def _filter(self) -> None:
        kinds = next(kinds for key, _, kinds in _KINDS if key == self.pills.chosen)
        wanted = fold(self.name.text())
        named = [row for row in self.rows
                 if not wanted or any(wanted in fold(name) for name in _names(row))]  # fmt: skip
        counts = {key: sum(row.event in these for row in named) for key, _, these in _KINDS}
        self.pills.set_counts(counts, self.desk.language)
        self.grid.set_rows([row for row in named if row.event in kinds])
        if self.grid.row is None:
            self.grid.choose_first()

    def export(self) -> None:
        """What is seen, with the same columns and the particulars beside them."""
        if not allowed(self.desk, MAY):
            return
        say, language = self.desk.say, self.desk.language
        name, _ = QFileDialog.getSaveFileName(
            self, say("Export what is seen"), offered(f"security-log-{self.desk.today}.xlsx"),
            "XLSX (*.xlsx);;CSV (*.csv)",
        )  # fmt: skip
        if not name:
            return
        shown = self.grid.visible_rows()
        words = (N_("When"), N_("What"), N_("Particulars"), N_("Who"), N_("Second person"))
        columns = [table_writer.Column(say(heading)) for heading in words]
        rows = [
            [plain(language.moment(r.recorded_at)), say(TITLES[r.event]),
             plain(particulars(r, language)), r.user, r.second]
            for r in shown
        ]  # fmt: skip
        take_out(self.desk, TITLE, len(rows),
                 lambda: write_table(name, say(TITLE), columns, rows, language))  # fmt: skip

    def keys(self) -> tuple[Key, ...]:
        pills = tuple(Key(f"Alt+{n}", words, partial(self.pills.choose_number, n))
                      for n, (_, words, _) in enumerate(_KINDS, 1))  # fmt: skip
        return (
            *pills,
            Key("Alt+M", N_("Name of a person"), self.name.setFocus),
            Key("Ctrl+E", N_("Export what is seen"), self.export, (MAY,)),
        )


def _names(row: EventRow) -> tuple[str, ...]:
    """Who did it, who confirmed it, and whom it was about."""
    return row.user, row.second, str(row.says.get("person", ""))
