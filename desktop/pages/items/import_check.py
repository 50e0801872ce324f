"""The dry run: the file, four counts, only the rows that need eyes, and the button that acts."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.direction import Side
from desktop.pages.items.import_kinds import ImportKind
from desktop.pages.items.import_parts import ColumnChips, Count
from desktop.pages.items.import_rows import COLUMNS, Reviewer
from desktop.pages.items.import_work import Checked
from desktop.widgets.buttons import Button, finish_button, link_button
from desktop.widgets.card import Card, clear
from desktop.widgets.grid import Grid
from desktop.widgets.labels import icon_label, label
from inventory.exchange.columns import NOT_USED


class CheckView(QWidget):
    """`columns_wanted` and `refused_wanted` are Alt+C and Alt+S; `go` is the finishing button."""

    columns_wanted = Signal()
    refused_wanted = Signal()
    go = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        px = theme.current().px
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(11))
        whole.addWidget(self._file_card())
        whole.addLayout(self._count_row())
        whole.addWidget(self._review(), 1)

    def _file_card(self) -> Card:
        say, px = self.desk.say, theme.current().px
        card = Card()
        top, under = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(px(12))
        under.setSpacing(px(12))
        self.name = label("", "heading")
        self.read_as = label("", "second")
        self.columns = link_button(say("Change columns"), "Alt+C", run=self.columns_wanted.emit)
        for part in (icon_label("file-table-outline", 20), self.name):
            top.addWidget(part)
        top.addWidget(self.read_as, 1)
        top.addWidget(self.columns)
        self.chips = ColumnChips(say(NOT_USED))
        self.kept_mark = icon_label("bookmark-check-outline", 18, "green")
        self.kept = label(say("remembered for this file"), "second", side=Side.TRAILING)
        under.addWidget(self.chips, 1)
        under.addWidget(self.kept_mark)
        under.addWidget(self.kept)
        self.note = label("", "second", tone="amber", wrap=True)
        card.body.addLayout(top)
        card.body.addLayout(under)
        card.body.addWidget(self.note)
        return card

    def _count_row(self) -> QHBoxLayout:
        say = self.desk.say
        self.counts = {
            "added": Count("plus-circle-outline", "green", say("new")),
            "changed": Count("pencil-outline", "accent", say("changed")),
            "same": Count("equal", "grey", say("the same")),
            "refused": Count("close-circle-outline", "red", say("refused")),
        }
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(12))
        for count in self.counts.values():
            row.addWidget(count)
        return row

    def _review(self) -> Grid:
        say, px = self.desk.say, theme.current().px
        self.grid = Grid(COLUMNS, self.desk.language, row_height=40, name=say("Rows to look at"))
        self.calm = QWidget()
        self._calm = QVBoxLayout(self.calm)
        self._calm.setContentsMargins(0, px(8), 0, px(8))
        self.grid.add_foot(self.calm)
        self.calm.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.calm.hide()
        foot = QFrame()
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(14), px(10), px(12), px(10))
        row.setSpacing(px(16))
        self.save = Button("", "Alt+S", icon="content-save-outline",
                           run=self.refused_wanted.emit)  # fmt: skip
        self.safe = label("", "second", side=Side.TRAILING)
        self.button = finish_button("", run=self.go.emit)
        row.addWidget(self.save)
        row.addStretch(1)
        row.addWidget(self.safe)
        row.addWidget(self.button)
        self.grid.add_foot(foot)
        return self.grid

    # Showing

    def show_checked(self, kind: ImportKind, checked: Checked) -> None:
        """The dry run of a file; its plan is there."""
        desk, plan = self.desk, checked.plan
        assert plan is not None
        reviewer = Reviewer(desk, kind, checked)
        self._show_file(reviewer, checked)
        number, say = desk.language.number, desk.say
        refused = len(plan.refused_rows)
        self.counts["added"].show_number(number(len(plan.added)), say("will be added"))
        self.counts["changed"].show_number(number(len(plan.updated)), reviewer.changed_fields())
        self.counts["same"].show_number(number(plan.unchanged), say("left alone"))
        told = say("see why below, nothing lost") if refused else say("every row can be read")
        self.counts["refused"].show_number(number(refused), told)
        self._show_rows(reviewer, checked)
        self.save.setVisible(bool(refused))
        self.save.set_words(
            desk.count("Save the {n} refused row", "Save the {n} refused rows", refused)
        )
        self.set_button(kind, len(plan.planned))

    def _show_file(self, reviewer: Reviewer, checked: Checked) -> None:
        self.name.setText(self.desk.language.isolate(checked.table.name))
        self.read_as.setText(reviewer.file_words())
        heads = reviewer.heads()
        count = self.desk.count
        more = [count("and {n} more", "and {n} more", n) for n in range(len(heads) + 1)]
        self.chips.set_heads(heads, more)
        # Large letters leave that room to the rows; Alt+C shows the columns.
        self.chips.setVisible(theme.current().text_size == 100)
        for part in (self.kept, self.kept_mark):
            part.setVisible(checked.remembered)
        plan = checked.plan
        notes = (*checked.table.warnings, *(plan.notes if plan is not None else ()))
        self.note.setText("\n".join(self.desk.tell(note) for note in notes))
        self.note.setVisible(bool(notes))

    def _show_rows(self, reviewer: Reviewer, checked: Checked) -> None:
        rows = list(reviewer.rows())
        self.grid.set_rows(rows)
        self.grid.view.setVisible(bool(rows))
        self.calm.setVisible(not rows)
        if not rows:
            clear(self._calm)
            self._calm.addStretch(1)
            for part in self._nothing_to_see(checked):
                self._calm.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
            self._calm.addStretch(1)

    def _nothing_to_see(self, checked: Checked) -> tuple[QWidget, ...]:
        """A mark, what it means, and why."""
        say, plan = self.desk.say, checked.plan
        words, second = say("Nothing changes"), say("All of this file is there already.")
        if plan is not None and plan.planned:
            words = say("Every row is fine")
            second = say("Nothing that is there already changes.")
        return (
            icon_label("check-circle-outline", 36, "green"),
            label(words, "heading", side=Side.CENTRE),
            label(second, "second", side=Side.CENTRE),
        )

    def set_button(self, kind: ImportKind, planned: int) -> None:
        """What Ctrl+Enter does: import so many, or go back when there is nothing to import."""
        one, many = kind.button
        words = self.desk.count(one, many, planned)
        self.button.set_words(words if planned else self.desk.say("Back to the list"))
        safe = self.desk.say("Safe to repeat: importing this file again changes nothing.")
        done = self.desk.say("All that can be imported of this file is there.")
        self.safe.setText(safe if planned else done)
        self.safe.setVisible(theme.current().text_size == 100)

    def set_busy(self, busy: bool) -> None:
        """While it works nothing can be pressed twice."""
        for part in (self.button, self.save, self.columns):
            part.setEnabled(not busy)
