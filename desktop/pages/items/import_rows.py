"""What a dry run shows: four counts, the file in a line, and only the rows that need eyes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.desk import Desk
from desktop.pages.items.import_kinds import ImportKind
from desktop.pages.items.import_work import Checked
from desktop.widgets.grid import Cell, Column
from inventory.domain.item_kinds import KINDS
from inventory.domain.names import Names
from inventory.domain.sentence import N_, Sentence
from inventory.domain.units import UNITS
from inventory.exchange.csv_reader import SEPARATOR_NAMES
from inventory.exchange.fields import TABLES
from inventory.exchange.plan import ChangedCell, RefusedCell
from inventory.exchange.text_encoding import ENCODING_NAMES

COLUMNS = (
    Column("state", N_("Result"), "chip", 132),
    Column("row", N_("Row"), "number", 70),
    Column("column", N_("Column"), "text", 150),
    Column("says", N_("The file says"), "strong", 220),
    Column("why", N_("Why"), "text", 0),
)
# Fields whose cells hold a code of ours: what people call it.
_CALLED: Mapping[str, Mapping[str, str]] = {
    "kind": {key: kind.name for key, kind in KINDS.items()},
    "unit": {key: unit.bare for key, unit in UNITS.items()},
}


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A row that needs eyes; `state` is a key of STATES, the rest finished words."""

    state: str
    row: int
    column: str
    says: str
    why: Sentence | Names | Cell


class Reviewer:
    """Words the rows of one dry run."""

    def __init__(self, desk: Desk, kind: ImportKind, checked: Checked) -> None:
        self.desk, self.kind, self.checked = desk, kind, checked
        self._names = {field.key: field.name for field in TABLES[kind.key]}

    def rows(self) -> Iterator[ReviewRow]:
        """Refused first, then what looks wrong but is kept, then changed; each in file order."""
        plan = self.checked.plan
        if plan is None:
            return
        for cell in plan.refused:
            yield self._remark("refused", cell)
        for cell in plan.warnings:
            yield self._remark("look", cell)
        for planned in plan.updated:
            name = self.kind.name_of(planned.value, self.checked.names)
            for change in planned.changes:
                yield ReviewRow("changed", planned.row, self.field(change.field, change.column),
                                self._change(change), name)  # fmt: skip

    def _remark(self, state: str, cell: RefusedCell) -> ReviewRow:
        says = self.desk.language.shown(cell.value) if cell.value else self.desk.say("(empty)")
        return ReviewRow(state, cell.row, self.field(cell.field, cell.column), says, cell.reason)

    def field(self, key: str, heading: str = "") -> str:
        """What the screen calls a field; the file's own heading when it is none of ours."""
        known = self._names.get(key)
        return heading or key if known is None else self.desk.say(known)

    def _change(self, change: ChangedCell) -> str:
        before, after = (self._value(change.field, text) for text in (change.before, change.after))
        return self.desk.language.change(before, after)

    def _value(self, field: str, text: str) -> str:
        if not text:
            return self.desk.say("(empty)")
        if text.isascii() and text.isdigit() and len(text) <= 9:
            return self.desk.language.number(int(text))
        called = _CALLED.get(field, {}).get(text)
        return text if called is None else self.desk.say(called)

    # The four counts

    def changed_fields(self) -> str:
        """Which fields change most: "names and pack sizes"."""
        plan = self.checked.plan
        found = Counter(c.field for p in (plan.updated if plan else ()) for c in p.changes)
        if not found:
            return self.desk.say("nothing changes")
        return self.desk.language.listed(self.field(key) for key, _ in found.most_common(2))

    # The file in a line

    def file_words(self) -> str:
        """How many rows, and how the file was read."""
        table, desk = self.checked.table, self.desk
        parts = [desk.count("{n} row", "{n} rows", len(table.rows))]
        if table.sheet:
            parts.append(desk.say("sheet {sheet}", sheet=table.sheet))
        if table.encoding:
            parts.append(desk.say(ENCODING_NAMES[table.encoding]))
        if table.separator:
            parts.append(desk.say(SEPARATOR_NAMES[table.separator]))
        if table.decimal_comma:
            parts.append(desk.say("decimal comma"))
        return desk.language.tongue.comma.join(parts)

    def heads(self) -> list[tuple[str, str]]:
        """Heading in the file and what it is taken for, "" for not used; used ones first."""
        table, mapping = self.checked.table, self.checked.mapping
        found = []
        for at, heading in enumerate(table.headings):
            key = mapping.field_at(at)
            found.append((heading, "" if key is None else self.field(key)))
        return sorted(found, key=lambda pair: not pair[1])
