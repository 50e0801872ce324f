"""The list of all items with its filters, or the way to a first one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.exporting import take_out
from desktop.keys import Key
from desktop.pages.items.face import Face
from desktop.pages.items.files import file_to_write
from desktop.pages.items.form_drafts import FormDrafts
from desktop.pages.items.import_kinds import MAY_IMPORT
from desktop.pages.items.listing import OFF, columns, counts, kept_by, pills
from desktop.pages.items.retiring import retire
from desktop.rights import only
from desktop.widgets.buttons import Button
from desktop.widgets.empty import Empty
from desktop.widgets.filter_pills import FilterPills
from desktop.widgets.grid import Grid
from desktop.widgets.hint_bar import HintBar
from inventory.domain.item import ItemDraft
from inventory.domain.item_kinds import KINDS
from inventory.domain.roles import Permission
from inventory.domain.sentence import N_
from inventory.exchange.items_table import write_items
from inventory.language import Language
from inventory.queries.item_drafts import item_drafts
from inventory.queries.item_forms import ItemLine, item_lines

KEEP = Permission.KEEP_ITEMS
_HINTS = (("Enter", N_("open")), ("Ctrl+N", N_("new item")), ("Ctrl+C", N_("copy the row")),
          ("Ctrl+E", N_("export what is seen")))  # fmt: skip


class ListFace(Face):
    """`opened` tells the id of the item to open, `new_wanted` and `import_wanted` the buttons."""

    opened = Signal(int)
    new_wanted = Signal()
    import_wanted = Signal()
    starter_wanted = Signal()

    def __init__(self, desk: Desk, drafts: FormDrafts) -> None:
        super().__init__(desk)
        self.drafts = drafts
        self.lines: list[ItemLine] = []
        self.begun: set[int] = set()
        self.waiting = False
        px = theme.current().px
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(12))
        self.pills = FilterPills(pills(desk))
        self.pills.changed.connect(self._filter)
        self.grid = Grid(columns(desk, self.begun), desk.language,
                         identity=lambda line: line.item.id, name=desk.say("Items"))  # fmt: skip
        self.grid.opened.connect(lambda line: self.opened.emit(line.item.id))
        self.grid.add_foot(HintBar([(chord, desk.say(words)) for chord, words in _HINTS]))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self._empty())
        top = QHBoxLayout()
        top.addWidget(self.pills)
        whole.addLayout(top)
        whole.addWidget(self.stack, 1)

    def _empty(self) -> Empty:
        say = self.desk.say
        way = only(self.desk, Button(
            say("Take the usual list of a health centre"), "Alt+U", icon="playlist-check",
            run=self.starter_wanted.emit), KEEP)  # fmt: skip
        return Empty(
            "pill-multiple",
            say("Begin with a list"),
            say("Import the list you have with Ctrl+I, or write the first item with Ctrl+N."),
            way_out=way,
        )

    # Heading and keys

    def subtitle(self) -> str:
        n = self.on_list
        return self.desk.count("{n} item", "{n} items", n) if n else ""

    def header(self) -> tuple[QWidget, ...]:
        say = self.desk.say
        new = say("New item") if not self.waiting else say("Go on with the new item")
        return (
            only(self.desk, Button(say("Import"), "Ctrl+I", icon="table-arrow-down", small=True,
                                   run=self.import_wanted.emit), *MAY_IMPORT),
            only(self.desk, Button(new, "Ctrl+N", icon="plus", small=True,
                                   run=self.new_wanted.emit), KEEP),
        )  # fmt: skip

    def keys(self) -> tuple[Key, ...]:
        numbers = range(1, len(self.pills.buttons) + 1)
        words = N_("Show only these")
        starter = (Key("Alt+U", N_("The usual list of a health centre"), self.starter_wanted.emit,
                       (KEEP,)),)
        return (
            Key("Ctrl+I", N_("Import a file"), self.import_wanted.emit, MAY_IMPORT),
            Key("Ctrl+N", N_("New item"), self.new_wanted.emit, (KEEP,)),
            Key("Enter", N_("Open the item")),
            Key("Alt+R", N_("Take off the list, or put back"), self._retire, (KEEP,)),
            Key("Ctrl+E", N_("Export what is seen"), self.export, (Permission.EXPORT,)),
            *(() if self.lines else starter),
            *(Key(f"Alt+{n}", words, partial(self.pills.choose_number, n)) for n in numbers),
        )

    def _retire(self) -> None:
        if self.grid.row is not None:
            retire(self.desk, self.grid.row.item.id)

    def enter(self) -> None:
        self.grid.open_row()

    def step(self, rows: int) -> None:
        self.grid.step(rows)

    def export(self) -> None:
        """What is seen, as a table that imports again unchanged."""
        path = file_to_write(self, self.desk, "items.xlsx")
        if path is None:
            return
        drafts = self.desk.ask(item_drafts)
        codes = [line.item.code for line in self.grid.visible_rows()]
        seen = [drafts[code] for code in codes if code in drafts]
        language = self.desk.language
        take_out(self.desk, N_("Items"), len(seen), lambda: _written(path, seen, language))

    # Rows

    def refresh(self) -> None:
        """Ask again."""
        self.lines = self.desk.ask(item_lines)
        self.begun.clear()
        kept = [form.state.item_id for form in self.drafts.all()]
        self.begun.update(item_id for item_id in kept if item_id is not None)
        self.waiting = None in kept
        self.grid.set_rows(self.lines)
        self.pills.set_counts(counts(self.lines), self.desk.language)
        self._filter(self.pills.chosen)
        self.stack.setCurrentIndex(0 if self.lines else 1)
        self.pills.setVisible(bool(self.lines))
        self.headed.emit()

    def _filter(self, pill: str) -> None:
        self.grid.set_filter(lambda line: kept_by(pill, line))

    @property
    def kind(self) -> str:
        """Of the filter, for a new item; "" when all are shown."""
        return self.pills.chosen if self.pills.chosen in KINDS else ""

    @property
    def on_list(self) -> int:
        """How many items are on the list."""
        return sum(line.item.active for line in self.lines)

    def choose(self, item_id: int) -> bool:
        """Put the bar on an item, under another filter when it must. False when there is none."""
        found = next((line for line in self.lines if line.item.id == item_id), None)
        if found is None:
            return False
        if not kept_by(self.pills.chosen, found):
            wanted = "" if found.item.active else OFF
            if self.pills.chosen != wanted:
                self.pills.choose(wanted)
        return self.grid.choose(item_id)


def _written(path: Path, items: Sequence[ItemDraft], language: Language) -> Path:
    write_items(path, items, language)
    return path
